"""Explaining one employer: read, walk, and compare with what the run settled.

The walk is written from the law row by row, beside the expressions that settle: when the two differ, one of
them is wrong and nobody is told a story that does not add up.
"""

from collections.abc import Callable
from pathlib import Path

import attrs
import pyarrow.parquet as pq
from attrs import frozen

from quotum.archive.as_read import as_read
from quotum.archive.hashing import digest_of
from quotum.archive.known import Known, known
from quotum.archive.layout import existing
from quotum.errors import ArchiveLacks, CannotCertify, SelfCheckFailed, WrongUse
from quotum.explain import bonus, other_lkv, small_employer, surcharge, target_group
from quotum.explain.in_force import ReturnInForce, Said, returns_in_force
from quotum.explain.rows import Facts, Row, read_facts
from quotum.explain.settled import (
    BonusLine,
    Charge,
    RunRecord,
    SettledEmployer,
    SettledRow,
    parse_employer,
    parse_person,
    read_employer,
    read_run,
)
from quotum.explain.step import SETTLEMENT, Step
from quotum.identifiers import nine_digits
from quotum.money import euro_text
from quotum.run.record import code_digest, years_read
from quotum.run.request import AS_ENACTED
from quotum.tables import TRANSFERS

# From this year on the LKV follows the target group (Wtl art. 2.10 as of 2026), and bonus.py walks it.
FIRST_YEAR_WITHOUT_DECLARATIONS = 2026
_ADDED = ("surcharge_base_cents", "surcharge_cents", "lkv_cents", "bonus_cents")


@frozen
class Explanation:
    """How the amounts of one employer came about."""

    simulation: bool
    """Whether a scenario set any parameter of the run."""
    year: int
    """Calendar year."""
    as_of: str
    """Returns count as filed by the end of this day."""
    run_digest: str
    """Digest of the run."""
    employer: str
    """The employer, by RSIN."""
    person: str | None
    """The person it is limited to, by BSN."""
    settled: SettledRow
    """What the run settled: the steps add up to it."""
    steps: tuple[Step, ...]
    """The steps, in the order in which the law takes them."""


@frozen
class _Walk:
    """What the walk comes to, in the shapes of the run."""

    row: SettledRow
    """The row of the employer."""
    lines: tuple[BonusLine, ...]
    """Its persons."""
    charges: tuple[Charge, ...]
    """Its returns."""
    steps: tuple[Step, ...]
    """How it came about."""


def explain(folder: Path, employer: str, person: str | None = None, archive: Path | None = None) -> Explanation:
    """Explain the amounts of one employer in a run.

    Args:
        folder: The run.
        employer: RSIN or payroll tax number.
        person: BSN to limit the explanation to; persons are named by sequence number without it.
        archive: The archive of the run; the place that the run notes when None.

    Raises:
        WrongUse: No run, or nobody of that name in it.
        ArchiveLacks: The archive is not there, or lacks what the run read.
        CannotCertify: The run or the archive was altered.
        SelfCheckFailed: The steps do not add up to the settled amounts.
    """
    rsin, number = parse_employer(employer)
    bsn = None if person is None else parse_person(person)
    run = read_run(folder)
    _require_walked(run)
    settled = read_employer(run, rsin)
    read = as_read(known(existing(_archive_of(run, archive)), run.known_on), run.inputs, years_read(run.year))
    _require_no_transfer(read, rsin)
    facts = read_facts(read, rsin, (run.year, run.year - small_employer.YEARS_BACK))
    _require_mentioned(facts, run, number, bsn)
    walk = _walk(run, facts, settled, _naming(facts, run, settled, bsn))
    _require_equal(run, read, settled, walk)
    name = None if bsn is None else nine_digits(bsn)
    return Explanation(
        simulation=run.simulation,
        year=run.year,
        as_of=run.as_of.isoformat(),
        run_digest=run.digest,
        employer=nine_digits(rsin),
        person=name,
        settled=settled.row,
        steps=walk.steps if name is None else tuple(step for step in walk.steps if step.person == name),
    )


def _archive_of(run: RunRecord, given: Path | None) -> Path:
    place = given or run.archive
    if place is None:
        raise ArchiveLacks(f"{run.folder} does not say where its archive is; name it with --archive")
    return place


