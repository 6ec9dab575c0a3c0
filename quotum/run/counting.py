"""Counting: what each return adds up to, the hours of December, the wages of a year."""

from collections.abc import Mapping

import narwhals as nw

from quotum.archive.in_force import complete_years
from quotum.engine.interface import Engine
from quotum.frames import Frame
from quotum.identifiers import SUB_NUMBERS
from quotum.law import bonus, small_employer, surcharge
from quotum.law.counting import counts_in_december
from quotum.law.kinds_of_work import hired_in, out_of_surcharge_base
from quotum.money import require_exact_sum
from quotum.periods import four_week_periods, months
from quotum.run.bounds import at_least
from quotum.run.columns import RETURN, constant, flag, sums, sums_by
from quotum.run.facts import YearRows, four_week_filers

COUNTS = (
    "base_cents", "base_hours", "paid_hours", "target_hours", "high_rows", "low_rows", "all_rows", "wage_cents",
    "rows_without_bsn", "trait_contradictions", "rows_without_birth_date", "hired_in_hours", "employment_rows",
)  # fmt: skip
_ONLY_BY_ROW = ("target_hours", "hired_in_hours", "trait_contradictions", "rows_without_birth_date")
_BY_ROW = ("base_cents", "base_hours", *_ONLY_BY_ROW)
_BY_NATURE = tuple(name for name in COUNTS if name not in _ONLY_BY_ROW)


