"""`quotum archive check`: every digest of an archive, and sums against their rows."""

from pathlib import Path

import click

from jobs.options import archive_option
from jobs.progress import followed


@click.command("check")
@archive_option
def command(archive: Path) -> None:
    """Check every digest of an archive, and name what is missing, altered or too many.

    The sums kept beside messages are added up again from their rows, too. A receive call that is running is waited
    for. Ends with 13 when anything is not in order.
    """
    from quotum.archive.layout import existing
    from quotum.errors import ArchiveLacks
    from quotum.maintenance.held_sums import check

    def added(fragments: int, number: int) -> None:
        course.count(0, "sums")
        course.measure(fragments, number)

    layout = existing(archive)
    with followed("archive check", unit="files") as course:
        result = check(
            layout,
            lambda files: course.count(files, "digests"),
            lambda: click.echo("somebody writes in the archive; waiting for it", err=True),
            added,
        )
    for remark in result.remarks:
        click.echo(f"remark: {remark}")
    for problem in result.problems:
        click.echo(f"wrong: {problem}")
    click.echo(f"{result.files:,} files under a digest, {len(result.problems):,} problems")
    if result.problems:
        raise ArchiveLacks(f"the archive {archive} is not in order: {result.problems[0]}")
