"""Where values stand in a sorted column, without a table of them all."""

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
    there, wanted = ordered.to_numpy(), values.to_numpy()
    places = np.minimum(np.searchsorted(there, wanted), len(there) - 1)
    return pa.array(places, pa.int64(), mask=there[places] != wanted)


__all__ = ["places_in"]
