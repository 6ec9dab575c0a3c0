"""Merging of overlapping or touching intervals of days with the same key, by whole columns for a country."""

from datetime import date, timedelta
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

FAR_DAY: Final = date(9999, 12, 31)
"""Last day of intervals without end."""
_EPOCH: Final = date(1970, 1, 1)
_FAR: Final = (FAR_DAY - _EPOCH) // timedelta(days=1)
MOST_DAYS: Final = 1 << 22
"""More than the number of days between any two days."""

Days = npt.NDArray[np.int64]
Marks = npt.NDArray[np.bool_]


def merged(rows: pa.Table, keys: tuple[str, ...], first: str, last: str) -> pa.Table:
    """Merges overlapping and adjacent intervals with the same key, in order of key and first day.

    Args:
        rows: Intervals; none ends before it begins.
        keys: Columns of the key.
        first: Column with the first day.
        last: Column with the last day; null is `FAR_DAY`.

    Returns:
        Key, first day and last day.
    """
    ordered = rows.select([*keys, first, last]).sort_by([(name, "ascending") for name in (*keys, first)])
    starts, ends = days(ordered[first]), days(ordered[last])
    new_key = _changes(ordered, keys)
    # The latest day so far of each key: shifted so that later keys lie above all earlier keys.
    lifted = np.cumsum(new_key) * MOST_DAYS
    reach = np.maximum.accumulate(ends + lifted) - lifted
    reach_before = np.concatenate([reach[:1], reach[:-1]])
    begins = new_key | ((reach_before != _FAR) & (starts > reach_before + 1))
    at = np.flatnonzero(begins)
    until = reach[np.append(at[1:], len(reach)) - 1] if len(at) else reach
    result = ordered.take(pa.array(at))
    for name, values in ((first, starts[at]), (last, until)):
        column = pa.array(values.astype(np.int32), pa.int32()).cast(pa.date32())
        result = result.set_column(result.schema.get_field_index(name), name, column)
    return result


def days(column: pa.ChunkedArray) -> Days:
    """Converts days to numbers; `FAR_DAY` where there is none."""
    return np.asarray(pc.fill_null(column.cast(pa.int32()), _FAR), np.int64)


def _changes(ordered: pa.Table, keys: tuple[str, ...]) -> Marks:
    """Marks rows whose key differs from the row before."""
    changes = np.zeros(ordered.num_rows, np.bool_)
    changes[:1] = True
    for name in keys:
        codes: npt.NDArray[Any] = np.asarray(
            ordered[name].combine_chunks().dictionary_encode(null_encoding="encode").indices
        )
        changes[1:] |= codes[1:] != codes[:-1]
    return changes


__all__ = ["FAR_DAY", "MOST_DAYS", "days", "merged"]
