"""Forgetting calendar years: what a law on keeping says must go is removed, and a receipt stays that it was there.

Rows of returns of the named years go, and every delivery that holds nothing else. A delivery that also holds rows of
a year that is kept stays as it came. The deliveries that hold all years at once (register, employers and so on) go
when they had ceased to count before the oldest year that is kept began: no settlement of a kept year read them.
Which years must go is for the user to say: no duration is known here.
"""

import shutil
import tempfile
from collections.abc import Callable, Collection, Iterable
from datetime import date
from hashlib import sha256
from pathlib import Path

import attrs
import pyarrow as pa
import pyarrow.parquet as pq
from attrs import frozen

from quotum.archive.hashing import digest_problem
from quotum.archive.layout import Layout, sync_folder, write_durably, writer_lock, writing
from quotum.archive.receipts import Delivery, Derived, Receipt, current, history, receipt_bytes
from quotum.archive.withdrawals import active_withdrawals, receipts_in_force
from quotum.engine.disk_room import room_needed
from quotum.errors import ArchiveLacks
from quotum.intake.receive import derive_again, place_rows
from quotum.tables import LOONAANGIFTE, OF_ROWS, RETURNS

_RETURNS = frozenset({RETURNS.name, LOONAANGIFTE})


@frozen
class Plan:
    """What forgetting some years takes away."""

    years: frozenset[int]
    """The calendar years."""
    calls: tuple[tuple[Receipt, tuple[Delivery, ...]], ...]
    """Receive calls that change, each with the deliveries that go whole."""

    @property
    def removed(self) -> tuple[Delivery, ...]:
        """Deliveries that go whole."""
        return tuple(delivery for _, gone in self.calls for delivery in gone)

    @property
    def thinned(self) -> tuple[Delivery, ...]:
        """Deliveries that stay while rows of some of their years go."""
        return tuple(
            one
            for receipt, gone in self.calls
            for one in receipt.deliveries
            if one not in gone and self.years & set(one.years)
        )

    @property
    def rows(self) -> int:
        """Rows of returns that go."""
        return sum(
            table.rows
            for receipt, _ in self.calls
            for table in receipt.tables
            if table.table in OF_ROWS and table.year in self.years
        )


def plan(layout: Layout, years: Collection[int], keep_always: Collection[int] = ()) -> Plan:
    """What forgetting some years would take away.

    Args:
        layout: The archive.
        years: Calendar years whose returns go.
        keep_always: Years that do not say how far back the other deliveries are needed.

    Raises:
        ArchiveLacks: A receipt is damaged.
    """
    receipts = current(history(layout))
    wanted = frozenset(years)
    kept = (
        {year for receipt in receipts for one in receipt.deliveries for year in one.years} - wanted - set(keep_always)
    )
    needed_from = date(min(kept), 1, 1) if kept else date.max
    ceased = _ceased(receipts)
    calls = []
    for receipt in receipts:
        gone = tuple(one for one in receipt.deliveries if _goes(receipt, one, wanted, ceased, needed_from))
        if gone or any(wanted & set(one.years) - set(receipt.forgotten_years) for one in receipt.deliveries):
            calls.append((receipt, gone))
    return Plan(wanted, tuple(calls))


def _ceased(receipts: tuple[Receipt, ...]) -> dict[tuple[int, str], date]:
    """Of each call and kind of table that is replaced as a whole, the day on which a later one replaced it.

    One that was withdrawn replaces nothing, and ceases to count itself.
    """
    withdrawals = active_withdrawals(receipts)
    counted, _ = receipts_in_force(receipts, withdrawals)
    found = {
        (one.call, table.table): receipt.received.date()
        for receipt in withdrawals
        for one in (receipt.withdrawal.deliveries if receipt.withdrawal else ())
        for call in receipts
        if call.sequence == one.call and call.sequence not in {kept.sequence for kept in counted}
        for table in call.tables
    }
    last: dict[str, int] = {}
    for receipt in counted:
        for table in {one.table for one in receipt.tables}:
            if table in last:
                found[last[table], table] = receipt.received.date()
            last[table] = receipt.sequence
    return found


def _goes(
    receipt: Receipt, one: Delivery, years: frozenset[int], ceased: dict[tuple[int, str], date], needed_from: date
) -> bool:
    """Whether a delivery goes whole."""
    kinds = set(one.kind.split("+"))
    others = kinds - _RETURNS
    gone = years | set(receipt.forgotten_years)
    # A delivery of which no return was accepted has no year of its own: that of its receipt stands in.
    returns_go = not kinds & _RETURNS or set(one.years or (receipt.received.year,)) <= gone
    made = {table.table for table in receipt.tables}
    return returns_go and all(
        ceased.get((receipt.sequence, kind), date.max) < needed_from
        or (kind not in made and receipt.received.year in gone)
        for kind in others
    )


