"""What CSV and Parquet have in common: raw rows under their present names, nothing judged yet."""

import numpy as np
import pyarrow as pa

from quotum.intake.column_names import in_spolisbus, meant
from quotum.intake.flat.delivered_forms import Writing, in_one_form
from quotum.intake.sources import Source
from quotum.tables import Table

# Rows that are judged at a time: more make queries cheaper, fewer take less memory and stay in the processor.
ENOUGH_ROWS, MOST_ROWS = 80_000, 160_000


def renamed(rows: pa.Table, table: Table, dutch: bool = False) -> pa.Table:
    """Columns under their present names and in one order, values in one form; a column that was left out is empty.

    Args:
        rows: As delivered.
        table: What they are.
        dutch: Whether amounts have decimal commas, and days the day first.
    """
    found = {meant(table, name): name for name in rows.schema.names}
    writing = Writing(dutch, spolisbus=in_spolisbus(table, rows.schema.names))
    columns = [
        in_one_form(rows.column(found[column]), column, writing)
        if column in found
        else pa.chunked_array([pa.nulls(rows.num_rows, pa.string())])
        for column in table.columns
    ]
    return pa.table(columns, [column.delivered_name for column in table.columns])


def with_place(rows: pa.Table, source: Source, first: int) -> pa.Table:
    """Rows with the delivery and the member they stand in, and their number there, counted from `first`."""
    count = rows.num_rows
    return (
        rows.append_column("delivery", pa.repeat(pa.scalar(source.delivery, pa.int64()), count))
        .append_column("member", pa.repeat(pa.scalar(source.member, pa.int64()), count))
        .append_column("row", pa.array(np.arange(first, first + count)))
    )
