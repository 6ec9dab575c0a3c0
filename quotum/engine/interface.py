"""What a stage may ask of an engine; DuckDB, Spark and Arrow in memory all give it."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Protocol

import narwhals as nw
import pyarrow as pa


class Engine(Protocol):
    """Where expressions run."""

    def scan(self, paths: Iterable[Path], schema: pa.Schema) -> nw.LazyFrame:
        """The rows of Parquet files."""

    def table(self, rows: pa.Table) -> nw.LazyFrame:
        """A small table, taken over."""

    def keep(self, frame: nw.LazyFrame) -> nw.LazyFrame:
        """A frame computed once."""

    def collect(self, frame: nw.LazyFrame) -> pa.Table:
        """A small frame as an Arrow table."""

    def batches(self, frame: nw.LazyFrame, order: Iterable[str]) -> Iterator[pa.RecordBatch]:
        """A frame in order of columns, as a stream."""
