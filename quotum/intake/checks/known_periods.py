"""Whether first and last day belong together as a return period (aangiftetijdvak), looked up once per pair of days."""

from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from attrs import frozen

from quotum.intake.rows import numbers
from quotum.periods import FIRST_YEAR, LAST_YEAR, periods_of_year

# A half-year and a year begin with January or July and last longer than five months.
_LONG_FROM_MONTHS: Final = (1, 7)
_LONG_ABOVE_DAYS: Final = 150
_ABSENT: Final = -(1 << 31)
_EPOCH: Final = 1970

Mask = npt.NDArray[np.bool_]


@frozen
class PeriodMarks:
    """What the period of each row is."""

    known: Mask
    """Whether the days are the first and last day of a month or four-week period."""
    long: Mask
    """Whether the days are a half-year or a year, which is not counted in periods."""


class KnownPeriods:
    """The months and four-week periods of the years in which there are payroll returns."""

    def __init__(self) -> None:
        """Starts without periods: the periods of a year are listed at its first row."""
        self._years: set[int] = set()
        self._pairs = np.zeros(0, np.int64)

    def marks(self, starts: pa.Array, ends: pa.Array) -> PeriodMarks:
        """Marks pairs of days; a pair with an absent day is neither.

        Args:
            starts: First days (`date32`).
            ends: Last days (`date32`).
        """
        first, last = numbers(starts, _ABSENT), numbers(ends, _ABSENT)
        changes = np.ones(len(first), np.bool_)
        changes[1:] = (first[1:] != first[:-1]) | (last[1:] != last[:-1])
        heads = np.flatnonzero(changes)
        coded = pa.array(_pairs(first[heads], last[heads])).dictionary_encode()
        distinct, codes = coded.dictionary.to_numpy(), coded.indices.to_numpy()
        self._list(distinct)
        lengths = np.diff(np.append(heads, len(first)))
        return PeriodMarks(
            _spread(np.isin(distinct, self._pairs), codes, lengths), _spread(_long(distinct), codes, lengths)
        )

    def _list(self, pairs: npt.NDArray[np.int64]) -> None:
        first = np.unique(pairs >> 32).astype("datetime64[D]").astype("datetime64[Y]")
        years = set((first.astype(np.int64) + _EPOCH).tolist()) & set(range(FIRST_YEAR, LAST_YEAR + 1)) - self._years
        periods = [period for year in sorted(years) for period in periods_of_year(year)]
        if periods:
            starts, ends = (
                numbers(pa.array(days, pa.date32()))
                for days in ([period.start for period in periods], [period.end for period in periods])
            )
            self._pairs = np.sort(np.append(self._pairs, _pairs(starts, ends)))
            self._years |= years


def _pairs(first: npt.NDArray[np.int32], last: npt.NDArray[np.int32]) -> npt.NDArray[np.int64]:
    return (first.astype(np.int64) << 32) + last


def _spread(marks: Mask, codes: npt.NDArray[np.int32], lengths: npt.NDArray[np.int64]) -> Mask:
    """Repeats the marks of distinct pairs for each row in runs of equal pairs; mostly all marks are equal."""
    if len(marks) and (marks == marks[0]).all():
        return np.full(int(lengths.sum()), marks[0])
    return np.repeat(marks[codes], lengths)


def _long(pairs: npt.NDArray[np.int64]) -> Mask:
    last = pairs.astype(np.int32).astype(np.int64)
    first = (pairs - last) >> 32
    month_starts = first.astype("datetime64[D]").astype("datetime64[M]")
    month = month_starts.astype(np.int64) % 12 + 1
    on_the_first = month_starts.astype("datetime64[D]").astype(np.int64) == first
    present = (first != _ABSENT) & (last != _ABSENT)
    return present & on_the_first & np.isin(month, _LONG_FROM_MONTHS) & (last - first > _LONG_ABOVE_DAYS)  # type: ignore[no-any-return]
