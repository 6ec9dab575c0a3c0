"""Entrance for deliveries: copies each into the archive's staging with its digest, and recognises its members."""

from collections.abc import Callable, Container, Mapping
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import BinaryIO

from attrs import evolve, field, frozen

from quotum.errors import DeliveryRefused
from quotum.identifiers import masked
from quotum.intake import words
from quotum.intake.delivery.containers import Member, as_file, head, members
from quotum.intake.delivery.copies import copy_delivery
from quotum.intake.delivery.litter import is_litter, named_like_litter
from quotum.intake.delivery.other_formats import refuse_other_format
from quotum.intake.delivery.recognition import Dialect, Form, Recognition, csv_header, form_of, parquet_header, table_of
from quotum.intake.payroll_xml.message_head import described_year
from quotum.intake.payroll_xml.schemas import BreaksSchema, Schemas
from quotum.tables import LOONAANGIFTE, RETURNS

_SIGNS = 4_096
_BOM = b"\xef\xbb\xbf"
_XML = Recognition(Form.XML, None)


@frozen
class Problem:
    """A delivery or member that was refused."""

    place: str
    """File and member."""
    reason: str
    """What is wrong and what to do."""
    member: int = 0
    """Number of the member within its container."""


@frozen
class Piece:
    """A recognised member."""

    member: Member
    """The member."""
    recognised: Recognition
    """Its format and table."""
    schema_unseen: int = 0
    """Year of its schema when that schema was not available here, or 0."""


@frozen
class DeliveredFile:
    """A delivered file before it is received."""

    path: Path
    """The copy that is read."""
    name: str
    """Name as given, fit to be shown."""
    sha256: str
    """Digest."""
    size: int
    """Bytes."""
    pieces: tuple[Piece, ...] = ()
    """Its members."""
    problems: tuple[Problem, ...] = field(default=())
    """Refused members."""
    left_out: tuple[int, ...] = ()
    """Numbers of members that broke an official schema."""
    litter: tuple[str, ...] = ()
    """Places of members that an operating system or a tool left behind."""

    @property
    def kinds(self) -> frozenset[str]:
        """Kinds of delivery among its members."""
        return frozenset(piece.recognised.kind for piece in self.pieces)

    def place(self, member: Member) -> str:
        """Returns file and member, for messages."""
        return f"{self.name}, member {member.number} ({masked(member.name)})" if member.number else self.name


