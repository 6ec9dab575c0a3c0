"""Whether a row counts for the LKV doelgroep banenafspraak, by the text of its year (law.md rule 5)."""

from collections import Counter
from collections.abc import Callable
from datetime import date

from attrs import frozen

from quotum.explain.declared import NOTHING_HELD, Held
from quotum.explain.employment import is_insured_employment
from quotum.explain.records import Row
from quotum.explain.step import (
    LKV,
    NO_BIRTH_DATE,
    NO_BSN,
    NO_DECLARATION,
    NOT_ASKED,
    NOT_INSURED,
    NOT_QUALIFIED,
    PENSION_AGE,
    WHY_NOT,
    YEARS_OVER,
    Step,
    footing_of,
    read_as,
    why_not,
    yes_no,
)
from quotum.explain.target_group import Judged
from quotum.identifiers import payroll_tax_number_text
from quotum.law.readings import REQUEST_PER_ROW, TRANSITION_ON_FIRST_DAY
from quotum.law.wtl.bonus import ASKED, WORTH_IN_LKV, lkv_from_2026
from quotum.law.wtl.counted_hours import kept_from_before_2026
from quotum.law.wtl.cumulation import JOBS_AGREEMENT
from quotum.law.wtl.lkv_until_2025 import within_right
from quotum.parameters import Figures
from quotum.periods import add_months


@frozen
class RowRight:
    """Whether a row counts for the LKV."""

    judged: Judged
    """The row."""
    not_given: tuple[str, ...]
    """Why it does not count; nothing when it does."""
    kept: bool = False
    """Whether it is held against a right that is kept under the transition (art. 6.2)."""


def rights(rows: tuple[Judged, ...], figures: Figures, year: int, held: Held = NOTHING_HELD) -> tuple[RowRight, ...]:
    """What is asked of every row: requested, insured, below the pension age, and a right.

    Args:
        rows: Rows in force.
        figures: Parameters of the run.
        year: Calendar year.
        held: Rights that begin with an employment.
    """
    return tuple(_of_row(one, figures, year, held) for one in rows)


def _of_row(one: Judged, figures: Figures, year: int, held: Held) -> RowRight:
    """From 2026 the target group decides; who is not in it can have kept a right of the text before."""
    others = conditions(one.row, JOBS_AGREEMENT, figures, year)
    right = held.right_of(one.row.bsn)
    if held.by_declaration:
        return RowRight(one, (*_without_right(one, held), *others))
    if one.in_target_group:
        return RowRight(one, (*_years_over(one.row, held), *others))
    kept = right is not None and right.why_not_in(one.row.period) is None
    return RowRight(one, (*(one.out_until_2025 if kept else one.not_counted), *others), kept)


def _without_right(one: Judged, held: Held) -> tuple[str, ...]:
    """Why a row has no right by declaration."""
    if one.row.bsn is None:
        return (NO_BSN, *one.out_until_2025)
    right = held.right_of(one.row.bsn)
    none = NOT_QUALIFIED if one.row.bsn in held.declared else NO_DECLARATION
    outside = none if right is None else right.why_not_in(one.row.period)
    return (*((outside,) if outside else ()), *one.out_until_2025)


def _years_over(row: Row, held: Held) -> tuple[str, ...]:
    """Where a scenario ends the right after some years."""
    if held.years is None or row.bsn is None:
        return ()
    within = any(right.why_not_in(row.period) is None for right in held.years.get(row.bsn, ()))
    return () if within else (YEARS_OVER,)


def conditions(row: Row, category: str, figures: Figures, year: int) -> tuple[str, ...]:
    """What every category of LKV asks of a row and it does not meet.

    Args:
        row: The row.
        category: Category of which the request counts.
        figures: Parameters of the run.
        year: Calendar year.
    """
    lacking = [] if category in row.asked else [NOT_ASKED]
    if not is_insured_employment(row):
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


def row_steps(found: tuple[RowRight, ...], name: Callable[[Row], str], held: Held = NOTHING_HELD) -> tuple[Step, ...]:
    """A step per row: does it count for the LKV?"""
    return tuple(_row_step(one, name, held) for one in found)


def _row_step(one: RowRight, name: Callable[[Row], str], held: Held) -> Step:
    row, decided_otherwise = one.judged.row, set(one.not_given) - {NOT_ASKED}
    readings = () if decided_otherwise else (REQUEST_PER_ROW, *((TRANSITION_ON_FIRST_DAY,) if one.kept else ()))
    age = "not reached"
    if row.birth_date is None:
        age = "birth date unknown"
    elif PENSION_AGE in one.not_given:
        age = "reached"
    rule = within_right(ASKED) if held.by_declaration else lkv_from_2026()
    rule = kept_from_before_2026() if one.kept else rule
    return Step(
        rule=LKV,
        question=rule.question.english,
        article=rule.provision,
        footing=footing_of(readings=readings),
        inputs=(
            ("asked for", yes_no(JOBS_AGREEMENT in row.asked)),
            ("kind of income", f"SrtIV {row.income_kind}"),
            ("insured", yes_no(row.insured)),
            ("pension age", age),
            *_right_words(one, held),
            *map(read_as, readings),
        ),
        result=f"not given: {why_not(one.not_given)}" if one.not_given else f"yes: {row.paid_hours:,} hours count",
        not_given=one.not_given,
        person=name(row),
        payroll_tax_number=payroll_tax_number_text(row.number),
        period=row.period,
    )


def _right_words(one: RowRight, held: Held) -> tuple[tuple[str, str], ...]:
    """What the row has for a right, by the text of its year."""
    right = held.right_of(one.judged.row.bsn)
    in_group = ("in the target group", yes_no(one.judged.in_target_group))
    if held.by_declaration:
        return (("right by declaration", "none" if right is None else f"{right}"),)
    return (in_group, ("right that is kept", f"{right}")) if one.kept else (in_group,)


def without_right_steps(found: tuple[RowRight, ...], name: Callable[[Row], str]) -> tuple[Step, ...]:
    """A step for everybody none of whose rows counts: why nothing is given."""
    by_person: dict[str, list[RowRight]] = {}
    for one in found:
        by_person.setdefault(name(one.judged.row), []).append(one)
    return tuple(_nothing_for(person, rows) for person, rows in by_person.items() if all(one.not_given for one in rows))


def _nothing_for(person: str, rows: list[RowRight]) -> Step:
    counted = Counter(reason for one in rows for reason in one.not_given)
    reasons = tuple(reason for reason in WHY_NOT if counted[reason])
    words = [f"{WHY_NOT[reason]} ({counted[reason]})" for reason in reasons]
    return Step(
        rule=LKV,
        question=WORTH_IN_LKV.text.english,
        article="Wtl art. 2.10",
        footing="reading" if NOT_ASKED in reasons else "law",
        inputs=(("rows", f"{len(rows)}"),),
        result=f"not given: no row counts: {'; '.join(words)}",
        amount_cents=0,
        adds_to="lkv_cents",
        not_given=reasons,
        person=person,
    )
