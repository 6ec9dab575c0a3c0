"""Cutting of a stream in order of a key, at places where the key changes."""

from collections.abc import Iterable, Iterator
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

ROWS_AT_LEAST: Final = 100_000
"""Number of waiting rows at which a table of whole keys is passed on."""


def per_key(batches: Iterable[pa.RecordBatch], key: str, at_least: int = ROWS_AT_LEAST) -> Iterator[pa.Table]:
    """Yields tables that hold all rows of their keys; a table exceeds the limit only when a single key does.

    Args:
        batches: Rows in order of the key; all empty keys together count as a key.
        key: Name of a column.
        at_least: Number of waiting rows at which a table is passed on.
    """
    waiting: list[pa.Table] = []
    rows = 0
    for batch in batches:
        table = pa.table(batch) if isinstance(batch, pa.RecordBatch) else batch
        if rows >= at_least and table.num_rows:
            start = _first_different(waiting[-1][key][-1], table[key])
            if start is not None:
                yield pa.concat_tables([*waiting, table.slice(0, start)])
                waiting, rows, table = [], 0, table.slice(start)
        if table.num_rows:
            waiting.append(table)
            rows += table.num_rows
    if waiting:
        yield pa.concat_tables(waiting)


def _first_different(last: pa.Scalar, keys: pa.ChunkedArray) -> int | None:
    """Returns the place of the first key that differs from the last key; None when there is none."""
    is_same = pc.is_null(keys) if not last.is_valid else pc.fill_null(pc.equal(keys, last), fill_value=False)
    place = pc.index(is_same, value=False).as_py()
    return None if place < 0 else place


__all__ = ["ROWS_AT_LEAST", "per_key"]
