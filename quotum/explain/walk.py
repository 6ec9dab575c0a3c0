"""The walk over the rows of an employer as the law is enacted: rule after rule, to what was settled."""

from collections.abc import Iterable

from attrs import frozen

from quotum.archive.known import Known
from quotum.explain import bonus, declared, lkv_rows, small_employer, surcharge, surcharge_due, target_group
from quotum.explain.cumulation import JOBS_AGREEMENT, Granted, cumulation
from quotum.explain.employment import Histories, histories
from quotum.explain.in_force import ReturnInForce, returns_in_force
from quotum.explain.naming import Naming, naming
from quotum.explain.other_lkv import OtherRight, other_rights
from quotum.explain.predecessors import Transfers, read_transfers
from quotum.explain.results import BonusLine, Charge, OtherLine, SettledEmployer, SettledRow
from quotum.explain.rows import Facts, read_facts
from quotum.explain.settled import RunRecord
from quotum.explain.step import SETTLEMENT, Step
from quotum.explain.surcharge_rate import rate_step
from quotum.explain.target_group import Judged
from quotum.explain.transferred_wage import Corrected, corrected, transfer_steps
from quotum.law.lkv_until_2025 import BY_DECLARATION
from quotum.money import euro_text
from quotum.run.lkv_terms import LkvTerms, read_lkv_terms

_ADDED = ("surcharge_base_cents", "surcharge_cents", "lkv_cents", "bonus_cents")


@frozen
class Walk:
    """What the walk comes to, in the shapes of the run."""

    settled: SettledEmployer
    """What the rows come to."""
    steps: tuple[Step, ...]
    """How it came about."""


@frozen
class Looked:
    """Everything the walk looks at."""

    run: RunRecord
    """The run."""
    archive: Known
    """The archive as the run read it."""
    facts: Facts
    """What it says of the employer."""
    transfers: Transfers
    """Transfers of undertaking around it."""
    terms: LkvTerms
    """Which text of the LKV holds."""
    name: Naming
    """How persons and employers are named."""

    @property
    def year(self) -> int:
        """Calendar year."""
        return self.run.year

    @property
    def people(self) -> frozenset[int]:
        """Everybody in a row of the year."""
        return self.facts.people_of(self.run.year)

    @property
    def rights_begin_with_employment(self) -> bool:
        """Whether any right of the year can hang on the start of an employment."""
        lasts = bool(self.terms.years) and self.terms.ground != BY_DECLARATION
        return self.facts.declarations_delivered or lasts


def look(run: RunRecord, archive: Known, settled: SettledEmployer, rsin: int, asked: int | None) -> Looked:
    """Read what the walk needs: rows of t and t-2, transfers, and which text of the LKV holds."""
    terms = read_lkv_terms(run.figures, run.year)
    years = {run.year, run.year - small_employer.YEARS_BACK}
    here = read_facts(archive, rsin, years)
    transfers = read_transfers(archive, rsin)
    numbers = {line.bsn: line.number for line in settled.bonus_lines}
    name = naming(run, numbers, here.people_of(run.year), asked)
    return Looked(run, archive, here, transfers, terms, name)


def walked(looked: Looked, settled: SettledEmployer) -> Walk:
    """The rules in their order.

    Args:
        looked: What the archive says.
        settled: What the run settled, for its sequence numbers only.
    """
    run, facts = looked.run, looked.facts
    returns, steps = returns_in_force(facts.of_years(run.year), run.as_of)
    rows = target_group.judged(facts, returns)
    steps += target_group.steps(rows, looked.name.of_row)
    size = _size(looked, returns)
    due, due_step = surcharge_due.due_step(run.figures, run.year, run.country.condition_met)
    numbers = {line.bsn: line.number for line in settled.bonus_lines}
    lines, others, lkv_steps = _granted(looked, rows, numbers, due=due)
    charges, charge_steps = _charged(looked, rows, returns) if due and not size.small else ((), ())
    exempt = (surcharge_due.exempt_step(),) if due and size.small else ()
    steps += (*size.steps, *lkv_steps, due_step, *exempt, *charge_steps)
    row = _row(looked, rows, size, steps, settled.row.number)
    return Walk(SettledEmployer(row, lines, others, charges), (*steps, *_sums(row)))


