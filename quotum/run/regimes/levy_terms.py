"""The dated figures of the quota levy over a year: given, or computed where they can be."""

from collections.abc import Collection
from datetime import date
from fractions import Fraction
from typing import Final

from attrs import frozen

from quotum.errors import WrongUse
from quotum.law.wet_banenafspraak.savings_loss import CONDITIONAL
from quotum.law.wfsv.job_hours import HoursPerJob
from quotum.law.wfsv.quota_levy import threshold_hours
from quotum.law.wfsv.quota_percentage import (
    COMPUTED,
    GIVEN,
    Percentage,
    PercentageVariables,
    quota_percentage_hundredths,
    two_decimals_down,
)
from quotum.money import HUNDRED_PERCENT
from quotum.parameters import Figures
from quotum.run.terms import Savings, read_savings

SECTORS: Final = {"overheid": "government", "niet-overheid": "market"}
_ACT = "wet_banenafspraak"


@frozen
class LevyTerms:
    """The figures of one year, read once: what the stages of the quota levy compute with."""

    year: int
    """Calendar year."""
    threshold_hours: int
    """Fewest paid hours of an employer that can owe."""
    percentages: dict[str, Percentage]
    """Quota percentage by sector, of the sectors that have employers."""
    hours_per_job_hundredths: int
    """Hours per job (variable D), hundredths."""
    levy_per_job_cents: int
    """Levy per missing job."""
    per_job: HoursPerJob
    """Hours per job in the job count."""
    baseline_hours: dict[str, int]
    """Fixed hours of December 2012 by sector."""
    baseline_jobs_with_hired: Fraction | None
    """Published baseline with hired-in work, both sectors; None when it is not known."""
    target_jobs: dict[str, Fraction]
    """Extra jobs agreed by sector."""
    agency_share: Fraction
    """Share of hired-in work that goes to government where the sectors are judged apart."""
    sectors: str
    """`separate` or `joint`."""
    saving_per_job_cents: Savings
    """Saving booked per job: low, middle, high; None without a figure."""


def read_levy_terms(figures: Figures, year: int, sectors: Collection[str]) -> LevyTerms:
    """Every figure the quota levy of a year rests on.

    Args:
        figures: The parameters.
        year: Calendar year.
        sectors: The sectors that have employers: a percentage that nobody needs is not asked for.

    Raises:
        ParameterMissing: One has no value.
        RateUnsolvable: A percentage cannot be computed from its variables.
        WrongUse: A choice that does not go with the quota levy.
    """
    on = date(year, 1, 1)
    hours_per_job = figures.number("wfsv.average_paid_hours_target_group", on)
    with_hired = f"{_ACT}.baseline_jobs_with_hired"
    return LevyTerms(
        year=year,
        threshold_hours=threshold_hours(
            figures.number("wfsv.quota_threshold_employees", on), figures.number("wfsv.average_paid_hours", on)
        ),
        percentages={sector: read_percentage(figures, SECTORS[sector], on) for sector in SECTORS if sector in sectors},
        hours_per_job_hundredths=int(two_decimals_down(hours_per_job) * 100),
        levy_per_job_cents=figures.cents("wfsv.quota_levy_per_job", on),
        per_job=HoursPerJob(
            figures.number(f"{_ACT}.hours_per_job_year", on), figures.number(f"{_ACT}.hours_per_job_month", on)
        ),
        baseline_hours={sector: figures.whole(f"{_ACT}.baseline_hours_{name}", on) for sector, name in SECTORS.items()},
        baseline_jobs_with_hired=figures.number(with_hired, on) if figures.has(with_hired, on) else None,
        target_jobs={sector: figures.number(f"{_ACT}.target_jobs_{name}", on) for sector, name in SECTORS.items()},
        agency_share=Fraction(figures.hundredths(f"{_ACT}.agency_share_government", on), HUNDRED_PERCENT),
        sectors=_sectors(figures, on),
        saving_per_job_cents=read_savings(figures, on),
    )


def read_percentage(figures: Figures, sector: str, on: date) -> Percentage:
    """The percentage of a sector that is given; only without one, and with every variable known, it is computed.

    Args:
        figures: The parameters.
        sector: `government` or `market`.
        on: First day of the year.

    Raises:
        ParameterMissing: It is not given, and cannot be computed.
        RateUnsolvable: It cannot be computed from its variables.
    """
    name, names = f"wfsv.quota_percentage_{sector}", variables_of_percentage(sector)
    if figures.has(name, on) or not all(figures.has(name, on) for name in names):
        return Percentage(figures.hundredths(name, on), GIVEN)
    variables = PercentageVariables(*(figures.number(name, on) for name in names))
    return Percentage(quota_percentage_hundredths(variables), COMPUTED)


def variables_of_percentage(sector: str) -> tuple[str, ...]:
    """The parameters from which the percentage of a sector is computed, in the order of `PercentageVariables`."""
    return (
        f"wfsv.quota_baseline_jobs_{sector}",
        f"wfsv.quota_extra_jobs_{sector}",
        "wfsv.average_paid_hours_target_group",
        f"wfsv.quota_jobs_{sector}",
        "wfsv.average_paid_hours",
        f"wfsv.quota_persons_38b_2_{sector}",
        f"wfsv.quota_jobs_small_{sector}",
        "wfsv.quota_agency_hours",
    )


def _sectors(figures: Figures, on: date) -> str:
    """How missing jobs are judged: per sector (Wfsv art. 122n lid 1), unless a scenario says otherwise."""
    chosen = figures.choice(f"{_ACT}.sectors", on)
    if chosen == CONDITIONAL:
        raise WrongUse(
            f"{_ACT}.sectors = conditional makes surcharge and bonus depend on the government: --regime quota-levy has "
            "neither; leave it out, or settle as enacted"
        )
    return chosen


__all__ = [
    "COMPUTED",
    "GIVEN",
    "SECTORS",
    "LevyTerms",
    "Percentage",
    "read_levy_terms",
    "read_percentage",
    "variables_of_percentage",
]
