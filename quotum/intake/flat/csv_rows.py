"""Reading flat deliveries in CSV: raw rows, every value as text, nothing judged yet."""

import re
from collections.abc import Iterator
from typing import BinaryIO

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv

from quotum.errors import DeliveryRefused
from quotum.intake.delivery.recognise import Dialect
from quotum.intake.flat.plain_values import has_line_end
from quotum.intake.flat.raw_rows import renamed, with_place
from quotum.intake.rows import CUT_OFF, flags
from quotum.intake.sources import RawRows, Source
from quotum.tables import Table

_BLOCK_BYTES = 1 << 20
_LINE_ENDS = (b"\n", b"\r")
_ROW = re.compile("Row #([0-9]+)")
_NOT_UTF8 = "it is not UTF-8 (it may be Latin-1)"


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
            last = with_place(renamed(pa.table(batch), table, dialect.decimal_comma), source, first)
            first += batch.num_rows
        if last is not None:
            yield RawRows(last if watched.last in _LINE_ENDS else _cut_off(last))
    except pa.ArrowInvalid as error:
        raise DeliveryRefused(
            f"is broken CSV, {_where(str(error), first)}: {_harmless(str(error))}. Have it made "
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


def _where(message: str, first: int) -> str:
    """In which row Arrow stopped; it counts the header, and does not always know."""
    found = _ROW.search(message)
    return f"row {int(found[1]) - 1}" if found else f"somewhere after row {first - 1}"


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
