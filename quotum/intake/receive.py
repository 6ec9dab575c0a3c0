"""Receiving deliveries: recognise, read, check, keep. Either a delivery counts whole or it never was."""

import contextlib
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from hashlib import sha256
from pathlib import Path

import duckdb
import pyarrow as pa
from attrs import evolve, field, frozen

from quotum import __version__
from quotum.archive import layout as archive_layout
from quotum.archive.layout import Layout, locked, prepared, sync_folder, write_durably, writing
from quotum.archive.receipts import Delivery, Derived, Receipt, current, history, next_of, receipt_bytes
from quotum.errors import DeliveryRefused
from quotum.identifiers import masked
from quotum.intake.checks import Checker
from quotum.intake.containers import Member, as_file, head, members
from quotum.intake.flat import ROWS_PER_BATCH, read_csv, read_parquet
from quotum.intake.loonaangifte import read_loonaangifte
from quotum.intake.recognise import (
    DIALECTS,
    LOONAANGIFTE,
    Dialect,
    Form,
    Recognised,
    csv_header,
    form_of,
    parquet_header,
    table_of,
)
from quotum.intake.sources import RawRows, RawTotals, Refused, Source
from quotum.intake.staging import Staged
from quotum.tables import DELIVERIES, RETURNS, Table

_CHUNK = 1 << 20


@frozen
class Problem:
    """A delivery or member that was refused."""

    place: str
    """File and member."""
    reason: str
    """What is wrong and what to do."""


@frozen
class Reception:
    """What became of one receive call."""

    deliveries: tuple[Delivery, ...] = ()
    """Deliveries kept, in the order in which they were named."""
    known: tuple[str, ...] = ()
    """Names of deliveries that were in the archive already."""
    refused: tuple[Problem, ...] = ()
    """Deliveries of which nothing was kept."""
    members_refused: tuple[Problem, ...] = ()
    """Members of kept containers that were refused."""
    findings: tuple[tuple[str, str, int], ...] = ()
    """Rule, level and count of what was found."""

    @property
    def exit_code(self) -> int:
        """The gravest of 10, 3 and 0."""
        if self.refused:
            return DeliveryRefused.exit_code
        rejected = self.members_refused or any(delivery.rejected for delivery in self.deliveries)
        return 3 if rejected else 0


@frozen
class _Piece:
    """One member that was recognised."""

    member: Member
    """The member."""
    recognised: Recognised
    """What it is."""


@frozen
class _Incoming:
    """One delivered file on its way in."""

    path: Path
    """The copy that is read."""
    name: str
    """Name as given, fit to be shown."""
    sha256: str
    """Digest."""
    size: int
    """Bytes."""
    pieces: tuple[_Piece, ...] = ()
    """Its members."""
    problems: tuple[Problem, ...] = field(default=())
    """Members refused."""

    @property
    def kinds(self) -> frozenset[str]:
        """Kinds of delivery among its members."""
        return frozenset(piece.recognised.kind for piece in self.pieces)

    def place(self, member: Member) -> str:
        """File and member, for messages."""
        return f"{self.name}, member {member.number} ({masked(member.name)})" if member.number else self.name


