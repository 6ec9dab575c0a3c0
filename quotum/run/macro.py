"""The figures for the whole country: jobs, savings loss, totals (law.md rules 2 and 8)."""

from collections.abc import Iterable
from fractions import Fraction

import narwhals as nw
import pyarrow as pa
from attrs import asdict, evolve, field, frozen

from quotum.engine.interface import Engine
from quotum.frames import Frame
from quotum.law.counting import DecemberHours, HoursPerJob, hired_in_moved, jobs_in_december, jobs_in_year
from quotum.law.readings import Reading
from quotum.law.savings_loss import SectorCount, missing_jobs, savings_losses_cents
from quotum.law.surcharge import Rate
from quotum.money import decimal_text
from quotum.parameters import Figure
from quotum.run.columns import sums, sums_by
from quotum.run.job_terms import JobTerms
from quotum.run.request import Savings, Terms

GOVERNMENT, MARKET = "overheid", "niet-overheid"
FIXED, COUNTED = "fixed", "counted"


@frozen
class Jobs:
    """The job count of a year."""

    government: SectorCount
    """Sector overheid."""
    market: SectorCount
    """Sector niet-overheid."""
    total: SectorCount
    """Both, and employers without sector."""
    jobs_total: Fraction
    """Jobs of the target group in December, before the baseline is taken off."""
    baseline_source: str
    """`counted` from returns of December 2012, or `fixed` in the Regeling."""
    annual: dict[str | None, Fraction] = field(factory=dict)
    """Jobs over the hours of the whole year, by sector; None for employers that are not listed."""
    extra_government: Fraction | None = None
    """Extra jobs at government employers against December of the year before; None when that is not there."""


@frozen
class Totals:
    """Sums over all employers; amounts in cents."""

    surcharge_cents: int
    """Surcharge."""
    lkv_cents: int
    """LKV."""
    bonus_cents: int
    """Bonus."""
    payable_cents: int
    """LKV and bonus."""
    net_cents: int
    """Payable less surcharge."""
    employers: int
    """Employers."""
    small_employers: int | None
    """Small ones among them; None when nobody is tested."""
    payers: int
    """Employers that pay a surcharge."""
    receivers: int
    """Employers that receive LKV or bonus."""


@frozen
class Macro:
    """Everything `macro.json` says."""

    simulation: bool
    """Whether a scenario set any parameter."""
    jobs: Jobs
    """The job count."""
    missing: Fraction
    """Missing jobs that count for the savings loss."""
    savings_loss: Savings
    """Savings loss in cents: low, middle, high; None without a figure."""
    totals: Totals
    """Sums over all employers."""
    rate: Rate
    """The surcharge rate."""
    terms: Terms
    """What was computed with."""
    assumed: tuple[Figure, ...]
    """Assumed figures used."""
    readings: tuple[Reading, ...]
    """Readings the figures rest on."""

    @property
    def missing_with_hired(self) -> Fraction | None:
        """Missing jobs against the published baseline with hired-in work; None when the baseline was counted."""
        return missing_with_hired(self.jobs, self.terms.baseline_jobs_with_hired)


def missing_with_hired(jobs: Jobs, with_hired: Fraction | None) -> Fraction | None:
    """Missing jobs against a baseline with hired-in work; None without one, or when the baseline was counted."""
    if with_hired is None or jobs.baseline_source == COUNTED:
        return None
    return max(jobs.total.target - (jobs.jobs_total - with_hired), Fraction(0))


def december_by_sector(engine: Engine, hours: Frame, employers: pa.Table) -> dict[str | None, DecemberHours]:
    """Target-group hours that count in December, by sector; None for employers that are not listed."""
    sectors = engine.table(employers.select(["rsin", "sector"]))
    with_sector = hours.join(sectors, on="rsin", how="left")
    found = engine.collect(sums_by(with_sector, ("sector", "four_week_filer"), "target_hours")).to_pylist()
    result: dict[str | None, DecemberHours] = {}
    for row in found:
        month, four = (0, row["target_hours"]) if row["four_week_filer"] else (row["target_hours"], 0)
        result[row["sector"]] = result.get(row["sector"], DecemberHours(0, 0)) + DecemberHours(month, four)
    return result


