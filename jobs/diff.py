"""`quotum diff`: what differs between two runs of one year, and by what."""

import tempfile
from pathlib import Path

import click

from jobs import words
from jobs.explain import Discreet
from jobs.options import INPUT, OUTPUT, engine_options, language_option
from jobs.progress import COMPARING, followed
from jobs.terminal import say


@click.command("diff", cls=Discreet)
@click.argument("first", metavar="RUN", type=INPUT)
@click.argument("second", metavar="RUN", type=INPUT)
@click.option(
    "--archive", envvar="QUOTUM_ARCHIVE", type=OUTPUT,
    help="Folder of the archive; QUOTUM_ARCHIVE, or else the place noted in the runs, when left out.",
)  # fmt: skip
@click.option(
    "--revision", is_flag=True,
    help="The three lists of a revision instead: LKV downward, LKV upward, surcharge; with who acts and until when.",
)  # fmt: skip
@click.option(
    "--out", type=OUTPUT,
    help="New folder for the lists per employer and person, as Parquet and CSV; they hold RSINs and BSNs.",
)  # fmt: skip
@click.option(
    "--format", "output_format", type=click.Choice(["text", "json"]), default="text", show_default=True,
    help="What is printed: text for people, or JSON. Neither holds an identifier.",
)  # fmt: skip
@engine_options
@click.option(
    "--memory-limit", metavar="SIZE", help='Most memory for comparing, such as "800MB"; what is more spills to disk.'
)
@language_option
def command(
    first: Path,
    second: Path,
    archive: Path | None,
    revision: bool,
    out: Path | None,
    output_format: str,
    engine: str,
    rows: str | None,
    memory_limit: str | None,
    language: str,
) -> None:
    """Compare two runs of one year: what differs per employer and column, and by what.

    Each RUN is the folder of a run, the earlier one first: such as the preliminary overview (as of 31 January) and
    the final settlement (1 May). What did it: messages of returns that one run counted and the other did not,
    deliveries that differ for an employer, and parameters. What is printed names employers by the row they have in
    settlement of the second run; with --out the lists name them by RSIN.
    """
    from quotum import engine as engines
    from quotum.diff import comparison, files, record, revision_lists, revision_text, text
    from quotum.diff.sides import read_pair

    if out is not None:
        files.require_new(out)
    with followed("diff", COMPARING, language=language) as course:
        course.stage("digests")
        pair = read_pair(first, second)
        if revision:
            revision_lists.require_revisable(pair)
        else:
            archives = comparison.archives_of_runs(pair, archive)
        near = out.parent if out is not None else Path(tempfile.gettempdir())
        with engines.open(engine, near, None, memory_limit) as opened:
            if revision:
                course.stage("employers")
                revised = revision_lists.revision_lists_of(opened, pair)
                tables, as_json, name = revised.tables, record.revision_json(revised), "revision.json"
            else:
                read = comparison.read_by(archives, opened, rows)
                difference = comparison.compare(opened, pair, read, course.stage)
                tables, as_json, name = difference.tables, record.comparison_json(difference), "diff.json"
            if out is not None:
                course.stage("write")
                files.write_lists(opened, out, tables, name, as_json, simulation=pair.simulation)
    if output_format == "json":
        click.echo(as_json, nl=False)
    elif revision:
        revision_text.show(revised, language)
    else:
        text.show(difference, language)
    if out is not None:
        say(words.LISTS_WRITTEN.sentence(place=out), language, aside=True)