def _size(looked: Looked, returns: tuple[ReturnInForce, ...]) -> small_employer.SizeTest:
    """Whether the employer is small, after transfers of undertaking."""
    run, facts = looked.run, looked.facts
    earlier, _ = returns_in_force(facts.of_years(run.year - small_employer.YEARS_BACK), run.as_of)

    def correct(own: int | None) -> tuple[Corrected | None, tuple[Step, ...]]:
        wages = _wages_before(looked) | ({} if own is None else {facts.rsin: own})
        found = corrected(facts.rsin, looked.transfers, wages, run.year)
        return found, transfer_steps(facts.rsin, looked.transfers, found, run.year, looked.name.employer)

    return small_employer.size_test(facts, run.figures, run.year, returns, earlier, correct)


def _wages_before(looked: Looked) -> dict[int, int]:
    """Premium wage of t-2 of everybody something came from; those of whom it is unknown are not there."""
    year = looked.year - small_employer.YEARS_BACK
    found: dict[int, int] = {}
    for rsin in looked.transfers.predecessors:
        theirs = read_facts(looked.archive, rsin, (year,))
        earlier, _ = returns_in_force(theirs.said, looked.run.as_of)
        wage = small_employer.known_wages(theirs, earlier, looked.year).known_cents
        found |= {} if wage is None else {rsin: wage}
    return found


def _granted(
    looked: Looked, rows: tuple[Judged, ...], numbers: dict[int, int], *, due: bool
) -> tuple[tuple[BonusLine, ...], tuple[OtherLine, ...], tuple[Step, ...]]:
    """LKV and bonus per person, the other categories, and which of them is granted."""
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


def _charged(
    looked: Looked, rows: tuple[Judged, ...], returns: tuple[ReturnInForce, ...]
) -> tuple[tuple[Charge, ...], tuple[Step, ...]]:
    rate = rate_step(looked.run.figures, looked.year, looked.run.country)
    charges, steps = surcharge.charge(looked.facts, rows, returns, rate, looked.name.of_row)
    return charges, (rate[1], *steps)


def _row(
    looked: Looked,
    rows: tuple[Judged, ...],
    size: small_employer.SizeTest,
    steps: tuple[Step, ...],
    number: int,
) -> SettledRow:
    added = {column: sum(step.amount_cents or 0 for step in steps if step.adds_to == column) for column in _ADDED}
    payable = added["lkv_cents"] + added["bonus_cents"]
    return SettledRow(
        number=number,
        sector=looked.facts.listed.sector if looked.facts.listed else None,
        small_employer=size.small,
        small_ground=size.ground,
        premium_wage_t2_cents=size.wage_cents,
        paid_hours=sum(one.row.paid_hours for one in rows),
        target_group_hours=sum(one.row.paid_hours for one in rows if one.in_target_group),
        payable_cents=payable,
        net_cents=payable - added["surcharge_cents"],
        **added,
    )


def _sums(row: SettledRow) -> tuple[Step, ...]:
    """What is paid out and what is collected; nothing nets them."""
    return (
        Step(
            rule=SETTLEMENT,
            question="What is paid out?",
            article="Wtl art. 4.4 lid 1",
            footing="law",
            inputs=(("LKV", euro_text(row.lkv_cents)), ("bonus", euro_text(row.bonus_cents))),
            result=f"{euro_text(row.payable_cents)}, as settled",
            amount_cents=row.payable_cents,
        ),
        Step(
            rule=SETTLEMENT,
            question="What is collected with the payroll returns?",
            article="Wet banenafspraak art. 6 lid 7",
            footing="law",
            inputs=(("surcharge base", euro_text(row.surcharge_base_cents)),),
            result=f"{euro_text(row.surcharge_cents)}, as settled",
            amount_cents=row.surcharge_cents,
        ),
        Step(
            rule=SETTLEMENT,
            question="What is the difference, for insight? Nothing nets the two.",
            article="Wtl art. 4.4 lid 1; Wet banenafspraak art. 6 lid 7",
            footing="law",
            inputs=(("payable", euro_text(row.payable_cents)), ("surcharge", euro_text(row.surcharge_cents))),
            result=f"{euro_text(row.net_cents)}, as settled",
            amount_cents=row.net_cents,
        ),
    )
