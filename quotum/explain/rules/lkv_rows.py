"""Whether a row counts for the LKV doelgroep banenafspraak, by the text of its year (Wtl art. 2.10 to 2.13)."""

from collections import Counter
from collections.abc import Iterable

from attrs import frozen

from quotum.explain.rules.rights import Held
from quotum.explain.rules.rows import Codes, Row
from quotum.explain.step import LKV, REASONS, Step, footing_of
from quotum.explain.telling import Named, Telling
from quotum.explain.words import (
    AGE_NOT_REACHED,
    AGE_REACHED,
    AGE_UNKNOWN,
    HOURS_COUNT,
    NO_ROW_COUNTS,
    NONE,
    NOT_GIVEN,
)
from quotum.identifiers import payroll_tax_number_text
from quotum.law.conditions import Rule
from quotum.law.kinds_of_work import counts_until_2025
from quotum.law.readings import REQUEST_PER_ROW, TRANSITION_ON_FIRST_DAY
from quotum.law.wtl import bonus
from quotum.law.wtl.counted_hours import kept_from_before_2026
from quotum.law.wtl.cumulation import JOBS_AGREEMENT
from quotum.law.wtl.employments import YEARS_OVER
from quotum.law.wtl.lkv_until_2025 import NOT_QUALIFIED, has_declaration, within_right

NOT_ASKED = bonus.asked_for.unmet.code


@frozen
class RowRight:
    """Whether a row counts for the LKV."""

    row: Row
    """The row."""
    not_given: Codes
    """Why it does not count; nothing when it does."""
    kept: bool = False
    """Whether it is held against a right that is kept under the transition (art. 6.2)."""

    def rule(self, held: Held) -> Rule:
        """The text that it is held against."""
        if self.kept:
            return kept_from_before_2026()
        return within_right(bonus.ASKED) if held.by_declaration else bonus.lkv_from_2026()


def judged(rows: Iterable[Row], held: Held) -> tuple[RowRight, ...]:
    """What is asked of every row: requested, insured, below the pension age, and a right."""
    return tuple(_of_row(row, held) for row in rows)


def _of_row(row: Row, held: Held) -> RowRight:
    """From 2026 the target group decides; who is not in it can have kept a right of the text before."""
    others, right = asked_of_every(row, JOBS_AGREEMENT), held.right_of(row.bsn)
    if held.by_declaration:
        return RowRight(row, (*_without_right(row, held), *others))
    if row.in_target_group:
        return RowRight(row, (*_years_over(row, held), *others))
    kept = right is not None and right.why_not_in(row.period) is None
    return RowRight(row, (*(row.unmet(counts_until_2025()) if kept else row.not_in_group), *others), kept)


def _without_right(row: Row, held: Held) -> Codes:
    """Why a row has no right by declaration."""
    out = row.unmet(counts_until_2025())
    if row.bsn is None:
        return (bonus.has_bsn.unmet.code, *out)
    right = held.right_of(row.bsn)
    none = NOT_QUALIFIED.code if row.bsn in held.declared else has_declaration.unmet.code
    outside = none if right is None else right.why_not_in(row.period)
    return (*((outside,) if outside else ()), *out)


def _years_over(row: Row, held: Held) -> Codes:
    """Where a scenario ends the right after some years."""
    if held.years is None or row.bsn is None:
        return ()
    within = any(right.why_not_in(row.period) is None for right in held.years.get(row.bsn, ()))
    return () if within else (YEARS_OVER.code,)


def asked_of_every(row: Row, category: str) -> Codes:
    """What every benefit asks of a row and it does not meet.

    Args:
        row: The row.
        category: Category of which the request counts.
    """
    others = (code for code in row.unmet(bonus.of_every_benefit()) if code != NOT_ASKED)
    return (*(() if row.asked(category) else (NOT_ASKED,)), *others)


def row_steps(found: Iterable[RowRight], held: Held, telling: Telling) -> tuple[Step, ...]:
    """A step per row: does it count for the LKV?"""
    return tuple(_row_step(one, held, telling) for one in found)


def _row_step(one: RowRight, held: Held, telling: Telling) -> Step:
    row, rule = one.row, one.rule(held)
    decided_otherwise = set(one.not_given) - {NOT_ASKED}
    readings = () if decided_otherwise else (REQUEST_PER_ROW, *((TRANSITION_ON_FIRST_DAY,) if one.kept else ()))
    return Step(
        rule=LKV,
        question=telling.say(rule.question),
        article=rule.provision,
        footing=footing_of(readings=readings),
        inputs=(
            *telling.inputs(
                ("asked for", telling.yes_no(row.asked(JOBS_AGREEMENT))),
                ("kind of income", f"SrtIV {row.found['income_kind'] or 0}"),
                ("insured", telling.yes_no(any(row.found[f"insured_{name}"] for name in ("wao", "ww", "zw")))),
                ("pension age", _age(row, telling)),
                *_right_words(one, held, telling),
            ),
            *telling.read_as(*readings),
        ),
        result=telling.say(NOT_GIVEN, why=telling.why_not(one.not_given))
        if one.not_given
        else telling.say(HOURS_COUNT, hours=f"{row.paid_hours:,}"),
        not_given=one.not_given,
        person=telling.person(row.bsn),
        payroll_tax_number=payroll_tax_number_text(row.number),
        period=row.period,
    )


def _age(row: Row, telling: Telling) -> str:
    if not row.found[bonus.birth_date_known.name]:
        return telling.say(AGE_UNKNOWN)
    return telling.say(AGE_NOT_REACHED if row.found[bonus.below_pension_age.name] else AGE_REACHED)


def _right_words(one: RowRight, held: Held, telling: Telling) -> Named:
    """What the row has for a right, by the text of its year."""
    right = held.right_of(one.row.bsn)
    words = telling.say(NONE) if right is None else right.words(telling)
    if held.by_declaration:
        return (("right by declaration", words),)
    in_group = ("in the target group", telling.yes_no(one.row.in_target_group))
    return (in_group, ("right that is kept", words)) if one.kept else (in_group,)


def without_right_steps(found: Iterable[RowRight], telling: Telling) -> tuple[Step, ...]:
    """A step for everybody none of whose rows counts: why nothing is given."""
    by_person: dict[str, list[RowRight]] = {}
    for one in found:
        by_person.setdefault(telling.person(one.row.bsn), []).append(one)
    return tuple(
        _nothing_for(person, rows, telling) for person, rows in by_person.items() if all(one.not_given for one in rows)
    )


def _nothing_for(person: str, rows: list[RowRight], telling: Telling) -> Step:
    counted = Counter(reason for one in rows for reason in one.not_given)
    reasons = tuple(code for code in REASONS if counted[code])
    words = "; ".join(f"{telling.why_not((code,))} ({counted[code]})" for code in reasons)
    return Step(
        rule=LKV,
        question=telling.say(bonus.WORTH_IN_LKV.text),
        article="Wtl art. 2.10",
        footing="reading" if NOT_ASKED in reasons else "law",
        inputs=telling.inputs(("rows", f"{len(rows)}")),
        result=telling.say(NO_ROW_COUNTS, why=words),
        amount_cents=0,
        adds_to="lkv_cents",
        not_given=reasons,
        person=person,
    )
