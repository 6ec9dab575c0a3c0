"""Operations of an engine; DuckDB, Spark and Arrow in memory all provide them."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final, Protocol

import pyarrow as pa

from quotum.frames import Frame

OVERFLOW: Final = "a sum or a product passes 2^63 - 1, the largest number of 64 bits"


class Engine(Protocol):
    """Runs expressions."""

    def scan(self, paths: Iterable[Path | str], schema: pa.Schema) -> Frame:
        """Returns the rows of Parquet files."""

    def among(self, frame: Frame, name: str, numbers: Sequence[int]) -> Frame:
        """Selects rows whose whole number is among a few; parts of a file without such rows are skipped."""

    def table(self, rows: pa.Table) -> Frame:
        """Takes a small table over."""

    def keep(self, frame: Frame) -> Frame:
        """Computes a frame once."""

    def shelve(self, frame: Frame) -> Frame:
        """Computes a large frame once, on disk where that saves memory."""

    def collect(self, frame: Frame) -> pa.Table:
        """Returns a small frame as an Arrow table."""

    def batches(self, frame: Frame, order: Iterable[str]) -> Iterator[pa.RecordBatch]:
        """Yields a frame in order of columns, as a stream."""

    def map_by(self, frame: Frame, key: str, function: Callable[[pa.Table], pa.Table], schema: pa.Schema) -> Frame:
        """Applies a function to tables that hold all rows of their keys, and joins the results, computed once.

        Args:
            frame: Rows.
            key: A column of whole numbers without nulls.
            function: Takes tables of many keys and bounded size, in no order, and returns rows of `schema`. It can be
                pickled, because it may run in another process.
            schema: Columns of the result.
        """

    def digests(self, paths: Sequence[Path | str]) -> list[str | None]:
        """Returns the SHA-256 of files, in their order, in bounded memory; None for an unreadable file."""
