"""The data dictionary as a frame."""

import pandas as pd

from quotum import tables
from quotum.api.arguments import choice
from quotum.comparison.tables import SIMULATION_TABLES


def columns(name: str) -> pd.DataFrame:
    """Lists the columns of a table: name, unit, whether it may be empty, and its meaning.

    Args:
        name: Name of a table, such as `comparison` or `settlement`.

    Raises:
        WrongUse: There is no such table.
    """
    # Of two tables of a name the first is meant: a quota levy has a `settlement` of its own.
    declared = {table.name: table for table in reversed((*tables.ALL_TABLES, *SIMULATION_TABLES))}
    table = declared[choice("name", name, tuple(reversed(declared)))]
    rows = [
        {"column": column.name, "unit": column.unit, "null": column.null, "meaning": column.meaning}
        for column in table.columns
    ]
    return pd.DataFrame(rows)
