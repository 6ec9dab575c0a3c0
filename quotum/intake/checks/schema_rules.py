"""Requirements of the official schema on the elements that are read, beyond the form of one value.

They reject a return that breaks its schema in what quotum reads, even without the schema at hand.
"""

from collections.abc import Callable
from datetime import date
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from quotum.identifiers import SUB_NUMBERS
from quotum.intake.checks import words
from quotum.intake.checks.rule import SCHEMA, Predicate, Rule
from quotum.intake.codes import CodeList, code_lists
from quotum.intake.rows import Rows, Verdict, flags
from quotum.tables import FINDING, REJECT, RETURNS, Kind

MARKS: Final = ("periods_sound", "totals_sound", "year_sound")
"""Columns beside the rows of an XML return: the reader's verdict on elements without a column."""

_DIGITS: Final = 10**10
_WITHOUT_ZEROS: Final = 10**6
_CODED: Final = {"SrtIV": "income_kind", "CdAard": "employment_nature"}


def schema_rules() -> tuple[Rule, ...]:
    """Returns the rules, in order of evaluation."""
    amounts = (column for column in RETURNS.columns if column.kind is Kind.EUROS)
    return (
        *(_digits(column.delivered_name, column.name) for column in amounts),
        *(rule for listed in code_lists().values() for rule in _listed(listed)),
        _not_000("SofiNr", "bsn", _WITHOUT_ZEROS),
        _not_000("LhNr", "payroll_tax_number", _WITHOUT_ZEROS * SUB_NUMBERS),
        _mark(
            "income_periods_sound", words.INCOME_PERIODS.sentence(), "Inkomstenperiode", MARKS[0],
        ),
        _mark(
            "totals_are_amounts", words.TOTALS_ARE_AMOUNTS.sentence(), "CollectieveAangifte", MARKS[1],
        ),
        _mark(
            "period_of_the_year_of_its_schema", words.YEAR_OF_SCHEMA.sentence(),
            "DatAanvTv, DatEindTv", MARKS[2],
        ),
    )  # fmt: skip


def _digits(element: str, column: str) -> Rule:
    return Rule(
        f"{element}_digits", RETURNS.name, REJECT, words.AT_MOST_TEN_DIGITS.sentence(name=element),
        f"{SCHEMA}: Bedrag10.2", _has_ten_digits(column),
    )  # fmt: skip


def _has_ten_digits(column: str) -> Predicate:
    """Requires at most ten digits, decimals included; zeros at the end of the decimals do not count."""

    def holds(rows: Rows) -> Verdict:
        least, most = rows.ends(column)
        if least is None or -_DIGITS < least <= most < _DIGITS:
            return None
        cents = np.abs(rows.values(column).fill_null(0).to_numpy())
        fits = [(cents % power == 0) & (cents < _DIGITS * power) for power in (1, 10, 100)]
        return flags(np.logical_or.reduce(fits))

    return holds


def _listed(codes: CodeList) -> tuple[Rule, Rule]:
    """Rules for codes that are not listed: rejected in the years of the list, a finding in other years."""
    column = _CODED[codes.element]
    within = _within(codes)
    years = {"first": codes.first_year, "last": codes.last_year}
    return (
        Rule(
            f"{codes.element}_listed", RETURNS.name, REJECT,
            words.LISTED.sentence(name=codes.element, **years), codes.source,
            _is_among(codes, column, lambda rows: pc.invert(pc.fill_null(within(rows), fill_value=False))), column,
        ),
        Rule(
            f"{codes.element}_of_another_year", RETURNS.name, FINDING,
            words.OF_ANOTHER_YEAR.sentence(name=codes.element, **years),
            codes.source, _is_among(codes, column, lambda rows: pc.fill_null(within(rows), fill_value=True)), column,
        ),
    )  # fmt: skip


def _within(codes: CodeList) -> Callable[[Rows], pa.Array]:
    """Tells whether the period of a row lies in the years of a list; null without a period."""
    first, last = pa.scalar(date(codes.first_year, 1, 1)), pa.scalar(date(codes.last_year, 12, 31))

    def within(rows: Rows) -> pa.Array:
        start = rows.values("period_start")
        return pc.and_(pc.greater_equal(start, first), pc.less_equal(start, last))

    return within


def _is_among(codes: CodeList, column: str, or_else: Callable[[Rows], pa.Array]) -> Predicate:
    """Requires that a present value is in a list, or that another condition holds."""
    listed = frozenset(codes.codes)

    def holds(rows: Rows) -> Verdict:
        if listed >= rows.different(column):
            return None
        values = rows.values(column)
        is_listed = pc.or_(values.is_null(), pc.is_in(values, pa.array(codes.codes, pa.int64())))
        return pc.or_(is_listed, or_else(rows))

    return holds


def _not_000(element: str, column: str, least: int) -> Rule:
    def holds(rows: Rows) -> Verdict:
        lowest, _ = rows.ends(column)
        if lowest is None or lowest >= least:
            return None
        return pc.fill_null(pc.greater_equal(rows.values(column), least), fill_value=True)

    return Rule(
        f"{element}_not_000", RETURNS.name, REJECT, words.NOT_000.sentence(name=element), f"{SCHEMA}: {element}", holds
    )


def _mark(name: str, reason: str, element: str, mark: str) -> Rule:
    def holds(rows: Rows) -> Verdict:
        """Reads the mark of the XML reader; a flat delivery has no such elements."""
        return rows.marks.get(mark)

    return Rule(name, RETURNS.name, REJECT, reason, f"{SCHEMA}: {element}", holds)


__all__ = ["MARKS", "schema_rules"]
