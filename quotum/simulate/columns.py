"""The rules over whole columns in memory: expressions of the law on plain arrays of whole numbers.

Plain pandas types are safe here, and quick: no column has an absent value and nothing is joined, which is
what turns whole numbers into floats elsewhere.
"""

from collections.abc import Mapping
from typing import Any

import narwhals as nw
import numpy as np
import pandas as pd

from quotum.comparison.small_groups import Whole


def evaluated(columns: Mapping[str, Whole], expression: nw.Expr) -> Any:
    """An expression over columns of whole numbers.

    Args:
        columns: Columns of one length, by name.
        expression: Of a rule.
    """
    frame = nw.from_native(pd.DataFrame(dict(columns), copy=False), eager_only=True)
    return frame.select(found=expression)["found"].to_numpy()


class Groups:
    """Rows in order of a place, to be added up per place: exact, in whole numbers."""

    def __init__(self, places: Whole, length: int) -> None:
        """Rows whose places never fall.

        Args:
            places: Place of each row.
            length: Number of places.
        """
        first = np.flatnonzero(np.diff(places, prepend=-1))
        self._first, self._at, self._length = first, places[first], length

    def sums(self, values: Whole) -> Whole:
        """The sum of the values of each place; 0 where there is none."""
        found = np.zeros(self._length, np.int64)
        if len(self._first):
            found[self._at] = np.add.reduceat(values, self._first)
        return found


def none(length: int) -> Whole:
    """Zeros."""
    return np.zeros(length, np.int64)