def count(engine: Engine, found: YearRows, also: Mapping[str, nw.Expr] | None = None) -> Frame:
    """What each return in force adds up to; a return without rows counts zero.

    Args:
        engine: Where it runs.
        found: The rows in force.
        also: Further whole numbers to be summed, by name, that are zero for every row that is not opened.

    Returns:
        `rsin`, payroll tax number, period, `full` and the sums of `COUNTS` and of `also`.

    Raises:
        SelfCheckFailed: The premium wages could leave the range that every engine sums exactly.
    """
    also = also or {}
    by_nature, by_row = (*_BY_NATURE, "wage_magnitude"), (*_BY_ROW, *also)
    nothing = dict.fromkeys((*COUNTS, *also, "wage_magnitude"), constant(0))
    returns = [
        _of_sums(found.plain).with_columns(
            full=constant(1), **{name: nothing[name] for name in (*_ONLY_BY_ROW, *also)}
        ),
        found.scattered.with_columns(**nothing),
    ]
    together = nw.concat([one.select(*RETURN, "full", *nothing) for one in returns], how="vertical")
    more = engine.keep(sums_by(_of_sums(found.more), RETURN, *by_nature))
    changes = engine.keep(sums_by(_changes(found.opened, also), RETURN, *by_row))
    added = _plus(_plus(together, more, by_nature), changes, by_row)
    counted = engine.shelve(added.with_columns(rsin=nw.col("payroll_tax_number") // SUB_NUMBERS))
    _require_exact(engine, counted)
    return counted.drop("wage_magnitude")


def _plus(returns: Frame, added: Frame, names: tuple[str, ...]) -> Frame:
    """Returns with what is added to some of them."""
    beside = {name: f"{name}_added" for name in names}
    # Of no rows a condition gives numbers of a type of pandas itself, which become floats where one lacks.
    numbers = {other: nw.col(name) + constant(0) for name, other in beside.items()}
    both = returns.join(added.select(*RETURN, **numbers), on=list(RETURN), how="left")
    return both.with_columns(
        **{name: nw.col(name) + nw.col(other).fill_null(0) for name, other in beside.items()}
    ).drop(*beside.values())


def _changes(rows: Frame, also: Mapping[str, nw.Expr]) -> Frame:
    """What it changes in the sums of a return that a row was looked at; rows that change nothing are left out.

    A trait can take a row out of the base; nobody is in the target group by the nature of the work alone.
    """
    in_group = nw.col("in_target_group") == 1
    base = {"base_cents": surcharge.base_cents(), "base_hours": surcharge.base_hours()}
    names = (*_BY_ROW, *also)
    without = {f"{name}_by_nature": expression for name, expression in base.items()}
    return (
        rows.with_columns(
            **base,
            target_hours=nw.when(in_group).then(nw.col("paid_hours")).otherwise(nw.lit(0)),
            hired_in_hours=nw.when(in_group & hired_in()).then(nw.col("paid_hours")).otherwise(nw.lit(0)),
            trait_contradictions=nw.col("trait_contradicts"),
            rows_without_birth_date=flag(without_birth_date()),
            **also,
        )
        .with_columns(trait_on_first_day=constant(0))
        .with_columns(out_of_base=flag(out_of_surcharge_base()))
        .with_columns(**without)
        .with_columns(**{name: nw.col(name) - nw.col(f"{name}_by_nature") for name in base})
        .filter(nw.any_horizontal(*(nw.col(name) != 0 for name in names), ignore_nulls=True))
    )


def _of_sums(sums: Frame) -> Frame:
    """What sums add to a return by nature alone: as if nobody had a trait or were registered."""
    nothing = constant(0)
    counts = small_employer.class_counts()
    return (
        sums.with_columns(trait_on_first_day=nothing)
        .with_columns(out_of_base=flag(out_of_surcharge_base()))
        .with_columns(
            base_cents=surcharge.base_cents(),
            base_hours=surcharge.base_hours(),
            high_rows=nw.when(counts).then(nw.col("high_rows")).otherwise(nothing),
            wage_cents=_wage_cents(),
        )
    )


def _wage_cents() -> nw.Expr:
    return nw.col("premium_wage_low_cents") + nw.col("premium_wage_high_cents")


def without_bsn() -> nw.Expr:
    """Whether a row has no BSN: its hours and wages count, never in the target group."""
    return nw.col("bsn").is_null()


def without_birth_date() -> nw.Expr:
    """Whether a row of the target group asks for LKV and has no birth date, so that there is none."""
    asked = bonus.asked_for() & bonus.insured_employment() & (nw.col("in_target_group") == 1)
    return asked & nw.col("birth_date").is_null()


def _require_exact(engine: Engine, counted: Frame) -> None:
    """No sum of premium wages, over whatever part of the rows, can leave 64 bits."""
    found = engine.collect(counted.select(*sums("wage_magnitude", "all_rows"))).to_pylist()[0]
    total = at_least(found["wage_magnitude"] or 0, found["all_rows"] or 0)
    require_exact_sum(total, "the sum of the premium wages of a year, in cents,")


def december_hours(counted: Frame, returns: Frame, year: int) -> Frame:
    """Target-group hours that count in December, by `rsin` and `four_week_filer`."""
    filers = four_week_filers(returns, year)
    counting = (
        counted.join(filers, on="payroll_tax_number", how="left")
        .with_columns(nw.col("four_week_filer").fill_null(0))
        .filter(counts_in_december(year))
    )
    return sums_by(counting, ("rsin", "four_week_filer"), "target_hours")


def wages_from_returns(found: YearRows, counted: Frame, year: int) -> Frame:
    """Premium wage of a year from returns that are complete for every payroll tax number: `rsin`, `summed_cents`."""
    calendars = [
        [(period.start, period.end) for period in calendar] for calendar in (months(year), four_week_periods(year))
    ]
    whole = complete_years(found.returns, calendars).with_columns(whole=nw.lit(1).cast(nw.Int64))
    numbers = (
        sums_by(counted, ("rsin", "payroll_tax_number"), "wage_cents")
        .join(whole, on="payroll_tax_number", how="left")
        .with_columns(lacking=nw.lit(1).cast(nw.Int64) - nw.col("whole").fill_null(0))
    )
    return (
        sums_by(numbers, ("rsin",), "wage_cents", "lacking")
        .filter(nw.col("lacking") == 0)
        .select("rsin", summed_cents=nw.col("wage_cents"))
    )
