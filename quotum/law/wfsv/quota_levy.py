"""The quota levy (quotumheffing): Wfsv art. 34, 38f-38h; Besluit Wfsv art. 2.20-2.33, the older regime.

Never executed (art. 122na suspends it): it gives no decision, only figures. Everything is exact: the
tenths of the shortage lie on boundaries that binary fractions miss.
"""

from datetime import date
from fractions import Fraction
from typing import Final

import narwhals as nw
from attrs import frozen

from quotum.errors import RateUnsolvable
from quotum.frames import Frame, one_of
from quotum.law.kinds_of_work import AGENCY_WORKER, RELATION, ROW, WSW, WSW_SECONDED
from quotum.law.service import first_day_in_service, last_day_in_service
from quotum.money import HUNDREDTHS_PER_PERCENT, PERCENT, round_down, round_up

TENTHS_PER_JOB: Final = 10
HUNDREDTHS: Final = 100
WHOLE: Final = HUNDREDTHS_PER_PERCENT * PERCENT
# Hours times hundredths of a percent, divided by hundredths of an hour times this, are tenths of a job.
PER_TENTH: Final = WHOLE // (TENTHS_PER_JOB * HUNDREDTHS)

# Traits that put an income relation out of the hours of the levy.
LEFT_OUT_TRAITS: Final = ("lent_out", "wsw", "wsw_seconded")


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
    return round_down(((baseline + extra - small) * target_hours + persons * target_hours) / hours * WHOLE)


def threshold_hours(employees: Fraction, hours_per_employee: Fraction) -> int:
    """Fewest paid hours in a year of an employer that owes the levy (Wfsv art. 34 lid 4; Besluit Wfsv art. 2.20)."""
    return round_up(employees * hours_per_employee)


def threshold_filed_by(year: int) -> date:
    """Day by which returns of year t-1 count for the threshold: 1 May of year t (Wfsv art. 34 lid 7)."""
    return date(year, 5, 1)


def allocations_agreed_by(year: int) -> date:
    """Last day to agree on hours allocated over year t: 1 August of t+1 (Besluit Wfsv art. 2.28 lid 3, 2.30)."""
    return date(year + 1, 8, 1)


def left_out_by_trait(rows: Frame, intervals: Frame) -> Frame:
    """Rows of which a trait covers all days in service.

    A right that begins or ends within a period is extended over the whole of it (Wfsv art. 38g lid
    8), so a row is out only when no day in service is left.

    Args:
        rows: Rows with `fragment`, `row`, the relation's key, the period and the days of the relation.
        intervals: Of `LEFT_OUT_TRAITS` together: the relation's key, `from_day`, `until_day` (never
            null), touching intervals merged.

    Returns:
        `fragment`, `row` and `trait_leaves_out` (always 1), each row once.
    """
    days = rows.select(*ROW, *RELATION, first_day=first_day_in_service(), last_day=last_day_in_service()).join(
        intervals, on=list(RELATION), how="inner"
    )
    covers = (nw.col("from_day") <= nw.col("first_day")) & (nw.col("until_day") >= nw.col("last_day"))
    return (
        days.filter(covers)
        .select(*ROW)
        .unique(subset=list(ROW))
        .with_columns(trait_leaves_out=nw.lit(1).cast(nw.Int64))
    )


def is_left_out() -> nw.Expr:
    """Whether the hours of a row stay out of the levy, for the threshold and for variables A and C.

    Wfsv art. 38g lid 2, 5; Besluit Wfsv art. 2.31, 2.33: agency workers at the lender (`CdAard` 11),
    and Wsw employments, seconded or not (21, 22); as everywhere, the delivered traits add to the
    nature (`lent_out`, `wsw`, `wsw_seconded`). Payroll workers (82) are not named and stay in, unless
    a trait says that they are lent out. Sheltered work (24) is not named either: its hours are in A,
    and rule 1 keeps it out of C.
    """
    nature = nw.col("employment_nature").fill_null(0)
    return one_of(nature, (AGENCY_WORKER, WSW, WSW_SECONDED)) | (nw.col("trait_leaves_out").fill_null(0) == 1)


def is_bound(threshold: int) -> nw.Expr:
    """Whether an employer can owe the levy: at least the threshold in year t-1 and in year t.

    Wfsv art. 34 lid 4, 7; both numbers of hours are what is left after `is_left_out`.

    Args:
        threshold: Paid hours. Columns: `counted_hours_t1`, `counted_hours`.
    """
    return (nw.col("counted_hours_t1") >= threshold) & (nw.col("counted_hours") >= threshold)


def agreed_in_time(year: int) -> nw.Expr:
    """Whether an allocation was agreed by 1 August of t+1 (Besluit Wfsv art. 2.28 lid 3, 2.30)."""
    return nw.col("agreed_on") <= allocations_agreed_by(year)


def within_persons_hours() -> nw.Expr:
    """Whether allocated hours are at most the target-group hours of the person at the lender (Besluit Wfsv art. 2.28).

    Columns: `allocated_hours`, `target_hours` (null: the person has none there).
    """
    return nw.col("allocated_hours") <= nw.col("target_hours").fill_null(0)


def taken_off_lender() -> nw.Expr:
    """Hours of one person that an allocation takes off variable C of the lender.

    Wfsv art. 38g; Besluit Wfsv art. 2.28. What the person worked as an agency worker was never in
    variable C of the lender (art. 38g lid 5) and cannot be taken off it: those hours go first (a reading).
    Agency hours below zero (a correction) are none: no more is taken off than was allocated.

    Columns: `allocated_hours`; `target_hours` and `counted_target_hours` of the person at the lender.
    """
    difference = nw.col("target_hours") - nw.col("counted_target_hours")
    outside = nw.when(difference < 0).then(nw.lit(0)).otherwise(difference)
    rest = nw.col("allocated_hours") - outside
    return nw.when(rest < 0).then(nw.lit(0)).otherwise(rest).cast(nw.Int64)


def shortage_tenths(hours_per_job_hundredths: int) -> nw.Expr:
    """Quota shortage (quotumtekort) of an employer, in tenths of a job, rounded down and not below zero.

    Wfsv art. 38g: (A x B% - C) / D, A the paid hours, B the quota percentage, C the hours of the
    target group, D the hours of a job; variables have two decimals (Besluit Wfsv art. 2.23).

    Args:
        hours_per_job_hundredths: D in hundredths of an hour. Columns: `counted_hours` (A),
            `quota_percentage_hundredths` (B), `levy_target_hours` (C).
    """
    owed = nw.col("counted_hours") * nw.col("quota_percentage_hundredths") - nw.col("levy_target_hours") * WHOLE
    missing = nw.when(owed < 0).then(nw.lit(0)).otherwise(owed)
    return (missing // (hours_per_job_hundredths * PER_TENTH)).cast(nw.Int64)


def levy_cents(levy_per_job_cents: int) -> nw.Expr:
    """Quota levy (quotumheffing), cents: shortage x 5,000 euro (Wfsv art. 38h lid 4).

    Args:
        levy_per_job_cents: Cents per missing job. Column: `quota_shortage_tenths`.
    """
    return (nw.col("quota_shortage_tenths") * levy_per_job_cents // TENTHS_PER_JOB).cast(nw.Int64)
