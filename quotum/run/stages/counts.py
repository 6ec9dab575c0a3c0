"""Counting: what each return adds up to, the hours of December, the wages of a year."""

from collections.abc import Mapping

import narwhals as nw
from attrs import frozen

from quotum.engine.interface import Engine
from quotum.frames import Frame
from quotum.identifiers import SUB_NUMBERS
from quotum.law.kinds_of_work import ON_FIRST_DAY, hired_in, out_of_surcharge_base
from quotum.law.wet_banenafspraak import surcharge
from quotum.law.wfsv import small_employer, wage_before
from quotum.law.wfsv.job_hours import counts_in_december, four_week_filers, may_count_in_december
from quotum.law.wtl import bonus
from quotum.money import require_exact_sum
from quotum.run.stages import tables
from quotum.run.stages.bounds import at_least
from quotum.run.stages.columns import RETURN, constant, flag, sums, sums_by
from quotum.run.stages.outputs import gives
from quotum.run.stages.rows_in_force import YearRows

COUNTS = (
    "base_cents", "base_hours", "paid_hours", "target_hours", "high_rows", "low_rows", "all_rows", "wage_cents",
    "rows_without_bsn", "trait_contradictions", "rows_without_birth_date", "hired_in_hours", "employment_rows",
)  # fmt: skip
_ONLY_BY_ROW = ("target_hours", "hired_in_hours", "trait_contradictions", "rows_without_birth_date")
_BY_ROW = ("base_cents", "base_hours", *_ONLY_BY_ROW)
_MAGNITUDE = "wage_magnitude"


@frozen
class Counted:
    """What the rows in force add up to: by employer at once, and by return where that is asked."""

    parts: Frame
    """What adds up to each return, any number of rows of it, none of no return: `rsin`, payroll tax number, period, and
    the sums of `COUNTS` and of what is summed besides."""
    looked_at: Frame
    """Those of the parts that come of rows looked at, one for each return: nobody else is in the target group."""
    employers: Frame
    """The sums by employer: `rsin`, `COUNTS` and what is summed besides."""
    returns: Frame
    """Returns in force: payroll tax number, period, `full`."""

    @gives(tables.BASES)
    def bases(self, only: Frame | None = None, on: tuple[str, ...] = ("rsin",)) -> Frame:
        """The surcharge base of each return: `rsin`, payroll tax number, period, `base_cents`, `base_hours`.

        Args:
            only: Of these alone; of all returns when None.
            on: The columns of `only` that say which.
        """
        parts = self.parts if only is None else self.parts.join(only.select(*on), on=list(on), how="semi")
        return sums_by(parts, ("rsin", *RETURN), "base_cents", "base_hours")


@gives(
    parts=tables.PARTS,
    looked_at=tables.LOOKED_AT,
    employers=tables.COUNTED_EMPLOYERS,
    returns=tables.RETURNS_IN_FORCE,
)
def count(engine: Engine, year_rows: YearRows, also: Mapping[str, nw.Expr] | None = None) -> Counted:
    """What the returns in force add up to; a return without rows counts zero.

    Args:
        engine: Where it runs.
        year_rows: The rows in force.
        also: Further whole numbers to be summed, by name, that are zero for every row that is not opened.

    Raises:
        SelfCheckFailed: The premium wages could leave the range that every engine sums exactly.
    """
    also = also or {}
    by_row, names = (*_BY_ROW, *also), (*COUNTS, *also, _MAGNITUDE)
    looked_at = engine.keep(_of_employers(sums_by(_changes(year_rows.opened, also), RETURN, *by_row), names, by_row))
    by_nature = _of_sums(year_rows.sums)
    parts = [
        _of_employers(by_nature, names, tuple(name for name in names if name not in (*_ONLY_BY_ROW, *also))),
        _of_employers(year_rows.scattered, names, ()),
        looked_at,
    ]
    together = nw.concat(parts, how="vertical")
    employers = engine.keep(sums_by(together, ("rsin",), *names))
    _require_exact(engine, employers)
    return Counted(together, looked_at, employers.drop(_MAGNITUDE), year_rows.returns)


