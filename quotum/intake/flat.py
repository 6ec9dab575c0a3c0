"""Reading flat deliveries: CSV and Parquet to raw rows, nothing judged yet."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq

from quotum.errors import DeliveryRefused
from quotum.intake.column_names import in_spolisbus, meant
from quotum.intake.plain_values import has_line_end
from quotum.intake.recognise import Dialect, check_parquet_types
from quotum.intake.rows import CUT_OFF, flags, numbers
from quotum.intake.sources import RawRows, Source
from quotum.tables import Column, Kind, Table

_BLOCK_BYTES = 1 << 20
# Bytes that a text takes at most, and the texts of one group together, when each is given once.
_CODED_BYTES = 8
_MOST_CODED = 4 << 20
# A file of no more rows has every text given once: a short file can hold a long text that comes with each row.
_FEW_ROWS = 20_000
# Bytes of a group of rows that are read in one go; a larger one is read column by column, block by block.
_AT_ONCE = 64 << 20
# Bytes of a row, of which all texts together have some hundreds at most.
_MOST_BYTES_OF_ROW = 4_096
_LOOKING_MEMORY = "128MB"
# Rows that are judged at a time: more make queries cheaper, fewer take less memory and stay in the processor.
ENOUGH_ROWS, MOST_ROWS = 80_000, 160_000
_EIGHT_DIGITS = "^([0-9]{4})([0-9]{2})([0-9]{2})$"


def read_csv(source: Source, stream: BinaryIO, table: Table, header: list[str], dialect: Dialect) -> Iterator[RawRows]:
    """The rows of a CSV member, every value as text.

    Raises:
        DeliveryRefused: A line has another number of values than the header, or is not UTF-8.
    """
    reading = pa_csv.ReadOptions(block_size=_BLOCK_BYTES, use_threads=False)
    parsing = pa_csv.ParseOptions(delimiter=dialect.delimiter)
    converting = pa_csv.ConvertOptions(
        column_types={name: pa.string() for name in header}, strings_can_be_null=True, null_values=[""]
    )
    first = 1
    watched = _Watched(stream)
    last: pa.Table | None = None
    try:
        for batch in pa_csv.open_csv(watched, reading, parsing, converting):
            _refuse_open_quote(batch, first)
            if last is not None:
                yield RawRows(last)
            rows = _renamed(pa.table(batch), table)
            rows = _decimal_points(rows, table) if dialect.decimal_comma else rows
            last = _with_place(rows, source, first)
            first += batch.num_rows
        if last is not None:
            yield RawRows(last if watched.last in _LINE_ENDS else _cut_off(last))
    except pa.ArrowInvalid as error:
        raise DeliveryRefused(
            f"is broken CSV, somewhere after row {first - 1}: {_harmless(str(error))}. Have it made "
            "anew, in UTF-8, with as many values on each line as the header has"
        ) from error


class _Watched:
    """A stream that remembers the last byte that was read."""

    closed = False

    def __init__(self, stream: BinaryIO) -> None:
        self._stream, self.last = stream, b""

    def read(self, size: int = -1) -> bytes:
        data = self._stream.read(size)
        self.last = data[-1:] or self.last
        return data

    def close(self) -> None:
        """Whoever opened the stream closes it."""


def _cut_off(rows: pa.Table) -> pa.Table:
    """Rows of which the last did not end with its line."""
    last = np.arange(rows.num_rows) == rows.num_rows - 1
    return rows.append_column(CUT_OFF, flags(last))


def _refuse_open_quote(batch: pa.RecordBatch, first: int) -> None:
    """A value that holds a line end began with a quote that does not end: rows would be lost in it.

    Raises:
        DeliveryRefused: There is one.
    """
    for column in filter(has_line_end, batch.columns):
        found = pc.index(pc.fill_null(pc.match_substring_regex(column, "[\r\n]"), False), value=True).as_py()
        if found >= 0:
            raise DeliveryRefused(f"is broken CSV at row {first + found}: a quoted value does not end on its line")


_LINE_ENDS = (b"\n", b"\r")
_NOT_UTF8 = "it is not UTF-8 (it may be Latin-1)"


def _harmless(message: str) -> str:
    """Arrow's complaint without the line it quotes, which can hold anything."""
    known = {
        "UTF8": _NOT_UTF8,
        "UTF-8": _NOT_UTF8,
        "columns": "a line has more or fewer values than the header",
        "quote": "a quoted value does not end",
        "straddl": "a value is too long, or a quoted value does not end",
    }
    return next((words for sign, words in known.items() if sign in message), "a line cannot be read")


def _decimal_points(rows: pa.Table, table: Table) -> pa.Table:
    """Decimal commas made points; a value that has a point already is spoilt, so that its check rejects it."""
    for place, column in enumerate(table.columns):
        if column.kind in (Kind.EUROS, Kind.SHARE):
            values = pc.replace_substring(pc.replace_substring(rows.column(place), ".", "?"), ",", ".")
            rows = rows.set_column(place, column.delivered_name, values)
    return rows


def _on_texts(values: pa.ChunkedArray, change: Callable[[pa.Array], pa.Array]) -> pa.ChunkedArray:
    """Texts changed; those of a dictionary are changed once each, and what is no text stays as it is."""
    if pa.types.is_dictionary(values.type):
        texts = [pa.DictionaryArray.from_arrays(some.indices, change(some.dictionary)) for some in values.chunks]
        return pa.chunked_array(texts, values.type)
    return change(values) if _is_text(values.type) else values


