"""Places of values in a sorted column, without a hash table."""

import numpy as np
import pyarrow as pa


def places_in(ordered: pa.Array, values: pa.Array) -> pa.Array:
    """The place of each value in a column of whole numbers; null where it is not there.

    Args:
        ordered: Ascending, each once, without nulls.
        values: What is looked for, without nulls.
    """
    if not len(ordered):
        return pa.nulls(len(values), pa.int64())
    sorted_values, wanted = ordered.to_numpy(), values.to_numpy()
    places = np.minimum(np.searchsorted(sorted_values, wanted), len(sorted_values) - 1)
    return pa.array(places, pa.int64(), mask=sorted_values[places] != wanted)


__all__ = ["places_in"]
