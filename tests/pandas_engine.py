"""The engine in memory on pandas: a second library on which the rules must give the same."""

import pandas as pd
import pyarrow as pa

from quotum.engine.arrow import ArrowEngine


class PandasEngine(ArrowEngine):
    """Runs frames on pandas with Arrow types: of plain ones, a left join turns int64 into float64."""

    def native(self, rows: pa.Table) -> pd.DataFrame:
        return rows.to_pandas(types_mapper=pd.ArrowDtype)
