"""The one shape in which tables pass between stages: a lazy narwhals frame, whatever engine runs it."""

from collections.abc import Iterable
from functools import reduce
from typing import Any

import narwhals as nw

Frame = nw.LazyFrame[Any]


def one_of(value: nw.Expr, choices: Iterable[object]) -> nw.Expr:
    """Whether a value is among a few choices.

    `is_in` becomes a search of a list on DuckDB, for every row anew: some thirty times as long as these comparisons.
    """
    return reduce(lambda left, right: left | right, (value == choice for choice in choices))


def each_once(frame: Frame, *columns: str) -> Frame:
    """Some columns of the rows, each combination once.

    `unique` numbers the rows of each combination on DuckDB, which takes nearly twice as long as grouping them.
    """
    return frame.select(*columns).group_by(*columns).agg(nw.len().alias("times")).select(*columns)


__all__ = ["Frame", "each_once", "one_of"]
