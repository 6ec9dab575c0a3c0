"""The rules over whole columns in memory: expressions of the law on plain arrays of whole numbers.

Plain pandas types are safe and fast here: no column has nulls and nothing is joined, which would turn whole numbers
into floats.
"""

from collections.abc import Mapping
from typing import Any

import narwhals as nw
import numpy as np
import pandas as pd

from quotum.comparison.small_groups import Whole


def evaluated(columns: Mapping[str, Whole], expression: nw.Expr) -> Any:
    """Evaluates an expression over columns of whole numbers.

    Args:
        columns: Columns of the same length, by name.
        expression: Expression of a rule.
    """
    frame = nw.from_native(pd.DataFrame(dict(columns), copy=False), eager_only=True)
    return frame.select(result=expression)["result"].to_numpy()


class Groups:
    """Exact sums per place of rows in order of their place."""

    def __init__(self, places: Whole, length: int) -> None:
        """Takes rows whose places never fall.

        Args:
            places: Place of each row.
            length: Number of places.
        """
        first = np.flatnonzero(np.diff(places, prepend=-1))
        self._first, self._at, self._length = first, places[first], length

    def sums(self, values: Whole) -> Whole:
        """Returns the sum of the values of each place; 0 where there is none."""
        totals = np.zeros(self._length, np.int64)
        if len(self._first):
            totals[self._at] = np.add.reduceat(values, self._first)
        return totals


def none(length: int) -> Whole:
    """Returns zeros."""
    return np.zeros(length, np.int64)
