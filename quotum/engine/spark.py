"""Spark: for rows that lie on a cluster, or that are more than one machine settles in a night."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import partial, reduce
from pathlib import Path
from typing import Final

import narwhals as nw
import pyarrow as pa
from pyspark import StorageLevel
from pyspark.errors import AnalysisException
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as f
from pyspark.sql.pandas.types import from_arrow_schema
from pyspark.sql.types import StructType

from quotum.engine.executors import DIGESTED, PACKED, digested, mapped, packed
from quotum.engine.quiet import nothing_of_pandas
from quotum.engine.spark_errors import told
from quotum.frames import Frame

# Signs that stand for others in the name of a file, as Hadoop reads it.
_GLOB: Final = str.maketrans({sign: f"\\{sign}" for sign in "\\{}[]*?"})


class SparkEngine:
    """Runs frames on a Spark session.

    Through the driver go small tables, what is collected, and rows of output tables as a stream; nothing else.
    """

    def __init__(self, session: SparkSession) -> None:
        """Take a session with the options of `spark_session.OPTIONS`.

        Args:
            session: Classic or Spark Connect.
        """
        self._session = session

    def scan(self, paths: Iterable[Path | str], schema: pa.Schema) -> Frame:
        """The rows of Parquet files, unread as yet; no files are no rows. Every executor must see their place."""
        names = [_located(path) for path in paths]
        if not names:
            return self.table(schema.empty_table())
        return _frame(self._session.read.schema(_spark_schema(schema)).parquet(*names))

    def among(self, frame: Frame, name: str, numbers: Sequence[int]) -> Frame:
        """The rows of which a whole number is one of few."""
        return frame.filter(nw.col(name).is_in(list(numbers)))

    def table(self, rows: pa.Table) -> Frame:
        """A small table, taken over."""
        return _frame(self._session.createDataFrame(rows))

    def keep(self, frame: Frame) -> Frame:
        """A frame computed once: in memory of the executors, and on their disks what does not fit.

        Its plan is cut off: Spark looks at the whole plan of a frame with every step that is put on it.
        """
        return self._held(frame, StorageLevel.MEMORY_AND_DISK)

    def shelve(self, frame: Frame) -> Frame:
        """A large frame computed once, on the disks of the executors."""
        return self._held(frame, StorageLevel.DISK_ONLY)

    def collect(self, frame: Frame) -> pa.Table:
        """A small frame as an Arrow table."""
        with told():
            return frame.to_native().toArrow()

    def batches(self, frame: Frame, order: Iterable[str]) -> Iterator[pa.RecordBatch]:
        """A frame in order of columns, as a stream: the driver holds one part of it at a time.

        Rows come packed: Spark streams rows one by one, each an object of Python.
        """
        ordered = frame.to_native().orderBy(*(f.col(name).asc_nulls_last() for name in order))
        rows = _mapped(ordered, packed, PACKED)
        with told():
            for row in rows.toLocalIterator():
                with pa.ipc.open_stream(pa.py_buffer(row["packed"])) as stream:
                    yield from stream

    def map_by(self, frame: Frame, key: str, function: Callable[[pa.Table], pa.Table], schema: pa.Schema) -> Frame:
        """What a function gives of the rows of a frame, put together; see `Engine.map_by`.

        Rows of one key go to one executor, and nothing to the driver.
        """
        by_key = frame.to_native().repartition(f.col(key)).sortWithinPartitions(f.col(key))
        called = partial(mapped, key=key, function=function, schema=schema)
        return self.keep(_frame(_mapped(by_key, called, schema)))

    def digests(self, paths: Sequence[Path | str]) -> list[str | None]:
        """SHA-256 of files, read by the executors.

        Those of a path (or a `file:` URI) in bounded memory; of other file systems by Spark, which takes a file whole.
        """
        names = [str(path) for path in paths]
        local = {place: own for place, name in enumerate(names) if (own := _path_of(name)) is not None}
        found = self._digests_of_paths(local)
        elsewhere = {place: name for place, name in enumerate(names) if place not in local}
        found |= self._digests_by_spark(elsewhere)
        return [found.get(place) for place in range(len(names))]

    def _digests_of_paths(self, paths: Mapping[int, str]) -> dict[int, str | None]:
        if not paths:
            return {}
        listed = pa.table({"place": pa.array(list(paths), pa.int64()), "path": pa.array(list(paths.values()))})
        each = self._session.createDataFrame(listed).repartition(len(paths), "place")
        with told():
            found = _mapped(each, digested, DIGESTED).toArrow()
        return dict(zip(found["place"].to_pylist(), found["sha256"].to_pylist(), strict=True))

    def _digests_by_spark(self, names: Mapping[int, str]) -> dict[int, str | None]:
        each: list[DataFrame] = []
        for place, name in names.items():
            with suppress(AnalysisException):  # there is none
                content = self._session.read.format("binaryFile").load(_literal(name))
                each.append(content.select(f.lit(place).alias("place"), f.sha2("content", 256).alias("sha256")))
        if not each:
            return {}
        with told():
            found = reduce(DataFrame.unionAll, each).toArrow()
        return dict(zip(found["place"].to_pylist(), found["sha256"].to_pylist(), strict=True))

    def _held(self, frame: Frame, level: StorageLevel) -> Frame:
        with told():
            return _frame(frame.to_native().localCheckpoint(eager=True, storageLevel=level))


def _frame(native: DataFrame) -> Frame:
    frame: Frame = nw.from_native(native)
    return frame


def _mapped(frame: DataFrame, function: Callable[..., Iterator[pa.RecordBatch]], schema: pa.Schema) -> DataFrame:
    """What a function gives of each part of a frame, on the executors."""
    with nothing_of_pandas():
        return frame.mapInArrow(function, _spark_schema(schema))


def _spark_schema(schema: pa.Schema) -> StructType:
    """A schema as Spark has it; every column may be empty, as in what it reads."""
    return from_arrow_schema(pa.schema([field.with_nullable(True) for field in schema]), prefer_timestamp_ntz=True)


def _located(path: Path | str) -> str:
    """A path as Spark takes it: of this file system, whatever the cluster's own is."""
    return _literal(f"file://{path.absolute()}" if isinstance(path, Path) else path)


def _literal(name: str) -> str:
    """A name of which no sign stands for others."""
    return name.translate(_GLOB)


def _path_of(name: str) -> str | None:
    """The path of a file of this file system; None of another one."""
    scheme, colon, rest = name.partition(":")
    if not colon or "/" in scheme:
        return name
    return f"/{rest.lstrip('/')}" if scheme == "file" else None


__all__ = ["SparkEngine"]