def receive(
    paths: Iterable[Path],
    archive: Path,
    received: datetime,
    *,
    kind: str = "auto",
    dialect: str = "",
    dry_run: bool = False,
    progress: Callable[[int], None] = lambda _rows: None,
    waiting: Callable[[], None] = lambda: None,
) -> Reception:
    """Read deliveries, check every row and add what was accepted to the archive.

    Args:
        paths: Delivered files.
        archive: Folder of the archive; made when it is not there.
        received: When they were received.
        kind: Kind expected, or `auto`.
        dialect: Name of the CSV dialect, empty for the ordinary one.
        dry_run: Check only, write nothing.
        progress: Told the number of rows read since the last call.
        waiting: Called when another receive call holds the archive.

    Raises:
        CannotWrite: The archive cannot be written.
        ArchiveLacks: The archive is of a newer version or damaged.
    """
    wanted = list(dict.fromkeys(paths))
    if dry_run:
        with tempfile.TemporaryDirectory(prefix="quotum-") as folder:
            known = _known(archive_layout.existing(archive)) if Layout(archive).marker.exists() else frozenset()
            call = _Call(Path(folder), _Terms(1, kind, dialect), progress)
            return call.run(wanted, known)[0]
    layout = prepared(archive)
    with locked(layout, waiting), writing(archive):
        sequence, previous = next_of(history(layout))
        scratch = Path(tempfile.mkdtemp(dir=layout.staging))
        try:
            call = _Call(scratch, _Terms(sequence, kind, dialect), progress)
            reception, made = call.run(wanted, _known(layout))
            if made is not None:
                receipt = Receipt(
                    sequence=sequence,
                    received=received,
                    quotum=__version__,
                    kind=kind,
                    dialect=dialect,
                    deliveries=made.deliveries,
                    tables=_placed(made.tables, layout.rows(sequence)),
                    previous=previous,
                )
                _commit(layout, call, receipt)
        finally:
            shutil.rmtree(scratch, ignore_errors=True)
        return reception


def derive_again(
    layout: Layout, receipt: Receipt, scratch: Path, progress: Callable[[int], None] = lambda _rows: None
) -> tuple[Derived, ...]:
    """Make the derived tables of a receive call again from its original deliveries: the same bytes.

    Args:
        layout: The archive; nothing in it is changed.
        receipt: The call; its deliveries, and the years whose rows are left out.
        scratch: Empty folder; the tables come in its folder `rows`.
        progress: Told the number of rows read since the last call.

    Returns:
        The tables, with their paths in the archive.

    Raises:
        DeliveryRefused: This version of quotum refuses a delivery that was accepted when it came.
    """
    terms = _Terms(receipt.sequence, receipt.kind, receipt.dialect, frozenset(receipt.forgotten_years))
    call = _Call(scratch, terms, progress)
    tables = call.again([(layout.original(one.sha256), one) for one in receipt.deliveries])
    return _placed(tables, layout.rows(receipt.sequence, receipt.revision))


def _placed(tables: tuple[Derived, ...], folder: Path) -> tuple[Derived, ...]:
    return tuple(evolve(table, path=f"rows/{folder.name}/{table.path}") for table in tables)


def _known(layout: Layout) -> frozenset[str]:
    return frozenset(delivery.sha256 for receipt in current(history(layout)) for delivery in receipt.deliveries)


def _commit(layout: Layout, call: "_Call", receipt: Receipt) -> None:
    """Put originals, then rows, then the receipt in place: only the receipt makes them count."""
    for incoming in call.kept:
        target = layout.original(incoming.sha256)
        if not target.exists():
            target.parent.mkdir(mode=archive_layout.OWNER_FOLDER, exist_ok=True)
            incoming.path.chmod(0o400)
            incoming.path.rename(target)
            sync_folder(target.parent)
    place_rows(call.derived, layout.rows(receipt.sequence))
    write_durably(layout.receipt(receipt.sequence), receipt_bytes(receipt))


def place_rows(made: Path, rows: Path) -> None:
    """Give a folder of derived tables its name in the archive; what was there is thrown away."""
    for path in made.iterdir():
        path.chmod(0o400)
        handle = os.open(path, os.O_RDONLY)
        os.fsync(handle)
        os.close(handle)
    if rows.exists():
        shutil.rmtree(rows)
    made.rename(rows)
    sync_folder(rows.parent)


@frozen
class _Terms:
    """How the deliveries of a call are read: with their bytes, all that its derived tables depend on."""

    sequence: int
    """Number of the receive call."""
    kind: str
    """Kind expected, or `auto`."""
    dialect: str
    """Name of the CSV dialect, empty for the ordinary one."""
    left_out: frozenset[int] = frozenset()
    """Calendar years whose returns are left out."""


