"""DuckDB, the default engine: embedded, spills to disk, one connection of its own."""

import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import duckdb
import narwhals as nw
import pyarrow as pa

from quotum.engine.by_key import per_key
from quotum.engine.digests import digests_of
from quotum.engine.interface import OVERFLOW
from quotum.engine.spilling import out_of_memory, room_needed
from quotum.engine.writing import write_parquet
from quotum.errors import CannotWrite, SelfCheckFailed, WrongUse
from quotum.frames import Frame

ROWS_PER_BATCH = 1_000_000
# Each thread holds so many rows before it writes them: few, so that little memory is enough.
_SHELVED_AT_A_TIME: Final = 30_720
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
        config: dict[str, str | bool | int | float | list[str]] = {
            "temp_directory": str(scratch),
            "autoinstall_known_extensions": False,
            "preserve_insertion_order": False,
        }
        if threads:
            config["threads"] = threads
        if memory_limit:
            config["memory_limit"] = memory_limit
        self._scratch = scratch
        self._connection = duckdb.connect(config=config)
        self._kept = 0

    def close(self) -> None:
        """Give everything back."""
        self._connection.close()

    def scan(self, paths: Iterable[Path | str], schema: pa.Schema) -> Frame:
        """The rows of Parquet files, unread as yet; no files are no rows."""
        names = [str(path) for path in paths]
        if not names:
            return self.table(schema.empty_table())
        return nw.from_native(self._connection.read_parquet(names))

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
            frame.to_native().write_parquet(str(path), compression="lz4", row_group_size=_SHELVED_AT_A_TIME)
        return nw.from_native(self._connection.read_parquet([str(path)]))

    def collect(self, frame: Frame) -> pa.Table:
        """A small frame as an Arrow table."""
        with _overflow_refused():
            return frame.to_native().to_arrow_table()

    def batches(self, frame: Frame, order: Iterable[str]) -> Iterator[pa.RecordBatch]:
        """A frame in order of columns, as a stream."""
        relation = frame.to_native().order(", ".join(f'"{name}"' for name in order))
        yield from relation.to_arrow_reader(ROWS_PER_BATCH)

    def map_by(self, frame: Frame, key: str, function: Callable[[pa.Table], pa.Table], schema: pa.Schema) -> Frame:
        """What a function gives of the rows of a frame, put together, on disk meanwhile; see `Engine.map_by`."""
        path = self._scratch / f"{self._name()}.parquet"
        with _overflow_refused():
            write_parquet((function(table) for table in per_key(self.batches(frame, (key,)), key)), schema, path)
        return self.scan([path], schema)

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
        raise WrongUse(f"--memory-limit {memory_limit!r} is no size; write it as 800MB or 4GB") from error


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
    try:
        scratch = Path(tempfile.mkdtemp(prefix=".quotum-spill-", dir=near))
    except OSError as error:
        raise CannotWrite(f"{near} cannot be written: {error.strerror}") from error
    engine = None
    try:
        with room_needed(named or near):
            engine = _opened(scratch, threads, memory_limit or MEMORY)
            yield engine
    except (duckdb.OutOfMemoryException, OSError) as error:
        if not out_of_memory(error):
            raise
        raise WrongUse(
            "the memory limit is too small even with spilling to disk; give more with --memory-limit"
        ) from error
    finally:
        if engine is not None:
            engine.close()
        shutil.rmtree(scratch, ignore_errors=True)
