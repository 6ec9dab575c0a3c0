"""Requirements of the official schema on elements of a payroll return that have no column in the flat form."""

import re
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from quotum.intake.codes import code_lists
from quotum.intake.payroll_xml import mapping as layout
from quotum.intake.payroll_xml.income_periods import Periods

Mask = npt.NDArray[np.bool_]

_MOST_PERIODS: Final = 99
_DAY: Final = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:Z|[+-][0-9]{2}:[0-9]{2})?")
_WHITE: Final = " \t\r\n"
_TOTAL: Final = r"^[ \t\r\n]*[+-]?0*[0-9]{1,10}[ \t\r\n]*$"
_SIZE_OF_A_DAY: Final = len("2026-01-01")
_CENTS: Final = len(".00")
_REQUIRED: Final = ("DatAanv", "SrtIV", "IndWAO", "IndWW", "IndZW")


def sound_periods(periods: Periods, size: int) -> Mask:
    """Marks lines without faults in their income periods (Inkomstenperiode), as far as no column shows them.

    The values of a line's only period are in its row, where the rules check them; its first day is not.

    Args:
        periods: All income periods of the lines.
        size: Number of lines.
    """
    count = np.bincount(periods.line, minlength=size)
    sound = count <= _MOST_PERIODS
    sound[periods.line[~_right(periods.columns["DatAanv"], "DatAanv")]] = False
    candidates = np.flatnonzero(count[periods.line] > 1)
    if len(candidates):
        at, line = pa.array(candidates), periods.line[candidates]
        for name in layout.PERIOD:
            sound[line[~_right(periods.columns[name].take(at), name)]] = False
    return sound


def _right(values: pa.ChunkedArray, name: str) -> Mask:
    """Marks values that the schema allows for an element; checked once per distinct value."""
    allowed = _judge(name)
    wrong = [value for value in values.unique().drop_null().to_pylist() if not allowed(value)]
    right = np.ones(len(values), np.bool_) if name not in _REQUIRED else values.is_valid().to_numpy().copy()
    if wrong:
        right &= ~pc.is_in(values, pa.array(wrong, pa.string())).to_numpy()
    return right


def _judge(name: str) -> Callable[[str], bool]:
    if name == "DatAanv":
        return _is_day
    if name == "SrtIV":
        listed = frozenset(map(str, code_lists()[name].codes))
        return lambda text: text in listed
    if name == "CdAard":
        natures = frozenset(code_lists()[name].codes)
        return lambda text: bool(re.fullmatch(r"\+?[0-9]+", text.strip(_WHITE))) and int(text) in natures
    return lambda text: text in ("J", "N")


def _is_day(text: str) -> bool:
    match = _DAY.fullmatch(text.strip(_WHITE))
    if match is None:
        return False
    try:
        date.fromisoformat(match[1])
    except ValueError:
        return False
    return True


def sound_totals(totals: Sequence[pa.ChunkedArray]) -> Mask:
    """Marks sections in which every total of CollectieveAangifte is an amount.

    Args:
        totals: The values of each section, for each total.
    """
    sound = np.ones(len(totals[0]), np.bool_)
    for values in totals:
        sound &= pc.fill_null(pc.match_substring_regex(values, _TOTAL), fill_value=False).to_numpy()
    return sound


def sound_years(days: Sequence[pa.ChunkedArray], years: npt.NDArray[np.int64]) -> Mask:
    """Marks sections with days in the year of their schema; another rule covers invalid days.

    Args:
        days: First and last day of each section.
        years: Year of the schema of each section.
    """
    expected = pa.array(years).cast(pa.string())
    sound = np.ones(len(years), np.bool_)
    for values in days:
        begin = pc.utf8_slice_codeunits(pc.ascii_trim(values, _WHITE), 0, 4)
        sound &= pc.fill_null(pc.equal(begin, expected), fill_value=True).to_numpy()
    return sound


def in_cents(amounts: Any) -> Any:  # arrow has no common type for arrays and chunked arrays
    """Strips zeros behind the cents of amounts, which xs:decimal allows: XML has no thousands separator."""
    points = pc.find_substring(amounts, ".")
    behind = pc.if_else(pc.greater_equal(points, 0), pc.subtract(pc.binary_length(amounts), points), 0)
    if (pc.max(behind).as_py() or 0) <= _CENTS:
        return amounts
    return pc.replace_substring_regex(amounts, r"^([+-]?[0-9]*\.[0-9]{2})0+$", r"\1")


def without_zone(days: Any) -> Any:  # arrow has no common type for arrays and chunked arrays
    """Strips the time zone of days, which xs:date allows and which does not change the day."""
    longest = pc.max(pc.binary_length(days)).as_py() or 0
    if longest <= _SIZE_OF_A_DAY:
        return days
    return pc.replace_substring_regex(days, rf"^{_DAY.pattern}$", r"\1")
