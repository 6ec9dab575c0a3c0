"""Charging the surcharge, at a rate that is given or solved."""

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction

import narwhals as nw
from attrs import frozen

from quotum.engine.interface import Engine
from quotum.frames import Frame
from quotum.law.wet_banenafspraak import surcharge
from quotum.money import CENTS_PER_EURO, require_exact_product, require_exact_sum, round_half_up, round_up
from quotum.run.stages.bounds import Size, size_of
from quotum.run.stages.columns import sums
from quotum.run.stages.deductions import Deducted
from quotum.run.terms import Terms
from quotum.tables import SURCHARGE_LINES

_RATES_AT_ONCE = 64
_PRODUCT = "base x rate"


@frozen
class Charged:
    """The surcharge of a year."""

    lines: Frame
    """As `tables.SURCHARGE_LINES`, with `lhnr` and `rsin` as integers; of employers that owe."""
    rate: surcharge.Rate
    """The rate, and where it comes from."""


def charge(engine: Engine, deducted: Deducted, employers: Frame, bonus_total: int, terms: Terms) -> Charged:
    """The surcharge per return of every employer that owes, at the rate given or solved.

    Raises:
        RateUnsolvable: No rate satisfies the rule.
        SelfCheckFailed: An amount could leave the range that every engine computes exactly.
    """
    owing = employers.filter(~nw.col("small_employer")).select("rsin")
    kept = engine.keep(deducted.bases(owing if terms.due else owing.filter(nw.col("rsin") < 0)))
    size = size_of(engine, kept, "base_cents")
    require_exact_sum(size.total, "the sum of the surcharge bases, in cents,")
    rate = _rate(engine, kept, bonus_total, terms, size)
    require_exact_product(size.largest, rate.hundredths, _PRODUCT)
    charged = size.total * rate.hundredths // surcharge.HUNDRED_PERCENT + size.rows * CENTS_PER_EURO
    require_exact_sum(charged, "the sum of the surcharges, in cents,")
    lines = kept.with_columns(
        lhnr=nw.col("payroll_tax_number"),
        surcharge_cents=surcharge.surcharge_cents(nw.col("base_cents"), rate.hundredths).cast(nw.Int64),
    )
    return Charged(engine.keep(lines.select("rsin", *SURCHARGE_LINES.computed)), rate)


def _rate(engine: Engine, bases: Frame, bonus_total: int, terms: Terms, size: Size) -> surcharge.Rate:
    if not terms.due:
        return surcharge.Rate(0, "none")
    totals = engine.collect(bases.select(*sums("base_cents", "base_hours"))).to_pylist()[0]

    def surcharges(rates: Sequence[int]) -> Iterable[int]:
        require_exact_product(size.largest, max(rates), _PRODUCT)
        columns = {f"rate_{rate}": surcharge.surcharge_cents(nw.col("base_cents"), rate) for rate in rates}
        found = engine.collect(bases.with_columns(**columns).select(*sums(*columns))).to_pylist()[0]
        return [found[f"rate_{rate}"] or 0 for rate in rates]

    return solve(totals["base_cents"] or 0, totals["base_hours"] or 0, bonus_total, terms, surcharges)


def solve(
    base: int, hours: int, bonus_total: int, terms: Terms, surcharges: Callable[[Sequence[int]], Iterable[int]]
) -> surcharge.Rate:
    """The rate of a year: given, or solved over the returns of employers that owe.

    Args:
        base: Their base, cents.
        hours: Paid hours of the rows in it.
        bonus_total: Bonus of all employers, cents.
        terms: The figures of the year, in which a surcharge is due.
        surcharges: The total surcharge in cents at each of some rates, in order; may be asked for part of them only.

    Raises:
        RateUnsolvable: No rate satisfies the rule.
    """
    if isinstance(terms.rate, int):
        return surcharge.Rate(of_wage(terms.rate, terms), "given")
    if terms.rate == "balance":
        exact = surcharge.balance_quotient(terms.required_share_hundredths, hours, terms.bonus_rate_cents, base)
        if terms.high_rate_hundredths is None:
            return surcharge.Rate(surcharge.require_possible(round_half_up(exact * 100)), "balance", exact)
        share = surcharge.require_possible(
            round_half_up(exact * surcharge.HUNDRED_PERCENT * 100 / terms.high_rate_hundredths)
        )
        return surcharge.Rate(of_wage(share, terms), "balance", exact)
    return surcharge.Rate(of_wage(_smallest(base, bonus_total, terms, surcharges), terms), "budget")


def of_wage(hundredths: int, terms: Terms) -> int:
    """A rate as hundredths of a percent point of the wage."""
    if terms.high_rate_hundredths is None:
        return hundredths
    return surcharge.of_high_rate(hundredths, terms.high_rate_hundredths)


def _smallest(base: int, bonus_total: int, terms: Terms, surcharges: Callable[[Sequence[int]], Iterable[int]]) -> int:
    """The smallest rate, as it is given, at which the surcharge is at least the bonus.

    Rounding down per return never adds, so no rate below the exact quotient can do: search from there.
    """
    surcharge.require_base(base)
    first = max(round_up(Fraction(bonus_total * surcharge.HUNDRED_PERCENT, base)), 0)
    if terms.high_rate_hundredths is not None:
        first = max(first * surcharge.HUNDRED_PERCENT // terms.high_rate_hundredths - 2, 0)
    while True:
        surcharge.require_possible(first)
        given = range(first, first + _RATES_AT_ONCE)
        rates = sorted({of_wage(number, terms) for number in given})
        found = zip(rates, surcharges(rates), strict=False)
        enough = next((rate for rate, total in found if total >= bonus_total), None)
        if enough is not None:
            return surcharge.require_possible(next(number for number in given if of_wage(number, terms) >= enough))
        first += _RATES_AT_ONCE
