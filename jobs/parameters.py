"""`quotum parameters`: every figure with its value, provision, status and source."""

from datetime import datetime
from typing import TYPE_CHECKING

import click

from jobs.options import complete_scenarios

if TYPE_CHECKING:
    from quotum.parameters import Figure, Parameter

_DAY = click.DateTime(["%Y-%m-%d"])
_WIDE_ENOUGH_FOR_ALL = 10_000


@click.command("parameters")
@click.option("--on", "on", type=_DAY, metavar="DATE", help="Only what holds on this day; default: all values.")
@click.option("--known-on", type=_DAY, metavar="DATE", help="Only what was known on this day; default: all.")
@click.option(
    "--scenario", "scenarios", multiple=True, metavar="X", shell_complete=complete_scenarios,
    help="As this scenario sets them: file or name.",
)  # fmt: skip
@click.option(
    "--format",
    "output_format",
    type=click.Choice(["table", "json"]),
    default="table",
    show_default=True,
    help="Table to read, or JSON with every field.",
)
def command(on: datetime | None, known_on: datetime | None, scenarios: tuple[str, ...], output_format: str) -> None:
    """List the parameters with value, unit, provision, status and source."""
    import json  # commands are loaded by name: what a command needs is imported when it runs

    from quotum.parameters import Figures, listed, load_book, merge_scenarios, read_scenario

    book = load_book()
    scenario = None
    if scenarios:
        scenario, remarks = merge_scenarios([read_scenario(name, book) for name in scenarios], book)
        for remark in remarks:
            click.echo(remark, err=True)
    figures = Figures(book, known_on.date() if known_on else None, scenario)
    lines = listed(book, figures, on.date() if on else None)
    if output_format == "json":
        click.echo(json.dumps([line.as_json() for line in lines], indent=2, ensure_ascii=False))
    else:
        _print_table(lines)


def _print_table(lines: "tuple[Figure | Parameter, ...]") -> None:
    """A table that cuts nothing off; without a terminal one line per value and no colour."""
    import sys

    from rich.console import Console
    from rich.table import Table

    at_terminal = sys.stdout.isatty()
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in ("name", "value", "unit", "provision", "status", "source", "from", "until"):
        table.add_column(heading, overflow="fold")
    for line in lines:
        table.add_row(*_cells(line), style="yellow" if line.as_json()["status"] == "assumed" else None)
    console = Console(
        force_terminal=at_terminal,
        width=None if at_terminal else _WIDE_ENOUGH_FOR_ALL,
        markup=False,
        emoji=False,
        highlight=False,
    )
    console.print(table)
    assumed = sum(line.as_json()["status"] == "assumed" for line in lines)
    if assumed:
        click.echo(f"\n! {assumed} of these values are assumed: inferred, as their source says.")


def _cells(line: "Figure | Parameter") -> list[str]:
    """The cells of a row; a parameter without a value says so, an assumed one is marked."""
    record = line.as_json()
    status = "! assumed" if record["status"] == "assumed" else record["status"] or ""
    return [
        record["name"] or "",
        "no value" if record["value"] is None else record["value"],
        record["unit"] or "",
        record["provision"] or "",
        status,
        record["source"] or "",
        record["valid_from"] or "",
        record["valid_until"] or "",
    ]
