"""LKV doelgroep banenafspraak and bonus per person, from the hours that count (Wtl art. 2.13)."""

from datetime import date

from attrs import frozen

from quotum.explain.lkv_rows import RowRight
from quotum.explain.step import LKV, NOT_DUE, WHY_NOT, Step, cited, footing_of, read_as, why_not
from quotum.law.readings import BONUS_NOT_NEGATIVE, BONUS_YEARS
from quotum.money import euro_text
from quotum.parameters import Figure, Figures


@frozen
class PersonRight:
    """The LKV and bonus of one person at the employer, before cumulation."""

    bsn: int
    """The person."""
    hours: int
    """Paid hours that count."""
    lkv_cents: int
    """LKV."""
    capped: bool
    """Whether the maximum cut it off."""
    bonus_cents: int
    """Bonus."""


@frozen
class Amounts:
    """The figures of the LKV and the bonus."""

    rate: Figure
    """LKV per hour."""
    cap: Figure
    """Most LKV per person."""
    bonus_rate: Figure | None
    """Bonus per hour; None when none is due."""
    bonus_cap: Figure | None
    """Most bonus per person; None when none is due."""
    rate_cents: int
    """LKV per hour, cents."""
    cap_cents: int
    """Most LKV, cents; 0 is without maximum."""
    bonus_rate_cents: int
    """Bonus per hour, cents; 0 when none is due."""
    bonus_cap_cents: int
    """Most bonus, cents; 0 is without maximum."""


def read_amounts(figures: Figures, year: int, *, due: bool) -> Amounts:
    """The figures of a year.

    Raises:
        ParameterMissing: The record of the run lacks one.
    """
    on = date(year, 1, 1)
    return Amounts(
        rate=figures.peek("wtl.jobs_agreement_rate", on),
        cap=figures.peek("wtl.jobs_agreement_cap", on),
        bonus_rate=figures.peek("wtl.bonus_rate", on) if due else None,
        bonus_cap=figures.peek("wtl.bonus_cap", on) if due else None,
        rate_cents=figures.cents("wtl.jobs_agreement_rate", on),
        cap_cents=figures.cents("wtl.jobs_agreement_cap", on),
        bonus_rate_cents=figures.cents("wtl.bonus_rate", on) if due else 0,
        bonus_cap_cents=figures.cents("wtl.bonus_cap", on) if due else 0,
    )


def person_rights(found: tuple[RowRight, ...], amounts: Amounts) -> tuple[PersonRight, ...]:
    """LKV and bonus of everybody with at least one row that counts, by BSN."""
    hours: dict[int, int] = {}
    for one in found:
        row = one.judged.row
        if not one.not_given and row.bsn is not None:
            hours[row.bsn] = hours.get(row.bsn, 0) + row.paid_hours
    return tuple(_person_right(bsn, hours[bsn], amounts) for bsn in sorted(hours))


def _person_right(bsn: int, hours: int, amounts: Amounts) -> PersonRight:
    lkv = hours * amounts.rate_cents
    capped = bool(amounts.cap_cents) and lkv > amounts.cap_cents
    bonus = hours * amounts.bonus_rate_cents
    if amounts.bonus_cap_cents:
        bonus = min(bonus, amounts.bonus_cap_cents)
    return PersonRight(bsn, hours, amounts.cap_cents if capped else max(lkv, 0), capped, max(bonus, 0))


def person_steps(right: PersonRight, amounts: Amounts, person: str, lost: tuple[str, ...]) -> tuple[Step, ...]:
    """The LKV of a person, and the bonus when one is due.

    Args:
        right: What the person is worth before cumulation.
        amounts: The figures.
        person: How the person is named.
        lost: Why nothing is granted after all, keys of `WHY_NOT`.
    """
    found = [_lkv_step(right, amounts, person, lost)]
    if amounts.bonus_rate is not None and amounts.bonus_cap is not None:
        found.append(_bonus_step(right, amounts, person, lost))
    return tuple(found)


def _lkv_step(right: PersonRight, amounts: Amounts, person: str, lost: tuple[str, ...]) -> Step:
    raw = right.hours * amounts.rate_cents
    arithmetic = f"{right.hours:,} × {euro_text(amounts.rate_cents)} = {euro_text(raw)}"
    cut = f", cut off at {euro_text(amounts.cap_cents)}" if right.capped else ", not below zero" if raw < 0 else ""
    return Step(
        rule=LKV,
        question="How much LKV is this person worth over the year?",
        article="Wtl art. 2.13; 4.1 lid 3" if lost else "Wtl art. 2.13",
        footing=footing_of((amounts.rate, amounts.cap)),
        inputs=(("paid hours that count", f"{right.hours:,}"), cited(amounts.rate), cited(amounts.cap)),
        result=f"{arithmetic}{cut}" + (f"; not given: {why_not(lost)}" if lost else ""),
        amount_cents=0 if lost else right.lkv_cents,
        adds_to="lkv_cents",
        not_given=lost,
        person=person,
    )


def _bonus_step(right: PersonRight, amounts: Amounts, person: str, lost: tuple[str, ...]) -> Step:
    figures = [one for one in (amounts.bonus_rate, amounts.bonus_cap) if one is not None]
    raw = right.hours * amounts.bonus_rate_cents
    cut = ""
    if raw != right.bonus_cents:
        cut = ", not below zero" if raw < 0 else f", cut off at {euro_text(amounts.bonus_cap_cents)}"
    return Step(
        rule=LKV,
        question="How much bonus is this person worth over the year?",
        article="Wtl art. 2.13 lid 2",
        footing=footing_of(figures, (BONUS_YEARS, BONUS_NOT_NEGATIVE)),
        inputs=(
            ("paid hours that count", f"{right.hours:,}"),
            *map(cited, figures),
            *map(read_as, (BONUS_YEARS, BONUS_NOT_NEGATIVE)),
        ),
        result=f"{right.hours:,} × {euro_text(amounts.bonus_rate_cents)} = {euro_text(raw)}{cut}"
        + (f"; not given with the LKV: {why_not(lost)}" if lost else ""),
        amount_cents=0 if lost else right.bonus_cents,
        adds_to="bonus_cents",
        not_given=lost,
        person=person,
    )


def not_due_step(year: int) -> Step:
    """No bonus over a year in which the regime is not activated."""
    return Step(
        rule=LKV,
        question="Is a bonus due over this year?",
        article="Wtl art. 2.13 lid 2; Wet banenafspraak art. 6 lid 1, 13",
        footing="reading",
        inputs=(("year", f"{year}"), read_as(BONUS_YEARS)),
        result=f"not given: {WHY_NOT[NOT_DUE]}",
        amount_cents=0,
        adds_to="bonus_cents",
        not_given=(NOT_DUE,),
    )
