"""The dated figures of a year with which it is settled."""

from datetime import date
from fractions import Fraction
from typing import Final

from attrs import evolve, frozen

from quotum.law.wet_banenafspraak import activation
from quotum.law.wet_banenafspraak.rate import BALANCE
from quotum.law.wet_banenafspraak.savings_loss import CONDITIONAL, JOINT, sectors_judged
from quotum.law.wfsv.job_count import Jobs
from quotum.law.wfsv.job_hours import HoursPerJob
from quotum.law.wfsv.small_employer import limit_cents
from quotum.law.wtl.bonus import bonus_due
from quotum.law.wtl.terms import LkvTerms, Price
from quotum.money import HUNDRED_PERCENT
from quotum.parameters import Figures
from quotum.run.lkv_terms import read_lkv_terms

_ACT = "wet_banenafspraak"
SAVINGS: Final = (f"{_ACT}.saving_per_job_low", f"{_ACT}.saving_per_job", f"{_ACT}.saving_per_job_high")
"""Parameters of the saving booked per job: low, middle, high."""
Savings = tuple[int | None, int | None, int | None]
"""Cents per job, or in all: low, middle, high; None where there is no figure."""


@frozen
class Terms:
    """The figures of one year, read once: what the stages compute with."""

    year: int
    """Calendar year."""
    due: bool
    """Whether surcharge and bonus are due over the year."""
    in_force: bool
    """Whether articles 1 to 6 of the Wet banenafspraak are in force in the year."""
    small_limit_cents: int | None
    """Largest premium wage of year t-2 of a small employer; None when nobody is tested (see `_small_limit`)."""
    lkv_rate_cents: int
    """LKV, cents per hour."""
    lkv_cap_cents: int
    """Most LKV per person per employer."""
    lkv: LkvTerms
    """Which text of the LKV holds, how long rights last, and the other three benefits."""
    bonus_rate_cents: int
    """Bonus, cents per hour; 0 when it is not due."""
    bonus_cap_cents: int
    """Most bonus per person; 0 is without maximum."""
    rate: int | str
    """Surcharge rate in hundredths, or the rule that solves it; 0 when it is not due."""
    required_share_hundredths: int
    """Required share of target-group hours, for the rate in balance."""
    high_rate_hundredths: int | None
    """High Aof rate when the surcharge is a percentage of it; None when it is of the wage."""
    per_job: HoursPerJob
    """Hours per job."""
    baseline_hours: dict[str, int]
    """Fixed hours of December 2012 by sector (overheid, niet-overheid)."""
    baseline_jobs_with_hired: Fraction | None
    """Published baseline with hired-in work, both sectors; None when it is not known."""
    target_jobs: dict[str, Fraction]
    """Extra jobs agreed by sector."""
    sectors: str
    """`separate` or `joint`; `conditional` until the jobs are counted."""
    required_government_share_hundredths: int | None
    """Share of its target that government must have realised; None when nothing depends on it."""
    agency_share: Fraction
    """Share, between 0 and 1, of hired-in work that goes to government where the sectors are judged apart."""
    saving_per_job_cents: Savings
    """Saving booked per job: low, middle, high; None without a figure."""
    maximum_premium_wage_cents: int | None
    """Maximum premium wage of a person at an employer; None when unknown."""
    savings_loss_booked_cents: dict[str, int | None]
    """Savings loss in the budget documents (government, market, total); None for years without."""
    condition_met: bool | None = None
    """Whether government has realised enough; None when nothing depends on it, or before the jobs are counted."""

    @property
    def lkv_price(self) -> Price:
        """What an hour is worth in LKV."""
        return Price(self.lkv_rate_cents, self.lkv_cap_cents)

    @property
    def bonus_price(self) -> Price:
        """What an hour is worth in bonus; nothing when it is not due."""
        return Price(self.bonus_rate_cents, self.bonus_cap_cents)


