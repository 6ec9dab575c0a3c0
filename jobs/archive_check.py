"""`quotum archive check`: every digest of an archive, and sums against their rows."""

from pathlib import Path

import click

from jobs.options import archive_option, steps


@click.command("check")
@archive_option
def command(archive: Path) -> None:
    """Check every digest of an archive, and name what is missing, altered or too many.

    The sums kept beside messages are added up again from their rows, too. A receive call that is running is waited
    for. Ends with 13 when anything is not in order.
    """
    from quotum.archive.layout import existing
    from quotum.errors import ArchiveLacks
    from quotum.run.held_sums import check

    layout = existing(archive)
    with steps(None, "files") as step:
        found = check(
            layout,
            lambda files: step(files, "digests"),
            lambda: click.echo("somebody writes in the archive; waiting for it", err=True),
        )
    for remark in found.remarks:
        click.echo(f"remark: {remark}")
    for problem in found.problems:
        click.echo(f"wrong: {problem}")
    click.echo(f"{found.files:,} files under a digest, {len(found.problems):,} problems")
    if found.problems:
        raise ArchiveLacks(f"the archive {archive} is not in order: {found.problems[0]}")
