"""The engines on which the rules run, each as a way in (from Arrow) and a way out (rows, sorted)."""

from collections.abc import Callable, Iterator
from typing import Any

import duckdb
import narwhals as nw
import pandas as pd
import pyarrow as pa
import pytest
from attrs import frozen

from tests.stage_tables import held

Row = tuple[Any, ...]


@frozen
class Engine:
    """One engine that narwhals drives."""

    name: str
    """Name in the table of engine operations."""
    frame: Callable[[pa.Table], nw.LazyFrame[Any]]
    """A table as a lazy frame of this engine."""

    def rows(self, frame: nw.LazyFrame[Any]) -> list[Row]:
        """The rows of a frame, sorted, nulls first."""
        table = frame.collect(backend="pyarrow").to_native()
        # From pandas a filtered frame brings its index along as a column.
        table = table.select(frame.collect_schema().names())
        rows = [tuple(row.values()) for row in table.to_pylist()]
        return sorted(rows, key=lambda row: [(value is not None, value) for value in row])


def _pandas_frame(table: pa.Table) -> nw.LazyFrame[Any]:
    return nw.from_native(table.to_pandas(types_mapper=pd.ArrowDtype)).lazy()


def _arrow_frame(table: pa.Table) -> nw.LazyFrame[Any]:
    return nw.from_native(table).lazy()


@pytest.fixture(scope="session")
def duckdb_connection() -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection of the tests' own, never the global one."""
    with duckdb.connect() as connection:
        yield connection


@pytest.fixture(
    params=[
        "duckdb",
        pytest.param("pandas", marks=pytest.mark.slow),
        "pyarrow",
        pytest.param("spark", marks=pytest.mark.spark),
    ]
)
def engine(request: pytest.FixtureRequest) -> Engine:
    """Each engine in turn; pandas and Spark in `make test-all`."""
    match request.param:
        case "duckdb":
            connection = request.getfixturevalue("duckdb_connection")
            return Engine("duckdb", lambda table: nw.from_native(connection.from_arrow(table)))
        case "spark":
            session = request.getfixturevalue("spark_session")
            return Engine("spark", lambda table: nw.from_native(session.createDataFrame(table)))
        case "pandas":
            return Engine("pandas", _pandas_frame)
        case _:
            return Engine("pyarrow", _arrow_frame)


@pytest.fixture(scope="module", autouse=True)
def _tables_as_declared():
    """What stages give each other is held against its declaration."""
    with held():
        yield
