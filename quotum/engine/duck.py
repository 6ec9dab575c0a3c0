"""DuckDB, the default engine: embedded, spills to disk, has a separate connection."""

import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path
from typing import Final

import duckdb
import narwhals as nw
import pyarrow as pa

from quotum import places
from quotum.engine.by_key import per_key
from quotum.engine.digests import digests_of
from quotum.engine.disk_room import out_of_memory, room_needed
from quotum.engine.interface import OVERFLOW
from quotum.engine.parquet_writer import ParquetFile
from quotum.engine.query_progress import progress_available
from quotum.engine.scratch import scratch_folder
from quotum.engine.sizes import no_size
from quotum.engine.sql import quoted
from quotum.errors import CannotWrite, SelfCheckFailed, WrongUse
from quotum.frames import Frame

ROWS_PER_BATCH = 1_000_000
# Number of rows that each thread holds before it writes them: few, so that little memory is enough.
_SHELVED_AT_A_TIME: Final = 30_720
# Read a few times and thrown away: searching equal values takes a third of the writing time.
_SHELVED: Final = (
    f"FORMAT parquet, COMPRESSION lz4, PARQUET_VERSION v2, DICTIONARY_SIZE_LIMIT 1, ROW_GROUP_SIZE {_SHELVED_AT_A_TIME}"
)
# Number of rows that go through a function at once: it holds them as Python values.
_MAPPED_AT_A_TIME: Final = 50_000
SHARE_OF_ROOM: Final = 0.9
"""Largest share of the room that is free when an engine opens: others write to that disk too."""
MEMORY: Final = "1000MB"
"""Default memory limit of DuckDB: with Arrow and Python the process stays within 2 GB."""


class DuckEngine:
    """Runs frames on DuckDB."""

    def __init__(self, scratch: Path, threads: int | None = None, memory_limit: str | None = None) -> None:
        """Opens a separate connection.

        Args:
            scratch: Folder for spilled data.
            threads: Number of threads; all processors when None.
            memory_limit: Largest memory, as DuckDB writes it ("800MB").
        """
        room = int(shutil.disk_usage(scratch).free * SHARE_OF_ROOM)
        config: dict[str, str | bool | int | float | list[str]] = {
            "temp_directory": str(scratch),
            "max_temp_directory_size": f"{room}B",
            "autoinstall_known_extensions": False,
            "preserve_insertion_order": False,
        }
        if threads:
            config["threads"] = threads
        if memory_limit:
            config["memory_limit"] = memory_limit
        self._scratch, self._room = scratch, room
        self._connection = duckdb.connect(config=config)
        self._table_count = 0

    def progress_available(self) -> AbstractContextManager[None]:
        """Makes the progress of its query available, where that is shown."""
        return progress_available(self._connection)

    def close(self) -> None:
        """Releases everything."""
        self._connection.close()

    def scan(self, paths: Iterable[Path | str], schema: pa.Schema) -> Frame:
        """Returns the rows of Parquet files, unread; no files give no rows."""
        names = [str(path) for path in paths]
        if not names:
            return self.table(schema.empty_table())
        return nw.from_native(self._connection.read_parquet(names))

    def among(self, frame: Frame, name: str, numbers: Sequence[int]) -> Frame:
        """Selects rows whose whole number is among a few.

        Narwhals writes `contains(list, column)`, which DuckDB evaluates for each row: seven times as slow.
        """
        values = ", ".join(str(number) for number in numbers) or "NULL"
        selected: Frame = nw.from_native(frame.to_native().filter(f'"{name}" IN ({values})'))
        return selected

    def table(self, rows: pa.Table) -> Frame:
        """Takes a small table over."""
        name = self._name()
        self._connection.register("incoming", rows)
        self._connection.execute(f"CREATE TEMP TABLE {name} AS FROM incoming")
        self._connection.unregister("incoming")
        return nw.from_native(self._connection.table(name))

    def keep(self, frame: Frame) -> Frame:
        """Computes a frame once: a lazy frame runs again for every use."""
        name = self._name()
        with _overflow_refused():
            frame.to_native().create(name)
        return nw.from_native(self._connection.table(name))

    def shelve(self, frame: Frame) -> Frame:
        """Computes a large frame once, in a compressed file beside the spilled data, which saves memory."""
        path = self._scratch / f"{self._name()}.parquet"
        with _overflow_refused():
            self._connection.execute(f"COPY ({frame.to_native().sql_query()}) TO {quoted(path)} ({_SHELVED})")
        # DuckDB counts its own spilled data; shelved frames take the same room.
        self._room -= path.stat().st_size
        self._connection.execute(f"SET max_temp_directory_size = '{max(self._room, 0)}B'")
        return nw.from_native(self._connection.read_parquet([str(path)]))

    def collect(self, frame: Frame) -> pa.Table:
        """Returns a small frame as an Arrow table."""
        with _overflow_refused():
            return frame.to_native().to_arrow_table()

    def map_by(self, frame: Frame, key: str, function: Callable[[pa.Table], pa.Table], schema: pa.Schema) -> Frame:
        """Applies a function to rows in order of their key, with the result in a file beside the spilled data.

        A stream of DuckDB ends at the next query on its connection, so nothing goes back through that connection.
        """
        path = self._scratch / f"{self._name()}.parquet"
        with _overflow_refused(), ParquetFile(path, schema, compression="lz4") as writer:
            rows = frame.to_native().order(f'"{key}"').to_arrow_reader(_MAPPED_AT_A_TIME)
            for keyed_rows in per_key(rows, key, _MAPPED_AT_A_TIME):
                writer.write_table(function(keyed_rows).select(schema.names).cast(schema))
        return nw.from_native(self._connection.read_parquet([str(path)]))

    def batches(self, frame: Frame, order: Iterable[str]) -> Iterator[pa.RecordBatch]:
        """Yields a frame in order of columns, as a stream."""
        relation = frame.to_native().order(", ".join(f'"{name}"' for name in order))
        yield from relation.to_arrow_reader(ROWS_PER_BATCH)

    def digests(self, paths: Sequence[Path | str]) -> list[str | None]:
        """Returns the SHA-256 of files, in their order; None for an unreadable file."""
        return digests_of(paths)

    def _name(self) -> str:
        self._table_count += 1
        return f"kept_{self._table_count}"


