"""Merging two archives: every receive call of the other is received again from its original bytes."""

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
from quotum.maintenance import words


@frozen
class MergeOutcome:
    """The outcome of a merge."""

    calls: int
    """Receive calls of the other archive."""
    added: int
    """Receive calls that added something."""
    runs: int
    """Runs noted in the other archive."""
    forgotten: tuple[int, ...]
    """Calendar years that the other archive has forgotten."""


def merge(into: Path, other: Path, progress: Callable[[int], None] = lambda _rows: None) -> MergeOutcome:
    """Receives all that another archive holds, call by call, with the days on which it was received there.

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
        raise WrongUse(words.SAME_ARCHIVE.sentence(archive=other))
    every = current(history(source))
    calls = [receipt for receipt in every if receipt.withdrawal is None]
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
    return MergeOutcome(len(calls), added, len(runs), tuple(forgotten))


def _withdraw_too(target: Layout, receipt: Receipt, of_source: tuple[Receipt, ...]) -> None:
    """Takes over a withdrawal of the same deliveries, by their digest, unless it is there already."""
    with writer_lock(target, lambda: None), writing(target.root):
        receipts = history(target)
        counting = current(receipts)
        withdrawal = receipt.withdrawal
        if withdrawal is None or any(
            as_named(present) == as_named(receipt) for present in counting if present.withdrawal is not None
        ):
            return
        came = {call.sequence: call.received for call in of_source}
        deliveries = [
            WithdrawnDelivery(call, delivery.sha256)
            for delivery in withdrawal.deliveries
            for call in _calls_of(counting, delivery.sha256, came.get(delivery.call), receipt.received)
        ]
        undone = {as_named(call) for call in of_source if call.sequence in withdrawal.withdrawals}
        withdrawals = [
            present.sequence for present in counting if present.withdrawal is not None and as_named(present) in undone
        ]
        if not (deliveries or withdrawals or withdrawal.messages):  # its deliveries were forgotten
            return
        again = attrs.evolve(withdrawal, deliveries=tuple(deliveries), withdrawals=tuple(withdrawals))
        add(target, receipts, again, receipt.received)


def _calls_of(receipts: tuple[Receipt, ...], digest: str, came: datetime | None, by: datetime) -> list[int]:
    """The calls that brought a delivery at the moment it came, or else all calls by the moment of its withdrawal."""
    calls = [
        receipt
        for receipt in receipts
        if receipt.received <= by and any(delivery.sha256 == digest for delivery in receipt.deliveries)
    ]
    return [receipt.sequence for receipt in calls if receipt.received == came] or [
        receipt.sequence for receipt in calls
    ]


def _take_over(source: Layout, receipt: Receipt, into: Path, progress: Callable[[int], None]) -> bool:
    """Receives the deliveries of a call under the names they had, and returns whether that added anything."""
    with scratch_folder(None, "merge") as folder:
        paths = []
        for delivery in receipt.deliveries:
            original = source.original(delivery.sha256)
            wrong = digest_problem(original, delivery.sha256)
            if wrong:
                raise ArchiveLacks(words.ORIGINAL_MERGING.sentence(place=original, wrong=wrong))
            as_named = folder / str(delivery.number) / delivery.name
            as_named.parent.mkdir()
            as_named.symlink_to(original.resolve())
            paths.append(as_named)
        outcome = receive(
            paths,
            into,
            receipt.received,
            kind=receipt.kind,
            dialect=receipt.dialect,
            merging=True,
            broke_schema={delivery.sha256: delivery.left_out_members for delivery in receipt.deliveries},
            progress=progress,
        )
    if outcome.refused:
        first = outcome.refused[0]
        raise ArchiveLacks(
            words.REFUSED_IN_MERGE.sentence(
                place=first.place, call=receipt.sequence, received=receipt.quotum, why=first.reason
            )
        )
    return bool(outcome.deliveries)


__all__ = ["MergeOutcome", "merge"]
