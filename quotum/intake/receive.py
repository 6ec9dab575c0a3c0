"""Receiving deliveries: recognise, read, check, keep. Either a delivery counts whole or it never was."""

import contextlib
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path

import duckdb
import pyarrow as pa
from attrs import evolve, frozen

from quotum import __version__
from quotum.archive import layout as archive_layout
from quotum.archive.layout import Layout, locked, prepared, sync_folder, write_durably, writing
from quotum.archive.receipts import Delivery, Receipt, receipt_bytes, receipts
from quotum.errors import DeliveryRefused
from quotum.identifiers import masked
from quotum.intake.checks import Checker
from quotum.intake.incoming import Entrance, Incoming, Problem, new_and_old
from quotum.intake.judging import judge_all
from quotum.intake.parts import Writer
from quotum.intake.reading import Reading
from quotum.intake.recognise import DIALECTS, Dialect
from quotum.intake.staging import OfDelivery, Staged


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
    _give_memory_back()
    wanted = list(dict.fromkeys(paths))
    if dry_run:
        with tempfile.TemporaryDirectory(prefix="quotum-") as folder:
            known = _known(archive_layout.existing(archive)) if Layout(archive).marker.exists() else frozenset()
            call = _Call(Path(folder), 1, kind, DIALECTS[dialect], progress)
            return call.run(wanted, known, received)[0]
    layout = prepared(archive)
    with locked(layout, waiting), writing(archive):
        sequence = _next_sequence(layout)
        scratch = Path(tempfile.mkdtemp(dir=layout.staging))
        try:
            call = _Call(scratch, sequence, kind, DIALECTS[dialect], progress)
            reception, receipt = call.run(wanted, _known(layout), received)
            if receipt is not None:
                _commit(layout, call, receipt)
        finally:
            shutil.rmtree(scratch, ignore_errors=True)
        return reception


def _give_memory_back() -> None:
    """Arrow's usual allocator keeps what one thread took and another freed: a third more memory at the peak."""
    with contextlib.suppress(NotImplementedError):
        pa.set_memory_pool(pa.jemalloc_memory_pool())


def _known(layout: Layout) -> frozenset[str]:
    return frozenset(delivery.sha256 for receipt in receipts(layout) for delivery in receipt.deliveries)


def _next_sequence(layout: Layout) -> int:
    return max((receipt.sequence for receipt in receipts(layout)), default=0) + 1


def _commit(layout: Layout, call: "_Call", receipt: Receipt) -> None:
    """Put originals, then rows, then the receipt in place: only the receipt makes them count."""
    for incoming in call.kept:
        target = layout.original(incoming.sha256)
        if not target.exists():
            target.parent.mkdir(mode=archive_layout.OWNER_FOLDER, exist_ok=True)
            _seal(incoming.path)
            incoming.path.rename(target)
            sync_folder(target.parent)
    rows = layout.rows(receipt.sequence)
    if rows.exists():
        shutil.rmtree(rows)
    for path in call.derived.iterdir():
        _seal(path)
    call.derived.rename(rows)
    sync_folder(rows.parent)
    write_durably(layout.receipt(receipt.sequence), receipt_bytes(receipt))


def _seal(path: Path) -> None:
    """Make a file as it stays, and push it to the disk."""
    path.chmod(0o400)
    handle = os.open(path, os.O_RDONLY)
    os.fsync(handle)
    os.close(handle)


