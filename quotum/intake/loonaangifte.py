"""Reads payroll returns (Aangifte loonheffingen, XML) into the flat form of `quotum.tables.RETURNS`.

Small messages are read many at a time; a big one streams in constant memory. Nothing is judged here
but whether a message can be read at all; an element that is present and empty reads as absent.
"""

from collections.abc import Iterable, Iterator
from typing import BinaryIO, Final

import attrs
import numpy as np
import pyarrow as pa
import xml2arrow
from attrs import define, field, frozen

from quotum.errors import DeliveryRefused
from quotum.intake import loonaangifte_tables as layout
from quotum.intake.ahead import ahead
from quotum.intake.loonaangifte_rows import Assembled, assemble
from quotum.intake.loonaangifte_stream import read_big
from quotum.intake.loonaangifte_xml import (
    BrokenMessageError,
    Head,
    Screen,
    describe,
    looks_like_xml,
    read_head,
    read_through,
)
from quotum.intake.sources import RawRows, RawTotals, ReadEvent, Refused, Source

__all__ = ["describe", "is_loonaangifte", "looks_like_xml", "read_loonaangifte"]

_SMALL: Final = 1 << 20
_GROUP_BYTES: Final = 8 << 20
_GROUP_FILES: Final = 4096


def is_loonaangifte(head: bytes) -> bool:
    """Whether a file goes to this reader: all XML does, and what is no payroll return is refused with a reason."""
    return looks_like_xml(head)


def read_loonaangifte(
    sources: Iterable[Source], rows_per_batch: int = 120_000
) -> Iterator[RawRows | RawTotals | Refused]:
    """Reads messages; never raises for what they contain.

    Args:
        sources: The messages.
        rows_per_batch: Largest number of rows of one `RawRows`.
    """
    gathered = _Gathered(rows_per_batch)
    for found in ahead(_groups(sources)):
        match found:
            case _Group():
                yield from gathered.take(found)
            case _Big(source=source):
                yield from _read_big(source, rows_per_batch)
            case Refused():
                yield found
    yield from gathered.rest()


def _groups(sources: Iterable[Source]) -> "Iterator[_Group | _Big | Refused]":
    """Small messages, unpacked and screened, in groups; big ones by name."""
    group = _Group()
    for source in sources:
        try:
            with source.open() as stream:
                data = _read(stream, _SMALL + 1)
            if len(data) > _SMALL:
                yield _Big(source)
                continue
            group.add(source, *_body(data))
        except (BrokenMessageError, DeliveryRefused) as broken:
            yield Refused(source, str(broken))
        if group.full:
            yield group
            group = _Group()
    yield group


def _read_big(source: Source, rows: int) -> Iterator[ReadEvent]:
    try:
        with source.open() as stream:
            yield from read_big(source, _read(stream, _SMALL + 1), stream, rows)
    except DeliveryRefused as broken:
        yield Refused(source, str(broken))


def _read(stream: BinaryIO, size: int) -> bytes:
    """As many bytes as there are, up to a size; one read may give fewer."""
    data = stream.read(size)
    if not data or len(data) == size:
        return data
    parts = [data]
    missing = size - len(data)
    while missing and (data := stream.read(missing)):
        parts.append(data)
        missing -= len(data)
    return b"".join(parts)


def _body(data: bytes) -> tuple[bytes, int]:
    """The root element of a message in UTF-8, screened, and the year of its schema."""
    head = read_head(data)
    screen = Screen(head)
    body = data[head.body :]
    screen.feed(body)
    if screen.finish():
        read_through((data,), head)
    return _utf8(body, head), head.year


def _utf8(body: bytes, head: Head) -> bytes:
    return body.decode("latin-1").encode() if head.latin1 and not body.isascii() else body


@frozen
class _Big:
    """A message to be read by itself."""

    source: Source
    """Where it comes from."""


