"""Figures with a range: those of a scenario, and whether its own value lies in it."""

from datetime import date
from fractions import Fraction
from typing import Final

from quotum.parameters import Range
from quotum.simulate.plan import Alternative, Plan

_SAVING: Final = "wet_banenafspraak.saving_per_job"


def ranges_of(plan: Plan, alternative: Alternative) -> tuple[Range, ...]:
    """Returns the ranges of a scenario, and always that of the saving per job as published."""
    ranges = alternative.scenario.ranges if alternative.scenario else ()
    on = date(alternative.year, 1, 1)
    if any(figure.name == _SAVING for figure in ranges):
        return ranges
    ends = [alternative.figures.peek(f"{_SAVING}_{end}", on).value for end in ("low", "high")]
    return (*ranges, Range(_SAVING, *ends))


def is_outside(ends: Range, value: str) -> bool:
    """Whether a value is a number outside the ends of a range."""
    try:
        low, middle, high = (Fraction(text) for text in (ends.low, value, ends.high))
    except ValueError:
        return False
    return not min(low, high) <= middle <= max(low, high)


__all__ = ["is_outside", "ranges_of"]
