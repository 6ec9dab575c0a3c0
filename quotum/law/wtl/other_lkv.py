"""The other three benefits (loonkostenvoordelen): older, disabled and reassigned workers (Wtl art. 2.2-2.9, 2.14-2.17).

Each asks for a request in the return and a declaration of its category. For older and disabled
workers it covers the start of the employment, from which the right runs; the right for a reassigned
worker (herplaatste arbeidsgehandicapte werknemer) runs from the declaration itself. They are reported
and not settled. Request, kind of employment and pension age are judged as for the jobs agreement.
"""

from datetime import date
from typing import Final

from attrs import frozen

from quotum.law.wtl.employments import Employment, begins_anew, employed_on, first_start
from quotum.law.wtl.lkv_until_2025 import Interval, covers


@frozen
class Category:
    """One of the other categories."""

    name: str
    """Name of the category, in declarations and results."""
    asked: str
    """Column with the request."""
    from_declaration: bool = False
    """Whether the right runs from the first day of a declaration, and not from the start of an employment."""


OLDER: Final = Category("older", "asked_older")
DISABLED: Final = Category("disabled", "asked_disabled")
REASSIGNED: Final = Category("reassigned", "asked_reassigned", from_declaration=True)
CATEGORIES: Final = (OLDER, DISABLED, REASSIGNED)


def first_days(
    category: Category, known: tuple[Employment, ...], declared: tuple[Interval, ...], months_without: int
) -> tuple[date, ...]:
    """First days of the rights of a person in a category; nothing when there is none.

    Args:
        category: The category.
        known: Employments of the person with the employer.
        declared: Declarations of this category, no two of which touch.
        months_without: Months before the start without an employment with this employer, where that is asked.
    """
    if category.from_declaration:
        return reassigned_on(known, declared)
    start = qualifying_start(known, declared, months_without)
    return () if start is None else (start,)


def qualifying_start(known: tuple[Employment, ...], declared: tuple[Interval, ...], months_without: int) -> date | None:
    """First day of the first employment with a right (art. 2.2, 2.6); None without one.

    A declaration covers it, and there was no employment with this employer in the months before.
    """
    return first_start(known, lambda day: covers(declared, day) and begins_anew(day, known, months_without))


def reassigned_on(known: tuple[Employment, ...], declared: tuple[Interval, ...]) -> tuple[date, ...]:
    """First days of the rights for a reassigned worker: those of the declarations within an employment.

    Wtl art. 2.14: for who resumes work with the same employer, or takes another job with it, so that
    nothing is asked of the start of the employment, and no months without one. The right runs from
    the first day of the declaration, the start of the term for asking it (art. 2.16 lid 1; until 2024
    the resumption, art. 6.2a lid 4), with the employers that the person was employed by on that day.
    Each declaration begins a right of its own.
    """
    return tuple(sorted(first for first, _ in declared if employed_on(first, known)))


def keeps_old_amounts(start: date, kept_before: date | None) -> bool:
    """Whether an older worker keeps the old amounts (art. 6.2a lid 1).

    Args:
        start: First day of the qualifying employment.
        kept_before: Who was employed before this day keeps them; None while no amount has changed.
    """
    return kept_before is not None and start < kept_before
