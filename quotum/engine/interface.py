"""What a stage may ask of an engine; DuckDB, Spark and Arrow in memory all give it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final, Protocol

import pyarrow as pa

from quotum.frames import Frame

OVERFLOW: Final = "a sum or a product passes 2^63 - 1, the largest number of 64 bits"


class Engine(Protocol):
    """Where expressions run."""

    def scan(self, paths: Iterable[Path | str], schema: pa.Schema) -> Frame:
        """The rows of Parquet files."""

    def among(self, frame: Frame, name: str, numbers: Sequence[int]) -> Frame:
        """The rows of which a whole number is one of few; of a file, parts that cannot have one are passed over."""

    def table(self, rows: pa.Table) -> Frame:
        """A small table, taken over."""

    def keep(self, frame: Frame) -> Frame:
        """A frame computed once."""

    def shelve(self, frame: Frame) -> Frame:
        """A large frame computed once, on disk where that saves memory."""

    def collect(self, frame: Frame) -> pa.Table:
        """A small frame as an Arrow table."""

    def batches(self, frame: Frame, order: Iterable[str]) -> Iterator[pa.RecordBatch]:
        """A frame in order of columns, as a stream."""

    def map_by(self, frame: Frame, key: str, function: Callable[[pa.Table], pa.Table], schema: pa.Schema) -> Frame:
        """Rows of the same key come to `function` together in one table; what it gives is put together, computed once.

        Args:
            frame: Rows.
            key: A column of whole numbers that no row lacks.
            function: Gets tables of many keys and of bounded size, in no order, and gives rows of `schema`. It can be
                pickled: it may run in another process.
            schema: Columns of what comes out.
        """

    def digests(self, paths: Sequence[Path | str]) -> list[str | None]:
        """SHA-256 of files, in their order, in bounded memory; None of a file that cannot be read."""
