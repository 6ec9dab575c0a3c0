"""The other three benefits (loonkostenvoordelen): older, disabled and reassigned workers (Wtl art. 2.2-2.9, 2.14-2.17).

Each asks for a request in the return and a declaration of its category. For older and disabled
workers it covers the start of the employment, from which the right runs; the right for a reassigned
worker (herplaatste arbeidsgehandicapte werknemer) runs from the declaration itself. They are reported
and not settled. Request, kind of employment and pension age are judged as for the jobs agreement.
"""

from collections.abc import Iterable
from datetime import date
from typing import Final

from attrs import frozen

from quotum.law.conditions import Text
from quotum.law.wtl.employments import Employment, begins_anew, employed_on, first_start
from quotum.law.wtl.lkv_until_2025 import Interval, Unmet, declared_at_start

IS_THERE_A_RIGHT: Final = Text("Is there a right to the LKV {category}?", "Bestaat er recht op het LKV {category}?")
"""What is asked of a category, in the words of the law; its provision is that of the category."""
NOT_SETTLED: Final = Text("{product}{cut}: reported, not settled", "{product}{cut}: gerapporteerd, niet vastgesteld")
"""The amount of a category."""
CUT_OFF: Final = Text(", cut off: {amount}", ", afgetopt: {amount}")


@frozen
class Category:
    """One of the other categories."""

    name: str
    """Name of the category, in declarations and results."""
    asked: str
    """Column with the request."""
    provision: str
    """Articles on the right, its duration and its amount."""
    from_declaration: bool = False
    """Whether the right runs from the first day of a declaration, and not from the start of an employment."""


OLDER: Final = Category("older", "asked_older", "Wtl art. 2.2, 2.5")
DISABLED: Final = Category("disabled", "asked_disabled", "Wtl art. 2.6, 2.9")
REASSIGNED: Final = Category("reassigned", "asked_reassigned", "Wtl art. 2.14, 2.16, 2.17", from_declaration=True)
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


def unmet_at_start(
    known: tuple[Employment, ...], declared: Iterable[Interval], months_without: int, start: date
) -> Unmet:
    """Every condition that the start of an employment does not meet (art. 2.2, 2.6); nothing when it gives a right.

    A declaration covers it, and there was no employment with this employer in the months before.
    """
    met = (
        (declared_at_start, declared_at_start.decide(declared, start)),
        (begins_anew, begins_anew.decide(start, known, months_without)),
    )
    return tuple(condition for condition, holds in met if not holds)


def qualifying_start(known: tuple[Employment, ...], declared: tuple[Interval, ...], months_without: int) -> date | None:
    """First day of the first employment with a right (art. 2.2, 2.6); None without one.

    As `unmet_at_start`, which looks no further than the first condition that is not met.
    """
    return first_start(
        known,
        lambda day: declared_at_start.decide(declared, day) and begins_anew.decide(day, known, months_without),
    )


def unmet_on_declaration(known: tuple[Employment, ...], first: date) -> Unmet:
    """What the first day of a declaration lacks to begin a right for a reassigned worker; nothing when it does."""
    return () if employed_on.decide(first, known) else (employed_on,)


def reassigned_on(known: tuple[Employment, ...], declared: tuple[Interval, ...]) -> tuple[date, ...]:
    """First days of the rights for a reassigned worker: those of the declarations within an employment.

    Wtl art. 2.14: for who resumes work with the same employer, or takes another job with it, so that
    nothing is asked of the start of the employment, and no months without one. The right runs from
    the first day of the declaration, the start of the term for asking it (art. 2.16 lid 1; until 2024
    the resumption, art. 6.2a lid 4), with the employers that the person was employed by on that day.
    Each declaration begins a right of its own.
    """
    return tuple(sorted(first for first, _ in declared if not unmet_on_declaration(known, first)))


def keeps_old_amounts(start: date, kept_before: date | None) -> bool:
    """Whether an older worker keeps the old amounts (art. 6.2a lid 1).

    Args:
        start: First day of the qualifying employment.
        kept_before: Who was employed before this day keeps them; None while no amount has changed.
    """
    return kept_before is not None and start < kept_before