@define
class _Group:
    """Small messages to be read together."""

    sources: list[Source] = field(factory=list)
    """Where each comes from."""
    bodies: list[bytes] = field(factory=list)
    """Their root elements."""
    years: list[int] = field(factory=list)
    """Years of their schemas."""
    size: int = 0
    """Bytes of the bodies."""

    def add(self, source: Source, body: bytes, year: int) -> None:
        """Adds a message."""
        self.years.append(year)
        self.sources.append(source)
        self.bodies.append(body)
        self.size += len(body)

    @property
    def full(self) -> bool:
        """Whether it is time to read them."""
        return self.size >= _GROUP_BYTES or len(self.sources) >= _GROUP_FILES

    def halves(self) -> "tuple[_Group, _Group]":
        """Two groups, to find the broken one."""
        middle = len(self.sources) // 2
        return (
            attrs.evolve(self, sources=self.sources[:middle], bodies=self.bodies[:middle], years=self.years[:middle]),
            attrs.evolve(self, sources=self.sources[middle:], bodies=self.bodies[middle:], years=self.years[middle:]),
        )

    def wrapped(self) -> bytes:
        """One document with all of them."""
        pieces = [layout.OPENING]
        for body in self.bodies:
            pieces += [layout.MESSAGE_OPENING, body, layout.MESSAGE_CLOSING]
        return b"".join([*pieces, layout.CLOSING])  # in one go: to copy megabytes again takes as long as to screen them


@define
class _Gathered:
    """Rows of many messages on their way out."""

    limit: int
    """Largest number of rows of one `RawRows`."""
    tables: list[pa.Table] = field(factory=list)
    """Rows not given yet."""
    rows: int = 0
    """Number of rows not given yet."""

    def take(self, group: _Group) -> Iterator[RawRows | RawTotals | Refused]:
        """Reads a group, splitting it to find a message that cannot be read."""
        if not group.sources:
            return
        try:
            tables = layout.parse(group.wrapped())
        except (xml2arrow.Xml2ArrowError, TypeError) as error:
            yield from self._split(group, error)
            return
        assembled = assemble(tables, len(group.sources), years=group.years)
        for file, reason in sorted(assembled.faults.items()):
            yield Refused(group.sources[file], reason)
        yield from self._give(assembled, group.sources)

    def _split(self, group: _Group, error: Exception) -> Iterator[RawRows | RawTotals | Refused]:
        if len(group.sources) == 1:
            yield Refused(group.sources[0], _reason(group.bodies[0], error))
            return
        for half in group.halves():
            yield from self.take(half)

    def _give(self, assembled: Assembled, sources: list[Source]) -> Iterator[RawRows | RawTotals | Refused]:
        self.tables.append(_owned(assembled.rows, sources))
        self.rows += len(assembled.rows)
        while self.rows >= self.limit:
            whole = pa.concat_tables(self.tables)
            yield RawRows(whole.slice(0, self.limit))
            self.tables = [whole.slice(self.limit)]
            self.rows -= self.limit
        if len(assembled.totals):
            yield RawTotals(_owned(assembled.totals, sources))

    def rest(self) -> Iterator[RawRows | RawTotals | Refused]:
        """What is left at the end."""
        if self.rows:
            yield RawRows(pa.concat_tables(self.tables))


def _owned(table: pa.Table, sources: list[Source]) -> pa.Table:
    """The table with delivery and member in place of the position within the group."""
    file = table["file"].to_numpy()
    for name in ("delivery", "member"):
        values = np.array([getattr(source, name) for source in sources], np.int64)
        table = table.append_column(name, pa.array(values[file]))
    return table.drop_columns(["file", "unit"])


def _reason(body: bytes, error: Exception) -> str:
    """Why a message cannot be read: what expat says of it, or else xml2arrow."""
    try:
        read_through((body,), read_head(body))
    except BrokenMessageError as broken:
        return str(broken)
    return layout.reason_of(error)
