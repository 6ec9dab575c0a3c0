"""Two archives made one: every receive call of the other is received again from its original bytes."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import attrs
from attrs import frozen

from quotum.archive.hashing import digest_problem
from quotum.archive.layout import Layout, existing, prepare_layout, writer_lock, writing
from quotum.archive.notes import add_notes, notes
from quotum.archive.orders import add_orders, orders
from quotum.archive.receipts import Receipt, WithdrawnDelivery, current, history
from quotum.archive.withdrawals import add, as_named
from quotum.engine.scratch import scratch_folder
from quotum.errors import ArchiveLacks, WrongUse
from quotum.intake.receive import receive


@frozen
class Merged:
    """What a merge did."""

    calls: int
    """Receive calls of the other archive."""
    added: int
    """Those that added something."""
    runs: int
    """Runs noted in the other archive."""
    forgotten: tuple[int, ...]
    """Calendar years that the other archive has forgotten."""


def merge(into: Path, other: Path, progress: Callable[[int], None] = lambda _rows: None) -> Merged:
    """Take in what another archive holds, call by call, with the days on which it was received there.

    Args:
        into: The archive that grows; made when it is not there.
        other: The archive that is read.
        progress: Told the number of rows read since the last call.

    Raises:
        WrongUse: Both are one archive.
        ArchiveLacks: One is damaged, or a delivery is no longer accepted.
        CannotWrite: The archive cannot be written.
    """
    source = existing(other)
    if into.resolve() == other.resolve():
        raise WrongUse(f"{other} is the archive itself: name another one")
    every = current(history(source))
    calls = [one for one in every if one.withdrawal is None]
    target = prepare_layout(into)
    added = 0
    for receipt in every:
        if receipt.withdrawal is None:
            added += _take_over(source, receipt, into, progress)
        else:
            _withdraw_too(target, receipt, every)
    runs = notes(source)
    add_notes(target, runs)
    add_orders(target, orders(source))
    forgotten = sorted({year for receipt in calls for year in receipt.forgotten_years})
    return Merged(len(calls), added, len(runs), tuple(forgotten))


def _withdraw_too(target: Layout, receipt: Receipt, of_source: tuple[Receipt, ...]) -> None:
    """Take over a withdrawal, of the same deliveries by their digest; one that is there already is left alone."""
    with writer_lock(target, lambda: None), writing(target.root):
        found = history(target)
        there = current(found)
        what = receipt.withdrawal
        if what is None or any(as_named(one) == as_named(receipt) for one in there if one.withdrawal is not None):
            return
        came = {call.sequence: call.received for call in of_source}
        deliveries = [
            WithdrawnDelivery(call, each.sha256)
            for each in what.deliveries
            for call in _calls_of(there, each.sha256, came.get(each.call), receipt.received)
        ]
        undone = {as_named(one) for one in of_source if one.sequence in what.withdrawals}
        withdrawals = [one.sequence for one in there if one.withdrawal is not None and as_named(one) in undone]
        if not (deliveries or withdrawals or what.messages):  # what it is about was forgotten
            return
        again = attrs.evolve(what, deliveries=tuple(deliveries), withdrawals=tuple(withdrawals))
        add(target, found, again, receipt.received)


def _calls_of(there: tuple[Receipt, ...], digest: str, came: datetime | None, by: datetime) -> list[int]:
    """The calls that brought a delivery at the moment it came, or else all by the moment of its withdrawal."""
    calls = [one for one in there if one.received <= by and any(each.sha256 == digest for each in one.deliveries)]
    return [one.sequence for one in calls if one.received == came] or [one.sequence for one in calls]


def _take_over(source: Layout, receipt: Receipt, into: Path, progress: Callable[[int], None]) -> bool:
    """Receive the deliveries of a call under the names they had; whether that added anything."""
    with scratch_folder(None, "merge") as folder:
        paths = []
        for one in receipt.deliveries:
            original = source.original(one.sha256)
            wrong = digest_problem(original, one.sha256)
            if wrong:
                raise ArchiveLacks(f"{original} {wrong}: restore it from a backup, then merge again")
            as_named = folder / str(one.number) / one.name
            as_named.parent.mkdir()
            as_named.symlink_to(original.resolve())
            paths.append(as_named)
        done = receive(
            paths,
            into,
            receipt.received,
            kind=receipt.kind,
            dialect=receipt.dialect,
            merging=True,
            broke_schema={one.sha256: one.left_out_members for one in receipt.deliveries},
            progress=progress,
        )
    if done.refused:
        raise ArchiveLacks(
            f"{done.refused[0].place} of receive call {receipt.sequence} is refused now and was accepted by quotum "
            f"{receipt.quotum}: {done.refused[0].reason}; merge with that version"
        )
    return bool(done.deliveries)


__all__ = ["Merged", "merge"]
