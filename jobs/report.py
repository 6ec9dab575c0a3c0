"""`quotum report`: the report of one run as a page."""

from pathlib import Path

import click

from jobs import words
from jobs.options import INPUT, OUTPUT, language_option
from jobs.terminal import say


@click.command("report")
@click.argument("run", type=INPUT)
@click.option(
    "--out", type=OUTPUT,
    help="File to write; beside the run, under its name with .report.html, when left out.",
)  # fmt: skip
@click.option(
    "--charts", type=OUTPUT, metavar="FOLDER",
    help="Folder for each chart of the page as an SVG and a PNG file, besides the page; must be new.",
)  # fmt: skip
@click.option(
    "--workbook", type=OUTPUT, metavar="FILE.xlsx",
    help="Write the settlement as an Excel workbook instead: names, euros and a sheet per table, employers and persons "
    "included.",
)  # fmt: skip
@language_option
@click.option(
    "--archive", envvar="QUOTUM_ARCHIVE", type=OUTPUT,
    help="Folder of the archive, which has the names for --workbook; QUOTUM_ARCHIVE, or else the place noted in the "
    "run, when left out. The page does not need it.",
)  # fmt: skip
def command(
    run: Path, out: Path | None, charts: Path | None, workbook: Path | None, language: str, archive: Path | None
) -> None:
    """Write the report of a run as one HTML page with charts, which needs no network, or its tables as a workbook.

    RUN is the folder of a run. The page shows sums and groups, never an employer or a person: groups of fewer than ten
    employers, or of which fewer than ten pay or receive, are put together or left out. Totals of
    all that is delivered are no group and are always shown, so a delivery of fewer than ten employers shows its own
    totals. The workbook shows everybody by name and number, for who may see the run itself. Digests of what is read are
    checked first. The same run gives the same bytes.
    """
    from quotum.errors import WrongUse
    from quotum.report.run_file import write_report

    if workbook is None:
        say(words.REPORT_WRITTEN.sentence(place=write_report(run, out, language, charts)), language)
        return
    if out is not None or charts is not None:
        raise WrongUse(words.WORKBOOK_OR_PAGE.sentence(other="--out" if out is not None else "--charts"))
    from quotum.report.run_workbook.book import write_run_workbook

    place = write_run_workbook(run, workbook, archive, language)
    say(words.WORKBOOK_WRITTEN.sentence(place=place), language)
