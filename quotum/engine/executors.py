"""Python work of Spark's executors, which import this module, so it needs pyarrow and little else."""

from collections.abc import Callable, Iterator
from typing import Final

import pyarrow as pa

from quotum.engine.by_key import per_key
from quotum.engine.digests import digest_or_none
from quotum.errors import QuotumError

PACKED: Final = pa.schema([("packed", pa.binary())])
"""Rows as a single value: an Arrow stream."""
DIGESTED: Final = pa.schema([("place", pa.int64()), ("sha256", pa.string())])
"""Digest of a file by its place in a list; null for an unreadable file."""
CARRIED: Final = "quotum says:"
"""Mark of an error of quotum that comes from an executor: `CARRIED class|message|`."""


def packed(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Packs each batch into a row of `PACKED`."""
    for batch in batches:
        sink = pa.BufferOutputStream()
        with pa.ipc.new_stream(sink, batch.schema) as stream:
            stream.write_batch(batch)
        yield pa.record_batch([pa.array([sink.getvalue().to_pybytes()], pa.binary())], schema=PACKED)


def digested(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Yields the digest of each file (`place`, `path`), as `DIGESTED`; reads files in pieces."""
    for batch in batches:
        digests = [digest_or_none(path) for path in batch.column("path").to_pylist()]
        yield pa.record_batch([batch.column("place"), pa.array(digests, pa.string())], schema=DIGESTED)


def mapped(
    batches: Iterator[pa.RecordBatch], key: str, function: Callable[[pa.Table], pa.Table], schema: pa.Schema
) -> Iterator[pa.RecordBatch]:
    """Applies a function to tables that hold all rows of their keys; batches are in order of the key."""
    try:
        for table in per_key(batches, key):
            yield from function(table).select(schema.names).cast(schema).to_batches()
    except QuotumError as error:
        raise RuntimeError(f"{CARRIED} {type(error).__name__}|{error}|") from error


__all__ = ["CARRIED", "DIGESTED", "PACKED", "digested", "mapped", "packed"]
