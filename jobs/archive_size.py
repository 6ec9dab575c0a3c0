"""`quotum archive size`: how much an archive holds."""

from pathlib import Path

import click

from jobs.options import archive_option


@click.command("size")
@archive_option
def command(archive: Path) -> None:
    """Show how many deliveries, rows and bytes an archive holds, per calendar year."""
    from quotum.archive.care import sizes
    from quotum.archive.layout import existing

    totals = sizes(existing(archive))
    click.echo(f"receive calls    {totals.calls:>15,}")
    click.echo(f"deliveries       {totals.deliveries:>15,}")
    click.echo(f"original bytes   {totals.original_bytes:>15,}")
    click.echo(f"derived bytes    {totals.derived_bytes:>15,}")
    click.echo(f"simulation bytes {totals.base_bytes:>15,}")
    click.echo(f"other bytes      {totals.other_bytes:>15,}")
    for year, rows, size in totals.rows:
        click.echo(f"returns of {year}  {rows:>15,} rows {size:>15,} bytes")
