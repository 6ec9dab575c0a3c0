"""Rights that hang on an employment: what gives one, and from when until when (Wtl art. 2.2, 2.6, 2.10, 2.14)."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta

from attrs import frozen

from quotum.explain.employment import History
from quotum.explain.records import Interval
from quotum.explain.step import NOT_BEGUN, YEARS_OVER, why_not
from quotum.law.wtl.employments import WITHOUT_END, first_day_after
from quotum.law.wtl.lkv_until_2025 import GIVES_RIGHT, Unmet
from quotum.periods import Period

_ONE_DAY = timedelta(days=1)


@frozen
class Right:
    """A right that began with an employment, or within one."""

    first: date
    """First day."""
    ends_before: date
    """First day after the right."""

    def why_not_in(self, period: Period) -> str | None:
        """Why it does not count in a period, a key of `WHY_NOT`; begun within one it counts for the whole of it."""
        if self.first > period.end:
            return NOT_BEGUN
        return YEARS_OVER if self.ends_before <= period.start else None

    def __str__(self) -> str:
        """The days, in words."""
        return f"{self.first} to {'no end' if self.ends_before == WITHOUT_END else self.ends_before - _ONE_DAY}"


def outside(rights: Sequence[Right], period: Period) -> str | None:
    """Why none of some rights counts in a period, of the last of them that had begun; nothing when one does."""
    reasons = [right.why_not_in(period) for right in rights]
    if None in reasons:
        return None
    return YEARS_OVER if YEARS_OVER in reasons else NOT_BEGUN


@frozen
class Judgement:
    """Every start of an employment held against the conditions; the first that meets them gives the right."""

    tried: tuple[tuple[date, tuple[str, ...]], ...]
    """Starts in order, up to the first that gives a right, with why each gives none, keys of `WHY_NOT`."""
    right: Right | None
    """The right; None when no start gives one."""

    def words(self) -> tuple[tuple[str, str], ...]:
        """The starts as inputs."""
        return tuple((f"start {day}", why_not(reasons) or GIVES_RIGHT.english) for day, reasons in self.tried)


def judged_starts(history: History, lacking: Callable[[date], Unmet], years: int) -> Judgement:
    """Hold every start against the conditions of a right.

    Args:
        history: Employments of the person with the employer.
        lacking: Which conditions a start does not meet.
        years: Years that the right lasts from its start; 0 is without end.
    """
    tried = []
    for day in history.starts:
        reasons = codes(lacking(day))
        tried.append((day, reasons))
        if not reasons:
            return Judgement(tuple(tried), Right(day, first_day_after(day, years)))
    return Judgement(tuple(tried), None)


def codes(unmet: Unmet) -> tuple[str, ...]:
    """Conditions that are not met as keys of `WHY_NOT`."""
    return tuple(one.unmet.code for one in unmet)


def days(intervals: Iterable[Interval]) -> tuple[tuple[date, date], ...]:
    """First and last days, as the law asks for them."""
    return tuple((one.first, one.last) for one in intervals)


def listed(intervals: Iterable[Interval], none: str = "none") -> str:
    """Intervals in words."""
    return "; ".join(map(str, intervals)) or none
