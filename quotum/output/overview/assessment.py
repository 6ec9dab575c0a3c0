"""The intended assessment of every request: rows that count and rows that do not, hours and amounts.

The amounts are those of the settlement, from the same stages. The reasons are counted separately; both must come to the
same hours.
"""

from typing import Final

import narwhals as nw
import pyarrow as pa

from quotum.engine.interface import Engine
from quotum.errors import SelfCheckFailed
from quotum.frames import Frame
from quotum.law.wtl.bonus import asked_for
from quotum.law.wtl.counted_hours import PERIOD, PERSON, right_begun, right_holds
from quotum.law.wtl.cumulation import JOBS_AGREEMENT, granted_category
from quotum.law.wtl.windows import ASKED, JOBS_BY_DECLARATION, JOBS_BY_YEARS, OTHER_RIGHTS, TRAINING
from quotum.output.overview.reasons import REASONS, column_of, reasons_of
from quotum.parameters import Figures
from quotum.run.regimes.as_enacted import YearResults
from quotum.run.stages.columns import flag, rows_of, sums_by
from quotum.run.stages.grants import pension_limits
from quotum.tables import OVERVIEW

GRANTED, GIVES_WAY, NO_RIGHT = "granted", "gives_way", "no_right"
_KEY: Final = (*PERSON, "category")
_COUNTED: Final = ("asked_rows", "asked_hours", "counted_rows", "counted_hours", *map(column_of, REASONS))
_CATEGORY: Final = {JOBS_BY_DECLARATION: JOBS_AGREEMENT} | {right: other.name for right, other in OTHER_RIGHTS.items()}
_OF_PERIOD: Final = ("has_window", "begun", "holds")
_NOBODY: Final = pa.schema(
    {
        "rsin": pa.int64(), "bsn": pa.int64(), "category": pa.string(), "period_start": pa.date32(),
        "period_end": pa.date32(), **dict.fromkeys((*_OF_PERIOD, "lasts"), pa.int64()),
    }
)  # fmt: skip


def overview_of(engine: Engine, results: YearResults, figures: Figures) -> Frame:
    """Persons for whom a benefit is asked, as `tables.OVERVIEW` with `rsin` and `bsn` as integers.

    Rows without a BSN stand together in one row of their employer and category, with an empty `bsn`.

    Args:
        engine: Engine of the stages.
        results: Results of the stages.
        figures: The parameters, for the pension age.

    Raises:
        SelfCheckFailed: The rows that count have other hours than the settlement.
    """
    counted = engine.keep(sums_by(_request_rows(engine, results, figures), _KEY, *_COUNTED))
    every = engine.keep(counted.join(benefits(engine, results), on=list(_KEY), how="left"))
    wrong = every.filter(nw.col("counted_hours") != nw.col("paid_hours").fill_null(0))
    if rows_of(engine, wrong):
        raise SelfCheckFailed("the rows that count in the overview have other hours than the settlement")
    numbers = ("paid_hours", "lkv_cents", "bonus_cents")
    return every.with_columns(
        *(nw.col(name).fill_null(0) for name in numbers),
        lkv_capped=nw.col("lkv_capped").fill_null(value=False),
        assessment=_assessment(),
    ).select(*OVERVIEW.computed)


def benefits(engine: Engine, results: YearResults) -> Frame:
    """Benefits of persons with hours that count, by category, with the category that is granted."""
    settled = results.granted.granted
    if settled is None:
        raise SelfCheckFailed("the stages do not say what they grant by category")
    columns = ("paid_hours", "lkv_cents", "lkv_capped", "bonus_cents")
    return engine.keep(
        settled.with_columns(granted_category=granted_category()).select(*_KEY, *columns, "granted_category")
    )


def _assessment() -> nw.Expr:
    granted, category = nw.col("granted_category"), nw.col("category")
    gives_way = nw.when(granted == category).then(nw.lit(GRANTED)).otherwise(nw.lit(GIVES_WAY))
    return nw.when(nw.col("counted_rows") == 0).then(nw.lit(NO_RIGHT)).otherwise(gives_way)