class Entrance:
    """Copies and recognises deliveries in a scratch folder."""

    def __init__(
        self,
        scratch: Path,
        kind: str,
        dialect: Dialect,
        schemas: Schemas | None = None,
        left_out: Mapping[str, tuple[int, ...]] | None = None,
    ) -> None:
        """Takes the expectations.

        Args:
            scratch: Folder for copies.
            kind: Kind expected, or `auto`.
            dialect: How CSV is written.
            schemas: The official schemas that validate XML; None to skip validation.
            left_out: Members not to read, by digest of their delivery, because they broke a schema before.
        """
        self._scratch = scratch
        self._kind = kind
        self._dialect = dialect
        self._schemas = schemas
        self._left_out = left_out or {}

    def taken_in(self, path: Path, number: int) -> DeliveredFile:
        """Copies and recognises a delivery.

        Args:
            path: The delivered file.
            number: Its place among those of the call.

        Raises:
            DeliveryRefused: The file cannot be read, or cannot be a delivery.
        """
        copy = self._scratch / f"{number}.original"
        copy_result = copy_delivery(path, copy)
        left_out = self._left_out.get(copy_result.sha256, ())
        return self.recognised(
            DeliveredFile(copy, masked(path.name), copy_result.sha256, copy_result.size, left_out=left_out)
        )

    def recognised(self, incoming: DeliveredFile) -> DeliveredFile:
        """Recognises each member of a delivery.

        Raises:
            DeliveryRefused: No member can be read.
        """
        pieces, problems, litter, left_out = [], [], [], list(incoming.left_out)
        before = frozenset(left_out)
        for member in members(incoming.path, self._scratch):
            if member.number in before:
                problems.append(
                    Problem(
                        incoming.place(member), "broke its official schema when it was first received", member.number
                    )
                )
                continue
            try:
                if named_like_litter(member.name) and is_litter(member.name, member.first(_SIGNS)):
                    litter.append(incoming.place(member))
                else:
                    pieces.append(self._piece(member, incoming.path))
            except DeliveryRefused as problem:
                if not member.number:
                    raise
                problems.append(Problem(incoming.place(member), str(problem), member.number))
                left_out += [member.number] if isinstance(problem, BreaksSchema) else []
        if not pieces and not problems:
            raise DeliveryRefused(words.ONLY_LITTER.sentence())
        if not pieces:
            raise DeliveryRefused(words.NO_MEMBER.sentence(place=problems[0].place, reason=problems[0].reason))
        return evolve(
            incoming,
            pieces=tuple(pieces),
            problems=tuple(problems),
            left_out=tuple(left_out),
            litter=tuple(litter),
        )

    def _piece(self, member: Member, path: Path) -> Piece:
        first = _first_signs(member)
        refuse_other_format(first)
        member = _with_one_mark(member, first)
        form = form_of(first)
        unseen = described_year(first) if form is Form.XML and not self._schemas else 0
        return Piece(member, self._recognised(member, form, path), unseen)

    def _recognised(self, member: Member, form: Form, path: Path) -> Recognition:
        if form is Form.XML:
            if self._kind not in ("auto", LOONAANGIFTE):
                raise DeliveryRefused(words.IS_XML.sentence(kind=self._kind))
            if self._schemas:
                self._schemas.validate(member.open)
            return _XML
        if self._kind == LOONAANGIFTE:
            raise DeliveryRefused(words.NOT_XML.sentence(upper=form.upper()))
        if form is Form.CSV:
            return Recognition(form, table_of(csv_header(head(member), self._dialect), self._kind))
        with as_file(member, path, self._scratch) as file:
            return Recognition(form, table_of(list(parquet_header(str(file)).names), self._kind))


def split_known(
    incoming: list[DeliveredFile],
    known: Container[str],
    standing: Mapping[str, set[frozenset[str]]] = MappingProxyType({}),
) -> tuple[list[DeliveredFile], list[DeliveredFile]]:
    """Separates deliveries that add something from those that do not.

    A table that replaces its predecessor (register, employers and so on) consists of all its files in one call, so a
    known file counts again when it comes together with a new file, or when other files are in force.

    Args:
        incoming: The deliveries of the call.
        known: Digests of the deliveries that count.
        standing: Digests of the files in force, by kind of table; any of these sets counts.
    """
    by_digest: dict[str, DeliveredFile] = {}
    old = []
    for file in incoming:
        if file.sha256 in by_digest:
            old.append(file)
        by_digest.setdefault(file.sha256, file)
    once = list(by_digest.values())
    came: dict[str, set[str]] = {}
    for file in once:
        for kind in file.kinds - {RETURNS.name, LOONAANGIFTE}:
            came.setdefault(kind, set()).add(file.sha256)
    replaced = {kind for kind, digests in came.items() if frozenset(digests) not in standing.get(kind, ())}
    fresh = {file.sha256 for file in once if file.sha256 not in known or file.kinds & replaced}
    return (
        [file for file in once if file.sha256 in fresh],
        old + [file for file in once if file.sha256 not in fresh],
    )


def _with_one_mark(member: Member, first: bytes) -> Member:
    """Removes repeated byte order marks at the start of a member."""
    marks = (len(first) - len(first.lstrip(_BOM))) // len(_BOM)
    if marks <= 1 or not first.startswith(_BOM * marks):
        return member
    return evolve(member, open=partial(_opened_behind, member.open, (marks - 1) * len(_BOM)))


def _opened_behind(opened: Callable[[], BinaryIO], size: int) -> BinaryIO:
    stream = opened()
    while size and (skipped := stream.read(size)):
        size -= len(skipped)
    return stream


def _first_signs(member: Member) -> bytes:
    """Returns enough of a member to tell how it is written; there can be very many members.

    Raises:
        DeliveryRefused: The member is empty, or its container is broken there.
    """
    first = member.first(_SIGNS)
    if not first:
        raise DeliveryRefused(words.EMPTY.sentence())
    return first
