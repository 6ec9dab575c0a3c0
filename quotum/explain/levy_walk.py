"""The walk over the rows of an employer for the quota levy: hours, allocations, shortage, levy."""

from collections.abc import Iterable
from datetime import date

from attrs import frozen

from quotum.archive.known import Known
from quotum.explain import allocations, levy_hours, target_group
from quotum.explain.allocations import Allocation, Moved, PersonHours
from quotum.explain.in_force import returns_in_force
from quotum.explain.levy_hours import Counted
from quotum.explain.naming import Naming, naming
from quotum.explain.quota_levy import LevyTerms, levy_steps, read_terms
from quotum.explain.records import Listed
from quotum.explain.results import LevyLine, LevyRow, SettledLevy
from quotum.explain.rows import Facts, read_facts
from quotum.explain.settled import RunRecord
from quotum.explain.step import Step
from quotum.law.wfsv.quota_hours import year_before_filed_by


@frozen
class LevyWalk:
    """What the walk comes to, in the shapes of the run."""

    settled: SettledLevy
    """What the rows come to."""
    steps: tuple[Step, ...]
    """How it came about."""


@frozen
class LevyLooked:
    """Everything the walk looks at."""

    run: RunRecord
    """The run."""
    facts: Facts
    """What the archive says of the employer."""
    allocations: tuple[Allocation, ...]
    """Allocations by and to it, and of the same people."""
    lenders: dict[int, Facts]
    """Rows of the people it borrows, by lender."""
    people: frozenset[int]
    """Everybody in a row of the year or in an allocation, by BSN."""
    name: Naming
    """How persons and employers are named."""


def look(run: RunRecord, archive: Known, rsin: int, asked: int | None) -> LevyLooked:
    """Read what the walk needs: rows of t and t-1, allocations, and rows of borrowed people at their lenders."""
    facts = read_facts(archive, rsin, (run.year, run.year - 1))
    found = allocations.read_allocations(archive, rsin, run.year)
    lent: dict[int, set[int]] = {}
    for one in found:
        if one.lender != rsin:
            lent.setdefault(one.lender, set()).add(one.bsn)
    lenders = {lender: read_facts(archive, lender, (run.year,), bsns) for lender, bsns in sorted(lent.items())}
    people = facts.people_of(run.year) | {one.bsn for one in found}
    return LevyLooked(run, facts, found, lenders, people, naming(run, {}, people, asked))


def walked(looked: LevyLooked, number: int) -> LevyWalk:
    """The rules in their order.

    Args:
        looked: What the archive says.
        number: Sequence number of the employer in the run.
    """
    run, facts, year = looked.run, looked.facts, looked.run.year
    returns, steps = returns_in_force(facts.of_years(year), run.as_of)
    before, steps_before = returns_in_force(facts.of_years(year - 1), year_before_filed_by(year, run.as_of))
    rows, rows_before = levy_hours.counted(facts, returns), levy_hours.counted(facts, before)
    hours = _person_hours(facts.rsin, rows) | _at_lenders(looked)
    moved = allocations.moved(facts.rsin, looked.allocations, hours, year, looked.name)
    sector = facts.listed.sector if facts.listed else None
    terms = read_terms(run.figures, year, sector)
    line = _line(rows_before, rows, moved, terms, part_of_year=_part_of_year(facts.listed, year))
    levy, levied = levy_steps(line, terms)
    row = LevyRow(
        number=number,
        sector=sector,
        paid_hours_t1=sum(one.judged.row.paid_hours for one in rows_before),
        paid_hours=sum(one.judged.row.paid_hours for one in rows),
        target_group_hours=sum(one.target_hours for one in rows),
        quota_percentage_hundredths=terms.percentage.hundredths if terms.percentage else None,
        quota_shortage_tenths=levy.shortage_tenths,
        quota_levy_cents=sum(step.amount_cents or 0 for step in levied if step.adds_to == "quota_levy_cents"),
    )
    steps = (
        *steps_before,
        *steps,
        *target_group.steps(tuple(one.judged for one in rows), looked.name.of_row),
        *levy_hours.year_before_steps(rows_before, before),
        *levy_hours.row_steps(rows, looked.name.of_row),
        *moved.steps,
        *levied,
    )
    return LevyWalk(SettledLevy(row, line), steps)


def _person_hours(rsin: int, rows: Iterable[Counted]) -> dict[tuple[int, int], PersonHours]:
    found: dict[tuple[int, int], PersonHours] = {}
    for one in rows:
        if one.judged.row.bsn is not None:
            key = rsin, one.judged.row.bsn
            had = found.get(key, PersonHours())
            found[key] = PersonHours(had.target + one.target_hours, had.counted + one.counted_target_hours)
    return found


def _at_lenders(looked: LevyLooked) -> dict[tuple[int, int], PersonHours]:
    """Hours of borrowed people at their lenders, from the lenders' rows."""
    found: dict[tuple[int, int], PersonHours] = {}
    for lender, facts in looked.lenders.items():
        returns, _ = returns_in_force(facts.said, looked.run.as_of)
        found |= _person_hours(lender, levy_hours.counted(facts, returns))
    return found


def _line(
    before: Iterable[Counted], rows: tuple[Counted, ...], moved: Moved, terms: LevyTerms, *, part_of_year: bool
) -> LevyLine:
    hours_before, hours = sum(one.hours for one in before), sum(one.hours for one in rows)
    target = sum(one.counted_target_hours for one in rows)
    return LevyLine(
        counted_hours_t1=hours_before,
        counted_hours=hours,
        counted_target_hours=target,
        borrowed_hours=moved.borrowed,
        lent_hours=moved.lent,
        levy_target_hours=target + moved.borrowed - moved.lent,
        bound=min(hours_before, hours) >= terms.threshold,
        part_of_year=part_of_year,
    )


def _part_of_year(listed: Listed | None, year: int) -> bool:
    """Whether it began after the first day, or ended before the last day, of t-1 or t."""
    if listed is None:
        return False
    spans = [(date(each, 1, 1), date(each, 12, 31)) for each in (year - 1, year)]
    begins = any(first < listed.started_on <= last for first, last in spans)
    return begins or (listed.ended_on is not None and any(first <= listed.ended_on < last for first, last in spans))
