"""The other three benefits (loonkostenvoordelen): older, disabled and reassigned workers (Wtl art. 2.2-2.9, 2.14-2.17).

Each asks for a request in the return, and a declaration of its category that covers the start of
the employment. They are reported and not settled. Request, kind of employment and pension age are
judged as for the jobs agreement.
"""

from datetime import date
from typing import Final

from attrs import frozen

from quotum.law.employments import Employment, begins_anew, first_start
from quotum.law.lkv_until_2025 import Interval, covers


@frozen
class Category:
    """One of the other categories."""

    name: str
    """Name of the category, in declarations and results."""
    asked: str
    """Column with the request."""
    begins_anew: bool
    """Whether there may be no employment with this employer in the months before."""


OLDER: Final = Category("older", "asked_older", begins_anew=True)
DISABLED: Final = Category("disabled", "asked_disabled", begins_anew=True)
REASSIGNED: Final = Category("reassigned", "asked_reassigned", begins_anew=False)
CATEGORIES: Final = (OLDER, DISABLED, REASSIGNED)


def qualifying_start(
    category: Category, known: tuple[Employment, ...], declared: tuple[Interval, ...], months_without: int
) -> date | None:
    """First day of the first employment with a right: a declaration covers it (art. 2.2, 2.6, 2.14); None without one.

    Args:
        category: The category.
        known: Employments of the person with the employer.
        declared: Declarations of this category.
        months_without: Months before the start without an employment with this employer.
    """

    def qualifies(day: date) -> bool:
        return covers(declared, day) and (not category.begins_anew or begins_anew(day, known, months_without))

    return first_start(known, qualifies)


def keeps_old_amounts(start: date, kept_before: date | None) -> bool:
    """Whether an older worker keeps the old amounts (art. 6.2a lid 1).

    Args:
        start: First day of the qualifying employment.
        kept_before: Who was employed before this day keeps them; None while no amount has changed.
    """
    return kept_before is not None and start < kept_before
