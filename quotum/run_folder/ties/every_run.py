"""The ties of every run, whatever its regime."""

from collections.abc import Iterator
from typing import Final

from quotum.run_folder import words
from quotum.run_folder.ties.statements import Statements
from quotum.run_folder.ties.tie import ROWS, Equality, Known, Look, Side, every_row, number
from quotum.tables import SET_ASIDE, Table

_COUNT_OF_FINDING: Final = "SELECT coalesce(sum(count), 0) AS found FROM quality WHERE place = 'settlement' AND code = "


def marked(table: Table, statements: Statements) -> tuple[Equality, ...]:
    """Every row of a table says whether it is of a simulation, as the run does."""
    simulation = bool(statements.record["simulation"])
    rule = words.SIMULATION_IS.sentence(value=str(simulation).lower())
    return (every_row(table.name, rule, f"simulation = {simulation}"),)


def once(table: Table) -> Look:
    """Every key of a table stands in it once."""
    key = ", ".join(table.key)
    rows = f"(SELECT count(*) AS rows FROM {table.name} GROUP BY {key})"  # noqa: S608 - declared names
    left = Side(words.ROWS.sentence(file=table.name), "coalesce(sum(rows), 0)")
    return Look(rows, (Equality(ROWS, left, number(words.DIFFERENT.sentence(file=table.name, key=key))),))


def finding(code: str, shown: Side | Known, where: str = "") -> Look:
    """The number of a finding in `quality`, and the number that a result shows.

    Args:
        code: Its name.
        shown: What shows it.
        where: The rows that do; none where it is known.
    """
    query = f"{_COUNT_OF_FINDING}'{code}'"
    left = Side(f"quality: {code}", "any_value(found)")
    if isinstance(shown, Known):
        return Look(f"({query})", (Equality(ROWS, left, shown),))
    counted = f"SELECT {shown.sql} AS shown FROM {where}"  # noqa: S608 - names of our own
    right = Side(shown.words, "any_value(shown)")
    return Look(f"({query}) CROSS JOIN ({counted})", (Equality(ROWS, left, right),))


def copied(table: Table) -> Look:
    """The settlement as CSV has the same rows, in every column."""
    equal = " AND ".join(f"coalesce(CAST(s.{name} AS VARCHAR), '') = coalesce(c.{name}, '')" for name in table.names)
    in_both = "s.rsin IS NOT NULL AND c.rsin IS NOT NULL"
    return Look(
        "settlement AS s FULL JOIN settlement_csv AS c ON s.rsin = c.rsin",
        (
            Equality(
                ROWS, number(words.ROWS.sentence(file="settlement.parquet"), "s.rsin IS NOT NULL"),
                number(words.ROWS.sentence(file="settlement.csv"), "c.rsin IS NOT NULL"),
            ),
            every_row("settlement.parquet", words.SAME_IN_CSV.sentence(), f"{in_both} AND {equal}",
                      "s.rsin IS NOT NULL"),
        ),
    )  # fmt: skip


def looks(statements: Statements) -> Iterator[Look]:
    """What is counted over the files that every run has beside its results."""
    yield Look("set_aside", marked(SET_ASIDE, statements))
    known = "SELECT DISTINCT sha256, true AS there FROM inputs"
    names_delivery = every_row("set_aside", words.NAMES_DELIVERY.sentence(), "i.there")
    yield Look(f"set_aside AS a LEFT JOIN ({known}) AS i ON a.delivery = i.sha256", (names_delivery,))
    named = every_row(
        "quality",
        words.NAMES_DELIVERY.sentence(),
        "i.there",
        "q.place <> 'settlement'",
        words.WHICH["deliveries"].sentence(),
    )
    yield Look(f"quality AS q LEFT JOIN ({known}) AS i ON q.place = 'delivery ' || i.sha256", (named,))
    yield finding("message_contradicts_itself", number(words.ROWS.sentence(file="set_aside")), "set_aside")
    macro = statements.macro
    withheld = bool(macro["savings_loss_withheld"]) and macro["baseline_source"] != "none"
    yield finding("savings_loss_withheld", Known(words.LOSS_WITHHELD.sentence(), int(withheld)))


__all__ = ["copied", "finding", "looks", "marked", "once"]