def with_hired_in_moved(
    hours: dict[str | None, DecemberHours], hired_in: dict[str | None, DecemberHours], terms: JobTerms
) -> dict[str | None, DecemberHours]:
    """Hours by sector, with the share of the hired-in hours of market employers that counts as government."""
    none = DecemberHours(0, 0)
    government, market = hired_in_moved(
        hours.get(GOVERNMENT, none), hours.get(MARKET, none), hired_in.get(MARKET, none), terms.agency_share
    )
    return {**hours, GOVERNMENT: government, MARKET: market}


def annual_jobs(engine: Engine, counted: Frame, employers: pa.Table, terms: JobTerms) -> dict[str | None, Fraction]:
    """Jobs over the hours of the whole year, by sector: reported beside the count of December, changing nothing."""
    names = ("target_hours", "hired_in_hours")
    sectors = engine.table(employers.select(["rsin", "sector"]))
    by_sector = sums_by(sums_by(counted, ("rsin",), *names).join(sectors, on="rsin", how="left"), ("sector",), *names)
    found = {row["sector"]: row for row in engine.collect(by_sector).to_pylist()}
    hours = {sector: Fraction(row["target_hours"]) for sector, row in found.items()}
    hired_in = Fraction(found[MARKET]["hired_in_hours"]) if MARKET in found else Fraction(0)
    government, market = hired_in_moved(
        hours.get(GOVERNMENT, Fraction(0)), hours.get(MARKET, Fraction(0)), hired_in, terms.agency_share
    )
    moved = {**hours, GOVERNMENT: government, MARKET: market}
    return {sector: jobs_in_year(number, terms.per_job) for sector, number in moved.items()}


def extra_government_jobs(
    now: dict[str | None, DecemberHours], before: dict[str | None, DecemberHours], terms: JobTerms
) -> Fraction:
    """Extra jobs at government employers against the year before (Wet banenafspraak art. 4 lid 4)."""
    none = DecemberHours(0, 0)
    jobs_now = jobs_in_december(now.get(GOVERNMENT, none), terms.year, terms.per_job)
    return jobs_now - jobs_in_december(before.get(GOVERNMENT, none), terms.year - 1, terms.per_job)


def count_jobs(
    hours: dict[str | None, DecemberHours],
    baseline: dict[str | None, DecemberHours] | None,
    baseline_year: int,
    terms: JobTerms,
) -> Jobs:
    """Target, baseline and realised extra jobs per sector and in total.

    Args:
        hours: Hours of December of the year, by sector.
        baseline: Hours of December 2012 when the archive holds them; None: the fixed ones decide.
        baseline_year: 2012.
        terms: Targets, hours per job and fixed baseline.
    """
    jobs = _jobs(hours, terms.year, terms.per_job)
    if baseline is None:
        start = {sector: terms.baseline_hours[sector] / terms.per_job.month for sector in (GOVERNMENT, MARKET)}
        start_total = sum(start.values(), Fraction(0))
    else:
        counted = _jobs(baseline, baseline_year, terms.per_job)
        start = {sector: counted.get(sector, Fraction(0)) for sector in (GOVERNMENT, MARKET)}
        start_total = sum(counted.values(), Fraction(0))
    total = sum(jobs.values(), Fraction(0))
    sectors = {
        sector: SectorCount(terms.target_jobs[sector], start[sector], jobs.get(sector, Fraction(0)) - start[sector])
        for sector in (GOVERNMENT, MARKET)
    }
    both = SectorCount(sum(terms.target_jobs.values(), Fraction(0)), start_total, total - start_total)
    return Jobs(sectors[GOVERNMENT], sectors[MARKET], both, total, FIXED if baseline is None else COUNTED)


def _jobs(hours: dict[str | None, DecemberHours], year: int, per_job: HoursPerJob) -> dict[str | None, Fraction]:
    return {sector: jobs_in_december(found, year, per_job) for sector, found in hours.items()}


