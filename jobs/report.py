"""`quotum report`: the report of one run as a page."""

from pathlib import Path

import click

from jobs.options import INPUT, OUTPUT, language_option


@click.command("report")
@click.argument("run", type=INPUT)
@click.option(
    "--out", type=OUTPUT,
    help="File to write; beside the run, under its name with .report.html, when left out.",
)  # fmt: skip
@language_option
@click.option(
    "--archive", envvar="QUOTUM_ARCHIVE", type=OUTPUT,
    help="Folder of the archive; taken as every command on a run takes it, and not needed: a run holds its report.",
)  # fmt: skip
def command(run: Path, out: Path | None, language: str, archive: Path | None) -> None:
    """Write the report of a run as one HTML page with charts, which needs no network.

    RUN is the folder of a run. The page shows sums and groups, never an employer or a person: groups of fewer than ten
    employers, or of which fewer than ten pay or receive, are put together or left out. Totals of
    all that is delivered are no group and are always shown, so a delivery of fewer than ten employers shows its own
    totals. Digests of what it is read from are checked first. The same run gives the same bytes.
    """
    del archive
    from quotum.report.run_file import write_report

    click.echo(f"Report written: {write_report(run, out, language)}")
