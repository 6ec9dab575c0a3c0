"""What the official schema demands of the elements that are read, beyond the form of one value.

So a return that breaks its schema in what quotum reads is rejected without the schema at hand.
"""

from typing import Final

from quotum.identifiers import SUB_NUMBERS
from quotum.intake.codes import CodeList, code_lists
from quotum.intake.rule import FINDING, REJECT, SCHEMA, Holds, Rule
from quotum.tables import RETURNS, Kind

MARKS: Final = ("periods_sound", "totals_sound", "year_sound")
"""Columns beside the rows of an XML return: what its reader found of the elements that no column holds."""

_DIGITS: Final = 10**10
_WITHOUT_ZEROS: Final = 10**6
_CODED: Final = {"SrtIV": "income_kind", "CdAard": "employment_nature"}


def schema_rules() -> tuple[Rule, ...]:
    """The rules, in the order in which they are evaluated."""
    amounts = (column for column in RETURNS.columns if column.kind is Kind.EUROS)
    return (
        *(_digits(column.delivered_name, column.name) for column in amounts),
        *(rule for listed in code_lists().values() for rule in _listed(listed)),
        _not_000("SofiNr", "bsn", _WITHOUT_ZEROS),
        _not_000("LhNr", "payroll_tax_number", _WITHOUT_ZEROS * SUB_NUMBERS),
        _mark(
            "income_periods_sound", "an income relation has 1 to 99 income periods (Inkomstenperiode), each with "
            "DatAanv, a listed SrtIV and CdAard, and indicators J or N", "Inkomstenperiode", MARKS[0],
        ),
        _mark(
            "totals_are_amounts", "each total of a return (CollectieveAangifte) is there, a whole number of at most "
            "ten digits", "CollectieveAangifte", MARKS[1],
        ),
        _mark(
            "period_of_the_year_of_its_schema", "the period lies in the year of the namespace of its message",
            "DatAanvTv, DatEindTv", MARKS[2],
        ),
    )  # fmt: skip


def _digits(element: str, column: str) -> Rule:
    """At most ten digits, decimals included; zeros at the end of the decimals do not count."""
    held = " OR ".join(
        f"({column} % {power} = 0 AND abs({column}) < {_DIGITS * power})" if power > 1 else f"abs({column}) < {_DIGITS}"
        for power in (1, 10, 100)
    )
    return Rule(
        f"{element}_digits", RETURNS.name, REJECT, f"{element} must have at most ten digits, decimals included",
        f"{SCHEMA}: Bedrag10.2", f"{column} IS NULL OR {held}", holds=(Holds(column, 1 - _DIGITS, _DIGITS - 1),),
    )  # fmt: skip


def _listed(codes: CodeList) -> tuple[Rule, Rule]:
    """A code that is not listed: rejected in the years of the list, a finding in those of which nothing is known."""
    column = _CODED[codes.element]
    within = f"period_start BETWEEN DATE '{codes.first_year}-01-01' AND DATE '{codes.last_year}-12-31'"
    known = f"{column} IS NULL OR {column} IN {codes.sql()}"
    years = f"{codes.first_year} to {codes.last_year}"
    holds = (Holds(column, among=frozenset(codes.codes)),)
    return (
        Rule(
            f"{codes.element}_listed", RETURNS.name, REJECT,
            f"{codes.element} must be a code that exists, in periods of {years}", codes.source,
            f"{known} OR ({within}) IS NOT TRUE", column, holds=holds,
        ),
        Rule(
            f"{codes.element}_of_another_year", RETURNS.name, FINDING,
            f"{codes.element} is not among the codes of {years}; of the year of the period no list is known",
            codes.source, f"{known} OR {within} OR period_start IS NULL", column, holds=holds,
        ),
    )  # fmt: skip


def _not_000(element: str, column: str, least: int) -> Rule:
    return Rule(
        f"{element}_not_000", RETURNS.name, REJECT, f"{element} must not begin with 000", f"{SCHEMA}: {element}",
        f"{column} IS NULL OR {column} >= {least}", holds=(Holds(column, least),),
    )  # fmt: skip


def _mark(name: str, reason: str, element: str, mark: str) -> Rule:
    return Rule(name, RETURNS.name, REJECT, reason, f"{SCHEMA}: {element}", mark)


__all__ = ["MARKS", "schema_rules"]
