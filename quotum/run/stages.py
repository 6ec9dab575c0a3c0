"""The stages of a settlement in their order: each a function from tables to tables."""

from datetime import date
from fractions import Fraction

import narwhals as nw
import pyarrow as pa
from attrs import frozen

from quotum.archive.in_force import complete_years
from quotum.engine.interface import Engine
from quotum.frames import Frame
from quotum.identifiers import SUB_NUMBERS
from quotum.law import bonus, small_employer, surcharge
from quotum.law.counting import counts_in_december
from quotum.law.pension_age import youngest_pensioner
from quotum.money import require_exact_product, round_half_up, round_up
from quotum.parameters import Figures
from quotum.periods import four_week_periods, months, periods_of_year
from quotum.run.facts import YearRows, four_week_filers
from quotum.run.request import Terms
from quotum.tables import BONUS_LINES, SETTLEMENT, SURCHARGE_LINES

RETURN = ("payroll_tax_number", "period_start", "period_end")
_COUNTS = (
    "base_cents", "base_hours", "paid_hours", "target_hours", "high_rows", "low_rows", "all_rows", "wage_cents",
    "rows_without_bsn", "trait_contradictions", "rows_without_birth_date",
)  # fmt: skip
_RATES_AT_ONCE = 64


def _flag(condition: nw.Expr) -> nw.Expr:
    return nw.when(condition).then(nw.lit(1)).otherwise(nw.lit(0)).cast(nw.Int64)


def _sums(*names: str) -> list[nw.Expr]:
    return [nw.col(name).sum().cast(nw.Int64) for name in names]


