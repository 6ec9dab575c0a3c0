"""Charging the surcharge, at a rate that is given or solved."""

from collections.abc import Iterable, Sequence

import narwhals as nw
from attrs import frozen

from quotum.engine.interface import Engine
from quotum.frames import Frame
from quotum.law.wet_banenafspraak import surcharge
from quotum.law.wet_banenafspraak.rate import NONE, Rate, solve
from quotum.money import CENTS_PER_EURO, HUNDRED_PERCENT, require_exact_product, require_exact_sum
from quotum.run.stages import tables
from quotum.run.stages.bounds import Size, size_of
from quotum.run.stages.columns import sums
from quotum.run.stages.deductions import Deducted
from quotum.run.stages.outputs import gives
from quotum.run.terms import Terms
from quotum.tables import SURCHARGE_LINES

_PRODUCT = "base x rate"


@frozen
class Charged:
    """The surcharge of a year."""

    lines: Frame
    """As `tables.SURCHARGE_LINES`, with `lhnr` and `rsin` as integers; of employers that owe."""
    rate: Rate
    """The rate, and where it comes from."""


@gives(lines=tables.CHARGED)
def charge(engine: Engine, deducted: Deducted, employers: Frame, bonus_total: int, terms: Terms) -> Charged:
    """The surcharge per return of every employer that owes, at the rate given or solved.

    Raises:
        RateUnsolvable: No rate satisfies the rule.
        SelfCheckFailed: An amount could leave the range that every engine computes exactly.
    """
    owing = employers.filter(surcharge.not_small()).select("rsin")
    bases = engine.keep(deducted.bases(owing if terms.due else owing.filter(nw.col("rsin") < 0)))
    size = size_of(engine, bases, "base_cents")
    require_exact_sum(size.total, "the sum of the surcharge bases, in cents,")
    rate = _rate(engine, bases, bonus_total, terms, size)
    require_exact_product(size.largest, rate.hundredths, _PRODUCT)
    charged = size.total * rate.hundredths // HUNDRED_PERCENT + size.rows * CENTS_PER_EURO
    require_exact_sum(charged, "the sum of the surcharges, in cents,")
    lines = bases.with_columns(
        lhnr=nw.col("payroll_tax_number"),
        surcharge_cents=surcharge.surcharge_cents(nw.col("base_cents"), rate.hundredths).cast(nw.Int64),
    )
    return Charged(engine.keep(lines.select("rsin", *SURCHARGE_LINES.computed)), rate)


def _rate(engine: Engine, bases: Frame, bonus_total: int, terms: Terms, size: Size) -> Rate:
    if not terms.due:
        return Rate(0, NONE)
    totals = engine.collect(bases.select(*sums("base_cents", "base_hours"))).to_pylist()[0]

    def surcharges(rates: Sequence[int]) -> Iterable[int]:
        require_exact_product(size.largest, max(rates), _PRODUCT)
        columns = {f"rate_{rate}": surcharge.surcharge_cents(nw.col("base_cents"), rate) for rate in rates}
        totals_by_rate = engine.collect(bases.with_columns(**columns).select(*sums(*columns))).to_pylist()[0]
        return [totals_by_rate[f"rate_{rate}"] or 0 for rate in rates]

    return solve(totals["base_cents"] or 0, totals["base_hours"] or 0, bonus_total, terms, surcharges)
