"""Baseline and job count (nulmeting en banentelling): Wfsv art. 122n, Regeling Wfsv art. 3.32-3.34.

One job is 25.5 paid hours a week: 1,331 hours a year, 110.92 a month. Every hour counts, pro rata,
without a maximum per person.
"""

from fractions import Fraction

import narwhals as nw
from attrs import frozen

from quotum.frames import Frame, each_once, one_of
from quotum.periods import DAYS_IN_FOUR_WEEKS, LAST_FOUR_WEEK_PERIOD, Period, december, only_four_weeks, thirteenth


@frozen
class DecemberHours:
    """Target-group hours that count in December of a year."""

    month_filers: int | Fraction
    """Hours over December, of payroll tax numbers that file by month."""
    four_week_filers: int | Fraction
    """Hours over the thirteenth period, of payroll tax numbers that file by four weeks."""

    def __add__(self, other: "DecemberHours") -> "DecemberHours":
        """The hours of two groups of employers together."""
        return DecemberHours(self.month_filers + other.month_filers, self.four_week_filers + other.four_week_filers)

    def __mul__(self, share: Fraction) -> "DecemberHours":
        """A share of the hours, exact."""
        return DecemberHours(self.month_filers * share, self.four_week_filers * share)


@frozen
class HoursPerJob:
    """How many paid hours are one job."""

    year: Fraction
    """Hours per job per year (1,331)."""
    month: Fraction
    """Hours per job per month (110.92)."""


def four_week_filers(returns: Frame, year: int) -> Frame:
    """Payroll tax numbers that filed a period that exists only in the four-week calendar; all others file by month.

    Args:
        returns: Returns in force of a year: payroll tax number, period.
        year: Calendar year.

    Returns:
        `payroll_tax_number`, each once, and `four_week_filer` (always 1).
    """
    starts = [period.start for period in only_four_weeks(year)]
    ends = [period.end for period in only_four_weeks(year)]
    filed = returns.filter(one_of(nw.col("period_start"), starts) & one_of(nw.col("period_end"), ends))
    return each_once(filed, "payroll_tax_number").with_columns(four_week_filer=nw.lit(1).cast(nw.Int64))


def counts_in_december(year: int) -> nw.Expr:
    """Whether a row is in the period in which the jobs of a year are counted.

    Month filers: December. Four-week filers (`four_week_filer` is 1): the thirteenth period.
    """
    return nw.when(nw.col("four_week_filer") == 1).then(_is(thirteenth(year))).otherwise(_is(december(year)))


def may_count_in_december(year: int) -> nw.Expr:
    """Whether a row is in December or the thirteenth period; its filer says in which of both jobs are counted."""
    return _is(thirteenth(year)) | _is(december(year))


def _is(period: Period) -> nw.Expr:
    return (nw.col("period_start") == period.start) & (nw.col("period_end") == period.end)


def jobs_in_december(hours: DecemberHours, year: int, per_job: HoursPerJob) -> Fraction:
    """Jobs of the target group in December of a year, exact.

    Month filers / 110.92, plus four-week filers x 28 / days of the thirteenth period / (1,331 / 13).

    Args:
        hours: Target-group hours that count.
        year: Calendar year.
        per_job: Hours per job.
    """
    four_weeks = hours.four_week_filers * Fraction(DAYS_IN_FOUR_WEEKS, thirteenth(year).days)
    return hours.month_filers / per_job.month + four_weeks / (per_job.year / LAST_FOUR_WEEK_PERIOD)


def hired_in_zero(with_hired: Fraction | None, government: Fraction, market: Fraction) -> Fraction | None:
    """The fixed zero of hired-in work, in jobs: the published one with it, less those of the two sectors.

    Args:
        with_hired: Published baseline with hired-in work; None when it is not known.
        government: Fixed baseline of government, jobs.
        market: Fixed baseline of the market, jobs.

    Returns:
        Jobs, exact; None when it is not known.
    """
    return None if with_hired is None else with_hired - government - market


def jobs_in_year(hours: int | Fraction, per_job: HoursPerJob) -> Fraction:
    """Jobs over the hours of a whole year: reported beside the count of December, it changes no amount."""
    return hours / per_job.year
