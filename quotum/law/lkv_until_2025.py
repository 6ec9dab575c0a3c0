"""LKV doelgroep banenafspraak as it was until 2025: Wtl art. 2.10, 2.12 (old text).

The right came with the start of an employment and ended after three years. From 2026 it asks for
the target group alone (`quotum.law.bonus`); what is left of a running period is in `quotum.law.transition`.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

import narwhals as nw
from attrs import frozen

from quotum.law.bonus import below_pension_age, insured_employment
from quotum.law.employments import Employment, begins_anew, first_day_after, first_start

# What the right rests on: each is a text of art. 2.10 with its own days, `wtl.jobs_agreement_ground`.
BY_DECLARATION: Final = "declaration"
BY_REGISTRATION: Final = "registration"

Interval = tuple[date, date]


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


def covers(intervals: Iterable[Interval], day: date) -> bool:
    """Whether a day lies in one of the intervals."""
    return any(first <= day <= last for first, last in intervals)


def registered_at_start(registered: Iterable[Interval], start: date) -> bool:
    """Registered on the first day of the employment, or on a day of the calendar month before it (art. 2.10 lid 1)."""
    month_end = start.replace(day=1) - timedelta(days=1)
    month_start = month_end.replace(day=1)
    return any(first <= start <= last or (first <= month_end and last >= month_start) for first, last in registered)


def declared_at_start(papers: Papers, start: date) -> bool:
    """A declaration covers the start: with the registration, or of a scholingsbelemmerde on its own (lid 1 a 7)."""
    with_registration = covers(papers.declared, start) and registered_at_start(papers.registered, start)
    return with_registration or covers(papers.declared_training, start)


def qualifying_start(known: tuple[Employment, ...], papers: Papers, months_without: int) -> date | None:
    """First day of the qualifying employment: the first that meets the conditions; None when none does.

    Wtl art. 2.10 lid 1 a, b: registered and declared at its start, and no employment with this
    employer in the months before. Interruptions afterwards do not count (lid 3), nor does whether the
    registration goes on.
    """
    return first_start(known, lambda day: declared_at_start(papers, day) and begins_anew(day, known, months_without))


def running_period(known: tuple[Employment, ...], papers: Papers, duration: Duration) -> Interval | None:
    """From the start of the qualifying employment to the first day after its period (excluded); None without one."""
    start = qualifying_start(known, papers, duration.months_without)
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
