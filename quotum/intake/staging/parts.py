"""Parquet files that grow during a receive call, written by a separate thread."""

from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any, Final, Self

import pyarrow as pa
import pyarrow.parquet as pq

from quotum.engine.parquet_writer import ParquetFile
from quotum.tables import DELIVERIES, Kind

ROWS_PER_FILE: Final = 5_000_000
# Rows that may wait for the writer, about two tables; and the least number written at a time.
_LEFT_BEHIND: Final = 320_000
_ENOUGH: Final = 64_000
# Rows that all files together may hold back: there can be one file for each of a hundred years.
_MOST_GATHERED: Final = 400_000


def _names(kind: Kind) -> frozenset[str]:
    return frozenset(column.name for table in DELIVERIES for column in table.columns if column.kind is kind)


_AS_DIFFERENCES: Final = _names(Kind.EUROS) | {"row"}
_AS_THEY_ARE: Final = frozenset({"delivery", "fragment", "member", "message_id"}).union(
    *(_names(kind) for kind in (Kind.BSN, Kind.PAYROLL_TAX_NUMBER, Kind.DATE, Kind.MOMENT, Kind.CHOICE))
)
_LOOKED_FOR: Final = frozenset({"delivery", "fragment", "period_start"}).union(
    *(_names(kind) for kind in (Kind.BSN, Kind.RSIN, Kind.PAYROLL_TAX_NUMBER))
)


class Writer:
    """A thread that writes in order of request; callers wait while too much is unwritten."""

    def __init__(self) -> None:
        """Starts the thread without work."""
        self._pool = ThreadPoolExecutor(1)
        self._waiting: deque[tuple[Future[None], int]] = deque()
        self._left = 0
        self._gathering: dict[Parts, int] = {}

    def __enter__(self) -> Self:
        """Returns itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Waits for the thread to end, whatever the result."""
        self._pool.shutdown(cancel_futures=True)

    def do(self, work: Callable[..., None], *arguments: Any, rows: int = 0) -> None:  # whatever the work takes
        """Queues a number of rows for writing; raises errors of earlier work."""
        self._waiting.append((self._pool.submit(work, *arguments), rows))
        self._left += rows
        while self._left > _LEFT_BEHIND:
            self._take_result()

    def gather(self, parts: "Parts", rows: int) -> None:
        """Notes the rows that some files hold back; above the limit in total, the fullest files write theirs."""
        self._gathering[parts] = rows
        if sum(self._gathering.values()) > _MOST_GATHERED:
            max(self._gathering, key=self._gathering.__getitem__).hand_over()

    def finish(self) -> None:
        """Waits until everything is written."""
        while self._waiting:
            self._take_result()

    def _take_result(self) -> None:
        future, rows = self._waiting.popleft()
        future.result()
        self._left -= rows


class Parts:
    """A Parquet file with a fixed schema that grows by appending and rolls over by size."""

    def __init__(self, folder: Path, stem: str, schema: pa.Schema, writer: Writer, *, uncounted: bool = False) -> None:
        """Starts without a file.

        Args:
            folder: Folder of the files.
            stem: Start of their names.
            schema: Columns and types of every file.
            writer: The thread that writes them.
            uncounted: Whether its rows do not count towards the limit of all files: temporary files do not decide when,
                and so in which groups, the files of the archive are written.
        """
        self._folder, self._stem, self.schema, self._writer = folder, stem, schema, writer
        self._uncounted = uncounted
        self._file: pq.ParquetWriter | None = None
        self._rows = 0
        self._gathered: list[pa.Table] = []
        self._count = 0
        self.paths: list[Path] = []
        """Files made; complete once the writer has finished."""

    def write(self, rows: pa.Table) -> None:
        """Appends rows, soon: a few rows wait for more."""
        self._gathered.append(rows.select(self.schema.names))
        self._count += rows.num_rows
        if self._count >= _ENOUGH:
            self.hand_over()
        elif not self._uncounted:
            self._writer.gather(self, self._count)

    def close(self) -> None:
        """Closes the file, soon."""
        self.hand_over()
        self._writer.do(self._end)

    def hand_over(self) -> None:
        """Queues the gathered rows for writing."""
        if self._gathered:
            self._writer.do(self._append, self._gathered, rows=self._count)
            self._gathered, self._count = [], 0
            self._writer.gather(self, 0)

    def _append(self, gathered: list[pa.Table]) -> None:
        rows = pa.concat_tables([table.cast(self.schema) for table in gathered])
        if self._file is None or self._rows + rows.num_rows > ROWS_PER_FILE:
            self._end()
            path = self._folder / f"{self._stem}-{len(self.paths) + 1:04d}.parquet"
            self._file = open_table(path, self.schema)
            self.paths.append(path)
            self._rows = 0
        self._file.write_table(rows)
        self._rows += rows.num_rows

    def _end(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None


def open_table(path: Path, schema: pa.Schema) -> pq.ParquetWriter:
    """Opens a Parquet file of the archive.

    Numbers that rarely repeat, amounts and row numbers, are stored as differences. Persons, days, names of messages
    and values that stay the same over many rows are stored plainly: a dictionary of these is slower to write and
    mostly larger. All other columns have a dictionary. LZ4 writes a quarter faster than zstd and is a quarter
    larger; least and greatest values are stored only where readers search for some of the rows.
    """
    differences = [name for name in schema.names if name in _AS_DIFFERENCES]
    coded = [name for name in schema.names if name not in {*_AS_DIFFERENCES, *_AS_THEY_ARE}]
    return ParquetFile(
        path,
        schema,
        compression="lz4",
        write_statistics=[name for name in schema.names if name in _LOOKED_FOR],
        use_dictionary=coded,
        column_encoding=dict.fromkeys(differences, "DELTA_BINARY_PACKED") or None,
    )
