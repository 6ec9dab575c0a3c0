"""The tables of a run as files: one Parquet writer for all engines, and CSV."""

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from quotum.engine.interface import Engine
from quotum.engine.parquet_writer import write_parquet
from quotum.frames import Frame
from quotum.identifiers import RSIN_DIGITS, SUB_NUMBERS
from quotum.local_time import local_with_offset
from quotum.tables import SIMULATION, Column, Kind, Table


def write_table(engine: Engine, frame: Frame, table: Table, path: Path, *, simulation: bool) -> int:
    """Write a frame as Parquet, sorted by the key of its table, identifiers as strings, marked in its last column.

    Args:
        engine: Where the frame lives.
        frame: The columns of the table that are computed.
        table: Its declaration.
        path: The file.
        simulation: Whether the results are those of a simulation: every row says so.

    Returns:
        Number of rows.
    """
    batches = (written(batch, table, simulation=simulation) for batch in engine.batches(frame, table.key))
    return write_parquet(batches, table.written_schema, path)


def write_csv(parquet: Path, table: Table, path: Path) -> None:
    """The same table as CSV: UTF-8, comma, quotes where a text needs them, `true` and `false`, nothing for null."""
    with path.open("wb") as stream:
        stream.write((",".join(table.names) + "\n").encode())
        for batch in pq.ParquetFile(parquet).iter_batches():
            stream.write("".join(_lines(pa.table(batch), table)).encode())


def _lines(rows: pa.Table, table: Table) -> Iterator[str]:
    texts = [_text(rows[column.name], column) for column in table.columns]
    for line in pc.binary_join_element_wise(*texts, ",").to_pylist():
        yield f"{line}\n"


def _text(values: pa.ChunkedArray, column: Column) -> pa.ChunkedArray:
    if column.kind is Kind.MOMENT:
        moments = [moment and local_with_offset(moment) for moment in values.cast(column.inside).to_pylist()]
        return pa.chunked_array([pc.fill_null(pa.array(moments, pa.string()), "")])
    texts = pc.fill_null(pc.cast(values, pa.string()), "")
    if column.kind is not Kind.TEXT:
        return texts
    quoted = pc.binary_join_element_wise('"', pc.replace_substring(texts, '"', '""'), '"', "")
    return pc.if_else(pc.match_substring_regex(texts, '[",\r\n]'), quoted, texts)


def written(batch: pa.RecordBatch, table: Table, *, simulation: bool) -> pa.Table:
    """Computed rows as the file of a table holds them: identifiers as strings, marked in the last column."""
    mark = pa.repeat(pa.scalar(simulation), batch.num_rows)
    columns = [mark if column is SIMULATION else _column(batch.column(column.name), column) for column in table.columns]
    return pa.table(columns, schema=table.written_schema)


def _column(values: pa.Array, column: Column) -> pa.Array:
    if pa.types.is_string(values.type):
        # As a run has it already.
        return values.cast(column.written)
    match column.kind:
        case Kind.BSN | Kind.RSIN:
            return _digits(values, RSIN_DIGITS)
        case Kind.PAYROLL_TAX_NUMBER:
            fiscal = pc.divide(values, SUB_NUMBERS)
            sub = pc.subtract(values, pc.multiply(fiscal, SUB_NUMBERS))
            return pc.binary_join_element_wise(_digits(fiscal, RSIN_DIGITS), _digits(sub, 2), "L")
        case _:
            return values.cast(column.written)


def _digits(values: pa.Array, width: int) -> pa.Array:
    return pc.utf8_lpad(values.cast(pa.string()), width, "0")
