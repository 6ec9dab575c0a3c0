"""What is left of an LKV that ran when the text of 2026 came (overgangsrecht): Wtl art. 6.2.

A person outside the target group on the first day of the new text keeps the remaining part of a
running period (lid 1 a). A person in it has the right for as long as the new conditions hold, so it
ends with the registration (lid 1 b), unless that was ended at the person's own request (lid 4).
"""

from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from attrs import frozen

from quotum.law.conditions import Reason, Text, condition
from quotum.law.readings import TRANSITION_ON_FIRST_DAY
from quotum.law.wtl.employments import WITHOUT_END, YEARS_OVER, first_day_after
from quotum.law.wtl.lkv_until_2025 import NOT_QUALIFIED, Interval, Unmet

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
    """The same, but whether the registration ended at the person's own request is unknown."""


@condition(
    "Wtl art. 6.2 lid 1",
    Text(
        "Had the period begun on the last day of the old text?",
        "Was de periode ingegaan op de laatste dag van de oude tekst?",
    ),
    NOT_QUALIFIED,
)
def begun_under_old_text(period: Interval, last_day: date) -> bool:
    """Whether a period had begun by the last day of the old text."""
    return period[0] <= last_day


@condition(
    "Wtl art. 6.2 lid 1",
    Text(
        "Did the period run on after the last day of the old text?",
        "Liep de periode na de laatste dag van de oude tekst nog door?",
    ),
    YEARS_OVER,
)
def ran_on_after_old_text(period: Interval, last_day: date) -> bool:
    """Whether something is left of a period after the last day of the old text."""
    return last_day < period[1]


def ran_into(period: Interval | None, last_day: date) -> bool:
    """Whether a period ran on the last day of the old text; most ended before, so that is looked at first."""
    return (
        period is not None
        and ran_on_after_old_text.decide(period, last_day)
        and begun_under_old_text.decide(period, last_day)
    )


def can_still_run(last_day: date, years: int, on: date) -> bool:
    """Whether any period that began under the old text can run on a day.

    Args:
        last_day: Last day of the old text.
        years: Years that a right lasted under it; 0 is without end.
        on: The day.
    """
    return first_day_after(last_day, years) > on


def registration_after(registrations: Iterable[Registration], last_day: date) -> Registration | None:
    """The registration of the day after the old text, the first of the new one; None without one."""
    on = last_day + _ONE_DAY
    return next(
        (registration for registration in registrations if registration.first_day <= on <= registration.last_day), None
    )


def remaining_part(registrations: Iterable[Registration], last_day: date) -> Remaining:
    """What becomes of the remaining part of a period that ran on the last day of the old text.

    The registration of the day after decides, whatever the kind of work is on that day.

    Args:
        registrations: Registrations of the person.
        last_day: Last day of the old text.
    """
    registration = registration_after(registrations, last_day)
    if registration is None or registration.ended_by == OWN_REQUEST:
        return Remaining.KEPT
    unknown = registration.ended_by is None and registration.last_day != WITHOUT_END
    return Remaining.ENDED_BY_UNKNOWN if unknown else Remaining.ENDED


@condition(
    "Wtl art. 6.2 lid 1 a, b; lid 4",
    Text(
        "Was the person outside the target group when the text changed, or did the registration end at own request?",
        "Behoorde de persoon bij de wijziging niet tot de doelgroep, of is de registratie op eigen verzoek beëindigd?",
    ),
    Reason(
        "follows_registration",
        Text(
            "in the target group when the text changed, so the right lasts as long as the registration",
            "bij de wijziging in de doelgroep, zodat het recht zo lang duurt als de registratie",
        ),
    ),
    TRANSITION_ON_FIRST_DAY,
)
def remainder_kept(registrations: Iterable[Registration], last_day: date) -> bool:
    """Whether the remaining part of a period is kept: see `remaining_part`."""
    return remaining_part(registrations, last_day) is Remaining.KEPT


def unmet_in_transition(period: Interval, registrations: Iterable[Registration], last_day: date) -> Unmet:
    """Why a period under the old text is not kept: the first condition that is not met; nothing when it is kept.

    Args:
        period: From its start to the first day after it.
        registrations: Registrations of the person.
        last_day: Last day of the old text.
    """
    if not begun_under_old_text.decide(period, last_day):
        return (begun_under_old_text,)
    if not ran_on_after_old_text.decide(period, last_day):
        return (ran_on_after_old_text,)
    return () if remainder_kept.decide(registrations, last_day) else (remainder_kept,)


__all__ = [
    "OWN_REQUEST",
    "Registration",
    "Remaining",
    "begun_under_old_text",
    "can_still_run",
    "ran_into",
    "ran_on_after_old_text",
    "registration_after",
    "remainder_kept",
    "remaining_part",
    "unmet_in_transition",
]