def _is_text(kind: pa.DataType) -> bool:
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind))


def read_parquet(source: Source, path: Path, table: Table) -> Iterator[RawRows]:
    """The rows of a Parquet member, in the types it has.

    Raises:
        DeliveryRefused: A column has a type that could hide a value, or the file is broken.
    """
    try:
        with pq.ParquetFile(path) as file:
            check_parquet_types(table, file.schema_arrow)
            groups = [file.metadata.row_group(number) for number in range(file.num_row_groups)]
            texts = {each.name for each in file.schema_arrow if _is_text(each.type)}
            few = file.metadata.num_rows <= _FEW_ROWS
        _refuse_swollen(groups)
        coded, longest = (texts, 0) if few else _often_the_same(path, texts)
        at_once = max((group.total_byte_size for group in groups), default=0) <= _AT_ONCE
        buffering = {} if at_once else {"pre_buffer": False, "buffer_size": _BLOCK_BYTES}
        with pq.ParquetFile(path, read_dictionary=sorted(coded), **buffering) as file:
            first = 1
            for batch in _batches(file, max(1, min(MOST_ROWS, _AT_ONCE // max(1, longest)))):
                for column in batch.columns:
                    _refuse_damaged(column)
                yield RawRows(_with_place(_renamed(pa.table(batch), table), source, first))
                first += batch.num_rows
    except (pa.ArrowException, duckdb.Error, OSError, UnicodeDecodeError) as error:
        raise DeliveryRefused("is broken Parquet; send it again") from error


def _refuse_damaged(values: pa.Array) -> None:
    """A damaged page can hold places and signs that are not there.

    Arrow looks value by value; where the least and the greatest place are there, all are.

    Raises:
        pa.ArrowInvalid: It holds some.
    """
    values.validate()
    if pa.types.is_dictionary(values.type) and len(values) and pa.types.is_int32(values.indices.type):
        places = numbers(values, 0)
        if places.min() >= 0 and places.max() < len(values.dictionary):
            values = values.dictionary
    values.validate(full=True)


def _refuse_swollen(groups: list[pq.RowGroupMetaData]) -> None:
    """Refuse what would fill the memory: a file can be small and hold a text of a gigabyte.

    Raises:
        DeliveryRefused: A group of rows is large, and its rows have far more bytes than one of a delivery.
    """
    if any(group.total_byte_size > max(_AT_ONCE, _MOST_BYTES_OF_ROW * group.num_rows) for group in groups):
        raise DeliveryRefused(
            f"has rows of more than {_MOST_BYTES_OF_ROW:,} bytes each, as no delivery has; have it made anew"
        )


def _often_the_same(path: Path, texts: set[str]) -> tuple[set[str], int]:
    """Columns with texts that come again and again, to be given once each, as the file has them.

    Others have not: a table of all different texts of a group, to be gone through for each batch of it, takes more
    memory and time than the texts. How many bytes a value takes tells the two apart. DuckDB is asked, for Arrow ends
    the program when what a damaged file says of a column is wrong.

    Args:
        path: The file.
        texts: Its columns of texts.

    Returns:
        These columns, and how many bytes a row has at most in all others: a long text can stand in the file once.

    Raises:
        duckdb.Error: DuckDB cannot read it.
    """
    with duckdb.connect(config={"threads": 1, "memory_limit": _LOOKING_MEMORY}) as connection:
        found = connection.execute(
            "SELECT path_in_schema FROM parquet_metadata($path) GROUP BY ALL "
            "HAVING sum(total_uncompressed_size) <= $bytes * sum(row_group_num_rows) "
            "AND max(total_uncompressed_size) <= $most",
            {"path": str(path), "bytes": _CODED_BYTES, "most": _MOST_CODED},
        )
        coded = texts & {name for (name,) in found.fetchall()}
        others = [name.replace('"', '""') for name in sorted(texts - coded)]
        if not others:
            return coded, 0
        lengths = ", ".join(f'coalesce(max(strlen("{name}")), 0)' for name in others)
        longest = connection.execute(f"SELECT {lengths} FROM read_parquet($path)", {"path": str(path)})  # noqa: S608 - quoted
        return coded, sum(longest.fetchone() or ())


def _batches(file: pq.ParquetFile, most: int) -> Iterator[pa.RecordBatch]:
    """The rows in pieces of about the same size that do not cross the groups of the file, so that none is copied.

    Args:
        file: The file.
        most: Rows that a piece has at most.

    Raises:
        DeliveryRefused: A group gives another number of rows than the file says: a damaged one can give none.
    """
    for group in range(file.num_row_groups):
        rows = file.metadata.row_group(group).num_rows
        pieces = -(-rows // most)
        if pieces:
            given = 0
            for batch in file.iter_batches(-(-rows // pieces), row_groups=[group], use_threads=False):
                given += batch.num_rows
                yield batch
            if given != rows:
                raise DeliveryRefused("is broken Parquet: rows that it says it has are not there; send it again")


def _renamed(rows: pa.Table, table: Table) -> pa.Table:
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
    if pa.types.is_string_view(values.type):  # Arrow can take no rows of these
        values = values.cast(pa.string())
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
        .append_column("row", pa.array(np.arange(first, first + count)))
    )
