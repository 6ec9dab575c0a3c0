"""Arrow tables as pandas frames whose whole numbers stay whole."""

import pandas as pd
import pyarrow as pa


def frame(table: pa.Table) -> pd.DataFrame:
    """A frame with Arrow types, in which an absent value turns nothing into a float."""
    return table.to_pandas(types_mapper=pd.ArrowDtype)
