"""What each engine does with each operation, line by line: the ground the rules stand on.

Rules use only what is right on every engine. The other lines are pinned as they are, so that a new
version that mends one of them (or breaks it in another way) makes a test here fail and is noticed.
"""

import warnings
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import narwhals as nw
import pandas as pd
import pyarrow as pa
import pytest

from tests.engines.conftest import Engine, Row

Frame = nw.LazyFrame[Any]
Way = Callable[[pa.Table], Frame]

ROWS = pa.table(
    {
        "key": ["a", "b", "a", "a", "b"],
        "turn": [3, 5, 1, 2, 4],
        "value": pa.array([10, -7, -20, 30, None], pa.int64()),
        "day": [date(2026, 1, 31), date(2024, 2, 29), date(2026, 3, 15), date(2026, 2, 28), date(2026, 12, 1)],
    }
)
WEIGHTS = pa.table({"key": ["a", "c"], "weight": [100, 300]})

BEYOND_DOUBLE = 2**53 + 1
HALF_OF_INT64 = 2**62
ARROW_BLOCK = 2**15

key, turn, value, day = nw.col("key"), nw.col("turn"), nw.col("value"), nw.col("day")


def _whole(expr: nw.Expr) -> nw.Expr:
    return expr.cast(nw.Int64)


def _joined(how: Any) -> Callable[[Way], Frame]:
    return lambda way: way(ROWS).join(way(WEIGHTS), on="key", how=how)


