"""Reading the members of deliveries, one after another: first all payroll returns in XML, then all flat ones."""

import contextlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pyarrow.parquet as pq

from quotum.errors import DeliveryRefused
from quotum.intake.delivery.containers import as_file, head
from quotum.intake.delivery.recognise import Dialect, Form, csv_header
from quotum.intake.flat.csv_rows import read_csv
from quotum.intake.flat.parquet_rows import read_parquet
from quotum.intake.flat.raw_rows import ENOUGH_ROWS
from quotum.intake.incoming import Incoming, Piece
from quotum.intake.payroll_xml.read import read_loonaangifte
from quotum.intake.sources import Ended, FlatRows, RawRows, ReadEvent, Refused, Source
from quotum.tables import Table


class Reading:
    """The members of the deliveries of one receive call."""

    def __init__(
        self,
        deliveries: Sequence[Incoming],
        scratch: Path,
        dialect: Dialect,
        reading: Callable[[float], None] = lambda _bytes: None,
    ) -> None:
        """Remember what is to be read.

        Args:
            deliveries: In order; their place is the number of the delivery.
            scratch: Folder for copies.
            dialect: How CSV is written.
            reading: Told how many bytes of the deliveries were read since the last call, those of members alike.
        """
        self._reading = reading
        self._deliveries = deliveries
        self._scratch = scratch
        self._dialect = dialect

    def events(self) -> Iterator[ReadEvent | FlatRows | Ended]:
        """Everything that is in them; what is broken is said and not raised."""
        yield from read_loonaangifte(self._messages(), ENOUGH_ROWS)
        for number, incoming in enumerate(self._deliveries):
            for piece in incoming.pieces:
                if piece.recognised.table is not None:
                    yield from self._flat(_source(number, incoming, piece), piece, incoming, piece.recognised.table)
                    if piece.recognised.form is not Form.PARQUET:
                        self._reading(incoming.size / len(incoming.pieces))

    def _messages(self) -> Iterator[Source]:
        for number, incoming in enumerate(self._deliveries):
            for piece in incoming.pieces:
                if piece.recognised.form is Form.XML:
                    yield _source(number, incoming, piece)
                    self._reading(incoming.size / len(incoming.pieces))

    def _flat(
        self, source: Source, piece: Piece, incoming: Incoming, table: Table
    ) -> Iterator[FlatRows | Ended | Refused]:
        try:
            for some in self._rows(source, piece, incoming, table):
                yield FlatRows(some.table, table)
            yield Ended(source, table)
        except DeliveryRefused as problem:
            yield Refused(source, str(problem))

    def _rows(self, source: Source, piece: Piece, incoming: Incoming, table: Table) -> Iterator[RawRows]:
        if piece.recognised.form is Form.PARQUET:
            with as_file(piece.member, incoming.path, self._scratch) as file:
                rows = 0
                for some in read_parquet(source, file, table):
                    rows = rows or pq.read_metadata(file).num_rows
                    yield some
                    self._reading(incoming.size / len(incoming.pieces) * some.table.num_rows / max(rows, 1))
            return
        header = csv_header(head(piece.member), self._dialect)
        with contextlib.closing(source.open()) as stream:
            yield from read_csv(source, stream, table, header, self._dialect)


def _source(number: int, incoming: Incoming, piece: Piece) -> Source:
    return Source(number, piece.member.number, incoming.place(piece.member), piece.member.open)
