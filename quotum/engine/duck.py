"""DuckDB, the default engine: embedded, spills to disk, one connection of its own."""

import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path
from typing import Final

import duckdb
import narwhals as nw
import pyarrow as pa

from quotum.engine.by_key import per_key
from quotum.engine.digests import digests_of
from quotum.engine.interface import OVERFLOW
from quotum.engine.scratch import scratch_folder
from quotum.engine.sizes import no_size
from quotum.engine.spilling import out_of_memory, room_needed
from quotum.engine.sql import quoted
from quotum.engine.watching import watched
from quotum.engine.writing import ParquetFile
from quotum.errors import CannotWrite, SelfCheckFailed, WrongUse
from quotum.frames import Frame

ROWS_PER_BATCH = 1_000_000
# Each thread holds so many rows before it writes them: few, so that little memory is enough.
_SHELVED_AT_A_TIME: Final = 30_720
# Read a few times and thrown away: looking for equal values takes a third of the time that it takes to write.
_SHELVED: Final = (
    f"FORMAT parquet, COMPRESSION lz4, PARQUET_VERSION v2, DICTIONARY_SIZE_LIMIT 1, ROW_GROUP_SIZE {_SHELVED_AT_A_TIME}"
)
# So many rows go through a function at once: it holds them as Python values.
_MAPPED_AT_A_TIME: Final = 50_000
SHARE_OF_ROOM: Final = 0.9
"""Of the room that is free when an engine opens it takes no more: others write on that disk too."""
MEMORY: Final = "1000MB"
"""Most memory of DuckDB when nothing else is asked: with what Arrow and Python take the process stays within 2 GB."""


class DuckEngine:
    """Runs frames on DuckDB."""

    def __init__(self, scratch: Path, threads: int | None = None, memory_limit: str | None = None) -> None:
        """Open a connection of its own.

        Args:
            scratch: Folder for what spills.
            threads: Number of threads; all processors when None.
            memory_limit: Most memory, as DuckDB writes it ("800MB").
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
        self._kept = 0

    def watched(self) -> AbstractContextManager[None]:
        """Let how far its query is be asked, where that is shown."""
        return watched(self._connection)

    def close(self) -> None:
        """Give everything back."""
        self._connection.close()

    def scan(self, paths: Iterable[Path | str], schema: pa.Schema) -> Frame:
        """The rows of Parquet files, unread as yet; no files are no rows."""
        names = [str(path) for path in paths]
        if not names:
            return self.table(schema.empty_table())
        return nw.from_native(self._connection.read_parquet(names))

    def among(self, frame: Frame, name: str, numbers: Sequence[int]) -> Frame:
        """The rows of which a whole number is one of few.

        Narwhals writes `contains(list, column)`, which DuckDB works out for each row: seven times as long.
        """
        wanted = ", ".join(str(number) for number in numbers) or "NULL"
        found: Frame = nw.from_native(frame.to_native().filter(f'"{name}" IN ({wanted})'))
        return found

    def table(self, rows: pa.Table) -> Frame:
        """A small table, taken over."""
        name = self._name()
        self._connection.register("incoming", rows)
        self._connection.execute(f"CREATE TEMP TABLE {name} AS FROM incoming")
        self._connection.unregister("incoming")
        return nw.from_native(self._connection.table(name))

    def keep(self, frame: Frame) -> Frame:
        """A frame computed once: a lazy frame runs again for every use."""
        name = self._name()
        with _overflow_refused():
            frame.to_native().create(name)
        return nw.from_native(self._connection.table(name))

    def shelve(self, frame: Frame) -> Frame:
        """A large frame computed once, in a file beside what spills: packed it takes a fraction of the memory."""
        path = self._scratch / f"{self._name()}.parquet"
        with _overflow_refused():
            self._connection.execute(f"COPY ({frame.to_native().sql_query()}) TO {quoted(path)} ({_SHELVED})")
        # DuckDB counts what it spills itself; what is shelved takes of the same room.
        self._room -= path.stat().st_size
        self._connection.execute(f"SET max_temp_directory_size = '{max(self._room, 0)}B'")
        return nw.from_native(self._connection.read_parquet([str(path)]))

    def collect(self, frame: Frame) -> pa.Table:
        """A small frame as an Arrow table."""
        with _overflow_refused():
            return frame.to_native().to_arrow_table()

    def map_by(self, frame: Frame, key: str, function: Callable[[pa.Table], pa.Table], schema: pa.Schema) -> Frame:
        """Rows through a function in order of their key, what it gives in a file beside what spills.

        A stream of DuckDB ends when its connection is asked anything else, so that nothing goes back through it.
        """
        path = self._scratch / f"{self._name()}.parquet"
        with _overflow_refused(), ParquetFile(path, schema, compression="lz4") as writer:
            rows = frame.to_native().order(f'"{key}"').to_arrow_reader(_MAPPED_AT_A_TIME)
            for some in per_key(rows, key, _MAPPED_AT_A_TIME):
                writer.write_table(function(some).select(schema.names).cast(schema))
        return nw.from_native(self._connection.read_parquet([str(path)]))

    def batches(self, frame: Frame, order: Iterable[str]) -> Iterator[pa.RecordBatch]:
        """A frame in order of columns, as a stream."""
        relation = frame.to_native().order(", ".join(f'"{name}"' for name in order))
        yield from relation.to_arrow_reader(ROWS_PER_BATCH)

    def digests(self, paths: Sequence[Path | str]) -> list[str | None]:
        """SHA-256 of files, in their order; None of a file that cannot be read."""
        return digests_of(paths)

    def _name(self) -> str:
        self._kept += 1
        return f"kept_{self._kept}"


@contextmanager
def _overflow_refused() -> Iterator[None]:
    """DuckDB adds in 128 bits and stops when a result does not fit in 64: told as quotum tells it.

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
    """An engine for the time being, with its scratch folder in `near`.

    Args:
        near: The folder.
        threads: Number of threads; all processors when None.
        memory_limit: Most memory, as DuckDB writes it.
        named: The folder to name when there is no room, where `near` itself is made for the time being.

    Raises:
        CannotWrite: There is no permission for the scratch folder, or no room to spill.
        WrongUse: The memory limit is too small.
    """
    with ExitStack() as stack:
        try:
            scratch = stack.enter_context(scratch_folder(near, "spill"))
        except OSError as error:
            raise CannotWrite(f"{near} cannot be written: {error.strerror}") from error
        try:
            with room_needed(named or near):
                engine = _opened(scratch, threads, memory_limit or MEMORY)
                stack.callback(engine.close)
                stack.enter_context(engine.watched())
                yield engine
        except (duckdb.OutOfMemoryException, OSError) as error:
            if not out_of_memory(error):
                raise
            raise WrongUse(
                "the memory limit is too small even with spilling to disk; give more with --memory-limit"
            ) from error
