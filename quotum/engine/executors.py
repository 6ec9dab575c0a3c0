"""What Spark's executors do in Python: they import this module, so it needs pyarrow and little else."""

from collections.abc import Callable, Iterator
from typing import Final

import pyarrow as pa

from quotum.engine.by_key import per_key
from quotum.engine.digests import digest_or_none
from quotum.errors import QuotumError

PACKED: Final = pa.schema([("packed", pa.binary())])
"""Rows as one value: an Arrow stream."""
DIGESTED: Final = pa.schema([("place", pa.int64()), ("sha256", pa.string())])
"""Digest of a file by its place in a list; none of a file that cannot be read."""
CARRIED: Final = "quotum says:"
"""Marks an error of quotum on its way from an executor: `CARRIED class|message|`."""


def packed(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Each batch as one row of `PACKED`."""
    for batch in batches:
        sink = pa.BufferOutputStream()
        with pa.ipc.new_stream(sink, batch.schema) as stream:
            stream.write_batch(batch)
        yield pa.record_batch([pa.array([sink.getvalue().to_pybytes()], pa.binary())], schema=PACKED)


def digested(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """The digest of each file (`place`, `path`), as `DIGESTED`; read piece by piece."""
    for batch in batches:
        found = [digest_or_none(path) for path in batch.column("path").to_pylist()]
        yield pa.record_batch([batch.column("place"), pa.array(found, pa.string())], schema=DIGESTED)


def mapped(
    batches: Iterator[pa.RecordBatch], key: str, function: Callable[[pa.Table], pa.Table], schema: pa.Schema
) -> Iterator[pa.RecordBatch]:
    """What a function gives of tables in which each key is whole; batches are in order of the key."""
    try:
        for table in per_key(batches, key):
            yield from function(table).select(schema.names).cast(schema).to_batches()
    except QuotumError as error:
        raise RuntimeError(f"{CARRIED} {type(error).__name__}|{error}|") from error


__all__ = ["CARRIED", "DIGESTED", "PACKED", "digested", "mapped", "packed"]
