"""Reader of flat deliveries in CSV: raw rows, every value as text, nothing checked yet."""

import re
from collections.abc import Iterator
from typing import BinaryIO

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv

from quotum.errors import DeliveryRefused
from quotum.intake import words
from quotum.intake.delivery.recognition import Dialect
from quotum.intake.flat.plain_values import has_line_end
from quotum.intake.flat.raw_rows import add_place, rename_columns
from quotum.intake.rows import CUT_OFF, flags
from quotum.intake.sources import RawRows, Source
from quotum.tables import Table

_BLOCK_BYTES = 1 << 20
_LINE_ENDS = (b"\n", b"\r")
_ROW = re.compile("Row #([0-9]+)")
_OPEN_QUOTE = "is broken CSV at row {}: a quoted value does not end before the next row begins"
# Number of bytes in which the last value of a file and its line end are recognised.
_END = 8
_NOT_UTF8 = words.MAYBE_LATIN.sentence()


def read_csv(source: Source, stream: BinaryIO, table: Table, header: list[str], dialect: Dialect) -> Iterator[RawRows]:
    """Yields the rows of a CSV member, every value as text.

    Raises:
        DeliveryRefused: A line has another number of values than the header, or is not UTF-8.
    """
    reading = pa_csv.ReadOptions(block_size=_BLOCK_BYTES, use_threads=False)
    parsing = pa_csv.ParseOptions(delimiter=dialect.delimiter, newlines_in_values=True)
    converting = pa_csv.ConvertOptions(
        column_types={name: pa.string() for name in header}, strings_can_be_null=True, null_values=[""]
    )
    first = 1
    watched = _Watched(stream)
    last: pa.Table | None = None
    try:
        for batch in pa_csv.open_csv(watched, reading, parsing, converting):
            _refuse_open_quote(batch, first, dialect.delimiter)
            if last is not None:
                yield RawRows(last)
            last = add_place(rename_columns(pa.table(batch), table, dialect.decimal_comma), source, first)
            first += batch.num_rows
        if last is not None:
            _refuse_open_end(batch, first - 1, watched.last)
            yield RawRows(last if watched.last[-1:] in _LINE_ENDS else _cut_off(last))
    except pa.ArrowInvalid as error:
        raise DeliveryRefused(
            words.BROKEN_CSV.sentence(first=_row_reached(str(error), first), harmless=_harmless(str(error)))
        ) from error


class _Watched:
    """A stream that remembers the last bytes read from it."""

    closed = False

    def __init__(self, stream: BinaryIO) -> None:
        self._stream, self.last = stream, b""

    def read(self, size: int = -1) -> bytes:
        data = self._stream.read(size)
        self.last = (self.last + data[-_END:])[-_END:]
        return data

    def close(self) -> None:
        """Does nothing: whoever opened the stream closes it."""


def _cut_off(rows: pa.Table) -> pa.Table:
    """Marks the last of the rows as cut off: its line has no end."""
    last = np.arange(rows.num_rows) == rows.num_rows - 1
    return rows.append_column(CUT_OFF, flags(last))


def _refuse_open_quote(batch: pa.RecordBatch, first: int, delimiter: str) -> None:
    """Refuses a value that began with a quote and contains whole rows, which would be lost.

    A value can have line ends within quotes (RFC 4180). Between an unclosed quote and the next quote in the same column
    there are as many delimiters as in a row.

    Raises:
        DeliveryRefused: There is such a value.
    """
    for column in filter(has_line_end, batch.columns):
        rows_within = pc.greater_equal(pc.count_substring(column, delimiter), batch.num_columns - 1)
        place = pc.index(pc.fill_null(pc.and_(_has_line_end(column), rows_within), False), value=True).as_py()
        if place >= 0:
            raise DeliveryRefused(_OPEN_QUOTE.format(first + place))


def _refuse_open_end(batch: pa.RecordBatch, row: int, end: bytes) -> None:
    """Refuses a file whose last value has an unclosed quote.

    Raises:
        DeliveryRefused: It has.
    """
    last = batch.column(batch.num_columns - 1).slice(batch.num_rows - 1)
    if has_line_end(last) and not end.rstrip(b"\r\n").endswith(b'"'):
        raise DeliveryRefused(_OPEN_QUOTE.format(row))


def _has_line_end(texts: pa.StringArray) -> pa.BooleanArray:
    return pc.match_substring_regex(texts, "[\r\n]")


def _row_reached(message: str, first: int) -> str:
    """Returns the row in which Arrow stopped; it counts the header, and does not always know."""
    match = _ROW.search(message)
    return words.AT_ROW.sentence(row=int(match[1]) - 1) if match else words.AFTER_ROW.sentence(row=first - 1)


def _harmless(message: str) -> str:
    """Returns Arrow's complaint without the line it quotes, which can hold anything."""
    reasons = {
        "UTF8": _NOT_UTF8,
        "UTF-8": _NOT_UTF8,
        "columns": words.OTHER_COUNT.sentence(),
        "quote": words.OPEN_QUOTE.sentence(),
        "straddl": words.TOO_LONG.sentence(),
    }
    unknown = words.LINE_UNREADABLE.sentence()
    return next((reason for sign, reason in reasons.items() if sign in message), unknown)
