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
        """What a function gives of the rows of a frame, put together.

        Rows of the same key come to `function` together in one table (of many keys, of bounded size). It must be
        picklable with all it refers to: Spark calls it on its executors.
        """

    def digests(self, paths: Sequence[Path | str]) -> list[str | None]:
        """SHA-256 of files, in their order, in bounded memory; None of a file that cannot be read."""
