"""A tie between files of a run, and how its sides are counted."""

from typing import Final

from attrs import frozen

from quotum.run_folder import words as catalogue
from quotum.words import Sentence

ROWS, HOURS, CENTS, WORDS = "rows", "hours", "cents", "words"
UNITS: Final = (CENTS, HOURS, ROWS, WORDS)
"""What sides are counted in; `words` are compared as they stand."""
Value = int | str
_ROWS: Final = catalogue.WHICH["rows"].sentence()


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

    @property
    def words(self) -> Sentence:
        """What is not the same, in words that name no amount: of a few employers a sum is a wage."""
        left, right = self.left_value, self.right_value
        if isinstance(left, int) and isinstance(right, int):
            unit = catalogue.UNITS[self.unit].sentence()
            return catalogue.DIFFER_BY.sentence(left=self.left, right=self.right, difference=left - right, unit=unit)
        return catalogue.ARE.sentence(left=self.left, left_value=left, right=self.right, right_value=right)

    def __str__(self) -> str:
        """The same in English."""
        return str(self.words)


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


def every_row(file: str, rule: str, condition: str, among: str = "true", which: str = _ROWS) -> Equality:
    """A rule that each row of a file, or each of some of its rows, keeps.

    Args:
        file: The file.
        rule: The rule, in words.
        condition: The same in SQL.
        among: Which rows, in SQL.
        which: The same in words.
    """
    left = number(catalogue.OF_FILE.sentence(file=file, which=which), among)
    right = number(catalogue.THOSE_WHERE.sentence(rule=rule), f"({among}) AND ({condition})")
    return Equality(ROWS, left, right)


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