class _Call:
    """One receive call at work in a scratch folder."""

    def __init__(
        self, scratch: Path, sequence: int, kind: str, dialect: Dialect, progress: Callable[[int], None]
    ) -> None:
        self._scratch = scratch
        self._sequence = sequence
        self._entrance = Entrance(scratch, kind, dialect)
        self._dialect = dialect
        self._progress = progress
        self.derived = scratch / "rows"
        self.derived.mkdir(mode=archive_layout.OWNER_FOLDER)
        self.kept: list[Incoming] = []
        self._late: dict[tuple[int, int], Problem] = {}

    def run(self, paths: list[Path], known: frozenset[str], received: datetime) -> tuple[Reception, Receipt | None]:
        """Do everything but the commit."""
        refused: list[Problem] = []
        incoming: list[Incoming] = []
        for number, path in enumerate(paths):
            try:
                incoming.append(self._entrance.taken_in(path, number))
            except DeliveryRefused as problem:
                refused.append(Problem(masked(path.name), str(problem)))
        fresh, old = new_and_old(incoming, known)
        self.kept = sorted(fresh, key=lambda one: one.sha256)
        if not self.kept:
            return Reception(known=tuple(one.name for one in old), refused=tuple(refused)), None
        with duckdb.connect() as connection, Writer() as writer:
            staged = Staged(self.derived, self._sequence, connection, writer)
            events = Reading(self.kept, self._scratch, self._dialect).events()
            self._late = judge_all(events, Checker(connection), staged, self._progress)
            lost = self._wholly_refused()
            if len(lost) == len(self.kept):
                problems = [
                    self._late[number, 0] if (number, 0) in self._late else self._all_members(number) for number in lost
                ]
                return Reception(known=tuple(one.name for one in old), refused=(*refused, *problems)), None
            tables = staged.finish()
            became = staged.of_deliveries()
            deliveries = [
                self._delivery(number, one, became.get(number, OfDelivery()))
                for number, one in enumerate(self.kept)
                if number not in lost
            ]
            findings = _found(connection, self.derived)
        for number in lost:
            refused.append(self._late.get((number, 0)) or self._all_members(number))
        self.kept = [one for number, one in enumerate(self.kept) if number not in lost]
        reception = Reception(
            deliveries=tuple(sorted(deliveries, key=lambda one: _position(one, incoming))),
            known=tuple(one.name for one in old),
            refused=tuple(refused),
            members_refused=self._member_problems(lost),
            findings=findings,
        )
        prefixed = tuple(evolve(table, path=f"rows/{self._sequence:06d}/{table.path}") for table in tables)
        return reception, Receipt(self._sequence, received, __version__, tuple(deliveries), prefixed)

    def _wholly_refused(self) -> list[int]:
        """Deliveries of which no member is left."""
        return [
            number
            for number, one in enumerate(self.kept)
            if all((number, piece.member.number) in self._late for piece in one.pieces)
        ]

    def _all_members(self, number: int) -> Problem:
        first = next(problem for key, problem in self._late.items() if key[0] == number)
        return Problem(
            self.kept[number].name, f"has no member that can be read; the first: {first.place}: {first.reason}"
        )

    def _member_problems(self, lost: list[int]) -> tuple[Problem, ...]:
        early = [problem for one in self.kept for problem in one.problems]
        return (*early, *(problem for (number, _), problem in sorted(self._late.items()) if number not in lost))

    def _delivery(self, number: int, incoming: Incoming, became: OfDelivery) -> Delivery:
        late = sum(1 for key in self._late if key[0] == number)
        return Delivery(
            number=number,
            sha256=incoming.sha256,
            size=incoming.size,
            kind="+".join(sorted(incoming.kinds)),
            name=incoming.name,
            received=became.received,
            accepted=became.received - became.rejected,
            rejected=became.rejected,
            refused_members=len(incoming.problems) + late,
            years=became.years,
        )


def _position(delivery: Delivery, incoming: list[Incoming]) -> int:
    return next(place for place, one in enumerate(incoming) if one.sha256 == delivery.sha256)


def _found(connection: duckdb.DuckDBPyConnection, folder: Path) -> tuple[tuple[str, str, int], ...]:
    found = connection.execute(
        "SELECT rule, level, count(*) FROM read_parquet($path) GROUP BY ALL ORDER BY level DESC, 3 DESC, rule",
        {"path": str(folder / "findings.parquet")},
    )
    return tuple((str(rule), str(level), int(count)) for rule, level, count in found.fetchall())
