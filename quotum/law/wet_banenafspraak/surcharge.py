"""Inclusivity surcharge (inclusiviteitsopslag): Wet banenafspraak art. 5, 6.

The surcharge is part of the payroll return and is collected with it (art. 6 lid 7). A known
overcharge: supplements that an employer pays on top of a benefit should stay out of the base (lid
4 c) and cannot be seen in a return; only delivered deductions take them off.
"""

from datetime import date
from fractions import Fraction

import narwhals as nw
from attrs import frozen

from quotum.errors import ParameterFileWrong, RateUnsolvable
from quotum.money import (
    CENTS_PER_EURO,
    HUNDREDTHS_PER_PERCENT,
    PERCENT,
    round_half_up,
)

# An amount in cents times a rate in hundredths of a percent point, divided by this, is whole euros.
WHOLE_EURO = HUNDREDTHS_PER_PERCENT * PERCENT * CENTS_PER_EURO
HUNDRED_PERCENT = HUNDREDTHS_PER_PERCENT * PERCENT


@frozen
class Rate:
    """The surcharge rate of a year."""

    hundredths: int
    """Hundredths of a percent point of the premium wage."""
    source: str
    """Where it comes from: `given`, `balance` or `budget`; `none` when no surcharge is due."""
    quotient: Fraction | None = None
    """The exact percentage before rounding, when it was solved in balance."""


def is_due(year: int, in_force_from: date | None, activated_in: int | None, delay_years: int) -> bool:
    """Whether the surcharge is due over a year.

    Art. 6 lid 1: from 1 January of the second calendar year after the year of activation; art. 12
    lid 1: not for years before the articles are in force.

    Args:
        year: Calendar year.
        in_force_from: First day of articles 1 to 6; None while there is none.
        activated_in: Year in which activation was decided; None while it was not.
        delay_years: Years between activation and the first surcharge.

    Raises:
        ParameterFileWrong: Activation before the articles are in force.
    """
    if activated_in is None:
        return False
    if in_force_from is None or activated_in < in_force_from.year:
        raise ParameterFileWrong(
            "wet_banenafspraak.activated_in lies before the year of wet_banenafspraak.in_force_from: the regime can "
            "only be activated when articles 1 to 6 are in force (Wet banenafspraak art. 5, 13 lid 1); set both in "
            "the scenario"
        )
    return year >= activated_in + delay_years and year >= in_force_from.year


def base_cents() -> nw.Expr:
    """Premium wage of a row over which the surcharge is computed, cents (art. 6 lid 4).

    All rows of any kind, without those whose kind of work is out; benefits have their own column
    and stay out.
    """
    wage = nw.col("premium_wage_low_cents") + nw.col("premium_wage_high_cents")
    return nw.when(nw.col("out_of_base") == 1).then(nw.lit(0)).otherwise(wage).cast(nw.Int64)


def base_hours() -> nw.Expr:
    """Paid hours of a row that is in the base."""
    return nw.when(nw.col("out_of_base") == 1).then(nw.lit(0)).otherwise(nw.col("paid_hours")).cast(nw.Int64)


def deduction_exceeds_base() -> nw.Expr:
    """Whether more is to be left out of a return than its base holds: a finding.

    Columns: `base_cents` and `deduction_cents` of a return.
    """
    return (nw.col("deduction_cents") > 0) & (nw.col("deduction_cents") > nw.col("base_cents"))


def base_after_deduction_cents() -> nw.Expr:
    """Base of a return after leaving out supplements on benefits, cents (art. 6 lid 4 c).

    Never below zero because of a deduction (a reading): no more can be left out than is in. A base
    below zero by itself stays as it is; a deduction below zero, which corrects an earlier one, adds.

    Columns: `base_cents` and `deduction_cents` of a return.
    """
    base, deduction = nw.col("base_cents"), nw.col("deduction_cents")
    zero_at_most = nw.when(base > 0).then(nw.lit(0)).otherwise(base)
    return nw.when(deduction_exceeds_base()).then(zero_at_most).otherwise(base - deduction).cast(nw.Int64)


def surcharge_cents(base: nw.Expr, rate_hundredths: int) -> nw.Expr:
    """Surcharge over one return, in cents, always whole euros.

    Art. 6 lid 6: one percentage for all; Wfsv art. 35 lid 1: "de maatstaf voor de heffing van de
    premie is het loon". Rounded towards minus infinity, as collective amounts of a return are.

    Args:
        base: Premium wage that counts, cents per return; may be negative.
        rate_hundredths: Hundredths of a percent point of the premium wage.
    """
    return base * rate_hundredths // WHOLE_EURO * CENTS_PER_EURO


def of_high_rate(share_hundredths: int, high_rate_hundredths: int) -> int:
    """A percentage of the high Aof rate as hundredths of a percent point of the wage, rounded half up."""
    return round_half_up(Fraction(share_hundredths * high_rate_hundredths, HUNDRED_PERCENT))


def balance_quotient(required_share_hundredths: int, hours: int, bonus_rate_cents: int, base: int) -> Fraction:
    """The percentage at which employers with the required share pay what they receive, exact.

    Kamerstuk 34 352 nr. 281, footnote 17: then "is de heffing in evenwicht met de bonus".

    Args:
        required_share_hundredths: Required share of paid hours, hundredths of a percent.
        hours: Paid hours of the rows in the base, of employers that owe.
        bonus_rate_cents: Bonus, cents per hour.
        base: Surcharge base of employers that owe, cents.

    Raises:
        RateUnsolvable: There is no positive base.
    """
    require_base(base)
    return Fraction(required_share_hundredths * hours * bonus_rate_cents, base * HUNDREDTHS_PER_PERCENT)


def require_base(base: int) -> None:
    """A rate can only be solved over a positive base.

    Raises:
        RateUnsolvable: It is zero or negative.
    """
    if base <= 0:
        raise RateUnsolvable(
            "the surcharge rate cannot be solved: the employers that owe have no positive surcharge base; "
            "give wet_banenafspraak.surcharge_rate as a number in a scenario"
        )


def require_possible(hundredths: int) -> int:
    """A solved rate of at most one hundred percent.

    Raises:
        RateUnsolvable: It is above.
    """
    if hundredths > HUNDRED_PERCENT:
        raise RateUnsolvable(
            "the surcharge rate cannot be solved: it would be above 100%; look at required_share, the bonus and "
            "the employers that owe, or give wet_banenafspraak.surcharge_rate as a number"
        )
    return hundredths
