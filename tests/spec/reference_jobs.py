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
HIRED_IN = "hired-in"
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
    baseline_with_hired: Fraction | None = Fraction(75_179)
    """Published baseline with hired-in work; None when it is not known."""
    agency_share: Fraction = Fraction(0)
    """Share of hired-in work that goes to government where sectors are judged apart."""
    baseline: str | None = None
    """The baseline asked for; None: counted when returns of December 2012 are there."""
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
    """`Count` by part (both sectors, hired-in) and of all together (None); empty without a baseline."""
    december: dict
    """Jobs in December by part; None: all together."""
    source: str
    annual: dict
    """Jobs over the hours of the year by part; None: all together."""
    extra_government: Fraction | None
    few_registered: bool


def december(country, as_of, year):
    """Hours of December by employer; employers without a return that counts are not in it."""
    returns = in_force(country.returns, year, as_of)
    filers = four_week_filers(returns, year)
    result = {}
    for (lhnr, first, last), rows in returns.items():
        four = lhnr in filers
        if (first, last) != (four_weeks(year)[12] if four else months(year)[11]):
            continue
        counting = [row for row in rows.values() if in_target_group(row, country)]
        all_hours, hired = (sum(hours(row) for row in counting if group(row)) for group in (_any, _hired(country)))
        before = result.get(rsin_of(lhnr), December())
        result[rsin_of(lhnr)] = December(
            before.month_filers + (0 if four else all_hours),
            before.four_week_filers + (all_hours if four else 0),
            before.month_filers_hired + (0 if four else hired),
            before.four_week_filers_hired + (hired if four else 0),
        )
    return result


def _any(_row):
    return True


def _hired(country):
    return lambda row: hired_in(row, country.traits)


def four_week_filers(returns, year):
    """Numbers that filed a period that exists only in the four-week calendar."""
    only = set(four_weeks(year)) - set(months(year))
    return {lhnr for lhnr, first, last in returns if (first, last) in only}


def hired_in(row, traits):
    """Agency and payroll workers, who is lent out on all days in service, and Wsw employees who are seconded.

    Seconded by nature (22); a Wsw employee (21, or the trait on all days) on any day, for only that makes the row
    count; anybody else on all days.
    """

    def touches(name, day_):
        return any(trait["trait"] == name and on(trait, row, day_) for trait in traits)

    days = days_in_service(row)
    always = {name for name in ("lent_out", "wsw", "wsw_seconded") if all(touches(name, moment) for moment in days)}
    wsw = row["CdAard"] == "21" or "wsw" in always
    seconded = wsw and any(touches("wsw_seconded", moment) for moment in days)
    return row["CdAard"] in {"11", "82", "22"} or seconded or bool(always & {"lent_out", "wsw_seconded"})


def jobs_of(result, year):
    """Jobs of hours in December: of all, and of the hired-in ones among them."""
    first, last = four_weeks(year)[12]
    four = Fraction(28, (last - first).days + 1) / (HOURS_PER_JOB_YEAR / 13)
    return (
        result.month_filers / HOURS_PER_JOB_MONTH + result.four_week_filers * four,
        result.month_filers_hired / HOURS_PER_JOB_MONTH + result.four_week_filers_hired * four,
    )


def by_part(country, jobs):
    """Jobs (all, hired in) per employer added by part; those of employers without sector in the total only."""
    sectors = {row["rsin"]: row["sector"] for row in country.employers}
    parts = {part: Fraction(0) for part in (GOVERNMENT, MARKET, HIRED_IN, None)}
    hired_without_sector = Fraction(0)
    for rsin, (number, hired_number) in jobs.items():
        parts[None] += number
        if sectors.get(rsin) is None:
            hired_without_sector += hired_number
        else:
            parts[sectors[rsin]] += number - hired_number
            parts[HIRED_IN] += hired_number
    return parts, hired_without_sector


def december_jobs(country, as_of, year):
    """Jobs in December by part; None when no return of that December is there."""
    result = december(country, as_of, year)
    return by_part(country, {rsin: jobs_of(item, year) for rsin, item in result.items()}) if result else None


def annual_jobs(country, as_of, year):
    """Jobs over the hours of the whole year by part."""
    result = {}
    for (lhnr, _, _), rows in in_force(country.returns, year, as_of).items():
        counting = [row for row in rows.values() if in_target_group(row, country)]
        before, before_hired = result.get(rsin_of(lhnr), (Fraction(0), Fraction(0)))
        hired = sum(hours(row) for row in counting if hired_in(row, country.traits))
        result[rsin_of(lhnr)] = (
            before + sum(hours(row) for row in counting) / HOURS_PER_JOB_YEAR,
            before_hired + hired / HOURS_PER_JOB_YEAR,
        )
    return by_part(country, result)[0]


