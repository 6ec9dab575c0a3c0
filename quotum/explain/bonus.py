"""LKV doelgroep banenafspraak and bonus, per row and per person, from 2026 (law.md rule 5).

Until 2025 other conditions hold in place of the target group (declaration, first qualifying employment,
three years): they belong in a module of their own beside this one, that gives `RowRight` in the same way.
"""

from collections import Counter
from collections.abc import Callable
from datetime import date

from attrs import frozen

from quotum.explain.rows import Row
from quotum.explain.step import (
    LKV,
    NO_BIRTH_DATE,
    NOT_ASKED,
    NOT_DUE,
    NOT_INSURED,
    PENSION_AGE,
    WHY_NOT,
    Step,
    cited,
    footing_of,
    read_as,
    why_not,
    yes_no,
)
from quotum.explain.target_group import Judged
from quotum.identifiers import payroll_tax_number_text
from quotum.law.bonus import EMPLOYMENTS
from quotum.law.readings import BONUS_NOT_NEGATIVE, BONUS_YEARS, REQUEST_PER_ROW
from quotum.money import euro_text
from quotum.parameters import Figure, Figures
from quotum.periods import add_months

JOBS_AGREEMENT = "jobs_agreement"


@frozen
class RowRight:
    """Whether a row counts for the LKV."""

    judged: Judged
    """The row."""
    not_given: tuple[str, ...]
    """Why it does not count; nothing when it does."""


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


def rights(rows: tuple[Judged, ...], figures: Figures, year: int) -> tuple[RowRight, ...]:
    """What is asked of every row: requested, insured, below the pension age, in the target group."""
    return tuple(RowRight(one, _conditions(one, figures, year)) for one in rows)


def _conditions(one: Judged, figures: Figures, year: int) -> tuple[str, ...]:
    row, lacking = one.row, list(one.not_counted)
    if JOBS_AGREEMENT not in row.asked:
        lacking.append(NOT_ASKED)
    if row.income_kind not in EMPLOYMENTS or not row.insured:
        lacking.append(NOT_INSURED)
    if row.birth_date is None:
        lacking.append(NO_BIRTH_DATE)
    elif pension_age_reached(row.birth_date, row.period.start, figures, year):
        lacking.append(PENSION_AGE)
    return tuple(lacking)


def pension_age_reached(born: date, by: date, figures: Figures, year: int) -> bool:
    """Whether the pension age is reached on a day or before it (AOW art. 7a).

    Reached in an earlier year, or in this one and by this day. Ages rise by less than a year a year, so of
    the earlier years the last decides for all.
    """
    before = add_months(born, figures.whole("aow.pension_age_months", date(year - 1, 1, 1)))
    now = add_months(born, figures.whole("aow.pension_age_months", date(year, 1, 1)))
    return before.year <= year - 1 or now <= by


def row_steps(found: tuple[RowRight, ...], name: Callable[[Row], str]) -> tuple[Step, ...]:
    """A step per row: does it count for the LKV?"""
    return tuple(_row_step(one, name) for one in found)


def _row_step(one: RowRight, name: Callable[[Row], str]) -> Step:
    row, decided_otherwise = one.judged.row, set(one.not_given) - {NOT_ASKED}
    readings = () if decided_otherwise else (REQUEST_PER_ROW,)
    age = "not reached on the first day of the period"
    if row.birth_date is None:
        age = "birth date unknown"
    elif PENSION_AGE in one.not_given:
        age = "reached by the first day of the period"
    return Step(
        rule=LKV,
        question="Does this row count for the LKV?",
        article="Wtl art. 2.1, 2.10 lid 1 and 2 a, 2.12 lid 2",
        footing=footing_of(readings=readings),
        inputs=(
            ("asked for", yes_no(JOBS_AGREEMENT in row.asked)),
            ("kind of income", f"SrtIV {row.income_kind}"),
            ("insured for WAO/WIA, WW or ZW", yes_no(row.insured)),
            ("pension age", age),
            ("in the target group", yes_no(one.judged.in_target_group)),
            *map(read_as, readings),
        ),
        result=f"not given: {why_not(one.not_given)}" if one.not_given else f"yes: {row.paid_hours:,} hours count",
        not_given=one.not_given,
        person=name(row),
        payroll_tax_number=payroll_tax_number_text(row.number),
        period=row.period,
    )


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


def without_right_steps(found: tuple[RowRight, ...], name: Callable[[Row], str]) -> tuple[Step, ...]:
    """A step for everybody none of whose rows counts: why nothing is given."""
    by_person: dict[str, list[RowRight]] = {}
    for one in found:
        by_person.setdefault(name(one.judged.row), []).append(one)
    return tuple(
        _without_right(person, rows) for person, rows in by_person.items() if all(one.not_given for one in rows)
    )


def _without_right(person: str, rows: list[RowRight]) -> Step:
    counted = Counter(reason for one in rows for reason in one.not_given)
    reasons = tuple(reason for reason in WHY_NOT if counted[reason])
    return Step(
        rule=LKV,
        question="How much LKV is this person worth over the year?",
        article="Wtl art. 2.10",
        footing="reading" if NOT_ASKED in reasons else "law",
        inputs=(("rows", f"{len(rows)}"), *((WHY_NOT[reason], f"{counted[reason]} rows") for reason in reasons)),
        result="not given: no row counts",
        amount_cents=0,
        adds_to="lkv_cents",
        not_given=reasons,
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