def _require_walked(run: RunRecord) -> None:
    """The walk knows the rules of the run: nobody is told that a sum failed because of a rule it does not take."""
    later = "this version of quotum does not explain it yet"
    if run.regime != AS_ENACTED:
        raise WrongUse(f"this is a run of the regime {run.regime}: {later}")
    if run.year < FIRST_YEAR_WITHOUT_DECLARATIONS:
        raise WrongUse(f"this run settles the LKV of {run.year} from declarations (Wtl art. 2.10 until 2025): {later}")


def _require_no_transfer(read: Known, rsin: int) -> None:
    """No transfer of undertaking corrects the wage of the employer."""
    latest = read.latest(TRANSFERS)
    about = [[("from_rsin", "==", rsin)], [("to_rsin", "==", rsin)]]
    if latest and any(pq.read_table(path, filters=about).num_rows for path in latest[1]):
        raise WrongUse(
            "a transfer of undertaking can correct the wage of this employer (Besluit Wfsv art. 2.15): this version "
            "of quotum does not explain it yet"
        )


def _require_mentioned(facts: Facts, run: RunRecord, number: int | None, bsn: int | None) -> None:
    """The payroll tax number and the person asked for are among the rows of the year."""
    said = [(message, rows) for message, rows in facts.said if message.period.start.year == run.year]
    if number is not None and all(message.payroll_tax_number != number for message, _ in said):
        raise WrongUse("EMPLOYER is not in this run: that payroll tax number has no return of the year")
    if bsn is not None and all(row.bsn != bsn for _, rows in said for row in rows):
        raise WrongUse("--person is in no row of this employer in the year")


def _naming(facts: Facts, run: RunRecord, settled: SettledEmployer, bsn: int | None) -> Callable[[Row], str]:
    """How persons are named: by line of the run, others by their place; by BSN only when that was asked for."""
    lines = {line.bsn: f"person {line.number}" for line in settled.bonus_lines}
    here = {row.bsn for message, rows in facts.said if message.period.start.year == run.year for row in rows}
    others = sorted(one for one in here if one is not None and one not in lines)
    names = lines | {other: f"other person {place}" for place, other in enumerate(others, 1)}
    if bsn is not None:
        names[bsn] = nine_digits(bsn)
    return lambda row: "somebody without BSN" if row.bsn is None else names[row.bsn]


def _walk(run: RunRecord, facts: Facts, settled: SettledEmployer, name: Callable[[Row], str]) -> _Walk:
    """The rules in their order."""
    returns, steps = returns_in_force(_of_year(facts, run.year), run.as_of)
    rows = target_group.judged(facts, returns)
    steps += target_group.steps(rows, name)
    earlier, _ = returns_in_force(_of_year(facts, run.year - small_employer.YEARS_BACK), run.as_of)
    size = small_employer.size_test(facts, run.figures, run.year, returns, earlier)
    steps += size.steps
    due, due_step = surcharge.due_step(run.figures, run.year)
    lines, lkv_steps = _granted(run, facts, settled, rows, name, due=due)
    charges, charge_steps = _charged(run, facts, rows, returns, name, owes=due and not size.small)
    steps += (*lkv_steps, due_step, *((surcharge.exempt_step(),) if due and size.small else ()), *charge_steps)
    row = SettledRow(
        number=settled.row.number,
        sector=facts.listed.sector if facts.listed else None,
        small_employer=size.small,
        small_ground=size.ground,
        premium_wage_t2_cents=size.wage_cents,
        paid_hours=sum(one.row.paid_hours for one in rows),
        target_group_hours=sum(one.row.paid_hours for one in rows if one.in_target_group),
        payable_cents=_added(steps, "lkv_cents") + _added(steps, "bonus_cents"),
        net_cents=_added(steps, "lkv_cents") + _added(steps, "bonus_cents") - _added(steps, "surcharge_cents"),
        **{column: _added(steps, column) for column in _ADDED},
    )
    return _Walk(row, lines, charges, (*steps, *_sums(row)))


def _of_year(facts: Facts, year: int) -> tuple[Said, ...]:
    return tuple(one for one in facts.said if one[0].period.start.year == year)