@contextmanager
def _overflow_refused() -> Iterator[None]:
    """Turns DuckDB's error about a result that does not fit in 64 bits into an error of quotum.

    Raises:
        SelfCheckFailed: A sum or product does not fit.
    """
    try:
        yield
    except (duckdb.OutOfRangeException, duckdb.ConversionException) as error:
        if not any(sign in str(error) for sign in ("INT64", "INT128", "out of range")):
            raise
        raise SelfCheckFailed(OVERFLOW) from None


def _opened(scratch: Path, threads: int | None, memory_limit: str | None) -> DuckEngine:
    try:
        return DuckEngine(scratch, threads, memory_limit)
    except (duckdb.ParserException, duckdb.InvalidInputException) as error:
        raise no_size(memory_limit or "") from error


@contextmanager
def duck_engine(
    near: Path, threads: int | None = None, memory_limit: str | None = None, named: Path | None = None
) -> Iterator[DuckEngine]:
    """Opens an engine for the duration of a context, with its scratch folder in `near`.

    Args:
        near: The folder.
        threads: Number of threads; all processors when None.
        memory_limit: Largest memory, as DuckDB writes it.
        named: Folder to name in errors about room, when `near` itself is temporary.

    Raises:
        CannotWrite: The scratch folder may not be made, or there is no room to spill.
        WrongUse: The memory limit is too small.
    """
    with ExitStack() as stack:
        try:
            scratch = stack.enter_context(scratch_folder(near, "spill"))
        except OSError as error:
            raise CannotWrite(places.UNWRITABLE.sentence(near=near, why=error.strerror)) from error
        try:
            with room_needed(named or near):
                engine = _opened(scratch, threads, memory_limit or MEMORY)
                stack.callback(engine.close)
                stack.enter_context(engine.progress_available())
                yield engine
        except (duckdb.OutOfMemoryException, OSError) as error:
            if not out_of_memory(error):
                raise
            raise WrongUse(places.LITTLE_MEMORY.sentence()) from error