def _request_rows(engine: Engine, results: YearResults, figures: Figures) -> Frame:
    """Rows that ask, once for each category, with the hours and rows they count for."""
    limits = engine.table(pension_limits(results.terms.year, figures))
    of_age = results.year_rows.opened.join(limits, on=list(PERIOD), how="inner")
    held, lasting = _rights_in_periods(engine, results, limits)
    declared = _declarations(engine, results)
    return nw.concat(
        [
            _of_category(of_age.filter(asked_for(column)), name, results, (held, lasting, declared))
            for name, column in ASKED.items()
        ],
        how="vertical",
    )


def _of_category(asking: Frame, category: str, results: YearResults, known: tuple[Frame, Frame, Frame]) -> Frame:
    held, lasting, declared = known
    in_period = [*PERSON, *PERIOD]
    rows = (
        asking.join(_of(held, category).select(*in_period, *_OF_PERIOD), on=in_period, how="left")
        .join(lasting.select(*in_period, "lasts"), on=in_period, how="left")
        .join(_of(declared, category).select("bsn", "declared"), on="bsn", how="left")
        .with_columns(*(nw.col(name).fill_null(0) for name in (*_OF_PERIOD, "lasts", "declared")))
    )
    reasons = reasons_of(category, results.terms.lkv)
    hours = nw.col("paid_hours").fill_null(0)
    return (
        rows.with_columns(**{column_of(code): reason for code, reason in reasons.items()})
        .with_columns(counts=flag(nw.sum_horizontal(*map(column_of, reasons)) == 0))
        .select(
            *PERSON,
            *map(column_of, reasons),
            category=nw.lit(category),
            asked_rows=nw.col("counts") * 0 + 1,
            asked_hours=hours,
            counted_rows=nw.col("counts"),
            counted_hours=nw.col("counts") * hours,
        )
        .select(*_KEY, *_COUNTED)
    )


def _of(frame: Frame, category: str) -> Frame:
    return frame.filter(nw.col("category") == category)


def _rights_in_periods(engine: Engine, results: YearResults, limits: Frame) -> tuple[Frame, Frame]:
    """Rights by person, category and period, with whether they have begun and hold; and the rights that last."""
    key = [*PERSON, "category", *PERIOD]
    windows = results.rights.windows
    if windows is None:
        nobody = engine.table(_NOBODY.empty_table())
        return nobody, nobody
    in_periods = windows.join(limits.select(*PERIOD), how="cross").with_columns(
        has_window=flag(~nw.col("right").is_null()),
        begun=flag(right_begun()),
        holds=flag(right_holds().holds()),
    )
    named = [
        in_periods.filter(nw.col("right") == right).with_columns(category=nw.lit(name))
        for right, name in _CATEGORY.items()
    ]
    held = nw.concat(named, how="vertical").group_by(*key).agg(*(nw.col(name).max() for name in _OF_PERIOD))
    lasting = in_periods.filter((nw.col("right") == JOBS_BY_YEARS) & (nw.col("holds") == 1))
    by_period = lasting.group_by(*PERSON, *PERIOD).agg(nw.col("holds").max()).rename({"holds": "lasts"})
    return engine.keep(held), engine.keep(by_period)


def _declarations(engine: Engine, results: YearResults) -> Frame:
    """Persons with a declaration, by category: `bsn`, `category`, `declared` (1)."""
    declarations = results.evidence.declarations
    if declarations is None:
        declarations = pa.table({"bsn": pa.array([], pa.int64()), "category": pa.array([], pa.string())})
    kinds = engine.table(declarations.select(["bsn", "category"]))
    named = nw.when(nw.col("category") == TRAINING).then(nw.lit(JOBS_AGREEMENT)).otherwise(nw.col("category"))
    pairs = kinds.select("bsn", category=named).unique()
    return engine.keep(pairs.with_columns(declared=nw.lit(1).cast(nw.Int64)))


__all__ = ["GIVES_WAY", "GRANTED", "NO_RIGHT", "benefits", "overview_of"]
