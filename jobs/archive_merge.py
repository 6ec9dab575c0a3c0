"""`quotum archive merge`: take in what another archive holds."""

from pathlib import Path

import click

from jobs.options import INPUT, archive_option
from jobs.progress import followed


@click.command("merge")
@click.argument("other", type=INPUT)
@archive_option
def command(other: Path, archive: Path) -> None:
    """Take in what another archive holds, in the order in which it was received.

    OTHER is the other archive; it is not changed. Every receive call of it is received again from its original bytes,
    with the day it had; what is there already adds nothing, so a merge that was broken off is run again. Runs made
    with either archive can be repeated from the merged one. What either has forgotten must be forgotten again.
    """
    from quotum.maintenance.merging import merge

    with followed("archive merge", unit="rows") as course:
        result = merge(archive, other, lambda rows: course.count(rows, "receiving"))
    click.echo(
        f"receive calls: {result.calls:,}, of which {result.added:,} added something; runs noted: {result.runs:,}"
    )
    for years in result.forgotten:
        click.echo(f"remark: the other archive has forgotten rows of {years}: forget them here too")