def _granted(
    run: RunRecord,
    facts: Facts,
    settled: SettledEmployer,
    rows: tuple[target_group.Judged, ...],
    name: Callable[[Row], str],
    *,
    due: bool,
) -> tuple[tuple[BonusLine, ...], tuple[Step, ...]]:
    """LKV and bonus per person, after cumulation."""
    amounts = bonus.read_amounts(run.figures, run.year, due=due)
    found = bonus.rights(rows, run.figures, run.year)
    named = {one.row.bsn: name(one.row) for one in rows}
    steps = list(bonus.row_steps(found, name))
    others = list(other_lkv.asked_steps(facts, rows, settled.other_lines, name))
    numbers = {line.bsn: line.number for line in settled.bonus_lines}
    lines = []
    for right in bonus.person_rights(found, amounts):
        reported = tuple(line for line in settled.other_lines if line.bsn == right.bsn)
        granted = other_lkv.cumulation(right, reported, named[right.bsn])
        others += granted.steps
        steps += bonus.person_steps(right, amounts, named[right.bsn], granted.lost)
        lines.append(
            BonusLine(
                number=numbers.get(right.bsn, 0),
                bsn=right.bsn,
                paid_hours=right.hours,
                lkv_cents=0 if granted.lost else right.lkv_cents,
                lkv_capped=right.capped,
                bonus_cents=0 if granted.lost else right.bonus_cents,
                granted_category=granted.category,
            )
        )
    steps += bonus.without_right_steps(found, name)
    steps += [] if due else [bonus.not_due_step(run.year)]
    return tuple(lines), (*steps, *others)


def _charged(
    run: RunRecord,
    facts: Facts,
    rows: tuple[target_group.Judged, ...],
    returns: tuple[ReturnInForce, ...],
    name: Callable[[Row], str],
    *,
    owes: bool,
) -> tuple[tuple[Charge, ...], tuple[Step, ...]]:
    """The surcharge of an employer that owes it."""
    if not owes:
        return (), ()
    rate = surcharge.rate_step(run.figures, run.year, run.rate_hundredths, run.rate_source)
    charges, steps = surcharge.charge(facts, rows, returns, rate, name)
    return charges, (rate[1], *steps)


def _added(steps: tuple[Step, ...], column: str) -> int:
    return sum(step.amount_cents or 0 for step in steps if step.adds_to == column)


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


def _require_equal(run: RunRecord, read: Known, settled: SettledEmployer, walk: _Walk) -> None:
    """The walk gives what was settled, to the cent and the hour.

    Raises:
        CannotCertify: It does not, and the rows of the archive were altered.
        SelfCheckFailed: It does not.
    """
    differ = _differences(settled, walk)
    if not differ:
        return
    for receipt in read.receipts:
        for table in receipt.tables:
            if digest_of(read.layout.root / table.path) != table.sha256:
                raise CannotCertify(
                    f"{read.layout.root / table.path} was altered after it was received: the amounts cannot be "
                    "rebuilt from it; restore the archive from its backup"
                )
    other_code = "" if run.code == code_digest() else "; the run was made by other code than explains it now"
    raise SelfCheckFailed(
        f"the steps for employer {settled.row.number} of the run do not add up to what was settled: "
        f"{', '.join(differ)}{other_code}"
    )


def _differences(settled: SettledEmployer, walk: _Walk) -> list[str]:
    """The columns that differ, by name."""
    was, is_now = attrs.asdict(settled.row), attrs.asdict(walk.row)
    differ = [f"settlement.{name}" for name in was if was[name] != is_now[name]]
    differ += _lines_differ(settled.bonus_lines, walk.lines)
    if settled.charges != walk.charges:
        differ.append("surcharge_lines")
    return differ


def _lines_differ(settled: tuple[BonusLine, ...], rebuilt: tuple[BonusLine, ...]) -> list[str]:
    if [line.bsn for line in settled] != [line.bsn for line in rebuilt]:
        return ["bonus_lines: other persons"]
    return [f"bonus_lines row {one.number}" for one, other in zip(settled, rebuilt, strict=True) if one != other]
