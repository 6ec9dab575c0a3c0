"""Forgetting calendar years: rows that a law on keeping says must go are removed, and a receipt of them stays.

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
from quotum.maintenance import words
from quotum.tables import LOONAANGIFTE, OF_ROWS, RETURNS

_RETURNS = frozenset({RETURNS.name, LOONAANGIFTE})


@frozen
class Plan:
    """The rows and deliveries that forgetting some years takes away."""

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
            delivery
            for receipt, gone in self.calls
            for delivery in receipt.deliveries
            if delivery not in gone and self.years & set(delivery.years)
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
    """Plans what forgetting some years would take away.

    Args:
        layout: The archive.
        years: Calendar years whose returns go.
        keep_always: Years that do not say how far back the other deliveries are needed.

    Raises:
        ArchiveLacks: A receipt is damaged.
    """
    receipts = current(history(layout))
    forgotten = frozenset(years)
    kept_years = (
        {year for receipt in receipts for delivery in receipt.deliveries for year in delivery.years}
        - forgotten
        - set(keep_always)
    )
    needed_from = date(min(kept_years), 1, 1) if kept_years else date.max
    ceased = _ceased(receipts)
    calls = []
    for receipt in receipts:
        gone = tuple(
            delivery for delivery in receipt.deliveries if _goes(receipt, delivery, forgotten, ceased, needed_from)
        )
        if gone or any(
            forgotten & set(delivery.years) - set(receipt.forgotten_years) for delivery in receipt.deliveries
        ):
            calls.append((receipt, gone))
    return Plan(forgotten, tuple(calls))


def _ceased(receipts: tuple[Receipt, ...]) -> dict[tuple[int, str], date]:
    """The day on which a later call replaced a kind of table as a whole, by call and kind of table.

    A withdrawn call replaces nothing, and ceases to count itself.
    """
    withdrawals = active_withdrawals(receipts)
    counted, _ = receipts_in_force(receipts, withdrawals)
    ceased = {
        (withdrawn.call, table.table): receipt.received.date()
        for receipt in withdrawals
        for withdrawn in (receipt.withdrawal.deliveries if receipt.withdrawal else ())
        for call in receipts
        if call.sequence == withdrawn.call and call.sequence not in {in_force.sequence for in_force in counted}
        for table in call.tables
    }
    last: dict[str, int] = {}
    for receipt in counted:
        for table in {derived.table for derived in receipt.tables}:
            if table in last:
                ceased[last[table], table] = receipt.received.date()
            last[table] = receipt.sequence
    return ceased


def _goes(
    receipt: Receipt, delivery: Delivery, years: frozenset[int], ceased: dict[tuple[int, str], date], needed_from: date
) -> bool:
    """Whether a delivery goes whole."""
    kinds = set(delivery.kind.split("+"))
    other_kinds = kinds - _RETURNS
    gone = years | set(receipt.forgotten_years)
    # A delivery of which no return was accepted has no year of its own: that of its receipt stands in.
    returns_go = not kinds & _RETURNS or set(delivery.years or (receipt.received.year,)) <= gone
    derived = {table.table for table in receipt.tables}
    return returns_go and all(
        ceased.get((receipt.sequence, kind), date.max) < needed_from
        or (kind not in derived and receipt.received.year in gone)
        for kind in other_kinds
    )


def forget(
    layout: Layout,
    years: Collection[int],
    on: date,
    keep_always: Collection[int] = (),
    waiting: Callable[[], None] = lambda: None,
) -> Plan:
    """Forgets calendar years; when it is broken off, the same call again finishes it.

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
        # The bases of simulations hold persons of every year; they are made again when needed.
        shutil.rmtree(layout.bases, ignore_errors=True)
        forgotten = plan(layout, years, keep_always)
        for receipt, gone in forgotten.calls:
            _forget_in(layout, receipt, gone, forgotten.years, on)
        _sweep(layout)
    return forgotten


def _forget_in(layout: Layout, receipt: Receipt, gone: tuple[Delivery, ...], years: frozenset[int], on: date) -> None:
    """Writes what is left of a receive call, then the receipt that makes it count."""
    deliveries_left = [delivery for delivery in receipt.deliveries if delivery not in gone]
    touched = years & {year for delivery in receipt.deliveries for year in delivery.years}
    after = attrs.evolve(
        receipt,
        deliveries=tuple(attrs.evolve(delivery, number=number) for number, delivery in enumerate(deliveries_left)),
        tables=(),
        previous=sha256(receipt_bytes(receipt)).hexdigest(),
        revision=receipt.revision + 1,
        forgotten_years=tuple(sorted({*receipt.forgotten_years, *touched})),
        forgotten_on=on,
    )
    if deliveries_left:
        for delivery in deliveries_left:
            wrong = digest_problem(layout.original(delivery.sha256), delivery.sha256)
            if wrong:
                raise ArchiveLacks(words.ORIGINAL_FORGETTING.sentence(digest=delivery.sha256[:16], wrong=wrong))
        _require_same_rows(layout, receipt)
        after = attrs.evolve(after, tables=_derived_tables(layout, after))
    write_durably(layout.receipt(after.sequence, after.revision), receipt_bytes(after))


def _derived_tables(layout: Layout, receipt: Receipt) -> tuple[Derived, ...]:
    scratch = Path(tempfile.mkdtemp(dir=layout.staging))
    try:
        tables = derive_again(layout, receipt, scratch)
        place_rows(scratch / "rows", layout.rows(receipt.sequence, receipt.revision))
        return tables
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _require_same_rows(layout: Layout, receipt: Receipt) -> None:
    """This version of quotum reads the deliveries of a call as before: the rows that stay do not change."""
    scratch = Path(tempfile.mkdtemp(dir=layout.staging))
    try:
        derived = {table.path: table for table in derive_again(layout, receipt, scratch)}
        for table in receipt.tables:
            again = scratch / "rows" / Path(table.path).name
            unchanged = table.path in derived and derived[table.path].sha256 == table.sha256
            if not unchanged and not (again.is_file() and _same_rows(layout.root / table.path, again)):
                raise ArchiveLacks(
                    words.FORGOT_NOTHING.sentence(place=table.path, received=receipt.quotum, call=receipt.sequence)
                )
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _same_rows(first: Path, second: Path) -> bool:
    with pq.ParquetFile(first) as first_file, pq.ParquetFile(second) as second_file:
        return first_file.metadata.num_rows == second_file.metadata.num_rows and all(
            pa.table(rows).equals(pa.table(again))
            for rows, again in zip(first_file.iter_batches(), second_file.iter_batches(), strict=True)
        )


def _sweep(layout: Layout) -> None:
    """Removes files that earlier receipts name and the receipts that count do not."""
    receipts = history(layout)
    counted = current(receipts)
    originals = {layout.original(delivery.sha256) for receipt in counted for delivery in receipt.deliveries}
    folders = {layout.rows(receipt.sequence, receipt.revision) for receipt in counted}
    for receipt in receipts:
        rows = layout.rows(receipt.sequence, receipt.revision)
        if rows not in folders and rows.exists():
            shutil.rmtree(rows)
            sync_folder(rows.parent)
        _remove(
            layout.original(delivery.sha256)
            for delivery in receipt.deliveries
            if layout.original(delivery.sha256) not in originals
        )


def _remove(paths: Iterable[Path]) -> None:
    for path in paths:
        if path.exists():
            path.unlink()
            sync_folder(path.parent)
            if not any(path.parent.iterdir()):
                path.parent.rmdir()


__all__ = ["Plan", "forget", "plan"]