def sum_up(engine: Engine, settlement: Frame, *, tested: bool = True) -> Totals:
    """Sums over all employers.

    Args:
        engine: Where it runs.
        settlement: As `tables.SETTLEMENT`.
        tested: Whether it was tested which of them are small.
    """
    one, none = nw.lit(1), nw.lit(0)
    amounts = ("surcharge_cents", "lkv_cents", "bonus_cents", "payable_cents", "net_cents")
    flags = {
        "employers": one,
        "small_employers": nw.when(nw.col("small_employer")).then(one).otherwise(none),
        "payers": nw.when(nw.col("surcharge_cents") > 0).then(one).otherwise(none),
        "receivers": nw.when(nw.col("payable_cents") > 0).then(one).otherwise(none),
    }
    counted = settlement.select(*amounts, "small_employer").with_columns(**flags)
    row = engine.collect(counted.select(*sums(*amounts, *flags))).to_pylist()[0]
    found = Totals(**{name: value or 0 for name, value in row.items()})
    return found if tested else evolve(found, small_employers=None)


def savings_losses(jobs: Jobs, totals: Totals, terms: Terms) -> tuple[Fraction, Savings]:
    """Missing jobs that count, and the savings loss over them: low, middle, high."""
    missing = missing_jobs(jobs.government, jobs.market, jobs.total, terms.sectors)
    revenue = terms.due and totals.surcharge_cents > 0
    return missing, savings_losses_cents(missing, terms.saving_per_job_cents, revenue=revenue)


def sectors_json(jobs: Jobs, missing: Fraction) -> dict[str, dict[str, str]]:
    """What `macro.json` holds of the sectors, with the missing jobs that count for the savings loss in the total."""
    source = jobs.baseline_source
    annual = {sector: jobs.annual.get(sector, Fraction(0)) for sector in (GOVERNMENT, MARKET)}
    annual_total = sum(jobs.annual.values(), Fraction(0))
    return {
        "government": _sector_json(jobs.government, source, jobs.government.missing, annual[GOVERNMENT]),
        "market": _sector_json(jobs.market, source, jobs.market.missing, annual[MARKET]),
        "total": _sector_json(jobs.total, source, missing, annual_total),
    }


def _sector_json(count: SectorCount, source: str, missing: Fraction, annual: Fraction) -> dict[str, str]:
    return {
        "target_jobs": decimal_text(count.target),
        "baseline_jobs": decimal_text(count.baseline),
        "realised_jobs": decimal_text(count.realised),
        "missing_jobs": decimal_text(missing),
        "annual_jobs": decimal_text(annual),
        "baseline_source": source,
    }


def as_json(macro: Macro) -> dict[str, object]:
    """What `macro.json` holds."""
    jobs = macro.jobs
    low, middle, high = macro.savings_loss
    with_hired, extra = macro.missing_with_hired, jobs.extra_government
    return {
        "simulation": macro.simulation,
        "year": macro.terms.year,
        "regime_in_force": macro.terms.in_force,
        "surcharge_due": macro.terms.due,
        "sectors_judged": macro.terms.sectors,
        "government_condition_met": macro.terms.condition_met,
        "sectors": sectors_json(jobs, macro.missing),
        "extra_government_jobs": None if extra is None else decimal_text(extra),
        "missing_jobs_against_baseline_with_hired": None if with_hired is None else decimal_text(with_hired),
        "savings_loss_cents": middle,
        "savings_loss_low_cents": low,
        "savings_loss_high_cents": high,
        "savings_loss_booked_cents": macro.terms.savings_loss_booked_cents,
        "totals": asdict(macro.totals),
        "rate_hundredths": macro.rate.hundredths if macro.terms.due else None,
        "rate_source": macro.rate.source,
        "rate_quotient": None if macro.rate.quotient is None else str(macro.rate.quotient),
        "assumed": assumed_json(macro.assumed),
        "readings": [asdict(reading) for reading in macro.readings],
    }


def assumed_json(figures: Iterable[Figure]) -> list[dict[str, object]]:
    """What `macro.json` holds of the assumed figures."""
    return [
        {"name": figure.name, "value": figure.value, "unit": figure.unit, "source": figure.source} for figure in figures
    ]