def forget(
    layout: Layout,
    years: Collection[int],
    on: date,
    keep_always: Collection[int] = (),
    waiting: Callable[[], None] = lambda: None,
) -> Plan:
    """Forget calendar years; broken off, the same call again finishes it.

    Args:
        layout: The archive.
        years: Calendar years whose returns go.
        on: The day it is done, noted in the receipts.
        keep_always: Years that do not say how far back the other deliveries are needed.
        waiting: Called once when another writer holds the archive.

    Returns:
        What went.

    Raises:
        ArchiveLacks: The archive is damaged, or this version of quotum makes other tables of what stays.
        CannotWrite: The archive cannot be written.
    """
    with writer_lock(layout, waiting), writing(layout.root), room_needed(layout.root):
        _sweep(layout)
        # What simulations brought together holds persons of every year; it is made again when asked for.
        shutil.rmtree(layout.bases, ignore_errors=True)
        done = plan(layout, years, keep_always)
        for receipt, gone in done.calls:
            _forget_in(layout, receipt, gone, done.years, on)
        _sweep(layout)
    return done


def _forget_in(layout: Layout, receipt: Receipt, gone: tuple[Delivery, ...], years: frozenset[int], on: date) -> None:
    """Write what is left of one receive call, then the receipt that makes it count."""
    receipts_in_force = [one for one in receipt.deliveries if one not in gone]
    touched = years & {year for one in receipt.deliveries for year in one.years}
    after = attrs.evolve(
        receipt,
        deliveries=tuple(attrs.evolve(one, number=number) for number, one in enumerate(receipts_in_force)),
        tables=(),
        previous=sha256(receipt_bytes(receipt)).hexdigest(),
        revision=receipt.revision + 1,
        forgotten_years=tuple(sorted({*receipt.forgotten_years, *touched})),
        forgotten_on=on,
    )
    if receipts_in_force:
        for one in receipts_in_force:
            wrong = digest_problem(layout.original(one.sha256), one.sha256)
            if wrong:
                raise ArchiveLacks(
                    f"original {one.sha256[:16]}... {wrong}: restore it from a backup, then forget again"
                )
        _require_same_rows(layout, receipt)
        after = attrs.evolve(after, tables=_made(layout, after))
    write_durably(layout.receipt(after.sequence, after.revision), receipt_bytes(after))


def _made(layout: Layout, receipt: Receipt) -> tuple[Derived, ...]:
    scratch = Path(tempfile.mkdtemp(dir=layout.staging))
    try:
        tables = derive_again(layout, receipt, scratch)
        place_rows(scratch / "rows", layout.rows(receipt.sequence, receipt.revision))
        return tables
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _require_same_rows(layout: Layout, receipt: Receipt) -> None:
    """This version of quotum reads the deliveries of a call as they were read: the rows that stay do not change."""
    scratch = Path(tempfile.mkdtemp(dir=layout.staging))
    try:
        made = {one.path: one for one in derive_again(layout, receipt, scratch)}
        for one in receipt.tables:
            again = scratch / "rows" / Path(one.path).name
            same = one.path in made and made[one.path].sha256 == one.sha256
            if not same and not (again.is_file() and _same_rows(layout.root / one.path, again)):
                raise ArchiveLacks(
                    f"{one.path} comes out otherwise than quotum {receipt.quotum} made it: nothing of receive call "
                    f"{receipt.sequence} was forgotten; use that version to forget"
                )
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _same_rows(one: Path, other: Path) -> bool:
    with pq.ParquetFile(one) as then, pq.ParquetFile(other) as now:
        return then.metadata.num_rows == now.metadata.num_rows and all(
            pa.table(rows).equals(pa.table(again))
            for rows, again in zip(then.iter_batches(), now.iter_batches(), strict=True)
        )


def _sweep(layout: Layout) -> None:
    """Remove what earlier receipts name and those that count do not."""
    found = history(layout)
    counted = current(found)
    originals = {layout.original(one.sha256) for receipt in counted for one in receipt.deliveries}
    folders = {layout.rows(receipt.sequence, receipt.revision) for receipt in counted}
    for receipt in found:
        rows = layout.rows(receipt.sequence, receipt.revision)
        if rows not in folders and rows.exists():
            shutil.rmtree(rows)
            sync_folder(rows.parent)
        _remove(
            layout.original(one.sha256) for one in receipt.deliveries if layout.original(one.sha256) not in originals
        )


def _remove(paths: Iterable[Path]) -> None:
    for path in paths:
        if path.exists():
            path.unlink()
            sync_folder(path.parent)
            if not any(path.parent.iterdir()):
                path.parent.rmdir()


__all__ = ["Plan", "forget", "plan"]
