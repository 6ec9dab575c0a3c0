"""Reader of payroll returns (Aangifte loonheffingen, XML) into the flat form of `quotum.tables.RETURNS`.

Small messages are read many at a time; a big one streams in constant memory. The only check here is whether a message
can be read at all; an element that is present and empty counts as absent.
"""

from collections.abc import Iterable, Iterator
from typing import BinaryIO, Final

import numpy as np
import pyarrow as pa
import xml2arrow
from attrs import define, field, frozen

from quotum.errors import DeliveryRefused
from quotum.intake.payroll_xml import mapping as layout
from quotum.intake.payroll_xml.element_by_element import read_through
from quotum.intake.payroll_xml.flat_rows import FlatMessages, assemble
from quotum.intake.payroll_xml.message_head import (
    BrokenMessageError,
    Head,
    Heads,
    describe,
    looks_like_xml,
    read_head,
)
from quotum.intake.payroll_xml.screen import doubtful_among
from quotum.intake.payroll_xml.stream import read_big
from quotum.intake.payroll_xml.structure import doubtful_of
from quotum.intake.prefetch import prefetch
from quotum.intake.sources import RawRows, RawTotals, ReadEvent, RefusedMember, Source

__all__ = ["describe", "is_loonaangifte", "looks_like_xml", "read_loonaangifte"]

_SMALL: Final = 1 << 20
_GROUP_BYTES: Final = 8 << 20
_GROUP_FILES: Final = 4096


def is_loonaangifte(head: bytes) -> bool:
    """Whether a file goes to this reader: all XML does, and XML that is no payroll return is refused with a reason."""
    return looks_like_xml(head)


def read_loonaangifte(
    sources: Iterable[Source], rows_per_batch: int = 120_000
) -> Iterator[RawRows | RawTotals | RefusedMember]:
    """Reads messages; never raises for what they contain.

    Args:
        sources: The messages.
        rows_per_batch: Largest number of rows of one `RawRows`.
    """
    gathered = _RowBuffer(rows_per_batch)
    for event in prefetch(_judged(_groups(sources))):
        match event:
            case _Group():
                yield from gathered.take(event)
            case _Big(source=source):
                yield from _read_big(source, rows_per_batch)
            case RefusedMember():
                yield event
    yield from gathered.rest()


def _groups(sources: Iterable[Source]) -> "Iterator[_Group | _Big | RefusedMember]":
    """Groups small messages, unpacked; big messages stay separate."""
    group, heads = _Group(), Heads()
    for source in sources:
        try:
            with source.open() as stream:
                data = _read(stream, _SMALL + 1)
            if len(data) > _SMALL:
                yield _Big(source)
                continue
            group.add(_message(source, data, heads.of(data)))
        except (BrokenMessageError, DeliveryRefused) as broken:
            yield RefusedMember(source, str(broken))
        if group.full:
            yield group
            group = _Group()
    yield group


def _judged(events: "Iterator[_Group | _Big | RefusedMember]") -> "Iterator[_Group | _Big | RefusedMember]":
    """Drops messages that are refused for their bytes or for the place of their elements."""
    for event in events:
        if isinstance(event, _Group):
            yield from _sound(event)
        else:
            yield event


def _sound(group: "_Group") -> "Iterator[_Group | RefusedMember]":
    doubtful_bytes = doubtful_among(
        [message.raw for message in group.messages], [message.head for message in group.messages]
    )
    plain = [message for number, message in enumerate(group.messages) if number not in doubtful_bytes]
    misplaced = doubtful_of(
        [message.body for message in plain],
        [message.head.prefix for message in plain],
        [message.head.year for message in plain],
    )
    doubtful = [
        *(group.messages[number] for number in sorted(doubtful_bytes)),
        *(plain[number] for number in misplaced),
    ]
    lost = set()
    for message in doubtful:
        try:
            read_through((message.before, message.raw), message.head)
        except BrokenMessageError as broken:
            lost.add(id(message))
            yield RefusedMember(message.source, str(broken))
    yield _Group([message for message in group.messages if id(message) not in lost])


def _read_big(source: Source, rows: int) -> Iterator[ReadEvent]:
    try:
        with source.open() as stream:
            yield from read_big(source, _read(stream, _SMALL + 1), stream, rows)
    except DeliveryRefused as broken:
        yield RefusedMember(source, str(broken))


def _read(stream: BinaryIO, size: int) -> bytes:
    """Reads as many bytes as there are, up to a size; one read may give fewer."""
    data = stream.read(size)
    if not data or len(data) == size:
        return data
    parts = [data]
    missing = size - len(data)
    while missing and (data := stream.read(missing)):
        parts.append(data)
        missing -= len(data)
    return b"".join(parts)


