"""What a check on a delivered row is."""

from typing import Final

from attrs import frozen

REJECT: Final = "reject"
FINDING: Final = "finding"
SCHEMA: Final = "Aangifte loonheffingen, schema"


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
    predicate: str
    """SQL that is true for a valid row."""
    column: str = ""
    """Column whose value is shown with the finding, when it is not personal."""
    form: bool = False
    """Whether it asks no more than that the value of its column, when there is one, can be understood."""
    holds: tuple["Holds", ...] = ()
    """It holds in every row when all of these do: then it needs not be asked, which costs more."""


@frozen
class Holds:
    """What the values of a whole column must be."""

    column: str
    """The column; its numbers or days."""
    least: int | None = None
    """No value is below this."""
    most: int | None = None
    """No value is above this."""
    among: frozenset[int] = frozenset()
    """Every value is one of these, when there are any."""
