"""A plain reference: the job count and the macro figures (rules 2 and 8 of law.md), employer by employer.

Ordinary Python with `Fraction`, written from law.md like `reference.py`; nothing of quotum is imported.
"""

from datetime import date
from fractions import Fraction
from math import floor

from attrs import frozen

from tests.spec.reference import (
    FAR,
    day,
    days_in_service,
    four_weeks,
    hours,
    in_force,
    in_target_group,
    months,
    on,
    rsin_of,
)

GOVERNMENT, MARKET = "overheid", "niet-overheid"
BASELINE_YEAR = 2012
HOURS_PER_JOB_YEAR, HOURS_PER_JOB_MONTH = Fraction(1_331), Fraction("110.92")


@frozen
class JobFigures:
    """Figures of a year; shares in hundredths of a percent, amounts in cents."""

    year: int
    targets: dict
    """Extra jobs agreed by sector."""
    baseline_hours: dict
    """Fixed hours of December 2012 by sector."""
    baseline_with_hired: Fraction = Fraction(75_179)
    agency_share: Fraction = Fraction(0)
    """Share of the hired-in hours with market employers that is worked with government."""
    sectors: str = "separate"
    required_government_share: int | None = None
    due: bool = False
    savings: tuple = (0, 0, 0)
    """Saving per job: low, middle, high."""


@frozen
class Count:
    """Jobs of one sector, or of all employers together."""

    target: Fraction
    baseline: Fraction
    realised: Fraction

    @property
    def missing(self):
        """What was agreed and not realised."""
        return max(self.target - self.realised, Fraction(0))


@frozen
class December:
    """Target-group hours of one employer that count in December."""

    month_filers: int = 0
    four_week_filers: int = 0
    month_filers_hired: int = 0
    four_week_filers_hired: int = 0


@frozen
class JobCount:
    """The job count of a year."""

    counts: dict
    """`Count` by sector; None: all together."""
    jobs_total: Fraction
    source: str
    annual: dict
    """Jobs over the hours of the year by sector; None: employers without sector."""
    extra_government: Fraction | None
    missing_with_hired: Fraction | None


def december(country, as_of, year):
    """Hours of December by employer; employers without a return that counts are not in it."""
    returns = in_force(country.returns, year, as_of)
    filers = four_week_filers(returns, year)
    found = {}
    for (lhnr, first, last), rows in returns.items():
        four = lhnr in filers
        if (first, last) != (four_weeks(year)[12] if four else months(year)[11]):
            continue
        counting = [row for row in rows.values() if in_target_group(row, country)]
        all_hours, hired = (sum(hours(row) for row in counting if those(row)) for those in (_any, _hired(country)))
        before = found.get(rsin_of(lhnr), December())
        found[rsin_of(lhnr)] = December(
            before.month_filers + (0 if four else all_hours),
            before.four_week_filers + (all_hours if four else 0),
            before.month_filers_hired + (0 if four else hired),
            before.four_week_filers_hired + (hired if four else 0),
        )
    return found


def _any(_row):
    return True


def _hired(country):
    return lambda row: hired_in(row, country.traits)


def four_week_filers(returns, year):
    """Numbers that filed a period that exists only in the four-week calendar."""
    only = set(four_weeks(year)) - set(months(year))
    return {lhnr for lhnr, first, last in returns if (first, last) in only}


def hired_in(row, traits):
    """Agency and payroll workers, and who is lent out on all days in service."""
    lent = [one for one in traits if one["trait"] == "lent_out"]
    return row["CdAard"] in {"11", "82"} or all(
        any(on(one, row, each) for one in lent) for each in days_in_service(row)
    )


def jobs_of(found, year):
    """Jobs of hours in December: of all, and of the hired-in ones among them."""
    first, last = four_weeks(year)[12]
    four = Fraction(28, (last - first).days + 1) / (HOURS_PER_JOB_YEAR / 13)
    return (
        found.month_filers / HOURS_PER_JOB_MONTH + found.four_week_filers * four,
        found.month_filers_hired / HOURS_PER_JOB_MONTH + found.four_week_filers_hired * four,
    )


