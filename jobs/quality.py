"""`quotum quality`: the findings of a run, to be read."""

from pathlib import Path

import click

from jobs import words
from jobs.options import INPUT, OUTPUT, language_option, scratch_option, show_some
from jobs.progress import followed
from jobs.terminal import say
from quotum.places import FILE_IN_RUN


@click.command("quality")
@click.argument("run", type=INPUT)
@click.option(
    "--archive", envvar="QUOTUM_ARCHIVE", type=OUTPUT,
    help="Folder of the archive; QUOTUM_ARCHIVE, or else the place noted in the run, when left out.",
)  # fmt: skip
@click.option(
    "--out", type=OUTPUT, metavar="FILE",
    help="Write one HTML file instead, outside the run; it needs no network.",
)  # fmt: skip
@click.option(
    "--rule", metavar="NAME",
    help="Show instead where this one is found: rows by file and number, returns and employers by the number of the "
    "employer in the run.",
)  # fmt: skip
@click.option("--limit", type=click.IntRange(1), default=100, show_default=True, help="With --rule: at most so many.")
@scratch_option
@language_option
def command(
    run: Path,
    archive: Path | None,
    out: Path | None,
    rule: str | None,
    limit: int,
    scratch: Path | None,
    language: str,
) -> None:
    """Show the findings of a run by rule, with counts and shares; and with --rule where they are.

    RUN is the folder of a run, which is only read. Nothing personal is shown. The number of an employer is that of its
    line in data/settlement.csv, without the header; `quotum explain` tells how its amounts came about.
    """
    from quotum.archive.layout import existing, writing
    from quotum.archive.receipts import current, history
    from quotum.errors import WrongUse
    from quotum.output.quality_page import quality_lines, quality_of, quality_page
    from quotum.run_folder.reader import noted_archive, read_finished, require_run

    require_run(run)
    if rule is not None:
        if out is not None:
            raise WrongUse(words.ONE_FILE_OF_FINDINGS.sentence())
        _show_places(run, rule, archive, scratch, limit, language)
        return
    finished = read_finished(run)
    place = archive or noted_archive(run)
    with_receipts = place is not None and (archive is not None or place.is_dir())
    receipts = current(history(existing(place))) if place is not None and with_receipts else ()
    findings = quality_of(run, receipts)
    if out is None:
        for line in quality_lines(findings):
            say(line, language)
        return
    if run.resolve() in out.resolve().parents:
        raise WrongUse(FILE_IN_RUN.sentence(option="--out"))
    with writing(out.parent):
        out.write_text(quality_page(findings, finished.year, finished.simulation), encoding="utf-8", newline="\n")
    say(words.FINDINGS_WRITTEN.sentence(count=len(findings), place=out), language)


def _show_places(run: Path, rule: str, archive: Path | None, scratch: Path | None, limit: int, language: str) -> None:
    from quotum.output.finding_places import places

    with followed("quality", language=language) as course:
        finding_list = places(run, rule, archive, scratch, course.stage)
    say(finding_list.heading(rule), language)
    show_some(finding_list.lines, limit, language)
