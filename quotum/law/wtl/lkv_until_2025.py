"""LKV doelgroep banenafspraak as it was until 2025: Wtl art. 2.10, 2.12 (old text).

The right came with the start of an employment and ended after three years. From 2026 it asks for
the target group alone (`quotum.law.wtl.bonus`); what is left of a running period is in `quotum.law.wtl.transition`.
"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

import narwhals as nw
from attrs import frozen

from quotum.law.wtl.bonus import below_pension_age, insured_employment
from quotum.law.wtl.employments import Employment, begins_anew, first_day_after, first_start
from quotum.periods import add_months

# What the right rests on: each is a text of art. 2.10 with its own days, `wtl.jobs_agreement_ground`.
BY_DECLARATION: Final = "declaration"
BY_REGISTRATION: Final = "registration"

Interval = tuple[date, date]
_ONE_DAY: Final = timedelta(days=1)


class MonthBefore(StrEnum):
    """What "de maand voorafgaand aan" the employment is, `wtl.month_before_start`."""

    CALENDAR_MONTH = "calendar_month"
    """The calendar month before that of the start."""
    UP_TO_DAY_BEFORE = "month_up_to_day_before"
    """The month that ends on the day before the start."""


@frozen
class Papers:
    """What is known of a person: intervals, first and last day included."""

    registered: tuple[Interval, ...] = ()
    """Registrations in the target group."""
    declared: tuple[Interval, ...] = ()
    """Declarations `jobs_agreement`."""
    declared_training: tuple[Interval, ...] = ()
    """Declarations `jobs_agreement_training` (scholingsbelemmerden)."""


@frozen
class Duration:
    """How long a right lasts, and what must lie before it."""

    years: int
    """Years from the start of the employment; 0 is without end."""
    months_without: int
    """Months before the start without an employment with this employer; 0 asks nothing."""
    month_before: tuple[tuple[date, MonthBefore], ...]
    """What the month before the start is, for starts from a day on, in order of the days."""


def covers(intervals: Iterable[Interval], day: date) -> bool:
    """Whether a day lies in one of the intervals."""
    return any(first <= day <= last for first, last in intervals)


def month_before_on(start: date, texts: Sequence[tuple[date, MonthBefore]]) -> MonthBefore:
    """Which text says what the month before a start is: the latest from that day on, of earlier starts the first."""
    begun = [text for since, text in texts if since <= start]
    return begun[-1] if begun else texts[0][1]


def month_before(start: date, text: MonthBefore) -> Interval:
    """First and last day of "de maand voorafgaand aan" an employment (art. 2.10 lid 1).

    With a start on 20 March it is February, or 20 February to 19 March. Of a day that does not exist in
    the month before, the last of that month stands: with a start on 31 March it begins on 28 or 29 February.
    """
    if text is MonthBefore.UP_TO_DAY_BEFORE:
        return add_months(start, -1), start - _ONE_DAY
    last = start.replace(day=1) - _ONE_DAY
    return last.replace(day=1), last


def registered_at_start(registered: Iterable[Interval], start: date, text: MonthBefore) -> bool:
    """Registered on the first day of the employment, or on a day of the month before it (art. 2.10 lid 1)."""
    begun, ended = month_before(start, text)
    return any(first <= start <= last or (first <= ended and last >= begun) for first, last in registered)


def declared_at_start(papers: Papers, start: date, texts: Sequence[tuple[date, MonthBefore]]) -> bool:
    """A declaration covers the start: with the registration, or of a scholingsbelemmerde on its own (lid 1 a 7).

    Which text of the month before holds is asked of a declared start only: a run without declarations reads none.
    """
    with_registration = covers(papers.declared, start) and registered_at_start(
        papers.registered, start, month_before_on(start, texts)
    )
    return with_registration or covers(papers.declared_training, start)


def qualifying_start(known: tuple[Employment, ...], papers: Papers, duration: Duration) -> date | None:
    """First day of the qualifying employment: the first that meets the conditions; None when none does.

    Wtl art. 2.10 lid 1 a, b: registered and declared at its start, and no employment with this
    employer in the months before. Interruptions afterwards do not count (lid 3), nor does whether the
    registration goes on.
    """

    def qualifies(day: date) -> bool:
        declared = declared_at_start(papers, day, duration.month_before)
        return declared and begins_anew(day, known, duration.months_without)

    return first_start(known, qualifies)


def running_period(known: tuple[Employment, ...], papers: Papers, duration: Duration) -> Interval | None:
    """From the start of the qualifying employment to the first day after its period (excluded); None without one."""
    start = qualifying_start(known, papers, duration)
    return None if start is None else (start, first_day_after(start, duration.years))


def entitled(asked: str) -> nw.Expr:
    """Whether a row within the right of its person counts; so for the other three benefits in any year.

    Asked for, an insured employment, below the pension age, and no Wsw or sheltered work, seconded or not.

    Args:
        asked: Column with the request for the benefit.
    """
    return (
        nw.col(asked).fill_null(value=False)
        & insured_employment()
        & below_pension_age()
        & (nw.col("out_until_2025") == 0)
        & ~nw.col("bsn").is_null()
    )
