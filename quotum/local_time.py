"""Local time of Amsterdam and the instants it stands for.

Inside quotum a moment is an instant: microseconds since 1970 in UTC, without a zone of its own. The rules of summer
time come from the package tzdata, never from the machine or its time zone.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt
import pyarrow as pa

Whole = npt.NDArray[np.int64]

_NAME: Final = "Europe/Amsterdam"
_EPOCH: Final = datetime(1970, 1, 1)  # noqa: DTZ001 - of either, UTC or local
_MICROSECOND: Final = timedelta(microseconds=1)
_HOUR: Final = timedelta(hours=1) // _MICROSECOND
_DAY: Final = 24 * _HOUR
_REMEMBERED: Final = 1 << 16
"""Hours of seven years."""
# A day from either end of the years 1 to 9999, so that both local time and UTC lie within them.
_FIRST: Final = (date.min - date(1970, 1, 1)).days * _DAY + _DAY
_LAST: Final = (date.max - date(1970, 1, 1)).days * _DAY


@cache
def zone() -> ZoneInfo:
    """The time zone Europe/Amsterdam."""
    with files("tzdata").joinpath("zoneinfo", *_NAME.split("/")).open("rb") as file:
        return ZoneInfo.from_file(file, _NAME)


def instant(local: datetime) -> datetime:
    """The instant of a local time; of one that comes twice the first, unless its `fold` says the second.

    A time that is skipped in spring stands for what it would be without the skip.
    """
    return local.replace(tzinfo=zone()).astimezone(UTC).replace(tzinfo=None)


def local_time(moment: datetime) -> datetime:
    """The local time of an instant, without offset; its `fold` tells the second of one that comes twice."""
    return moment.replace(tzinfo=UTC).astimezone(zone()).replace(tzinfo=None)


def local_day(moment: datetime) -> date:
    """The local day of an instant."""
    return local_time(moment).date()


def comes_twice(moment: datetime) -> bool:
    """Whether another instant has the same local time."""
    local = local_time(moment)
    return instant(local.replace(fold=0)) != instant(local.replace(fold=1))


def local_text(moment: datetime) -> str:
    """The local time of an instant in words, with its offset where that time comes twice."""
    if comes_twice(moment):
        return moment.replace(tzinfo=UTC).astimezone(zone()).isoformat(sep=" ")
    return local_time(moment).isoformat(sep=" ")


def local_with_offset(moment: datetime) -> str:
    """The local time of an instant with its offset, as a delivery may have it."""
    return moment.replace(tzinfo=UTC).astimezone(zone()).isoformat()


def end_of_day(day: date) -> datetime:
    """The first instant that no longer lies on a local day; the last day there is has no next."""
    if day == date.max:
        return instant(datetime.combine(day, time.max))
    return instant(datetime.combine(day + timedelta(days=1), time()))


def instants(local: pa.Array) -> pa.Array:
    """The instants of local times (`instant`), in microseconds.

    Summer time begins and ends on the hour, so that the offset is looked up once per hour. The first and the last
    day of the years 1 to 9999 have none, as the other of the two could lie outside them.
    """
    return _shifted(local, _to_instant)


def local_times(moments: pa.Array) -> pa.Array:
    """The local times of instants (`local_time`), in microseconds."""
    return _shifted(moments, _to_local)


@lru_cache(_REMEMBERED)
def _to_instant(hour: int) -> int:
    """Microseconds from a local time to its instant, in an hour counted from 1970."""
    local = _EPOCH + timedelta(hours=hour)
    return (instant(local) - local) // _MICROSECOND


@lru_cache(_REMEMBERED)
def _to_local(hour: int) -> int:
    """Microseconds from an instant to its local time, in an hour counted from 1970."""
    moment = _EPOCH + timedelta(hours=hour)
    return (local_time(moment) - moment) // _MICROSECOND


def _shifted(values: pa.Array, shift: Callable[[int], int]) -> pa.Array:
    """Each value with what its hour is shifted by; equal hours mostly follow each other."""
    given = values.view(pa.int64()).fill_null(0).to_numpy(zero_copy_only=False)
    within = (given >= _FIRST) & (given < _LAST)
    hours = np.where(within, given, 0) // _HOUR
    begins = np.flatnonzero(np.append(True, hours[1:] != hours[:-1])[: len(hours)])
    different, which = np.unique(hours[begins], return_inverse=True)
    shifts = np.array([shift(hour) for hour in different.tolist()], np.int64)
    of_each = np.repeat(shifts[which], np.diff(np.append(begins, len(hours))))
    missing = ~(within & values.is_valid().to_numpy(zero_copy_only=False))
    return pa.array(given + of_each, pa.int64(), mask=missing).view(pa.timestamp("us"))


__all__ = [
    "comes_twice",
    "end_of_day",
    "instant",
    "instants",
    "local_day",
    "local_text",
    "local_time",
    "local_times",
    "local_with_offset",
    "zone",
]