def read_terms(figures: Figures, year: int) -> Terms:
    """Every figure a settlement of a year rests on.

    Raises:
        ParameterMissing: One has no value.
        ParameterFileWrong: Activation before the articles are in force.
        WrongUse: A choice this version does not compute.
    """
    on = date(year, 1, 1)
    lkv = figures.cents("wtl.jobs_agreement_rate", on), figures.cents("wtl.jobs_agreement_cap", on)
    due, in_force = _in_force(figures, year)
    bonus = bonus_due(surcharge_due=due)
    rate = figures.rate_or_rule(f"{_ACT}.surcharge_rate", on) if due else 0
    basis = figures.choice(f"{_ACT}.surcharge_basis", on) if due else "wage"
    sectors = _sectors(figures, on, in_force=in_force)
    required = f"{_ACT}.required_government_share"
    with_hired = f"{_ACT}.baseline_jobs_with_hired"
    maximum = "wfsv.maximum_premium_wage"
    return Terms(
        year=year,
        due=due,
        in_force=in_force,
        small_limit_cents=_small_limit(figures, on, due=due),
        lkv_rate_cents=lkv[0],
        lkv_cap_cents=lkv[1],
        lkv=read_lkv_terms(figures, year),
        bonus_rate_cents=figures.cents("wtl.bonus_rate", on) if bonus else 0,
        bonus_cap_cents=figures.cents("wtl.bonus_cap", on) if bonus else 0,
        rate=rate,
        required_share_hundredths=figures.hundredths(f"{_ACT}.required_share", on) if rate == BALANCE else 0,
        high_rate_hundredths=figures.hundredths("wfsv.aof_high_rate", on) if basis == "high_rate" else None,
        per_job=HoursPerJob(
            figures.number(f"{_ACT}.hours_per_job_year", on), figures.number(f"{_ACT}.hours_per_job_month", on)
        ),
        baseline_hours={
            "overheid": figures.whole(f"{_ACT}.baseline_hours_government", on),
            "niet-overheid": figures.whole(f"{_ACT}.baseline_hours_market", on),
        },
        baseline_jobs_with_hired=figures.number(with_hired, on) if figures.has(with_hired, on) else None,
        target_jobs={
            "overheid": figures.number(f"{_ACT}.target_jobs_government", on),
            "niet-overheid": figures.number(f"{_ACT}.target_jobs_market", on),
        },
        sectors=sectors,
        required_government_share_hundredths=figures.hundredths(required, on) if sectors == CONDITIONAL else None,
        agency_share=Fraction(figures.hundredths(f"{_ACT}.agency_share_government", on), HUNDRED_PERCENT),
        saving_per_job_cents=read_savings(figures, on),
        maximum_premium_wage_cents=figures.cents(maximum, on) if figures.has(maximum, on) else None,
        savings_loss_booked_cents=_booked(figures, on),
    )


def _small_limit(figures: Figures, on: date, *, due: bool) -> int | None:
    """Largest premium wage of a small employer.

    Over a year without a surcharge no amount rests on it: without its figures nobody is tested.
    """
    names = "wfsv.average_premium_wage", "wfsv.small_employer_factor"
    if not due and not all(figures.has(name, on) for name in names):
        return None
    return limit_cents(figures.cents(names[0], on), figures.number(names[1], on))


def read_savings(figures: Figures, on: date) -> Savings:
    """Saving booked per job in cents: low, middle, high. None without a figure, since no amount rests on it."""
    low, middle, high = (figures.cents(name, on) if figures.has(name, on) else None for name in SAVINGS)
    return low, middle, high


def judged(terms: Terms, jobs: Jobs) -> Terms:
    """The terms once the jobs are counted: what `conditional` comes down to.

    Args:
        terms: The terms.
        jobs: The job count; government with its share of hired-in work decides.

    Raises:
        WrongUse: It depends on the job count, and there is no baseline.
    """
    return judged_as(terms, activation.realised_enough(jobs, terms.required_government_share_hundredths))


def judged_as(terms: Terms, enough: bool | None) -> Terms:
    """The terms as the job count made them.

    Joint, and surcharge and bonus due as they were, when government has realised enough; otherwise
    separate, and neither is due.

    Args:
        terms: The terms.
        enough: Whether government has realised enough; None when nothing depends on it.
    """
    if enough is None:
        return terms
    result = evolve(terms, sectors=sectors_judged(enough=enough), condition_met=enough)
    return result if enough else with_nothing_due(result)


def with_nothing_due(terms: Terms) -> Terms:
    """The terms of a year over which neither surcharge nor bonus is due."""
    return evolve(terms, due=False, rate=0, bonus_rate_cents=0, bonus_cap_cents=0)


def _booked(figures: Figures, on: date) -> dict[str, int | None]:
    names = {part: f"{_ACT}.savings_loss_booked_{part}" for part in ("government", "market", "total")}
    return {part: figures.cents(name, on) if figures.has(name, on) else None for part, name in names.items()}


def _in_force(figures: Figures, year: int) -> tuple[bool, bool]:
    """Whether the regime is due over a year, and whether its articles are in force in it."""
    last = date(year, 12, 31)
    force = f"{_ACT}.in_force_from"
    activated = f"{_ACT}.activated_in"
    in_force_from = figures.day(force, last) if figures.has(force, last) else None
    activated_in = figures.whole(activated, last) if figures.has(activated, last) else None
    delay = figures.whole(f"{_ACT}.surcharge_delay_years", last) if activated_in is not None else 0
    due = activation.is_due(year, in_force_from, activated_in, delay)
    return due, activation.is_in_force(year, in_force_from)


def _sectors(figures: Figures, on: date, *, in_force: bool) -> str:
    """How the sectors are judged."""
    name = f"{_ACT}.sectors"
    jointly = activation.is_judged_jointly(in_force=in_force, by_scenario=figures.is_set(name))
    return JOINT if jointly else figures.choice(name, on)
