"""What CSV and Parquet have in common: raw rows under their present names, nothing judged yet."""

from collections.abc import Callable

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from quotum.intake.column_names import in_spolisbus, meant
from quotum.intake.sources import Source
from quotum.tables import Column, Kind, Table

# Rows that are judged at a time: more make queries cheaper, fewer take less memory and stay in the processor.
ENOUGH_ROWS, MOST_ROWS = 80_000, 160_000
_EIGHT_DIGITS = "^([0-9]{4})([0-9]{2})([0-9]{2})$"


def renamed(rows: pa.Table, table: Table) -> pa.Table:
    """Columns under their present names and in one order; a column that was left out is empty."""
    found = {meant(table, name): name for name in rows.schema.names}
    columns = [
        _as_delivered(rows.column(found[column]), column, in_spolisbus(table, found[column], found.values()))
        if column in found
        else pa.nulls(rows.num_rows, pa.string())
        for column in table.columns
    ]
    return pa.table(columns, [column.delivered_name for column in table.columns])


def _as_delivered(values: pa.ChunkedArray, column: Column, spolisbus: bool) -> pa.ChunkedArray:
    """Values of SPOLISBUS as a delivery has them: `-` means no, and a day is written without dashes."""
    if spolisbus and column.kind is Kind.FLAG:
        return _on_texts(values, lambda texts: pc.if_else(pc.equal(texts, "-"), "N", texts))
    if spolisbus and column.kind is Kind.DATE:
        return _on_texts(values, lambda texts: pc.replace_substring_regex(texts, _EIGHT_DIGITS, r"\1-\2-\3"))
    return values


def with_place(rows: pa.Table, source: Source, first: int) -> pa.Table:
    """Rows with the delivery and the member they stand in, and their number there, counted from `first`."""
    count = rows.num_rows
    return (
        rows.append_column("delivery", pa.repeat(pa.scalar(source.delivery, pa.int64()), count))
        .append_column("member", pa.repeat(pa.scalar(source.member, pa.int64()), count))
        .append_column("row", pa.array(np.arange(first, first + count)))
    )


def _on_texts(values: pa.ChunkedArray, change: Callable[[pa.Array], pa.Array]) -> pa.ChunkedArray:
    """Texts changed; those of a dictionary are changed once each, and what is no text stays as it is."""
    if pa.types.is_dictionary(values.type):
        texts = [pa.DictionaryArray.from_arrays(some.indices, change(some.dictionary)) for some in values.chunks]
        return pa.chunked_array(texts, values.type)
    return change(values) if is_text(values.type) else values


def is_text(kind: pa.DataType) -> bool:
    """Whether a column is one of plain texts: no dictionary, no view."""
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind))
