"""Reader of the members of deliveries, one after another: first all payroll returns in XML, then flat members."""

import contextlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq

from quotum.errors import DeliveryRefused
from quotum.intake.delivery.containers import as_file, head
from quotum.intake.delivery.recognition import Dialect, Form, csv_header
from quotum.intake.entrance import DeliveredFile, Piece
from quotum.intake.flat.csv_rows import read_csv
from quotum.intake.flat.parquet_rows import read_parquet
from quotum.intake.flat.raw_rows import ENOUGH_ROWS, MOST_ROWS, whole_messages
from quotum.intake.payroll_xml.reader import read_loonaangifte
from quotum.intake.sources import FlatRows, MemberEnd, RawRows, ReadEvent, RefusedMember, Source
from quotum.tables import RETURNS, Table

_MOST_BYTES: Final = 32 << 20

Progress = Callable[[float], None]
"""Callback with the number of bytes of the deliveries read since the last call, spread evenly over members."""


def read_all(
    deliveries: Sequence[DeliveredFile], scratch: Path, dialect: Dialect, progress: Progress
) -> Iterator[ReadEvent | FlatRows | MemberEnd]:
    """Reads the members of deliveries; a broken member is reported as an event and not raised.

    Args:
        deliveries: Files in order; the position is the number of the delivery.
        scratch: Folder for copies.
        dialect: How CSV is written.
        progress: Called with the bytes read.
    """
    yield from read_loonaangifte(_messages(deliveries, progress), ENOUGH_ROWS)
    yield from _joined(_flat_members(deliveries, scratch, dialect, progress))


def _messages(deliveries: Sequence[DeliveredFile], progress: Progress) -> Iterator[Source]:
    for number, incoming in enumerate(deliveries):
        for piece in incoming.pieces:
            if piece.recognised.form is Form.XML:
                yield _source(number, incoming, piece)
                progress(incoming.size / len(incoming.pieces))


def _flat_members(
    deliveries: Sequence[DeliveredFile], scratch: Path, dialect: Dialect, progress: Progress
) -> Iterator[FlatRows | MemberEnd | RefusedMember]:
    for number, incoming in enumerate(deliveries):
        for piece in incoming.pieces:
            table = piece.recognised.table
            if table is None:
                continue
            source = _source(number, incoming, piece)
            try:
                if piece.recognised.form is Form.PARQUET:
                    rows = _parquet(source, piece, incoming, table, scratch, progress)
                else:
                    rows = _csv(source, piece, table, dialect)
                tables = (raw_rows.table for raw_rows in rows)
                for part in whole_messages(tables) if table is RETURNS else tables:
                    yield FlatRows(part, table)
                yield MemberEnd(source, table)
            except DeliveryRefused as problem:
                yield RefusedMember(source, str(problem))
            if piece.recognised.form is not Form.PARQUET:
                progress(incoming.size / len(incoming.pieces))


def _parquet(
    source: Source, piece: Piece, incoming: DeliveredFile, table: Table, scratch: Path, progress: Progress
) -> Iterator[RawRows]:
    with as_file(piece.member, incoming.path, scratch) as file:
        rows = 0
        for raw_rows in read_parquet(source, file, table):
            rows = rows or pq.read_metadata(file).num_rows
            yield raw_rows
            progress(incoming.size / len(incoming.pieces) * raw_rows.table.num_rows / max(rows, 1))


def _csv(source: Source, piece: Piece, table: Table, dialect: Dialect) -> Iterator[RawRows]:
    header = csv_header(head(piece.member), dialect)
    with contextlib.closing(source.open()) as stream:
        yield from read_csv(source, stream, table, header, dialect)


def _source(number: int, incoming: DeliveredFile, piece: Piece) -> Source:
    return Source(number, piece.member.number, incoming.place(piece.member), piece.member.open)


def _joined(events: Iterator[FlatRows | MemberEnd | RefusedMember]) -> Iterator[FlatRows | MemberEnd | RefusedMember]:
    """Joins flat rows of many small members, so that files share the work that is done per piece.

    Rows wait by table and types; there can be many of these, so all go on when they are too many together.
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
            size -= sum(flat_rows.rows.get_total_buffer_size() for flat_rows in waiting[key])
            del rows[key]
            yield _together(waiting.pop(key))
        elif rows.total() >= MOST_ROWS or size >= _MOST_BYTES:
            yield from map(_together, waiting.values())
            waiting, rows, size = {}, Counter(), 0
    yield from map(_together, waiting.values())


def _together(events: list[FlatRows]) -> FlatRows:
    return FlatRows(pa.concat_tables([event.rows for event in events]), events[0].table)
