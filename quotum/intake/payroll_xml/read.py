"""Reads payroll returns (Aangifte loonheffingen, XML) into the flat form of `quotum.tables.RETURNS`.

Small messages are read many at a time; a big one streams in constant memory. Nothing is judged here
but whether a message can be read at all; an element that is present and empty reads as absent.
"""

from collections.abc import Iterable, Iterator
from typing import BinaryIO, Final

import numpy as np
import pyarrow as pa
import xml2arrow
from attrs import define, field, frozen

from quotum.errors import DeliveryRefused
from quotum.intake.ahead import ahead
from quotum.intake.payroll_xml import mapping as layout
from quotum.intake.payroll_xml.element_by_element import read_through
from quotum.intake.payroll_xml.flat_rows import Assembled, assemble
from quotum.intake.payroll_xml.outside import (
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
    for found in ahead(_judged(_groups(sources))):
        match found:
            case _Group():
                yield from gathered.take(found)
            case _Big(source=source):
                yield from _read_big(source, rows_per_batch)
            case Refused():
                yield found
    yield from gathered.rest()


def _groups(sources: Iterable[Source]) -> "Iterator[_Group | _Big | Refused]":
    """Small messages, unpacked, in groups; big ones by name."""
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
            yield Refused(source, str(broken))
        if group.full:
            yield group
            group = _Group()
    yield group


def _judged(events: "Iterator[_Group | _Big | Refused]") -> "Iterator[_Group | _Big | Refused]":
    """The same, without the messages that are refused for their bytes or for where their elements stand."""
    for event in events:
        if isinstance(event, _Group):
            yield from _sound(event)
        else:
            yield event


def _sound(group: "_Group") -> "Iterator[_Group | Refused]":
    odd = doubtful_among([one.raw for one in group.messages], [one.head for one in group.messages])
    plain = [one for number, one in enumerate(group.messages) if number not in odd]
    misplaced = doubtful_of(
        [one.body for one in plain], [one.head.prefix for one in plain], [one.head.year for one in plain]
    )
    doubtful = [*(group.messages[number] for number in sorted(odd)), *(plain[number] for number in misplaced)]
    lost = set()
    for one in doubtful:
        try:
            read_through((one.before, one.raw), one.head)
        except BrokenMessageError as broken:
            lost.add(id(one))
            yield Refused(one.source, str(broken))
    yield _Group([one for one in group.messages if id(one) not in lost])


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


def _message(source: Source, data: bytes, head: Head) -> "_Message":
    return _Message(source, data[: head.body], data[head.body :], head)


@frozen
class _Big:
    """A message to be read by itself."""

    source: Source
    """Where it comes from."""


@frozen
class _Message:
    """A small message."""

    source: Source
    """Where it comes from."""
    before: bytes
    """What stands before its root element."""
    raw: bytes
    """Its root element and what comes after it."""
    head: Head
    """What its first bytes say."""

    @property
    def body(self) -> bytes:
        """The same in UTF-8."""
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
        """Where each comes from."""
        return [one.source for one in self.messages]

    @property
    def full(self) -> bool:
        """Whether it is time to read them."""
        return self.size >= _GROUP_BYTES or len(self.messages) >= _GROUP_FILES

    def halves(self) -> "tuple[_Group, _Group]":
        """Two groups, to find the broken one."""
        middle = len(self.messages) // 2
        return _Group(self.messages[:middle]), _Group(self.messages[middle:])

    def wrapped(self) -> bytes:
        """One document with all of them."""
        pieces = [layout.OPENING]
        for one in self.messages:
            pieces += [layout.MESSAGE_OPENING, one.body, layout.MESSAGE_CLOSING]
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
        if not group.messages:
            return
        sources = group.sources
        try:
            tables = layout.parse(group.wrapped())
        except (xml2arrow.Xml2ArrowError, TypeError) as error:
            yield from self._split(group, error)
            return
        assembled = assemble(tables, len(sources), years=[one.head.year for one in group.messages])
        for file, reason in sorted(assembled.faults.items()):
            yield Refused(sources[file], reason)
        yield from self._give(assembled, sources)

    def _split(self, group: _Group, error: Exception) -> Iterator[RawRows | RawTotals | Refused]:
        if len(group.messages) == 1:
            yield Refused(group.messages[0].source, _reason(group.messages[0].body, error))
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
