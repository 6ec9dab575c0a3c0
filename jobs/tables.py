"""`quotum tables`: the data dictionary."""

import click

from jobs import words
from jobs.options import language_option


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
@language_option
def command(name: str | None, form: str, wide: bool, language: str) -> None:
    """Show every table and column, or those of the table NAME."""
    from quotum.comparison.tables import SIMULATION_TABLES
    from quotum.errors import WrongUse
    from quotum.output.dictionary import as_json, as_text
    from quotum.output.layout import narrow_screen
    from quotum.tables import ALL_TABLES

    every = (*ALL_TABLES, *SIMULATION_TABLES)
    chosen = [table for table in every if name in (None, table.name)]
    if not chosen:
        raise WrongUse(words.NO_TABLE.sentence(name=name, names=", ".join(table.name for table in every)))
    on = None if wide else narrow_screen()
    click.echo(as_json(chosen) if form == "json" else as_text(chosen, on, language))
