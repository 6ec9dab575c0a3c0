"""Receiving deliveries: recognise, read, check, keep. Either a delivery counts whole or it never was."""

import contextlib
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path

from attrs import evolve

from quotum.archive import layout as archive_layout
from quotum.archive.found import made_rows
from quotum.archive.layout import (
    Layout,
    give_to_owner,
    locked,
    make_folder,
    prepared,
    sync_folder,
    write_durably,
    writing,
)
from quotum.archive.receipts import Derived, Receipt, current, history, next_of, receipt_bytes
from quotum.engine import memory
from quotum.engine.scratch import scratch_folder
from quotum.engine.spilling import room_needed
from quotum.intake.against import Files, State, contradictions, replaced, state_at
from quotum.intake.call import Call, Made, Reception, Terms
from quotum.intake.checks.row_rules import CONTRADICTS, LOSES_ROWS
from quotum.intake.payroll_xml.schemas import Schemas
from quotum.version import __version__

LISTED = 100
"""Rows that a dry run names at most."""

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
    merging: bool = False,
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
        merging: Whether it is a call of another archive: each of its tables came once at that moment, and is taken
            over whatever was in force then.
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

    def call_in(scratch: Path, sequence: int) -> Call:
        return Call(scratch, Terms(sequence, kind, dialect), progress, validating, broke_schema, reading)

    if dry_run:
        return _checked_only(wanted, archive, received, call_in)
    layout = prepared(archive)
    with locked(layout, waiting), writing(archive), room_needed(archive):
        found = history(layout)
        sequence, previous = next_of(found)
        state = state_at(current(found), received, exact=merging)
        scratch = Path(tempfile.mkdtemp(dir=layout.staging))
        try:
            call = call_in(scratch, sequence)
            reception, made = call.run(wanted, state.known, state.standing)
            reception = _against(call, reception, made, state, archive)
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


def _checked_only(
    wanted: list[Path], archive: Path, received: datetime, call_in: Callable[[Path, int], Call]
) -> Reception:
    """A dry run: what would become of deliveries, with the first rows that broke a rule."""
    layout = archive_layout.existing(archive) if archive_layout.is_there(Layout(archive).marker) else None
    system = Path(tempfile.gettempdir())
    with writing(system), room_needed(system), scratch_folder(system, "receive") as folder:
        found = history(layout) if layout else ()
        state = state_at(current(found), received)
        call = call_in(folder, next_of(found)[0])
        reception, made = call.run(wanted, state.known, state.standing)
        names = {one.number: one.name for one in made.deliveries} if made else {}
        rows = made_rows(call.derived / "findings.parquet", names, LISTED) if made else ()
        return evolve(_against(call, reception, made, state, archive), rows=rows)


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


def _against(call: Call, reception: Reception, made: Made | None, state: State, archive: Path) -> Reception:
    """What became of a call, with what it means beside what the archive holds."""
    if made is None:
        return reception
    files = Files.of(made.tables, call.derived)
    contradicted = contradictions(files, made.deliveries, state, archive, call.scratch, call.sequence)
    tables = replaced(made.tables, state)
    lost = sum(1 for one in tables if one.lost)
    found = [(LOSES_ROWS.name, LOSES_ROWS.level, lost), (CONTRADICTS.name, CONTRADICTS.level, len(contradicted))]
    return evolve(
        reception,
        replaced=tables,
        contradictions=contradicted,
        findings=(*reception.findings, *(one for one in found if one[2])),
    )


def _commit(layout: Layout, call: Call, receipt: Receipt) -> None:
    """Put originals, then rows, then the receipt in place: only the receipt makes them count."""
    place = layout.receipt(receipt.sequence)
    with _taken_back_without(place) as placed:
        for incoming in call.kept:
            target = layout.original(incoming.sha256)
            if not target.exists():
                make_folder(target.parent)
                _seal(incoming.path)
                placed.append(target)
                incoming.path.rename(target)
                give_to_owner(target)
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
    make_folder(rows.parent)
    for path in made.iterdir():
        _seal(path)
    if rows.exists():
        shutil.rmtree(rows)
    made.rename(rows)
    for path in (rows, *rows.iterdir()):
        give_to_owner(path)
    sync_folder(rows.parent)
