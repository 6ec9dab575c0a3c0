"""Validation of payroll returns against the official schemas, in constant memory, before they are read.

A message that breaks its schema is refused whole: the tax authority would not have accepted it, and no part of it can
be trusted.
"""

import contextlib
import itertools
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, BinaryIO, Final

from attrs import frozen
from lxml import etree

from quotum.errors import DeliveryRefused, WrongUse
from quotum.intake.delivery.litter import is_litter_file
from quotum.intake.payroll_xml.element_by_element import read_through
from quotum.intake.payroll_xml.lengths import Lengths
from quotum.intake.payroll_xml.message_head import BrokenMessageError, Head, read_head
from quotum.intake.payroll_xml.schema_faults import fault

_BEGINNING: Final = 1 << 20
# The parser keeps every fault of a piece until it is reported: a megabyte can have some hundred thousand faults.
_PIECE: Final = 1 << 16
_ROOT: Final = "Loonaangifte"
_XS: Final = "{http://www.w3.org/2001/XMLSchema}"
_SHOWN: Final = 3
_REPAIR: Final = "Have the sender correct it and make the file anew"

Opened = Callable[[], BinaryIO]


@frozen
class _Schema:
    """The schema of one year."""

    compiled: etree.XMLSchema
    """The compiled schema."""
    names: frozenset[str]
    """Names of its elements and attributes."""


class BreaksSchema(DeliveryRefused):
    """A message breaks its official schema."""


class _Nothing:
    """Parser target that discards the message: no tree is built."""

    def close(self) -> None:
        """Ends the message."""


class Schemas:
    """The official schemas of a folder, by namespace."""

    def __init__(self, folder: Path) -> None:
        """Reads the schemas of payroll returns in a folder; other schemas are ignored.

        Raises:
            WrongUse: The folder cannot be read, or holds no schema of payroll returns, or two of one year.
        """
        self._by_namespace: dict[str, _Schema] = {}
        if not folder.is_dir():
            raise WrongUse(f"--schemas {folder}: is no folder; name the folder that holds the official XSDs")
        for path in sorted(folder.iterdir()):
            if path.suffix.lower() == ".xsd" and not is_litter_file(path):
                self._add(path)
        if not self._by_namespace:
            raise WrongUse(f"--schemas {folder}: holds no schema (.xsd) of payroll returns (Loonaangifte)")

    def _add(self, path: Path) -> None:
        try:
            root = etree.parse(path, etree.XMLParser(no_network=True, resolve_entities=False)).getroot()
            namespace = root.get("targetNamespace", "")
            if root.find(f"{_XS}element[@name='{_ROOT}']") is None:
                return
            compiled = etree.XMLSchema(root.getroottree())
        except (OSError, etree.LxmlError) as error:
            raise WrongUse(f"--schemas: {path.name} cannot be read as a schema; get the official file anew") from error
        if namespace in self._by_namespace:
            raise WrongUse(f"--schemas: {path.name} is a second schema of {namespace}; keep one of them in the folder")
        named = root.iter(f"{_XS}element", f"{_XS}attribute")
        self._by_namespace[namespace] = _Schema(compiled, frozenset(node.get("name", "") for node in named))

    def validate(self, opened: Opened) -> None:
        """Validates a message from its beginning to its end.

        Args:
            opened: Opens the message from its beginning.

        Raises:
            BreaksSchema: The message breaks its schema, or there is no schema for it.
        """
        with contextlib.closing(opened()) as stream:
            first = stream.read(_BEGINNING)
            head = _head(first)
            if head.namespace not in self._by_namespace:
                raise BreaksSchema(
                    f"cannot be validated: the folder of --schemas has no schema of {head.namespace}. "
                    "Put it there, or receive this file without --schemas"
                )
            schema = self._by_namespace[head.namespace]
            broken = _first_broken_piece(_parser(schema, head), _pieces(first, stream))
        if broken is not None:
            raise BreaksSchema(_reason(schema, head, opened, broken))


def _head(first: bytes) -> Head:
    try:
        return read_head(first)
    except BrokenMessageError as broken:
        raise BreaksSchema(str(broken)) from None


def _pieces(first: bytes, stream: BinaryIO) -> Iterator[bytes]:
    """Yields a message in pieces that are small enough for lxml, and an empty piece at the end.

    Raises:
        BreaksSchema: A part of the message is too long.
    """
    lengths = Lengths()
    begin = (first[start : start + _PIECE] for start in range(0, len(first), _PIECE))
    for piece in itertools.chain(begin, iter(lambda: stream.read(_PIECE), b"")):
        try:
            lengths.feed(piece)
        except BrokenMessageError as broken:
            raise BreaksSchema(str(broken)) from None
        yield piece
    yield b""


def _parser(schema: _Schema, head: Head) -> Any:
    return etree.XMLParser(
        schema=schema.compiled, target=_Nothing(), huge_tree=True, resolve_entities=False, no_network=True,
        encoding=head.encoding,
    )  # fmt: skip


def _fed(parser: Any, piece: bytes) -> bool:
    """Feeds the next piece and returns whether the message is still sound; an empty piece ends it."""
    try:
        if piece:
            parser.feed(piece)
        else:
            parser.close()
    except etree.XMLSyntaxError:
        return False
    return not len(parser.feed_error_log)


def _first_broken_piece(parser: Any, pieces: Iterator[bytes]) -> int | None:
    """Returns the number of the piece with the first fault; None when there is none."""
    return next((number for number, piece in enumerate(pieces) if not _fed(parser, piece)), None)


def _reason(schema: _Schema, head: Head, opened: Opened, broken: int) -> str:
    """Describes the first faults and their places.

    The validator keeps no lines, so the piece with the fault is fed anew tag by tag.
    """
    parser, lines, column = _parser(schema, head), 1, 0
    faults: list[str] = []
    reported = 0
    with contextlib.closing(opened()) as stream:
        pieces = _pieces(stream.read(_BEGINNING), stream)
        for _ in range(broken):
            piece = next(pieces)
            parser.feed(piece)
            lines, column = _moved(lines, column, piece)
        for tag in _tags(next(pieces)):
            sound = _fed(parser, tag)
            lines, column = _moved(lines, column, tag)
            errors = [error for error in parser.feed_error_log if error.domain_name == "SCHEMASV"]
            faults += [f"line {lines}, column {column}: {fault(error, schema.names)}" for error in errors[reported:]]
            reported = len(errors)
            if len(faults) >= _SHOWN or (not sound and not errors):
                break
    return f"breaks the official schema at {'; '.join(faults[:_SHOWN])}. {_REPAIR}" if faults else _unsound(opened)


def _unsound(opened: Opened) -> str:
    """Returns the reader's reason for a message that is not sound XML."""
    with contextlib.closing(opened()) as stream:
        first = stream.read(_BEGINNING)
        try:
            read_through(_pieces(first, stream), read_head(first))
        except BrokenMessageError as broken:
            return str(broken)
    return f"is not sound XML. {_REPAIR}"


def _tags(piece: bytes) -> Iterator[bytes]:
    """Cuts a piece after every tag; adds the empty piece that ends a message."""
    start = 0
    while end := piece.find(b">", start) + 1:
        yield piece[start:end]
        start = end
    if start < len(piece):
        yield piece[start:]
    if len(piece) < _PIECE:
        yield b""


def _moved(lines: int, column: int, piece: bytes) -> tuple[int, int]:
    """Returns the line, and the bytes in it, at the end of a piece."""
    ends = piece.count(b"\n")
    return lines + ends, len(piece) - piece.rfind(b"\n") - 1 if ends else column + len(piece)
