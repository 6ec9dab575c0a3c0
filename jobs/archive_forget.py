"""`quotum archive forget`: calendar years that may no longer be kept."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from jobs.options import archive_option, now

if TYPE_CHECKING:
    from quotum.maintenance.forgetting import Plan


@click.command("forget")
@archive_option
@click.option("--year", "years", type=int, multiple=True, metavar="YEAR", help="Forget this calendar year; repeatable.")
@click.option(
    "--before", type=int, metavar="YEAR",
    help="Forget every calendar year before this one, but for the baseline year 2012: name that with --year.",
)  # fmt: skip
@click.option("--dry-run", is_flag=True, help="Say what would go and which runs it takes along; remove nothing.")
@click.option("--yes", is_flag=True, help="Do not ask whether it may be done.")
def command(archive: Path, years: tuple[int, ...], before: int | None, dry_run: bool, yes: bool) -> None:
    """Forget calendar years: remove their rows and the deliveries that hold nothing else.

    How long returns are kept is for a law or the owner to say: quotum knows no duration, so name the years. The
    register, employers and other deliveries that hold all years go when a later one had replaced them before the
    oldest year that is kept began. A receipt stays that says what was there and when it was forgotten. Runs that read
    it can no longer be repeated, and are named. Backups and drop folders are not touched.
    """
    from quotum.archive.layout import existing
    from quotum.archive.notes import notes
    from quotum.errors import WrongUse
    from quotum.maintenance.forgetting import forget, plan
    from quotum.maintenance.noted_runs import affected_runs
    from quotum.periods import BASELINE_YEAR

    if not years and before is None:
        raise WrongUse("name the years to forget with --year or --before: quotum knows no period of keeping")
    layout = existing(archive)
    chosen = {*years, *(year for year in range(before or 0) if year != BASELINE_YEAR)}
    planned = plan(layout, chosen, (BASELINE_YEAR,))
    for line in _lines(planned):
        click.echo(line)
    click.echo(_ELSEWHERE)
    for run in affected_runs(notes(layout), planned):
        mark = "can no longer be repeated" if run.surely else "may no longer be repeated"
        click.echo(f"{mark}: {run.note.place} ({run.note.year} as filed by {run.note.as_of}): {run.reason}")
    if dry_run:
        click.echo("dry run: nothing was removed")
        return
    if not yes and not sys.stdin.isatty():
        raise WrongUse("forgetting cannot be undone: say --yes, or see with --dry-run what would go")
    if not yes:
        click.confirm("This cannot be undone. Forget it?", abort=True)
    result = forget(layout, chosen, now().date(), (BASELINE_YEAR,))
    click.echo(f"forgotten: {len(result.removed):,} deliveries and {result.rows:,} rows; receipts say so")


_ELSEWHERE = (
    "not touched: backups, runs, and what lies in done/ and refused/ of drop folders, with the same bytes; "
    "`quotum job nightly --keep-done DAYS` empties done/"
)


def _lines(planned: "Plan") -> list[str]:
    held = sorted({year for receipt, _ in planned.calls for delivery in receipt.deliveries for year in delivery.years})
    touched = [year for year in held if year in planned.years]
    lines = [f"years: {', '.join(map(str, touched)) or 'no rows of any of these years'}"]
    lines += [f"rows of returns: {planned.rows:,}"]
    lines += [f"goes: {file.kind} {file.name} (sha256 {file.sha256[:16]}...)" for file in planned.removed]
    lines += [
        f"stays, without its rows of {', '.join(str(year) for year in file.years if year in planned.years)}: "
        f"{file.kind} {file.name}, whose original bytes also hold other years"
        for file in planned.thinned
    ]
    return lines
