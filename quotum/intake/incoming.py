"""Deliveries on their way in: copied into the archive's staging with their digest, and recognised."""

from collections.abc import Callable, Container, Mapping
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import BinaryIO

from attrs import evolve, field, frozen

from quotum.errors import DeliveryRefused
from quotum.identifiers import masked
from quotum.intake.delivery.containers import Member, as_file, head, members
from quotum.intake.delivery.copying import copied
from quotum.intake.delivery.litter import is_litter, named_like_litter
from quotum.intake.delivery.other_formats import refuse_other_format
from quotum.intake.delivery.recognise import Dialect, Form, Recognised, csv_header, form_of, parquet_header, table_of
from quotum.intake.payroll_xml.outside import described_year
from quotum.intake.payroll_xml.schemas import BreaksSchema, Schemas
from quotum.tables import LOONAANGIFTE, RETURNS

_SIGNS = 4_096
_BOM = b"\xef\xbb\xbf"
_XML = Recognised(Form.XML, None)


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
    """One member that was recognised."""

    member: Member
    """The member."""
    recognised: Recognised
    """What it is."""
    schema_unseen: int = 0
    """Year of its schema when nobody here saw it, or 0."""


@frozen
class Incoming:
    """One delivered file on its way in."""

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
    """Members refused."""
    left_out: tuple[int, ...] = ()
    """Numbers of those that broke an official schema."""
    litter: tuple[str, ...] = ()
    """Places of members that an operating system or a tool left there."""

    @property
    def kinds(self) -> frozenset[str]:
        """Kinds of delivery among its members."""
        return frozenset(piece.recognised.kind for piece in self.pieces)

    def place(self, member: Member) -> str:
        """File and member, for messages."""
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
        """Remember what is expected.

        Args:
            scratch: Folder for copies.
            kind: Kind expected, or `auto`.
            dialect: How CSV is written.
            schemas: The official schemas to validate XML against; None to leave that out.
            left_out: Members that are not read, by digest of their delivery: they broke a schema before.
        """
        self._scratch = scratch
        self._kind = kind
        self._dialect = dialect
        self._schemas = schemas
        self._left_out = left_out or {}

    def taken_in(self, path: Path, number: int) -> Incoming:
        """A delivery copied and recognised.

        Args:
            path: The delivered file.
            number: Its place among those of the call.

        Raises:
            DeliveryRefused: It cannot be read, or is not what a delivery can be.
        """
        copy = self._scratch / f"{number}.original"
        brought = copied(path, copy)
        left_out = self._left_out.get(brought.sha256, ())
        return self.recognised(Incoming(copy, masked(path.name), brought.sha256, brought.size, left_out=left_out))

    def recognised(self, incoming: Incoming) -> Incoming:
        """What each member of a delivery is.

        Raises:
            DeliveryRefused: None of them can be read.
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
            raise DeliveryRefused("holds only what an operating system or a tool leaves beside files, and no delivery")
        if not pieces:
            raise DeliveryRefused(
                f"has no member that can be read; the first: {problems[0].place}: {problems[0].reason}"
            )
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

    def _recognised(self, member: Member, form: Form, path: Path) -> Recognised:
        if form is Form.XML:
            if self._kind not in ("auto", LOONAANGIFTE):
                raise DeliveryRefused(f"is XML; expected {self._kind}")
            if self._schemas:
                self._schemas.validate(member.open)
            return _XML
        if self._kind == LOONAANGIFTE:
            raise DeliveryRefused(f"is {form.upper()}; expected loonaangifte XML")
        if form is Form.CSV:
            return Recognised(form, table_of(csv_header(head(member), self._dialect), self._kind))
        with as_file(member, path, self._scratch) as file:
            return Recognised(form, table_of(list(parquet_header(str(file)).names), self._kind))


def new_and_old(
    incoming: list[Incoming], known: Container[str], standing: Mapping[str, set[frozenset[str]]] = MappingProxyType({})
) -> tuple[list[Incoming], list[Incoming]]:
    """Which deliveries add something.

    A table that replaces the one before it (register, employers and so on) is made of all its files
    of one call, so a file known from before counts again when it comes together with a new one, or
    when other files are in force.

    Args:
        incoming: The deliveries of the call.
        known: Digests of those that count.
        standing: By kind of table, the digests of the files that are in force; any of these sets counts.
    """
    seen: dict[str, Incoming] = {}
    old = []
    for one in incoming:
        if one.sha256 in seen:
            old.append(one)
        seen.setdefault(one.sha256, one)
    once = list(seen.values())
    came: dict[str, set[str]] = {}
    for one in once:
        for kind in one.kinds - {RETURNS.name, LOONAANGIFTE}:
            came.setdefault(kind, set()).add(one.sha256)
    replaced = {kind for kind, digests in came.items() if frozenset(digests) not in standing.get(kind, ())}
    fresh = {one.sha256 for one in once if one.sha256 not in known or one.kinds & replaced}
    return (
        [one for one in once if one.sha256 in fresh],
        old + [one for one in once if one.sha256 not in fresh],
    )


def _with_one_mark(member: Member, first: bytes) -> Member:
    """A member without the byte order marks that programs put before one that was there."""
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
    """As much of a member as tells how it is written; there can be very many members.

    Raises:
        DeliveryRefused: It is empty, or its container is broken there.
    """
    first = member.first(_SIGNS)
    if not first:
        raise DeliveryRefused("is empty; a delivery has at least a header")
    return first
