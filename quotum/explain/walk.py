"""The walk over the rows of an employer as the law is enacted: rule after rule, to what was settled."""

from attrs import frozen

from quotum.explain import small_employer, surcharge, surcharge_due, target_group
from quotum.explain.in_force import ReturnInForce, returns_in_force
from quotum.explain.lkv_walk import granted_lkv
from quotum.explain.looking import Looked
from quotum.explain.results import Charge, SettledEmployer, SettledRow
from quotum.explain.rows import read_facts
from quotum.explain.step import SETTLEMENT, Step
from quotum.explain.surcharge_rate import rate_step
from quotum.explain.target_group import Judged
from quotum.explain.transferred_wage import Corrected, corrected, transfer_steps
from quotum.money import euro_text

_ADDED = ("surcharge_base_cents", "surcharge_cents", "lkv_cents", "bonus_cents")


@frozen
class Walk:
    """What the walk comes to, in the shapes of the run."""

    settled: SettledEmployer
    """What the rows come to."""
    steps: tuple[Step, ...]
    """How it came about."""


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
    lines, others, lkv_steps = granted_lkv(looked, rows, numbers, due=due)
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
