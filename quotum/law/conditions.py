"""The parts of a rule: conditions, each with its provision, the question it answers and the reading it rests on.

A condition is written once: the settlement combines its expression with others, an explanation keeps it as a column
and gives its question and its reason, and an overview of the whole country shows the same column.
"""

from collections.abc import Callable, Mapping
from functools import reduce
from typing import Generic, ParamSpec, TypeVar

import narwhals as nw
from attrs import field, frozen

from quotum.law.readings import Reading
from quotum.words import DUTCH, ENGLISH, Text

P = ParamSpec("P")
T = TypeVar("T")


@frozen
class Reason:
    """Why something is not given."""

    code: str
    """Short name, fixed: in files and in the JSON of an explanation."""
    text: Text
    """The same for people."""


@frozen
class Question:
    """A question of a provision that an amount, a figure or a choice answers, not a yes or no that grants something."""

    provision: str
    """Article and paragraph."""
    text: Text
    """The question."""


@frozen
class Condition(Generic[P, T]):
    """A condition of a provision; called, it gives what it decides."""

    name: str
    """Name of its column: that of the function it is made of."""
    provision: str
    """Article and paragraph."""
    question: Text
    """The question it answers."""
    unmet: Reason
    """Why nothing is given when it does not hold."""
    readings: tuple[Reading, ...]
    """The readings it rests on, where the statute is silent."""
    decide: Callable[P, T] = field(eq=False)
    """Gives an expression over columns, or decides in plain Python."""

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> T:
        """What it decides: an expression that holds or not, or whether it holds."""
        return self.decide(*args, **kwargs)


def condition(
    provision: str, question: Text, unmet: Reason, *readings: Reading
) -> Callable[[Callable[P, T]], Condition[P, T]]:
    """Makes a condition of a function, which keeps its docstring and its arguments.

    Args:
        provision: Article and paragraph.
        question: The question it answers.
        unmet: Why nothing is given when it does not hold.
        readings: The readings it rests on.
    """

    def make(decide: Callable[P, T]) -> Condition[P, T]:
        return Condition(decide.__name__, provision, question, unmet, readings, decide)

    return make


@frozen
class Rule:
    """Conditions that must all hold, with their expressions over the columns of one table."""

    name: str
    """Name of the column that says whether all hold."""
    provision: str
    """Articles and paragraphs."""
    question: Text
    """The question it answers."""
    parts: tuple[tuple["Condition[..., nw.Expr]", nw.Expr], ...]
    """The conditions in the order of the law, each with its expression."""

    def holds(self) -> nw.Expr:
        """Whether every condition holds."""
        return reduce(lambda left, right: left & right, (expression for _, expression in self.parts))

    def columns(self) -> Mapping[str, nw.Expr]:
        """A column for each condition, by its name: an explanation and an overview keep them."""
        return {condition.name: expression for condition, expression in self.parts}

    def unmet(self, row: Mapping[str, object]) -> tuple[Reason, ...]:
        """Why a row with these columns is not granted what the rule grants, in the order of the law."""
        return tuple(condition.unmet for condition, _ in self.parts if not row[condition.name])


__all__ = ["DUTCH", "ENGLISH", "Condition", "Question", "Reason", "Rule", "Text", "condition"]
