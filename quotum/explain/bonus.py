"""LKV doelgroep banenafspraak and bonus per person, from the hours that count (Wtl art. 2.13)."""

from datetime import date

from attrs import frozen

from quotum.explain.lkv_rows import RowRight
from quotum.explain.step import LKV, NOT_DUE, WHY_NOT, Step, cited, footing_of, read_as, why_not
from quotum.law.conditions import ENGLISH
from quotum.law.wtl.bonus import (
    BONUS_READINGS,
    CUT_OFF,
    NOT_BELOW_ZERO,
    PRODUCT,
    WORTH_IN_BONUS,
    WORTH_IN_LKV,
    bonus_due,
)
from quotum.law.wtl.cumulation import WHICH_IS_GRANTED
from quotum.money import euro_text
from quotum.parameters import Figure, Figures

_CUMULATION = WHICH_IS_GRANTED.provision.removeprefix("Wtl art. ")


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
    cut = _cut(raw, right.lkv_cents, amounts.cap_cents)
    return Step(
        rule=LKV,
        question=WORTH_IN_LKV.text.english,
        article=f"{WORTH_IN_LKV.provision}; {_CUMULATION}" if lost else WORTH_IN_LKV.provision,
        footing=footing_of((amounts.rate, amounts.cap)),
        inputs=(("paid hours that count", f"{right.hours:,}"), cited(amounts.rate), cited(amounts.cap)),
        result=product_words(right.hours, amounts.rate_cents) + cut + (f"; not given: {why_not(lost)}" if lost else ""),
        amount_cents=0 if lost else right.lkv_cents,
        adds_to="lkv_cents",
        not_given=lost,
        person=person,
    )


def _bonus_step(right: PersonRight, amounts: Amounts, person: str, lost: tuple[str, ...]) -> Step:
    figures = [one for one in (amounts.bonus_rate, amounts.bonus_cap) if one is not None]
    raw = right.hours * amounts.bonus_rate_cents
    cut = _cut(raw, right.bonus_cents, amounts.bonus_cap_cents)
    return Step(
        rule=LKV,
        question=WORTH_IN_BONUS.text.english,
        article=WORTH_IN_BONUS.provision,
        footing=footing_of(figures, BONUS_READINGS),
        inputs=(
            ("paid hours that count", f"{right.hours:,}"),
            *map(cited, figures),
            *map(read_as, BONUS_READINGS),
        ),
        result=product_words(right.hours, amounts.bonus_rate_cents)
        + cut
        + (f"; not given with the LKV: {why_not(lost)}" if lost else ""),
        amount_cents=0 if lost else right.bonus_cents,
        adds_to="bonus_cents",
        not_given=lost,
        person=person,
    )


def product_words(hours: int, rate_cents: int) -> str:
    """Hours times an amount per hour, with what it comes to."""
    rate, product = euro_text(rate_cents), euro_text(hours * rate_cents)
    return PRODUCT.told(ENGLISH, hours=f"{hours:,}", rate=rate, product=product)


def _cut(raw: int, cents: int, cap_cents: int) -> str:
    """How an amount differs from its product."""
    if raw == cents:
        return ""
    return NOT_BELOW_ZERO.english if raw < 0 else CUT_OFF.told(ENGLISH, cap=euro_text(cap_cents))


def not_due_step(year: int) -> Step:
    """No bonus over a year in which the regime is not activated."""
    return Step(
        rule=LKV,
        question=bonus_due.question.english,
        article=bonus_due.provision,
        footing="reading",
        inputs=(("year", f"{year}"), *map(read_as, bonus_due.readings)),
        result=f"not given: {WHY_NOT[NOT_DUE]}",
        amount_cents=0,
        adds_to="bonus_cents",
        not_given=(NOT_DUE,),
    )
