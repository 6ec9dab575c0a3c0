"""`quotum archive merge`: take in what another archive holds."""

from pathlib import Path

import click

from jobs import words
from jobs.options import INPUT, archive_option, language_option
from jobs.progress import followed
from jobs.terminal import say


@click.command("merge")
@click.argument("other", type=INPUT)
@archive_option
@language_option
def command(other: Path, archive: Path, language: str) -> None:
    """Take in what another archive holds, in the order in which it was received.

    OTHER is the other archive; it is not changed. Every receive call of it is received again from its original bytes,
    with the day it had; what is there already adds nothing, so a merge that was broken off is run again. Runs made
    with either archive can be repeated from the merged one. What either has forgotten must be forgotten again.
    """
    from quotum.maintenance.merging import merge

    with followed("archive merge", unit="rows", language=language) as course:
        result = merge(archive, other, lambda rows: course.count(rows, "receiving"))
    say(words.MERGED.sentence(calls=result.calls, added=result.added, runs=result.runs), language)
    for year in result.forgotten:
        say(words.OTHER_FORGOT.sentence(year=year), language)