def _message(source: Source, data: bytes, head: Head) -> "_Message":
    return _Message(source, data[: head.body], data[head.body :], head)


@frozen
class _Big:
    """A message to be read by itself."""

    source: Source
    """Origin of the message."""


@frozen
class _Message:
    """A small message."""

    source: Source
    """Origin of the message."""
    before: bytes
    """Bytes before its root element."""
    raw: bytes
    """Its root element and the bytes after it."""
    head: Head
    """Content of its first bytes."""

    @property
    def body(self) -> bytes:
        """Its root element in UTF-8."""
        return self.raw.decode("latin-1").encode() if self.head.latin1 and not self.raw.isascii() else self.raw


@define
class _Group:
    """Small messages to be read together."""

    messages: list[_Message] = field(factory=list)
    """The messages."""
    size: int = 0
    """Bytes of their root elements."""

    def add(self, message: _Message) -> None:
        """Adds a message."""
        self.messages.append(message)
        self.size += len(message.raw)

    @property
    def sources(self) -> list[Source]:
        """Origin of each message."""
        return [message.source for message in self.messages]

    @property
    def full(self) -> bool:
        """Whether the group is large enough to read."""
        return self.size >= _GROUP_BYTES or len(self.messages) >= _GROUP_FILES

    def halves(self) -> "tuple[_Group, _Group]":
        """Splits the group in two, to find the broken message."""
        middle = len(self.messages) // 2
        return _Group(self.messages[:middle]), _Group(self.messages[middle:])

    def wrapped(self) -> bytes:
        """Returns one document with all messages."""
        pieces = [layout.OPENING]
        for message in self.messages:
            pieces += [layout.MESSAGE_OPENING, message.body, layout.MESSAGE_CLOSING]
        return b"".join(
            [*pieces, layout.CLOSING]
        )  # one join: another copy of megabytes takes as long as screening them


@define
class _RowBuffer:
    """Rows of many messages that wait for output."""

    limit: int
    """Largest number of rows of one `RawRows`."""
    tables: list[pa.Table] = field(factory=list)
    """Rows that wait."""
    rows: int = 0
    """Number of rows that wait."""

    def take(self, group: _Group) -> Iterator[RawRows | RawTotals | RefusedMember]:
        """Reads a group, splitting it to find a message that cannot be read."""
        if not group.messages:
            return
        sources = group.sources
        try:
            tables = layout.parse(group.wrapped())
        except (xml2arrow.Xml2ArrowError, TypeError) as error:
            yield from self._split(group, error)
            return
        assembled = assemble(tables, len(sources), years=[message.head.year for message in group.messages])
        for file, reason in sorted(assembled.faults.items()):
            yield RefusedMember(sources[file], reason)
        yield from self._give(assembled, sources)

    def _split(self, group: _Group, error: Exception) -> Iterator[RawRows | RawTotals | RefusedMember]:
        if len(group.messages) == 1:
            yield RefusedMember(group.messages[0].source, _reason(group.messages[0].body, error))
            return
        for half in group.halves():
            yield from self.take(half)

    def _give(self, assembled: FlatMessages, sources: list[Source]) -> Iterator[RawRows | RawTotals | RefusedMember]:
        self.tables.append(_owned(assembled.rows, sources))
        self.rows += len(assembled.rows)
        while self.rows >= self.limit:
            whole = pa.concat_tables(self.tables)
            yield RawRows(whole.slice(0, self.limit))
            self.tables = [whole.slice(self.limit)]
            self.rows -= self.limit
        if len(assembled.totals):
            yield RawTotals(_owned(assembled.totals, sources))

    def rest(self) -> Iterator[RawRows | RawTotals | RefusedMember]:
        """Yields the remaining rows at the end."""
        if self.rows:
            yield RawRows(pa.concat_tables(self.tables))


def _owned(table: pa.Table, sources: list[Source]) -> pa.Table:
    """Replaces the position within the group by delivery and member."""
    file = table["file"].to_numpy()
    for name in ("delivery", "member"):
        values = np.array([getattr(source, name) for source in sources], np.int64)
        table = table.append_column(name, pa.array(values[file]))
    return table.drop_columns(["file", "unit"])


def _reason(body: bytes, error: Exception) -> str:
    """Returns why a message cannot be read: the error of expat, or else of xml2arrow."""
    try:
        read_through((body,), read_head(body))
    except BrokenMessageError as broken:
        return str(broken)
    return layout.reason_of(error)
