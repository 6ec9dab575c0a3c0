"""What is left of an LKV that ran when the text of 2026 came (overgangsrecht): Wtl art. 6.2.

A running period keeps its remaining part for who was not in the target group on the first day of
the new text (lid 1 a). Who was has the right for as long as the new conditions hold, so that it ends
with the registration (lid 1 b), unless that was ended at the person's own request (lid 4).
"""

from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from attrs import frozen

from quotum.law.wtl.employments import WITHOUT_END
from quotum.law.wtl.lkv_until_2025 import Interval

OWN_REQUEST: Final = "own_request"
_ONE_DAY: Final = timedelta(days=1)


@frozen
class Registration:
    """A registration in the target group, no two of which touch."""

    first_day: date
    """First day."""
    last_day: date
    """Last day; a far day while it runs."""
    ended_by: str | None = None
    """How it ended: `own_request` (eigen verzoek) or otherwise; None when unknown, and while it runs."""


class Remaining(StrEnum):
    """What becomes of the remaining part of a period."""

    KEPT = "kept"
    """It is kept."""
    ENDED = "ended"
    """The right lasts as long as the registration."""
    ENDED_BY_UNKNOWN = "ended_by_unknown"
    """The same, and nobody knows whether the registration was ended at the person's own request."""


def ran_into(period: Interval | None, last_day: date) -> bool:
    """Whether a period ran on the last day of the old text."""
    return period is not None and period[0] <= last_day < period[1]


def remaining_part(registrations: Iterable[Registration], last_day: date) -> Remaining:
    """What becomes of the remaining part of a period that ran on the last day of the old text.

    The registration of the day after decides, whatever the kind of work is on that day.

    Args:
        registrations: Registrations of the person.
        last_day: Last day of the old text.
    """
    on = last_day + _ONE_DAY
    held = next((one for one in registrations if one.first_day <= on <= one.last_day), None)
    if held is None or held.ended_by == OWN_REQUEST:
        return Remaining.KEPT
    unknown = held.ended_by is None and held.last_day != WITHOUT_END
    return Remaining.ENDED_BY_UNKNOWN if unknown else Remaining.ENDED


__all__ = ["OWN_REQUEST", "Registration", "Remaining", "ran_into", "remaining_part"]
