"""The job count of a year: against the baseline, over the whole year, and against the year before."""

from datetime import date

import pyarrow as pa
from attrs import evolve, frozen

from quotum.archive.known import Known
from quotum.engine.interface import Engine
from quotum.frames import Frame
from quotum.law.counting import DecemberHours
from quotum.periods import december, thirteenth
from quotum.run import macro
from quotum.run.counting import count, december_hours
from quotum.run.facts import People, YearRows, year_rows
from quotum.run.job_terms import JobTerms
from quotum.run.record import BASELINE_YEAR

Hours = dict[str | None, DecemberHours]


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


def count_jobs(engine: Engine, source: Source, found: YearRows, counted: Frame, terms: JobTerms) -> macro.Jobs:
    """The job count of the year.

    The baseline is counted where the archive holds returns and registrations of December 2012, and
    fixed otherwise; the jobs of government in the year before where it holds returns of that December.
    """
    now = december_by_sector(engine, found, counted, source.employers, terms, terms.year)
    baseline = _of_december(engine, source, terms, BASELINE_YEAR) if registered_then(source.people) else {}
    before = _of_december(engine, source, terms, terms.year - 1)
    return evolve(
        macro.count_jobs(now, baseline or None, BASELINE_YEAR, terms),
        annual=macro.annual_jobs(engine, counted, source.employers, terms),
        extra_government=macro.extra_government_jobs(now, before, terms) if before else None,
    )


def december_by_sector(
    engine: Engine, found: YearRows, counted: Frame, employers: pa.Table, terms: JobTerms, year: int
) -> Hours:
    """Target-group hours that count in December, by sector, hired-in hours moved; nothing when no return does."""
    hours = hours_by_sector(engine, found, counted, employers, year)
    if not hours or not terms.agency_share:
        return hours
    hired_in = hours_by_sector(engine, found, counted, employers, year, "hired_in_hours")
    return macro.with_hired_in_moved(hours, hired_in, terms)


def hours_by_sector(
    engine: Engine, found: YearRows, counted: Frame, employers: pa.Table, year: int, name: str = "target_hours"
) -> Hours:
    """Hours of a column of the returns that count in December, by sector."""
    if name != "target_hours":
        counted = counted.drop("target_hours").rename({name: "target_hours"})
    return macro.december_by_sector(engine, december_hours(counted, found.returns, year), employers)


def _of_december(engine: Engine, source: Source, terms: JobTerms, year: int) -> Hours:
    """Hours of December of another year; nothing when the archive holds no return of it."""
    if year not in source.archive.years():
        return {}
    periods = (december(year), thirteenth(year))
    found = year_rows(engine, source.archive, source.people, year, source.as_of, periods)
    return december_by_sector(engine, found, count(engine, found), source.employers, terms, year)


def registered_then(people: People) -> bool:
    """Whether the register knows anybody in December 2012."""
    first, last = december(BASELINE_YEAR).start, december(BASELINE_YEAR).end
    starts, ends = people.register["registered_from"].to_pylist(), people.register["registered_until"].to_pylist()
    return any(start <= last and end >= first for start, end in zip(starts, ends, strict=True))
