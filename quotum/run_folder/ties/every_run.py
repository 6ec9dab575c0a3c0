"""The ties of every run, whatever its regime."""

from collections.abc import Iterator
from typing import Final

from quotum.run_folder.ties.said import Said
from quotum.run_folder.ties.tie import ROWS, Equality, Known, Look, Side, every_row, number
from quotum.tables import SET_ASIDE, Table

_FOUND: Final = "SELECT coalesce(sum(count), 0) AS found FROM quality WHERE place = 'settlement' AND code = "


def marked(table: Table, said: Said) -> tuple[Equality, ...]:
    """Every row of a table says whether it is of a simulation, as the run does."""
    simulation = bool(said.record["simulation"])
    rule = f"simulation is {str(simulation).lower()}, as in run.json"
    return (every_row(table.name, rule, f"simulation = {simulation}"),)


def once(table: Table) -> Look:
    """Every key of a table stands in it once."""
    key = ", ".join(table.key)
    rows = f"(SELECT count(*) AS rows FROM {table.name} GROUP BY {key})"  # noqa: S608 - declared names
    left = Side(f"{table.name}: rows", "coalesce(sum(rows), 0)")
    return Look(rows, (Equality(ROWS, left, number(f"{table.name}: different {key}")),))


def finding(code: str, shown: Side | Known, where: str = "") -> Look:
    """How often a finding is found, and how often a result shows it.

    Args:
        code: Its name.
        shown: What shows it.
        where: The rows that do; none where it is known.
    """
    found = f"{_FOUND}'{code}'"
    left = Side(f"quality: {code}", "any_value(found)")
    if isinstance(shown, Known):
        return Look(f"({found})", (Equality(ROWS, left, shown),))
    counted = f"SELECT {shown.sql} AS shown FROM {where}"  # noqa: S608 - names of our own
    right = Side(shown.words, "any_value(shown)")
    return Look(f"({found}) CROSS JOIN ({counted})", (Equality(ROWS, left, right),))


def copied(table: Table) -> Look:
    """The settlement as CSV has the same rows, in every column."""
    same = " AND ".join(f"coalesce(CAST(s.{name} AS VARCHAR), '') = coalesce(c.{name}, '')" for name in table.names)
    both = "s.rsin IS NOT NULL AND c.rsin IS NOT NULL"
    return Look(
        "settlement AS s FULL JOIN settlement_csv AS c ON s.rsin = c.rsin",
        (
            Equality(
                ROWS, number("settlement.parquet: rows", "s.rsin IS NOT NULL"),
                number("settlement.csv: rows", "c.rsin IS NOT NULL"),
            ),
            every_row("settlement.parquet", "settlement.csv has the same in every column", f"{both} AND {same}",
                      "s.rsin IS NOT NULL"),
        ),
    )  # fmt: skip


def looks(said: Said) -> Iterator[Look]:
    """What is counted over the files that every run has beside its results."""
    yield Look("set_aside", marked(SET_ASIDE, said))
    known = "SELECT DISTINCT sha256, true AS there FROM inputs"
    read = every_row("set_aside", "run.json names the delivery", "i.there")
    yield Look(f"set_aside AS a LEFT JOIN ({known}) AS i ON a.delivery = i.sha256", (read,))
    named = every_row("quality", "run.json names the delivery", "i.there", "q.place <> 'settlement'", "deliveries")
    yield Look(f"quality AS q LEFT JOIN ({known}) AS i ON q.place = 'delivery ' || i.sha256", (named,))
    yield finding("message_contradicts_itself", number("set_aside: rows"), "set_aside")
    macro = said.macro
    withheld = bool(macro["savings_loss_withheld"]) and macro["baseline_source"] != "none"
    yield finding("savings_loss_withheld", Known("macro.json: a savings loss withheld over a baseline", int(withheld)))


__all__ = ["copied", "finding", "looks", "marked", "once"]