def count_jobs(country, as_of, figures):
    """Realised jobs above the baseline, part by part; counted when returns of December 2012 are there.

    Without a known zero of hired-in work, it is left out: of its own part and of the total.
    """
    nothing = (dict.fromkeys((GOVERNMENT, MARKET, HIRED_IN, None), Fraction(0)), Fraction(0))
    jobs, hired_without_sector = december_jobs(country, as_of, figures.year) or nothing
    baseline = december_jobs(country, as_of, BASELINE_YEAR)
    source = figures.baseline or ("national" if baseline is None else "counted")
    counts = {}
    if source != "none":
        start, realised = _zeros(baseline, source, figures), dict(jobs)
        if HIRED_IN not in start:
            realised[None] -= jobs[HIRED_IN] + hired_without_sector
        targets = figures.targets | {HIRED_IN: Fraction(0), None: sum(figures.targets.values(), Fraction(0))}
        counts = {part: Count(targets[part], zero, realised[part] - zero) for part, zero in start.items()}
    before = december_jobs(country, as_of, figures.year - 1)
    return JobCount(
        counts,
        jobs,
        source,
        annual_jobs(country, as_of, figures.year),
        None if before is None else _of_government(jobs, figures) - _of_government(before[0], figures),
        source == "counted" and _few_registered(country, figures.year),
    )


def _zeros(baseline, source, figures):
    if source == "counted":
        return baseline[0]
    start = {sector: number / HOURS_PER_JOB_MONTH for sector, number in figures.baseline_hours.items()}
    sectors = sum(start.values(), Fraction(0))
    if figures.baseline_with_hired is None:
        return start | {None: sectors}
    return start | {HIRED_IN: figures.baseline_with_hired - sectors, None: figures.baseline_with_hired}


def _of_government(jobs, figures):
    return jobs[GOVERNMENT] + jobs[HIRED_IN] * figures.agency_share


def _few_registered(country, year):
    """Nobody is registered in December 2012, or fewer than one in ten of December of the year."""
    baseline, now = (
        {
            registration["bsn"]
            for registration in country.register
            if day(registration["registered_from"]) <= date(calendar_year, 12, 31)
            and (day(registration["registered_until"]) or FAR) >= date(calendar_year, 12, 1)
        }
        for calendar_year in (BASELINE_YEAR, year)
    )
    return not baseline or len(baseline) * 10 < len(now)


def counts_by_sector(counts, figures):
    """Government and market where they are judged apart: each with its share of hired-in work, zero and jobs alike."""
    hired = counts.get(HIRED_IN, Count(Fraction(0), Fraction(0), Fraction(0)))
    shares = {GOVERNMENT: figures.agency_share, MARKET: 1 - figures.agency_share}
    return {
        sector: Count(
            counts[sector].target,
            counts[sector].baseline + hired.baseline * share,
            counts[sector].realised + hired.realised * share,
        )
        for sector, share in shares.items()
    }


def judged(counts, figures):
    """How the sectors are judged, and whether surcharge and bonus are due."""
    if figures.sectors != "conditional":
        return figures.sectors, figures.due
    share = Fraction(figures.required_government_share, 10_000)
    government = counts_by_sector(counts, figures)[GOVERNMENT]
    enough = government.realised >= share * government.target
    return ("joint", figures.due) if enough else ("separate", False)


def missing_jobs(counts, sectors, figures):
    """Separate: the sum of what each sector misses; joint: what all parts together miss."""
    if sectors == "joint":
        return counts[None].missing
    return sum((count.missing for count in counts_by_sector(counts, figures).values()), Fraction(0))


def part_of_the_country(counts, figures):
    """Fewer jobs than the baseline itself, or a baseline of everything below the fixed one of the market alone."""
    return counts[None].realised < 0 or counts[None].baseline < figures.baseline_hours[MARKET] / HOURS_PER_JOB_MONTH


def savings_losses(counts, missing, figures, *, revenue):
    """Missing jobs x saving, half up to the cent; none when a working quota regime brings in revenue.

    Nothing is said of what is plainly a part of the country.
    """
    if part_of_the_country(counts, figures):
        return None
    return tuple(0 if revenue else floor(missing * saving + Fraction(1, 2)) for saving in figures.savings)
