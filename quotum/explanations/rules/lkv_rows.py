"""Whether a row counts for the LKV doelgroep banenafspraak, by the text of its year (Wtl art. 2.10 to 2.13)."""

from collections import Counter
from collections.abc import Iterable

from attrs import frozen

from quotum.explanations.rules.rights import RightsOfYear
from quotum.explanations.rules.rows import Codes, Row
from quotum.explanations.step import LKV, REASONS, Step
from quotum.explanations.telling import Pairs, Telling
from quotum.explanations.words import (
    AGE_NOT_REACHED,
    AGE_REACHED,
    AGE_UNKNOWN,
    HOURS_COUNT,
    NO_ROW_COUNTS,
    NONE,
    NOT_GIVEN,
)
from quotum.law.conditions import Rule
from quotum.law.kinds_of_work import counts_until_2025
from quotum.law.readings import REQUEST_PER_ROW, TRANSITION_ON_FIRST_DAY
from quotum.law.wtl import bonus
from quotum.law.wtl.counted_hours import kept_from_before_2026
from quotum.law.wtl.cumulation import JOBS_AGREEMENT
from quotum.law.wtl.employments import YEARS_OVER
from quotum.law.wtl.lkv_until_2025 import NOT_QUALIFIED, has_declaration, within_right
from quotum.money import count_text

NOT_ASKED = bonus.asked_for.unmet.code


@frozen
class RowRight:
    """Whether a row counts for the LKV."""

    row: Row
    """The row."""
    not_given: Codes
    """Why it does not count; nothing when it does."""
    kept: bool = False
    """Whether a right that is kept under the transition (art. 6.2) decides it."""

    def rule(self, year_rights: RightsOfYear) -> Rule:
        """The text that decides it."""
        if self.kept:
            return kept_from_before_2026()
        return within_right(bonus.ASKED) if year_rights.by_declaration else bonus.lkv_from_2026()


def judge_rows(rows: Iterable[Row], year_rights: RightsOfYear) -> tuple[RowRight, ...]:
    """Tests every row: requested, insured, below the pension age, and a right."""
    return tuple(_of_row(row, year_rights) for row in rows)


def _of_row(row: Row, year_rights: RightsOfYear) -> RowRight:
    """Tests a row; from 2026 the target group decides, and a right of the text before can be kept."""
    others, right = asked_of_every(row, JOBS_AGREEMENT), year_rights.right_of(row.bsn)
    if year_rights.by_declaration:
        return RowRight(row, (*_without_right(row, year_rights), *others))
    if row.in_target_group:
        return RowRight(row, (*_years_over(row, year_rights), *others))
    kept = right is not None and right.why_not_in(row.period) is None
    return RowRight(row, (*(row.unmet(counts_until_2025()) if kept else row.not_in_group), *others), kept)


def _without_right(row: Row, year_rights: RightsOfYear) -> Codes:
    """Why a row has no right by declaration."""
    out = row.unmet(counts_until_2025())
    if row.bsn is None:
        return (bonus.has_bsn.unmet.code, *out)
    right = year_rights.right_of(row.bsn)
    none = NOT_QUALIFIED.code if row.bsn in year_rights.declared else has_declaration.unmet.code
    outside = none if right is None else right.why_not_in(row.period)
    return (*((outside,) if outside else ()), *out)


def _years_over(row: Row, year_rights: RightsOfYear) -> Codes:
    """Where a scenario ends the right after some years."""
    if year_rights.years is None or row.bsn is None:
        return ()
    within = any(right.why_not_in(row.period) is None for right in year_rights.years.get(row.bsn, ()))
    return () if within else (YEARS_OVER.code,)


def asked_of_every(row: Row, category: str) -> Codes:
    """Conditions of every benefit that a row does not meet.

    Args:
        row: The row.
        category: Category of which the request counts.
    """
    others = (code for code in row.unmet(bonus.of_every_benefit()) if code != NOT_ASKED)
    return (*(() if row.asked(category) else (NOT_ASKED,)), *others)


def row_steps(row_rights: Iterable[RowRight], year_rights: RightsOfYear, telling: Telling) -> tuple[Step, ...]:
    """A step per row: does it count for the LKV?"""
    return tuple(_row_step(row_right, year_rights, telling) for row_right in row_rights)


def _row_step(row_right: RowRight, year_rights: RightsOfYear, telling: Telling) -> Step:
    row, rule = row_right.row, row_right.rule(year_rights)
    decided_otherwise = set(row_right.not_given) - {NOT_ASKED}
    readings = () if decided_otherwise else (REQUEST_PER_ROW, *((TRANSITION_ON_FIRST_DAY,) if row_right.kept else ()))
    inputs = telling.inputs(
        ("asked for", telling.yes_no(row.asked(JOBS_AGREEMENT))),
        ("kind of income", f"SrtIV {row.facts['income_kind'] or 0}"),
        ("insured", telling.yes_no(any(row.facts[f"insured_{name}"] for name in ("wao", "ww", "zw")))),
        ("pension age", _age(row, telling)),
        *_right_words(row_right, year_rights, telling),
    )
    result = (
        telling.say(NOT_GIVEN, why=telling.why_not(row_right.not_given))
        if row_right.not_given
        else telling.say(HOURS_COUNT, hours=count_text(row.paid_hours))
    )
    return telling.step(
        LKV,
        rule,
        inputs,
        result,
        readings=readings,
        about=row.about,
        not_given=row_right.not_given,
        person=telling.person(row.bsn),
    )


def _age(row: Row, telling: Telling) -> str:
    if not row.facts[bonus.birth_date_known.name]:
        return telling.say(AGE_UNKNOWN)
    return telling.say(AGE_NOT_REACHED if row.facts[bonus.below_pension_age.name] else AGE_REACHED)


def _right_words(row_right: RowRight, year_rights: RightsOfYear, telling: Telling) -> Pairs:
    """The right of the row, by the text of its year."""
    right = year_rights.right_of(row_right.row.bsn)
    words = telling.say(NONE) if right is None else right.words(telling)
    if year_rights.by_declaration:
        return (("right by declaration", words),)
    in_group = ("in the target group", telling.yes_no(row_right.row.in_target_group))
    return (in_group, ("right that is kept", words)) if row_right.kept else (in_group,)


def without_right_steps(row_rights: Iterable[RowRight], telling: Telling) -> tuple[Step, ...]:
    """A step for every person without a row that counts: why nothing is given."""
    by_person: dict[str, list[RowRight]] = {}
    for row_right in row_rights:
        by_person.setdefault(telling.person(row_right.row.bsn), []).append(row_right)
    return tuple(
        _nothing_step(person, rows, telling)
        for person, rows in by_person.items()
        if all(row_right.not_given for row_right in rows)
    )


def _nothing_step(person: str, rows: list[RowRight], telling: Telling) -> Step:
    counted = Counter(reason for row_right in rows for reason in row_right.not_given)
    reasons = tuple(code for code in REASONS if counted[code])
    words = "; ".join(f"{telling.why_not((code,))} ({counted[code]})" for code in reasons)
    inputs = telling.inputs(("rows", f"{len(rows)}"))
    result = telling.say(NO_ROW_COUNTS, why=words)
    return telling.step(
        LKV,
        bonus.WORTH_IN_LKV,
        inputs,
        result,
        article="Wtl art. 2.10",
        footing="reading" if NOT_ASKED in reasons else "law",
        amount_cents=0,
        adds_to="lkv_cents",
        not_given=reasons,
        person=person,
    )
