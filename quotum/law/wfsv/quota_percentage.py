"""The quota percentage of a sector (quotumpercentage): Wfsv art. 38f lid 2; Besluit Wfsv art. 2.22, 2.32.

Given, or computed from its variables; everything is exact.
"""

from fractions import Fraction
from typing import Final

from attrs import frozen

from quotum.errors import RateUnsolvable
from quotum.law.conditions import Question, Text
from quotum.money import HUNDRED_PERCENT, round_down

GIVEN, COMPUTED = "given", "computed"
HUNDREDTHS: Final = 100

PERCENTAGE: Final = Question(
    "Wfsv art. 38c, 38f; Regeling Wfsv art. 3.31",
    Text("What is the quota percentage of its sector?", "Wat is het quotumpercentage van de sector?"),
)


@frozen
class Percentage:
    """The quota percentage of a sector."""

    hundredths: int
    """Hundredths of a percent point."""
    source: str
    """`given` or `computed`."""


@frozen
class PercentageVariables:
    """The variables of the quota percentage of one sector (Wfsv art. 38f lid 2)."""

    baseline_jobs: Fraction
    """A: jobs in the baseline measurement (nulmeting)."""
    extra_jobs: Fraction
    """B: extra jobs of the jobs agreement that the quota asks for."""
    target_group_hours_per_job: Fraction
    """C: mean paid hours of a person in the target group; G is the same (Besluit Wfsv art. 2.32 onderdeel d)."""
    jobs: Fraction
    """D: all jobs of the sector."""
    hours_per_job: Fraction
    """E: mean paid hours of an employee."""
    other_persons: Fraction
    """F: persons of art. 38b lid 2."""
    jobs_at_small_employers: Fraction
    """H: extra jobs at small employers, who owe no levy."""
    agency_hours: Fraction
    """Hours of agency workers, which lessen D x E (Besluit Wfsv art. 2.32 onderdeel a)."""


def two_decimals_down(value: Fraction) -> Fraction:
    """A variable as the formulas take it: rounded down to two decimals (Besluit Wfsv art. 2.22, 2.23)."""
    return Fraction(round_down(value * HUNDREDTHS), HUNDREDTHS)


def quota_percentage_hundredths(variables: PercentageVariables) -> int:
    """Quota percentage of a sector (quotumpercentage), in hundredths of a percent point.

    Wfsv art. 38f lid 2: ((A + B - H) x C + F x G) / (D x E) x 100, D x E lessened by the hours of
    agency workers; variables and outcome are rounded down to two decimals (Besluit Wfsv art. 2.22).
    The sign of H and the place of F x G are a reading: they give the 1.93% of the government in 2018.

    Args:
        variables: Jobs, persons and hours, not yet rounded.

    Raises:
        RateUnsolvable: There are no hours to divide by.
    """
    baseline, extra = two_decimals_down(variables.baseline_jobs), two_decimals_down(variables.extra_jobs)
    small, persons = two_decimals_down(variables.jobs_at_small_employers), two_decimals_down(variables.other_persons)
    target_hours = two_decimals_down(variables.target_group_hours_per_job)
    all_hours = two_decimals_down(variables.jobs) * two_decimals_down(variables.hours_per_job)
    hours = all_hours - two_decimals_down(variables.agency_hours)
    if hours <= 0:
        raise RateUnsolvable(
            "the quota percentage cannot be computed: D x E less the hours of agency workers is not positive (Wfsv "
            "art. 38f lid 2); look at quota_jobs and quota_agency_hours, or give the percentage in a scenario"
        )
    return round_down(((baseline + extra - small) * target_hours + persons * target_hours) / hours * HUNDRED_PERCENT)