@frozen
class _Made:
    """What a receive call adds to the archive."""

    deliveries: tuple[Delivery, ...]
    """What came, in order of digest."""
    tables: tuple[Derived, ...]
    """What was made of it; paths within its folder."""


class _Call:
    """One receive call at work in a scratch folder."""

    def __init__(self, scratch: Path, terms: _Terms, progress: Callable[[int], None]) -> None:
        self._scratch = scratch
        self._terms = terms
        self._kind = terms.kind
        self._dialect: Dialect = DIALECTS[terms.dialect]
        self._progress = progress
        self.derived = scratch / "rows"
        self.derived.mkdir(mode=archive_layout.OWNER_FOLDER)
        self.kept: list[_Incoming] = []
        self._late: dict[tuple[int, int], Problem] = {}

    def run(self, paths: list[Path], known: frozenset[str]) -> tuple[Reception, _Made | None]:
        """Do everything but the commit."""
        refused: list[Problem] = []
        incoming: list[_Incoming] = []
        for number, path in enumerate(paths):
            try:
                incoming.append(self._recognised(self._copied(path, number)))
            except DeliveryRefused as problem:
                refused.append(Problem(masked(path.name), str(problem)))
        fresh, old = _new_and_old(incoming, known)
        self.kept = sorted(fresh, key=lambda one: one.sha256)
        names = tuple(one.name for one in old)
        while self.kept:
            with duckdb.connect() as connection:
                staged = Staged(self.derived, self._terms.sequence, connection, self._terms.left_out)
                self._read_all(staged, Checker(connection))
                lost = self._wholly_refused()
                if not lost:
                    made = _Made(self._deliveries(staged), staged.finish())
                    return self._reception(made, incoming, names, refused, _found(connection, self.derived)), made
            refused += self._let_go(lost)
        return Reception(known=names, refused=tuple(refused)), None

    def again(self, kept: list[tuple[Path, Delivery]]) -> tuple[Derived, ...]:
        """Make the derived tables of deliveries that are in the archive, in the order of the call."""
        self.kept = [self._recognised(_Incoming(path, one.name, one.sha256, one.size)) for path, one in kept]
        with duckdb.connect() as connection:
            staged = Staged(self.derived, self._terms.sequence, connection, self._terms.left_out)
            self._read_all(staged, Checker(connection))
            for lost in self._wholly_refused():
                raise DeliveryRefused(f"{self.kept[lost].name}: {self._whole_problem(lost).reason}")
            return staged.finish()

    def _reception(
        self,
        made: _Made,
        incoming: list[_Incoming],
        known: tuple[str, ...],
        refused: list[Problem],
        findings: tuple[tuple[str, str, int], ...],
    ) -> Reception:
        return Reception(
            deliveries=tuple(sorted(made.deliveries, key=lambda one: _position(one, incoming))),
            known=known,
            refused=tuple(refused),
            members_refused=self._member_problems(),
            findings=findings,
        )

    def _let_go(self, lost: list[int]) -> list[Problem]:
        """Leave out deliveries of which nothing is left, so that the tables depend on what is kept alone."""
        problems = [self._whole_problem(number) for number in lost]
        self.kept = [one for number, one in enumerate(self.kept) if number not in lost]
        self._late.clear()
        shutil.rmtree(self.derived)
        self.derived.mkdir(mode=archive_layout.OWNER_FOLDER)
        return problems

    def _copied(self, path: Path, number: int) -> _Incoming:
        """The bytes of a delivery brought into the archive's own staging, with their digest."""
        digest = sha256()
        size = 0
        copy = self._scratch / f"{number}.original"
        try:
            source = path.open("rb")
        except OSError as error:
            raise DeliveryRefused(f"cannot be read: {error.strerror}") from error
        with source, archive_layout.open_for_owner(copy) as out:
            while chunk := _read_chunk(source):
                digest.update(chunk)
                size += len(chunk)
                out.write(chunk)
            out.flush()
            os.fsync(out.fileno())
        return _Incoming(copy, masked(path.name), digest.hexdigest(), size)

    def _recognised(self, incoming: _Incoming) -> _Incoming:
        """What each member of a delivery is.

        Raises:
            DeliveryRefused: None of them can be read.
        """
        pieces, problems = [], []
        for member in members(incoming.path):
            try:
                pieces.append(_Piece(member, self._judge(member, incoming.path)))
            except DeliveryRefused as problem:
                if not member.number:
                    raise
                problems.append(Problem(incoming.place(member), str(problem)))
        if not pieces:
            raise DeliveryRefused(
                f"has no member that can be read; the first: {problems[0].place}: {problems[0].reason}"
            )
        return evolve(incoming, pieces=tuple(pieces), problems=tuple(problems))

    def _judge(self, member: Member, path: Path) -> Recognised:
        first = head(member)
        if not first:
            raise DeliveryRefused("is empty; a delivery has at least a header")
        form = form_of(first)
        if form is Form.XML:
            if self._kind not in ("auto", LOONAANGIFTE):
                raise DeliveryRefused(f"is XML; expected {self._kind}")
            return Recognised(form, None)
        if self._kind == LOONAANGIFTE:
            raise DeliveryRefused(f"is {form.upper()}; expected loonaangifte XML")
        if form is Form.CSV:
            return Recognised(form, table_of(csv_header(first, self._dialect), self._kind))
        with as_file(member, path, self._scratch) as file:
            return Recognised(form, table_of(list(parquet_header(str(file)).names), self._kind))

    def _read_all(self, staged: Staged, checker: Checker) -> None:
        for event in read_loonaangifte(self._xml_sources()):
            match event:
                case RawRows(table=raw):
                    staged.add(checker.check(raw, RETURNS), RETURNS, raw)
                    self._progress(raw.num_rows)
                case RawTotals(table=totals):
                    staged.add_totals(totals)
                case Refused(source=source, reason=reason):
                    staged.withdraw(source.delivery, source.member)
                    self._late[source.delivery, source.member] = Problem(source.place, reason)
        together = _Together(staged, checker, self._progress)
        for number, incoming in enumerate(self.kept):
            for piece in incoming.pieces:
                if piece.recognised.table is not None:
                    place = incoming.place(piece.member)
                    source = Source(number, piece.member.number, place, piece.member.open)
                    self._read_flat(source, piece.recognised.table, self._raw_rows(source, piece, incoming), together)
        together.finish()

    def _xml_sources(self) -> Iterator[Source]:
        for number, incoming in enumerate(self.kept):
            for piece in incoming.pieces:
                if piece.recognised.form is Form.XML:
                    yield Source(number, piece.member.number, incoming.place(piece.member), piece.member.open)

    def _read_flat(self, source: Source, table: Table, rows: Iterator[RawRows], together: "_Together") -> None:
        try:
            for some in rows:
                together.add(some.table, table)
            if table is not RETURNS:
                together.staged.add_read(table, source.delivery, source.member)
        except DeliveryRefused as problem:
            together.staged.withdraw(source.delivery, source.member)
            self._late[source.delivery, source.member] = Problem(source.place, str(problem))

    def _raw_rows(self, source: Source, piece: _Piece, incoming: _Incoming) -> Iterator[RawRows]:
        table = piece.recognised.table
        assert table is not None  # noqa: S101 - the caller saw to it
        if piece.recognised.form is Form.PARQUET:
            with as_file(piece.member, incoming.path, self._scratch) as file:
                yield from read_parquet(source, file, table)
            return
        header = csv_header(head(piece.member), self._dialect)
        with contextlib.closing(source.open()) as stream:
            yield from read_csv(source, stream, table, header, self._dialect)

    def _wholly_refused(self) -> list[int]:
        """Deliveries of which no member is left."""
        return [
            number
            for number, one in enumerate(self.kept)
            if all((number, piece.member.number) in self._late for piece in one.pieces)
        ]

    def _whole_problem(self, number: int) -> Problem:
        if (number, 0) in self._late:
            return self._late[number, 0]
        first = next(problem for key, problem in self._late.items() if key[0] == number)
        return Problem(
            self.kept[number].name, f"has no member that can be read; the first: {first.place}: {first.reason}"
        )

    def _member_problems(self) -> tuple[Problem, ...]:
        early = [problem for one in self.kept for problem in one.problems]
        return (*early, *(self._late[key] for key in sorted(self._late)))

    def _deliveries(self, staged: Staged) -> tuple[Delivery, ...]:
        return tuple(self._delivery(number, one, staged) for number, one in enumerate(self.kept))

    def _delivery(self, number: int, incoming: _Incoming, staged: Staged) -> Delivery:
        received, rejected = staged.counts(number)
        late = sum(1 for key in self._late if key[0] == number)
        return Delivery(
            number=number,
            sha256=incoming.sha256,
            size=incoming.size,
            kind="+".join(sorted(incoming.kinds)),
            name=incoming.name,
            received=received,
            accepted=received - rejected,
            rejected=rejected,
            refused_members=len(incoming.problems) + late,
            years=staged.years(number),
        )


