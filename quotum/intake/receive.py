"""Receiving deliveries: recognise, read, check, keep. Either a delivery counts whole or it never was."""

import contextlib
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path

from attrs import evolve

from quotum import __version__
from quotum.archive import layout as archive_layout
from quotum.archive.layout import Layout, locked, prepared, sync_folder, write_durably, writing
from quotum.archive.receipts import Derived, Receipt, current, history, next_of, receipt_bytes
from quotum.engine import memory
from quotum.engine.scratch import scratch_folder
from quotum.engine.spilling import room_needed
from quotum.intake.call import Call, Reception, Terms
from quotum.intake.payroll_xml.schemas import Schemas

__all__ = ["Reception", "derive_again", "place_rows", "receive"]


def receive(
    paths: Iterable[Path],
    archive: Path,
    received: datetime,
    *,
    kind: str = "auto",
    dialect: str = "",
    schemas: Path | None = None,
    broke_schema: Mapping[str, tuple[int, ...]] | None = None,
    dry_run: bool = False,
    progress: Callable[[int], None] = lambda _rows: None,
    waiting: Callable[[], None] = lambda: None,
    reading: Callable[[float], None] = lambda _bytes: None,
) -> Reception:
    """Read deliveries, check every row and add what was accepted to the archive.

    Args:
        paths: Delivered files.
        archive: Folder of the archive; made when it is not there.
        received: When they were received.
        kind: Kind expected, or `auto`.
        dialect: Name of the CSV dialect, empty for the ordinary one.
        schemas: Folder with the official XSDs, to validate XML against; None to leave that out.
        broke_schema: Members that are not read, by digest of their delivery: they broke a schema when they first came.
        dry_run: Check only, write nothing.
        progress: Told the number of rows read since the last call.
        waiting: Called when another receive call holds the archive.
        reading: Told the number of bytes of the deliveries read since the last call.

    Raises:
        CannotWrite: The archive cannot be written.
        ArchiveLacks: The archive is of a newer version or damaged.
        WrongUse: The folder of schemas holds none.
    """
    memory.keep()
    wanted = list(dict.fromkeys(paths))
    validating = Schemas(schemas) if schemas else None
    if dry_run:
        system = Path(tempfile.gettempdir())
        with writing(system), room_needed(system), scratch_folder(system, "receive") as folder:
            known = _known(archive_layout.existing(archive)) if Layout(archive).marker.exists() else frozenset()
            call = Call(folder, Terms(1, kind, dialect), progress, validating, broke_schema, reading)
            return call.run(wanted, known)[0]
    layout = prepared(archive)
    with locked(layout, waiting), writing(archive), room_needed(archive):
        sequence, previous = next_of(history(layout))
        scratch = Path(tempfile.mkdtemp(dir=layout.staging))
        try:
            call = Call(scratch, Terms(sequence, kind, dialect), progress, validating, broke_schema, reading)
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
    layout: Layout,
    receipt: Receipt,
    scratch: Path,
    progress: Callable[[int], None] = lambda _rows: None,
    reading: Callable[[float], None] = lambda _bytes: None,
) -> tuple[Derived, ...]:
    """Make the derived tables of a receive call again from its original deliveries: the same bytes.

    Args:
        layout: The archive; nothing in it is changed.
        receipt: The call; its deliveries, and the years whose rows are left out.
        scratch: Empty folder; the tables come in its folder `rows`.
        progress: Told the number of rows read since the last call.
        reading: Told the number of bytes of the deliveries read since the last call.

    Returns:
        The tables, with their paths in the archive.

    Raises:
        DeliveryRefused: This version of quotum refuses a delivery that was accepted when it came.
    """
    memory.keep()
    terms = Terms(receipt.sequence, receipt.kind, receipt.dialect, frozenset(receipt.forgotten_years))
    call = Call(scratch, terms, progress, reading=reading)
    tables = call.again([(layout.original(one.sha256), one) for one in receipt.deliveries])
    return _placed(tables, layout.rows(receipt.sequence, receipt.revision))


def _placed(tables: tuple[Derived, ...], folder: Path) -> tuple[Derived, ...]:
    return tuple(evolve(table, path=f"rows/{folder.name}/{table.path}") for table in tables)


def _known(layout: Layout) -> frozenset[str]:
    """Digests of the deliveries in an archive."""
    return frozenset(one.sha256 for receipt in current(history(layout)) for one in receipt.deliveries)


def _commit(layout: Layout, call: Call, receipt: Receipt) -> None:
    """Put originals, then rows, then the receipt in place: only the receipt makes them count."""
    place = layout.receipt(receipt.sequence)
    with _taken_back_without(place) as placed:
        for incoming in call.kept:
            target = layout.original(incoming.sha256)
            if not target.exists():
                target.parent.mkdir(mode=archive_layout.OWNER_FOLDER, exist_ok=True)
                _seal(incoming.path)
                placed.append(target)
                incoming.path.rename(target)
                sync_folder(target.parent)
        rows = layout.rows(receipt.sequence)
        placed.append(rows)
        place_rows(call.derived, rows)
        write_durably(place, receipt_bytes(receipt))


@contextlib.contextmanager
def _taken_back_without(receipt: Path) -> Iterator[list[Path]]:
    """Takes back what was put in place when a call does not come to its receipt, as on a full disk."""
    placed: list[Path] = []
    try:
        yield placed
    finally:
        if not receipt.exists():
            for path in placed:
                if path.is_dir():
                    shutil.rmtree(path, ignore_errors=True)
                else:
                    path.unlink(missing_ok=True)


def _seal(path: Path) -> None:
    """Make a file as it stays, and push it to the disk."""
    path.chmod(0o400)
    handle = os.open(path, os.O_RDONLY)
    os.fsync(handle)
    os.close(handle)


def place_rows(made: Path, rows: Path) -> None:
    """Give a folder of derived tables its name in the archive; what was there is thrown away."""
    for path in made.iterdir():
        _seal(path)
    if rows.exists():
        shutil.rmtree(rows)
    made.rename(rows)
    sync_folder(rows.parent)
