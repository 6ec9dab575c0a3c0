"""Receipt of deliveries: recognise, read, check, keep. A delivery counts whole or not at all."""

import contextlib
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path

from attrs import evolve

from quotum.archive import layout as archive_layout
from quotum.archive.findings import first_finding_lines
from quotum.archive.layout import (
    Layout,
    give_to_owner,
    make_folder,
    prepare_layout,
    sync_folder,
    write_durably,
    writer_lock,
    writing,
)
from quotum.archive.receipts import Derived, Receipt, current, history, next_of, receipt_bytes
from quotum.engine import memory
from quotum.engine.disk_room import room_needed
from quotum.engine.scratch import scratch_folder
from quotum.intake.archive_state import Files, State, contradictions, replacements, state_at
from quotum.intake.call import Call, CallOutput, Reception, Terms
from quotum.intake.checks.row_rules import CONTRADICTS, LOSES_ROWS
from quotum.intake.payroll_xml.schemas import Schemas
from quotum.version import __version__

LISTED = 100
"""Largest number of rows that a dry run names."""

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
    """Reads deliveries, checks every row and adds the accepted rows to the archive.

    Args:
        paths: Delivered files.
        archive: Folder of the archive; created when it does not exist.
        received: Time of receipt.
        kind: Kind expected, or `auto`.
        dialect: Name of the CSV dialect, empty for the ordinary one.
        schemas: Folder with the official XSDs, to validate XML; None to skip validation.
        broke_schema: Members not to read, by digest of their delivery, because they broke a schema at first receipt.
        dry_run: Check only, write nothing.
        merging: Whether the call comes from another archive: each table was received once at that moment, and is
            taken over whatever was in force then.
        progress: Called with the number of rows read since the last call.
        waiting: Called when another receive call holds the archive.
        reading: Called with the number of bytes of the deliveries read since the last call.

    Raises:
        CannotWrite: The archive cannot be written.
        ArchiveLacks: The archive is of a newer version or damaged.
        WrongUse: The folder of schemas holds none.
    """
    memory.keep()
    unique_paths = list(dict.fromkeys(paths))
    validating = Schemas(schemas) if schemas else None

    def call_in(scratch: Path, sequence: int) -> Call:
        return Call(scratch, Terms(sequence, kind, dialect), progress, validating, broke_schema, reading)

    if dry_run:
        return _checked_only(unique_paths, archive, received, call_in)
    layout = prepare_layout(archive)
    with writer_lock(layout, waiting), writing(archive), room_needed(archive):
        receipts = history(layout)
        sequence, previous = next_of(receipts)
        state = state_at(current(receipts), received, exact=merging)
        scratch = Path(tempfile.mkdtemp(dir=layout.staging))
        try:
            call = call_in(scratch, sequence)
            reception, output = call.run(unique_paths, state.known_digests, state.standing)
            reception = _against(call, reception, output, state, archive)
            if output is not None:
                receipt = Receipt(
                    sequence=sequence,
                    received=received,
                    quotum=__version__,
                    kind=kind,
                    dialect=dialect,
                    deliveries=output.deliveries,
                    tables=_placed(output.tables, layout.rows(sequence)),
                    previous=previous,
                )
                _commit(layout, call, receipt)
        finally:
            shutil.rmtree(scratch, ignore_errors=True)
        return reception


def _checked_only(
    paths: list[Path], archive: Path, received: datetime, call_in: Callable[[Path, int], Call]
) -> Reception:
    """Runs a dry run: the result for each delivery, with the first rows that broke a rule."""
    layout = archive_layout.existing(archive) if archive_layout.is_there(Layout(archive).marker) else None
    system = Path(tempfile.gettempdir())
    with writing(system), room_needed(system), scratch_folder(system, "receive") as folder:
        receipts = history(layout) if layout else ()
        state = state_at(current(receipts), received)
        call = call_in(folder, next_of(receipts)[0])
        reception, output = call.run(paths, state.known_digests, state.standing)
        names = {delivery.number: delivery.name for delivery in output.deliveries} if output else {}
        rows = first_finding_lines(call.derived / "findings.parquet", names, LISTED) if output else ()
        return evolve(_against(call, reception, output, state, archive), rows=rows)


def derive_again(
    layout: Layout,
    receipt: Receipt,
    scratch: Path,
    progress: Callable[[int], None] = lambda _rows: None,
    reading: Callable[[float], None] = lambda _bytes: None,
) -> tuple[Derived, ...]:
    """Makes the derived tables of a receive call again from its original deliveries, with the same bytes.

    Args:
        layout: The archive; nothing in it is changed.
        receipt: The call; its deliveries, and the years whose rows are left out.
        scratch: Empty folder; the tables are written to its folder `rows`.
        progress: Called with the number of rows read since the last call.
        reading: Called with the number of bytes of the deliveries read since the last call.

    Returns:
        The tables, with their paths in the archive.

    Raises:
        DeliveryRefused: This version of quotum refuses a delivery that was accepted at first receipt.
    """
    memory.keep()
    terms = Terms(receipt.sequence, receipt.kind, receipt.dialect, frozenset(receipt.forgotten_years))
    call = Call(scratch, terms, progress, reading=reading)
    tables = call.derive([(layout.original(delivery.sha256), delivery) for delivery in receipt.deliveries])
    return _placed(tables, layout.rows(receipt.sequence, receipt.revision))


def _placed(tables: tuple[Derived, ...], folder: Path) -> tuple[Derived, ...]:
    return tuple(evolve(table, path=f"rows/{folder.name}/{table.path}") for table in tables)


def _against(call: Call, reception: Reception, output: CallOutput | None, state: State, archive: Path) -> Reception:
    """Adds the effect on the archive to the result of a call."""
    if output is None:
        return reception
    files = Files.of(output.tables, call.derived)
    contradicted = contradictions(files, output.deliveries, state, archive, call.scratch, call.sequence)
    tables = replacements(output.tables, state)
    lost = sum(1 for table in tables if table.lost)
    counts = [(LOSES_ROWS.name, LOSES_ROWS.level, lost), (CONTRADICTS.name, CONTRADICTS.level, len(contradicted))]
    return evolve(
        reception,
        replaced=tables,
        contradictions=contradicted,
        findings=(*reception.findings, *(finding for finding in counts if finding[2])),
    )


def _commit(layout: Layout, call: Call, receipt: Receipt) -> None:
    """Puts originals, then rows, then the receipt in place: only the receipt makes them count."""
    place = layout.receipt(receipt.sequence)
    with _taken_back_without(place) as placed:
        for incoming in call.files:
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
    """Removes what was put in place when a call fails before its receipt, as on a full disk."""
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
    """Makes a file read-only, and flushes it to the disk."""
    path.chmod(0o400)
    handle = os.open(path, os.O_RDONLY)
    os.fsync(handle)
    os.close(handle)


def place_rows(folder: Path, rows: Path) -> None:
    """Gives a folder of derived tables its name in the archive; an older folder of that name is removed."""
    make_folder(rows.parent)
    for path in folder.iterdir():
        _seal(path)
    if rows.exists():
        shutil.rmtree(rows)
    folder.rename(rows)
    for path in (rows, *rows.iterdir()):
        give_to_owner(path)
    sync_folder(rows.parent)
