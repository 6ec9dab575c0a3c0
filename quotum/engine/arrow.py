"""Arrow in memory: for a single employer, tests, notebooks."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import narwhals as nw
import pyarrow as pa
import pyarrow.parquet as pq

from quotum.engine.digests import digests_of
from quotum.frames import Frame


class ArrowEngine:
    """Runs frames in memory."""

    def scan(self, paths: Iterable[Path | str], schema: pa.Schema) -> Frame:
        """Reads the rows of Parquet files at once."""
        tables = [pq.read_table(path).cast(schema) for path in paths]
        return self.table(pa.concat_tables(tables) if tables else schema.empty_table())

    def among(self, frame: Frame, name: str, numbers: Sequence[int]) -> Frame:
        """Selects rows whose whole number is among a few."""
        return frame.filter(nw.col(name).is_in(list(numbers)))

    def table(self, rows: pa.Table) -> Frame:
        """Takes a table over; columns become nullable, because pyarrow joins only tables with the same nullability."""
        rows = rows.cast(pa.schema([field.with_nullable(True) for field in rows.schema]))
        frame: Frame = nw.from_native(self.native(rows), eager_only=True).lazy()
        return frame

    def native(self, rows: pa.Table) -> Any:
        """Hands a table to the library that computes: pyarrow, which takes it as it is."""
        return rows

    def keep(self, frame: Frame) -> Frame:
        """Computes a frame once."""
        return frame.collect().lazy()

    def shelve(self, frame: Frame) -> Frame:
        """Computes a frame once."""
        return self.keep(frame)

    def collect(self, frame: Frame) -> pa.Table:
        """Returns a frame as an Arrow table."""
        return frame.collect().to_arrow()

    def batches(self, frame: Frame, order: Iterable[str]) -> Iterator[pa.RecordBatch]:
        """Yields a frame in order of columns."""
        yield from self.collect(frame.sort(*order)).to_batches()

    def map_by(self, frame: Frame, key: str, function: Callable[[pa.Table], pa.Table], schema: pa.Schema) -> Frame:
        """Applies a function to the rows of a frame, in one call."""
        return self.table(function(self.collect(frame.sort(key))).select(schema.names).cast(schema))

    def digests(self, paths: Sequence[Path | str]) -> list[str | None]:
        """Returns the SHA-256 of files, in their order; None for an unreadable file."""
        return digests_of(paths)
