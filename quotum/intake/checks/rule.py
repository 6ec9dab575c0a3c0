"""A check on a delivered row."""

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
    """Name in findings."""
    table: str
    """Kind of delivery that it checks."""
    level: str
    """`reject`: the row is not accepted; `finding`: it is accepted, and the finding is kept."""
    reason: str
    """Requirement, in words."""
    source: str
    """Provision or format behind the requirement."""
    holds: Predicate = field(default=_is_for_whole_returns, eq=False)
    """Returns the valid rows; always holds by default, because rules on whole returns are evaluated elsewhere."""
    column: str = ""
    """Column whose value is shown with the finding, unless it is personal."""


def can_be_understood(column: str) -> Predicate:
    """Requires that every value in a column can be understood."""

    def holds(rows: Rows) -> Verdict:
        if rows.all_understood(column):
            return None
        return pc.or_(pc.invert(rows.given(column)), rows.values(column).is_valid())

    return holds


def has_value(column: str, when: Callable[[Rows], pa.Array] | None = None) -> Predicate:
    """Requires a value in a column, in all rows or in the rows that `when` selects."""

    def holds(rows: Rows) -> Verdict:
        if rows.all_given(column):
            return None
        present = rows.given(column)
        return present if when is None else pc.or_kleene(present, pc.invert(when(rows)))

    return holds


def in_order(first: str, last: str) -> Predicate:
    """Requires that the first of two days is not after the last, where both are present."""

    def holds(rows: Rows) -> Verdict:
        return pc.fill_null(pc.less_equal(rows.values(first), rows.values(last)), fill_value=True)

    return holds


def never(condition: Callable[[Rows], pa.Array | None]) -> Predicate:
    """Requires that a condition holds in no row; an unknown condition does not hold."""

    def holds(rows: Rows) -> Verdict:
        breaking = condition(rows)
        if breaking is None or not breaking.true_count:
            return None
        return pc.invert(pc.fill_null(breaking, fill_value=False))

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
