"""Figures given as a range: which a scenario has, and whether its own value lies in it."""

from datetime import date
from fractions import Fraction
from typing import Final

from quotum.parameters import Range
from quotum.simulate.plan import Alternative, Plan

_SAVING: Final = "wet_banenafspraak.saving_per_job"


def ranges_of(plan: Plan, alternative: Alternative) -> tuple[Range, ...]:
    """The figures given as a range, and the saving per job with its published range in any case."""
    given = alternative.scenario.ranges if alternative.scenario else ()
    on = date(plan.request.year, 1, 1)
    if any(one.name == _SAVING for one in given):
        return given
    ends = [alternative.figures.peek(f"{_SAVING}_{end}", on).value for end in ("low", "high")]
    return (*given, Range(_SAVING, *ends))


def outside(ends: Range, value: str) -> bool:
    """Whether a value is a number that does not lie between the ends."""
    try:
        low, middle, high = (Fraction(text) for text in (ends.low, value, ends.high))
    except ValueError:
        return False
    return not min(low, high) <= middle <= max(low, high)


__all__ = ["outside", "ranges_of"]
