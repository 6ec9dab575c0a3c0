"""The job count of a year from the rows: against the baseline, over the whole year, and against the year before."""

from datetime import date
from fractions import Fraction

import pyarrow as pa
import pyarrow.compute as pc
from attrs import evolve, frozen

from quotum.archive.known import Known
from quotum.engine.interface import Engine
from quotum.frames import Frame
from quotum.law.counting import DecemberHours
from quotum.periods import Period, december, thirteenth
from quotum.run.columns import sums_by
from quotum.run.counting import count, december_hours
from quotum.run.facts import People, YearRows, year_rows
from quotum.run.job_count import (
    BASELINE_YEAR,
    COUNTED,
    NATIONAL,
    NONE,
    December,
    Hours,
    Jobs,
    Parts,
    chosen_baseline,
    count_above,
    extra_government_jobs,
    parts_in_year,
)
from quotum.run.job_terms import JobTerms

FEW = 10
"""A register that knows fewer than one in so many of its people in December 2012 hardly reaches back to it."""


@frozen
class Source:
    """Where other years than the one that is settled come from."""

    archive: Known
    """The archive as known."""
    people: People
    """Register and traits."""
    employers: pa.Table
    """As `tables.EMPLOYERS`."""
    as_of: date
    """Returns count as filed by the end of this day."""
    baseline: str | None = None
    """Which baseline is asked for; see `job_count.chosen_baseline`."""


def count_jobs(engine: Engine, source: Source, found: YearRows, counted: Frame, terms: JobTerms) -> Jobs:
    """The job count of the year; the jobs of government in the year before where the archive holds that December.

    Raises:
        ArchiveLacks: The baseline is to be counted, and no return of December 2012 is there.
    """
    now = hours_of_december(engine, found, counted, source.employers, terms.year)
    then = None if source.baseline in (NATIONAL, NONE) else _of_december(engine, source, BASELINE_YEAR)
    chosen = chosen_baseline(source.baseline, then)
    before = _of_december(engine, source, terms.year - 1)
    return evolve(
        count_above(now, then, chosen, terms),
        few_registered_then=chosen == COUNTED and few_registered_then(source.people, terms.year),
        annual=annual_jobs(engine, counted, source.employers, terms),
        extra_government=None if before is None else extra_government_jobs(now, before, terms),
    )


def hours_of_december(engine: Engine, found: YearRows, counted: Frame, employers: pa.Table, year: int) -> December:
    """Target-group hours that count in a December, and those of hired-in work among them."""
    return December(
        hours_by_sector(engine, found, counted, employers, year),
        hours_by_sector(engine, found, counted, employers, year, "hired_in_hours"),
    )


def hours_by_sector(
    engine: Engine, found: YearRows, counted: Frame, employers: pa.Table, year: int, name: str = "target_hours"
) -> Hours:
    """Hours of a column of the returns that count in December, by sector; nothing when no return does."""
    if name != "target_hours":
        counted = counted.drop("target_hours").rename({name: "target_hours"})
    return december_by_sector(engine, december_hours(counted, found.returns, year), employers)


def december_by_sector(engine: Engine, hours: Frame, employers: pa.Table) -> Hours:
    """Target-group hours that count in December, by sector; None for employers that are not listed."""
    sectors = engine.table(employers.select(["rsin", "sector"]))
    with_sector = hours.join(sectors, on="rsin", how="left")
    found = engine.collect(sums_by(with_sector, ("sector", "four_week_filer"), "target_hours")).to_pylist()
    result: Hours = {}
    for row in found:
        month, four = (0, row["target_hours"]) if row["four_week_filer"] else (row["target_hours"], 0)
        result[row["sector"]] = result.get(row["sector"], DecemberHours(0, 0)) + DecemberHours(month, four)
    return result


def annual_jobs(engine: Engine, counted: Frame, employers: pa.Table, terms: JobTerms) -> Parts:
    """Jobs over the hours of the whole year by part."""
    names = ("target_hours", "hired_in_hours")
    sectors = engine.table(employers.select(["rsin", "sector"]))
    by_sector = sums_by(sums_by(counted, ("rsin",), *names).join(sectors, on="rsin", how="left"), ("sector",), *names)
    found = engine.collect(by_sector).to_pylist()
    target, hired_in = ({row["sector"]: Fraction(row[name]) for row in found} for name in names)
    return parts_in_year(target, hired_in, terms)


def _of_december(engine: Engine, source: Source, year: int) -> December | None:
    """Hours of December of another year; None when the archive holds no return of it."""
    if year not in source.archive.years():
        return None
    periods = (december(year), thirteenth(year))
    found = year_rows(engine, source.archive, source.people, year, source.as_of, periods)
    hours = hours_of_december(engine, found, count(engine, found), source.employers, year)
    return hours if hours.target else None


def few_registered_then(people: People, year: int) -> bool:
    """Whether the register knows nobody in December 2012, or fewer than one in ten of those of December of a year."""
    then, now = (_registered_in(people.register, december(one)) for one in (BASELINE_YEAR, year))
    return then == 0 or then * FEW < now


def _registered_in(register: pa.Table, period: Period) -> int:
    """How many people are registered on a day of a period."""
    before_end = pc.less_equal(register["registered_from"], pa.scalar(period.end, pa.date32()))
    after_start = pc.greater_equal(register["registered_until"], pa.scalar(period.start, pa.date32()))
    return int(pc.count_distinct(register["bsn"].filter(pc.and_(before_end, after_start))).as_py())