def by_sector(country, jobs, share):
    """Jobs (all, hired in) per employer added by sector; a share of what the market hired in is government's."""
    sectors = {row["rsin"]: row["sector"] for row in country.employers}
    added, hired = ({sector: Fraction(0) for sector in (GOVERNMENT, MARKET, None)} for _ in range(2))
    for rsin, (number, hired_number) in jobs.items():
        added[sectors.get(rsin)] += number
        hired[sectors.get(rsin)] += hired_number
    added[GOVERNMENT] += hired[MARKET] * share
    added[MARKET] -= hired[MARKET] * share
    return added


def december_jobs(country, as_of, year, share):
    """Jobs in December by sector; None when no return of that December is there."""
    found = december(country, as_of, year)
    return by_sector(country, {rsin: jobs_of(one, year) for rsin, one in found.items()}, share) if found else None


def annual_jobs(country, as_of, year, share):
    """Jobs over the hours of the whole year by sector."""
    found = {}
    for (lhnr, _, _), rows in in_force(country.returns, year, as_of).items():
        counting = [row for row in rows.values() if in_target_group(row, country)]
        before, before_hired = found.get(rsin_of(lhnr), (Fraction(0), Fraction(0)))
        hired = sum(hours(row) for row in counting if hired_in(row, country.traits))
        found[rsin_of(lhnr)] = (
            before + sum(hours(row) for row in counting) / HOURS_PER_JOB_YEAR,
            before_hired + hired / HOURS_PER_JOB_YEAR,
        )
    return by_sector(country, found, share)


def count_jobs(country, as_of, figures):
    """Realised jobs above the baseline, which is counted when returns and registrations of 2012 are there."""
    share = figures.agency_share
    now = december_jobs(country, as_of, figures.year, share) or {}
    start = december_jobs(country, as_of, BASELINE_YEAR, share) if _registered_then(country) else None
    source = "fixed" if start is None else "counted"
    if start is None:
        start = {sector: number / HOURS_PER_JOB_MONTH for sector, number in figures.baseline_hours.items()}
    counts = {
        sector: Count(figures.targets[sector], start[sector], now.get(sector, Fraction(0)) - start[sector])
        for sector in (GOVERNMENT, MARKET)
    }
    jobs, baseline = sum(now.values(), Fraction(0)), sum(start.values(), Fraction(0))
    counts[None] = Count(sum(figures.targets.values(), Fraction(0)), baseline, jobs - baseline)
    before = december_jobs(country, as_of, figures.year - 1, share)
    return JobCount(
        counts,
        jobs,
        source,
        annual_jobs(country, as_of, figures.year, share),
        None if before is None else now.get(GOVERNMENT, Fraction(0)) - before[GOVERNMENT],
        max(counts[None].target - (jobs - figures.baseline_with_hired), Fraction(0)) if source == "fixed" else None,
    )


def _registered_then(country):
    first, last = date(BASELINE_YEAR, 12, 1), date(BASELINE_YEAR, 12, 31)
    return any(
        day(one["registered_from"]) <= last and (day(one["registered_until"]) or FAR) >= first
        for one in country.register
    )


def judged(counts, figures):
    """How the sectors are judged, and whether surcharge and bonus are due."""
    if figures.sectors != "conditional":
        return figures.sectors, figures.due
    share = Fraction(figures.required_government_share, 10_000)
    enough = counts[GOVERNMENT].realised >= share * counts[GOVERNMENT].target
    return ("joint", figures.due) if enough else ("separate", False)


def missing_jobs(counts, sectors):
    """Separate: the sum of what each sector misses; joint: what all together miss."""
    return counts[None].missing if sectors == "joint" else counts[GOVERNMENT].missing + counts[MARKET].missing


def savings_losses(missing, figures, *, revenue):
    """Missing jobs x saving, half up to the cent; none when a working quota regime brings in revenue."""
    return tuple(0 if revenue else floor(missing * saving + Fraction(1, 2)) for saving in figures.savings)
