"""Spark: for rows on a cluster, or for more rows than a single machine settles in a night."""

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
from quotum.engine.spark_errors import translated_errors
from quotum.frames import Frame

# Wildcard characters in a file name, as Hadoop reads it.
_GLOB: Final = str.maketrans({sign: f"\\{sign}" for sign in "\\{}[]*?"})


class SparkEngine:
    """Runs frames on a Spark session.

    Only small tables, collected results, and streamed rows of output tables go through the driver.
    """

    def __init__(self, session: SparkSession) -> None:
        """Takes a session with the options of `spark_session.OPTIONS`.

        Args:
            session: Classic or Spark Connect.
        """
        self._session = session

    def scan(self, paths: Iterable[Path | str], schema: pa.Schema) -> Frame:
        """Returns the rows of Parquet files, unread; no files give no rows. Every executor must see their place."""
        names = [_located(path) for path in paths]
        if not names:
            return self.table(schema.empty_table())
        return _frame(self._session.read.schema(_spark_schema(schema)).parquet(*names))

    def among(self, frame: Frame, name: str, numbers: Sequence[int]) -> Frame:
        """Selects rows whose whole number is among a few."""
        return frame.filter(nw.col(name).is_in(list(numbers)))

    def table(self, rows: pa.Table) -> Frame:
        """Takes a small table over."""
        return _frame(self._session.createDataFrame(rows))

    def keep(self, frame: Frame) -> Frame:
        """Computes a frame once: in memory of the executors, and on their disks for the rest.

        Its plan is cut off: Spark analyses the whole plan of a frame again at every step added to it.
        """
        return self._checkpoint(frame, StorageLevel.MEMORY_AND_DISK)

    def shelve(self, frame: Frame) -> Frame:
        """Computes a large frame once, on the disks of the executors."""
        return self._checkpoint(frame, StorageLevel.DISK_ONLY)

    def collect(self, frame: Frame) -> pa.Table:
        """Returns a small frame as an Arrow table."""
        with translated_errors():
            return frame.to_native().toArrow()

    def batches(self, frame: Frame, order: Iterable[str]) -> Iterator[pa.RecordBatch]:
        """Yields a frame in order of columns, as a stream: the driver holds a single part at a time.

        Rows come packed, because Spark streams rows as separate Python objects.
        """
        ordered = frame.to_native().orderBy(*(f.col(name).asc_nulls_last() for name in order))
        rows = _mapped(ordered, packed, PACKED)
        with translated_errors():
            for row in rows.toLocalIterator():
                with pa.ipc.open_stream(pa.py_buffer(row["packed"])) as stream:
                    yield from stream

    def map_by(self, frame: Frame, key: str, function: Callable[[pa.Table], pa.Table], schema: pa.Schema) -> Frame:
        """Applies a function to the rows of a frame and joins the results; see `Engine.map_by`.

        Rows of a key go to the same executor, and nothing goes to the driver.
        """
        by_key = frame.to_native().repartition(f.col(key)).sortWithinPartitions(f.col(key))
        called = partial(mapped, key=key, function=function, schema=schema)
        return self.keep(_frame(_mapped(by_key, called, schema)))

    def digests(self, paths: Sequence[Path | str]) -> list[str | None]:
        """Returns the SHA-256 of files, read by the executors.

        Files with a path (or a `file:` URI) are read in bounded memory; Spark loads files of other file systems whole.
        """
        names = [str(path) for path in paths]
        local = {place: own for place, name in enumerate(names) if (own := _path_of(name)) is not None}
        result = self._digests_of_paths(local)
        elsewhere = {place: name for place, name in enumerate(names) if place not in local}
        result |= self._digests_by_spark(elsewhere)
        return [result.get(place) for place in range(len(names))]

    def _digests_of_paths(self, paths: Mapping[int, str]) -> dict[int, str | None]:
        if not paths:
            return {}
        listed = pa.table({"place": pa.array(list(paths), pa.int64()), "path": pa.array(list(paths.values()))})
        frame = self._session.createDataFrame(listed).repartition(len(paths), "place")
        with translated_errors():
            digests = _mapped(frame, digested, DIGESTED).toArrow()
        return dict(zip(digests["place"].to_pylist(), digests["sha256"].to_pylist(), strict=True))

    def _digests_by_spark(self, names: Mapping[int, str]) -> dict[int, str | None]:
        frames: list[DataFrame] = []
        for place, name in names.items():
            with suppress(AnalysisException):  # there is no such file
                content = self._session.read.format("binaryFile").load(_literal(name))
                frames.append(content.select(f.lit(place).alias("place"), f.sha2("content", 256).alias("sha256")))
        if not frames:
            return {}
        with translated_errors():
            digests = reduce(DataFrame.unionAll, frames).toArrow()
        return dict(zip(digests["place"].to_pylist(), digests["sha256"].to_pylist(), strict=True))

    def _checkpoint(self, frame: Frame, level: StorageLevel) -> Frame:
        with translated_errors():
            return _frame(frame.to_native().localCheckpoint(eager=True, storageLevel=level))


def _frame(native: DataFrame) -> Frame:
    frame: Frame = nw.from_native(native)
    return frame


def _mapped(frame: DataFrame, function: Callable[..., Iterator[pa.RecordBatch]], schema: pa.Schema) -> DataFrame:
    """Applies a function to each part of a frame, on the executors."""
    with nothing_of_pandas():
        return frame.mapInArrow(function, _spark_schema(schema))


def _spark_schema(schema: pa.Schema) -> StructType:
    """Converts a schema for Spark; every column becomes nullable, as in what Spark reads."""
    return from_arrow_schema(pa.schema([field.with_nullable(True) for field in schema]), prefer_timestamp_ntz=True)


def _located(path: Path | str) -> str:
    """Returns a path for Spark: in this file system, whatever the cluster's own is."""
    return _literal(f"file://{path.absolute()}" if isinstance(path, Path) else path)


def _literal(name: str) -> str:
    """Escapes the wildcards of a name."""
    return name.translate(_GLOB)


def _path_of(name: str) -> str | None:
    """Returns the path of a file in this file system; None for other file systems."""
    scheme, colon, rest = name.partition(":")
    if not colon or "/" in scheme:
        return name
    return f"/{rest.lstrip('/')}" if scheme == "file" else None


__all__ = ["SparkEngine"]
