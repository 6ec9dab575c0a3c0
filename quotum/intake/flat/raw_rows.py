"""Code shared by CSV and Parquet: raw rows under their current column names, nothing checked yet."""

from collections.abc import Iterator
from functools import reduce
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from quotum.intake.column_names import column_named, in_spolisbus
from quotum.intake.flat.delivered_forms import Writing, in_one_form
from quotum.intake.sources import Source
from quotum.tables import RETURNS, Table

# Rows checked at a time: more make queries cheaper, fewer take less memory and stay in the processor cache.
ENOUGH_ROWS, MOST_ROWS = 60_000, 160_000
_OF_MESSAGE: Final = tuple(
    RETURNS.column(name).delivered_name for name in ("payroll_tax_number", "message_id", "period_start")
)


def rename_columns(rows: pa.Table, table: Table, dutch: bool = False) -> pa.Table:
    """Gives columns their current names and order, and values one form; a column that was left out is empty.

    Args:
        rows: As delivered.
        table: The declared table.
        dutch: Whether amounts have decimal commas, and days the day first.
    """
    delivered_names = {column_named(table, name): name for name in rows.schema.names}
    writing = Writing(dutch, spolisbus=in_spolisbus(table, rows.schema.names))
    columns = [
        in_one_form(rows.column(delivered_names[column]), column, writing)
        if column in delivered_names
        else pa.chunked_array([pa.nulls(rows.num_rows, pa.string())])
        for column in table.columns
    ]
    return pa.table(columns, [column.delivered_name for column in table.columns])


def add_place(rows: pa.Table, source: Source, first: int) -> pa.Table:
    """Adds delivery, member and row number, counted from `first`, to rows."""
    count = rows.num_rows
    return (
        rows.append_column("delivery", pa.repeat(pa.scalar(source.delivery, pa.int64()), count))
        .append_column("member", pa.repeat(pa.scalar(source.member, pa.int64()), count))
        .append_column("row", pa.array(np.arange(first, first + count)))
    )


def whole_messages(tables: Iterator[pa.Table]) -> Iterator[pa.Table]:
    """Cuts rows of returns where a message begins: a message in pieces is settled row by row.

    Args:
        tables: The rows of a member in order; a message of more than `ENOUGH_ROWS` is cut all the same.
    """
    waiting: pa.Table | None = None
    for table in tables:
        rows = table if waiting is None else pa.concat_tables([waiting, table])
        start = _last_message(rows)
        if start or rows.num_rows > ENOUGH_ROWS:
            yield rows.slice(0, start or rows.num_rows)
        # Copied, so that the few rows that wait do not hold all others in memory.
        waiting = rows.take(np.arange(start, rows.num_rows)) if start or rows.num_rows <= ENOUGH_ROWS else None
    if waiting is not None and waiting.num_rows:
        yield waiting


def _last_message(rows: pa.Table) -> int:
    """Returns the row at which the last message begins, as far as a few columns can tell."""
    if not rows.num_rows:
        return 0
    differs = reduce(pc.or_, (_other_than_last(rows.column(name)) for name in _OF_MESSAGE))
    others = np.flatnonzero(differs.to_numpy())
    return int(others[-1]) + 1 if len(others) else 0


def _other_than_last(values: pa.ChunkedArray) -> pa.ChunkedArray:
    last = values[-1]
    return pc.fill_null(pc.not_equal(values, last), fill_value=True) if last.is_valid else values.is_valid()