RIGHT_ON_EVERY_ENGINE: dict[str, tuple[Callable[[Way], Frame], list[Row]]] = {
    "arithmetic": (
        lambda way: way(ROWS).select("turn", x=value * 3 - turn + 1),
        [(1, -60), (2, 89), (3, 28), (4, None), (5, -25)],
    ),
    "floor_division_rounds_towards_minus_infinity": (
        lambda way: way(ROWS).select("turn", x=value // 3),
        [(1, -7), (2, 10), (3, 3), (4, None), (5, -3)],
    ),
    "floor_division_by_a_negative_number": (
        lambda way: way(ROWS).select("turn", x=value // -3),
        [(1, 6), (2, -10), (3, -4), (4, None), (5, 2)],
    ),
    "when": (
        lambda way: way(ROWS).select("turn", x=nw.when(value > 0).then(value).otherwise(nw.lit(0))),
        [(1, 0), (2, 30), (3, 10), (4, 0), (5, 0)],
    ),
    "when_of_when": (
        lambda way: way(ROWS).select(
            "turn",
            x=nw.when(value.is_null()).then(nw.lit(0)).when(value < 0).then(nw.lit(-1)).otherwise(nw.lit(1)),
        ),
        [(1, -1), (2, 1), (3, 1), (4, 0), (5, -1)],
    ),
    "dates_compare": (
        lambda way: way(ROWS).filter(day >= nw.lit(date(2026, 2, 28))).select("turn"),
        [(1,), (2,), (4,)],
    ),
    "semi_join": (lambda way: _joined("semi")(way).select("turn"), [(1,), (2,), (3,)]),
    "anti_join": (lambda way: _joined("anti")(way).select("turn"), [(4,), (5,)]),
    "left_join": (
        lambda way: _joined("left")(way).select("turn", "weight"),
        [(1, 100), (2, 100), (3, 100), (4, None), (5, None)],
    ),
    "inner_join": (lambda way: _joined("inner")(way).select("turn", "weight"), [(1, 100), (2, 100), (3, 100)]),
    "group_by_plain_columns": (
        lambda way: (
            way(ROWS)
            .group_by("key")
            .agg(total=value.sum(), most=value.max(), least=value.min(), rows=nw.len())
            .select("key", _whole(nw.col("total")), "most", "least", _whole(nw.col("rows")))
        ),
        [("a", 20, 30, -20, 3), ("b", -7, -7, -7, 2)],
    ),
    "sum_over": (
        lambda way: way(ROWS).select("turn", x=_whole(value.sum().over("key"))),
        [(1, 20), (2, 20), (3, 20), (4, -7), (5, -7)],
    ),
    "max_over": (
        lambda way: way(ROWS).select("turn", x=value.max().over("key")),
        [(1, 30), (2, 30), (3, 30), (4, -7), (5, -7)],
    ),
    "unique_keeps_the_last": (
        # order_by takes a list: narwhals reads a bare name letter by letter.
        lambda way: way(ROWS).unique(["key"], keep="last", order_by=["turn"]).select("key", "turn", "value"),
        [("a", 3, 10), ("b", 5, -7)],
    ),
}


@pytest.mark.parametrize(("operation", "expected"), RIGHT_ON_EVERY_ENGINE.values(), ids=list(RIGHT_ON_EVERY_ENGINE))
def test_right_on_every_engine(engine: Engine, operation: Callable[[Way], Frame], expected: list[Row]) -> None:
    """The subset that rules may use: the same rows, as the same whole numbers."""
    rows = engine.rows(operation(engine.frame))
    assert rows == expected
    assert [[type(cell) for cell in row] for row in rows] == [[type(cell) for cell in row] for row in expected]


def _window_is_right(engine: Engine, count: int) -> bool:
    keys = 777
    turns = [number * 7919 % count for number in range(count)]
    table = pa.table({"key": [number % keys for number in turns], "turn": turns})
    rows = engine.rows(engine.frame(table).select("turn", x=turn.min().over("key")))
    return rows == [(number, number % keys) for number in range(count)]


@pytest.mark.slow
def test_window_over_many_rows(engine: Engine) -> None:
    """Pyarrow computes a window by a join, whose threads return blocks of 32,768 rows in any order.

    From the second block on it hands the answers to other rows, not every time. So it is for small
    tables only.
    """
    assert _window_is_right(engine, ARROW_BLOCK)
    if engine.name == "pyarrow":
        assert not all(_window_is_right(engine, 10 * ARROW_BLOCK) for _ in range(30))
    else:
        assert _window_is_right(engine, 10 * ARROW_BLOCK)


def test_uncast_sum_is_128_bits_on_duckdb_only(engine: Engine) -> None:
    """Why every sum is cast to Int64."""
    total = engine.frame(ROWS).group_by("key").agg(total=value.sum())
    is_wide = total.collect(backend="pyarrow").to_native().schema.field("total").type != pa.int64()
    assert is_wide == (engine.name == "duckdb")


@pytest.mark.parametrize(
    ("operation", "right"),
    [
        pytest.param(value.first(), [(1, -20), (2, -20), (3, -20), (4, None), (5, None)], id="first"),
        pytest.param(turn.last(), [(1, 3), (2, 3), (3, 3), (4, 5), (5, 5)], id="last"),
    ],
)
def test_first_and_last_over_an_order(engine: Engine, operation: nw.Expr, right: list[Row]) -> None:
    """Spark has none; pyarrow sorts, and hands the sorted answers to the unsorted rows."""

    def rows() -> list[Row]:
        return engine.rows(engine.frame(ROWS).select("turn", x=operation.over("key", order_by="turn")))

    match engine.name:
        case "spark":
            with pytest.raises(NotImplementedError):
                rows()
        case "pyarrow":
            assert rows() != right
        case _:
            assert rows() == right


@pytest.mark.parametrize(
    ("operation", "right"),
    [
        pytest.param(turn.cum_sum(), [(1, 1), (2, 3), (3, 6), (4, 4), (5, 9)], id="cum_sum"),
        pytest.param(turn.shift(1), [(1, None), (2, 1), (3, 2), (4, None), (5, 4)], id="shift"),
    ],
)
def test_cum_sum_and_shift_over_an_order(engine: Engine, operation: nw.Expr, right: list[Row]) -> None:
    """Ordered windows: not on pyarrow."""

    def rows() -> list[Row]:
        return engine.rows(engine.frame(ROWS).select("turn", x=operation.over("key", order_by="turn")))

    if engine.name == "pyarrow":
        with pytest.raises(NotImplementedError):
            rows()
    else:
        assert rows() == right


def test_rank_over_an_order(engine: Engine) -> None:
    """Only pandas ranks over an order of its own, and answers in floats."""
    ranked = value.rank("ordinal").over("key", order_by="turn")
    if engine.name == "pandas":
        ranks = engine.rows(engine.frame(ROWS).select("turn", x=ranked))
        assert {type(rank) for _, rank in ranks if rank is not None} == {float}
    else:
        with pytest.raises(NotImplementedError):
            engine.rows(engine.frame(ROWS).select("turn", x=ranked))


def test_rank_within_a_key(engine: Engine) -> None:
    """A rank without an order: whole on DuckDB and Spark, floats on pandas, absent on pyarrow."""
    ranked = turn.rank("min").over("key")
    if engine.name == "pyarrow":
        with pytest.raises(NotImplementedError):
            engine.rows(engine.frame(ROWS).select("turn", x=ranked))
        return
    ranks = engine.rows(engine.frame(ROWS).select("turn", x=ranked))
    assert ranks == [(1, 1), (2, 2), (3, 3), (4, 1), (5, 2)]
    assert {type(rank) for _, rank in ranks} == ({float} if engine.name == "pandas" else {int})


def test_join_asof(engine: Engine) -> None:
    """The nearest earlier row: on pandas only."""

    def rows() -> list[Row]:
        days = engine.frame(pa.table({"turn": [1, 5, 10]}))
        return engine.rows(days.join_asof(engine.frame(pa.table({"turn": [2, 6], "weight": [20, 60]})), on="turn"))

    if engine.name == "pandas":
        assert rows() == [(1, None), (5, 20), (10, 60)]
    else:
        with pytest.raises(Exception, match=r"replacement scan|not implemented"):
            rows()


def test_month_arithmetic(engine: Engine) -> None:
    """A month later: in memory there is none; DuckDB and Spark answer, but with a moment for a date."""

    def rows() -> list[Row]:
        return engine.rows(engine.frame(ROWS).select("turn", x=day.dt.offset_by("1mo")))

    if engine.name in {"pandas", "pyarrow"}:
        with pytest.raises(NotImplementedError):
            rows()
    else:
        moments = [moment for _, moment in rows()]
        assert {type(moment) for moment in moments} == {datetime}
        assert [moment.date() for moment in moments] == [
            date(2026, 4, 15),
            date(2026, 3, 28),
            date(2026, 2, 28),
            date(2027, 1, 1),
            date(2024, 3, 29),
        ]


def test_aggregate_of_a_compound_expression(engine: Engine) -> None:
    """Why compound values are columns before they are summed: pandas warns and pyarrow refuses."""

    def rows() -> list[Row]:
        return engine.rows(engine.frame(ROWS).group_by("key").agg(x=(value * turn).sum()))

    right = [("a", 70), ("b", -35)]
    match engine.name:
        case "pyarrow":
            with pytest.raises(ValueError, match="complex aggregation"):
                rows()
        case "pandas":
            with pytest.warns(UserWarning, match="complex group-by"):
                assert rows() == right
        case _:
            with warnings.catch_warnings():
                warnings.simplefilter("error")
                assert rows() == right


def test_floor_division_above_two_to_the_53rd(engine: Engine) -> None:
    """Spark divides in binary fractions and loses a cent."""
    table = pa.table({"value": [BEYOND_DOUBLE, -BEYOND_DOUBLE]})
    rows = engine.rows(engine.frame(table).select(x=value // 1))
    exact = [(-BEYOND_DOUBLE,), (BEYOND_DOUBLE,)]
    assert (rows == exact) == (engine.name != "spark")


def test_floor_division_up_to_two_to_the_53rd(engine: Engine) -> None:
    """Within what `quotum.money` lets pass, every engine is exact."""
    table = pa.table({"value": [2**53, 2**53 - 1, -(2**53), 1 - 2**53]})
    rows = engine.rows(engine.frame(table).select("value", x=value // 10_000))
    assert rows == [(number, number // 10_000) for number, _ in rows]


@pytest.mark.parametrize("product", [pytest.param(value * 4, id="product"), pytest.param(value + value, id="addition")])
def test_product_outside_int64(engine: Engine, product: nw.Expr) -> None:
    """An error everywhere but on pyarrow, which wraps around."""

    def rows() -> list[Row]:
        return engine.rows(engine.frame(pa.table({"value": [HALF_OF_INT64]})).select(x=product))

    if engine.name == "pyarrow":
        assert rows()[0][0] <= 0
    else:
        with pytest.raises(Exception, match=r"(?i)overflow"):
            rows()


def test_sum_outside_int64(engine: Engine) -> None:
    """Cast to Int64, an error on DuckDB (which adds in 128 bits) and Spark; both in memory wrap around."""

    def rows() -> list[Row]:
        table = pa.table({"key": ["a", "a"], "value": [HALF_OF_INT64, HALF_OF_INT64]})
        return engine.rows(engine.frame(table).group_by("key").agg(x=value.sum()).select(_whole(nw.col("x"))))

    if engine.name in {"pandas", "pyarrow"}:
        assert rows() == [(-(2**63),)]
    else:
        with pytest.raises(Exception, match=r"(?i)overflow|out of range"):
            rows()


def test_left_join_on_plain_pandas_makes_floats() -> None:
    """Why plain pandas (numpy) types are not used."""
    rows, weights = (nw.from_native(pd.DataFrame(table.to_pydict())).lazy() for table in (ROWS, WEIGHTS))
    joined = rows.join(weights, on="key", how="left")
    assert weights.collect_schema()["weight"] == nw.Int64
    assert joined.collect_schema()["weight"] == nw.Float64
