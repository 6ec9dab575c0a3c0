"""The job count of a year from the rows: against the baseline, over the whole year, and against the year before."""

from datetime import date
from fractions import Fraction

import pyarrow as pa
import pyarrow.compute as pc
from attrs import evolve, frozen

from quotum.archive.known import Known
from quotum.engine.interface import Engine
from quotum.frames import Frame
from quotum.law.wfsv.job_count import (
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
    few_registered,
    parts_in_year,
)
from quotum.law.wfsv.job_hours import DecemberHours
from quotum.law.wfsv.job_terms import JobTerms
from quotum.periods import BASELINE_YEAR, Period, december, thirteenth
from quotum.run.stages.columns import sums_by
from quotum.run.stages.counts import Counted, count, december_hours
from quotum.run.stages.rows_in_force import People, year_rows


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


def count_jobs(engine: Engine, source: Source, counted: Counted, terms: JobTerms) -> Jobs:
    """The job count of the year; the jobs of government in the year before where the archive holds that December.

    Raises:
        ArchiveLacks: The baseline is to be counted, and no return of December 2012 is there.
    """
    now = hours_of_december(engine, counted, source.employers, terms.year)
    in_baseline = None if source.baseline in (NATIONAL, NONE) else _of_december(engine, source, BASELINE_YEAR)
    chosen = chosen_baseline(source.baseline, in_baseline)
    before = _of_december(engine, source, terms.year - 1)
    return evolve(
        count_above(now, in_baseline, chosen, terms),
        few_registered_then=chosen == COUNTED and few_registered_then(source.people, terms.year),
        annual=annual_jobs(engine, counted, source.employers, terms),
        extra_government=None if before is None else extra_government_jobs(now, before, terms),
    )


def hours_of_december(engine: Engine, counted: Counted, employers: pa.Table, year: int) -> December:
    """Target-group hours that count in a December, and those of hired-in work among them."""
    names = ("target_hours", "hired_in_hours")
    hours = december_hours(counted.returns, counted.looked_at, year, names)
    hours_by_sector = by_sector(engine, hours, employers, names)
    return December(*(hours_by_sector[name] for name in names))


def by_sector(engine: Engine, hours: Frame, employers: pa.Table, names: tuple[str, ...]) -> dict[str, Hours]:
    """Hours that count in December by sector, of each column; nothing when no return counts.

    None stands for the sector of employers that are not listed.

    Args:
        engine: Where it runs.
        hours: As `counting.december_hours`.
        employers: As `tables.EMPLOYERS`.
        names: The columns.
    """
    sectors = engine.table(employers.select(["rsin", "sector"]))
    with_sector = hours.join(sectors, on="rsin", how="left")
    rows = engine.collect(sums_by(with_sector, ("sector", "four_week_filer"), *names)).to_pylist()
    result: dict[str, Hours] = {name: {} for name in names}
    for row in rows:
        for name, by in result.items():
            month, four = (0, row[name]) if row["four_week_filer"] else (row[name], 0)
            by[row["sector"]] = by.get(row["sector"], DecemberHours(0, 0)) + DecemberHours(month, four)
    return result


def annual_jobs(engine: Engine, counted: Counted, employers: pa.Table, terms: JobTerms) -> Parts:
    """Jobs over the hours of the whole year by part."""
    names = ("target_hours", "hired_in_hours")
    sectors = engine.table(employers.select(["rsin", "sector"]))
    with_sector = counted.employers.select("rsin", *names).join(sectors, on="rsin", how="left")
    rows = engine.collect(sums_by(with_sector, ("sector",), *names)).to_pylist()
    target, hired_in = ({row["sector"]: Fraction(row[name]) for row in rows} for name in names)
    return parts_in_year(target, hired_in, terms)


def _of_december(engine: Engine, source: Source, year: int) -> December | None:
    """Hours of December of another year; None when the archive holds no return of it."""
    if year not in source.archive.years():
        return None
    periods = (december(year), thirteenth(year))
    rows = year_rows(engine, source.archive, source.people, year, source.as_of, periods)
    hours = hours_of_december(engine, count(engine, rows), source.employers, year)
    return hours if hours.target else None


def few_registered_then(people: People, year: int) -> bool:
    """Whether the register knows nobody in December 2012, or fewer than one in ten of those of December of a year."""
    in_baseline, in_year = (
        _registered_in(people.register, december(calendar_year)) for calendar_year in (BASELINE_YEAR, year)
    )
    return few_registered(in_baseline, in_year)


def _registered_in(register: pa.Table, period: Period) -> int:
    """How many people are registered on a day of a period."""
    before_end = pc.less_equal(register["registered_from"], pa.scalar(period.end, pa.date32()))
    after_start = pc.greater_equal(register["registered_until"], pa.scalar(period.start, pa.date32()))
    return int(pc.count_distinct(register["bsn"].filter(pc.and_(before_end, after_start))).as_py())
