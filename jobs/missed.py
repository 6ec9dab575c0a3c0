"""`quotum missed`: people for whom an LKV was not asked, and people asked for who were never registered."""

from pathlib import Path

import click

from jobs import words
from jobs.options import INPUT, OUTPUT, language_option, memory_limit_option, scratch_option, threads_option
from jobs.progress import followed, stages_again
from jobs.terminal import say


@click.command("missed")
@click.argument("run", type=INPUT)
@click.option(
    "--archive", envvar="QUOTUM_ARCHIVE", type=OUTPUT,
    help="Folder of the archive; QUOTUM_ARCHIVE, or else the place noted in the run, when left out.",
)  # fmt: skip
@click.option(
    "--out", type=OUTPUT,
    help="New folder for the list per employer and person, as Parquet and CSV; it holds RSINs and BSNs. Sums alone are "
    "shown when left out.",
)  # fmt: skip
@threads_option
@memory_limit_option
@scratch_option
@language_option
def command(
    run: Path,
    archive: Path | None,
    out: Path | None,
    threads: int | None,
    memory_limit: str | None,
    scratch: Path | None,
    language: str,
) -> None:
    """Find people in service for whom the LKV was not asked, and people asked for who were never registered.

    RUN is the folder of a run, which is only read. The LKV is that of the doelgroep banenafspraak, with its bonus where
    one is due. Beside each person stand the hours, the amount that hangs on them (what would be granted then less what
    is granted now, with every maximum and other category), and the last day on which the return can be corrected for
    the decision: 1 May. A request for somebody who was never registered gives nothing and can be fined (Wtl 4.7).

    The list says of people that they are registered: quotum/output/README.md says what an employer may see of that.
    """
    from quotum.money import euro_text
    from quotum.output.missed import find_missed
    from quotum.output.rerun import Means
    from quotum.words import marked

    with followed("missed", stages_again("missed"), language=language) as course:
        missed = find_missed(run, out, Means(archive, scratch, threads, memory_limit), course.stage)
    for kind in missed.kinds:
        line = words.MISSED_LINE.sentence(
            mark=marked(missed.simulation), kind=words.MISSED[kind.name].sentence(), persons=kind.persons,
            employers=kind.employers, hours=kind.hours, euros=euro_text(kind.cents),
        )  # fmt: skip
        say(line, language)
    say(words.CORRECT_UNTIL.sentence(day=missed.correct_until), language)
    if out is not None:
        say(words.LIST_WRITTEN.sentence(place=out), language)
