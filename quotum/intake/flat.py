"""Reading flat deliveries: CSV and Parquet to raw rows, nothing judged yet."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import BinaryIO

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq

from quotum.errors import DeliveryRefused
from quotum.intake.column_names import in_spolisbus, meant
from quotum.intake.recognise import Dialect, check_parquet_types
from quotum.intake.sources import RawRows, Source
from quotum.tables import Column, Kind, Table

_BLOCK_BYTES = 16 << 20
ROWS_PER_BATCH = 200_000
_THREE_DECIMALS = r"\.([0-9]{3})$"
_EIGHT_DIGITS = "^([0-9]{4})([0-9]{2})([0-9]{2})$"


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
            rows = _plain_amounts(_renamed(pa.table(batch), table), table, dialect)
            yield RawRows(_with_place(rows, source, first))
            first += batch.num_rows
    except pa.ArrowInvalid as error:
        raise DeliveryRefused(f"is broken CSV after row {first - 1}: {_harmless(str(error))}") from error


def _refuse_open_quote(batch: pa.RecordBatch, first: int) -> None:
    """A value that holds a line end began with a quote that does not end: rows would be lost in it.

    Raises:
        DeliveryRefused: There is one.
    """
    for column in batch.columns:
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


def _plain_amounts(rows: pa.Table, table: Table, dialect: Dialect) -> pa.Table:
    """Decimal commas made points; what could be read in two ways is spoilt, so that its check rejects it.

    That is a point where a comma is expected, and exactly three decimals: 1.230 may be 1,230 euros.
    """
    for place, column in enumerate(table.columns):
        if column.kind in (Kind.EUROS, Kind.SHARE):
            plain = partial(_plain, column=column, dialect=dialect)
            rows = rows.set_column(place, column.delivered_name, _on_texts(rows.column(place), plain))
    return rows


def _plain(texts: pa.Array, column: Column, dialect: Dialect) -> pa.Array:
    if dialect.decimal_comma:
        texts = pc.replace_substring(pc.replace_substring(texts, ".", "?"), ",", ".")
    return pc.replace_substring_regex(texts, _THREE_DECIMALS, r"?\1") if column.kind is Kind.EUROS else texts


def _on_texts(values: pa.ChunkedArray, change: Callable[[pa.Array], pa.Array]) -> pa.ChunkedArray:
    """Texts changed; those of a dictionary are changed once each, and what is no text stays as it is."""
    if pa.types.is_dictionary(values.type):
        texts = [pa.DictionaryArray.from_arrays(some.indices, change(some.dictionary)) for some in values.chunks]
        return pa.chunked_array(texts, values.type)
    if pa.types.is_string_view(values.type):
        values = values.cast(pa.string())
    return change(values) if pa.types.is_string(values.type) or pa.types.is_large_string(values.type) else values


def read_parquet(source: Source, path: Path, table: Table) -> Iterator[RawRows]:
    """The rows of a Parquet member, in the types it has.

    Raises:
        DeliveryRefused: A column has a type that could hide a value, or the file is broken.
    """
    try:
        with pq.ParquetFile(path) as file:
            check_parquet_types(table, file.schema_arrow)
            first = 1
            for batch in file.iter_batches(ROWS_PER_BATCH):
                rows = _plain_amounts(_renamed(pa.table(batch), table), table, Dialect())
                yield RawRows(_with_place(rows, source, first))
                first += batch.num_rows
    except (pa.ArrowException, OSError) as error:
        raise DeliveryRefused("is broken Parquet; send it again") from error


def _renamed(rows: pa.Table, table: Table) -> pa.Table:
    """Columns under their present names and in one order; a column that was left out is empty."""
    found = {meant(table, name): name for name in rows.schema.names}
    columns = [
        _as_delivered(rows.column(found[column]), column, in_spolisbus(table, found[column]))
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


def _with_place(rows: pa.Table, source: Source, first: int) -> pa.Table:
    count = rows.num_rows
    return (
        rows.append_column("delivery", pa.repeat(pa.scalar(source.delivery, pa.int64()), count))
        .append_column("member", pa.repeat(pa.scalar(source.member, pa.int64()), count))
        .append_column("row", pa.array(range(first, first + count), pa.int64()))
    )
