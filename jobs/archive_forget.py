"""`quotum archive forget`: calendar years that may no longer be kept."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from jobs import words
from jobs.options import archive_option, language_option, now
from jobs.terminal import say
from quotum.words import Sentence

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
@language_option
def command(archive: Path, years: tuple[int, ...], before: int | None, dry_run: bool, yes: bool, language: str) -> None:
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
        raise WrongUse(words.NAME_YEARS.sentence())
    layout = existing(archive)
    chosen = {*years, *(year for year in range(before or 0) if year != BASELINE_YEAR)}
    planned = plan(layout, chosen, (BASELINE_YEAR,))
    for line in _lines(planned):
        say(line, language)
    say(words.ELSEWHERE.sentence(), language)
    for run in affected_runs(notes(layout), planned):
        repeated = words.CANNOT_REPEAT if run.surely else words.MAY_NOT_REPEAT
        note = run.note
        say(repeated.sentence(place=note.place, year=note.year, as_of=note.as_of, reason=run.reason), language)
    if dry_run:
        say(words.NOTHING_REMOVED.sentence(), language)
        return
    if not yes and not sys.stdin.isatty():
        raise WrongUse(words.CANNOT_BE_UNDONE.sentence())
    if not yes:
        click.confirm(words.FORGET_IT.words(language), abort=True)
    result = forget(layout, chosen, now().date(), (BASELINE_YEAR,))
    say(words.FORGOTTEN.sentence(deliveries=len(result.removed), rows=result.rows), language)


def _lines(planned: "Plan") -> list[Sentence]:
    held = sorted({year for receipt, _ in planned.calls for delivery in receipt.deliveries for year in delivery.years})
    touched = [year for year in held if year in planned.years]
    lines = [words.YEARS.sentence(years=", ".join(map(str, touched)) or words.NO_SUCH_ROWS.sentence())]
    lines += [words.ROWS_OF_RETURNS.sentence(rows=planned.rows)]
    lines += [words.GOES.sentence(kind=file.kind, name=file.name, digest=file.sha256[:16]) for file in planned.removed]
    lines += [
        words.STAYS.sentence(
            years=", ".join(str(year) for year in file.years if year in planned.years), kind=file.kind, name=file.name
        )
        for file in planned.thinned
    ]
    return lines