class _Together:
    """Rows of many small members, judged together: no work per file that many files could share."""

    def __init__(self, staged: Staged, checker: Checker, progress: Callable[[int], None]) -> None:
        self.staged = staged
        self._checker = checker
        self._progress = progress
        self._waiting: dict[tuple[str, pa.Schema], list[pa.Table]] = {}

    def add(self, rows: pa.Table, table: Table) -> None:
        key = (table.name, rows.schema)
        waiting = self._waiting.setdefault(key, [])
        waiting.append(rows)
        if sum(some.num_rows for some in waiting) >= ROWS_PER_BATCH:
            self._judge(table, self._waiting.pop(key))

    def finish(self) -> None:
        for (name, _), waiting in self._waiting.items():
            self._judge(next(table for table in DELIVERIES if table.name == name), waiting)

    def _judge(self, table: Table, waiting: list[pa.Table]) -> None:
        rows = pa.concat_tables(waiting)
        self.staged.add(self._checker.check(rows, table), table, rows)
        self._progress(rows.num_rows)


def _read_chunk(source: object) -> bytes:
    try:
        return source.read(_CHUNK)  # type: ignore[attr-defined, no-any-return]
    except OSError as error:
        raise DeliveryRefused(f"cannot be read: {error.strerror}") from error


def _new_and_old(incoming: list[_Incoming], known: frozenset[str]) -> tuple[list[_Incoming], list[_Incoming]]:
    """Which deliveries add something.

    A table that replaces the one before it (register, employers and so on) is made of all its files
    of one call, so a file known from before counts again when it comes together with a new one.
    """
    seen: dict[str, _Incoming] = {}
    old = []
    for one in incoming:
        if one.sha256 in seen:
            old.append(one)
        seen.setdefault(one.sha256, one)
    once = list(seen.values())
    replaced = {kind for one in once if one.sha256 not in known for kind in one.kinds} - {RETURNS.name, LOONAANGIFTE}
    fresh = [one for one in once if one.sha256 not in known or one.kinds & replaced]
    return fresh, old + [one for one in once if one not in fresh]


def _position(delivery: Delivery, incoming: list[_Incoming]) -> int:
    return next(place for place, one in enumerate(incoming) if one.sha256 == delivery.sha256)


def _found(connection: duckdb.DuckDBPyConnection, folder: Path) -> tuple[tuple[str, str, int], ...]:
    found = connection.execute(
        "SELECT rule, level, count(*) FROM read_parquet($path) GROUP BY ALL ORDER BY level DESC, 3 DESC, rule",
        {"path": str(folder / "findings.parquet")},
    )
    return tuple((str(rule), str(level), int(count)) for rule, level, count in found.fetchall())


__all__ = ["Derived", "Problem", "Reception", "receive"]
