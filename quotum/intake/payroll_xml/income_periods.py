"""Income periods (Inkomstenperiode) of payroll returns: the deciding period, and their combined requests."""

from collections.abc import Mapping
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from attrs import frozen

from quotum.intake.payroll_xml.mapping import IN_FORCE, OLDER_REQUEST, REQUESTS

Whole = npt.NDArray[np.int64]

_DATE: Final = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}(Z|[+-][0-9]{2}:[0-9]{2})?$"
_WHITE: Final = " \t\r\n"
_ABSENT: Final = -1
_LATEST: Final = 99_999_999
_NEWER_REQUEST: Final = "IndAvrLkvDgBaf"


@frozen
class Periods:
    """Income periods in document order."""

    line: Whole
    """Line of each period."""
    columns: dict[str, pa.ChunkedArray]
    """Fields by element name."""


def flat_periods(periods: Periods, lines: Mapping[str, Any], size: int) -> dict[str, Any]:
    """Returns the columns of the flat form that come from income periods.

    Args:
        periods: All income periods of the lines.
        lines: DatAanvTv, DatEindTv, DatAanv and DatEind of each line.
        size: Number of lines.
    """
    places = _in_force(periods, lines, size)
    result = {name: periods.columns[name].take(pa.array(places, mask=places < 0)) for name in IN_FORCE}
    for name in REQUESTS:
        names = (name, OLDER_REQUEST) if name == _NEWER_REQUEST else (name,)
        result[name] = _request([periods.columns[column] for column in names], periods.line, size)
    return result


def _request(columns: list[pa.ChunkedArray], line: Whole, size: int) -> pa.ChunkedArray:
    """Combines a request: J when any value is J, else N when any is N.

    A value that is neither J nor N takes precedence, so that a later check finds it.
    """
    values = pa.chunked_array([chunk for column in columns for chunk in column.chunks], pa.string())
    line = np.tile(line, len(columns))
    chosen = np.full(size, _ABSENT, np.int64)
    filled = values.is_valid().to_numpy()
    yes = pc.fill_null(pc.equal(values, "J"), False).to_numpy()
    no = pc.fill_null(pc.equal(values, "N"), False).to_numpy()
    for mask in (no, yes, filled & ~yes & ~no):
        places = np.flatnonzero(mask)
        chosen[line[places]] = places
    return values.take(pa.array(chosen, mask=chosen < 0))


def _in_force(periods: Periods, lines: Mapping[str, Any], size: int) -> Whole:
    """Returns the income period in force on the first day in service, for each line; -1 without any period.

    That is the period with the latest start on or before that day, else the earliest period; of two with the same
    start, the later in the document.
    """
    chosen = np.full(size, _ABSENT, np.int64)
    chosen[periods.line] = np.arange(len(periods.line))
    several = np.bincount(periods.line, minlength=size)[periods.line] > 1
    candidates = np.flatnonzero(several)
    if not len(candidates):
        return chosen
    line = periods.line[candidates]
    start = _days(periods.columns["DatAanv"].take(pa.array(candidates)), 0)
    day = _first_days(lines, line)
    rank = np.where(start <= day, start, -start - 1)
    order = np.lexsort((candidates, rank, line))
    chosen[line[order]] = candidates[order]
    return chosen


def _first_days(lines: Mapping[str, Any], line: Whole) -> Whole:
    """First day in service: the later start, or the first day of the return period when that is after the end."""
    at = pa.array(line)
    period_start = _days(lines["DatAanvTv"].take(at), 0)
    start = np.maximum(period_start, _days(lines["DatAanv"].take(at), 0))
    end = np.minimum(_days(lines["DatEindTv"].take(at), _LATEST), _days(lines["DatEind"].take(at), _LATEST))
    return np.where(start <= end, start, period_start)


def _days(values: Any, otherwise: int) -> Whole:
    """Turns dates into numbers that sort like them (20260331); an absent or invalid date becomes `otherwise`.

    A time zone (xs:date allows one) does not change the day.
    """
    trimmed = pc.ascii_trim(values, _WHITE)
    plain = pc.fill_null(pc.match_substring_regex(trimmed, _DATE), False)
    digits = pc.replace_substring(pc.utf8_slice_codeunits(trimmed, 0, 10), "-", "")
    number = pc.cast(pc.if_else(plain, digits, str(otherwise)), pa.int64())
    return number.to_numpy(zero_copy_only=False) if isinstance(number, pa.Array) else number.to_numpy()  # type: ignore[no-any-return]
