"""What a check on a delivered row is."""

from collections.abc import Callable
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc
from attrs import field, frozen

from quotum.intake.rows import Rows, Verdict

SCHEMA: Final = "Aangifte loonheffingen, schema"
_PAGE: Final = "quotum/intake/README.md"
FORM: Final = f"{_PAGE}, Form of deliveries"
MESSAGE: Final = f"{_PAGE}, A message"
MOMENTS: Final = f"{_PAGE}, Moments"
DAYS: Final = f"{_PAGE}, Days in service"
"""Sources of rules: the official schema, and the chapters of the page that says what quotum itself asks."""

Predicate = Callable[[Rows], Verdict]


def _is_for_whole_returns(_rows: Rows) -> Verdict:
    return None


@frozen
class Rule:
    """One check on a delivered row."""

    name: str
    """Its name in findings."""
    table: str
    """Kind of delivery it is about."""
    level: str
    """`reject`: the row is not accepted; `finding`: it is, and the finding is kept."""
    reason: str
    """What is demanded, in words."""
    source: str
    """Provision or format that demands it."""
    holds: Predicate = field(default=_is_for_whole_returns, eq=False)
    """Says which rows are valid; by itself it holds: rules on whole returns are evaluated where those are together."""
    column: str = ""
    """Column whose value is shown with the finding, when it is not personal."""


def can_be_understood(column: str) -> Predicate:
    """Every value that there is in a column can be understood."""

    def holds(rows: Rows) -> Verdict:
        if rows.all_understood(column):
            return None
        return pc.or_(pc.invert(rows.given(column)), rows.values(column).is_valid())

    return holds


def has_value(column: str, when: Callable[[Rows], pa.Array] | None = None) -> Predicate:
    """A column has a value, in the rows for which that is asked."""

    def holds(rows: Rows) -> Verdict:
        if rows.all_given(column):
            return None
        given = rows.given(column)
        return given if when is None else pc.or_kleene(given, pc.invert(when(rows)))

    return holds


def in_order(first: str, last: str) -> Predicate:
    """The first of two days does not lie after the last, where there are both."""

    def holds(rows: Rows) -> Verdict:
        return pc.fill_null(pc.less_equal(rows.values(first), rows.values(last)), fill_value=True)

    return holds


def never(found: Callable[[Rows], pa.Array | None]) -> Predicate:
    """Something is found in no row; where it is not known whether it is, it is not."""

    def holds(rows: Rows) -> Verdict:
        where = found(rows)
        if where is None or not where.true_count:
            return None
        return pc.invert(pc.fill_null(where, fill_value=False))

    return holds


__all__ = [
    "DAYS",
    "FORM",
    "MESSAGE",
    "MOMENTS",
    "SCHEMA",
    "Predicate",
    "Rule",
    "can_be_understood",
    "has_value",
    "in_order",
    "never",
]