def _of_employers(returns: Frame, names: tuple[str, ...], known: tuple[str, ...]) -> Frame:
    """Returns with their employer and sums, zero where they are not known."""
    sums_of = {name: nw.col(name) if name in known else constant(0) for name in names}
    return returns.select(*RETURN, rsin=nw.col("payroll_tax_number") // SUB_NUMBERS, **sums_of)


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
        .with_columns(**dict.fromkeys(ON_FIRST_DAY, constant(0)))
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
        sums.with_columns(**dict.fromkeys(ON_FIRST_DAY, nothing))
        .with_columns(out_of_base=flag(out_of_surcharge_base()))
        .with_columns(
            base_cents=surcharge.base_cents(),
            base_hours=surcharge.base_hours(),
            high_rows=nw.when(counts).then(nw.col("high_rows")).otherwise(nothing),
            wage_cents=nw.col("premium_wage_low_cents") + nw.col("premium_wage_high_cents"),
        )
    )


def without_bsn() -> nw.Expr:
    """Whether a row has no BSN: its hours and wages count, never in the target group."""
    return nw.col("bsn").is_null()


def without_birth_date() -> nw.Expr:
    """Whether a row of the target group asks for LKV and has no birth date, so that there is none."""
    asked = bonus.asked_for() & bonus.insured_employment() & bonus.of_target_group()
    return asked & ~bonus.birth_date_known()


def _require_exact(engine: Engine, employers: Frame) -> None:
    """No sum of premium wages, over whatever part of the rows, can leave 64 bits."""
    totals = engine.collect(employers.select(*sums(_MAGNITUDE, "all_rows"))).to_pylist()[0]
    total = at_least(totals[_MAGNITUDE] or 0, totals["all_rows"] or 0)
    require_exact_sum(total, "the sum of the premium wages of a year, in cents,")


def december_hours(returns: Frame, hours: Frame, year: int, names: tuple[str, ...] = ("target_hours",)) -> Frame:
    """Hours that count in December, by `rsin` and `four_week_filer`: of every employer with a return of then.

    Args:
        returns: Returns in force: payroll tax number, period.
        hours: Hours of some of them: `rsin`, payroll tax number, period and `names`.
        year: Calendar year.
        names: Columns with hours.
    """
    filers = four_week_filers(returns, year)
    every = returns.select(
        *RETURN, rsin=nw.col("payroll_tax_number") // SUB_NUMBERS, **dict.fromkeys(names, constant(0))
    )
    counting = (
        nw.concat([every, hours.select(*RETURN, "rsin", *names)], how="vertical")
        .filter(may_count_in_december(year))
        .join(filers, on="payroll_tax_number", how="left")
        .with_columns(nw.col("four_week_filer").fill_null(0))
        .filter(counts_in_december(year))
    )
    return sums_by(counting, ("rsin", "four_week_filer"), *names)


@gives(tables.SUMMED_WAGES)
def wages_from_returns(counted: Counted, year: int) -> Frame:
    """Premium wage of a year from returns that are complete for every payroll tax number: `rsin`, `summed_cents`."""
    whole = wage_before.complete_years(counted.returns, year).with_columns(whole=nw.lit(1).cast(nw.Int64))
    numbers = (
        sums_by(counted.parts, ("rsin", "payroll_tax_number"), "wage_cents")
        .join(whole, on="payroll_tax_number", how="left")
        .with_columns(lacking=nw.lit(1).cast(nw.Int64) - nw.col("whole").fill_null(0))
    )
    return (
        sums_by(numbers, ("rsin",), "wage_cents", "lacking")
        .filter(wage_before.is_complete())
        .select("rsin", summed_cents=nw.col("wage_cents"))
    )
