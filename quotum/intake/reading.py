"""Reading the members of deliveries, one after another: first all payroll returns in XML, then all flat ones."""

import contextlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq

from quotum.errors import DeliveryRefused
from quotum.intake.delivery.containers import as_file, head
from quotum.intake.delivery.recognise import Dialect, Form, csv_header
from quotum.intake.flat.csv_rows import read_csv
from quotum.intake.flat.parquet_rows import read_parquet
from quotum.intake.flat.raw_rows import ENOUGH_ROWS, MOST_ROWS, whole_messages
from quotum.intake.incoming import Incoming, Piece
from quotum.intake.payroll_xml.read import read_loonaangifte
from quotum.intake.sources import Ended, FlatRows, RawRows, ReadEvent, Refused, Source
from quotum.tables import RETURNS, Table

_MOST_BYTES: Final = 32 << 20

Told = Callable[[float], None]
"""Told how many bytes of the deliveries were read since the last call, those of members alike."""


def read_all(
    deliveries: Sequence[Incoming], scratch: Path, dialect: Dialect, told: Told
) -> Iterator[ReadEvent | FlatRows | Ended]:
    """Everything that is in the members of deliveries; what is broken is said and not raised.

    Args:
        deliveries: In order; their place is the number of the delivery.
        scratch: Folder for copies.
        dialect: How CSV is written.
        told: Told how far reading is.
    """
    yield from read_loonaangifte(_messages(deliveries, told), ENOUGH_ROWS)
    yield from _gathered(_flat_members(deliveries, scratch, dialect, told))


def _messages(deliveries: Sequence[Incoming], told: Told) -> Iterator[Source]:
    for number, incoming in enumerate(deliveries):
        for piece in incoming.pieces:
            if piece.recognised.form is Form.XML:
                yield _source(number, incoming, piece)
                told(incoming.size / len(incoming.pieces))


def _flat_members(
    deliveries: Sequence[Incoming], scratch: Path, dialect: Dialect, told: Told
) -> Iterator[FlatRows | Ended | Refused]:
    for number, incoming in enumerate(deliveries):
        for piece in incoming.pieces:
            table = piece.recognised.table
            if table is None:
                continue
            source = _source(number, incoming, piece)
            try:
                if piece.recognised.form is Form.PARQUET:
                    rows = _parquet(source, piece, incoming, table, scratch, told)
                else:
                    rows = _csv(source, piece, table, dialect)
                tables = (some.table for some in rows)
                for some in whole_messages(tables) if table is RETURNS else tables:
                    yield FlatRows(some, table)
                yield Ended(source, table)
            except DeliveryRefused as problem:
                yield Refused(source, str(problem))
            if piece.recognised.form is not Form.PARQUET:
                told(incoming.size / len(incoming.pieces))


def _parquet(
    source: Source, piece: Piece, incoming: Incoming, table: Table, scratch: Path, told: Told
) -> Iterator[RawRows]:
    with as_file(piece.member, incoming.path, scratch) as file:
        rows = 0
        for some in read_parquet(source, file, table):
            rows = rows or pq.read_metadata(file).num_rows
            yield some
            told(incoming.size / len(incoming.pieces) * some.table.num_rows / max(rows, 1))


def _csv(source: Source, piece: Piece, table: Table, dialect: Dialect) -> Iterator[RawRows]:
    header = csv_header(head(piece.member), dialect)
    with contextlib.closing(source.open()) as stream:
        yield from read_csv(source, stream, table, header, dialect)


def _source(number: int, incoming: Incoming, piece: Piece) -> Source:
    return Source(number, piece.member.number, incoming.place(piece.member), piece.member.open)


def _gathered(events: Iterator[FlatRows | Ended | Refused]) -> Iterator[FlatRows | Ended | Refused]:
    """Flat rows of many small members together: no work per file that many files could share.

    They wait by table and types; there can be many of these, so all go on when together they are too many.
    """
    waiting: dict[tuple[str, pa.Schema], list[FlatRows]] = {}
    rows: Counter[tuple[str, pa.Schema]] = Counter()
    size = 0
    for event in events:
        if not isinstance(event, FlatRows):
            yield event
            continue
        key = (event.table.name, event.rows.schema)
        waiting.setdefault(key, []).append(event)
        rows[key] += event.rows.num_rows
        size += event.rows.get_total_buffer_size()
        if rows[key] >= ENOUGH_ROWS:
            size -= sum(each.rows.get_total_buffer_size() for each in waiting[key])
            del rows[key]
            yield _together(waiting.pop(key))
        elif rows.total() >= MOST_ROWS or size >= _MOST_BYTES:
            yield from map(_together, waiting.values())
            waiting, rows, size = {}, Counter(), 0
    yield from map(_together, waiting.values())


def _together(some: list[FlatRows]) -> FlatRows:
    return FlatRows(pa.concat_tables([each.rows for each in some]), some[0].table)
