"""A tie between files of a run, and how its sides are counted."""

from typing import Final

from attrs import frozen

ROWS, HOURS, CENTS, WORDS = "rows", "hours", "cents", "words"
UNITS: Final = (CENTS, HOURS, ROWS, WORDS)
"""What sides are counted in; `words` are compared as they stand."""
Value = int | str


@frozen
class Tie:
    """An equality between files of a run, or within one, with both sides."""

    unit: str
    """One of `UNITS`."""
    left: str
    """File and what is counted in it."""
    left_value: Value
    """Its value."""
    right: str
    """The other file, or the other way to count."""
    right_value: Value
    """Its value."""

    @property
    def holds(self) -> bool:
        """Whether both sides are the same."""
        return self.left_value == self.right_value

    def __str__(self) -> str:
        """What is not the same, in words that name no amount: of a few employers a sum is a wage."""
        if isinstance(self.left_value, int) and isinstance(self.right_value, int):
            return f"{self.left}, and {self.right}, differ by {self.left_value - self.right_value:,} {self.unit}"
        return f"{self.left} is {self.left_value}, {self.right} is {self.right_value}"


@frozen
class Side:
    """A side that is counted."""

    words: str
    """File and what is counted in it."""
    sql: str
    """A whole number, as an aggregate of SQL."""


@frozen
class Known:
    """A side that is known from `macro.json` or `run.json`."""

    words: str
    """File and what it says."""
    value: int
    """Its value."""


@frozen
class Equality:
    """Two sides that must be the same."""

    unit: str
    """One of `UNITS`."""
    left: Side
    """The first side."""
    right: Side | Known
    """The second side."""


@frozen
class Look:
    """Equalities over the same rows, counted in one pass."""

    rows: str
    """The rows: what follows FROM, in which tables of the run go by their names."""
    equalities: tuple[Equality, ...]
    """What must hold."""


def total(words: str, column: str) -> Side:
    """The sum of a column."""
    return Side(words, f"coalesce(sum({column}), 0)")


def number(words: str, condition: str = "true") -> Side:
    """The number of rows of which a condition holds; one that is unknown does not."""
    return Side(words, f"count(*) FILTER (WHERE {condition})")


def every_row(file: str, rule: str, condition: str, among: str = "true", which: str = "rows") -> Equality:
    """A rule that each row of a file, or each of some of its rows, keeps.

    Args:
        file: The file.
        rule: The rule, in words.
        condition: The same in SQL.
        among: Which rows, in SQL.
        which: The same in words.
    """
    return Equality(
        ROWS, number(f"{file}: {which}", among), number(f"those of them where {rule}", f"({among}) AND ({condition})")
    )


__all__ = [
    "CENTS",
    "HOURS",
    "ROWS",
    "UNITS",
    "WORDS",
    "Equality",
    "Known",
    "Look",
    "Side",
    "Tie",
    "Value",
    "every_row",
    "number",
    "total",
]
