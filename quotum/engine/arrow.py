"""Arrow in memory, through pyarrow or pandas with Arrow types: one employer, tests, notebooks."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import narwhals as nw
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from quotum.engine.digests import digests_of
from quotum.frames import Frame


class ArrowEngine:
    """Runs frames in memory.

    Plain pandas (numpy) types are not used: a left join turns int64 into float64 there.
    """

    def __init__(self, backend: str = "pyarrow") -> None:
        """Choose the library.

        Args:
            backend: `pyarrow` or `pandas`.
        """
        self._backend = backend

    def scan(self, paths: Iterable[Path | str], schema: pa.Schema) -> Frame:
        """The rows of Parquet files, read at once."""
        tables = [pq.read_table(path).cast(schema) for path in paths]
        return self.table(pa.concat_tables(tables) if tables else schema.empty_table())

    def among(self, frame: Frame, name: str, numbers: Sequence[int]) -> Frame:
        """The rows of which a whole number is one of few."""
        return frame.filter(nw.col(name).is_in(list(numbers)))

    def table(self, rows: pa.Table) -> Frame:
        """A table, taken over; columns may hold nulls, or pyarrow would not put two such tables together."""
        rows = rows.cast(pa.schema([field.with_nullable(True) for field in rows.schema]))
        native = rows.to_pandas(types_mapper=pd.ArrowDtype) if self._backend == "pandas" else rows
        frame: Frame = nw.from_native(native, eager_only=True).lazy()
        return frame

    def keep(self, frame: Frame) -> Frame:
        """A frame computed once."""
        return frame.collect().lazy()

    def shelve(self, frame: Frame) -> Frame:
        """A frame computed once."""
        return self.keep(frame)

    def collect(self, frame: Frame) -> pa.Table:
        """A frame as an Arrow table."""
        return frame.collect().to_arrow()

    def batches(self, frame: Frame, order: Iterable[str]) -> Iterator[pa.RecordBatch]:
        """A frame in order of columns."""
        yield from self.collect(frame.sort(*order)).to_batches()

    def map_by(self, frame: Frame, key: str, function: Callable[[pa.Table], pa.Table], schema: pa.Schema) -> Frame:
        """What a function gives of the rows of a frame, in one call."""
        return self.table(function(self.collect(frame.sort(key))).select(schema.names).cast(schema))

    def digests(self, paths: Sequence[Path | str]) -> list[str | None]:
        """SHA-256 of files, in their order; None of a file that cannot be read."""
        return digests_of(paths)
