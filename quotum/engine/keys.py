"""A stream in order of a key, cut where the key changes."""

from collections.abc import Iterable, Iterator

import pyarrow as pa
import pyarrow.compute as pc


def whole_keys(batches: Iterable[pa.RecordBatch], key: str) -> Iterator[pa.Table]:
    """Batches cut anew, so that all rows of a key are in one table.

    Args:
        batches: Rows in order of the key.
        key: A column that no row lacks.

    Returns:
        Tables of about the size of the batches, none of them empty.
    """
    waiting: list[pa.RecordBatch] = []
    for batch in batches:
        if not batch.num_rows:
            continue
        keys = batch[key]
        begun = pc.index(keys, keys[-1]).as_py()
        if begun or (waiting and waiting[-1][key][-1] != keys[0]):
            yield pa.Table.from_batches([*waiting, batch.slice(0, begun)])
            waiting = []
        waiting.append(batch.slice(begun))
    if waiting:
        yield pa.Table.from_batches(waiting)


__all__ = ["whole_keys"]
