"""Withdrawals: deliveries and messages out of force from a day on, each with a receipt that gives the reason.

The bytes and rows stay: a reader of the archive as known before sees them. A withdrawal can be withdrawn too; a
delivery that is sent again after its withdrawal counts again.
"""

from collections.abc import Callable, Collection, Iterable
from datetime import datetime, timedelta

import attrs
from attrs import frozen

from quotum.archive import words
from quotum.archive.layout import WITH_WITHDRAWALS, Layout, mark_format, write_durably, writer_lock, writing
from quotum.archive.receipts import (
    Receipt,
    Withdrawal,
    WithdrawnDelivery,
    WithdrawnMessage,
    current,
    deliveries_of,
    history,
    next_of,
    receipt_bytes,
)
from quotum.errors import WrongUse
from quotum.identifiers import masked
from quotum.tables import NOT_REPLACED
from quotum.version import __version__
from quotum.words import Sentence, joined

_ONE_SECOND = timedelta(seconds=1)
WITHDRAWAL = "withdrawal"
"""Kind of delivery in the receipt of a withdrawal."""


@frozen
class NamedWithdrawal:
    """A withdrawal as a run names it: without personal data, and the same in a merged archive."""

    received: datetime
    """Time of the withdrawal."""
    deliveries: tuple[str, ...]
    """Digests of the deliveries that it puts out of force, in order."""
    messages: int
    """Number of messages that it puts out of force."""


def as_named(receipt: Receipt) -> NamedWithdrawal:
    """Returns a withdrawal as a run names it."""
    withdrawal = receipt.withdrawal or Withdrawal("")
    return NamedWithdrawal(
        receipt.received,
        tuple(sorted({delivery.sha256 for delivery in withdrawal.deliveries})),
        len(withdrawal.messages),
    )


def active_withdrawals(receipts: Iterable[Receipt]) -> tuple[Receipt, ...]:
    """Returns the withdrawals that are in force themselves, in order of their calls."""
    withdrawn: set[int] = set()
    withdrawals = []
    for receipt in sorted(receipts, key=lambda receipt: receipt.sequence, reverse=True):
        if receipt.withdrawal is not None and receipt.sequence not in withdrawn:
            withdrawn.update(receipt.withdrawal.withdrawals)
            withdrawals.append(receipt)
    return tuple(reversed(withdrawals))


Numbered = tuple[int, int]
"""A delivery by the number of its call and its own number."""


def receipts_in_force(
    receipts: Iterable[Receipt], withdrawals: Iterable[Receipt]
) -> tuple[tuple[Receipt, ...], frozenset[Numbered]]:
    """Returns the receive calls, each with the deliveries that no withdrawal puts out of force.

    Returns:
        The calls, and the deliveries out of force in calls of which others count.
    """
    out = {(item.call, item.sha256) for receipt in withdrawals for item in _of(receipt).deliveries}
    calls, partly_withdrawn = [], set()
    for receipt in receipts:
        remaining = tuple(delivery for delivery in receipt.deliveries if (receipt.sequence, delivery.sha256) not in out)
        if len(remaining) == len(receipt.deliveries):
            calls.append(receipt)
        elif remaining:
            calls.append(attrs.evolve(receipt, deliveries=remaining))
            partly_withdrawn |= {
                (receipt.sequence, delivery.number) for delivery in receipt.deliveries if delivery not in remaining
            }
    return tuple(calls), frozenset(partly_withdrawn)


def messages_of(withdrawals: Iterable[Receipt]) -> tuple[tuple[int, WithdrawnMessage], ...]:
    """Returns messages out of force, each with the number of the call before which it came."""
    return tuple((receipt.sequence, message) for receipt in withdrawals for message in _of(receipt).messages)


def _of(receipt: Receipt) -> Withdrawal:
    return receipt.withdrawal or Withdrawal("")


def withdraw(
    layout: Layout,
    wanted: Callable[[tuple[Receipt, ...]], Withdrawal],
    received: datetime,
    waiting: Callable[[], None] = lambda: None,
) -> Receipt:
    """Puts deliveries or messages out of force, with a receipt.

    Args:
        layout: The archive.
        wanted: Returns the withdrawal, given the receipts that count.
        received: Moment from which they are out of force; their own receipt when that is later.
        waiting: Called once when another writer holds the archive.

    Raises:
        WrongUse: They are out of force already, or there are none.
        ArchiveLacks: A receipt is damaged.
        CannotWrite: The archive cannot be written.
    """
    with writer_lock(layout, waiting), writing(layout.root):
        receipts = history(layout)
        withdrawal = wanted(current(receipts))
        calls = {*(delivery.call for delivery in withdrawal.deliveries), *withdrawal.withdrawals}
        # A withdrawal before the receipt would mean that it was never in force.
        received = max(
            [received, *(receipt.received for receipt in receipts if receipt.sequence in calls or withdrawal.messages)]
        )
        # A run distinguishes withdrawals by their moment, and each is later than its subject.
        while received in {receipt.received for receipt in receipts}:
            received += _ONE_SECOND
        return add(layout, receipts, withdrawal, received)


