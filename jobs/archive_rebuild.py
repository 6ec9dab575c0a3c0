"""`quotum archive rebuild`: derived tables from originals."""

from pathlib import Path

import click

from jobs.options import archive_option
from jobs.progress import followed


@click.command("rebuild")
@archive_option
@click.option("--damaged", is_flag=True, help="Only receive calls of which a table is missing, altered or too many.")
def command(archive: Path, damaged: bool) -> None:
    """Make the derived tables again from the original deliveries, with the same digests.

    What is damaged is replaced; what would come out otherwise than its receipt says is left alone and named, and the
    command ends with 13.
    """
    from quotum.archive.layout import existing
    from quotum.errors import ArchiveLacks
    from quotum.maintenance.rebuilding import rebuild

    with followed("archive rebuild", unit="rows") as course:
        result = rebuild(
            existing(archive),
            only_damaged=damaged,
            progress=lambda rows: course.count(rows, "deriving"),
            reading=course.measure,
            waiting=lambda: click.echo("somebody writes in the archive; waiting for it", err=True),
        )
    click.echo(f"made again with the same digests: {result.rebuilt:,} receive calls")
    for sequence in result.replaced:
        click.echo(f"replaced: the tables of receive call {sequence}, which were damaged")
    for problem in result.problems:
        click.echo(f"wrong: {problem}")
    if result.problems:
        raise ArchiveLacks(f"of {len(result.problems)} receive calls nothing was replaced: {result.problems[0]}")
