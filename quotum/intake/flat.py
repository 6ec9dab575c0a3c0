"""Reading flat deliveries: CSV and Parquet to raw rows, nothing judged yet."""

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq

from quotum.errors import DeliveryRefused
from quotum.intake.plain_values import has_line_end
from quotum.intake.recognise import Dialect, check_parquet_types
from quotum.intake.sources import RawRows, Source
from quotum.tables import Kind, Table

_BLOCK_BYTES = 4 << 20
# Rows that are judged at a time: more make queries cheaper, fewer take less memory and stay in the processor.
ENOUGH_ROWS, MOST_ROWS = 80_000, 160_000


def read_csv(source: Source, stream: BinaryIO, table: Table, header: list[str], dialect: Dialect) -> Iterator[RawRows]:
    """The rows of a CSV member, every value as text.

    Raises:
        DeliveryRefused: A line has another number of values than the header, or is not UTF-8.
    """
    reading = pa_csv.ReadOptions(block_size=_BLOCK_BYTES)
    parsing = pa_csv.ParseOptions(delimiter=dialect.delimiter)
    converting = pa_csv.ConvertOptions(
        column_types={name: pa.string() for name in header}, strings_can_be_null=True, null_values=[""]
    )
    first = 1
    try:
        for batch in pa_csv.open_csv(stream, reading, parsing, converting):
            _refuse_open_quote(batch, first)
            rows = _decimal_points(batch, table) if dialect.decimal_comma else batch
            yield RawRows(_with_place(_renamed(pa.table(rows), table), source, first))
            first += batch.num_rows
    except pa.ArrowInvalid as error:
        raise DeliveryRefused(f"is broken CSV after row {first - 1}: {_harmless(str(error))}") from error


def _refuse_open_quote(batch: pa.RecordBatch, first: int) -> None:
    """A value that holds a line end began with a quote that does not end: rows would be lost in it.

    Raises:
        DeliveryRefused: There is one.
    """
    for column in filter(has_line_end, batch.columns):
        found = pc.index(pc.fill_null(pc.match_substring_regex(column, "[\r\n]"), False), value=True).as_py()
        if found >= 0:
            raise DeliveryRefused(f"is broken CSV at row {first + found}: a quoted value does not end on its line")


def _harmless(message: str) -> str:
    """Arrow's complaint without the line it quotes, which can hold anything."""
    known = {
        "UTF8": "it is not UTF-8",
        "UTF-8": "it is not UTF-8",
        "columns": "a line has more or fewer values than the header",
        "quote": "a quoted value does not end",
        "straddl": "a value is too long, or a quoted value does not end",
    }
    return next((words for sign, words in known.items() if sign in message), "a line cannot be read")


def _decimal_points(batch: pa.RecordBatch, table: Table) -> pa.RecordBatch:
    """Decimal commas made points; a value that has a point already is spoilt, so that its check rejects it."""
    for column in table.columns:
        if column.kind in (Kind.EUROS, Kind.SHARE) and column.delivered_name in batch.schema.names:
            place = batch.schema.get_field_index(column.delivered_name)
            spoilt = pc.replace_substring(batch.column(place), ".", "?")
            batch = batch.set_column(place, column.delivered_name, pc.replace_substring(spoilt, ",", "."))
    return batch


def read_parquet(source: Source, path: Path, table: Table) -> Iterator[RawRows]:
    """The rows of a Parquet member, in the types it has.

    Raises:
        DeliveryRefused: A column has a type that could hide a value, or the file is broken.
    """
    try:
        with pq.ParquetFile(path) as file:
            schema = file.schema_arrow
        check_parquet_types(table, schema)
        # Texts that come again and again are given once each, as the file has them.
        texts = [each.name for each in schema if pa.types.is_string(each.type) or pa.types.is_large_string(each.type)]
        with pq.ParquetFile(path, read_dictionary=texts) as file:
            first = 1
            for batch in _batches(file):
                yield RawRows(_with_place(_renamed(pa.table(batch), table), source, first))
                first += batch.num_rows
    except (pa.ArrowException, OSError) as error:
        raise DeliveryRefused("is broken Parquet; send it again") from error


def _batches(file: pq.ParquetFile) -> Iterator[pa.RecordBatch]:
    """The rows in pieces of about the same size that do not cross the groups of the file, so that none is copied."""
    for group in range(file.num_row_groups):
        rows = file.metadata.row_group(group).num_rows
        pieces = -(-rows // MOST_ROWS)
        if pieces:
            yield from file.iter_batches(-(-rows // pieces), row_groups=[group])


def _renamed(rows: pa.Table, table: Table) -> pa.Table:
    """Columns under their present names and in one order; a column that was left out is empty."""
    for column in table.columns:
        for name in column.aliases:
            if name in rows.schema.names and column.delivered_name not in rows.schema.names:
                rows = rows.rename_columns({name: column.delivered_name})
        if column.delivered_name not in rows.schema.names:
            rows = rows.append_column(column.delivered_name, pa.nulls(rows.num_rows, pa.string()))
    return rows.select([column.delivered_name for column in table.columns]).replace_schema_metadata()


def _with_place(rows: pa.Table, source: Source, first: int) -> pa.Table:
    count = rows.num_rows
    return (
        rows.append_column("delivery", pa.repeat(pa.scalar(source.delivery, pa.int64()), count))
        .append_column("member", pa.repeat(pa.scalar(source.member, pa.int64()), count))
        .append_column("row", pa.array(np.arange(first, first + count)))
    )
