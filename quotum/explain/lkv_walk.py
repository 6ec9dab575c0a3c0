"""The walk over the LKV of an employer: rights, rows, amounts, other categories and which is granted."""

from collections.abc import Iterable

from quotum.explain import bonus, declared, lkv_rows
from quotum.explain.cumulation import JOBS_AGREEMENT, Granted, cumulation
from quotum.explain.employment import Histories, histories
from quotum.explain.looking import Looked
from quotum.explain.naming import Naming
from quotum.explain.other_lkv import OtherRight, other_rights
from quotum.explain.results import BonusLine, OtherLine
from quotum.explain.rows import read_facts
from quotum.explain.step import Step
from quotum.explain.target_group import Judged


def granted_lkv(
    looked: Looked, rows: tuple[Judged, ...], numbers: dict[int, int], *, due: bool
) -> tuple[tuple[BonusLine, ...], tuple[OtherLine, ...], tuple[Step, ...]]:
    """LKV and bonus per person, the other categories, and which of them is granted.

    Args:
        looked: What the archive says.
        rows: Rows in force.
        numbers: Sequence number of the line of a person in the run, by BSN.
        due: Whether a bonus is due over the year.
    """
    figures, year, name = looked.run.figures, looked.year, looked.name
    known = _histories(looked)
    held = declared.held(looked.facts, known, looked.terms)
    found = lkv_rows.rights(rows, figures, year, held)
    amounts = bonus.read_amounts(figures, year, due=due)
    jobs = {one.bsn: one for one in bonus.person_rights(found, amounts)}
    others, other_steps = other_rights(looked.facts, rows, known, figures, year, looked.terms, name.of_row)
    granted = {bsn: _chosen(jobs.get(bsn), others, bsn, name) for bsn in sorted({*jobs, *(one.bsn for one in others)})}
    steps = [
        *_right_steps(looked, known, held, found),
        *lkv_rows.row_steps(found, name.of_row, held),
        *(
            step
            for bsn, one in jobs.items()
            for step in bonus.person_steps(one, amounts, name.persons[bsn], granted[bsn].lost)
        ),
        *lkv_rows.without_right_steps(found, name.of_row),
        *(() if due else (bonus.not_due_step(year),)),
        *other_steps,
        *(step for one in granted.values() for step in one.steps),
    ]
    lines = tuple(_line(one, granted[bsn], numbers.get(bsn, 0)) for bsn, one in jobs.items())
    return lines, tuple(_other_line(one, granted[one.bsn]) for one in sorted(others, key=_key)), tuple(steps)


def _histories(looked: Looked) -> Histories:
    """Employments, of every year in the archive up to this one, when a right can hang on their start."""
    if not looked.rights_begin_with_employment:
        return {}
    years = [year for year in looked.archive.years() if year <= looked.year]
    facts = read_facts(looked.archive, looked.facts.rsin, years)
    return histories(looked.archive, facts, looked.transfers, years, looked.run.as_of)


def _right_steps(
    looked: Looked, known: Histories, held: declared.Held, found: Iterable[lkv_rows.RowRight]
) -> list[Step]:
    """Steps about the starts of employments, of those for whom the LKV was asked and to whom they matter."""
    facts, figures, year, name = looked.facts, looked.run.figures, looked.year, looked.name
    asked = [
        (one.judged.row.bsn, one.judged)
        for one in found
        if JOBS_AGREEMENT in one.judged.row.asked and one.judged.row.bsn is not None
    ]
    by_declaration = {
        bsn: name.of_row(one.row)
        for bsn, one in asked
        if held.by_declaration or (bsn in held.declared and not one.in_target_group)
    }
    lasting = {bsn: name.of_row(one.row) for bsn, one in asked if held.years is not None and one.in_target_group}
    return [
        *declared.right_steps(facts, known, held, figures, year, by_declaration),
        *declared.lasting_steps(known, held, figures, year, lasting),
    ]


def _chosen(jobs: bonus.PersonRight | None, others: Iterable[OtherRight], bsn: int, name: Naming) -> Granted:
    amounts = {} if jobs is None else {JOBS_AGREEMENT: jobs.lkv_cents + jobs.bonus_cents}
    amounts |= {one.category: one.lkv_cents for one in others if one.bsn == bsn}
    return cumulation(amounts, name.persons[bsn], jobs.bonus_cents if jobs else 0)


def _line(right: bonus.PersonRight, granted: Granted, number: int) -> BonusLine:
    return BonusLine(
        number=number,
        bsn=right.bsn,
        paid_hours=right.hours,
        lkv_cents=0 if granted.lost else right.lkv_cents,
        lkv_capped=right.capped and not granted.lost,
        bonus_cents=0 if granted.lost else right.bonus_cents,
        granted_category=granted.category,
    )


def _key(right: OtherRight) -> tuple[int, str]:
    return right.bsn, right.category


def _other_line(right: OtherRight, granted: Granted) -> OtherLine:
    cents = right.lkv_cents if granted.category == right.category else 0
    return OtherLine(right.bsn, right.category, right.hours, cents)