def add(layout: Layout, receipts: tuple[Receipt, ...], withdrawal: Withdrawal, received: datetime) -> Receipt:
    """Writes the receipt of a withdrawal in a locked archive."""
    require_reason(withdrawal.reason)
    sequence, previous = next_of(receipts)
    receipt = Receipt(
        sequence=sequence,
        received=received,
        quotum=__version__,
        kind=WITHDRAWAL,
        dialect="",
        deliveries=(),
        tables=(),
        previous=previous,
        withdrawal=attrs.evolve(withdrawal, reason=masked(withdrawal.reason.strip())),
    )
    mark_format(layout, WITH_WITHDRAWALS)
    write_durably(layout.receipt(sequence), receipt_bytes(receipt))
    return receipt


def require_reason(reason: str) -> None:
    """Requires a reason for a withdrawal.

    Raises:
        WrongUse: There is no reason.
    """
    if not reason.strip() or not reason.isprintable():
        raise WrongUse(words.REASON_NEEDED.sentence())


def of_call(receipts: Collection[Receipt], sequence: int, reason: str) -> Withdrawal:
    """Returns the withdrawal of a whole receive call, or of a withdrawal.

    Raises:
        WrongUse: There is no such call, or nothing of it is in force.
    """
    call = next((receipt for receipt in receipts if receipt.sequence == sequence), None)
    if call is None:
        raise WrongUse(words.NO_CALL.sentence(call=sequence))
    if call.withdrawal is not None:
        if call not in active_withdrawals(receipts):
            raise WrongUse(words.WITHDRAWAL_OUT.sentence(call=sequence))
        return Withdrawal(reason, withdrawals=(sequence,))
    digests = [(call, delivery.sha256) for delivery in call.deliveries]
    return _of_deliveries(receipts, digests, reason, words.RECEIVE_CALL.sentence(call=sequence))


def of_digest(receipts: Collection[Receipt], digest: str, reason: str) -> Withdrawal:
    """Returns the withdrawal of the delivery whose digest begins with a text, in every receive call with it.

    Raises:
        WrongUse: There is no such delivery, or more than one, or it is out of force.
    """
    deliveries = [
        (call, delivery.sha256)
        for call in receipts
        for delivery in call.deliveries
        if delivery.sha256.startswith(digest)
    ]
    if len({full for _, full in deliveries}) != 1:
        problem = words.SEVERAL_BEGIN if deliveries else words.NONE_BEGINS
        raise WrongUse(problem.sentence(digest=digest))
    return _of_deliveries(receipts, deliveries, reason, words.THAT_DELIVERY.sentence())


def _of_deliveries(
    receipts: Collection[Receipt], deliveries: list[tuple[Receipt, str]], reason: str, subject: str
) -> Withdrawal:
    counted, _ = receipts_in_force(receipts, active_withdrawals(receipts))
    in_force = {(receipt.sequence, delivery.sha256) for receipt in counted for delivery in receipt.deliveries}
    in_force_still = [(call.sequence, digest) for call, digest in deliveries if (call.sequence, digest) in in_force]
    if not in_force_still:
        raise WrongUse(words.NOTHING_IN_FORCE.sentence(subject=subject))
    return Withdrawal(reason, tuple(WithdrawnDelivery(call, digest) for call, digest in in_force_still))


def in_words(withdrawal: Withdrawal, receipts: Iterable[Receipt]) -> Sentence:
    """Describes a withdrawal, without personal data."""
    names = {(call.sequence, delivery.sha256): delivery for call in receipts for delivery in call.deliveries}
    parts = [
        words.DELIVERY_OF_CALL.sentence(kind=delivery.kind, name=masked(delivery.name), call=item.call)
        for item in withdrawal.deliveries
        if (delivery := names.get((item.call, item.sha256))) is not None
    ]
    parts += [words.MESSAGES.sentence(count=len(withdrawal.messages))] if withdrawal.messages else []
    parts += [words.UNDONE.sentence(number=number) for number in withdrawal.withdrawals]
    return joined("; ", parts)


def in_force_again(receipt: Receipt, receipts: Collection[Receipt]) -> list[Sentence]:
    """Describes what is in force of the kinds of table of a withdrawal."""
    withdrawal = _of(receipt)
    calls = {delivery.call for delivery in withdrawal.deliveries}
    undone = [receipt for receipt in receipts if receipt.sequence in withdrawal.withdrawals]
    calls |= {delivery.call for receipt in undone for delivery in _of(receipt).deliveries}
    kinds = {
        table.table
        for call in receipts
        if call.sequence in calls
        for table in call.tables
        if table.table not in NOT_REPLACED
    }
    counted, _ = receipts_in_force(receipts, active_withdrawals(receipts))
    lines = []
    for kind in sorted(kinds):
        calls_of_kind = [call for call in counted if deliveries_of(call, (kind,))]
        with_table = [call for call in calls_of_kind if any(table.table == kind for table in call.tables)]
        present = words.THAT_OF_CALL.sentence(call=with_table[-1].sequence) if with_table else None
        lines.append(words.IN_FORCE_NOW.sentence(kind=kind, table=present or words.NEVER_DELIVERED.sentence()))
    return lines


__all__ = [
    "WITHDRAWAL",
    "NamedWithdrawal",
    "active_withdrawals",
    "add",
    "as_named",
    "in_force_again",
    "in_words",
    "messages_of",
    "of_call",
    "of_digest",
    "receipts_in_force",
    "require_reason",
    "withdraw",
]
