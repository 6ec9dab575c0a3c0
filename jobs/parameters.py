"""`quotum parameters`: every figure with its value, provision, status and source."""

from datetime import datetime
from typing import TYPE_CHECKING

import click

from jobs import words
from jobs.options import complete_scenarios, language_option
from jobs.terminal import say
from quotum.words import in_language, phrase, value_in_words

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
@click.option(
    "--wide", is_flag=True,
    help="A line a value with source and every other column, however wide; without it lines fit the screen.",
)  # fmt: skip
@language_option
def command(
    on: datetime | None,
    known_on: datetime | None,
    scenarios: tuple[str, ...],
    output_format: str,
    wide: bool,
    language: str,
) -> None:
    """List the parameters with their Dutch name, value, unit, provision and status; with --wide their source too."""
    import json  # commands are loaded by name: what a command needs is imported when it runs

    from quotum.parameters import Figures, listed, load_book, merge_scenarios, read_scenario

    book = load_book()
    scenario = None
    if scenarios:
        scenario, remarks = merge_scenarios([read_scenario(name, book) for name in scenarios], book)
        for remark in remarks:
            say(remark, language, aside=True)
    figures = Figures(book, known_on.date() if known_on else None, scenario)
    lines = listed(book, figures, on.date() if on else None)
    if output_format == "json":
        click.echo(json.dumps([line.as_json() for line in lines], indent=2, ensure_ascii=False))
    elif wide:
        _print_table(lines, language)
    else:
        _print_narrow(lines, language)


def _print_table(lines: "tuple[Figure | Parameter, ...]", language: str) -> None:
    """A table that cuts nothing off; without a terminal one line per value and no colour."""
    import sys

    from rich.console import Console
    from rich.table import Table

    at_terminal = sys.stdout.isatty()
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in words.PARAMETER_HEADINGS:
        table.add_column(heading.words(language), overflow="fold")
    for line in lines:
        table.add_row(*_cells(line, language), style="yellow" if line.as_json()["status"] == "assumed" else None)
    console = Console(
        force_terminal=at_terminal,
        width=None if at_terminal else _WIDE_ENOUGH_FOR_ALL,
        markup=False,
        emoji=False,
        highlight=False,
    )
    console.print(table)
    _print_assumed(lines, language)


def _print_narrow(lines: "tuple[Figure | Parameter, ...]", language: str) -> None:
    """Every parameter as a few lines that fit the screen: name, Dutch name, unit and provision, and its values."""
    from quotum.citations import cited
    from quotum.output.layout import narrow_screen, paragraph
    from quotum.parameters.units import unit

    on = narrow_screen()
    records = [line.as_json() for line in lines]
    for number, record in enumerate(records):
        if number == 0 or record["name"] != records[number - 1]["name"]:
            click.echo(record["name"])
            click.echo(paragraph(f"    {record['dutch']}", on))
            about = phrase(
                "    {unit}; {provision}",
                unit=unit(record["unit"] or "").sentence(), provision=cited(record["provision"] or ""),
            )  # fmt: skip
            click.echo(paragraph(in_language(about, language), on))
        click.echo(paragraph(f"  {_value(record, language)}", on, hanging=4))
    say(phrase("\n{more}", more=words.WIDE_SAYS_MORE.sentence()), language)
    _print_assumed(lines, language)


def _value(record: "dict[str, str | None]", language: str) -> str:
    """A value with its days and status; a parameter without a value says so, an assumed one is marked."""
    from quotum.parameters.words import STATUSES

    if record["value"] is None:
        return f"  {words.NO_VALUE.words(language)}"
    mark = "! " if record["status"] == "assumed" else "  "
    ends = ((words.FROM_DAY, "valid_from"), (words.UNTIL_DAY, "valid_until"))
    days = [word.words(language, day=record[key]) for word, key in ends if record[key]]
    status = STATUSES[record["status"]].words(language) if record["status"] else ""
    value = in_language(value_in_words(record["value"]), language)
    return f"{mark}{value}  {' '.join((*days, status))}"


def _print_assumed(lines: "tuple[Figure | Parameter, ...]", language: str) -> None:
    assumed = sum(line.as_json()["status"] == "assumed" for line in lines)
    if assumed:
        say(words.ASSUMED_VALUES.sentence(count=assumed), language)


def _cells(line: "Figure | Parameter", language: str) -> list[str]:
    """The cells of a row; a parameter without a value says so, an assumed one is marked."""
    from quotum.citations import cited
    from quotum.parameters.units import unit
    from quotum.parameters.words import STATUSES

    record = line.as_json()
    status = STATUSES[record["status"]].words(language) if record["status"] else ""
    return [
        record["name"] or "",
        words.NO_VALUE.words(language)
        if record["value"] is None
        else in_language(value_in_words(record["value"]), language),
        unit(record["unit"] or "").words(language),
        record["dutch"] or "",
        in_language(cited(record["provision"] or ""), language),
        words.MARKED_ASSUMED.words(language) if record["status"] == "assumed" else status,
        record["source"] or "",
        record["valid_from"] or "",
        record["valid_until"] or "",
    ]
