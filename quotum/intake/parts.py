"""Parquet files that grow while a receive call runs, written by a thread of its own."""

from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any, Final, Self

import pyarrow as pa
import pyarrow.parquet as pq

from quotum.tables import DELIVERIES, Kind

ROWS_PER_FILE: Final = 5_000_000
_LEFT_BEHIND: Final = 1


def _names(kind: Kind) -> frozenset[str]:
    return frozenset(column.name for table in DELIVERIES for column in table.columns if column.kind is kind)


_AS_DIFFERENCES: Final = _names(Kind.EUROS) | {"row"}
_AS_THEY_ARE: Final = _names(Kind.BSN)


class Writer:
    """A thread that writes, in the order asked for; who asks waits while too much is left to write."""

    def __init__(self) -> None:
        """Start with nothing to do."""
        self._pool = ThreadPoolExecutor(1)
        self._waiting: deque[Future[None]] = deque()

    def __enter__(self) -> Self:
        """Itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Wait for the thread to end, whatever came of it."""
        self._pool.shutdown(cancel_futures=True)

    def do(self, work: Callable[..., None], *arguments: Any) -> None:  # whatever the work takes
        """Have something written; what went wrong with earlier work is raised here."""
        self._waiting.append(self._pool.submit(work, *arguments))
        while len(self._waiting) > _LEFT_BEHIND:
            self._waiting.popleft().result()

    def finish(self) -> None:
        """Wait until everything is written."""
        while self._waiting:
            self._waiting.popleft().result()


class Parts:
    """A Parquet file that is appended to and rolled over by size, in a fixed schema."""

    def __init__(self, folder: Path, stem: str, schema: pa.Schema, writer: Writer) -> None:
        """Start without a file.

        Args:
            folder: Where the files come.
            stem: How their names begin.
            schema: Columns and types of every file.
            writer: The thread that writes them.
        """
        self._folder, self._stem, self.schema, self._writer = folder, stem, schema, writer
        self._file: pq.ParquetWriter | None = None
        self._rows = 0
        self.paths: list[Path] = []
        """Files made; complete once the writer has finished."""

    def write(self, rows: pa.Table) -> None:
        """Append rows, soon."""
        self._writer.do(self._append, rows)

    def close(self) -> None:
        """Close the file, soon."""
        self._writer.do(self._end)

    def _append(self, rows: pa.Table) -> None:
        if self._file is None or self._rows + rows.num_rows > ROWS_PER_FILE:
            self._end()
            path = self._folder / f"{self._stem}-{len(self.paths) + 1:04d}.parquet"
            self._file = opened(path, self.schema)
            self.paths.append(path)
            self._rows = 0
        self._file.write_table(rows.select(self.schema.names).cast(self.schema))
        self._rows += rows.num_rows

    def _end(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None


def opened(path: Path, schema: pa.Schema) -> pq.ParquetWriter:
    """A Parquet file of the archive.

    Numbers that hardly come again, amounts and numbers of rows, are kept as differences, persons as they are: a
    dictionary of these is slower to write and larger. All else has a dictionary.
    """
    differences = [name for name in schema.names if name in _AS_DIFFERENCES]
    coded = [name for name in schema.names if name not in {*_AS_DIFFERENCES, *_AS_THEY_ARE}]
    return pq.ParquetWriter(
        path,
        schema,
        compression="zstd",
        use_dictionary=coded,
        column_encoding=dict.fromkeys(differences, "DELTA_BINARY_PACKED") or None,
    )