def count(engine: Engine, found: YearRows) -> Frame:
    """What each return in force adds up to; a return without rows counts zero.

    Returns:
        `rsin`, payroll tax number, period, `full` and the sums of `_COUNTS`.
    """
    in_group = nw.col("in_target_group") == 1
    asked = bonus.asked_for() & bonus.insured_employment() & in_group
    measured = found.rows.with_columns(
        base_cents=surcharge.base_cents(),
        base_hours=surcharge.base_hours(),
        target_hours=nw.when(in_group).then(nw.col("paid_hours")).otherwise(nw.lit(0)),
        high_rows=_flag(small_employer.declares_high_class()),
        low_rows=_flag(small_employer.declares_low_class()),
        all_rows=nw.lit(1).cast(nw.Int64),
        wage_cents=nw.col("premium_wage_low_cents") + nw.col("premium_wage_high_cents"),
        rows_without_bsn=_flag(nw.col("bsn").is_null()),
        trait_contradictions=nw.col("trait_contradicts"),
        rows_without_birth_date=_flag(asked & nw.col("birth_date").is_null()),
    )
    sums = measured.group_by(*RETURN).agg(*_sums(*_COUNTS))
    return engine.keep(
        found.returns.join(sums, on=list(RETURN), how="left")
        .with_columns(*(nw.col(name).fill_null(0) for name in _COUNTS))
        .with_columns(rsin=nw.col("payroll_tax_number") // SUB_NUMBERS)
    )


def december_hours(counted: Frame, returns: Frame, year: int) -> Frame:
    """Target-group hours that count in December, by `rsin` and `four_week_filer`."""
    filers = four_week_filers(returns, year)
    return (
        counted.join(filers, on="payroll_tax_number", how="left")
        .with_columns(nw.col("four_week_filer").fill_null(0))
        .filter(counts_in_december(year))
        .group_by("rsin", "four_week_filer")
        .agg(*_sums("target_hours"))
    )


def wages_from_returns(found: YearRows, counted: Frame, year: int) -> Frame:
    """Premium wage of a year from returns that are complete for every payroll tax number: `rsin`, `summed_cents`."""
    calendars = [
        [(period.start, period.end) for period in calendar] for calendar in (months(year), four_week_periods(year))
    ]
    whole = complete_years(found.returns, calendars).with_columns(whole=nw.lit(1).cast(nw.Int64))
    numbers = (
        counted.group_by("rsin", "payroll_tax_number")
        .agg(*_sums("wage_cents"))
        .join(whole, on="payroll_tax_number", how="left")
        .with_columns(lacking=nw.lit(1).cast(nw.Int64) - nw.col("whole").fill_null(0))
    )
    return (
        numbers.group_by("rsin")
        .agg(*_sums("wage_cents", "lacking"))
        .filter(nw.col("lacking") == 0)
        .select("rsin", summed_cents=nw.col("wage_cents"))
    )


@frozen
class Wages:
    """Premium wages of year t-2."""

    delivered: Frame
    """`rsin`, `delivered_cents`."""
    summed: Frame
    """`rsin`, `summed_cents`."""


def exempt(engine: Engine, counted: Frame, employers: pa.Table, wages: Wages, terms: Terms) -> Frame:
    """Every employer with whether it is small, and why.

    Returns:
        `rsin`, `sector`, `started_on`, the sums of `_COUNTS`, `premium_wage_t2_cents`, `small_ground`,
        `small_employer`, `wages_differ`, `class_contradicts`, `unknown_employer`.
    """
    delivered = engine.table(employers.select(["rsin", "sector", "started_on"])).with_columns(
        listed=nw.lit(1).cast(nw.Int64)
    )
    sums = engine.keep(counted.group_by("rsin").agg(*_sums(*_COUNTS)))
    everyone = nw.concat([sums.select("rsin"), delivered.select("rsin")], how="vertical").unique()
    joined = everyone
    for other in (delivered, sums, wages.delivered, wages.summed):
        joined = joined.join(other, on="rsin", how="left")
    differ = nw.col("delivered_cents") != nw.col("summed_cents")
    return engine.keep(
        joined.with_columns(*(nw.col(name).fill_null(0) for name in (*_COUNTS, "listed")))
        .with_columns(
            premium_wage_t2_cents=nw.coalesce("delivered_cents", "summed_cents"),
            wages_differ=_flag(differ.fill_null(value=False)),
            unknown_employer=nw.lit(1).cast(nw.Int64) - nw.col("listed"),
        )
        .with_columns(small_ground=small_employer.ground(terms.year))
        .with_columns(small_employer=small_employer.is_small(terms.small_limit_cents))
        .with_columns(class_contradicts=_flag(small_employer.contradicts_declared_class()))
    )


def bonus_lines(engine: Engine, found: YearRows, terms: Terms, figures: Figures) -> Frame:
    """LKV and bonus per employer and person, with `bsn` and `rsin` as integers."""
    limits = engine.table(_pension_limits(terms.year, figures))
    persons = (
        found.rows.filter(bonus.asked_for() & (nw.col("in_target_group") == 1))
        .join(limits, on=["period_start", "period_end"], how="inner")
        .filter(bonus.entitled())
        .group_by("rsin", "bsn")
        .agg(*_sums("paid_hours"))
    )
    hours = nw.col("paid_hours")
    return engine.keep(
        persons.with_columns(
            lkv_cents=bonus.capped_cents(hours, terms.lkv_rate_cents, terms.lkv_cap_cents),
            lkv_capped=bonus.is_capped(hours, terms.lkv_rate_cents, terms.lkv_cap_cents),
            bonus_cents=bonus.capped_cents(hours, terms.bonus_rate_cents, terms.bonus_cap_cents),
            granted_category=nw.lit("jobs_agreement"),
        ).select(*BONUS_LINES.names)
    )


def _pension_limits(year: int, figures: Figures) -> pa.Table:
    """Per period the latest birth date that has reached the pension age on its first day.

    Ages rise by less than a year a year, so the year before is as far back as one need look.
    """
    periods = periods_of_year(year)

    def age(in_year: int) -> int:
        return figures.whole("aow.pension_age_months", date(in_year, 1, 1))

    return pa.table(
        {
            "period_start": pa.array([period.start for period in periods], pa.date32()),
            "period_end": pa.array([period.end for period in periods], pa.date32()),
            "youngest_pensioner": pa.array([youngest_pensioner(p.start, age, year - 1) for p in periods], pa.date32()),
        }
    )


@frozen
class Charged:
    """The surcharge of a year."""

    lines: Frame
    """As `tables.SURCHARGE_LINES`, with `lhnr` and `rsin` as integers; of employers that owe."""
    rate: surcharge.Rate
    """The rate, and where it comes from."""


def charge(engine: Engine, counted: Frame, employers: Frame, bonus_total: int, terms: Terms) -> Charged:
    """The surcharge per return of every employer that owes, at the rate given or solved.

    Raises:
        RateUnsolvable: No rate satisfies the rule.
        SelfCheckFailed: An amount could leave the range that every engine computes exactly.
    """
    owing = employers.filter(~nw.col("small_employer")).select("rsin")
    bases = counted.join(owing, on="rsin", how="semi") if terms.due else counted.filter(nw.col("rsin") < 0)
    kept = engine.keep(bases.select("rsin", *RETURN, "base_cents", "base_hours"))
    rate = _rate(engine, kept, bonus_total, terms)
    largest = engine.collect(kept.select(low=nw.col("base_cents").min(), high=nw.col("base_cents").max())).to_pylist()[
        0
    ]
    require_exact_product(max(abs(largest["low"] or 0), abs(largest["high"] or 0)), rate.hundredths, "base x rate")
    lines = kept.with_columns(
        lhnr=nw.col("payroll_tax_number"),
        surcharge_cents=surcharge.surcharge_cents(nw.col("base_cents"), rate.hundredths).cast(nw.Int64),
    )
    return Charged(engine.keep(lines.select("rsin", *SURCHARGE_LINES.names)), rate)


def _rate(engine: Engine, bases: Frame, bonus_total: int, terms: Terms) -> surcharge.Rate:
    if not terms.due:
        return surcharge.Rate(0, "none")
    if isinstance(terms.rate, int):
        return surcharge.Rate(_of_wage(terms.rate, terms), "given")
    totals = engine.collect(bases.select(*_sums("base_cents", "base_hours"))).to_pylist()[0]
    base, hours = totals["base_cents"] or 0, totals["base_hours"] or 0
    if terms.rate == "balance":
        exact = surcharge.balance_quotient(terms.required_share_hundredths, hours, terms.bonus_rate_cents, base)
        if terms.high_rate_hundredths is None:
            return surcharge.Rate(surcharge.require_possible(round_half_up(exact * 100)), "balance", exact)
        share = surcharge.require_possible(
            round_half_up(exact * surcharge.HUNDRED_PERCENT * 100 / terms.high_rate_hundredths)
        )
        return surcharge.Rate(_of_wage(share, terms), "balance", exact)
    return surcharge.Rate(_smallest_rate(engine, bases, base, bonus_total, terms), "budget")


def _of_wage(hundredths: int, terms: Terms) -> int:
    """A rate as hundredths of a percent point of the wage."""
    if terms.high_rate_hundredths is None:
        return hundredths
    return surcharge.of_high_rate(hundredths, terms.high_rate_hundredths)


def _smallest_rate(engine: Engine, bases: Frame, base: int, bonus_total: int, terms: Terms) -> int:
    """The smallest rate at which the surcharge is at least the bonus.

    Rounding down per return never adds, so no rate below the exact quotient can do: search from there.
    """
    surcharge.require_base(base)
    first = max(round_up(Fraction(bonus_total * surcharge.HUNDRED_PERCENT, base)), 0)
    if terms.high_rate_hundredths is not None:
        first = max(first * surcharge.HUNDRED_PERCENT // terms.high_rate_hundredths - 2, 0)
    while True:
        given = [surcharge.require_possible(first + step) for step in (0,)] + list(
            range(first + 1, first + _RATES_AT_ONCE)
        )
        rates = {f"rate_{number}": _of_wage(number, terms) for number in given}
        columns = {name: surcharge.surcharge_cents(nw.col("base_cents"), rate) for name, rate in rates.items()}
        totals = engine.collect(bases.with_columns(**columns).select(*_sums(*rates))).to_pylist()[0]
        for number in given:
            if (totals[f"rate_{number}"] or 0) >= bonus_total:
                return _of_wage(surcharge.require_possible(number), terms)
        first += _RATES_AT_ONCE


def settle(engine: Engine, employers: Frame, charged: Charged, lines: Frame) -> Frame:
    """One row per employer, as `tables.SETTLEMENT` with `rsin` as an integer.

    Wtl art. 4.4 lid 1: LKV and bonus are paid out; the surcharge is collected with the payroll
    return (Wet banenafspraak art. 6 lid 7). Nothing nets them: `net_cents` is for insight.
    """
    owed = charged.lines.group_by("rsin").agg(
        surcharge_base_cents=nw.col("base_cents").sum().cast(nw.Int64),
        surcharge_cents=nw.col("surcharge_cents").sum().cast(nw.Int64),
    )
    granted = lines.group_by("rsin").agg(*_sums("lkv_cents", "bonus_cents"))
    amounts = ("surcharge_base_cents", "surcharge_cents", "lkv_cents", "bonus_cents")
    return engine.keep(
        employers.join(owed, on="rsin", how="left")
        .join(granted, on="rsin", how="left")
        .with_columns(*(nw.col(name).fill_null(0) for name in amounts))
        .with_columns(
            target_group_hours=nw.col("target_hours"), payable_cents=nw.col("lkv_cents") + nw.col("bonus_cents")
        )
        .with_columns(net_cents=nw.col("payable_cents") - nw.col("surcharge_cents"))
        .select(*SETTLEMENT.names)
    )
