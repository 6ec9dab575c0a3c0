"""A stream in order of a key, cut where the key changes."""

from collections.abc import Iterable, Iterator
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

ROWS_AT_LEAST: Final = 100_000
"""A table of whole keys is given on when so many rows wait."""


def per_key(batches: Iterable[pa.RecordBatch], key: str, at_least: int = ROWS_AT_LEAST) -> Iterator[pa.Table]:
    """Tables in each of which every key is whole: of many keys, and larger than asked only where one key is.

    Args:
        batches: Rows in order of the key; empty keys are one.
        key: Name of a column.
        at_least: Rows that wait before a table is given on.
    """
    waiting: list[pa.Table] = []
    rows = 0
    for batch in batches:
        table = pa.table(batch) if isinstance(batch, pa.RecordBatch) else batch
        if rows >= at_least and table.num_rows:
            start = _first_other(waiting[-1][key][-1], table[key])
            if start is not None:
                yield pa.concat_tables([*waiting, table.slice(0, start)])
                waiting, rows, table = [], 0, table.slice(start)
        if table.num_rows:
            waiting.append(table)
            rows += table.num_rows
    if waiting:
        yield pa.concat_tables(waiting)


def _first_other(last: pa.Scalar, keys: pa.ChunkedArray) -> int | None:
    """The place of the first key that is not the last one; None when there is none."""
    same = pc.is_null(keys) if not last.is_valid else pc.fill_null(pc.equal(keys, last), fill_value=False)
    place = pc.index(same, value=False).as_py()
    return None if place < 0 else place


__all__ = ["ROWS_AT_LEAST", "per_key"]
