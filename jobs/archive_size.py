"""`quotum archive size`: how much an archive holds."""

from pathlib import Path

import click

from jobs import words
from jobs.options import archive_option, language_option
from jobs.terminal import say


@click.command("size")
@archive_option
@language_option
def command(archive: Path, language: str) -> None:
    """Show how many deliveries, rows and bytes an archive holds, per calendar year."""
    from quotum.archive.care import sizes
    from quotum.archive.layout import existing

    totals = sizes(existing(archive))
    numbers = (
        totals.calls, totals.deliveries, totals.original_bytes, totals.derived_bytes, totals.base_bytes,
        totals.other_bytes,
    )  # fmt: skip
    for text, number in zip(words.SIZES, numbers, strict=True):
        say(text.sentence(number=number), language)
    for year, rows, size in totals.rows:
        say(words.SIZE_OF_YEAR.sentence(year=year, rows=rows, size=size), language)
