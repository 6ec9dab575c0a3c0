"""`quotum tables`: the data dictionary."""

import click


@click.command("tables")
@click.argument("name", required=False)
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json"]),
    default="table",
    show_default=True,
    help="How it is shown.",
)
@click.option("--wide", is_flag=True, help="A line a column, however wide; without it lines fit the screen.")
def command(name: str | None, form: str, wide: bool) -> None:
    """Show every table and column, or those of the table NAME."""
    from quotum.comparison.tables import SIMULATION_TABLES
    from quotum.errors import WrongUse
    from quotum.output.dictionary import as_json, as_text
    from quotum.output.layout import narrow_screen
    from quotum.tables import ALL_TABLES

    every = (*ALL_TABLES, *SIMULATION_TABLES)
    chosen = [table for table in every if name in (None, table.name)]
    if not chosen:
        raise WrongUse(f"no table is named {name}; there are {', '.join(table.name for table in every)}")
    click.echo(as_json(chosen) if form == "json" else as_text(chosen, None if wide else narrow_screen()))
