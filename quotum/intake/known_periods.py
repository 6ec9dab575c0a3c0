"""Whether first and last day belong together as a return period (aangiftetijdvak), looked up once per pair of days."""

from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from attrs import frozen

from quotum.periods import periods_of_year

# The payroll return exists since 2006; a period outside these years is not a period.
FIRST_YEAR, LAST_YEAR = 2006, 2099
# A half-year and a year begin with January or July and last longer than five months.
_LONG_FROM_MONTHS: Final = (1, 7)
_LONG_ABOVE_DAYS: Final = 150
_ABSENT: Final = -(1 << 31)
_EPOCH: Final = 1970

Mask = npt.NDArray[np.bool_]


@frozen
class PeriodMarks:
    """What the days of each row are."""

    known: Mask
    """Whether they are the first and last day of a month or four-week period."""
    long: Mask
    """Whether they are a half-year or a year, which is not counted in periods."""


class KnownPeriods:
    """The months and four-week periods of the years in which there are payroll returns."""

    def __init__(self) -> None:
        """List none as yet: the periods of a year are listed when it is first seen."""
        self._years: set[int] = set()
        self._pairs = np.zeros(0, np.int64)

    def marks(self, starts: pa.Array, ends: pa.Array) -> PeriodMarks:
        """Judge pairs of days; where one is absent they are neither.

        Args:
            starts: First days (`date32`).
            ends: Last days (`date32`).
        """
        pairs = _pairs(starts, ends)
        if not len(pairs):
            return PeriodMarks(np.zeros(0, np.bool_), np.zeros(0, np.bool_))
        heads = np.flatnonzero(np.concatenate([[True], pairs[1:] != pairs[:-1]]))
        lengths = np.diff(np.append(heads, len(pairs)))
        different = pairs[heads]
        self._list(different)
        known = np.isin(different, self._pairs)
        return PeriodMarks(np.repeat(known, lengths), np.repeat(_long(different), lengths))

    def _list(self, pairs: npt.NDArray[np.int64]) -> None:
        first = np.unique(pairs >> 32).astype("datetime64[D]").astype("datetime64[Y]")
        years = set((first.astype(np.int64) + _EPOCH).tolist()) & set(range(FIRST_YEAR, LAST_YEAR + 1)) - self._years
        periods = [period for year in sorted(years) for period in periods_of_year(year)]
        if periods:
            starts = pa.array([period.start for period in periods], pa.date32())
            ends = pa.array([period.end for period in periods], pa.date32())
            self._pairs = np.sort(np.append(self._pairs, _pairs(starts, ends)))
            self._years |= years


def _pairs(starts: pa.Array, ends: pa.Array) -> npt.NDArray[np.int64]:
    first, last = (days.view(pa.int32()).fill_null(_ABSENT).to_numpy().astype(np.int64) for days in (starts, ends))
    return (first << 32) + last  # type: ignore[no-any-return]


def _long(pairs: npt.NDArray[np.int64]) -> Mask:
    last = pairs.astype(np.int32).astype(np.int64)
    first = (pairs - last) >> 32
    month_starts = first.astype("datetime64[D]").astype("datetime64[M]")
    month = month_starts.astype(np.int64) % 12 + 1
    on_the_first = month_starts.astype("datetime64[D]").astype(np.int64) == first
    given = (first != _ABSENT) & (last != _ABSENT)
    return given & on_the_first & np.isin(month, _LONG_FROM_MONTHS) & (last - first > _LONG_ABOVE_DAYS)  # type: ignore[no-any-return]
