"""What was withdrawn: deliveries and messages that are out of force from a day on, with a receipt that says why.

The bytes stay, and so do the rows: whatever reads the archive as it was known before sees them. A withdrawal can be
withdrawn too; a delivery that is sent again after it counts again.
"""

from collections.abc import Callable, Collection, Iterable
from datetime import datetime, timedelta

import attrs
from attrs import frozen

from quotum.archive.layout import WITH_WITHDRAWALS, Layout, locked, mark_format, write_durably, writing
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

_ONE_SECOND = timedelta(seconds=1)
WITHDRAWAL = "withdrawal"
"""What a receipt of a withdrawal has for the kind of delivery."""


@frozen
class Withdrawn:
    """A withdrawal as a run names it: nothing personal, and the same in a merged archive."""

    received: datetime
    """When it was made."""
    deliveries: tuple[str, ...]
    """Digests of the deliveries it puts out of force, in order."""
    messages: int
    """How many messages it puts out of force."""


def named(receipt: Receipt) -> Withdrawn:
    """A withdrawal as a run names it."""
    what = receipt.withdrawal or Withdrawal("")
    return Withdrawn(receipt.received, tuple(sorted({one.sha256 for one in what.deliveries})), len(what.messages))


def active(receipts: Iterable[Receipt]) -> tuple[Receipt, ...]:
    """The withdrawals that are in force themselves, in order of their calls."""
    gone: set[int] = set()
    found = []
    for receipt in sorted(receipts, key=lambda one: one.sequence, reverse=True):
        if receipt.withdrawal is not None and receipt.sequence not in gone:
            gone.update(receipt.withdrawal.withdrawals)
            found.append(receipt)
    return tuple(reversed(found))


Numbered = tuple[int, int]
"""A delivery by the number of its call and its own."""


def left(
    receipts: Iterable[Receipt], withdrawals: Iterable[Receipt]
) -> tuple[tuple[Receipt, ...], frozenset[Numbered]]:
    """The receive calls, each with the deliveries that no withdrawal puts out of force.

    Returns:
        The calls, and the deliveries that are out of force in calls of which others count.
    """
    out = {(one.call, one.sha256) for receipt in withdrawals for one in _of(receipt).deliveries}
    found, gone = [], set()
    for receipt in receipts:
        kept = tuple(one for one in receipt.deliveries if (receipt.sequence, one.sha256) not in out)
        if len(kept) == len(receipt.deliveries):
            found.append(receipt)
        elif kept:
            found.append(attrs.evolve(receipt, deliveries=kept))
            gone |= {(receipt.sequence, one.number) for one in receipt.deliveries if one not in kept}
    return tuple(found), frozenset(gone)


def messages_of(withdrawals: Iterable[Receipt]) -> tuple[tuple[int, WithdrawnMessage], ...]:
    """Messages that are out of force, each with the number of the call before which it came."""
    return tuple((receipt.sequence, one) for receipt in withdrawals for one in _of(receipt).messages)


def _of(receipt: Receipt) -> Withdrawal:
    return receipt.withdrawal or Withdrawal("")


def withdraw(
    layout: Layout,
    wanted: Callable[[tuple[Receipt, ...]], Withdrawal],
    received: datetime,
    waiting: Callable[[], None] = lambda: None,
) -> Receipt:
    """Put deliveries or messages out of force, with a receipt.

    Args:
        layout: The archive.
        wanted: Gives what is withdrawn, of the receipts that count.
        received: The moment from which it is out of force; that at which it came when that is later.
        waiting: Called once when another writer holds the archive.

    Raises:
        WrongUse: It is out of force already, or nothing.
        ArchiveLacks: A receipt is damaged.
        CannotWrite: The archive cannot be written.
    """
    with locked(layout, waiting), writing(layout.root):
        found = history(layout)
        what = wanted(current(found))
        calls = {*(one.call for one in what.deliveries), *what.withdrawals}
        # What comes later than it is withdrawn would never have been in force.
        received = max([received, *(one.received for one in found if one.sequence in calls or what.messages)])
        # A run tells withdrawals apart by their moment, and each is later than what it is about.
        while received in {one.received for one in found}:
            received += _ONE_SECOND
        return add(layout, found, what, received)


def add(layout: Layout, found: tuple[Receipt, ...], what: Withdrawal, received: datetime) -> Receipt:
    """Write the receipt of a withdrawal in an archive that is held."""
    require_reason(what.reason)
    sequence, previous = next_of(found)
    receipt = Receipt(
        sequence=sequence,
        received=received,
        quotum=__version__,
        kind=WITHDRAWAL,
        dialect="",
        deliveries=(),
        tables=(),
        previous=previous,
        withdrawal=attrs.evolve(what, reason=masked(what.reason.strip())),
    )
    mark_format(layout, WITH_WITHDRAWALS)
    write_durably(layout.receipt(sequence), receipt_bytes(receipt))
    return receipt


def require_reason(reason: str) -> None:
    """A withdrawal says why.

    Raises:
        WrongUse: It does not.
    """
    if not reason.strip() or not reason.isprintable():
        raise WrongUse("--reason must say in words why it is withdrawn: the receipt keeps it")


def of_call(receipts: Collection[Receipt], sequence: int, reason: str) -> Withdrawal:
    """The withdrawal of a receive call whole, or of a withdrawal.

    Raises:
        WrongUse: There is no such call, or nothing of it is in force.
    """
    call = next((one for one in receipts if one.sequence == sequence), None)
    if call is None:
        raise WrongUse(f"there is no receive call {sequence}; `quotum archive list` lists them")
    if call.withdrawal is not None:
        if call not in active(receipts):
            raise WrongUse(f"withdrawal {sequence} is out of force already")
        return Withdrawal(reason, withdrawals=(sequence,))
    return _of_deliveries(receipts, [(call, one.sha256) for one in call.deliveries], reason, f"receive call {sequence}")


def of_digest(receipts: Collection[Receipt], digest: str, reason: str) -> Withdrawal:
    """The withdrawal of the delivery whose digest begins so, in every receive call of it.

    Raises:
        WrongUse: There is none, or more than one, or it is out of force.
    """
    those = [(call, one.sha256) for call in receipts for one in call.deliveries if one.sha256.startswith(digest)]
    if len({found for _, found in those}) != 1:
        what = "several deliveries begin" if those else "no delivery begins"
        raise WrongUse(f"{what} with the digest {digest}; `quotum archive list --format json` has them whole")
    return _of_deliveries(receipts, those, reason, "that delivery")


def _of_deliveries(
    receipts: Collection[Receipt], those: list[tuple[Receipt, str]], reason: str, what: str
) -> Withdrawal:
    in_force = {(one.sequence, each.sha256) for one in left(receipts, active(receipts))[0] for each in one.deliveries}
    still = [(call.sequence, digest) for call, digest in those if (call.sequence, digest) in in_force]
    if not still:
        raise WrongUse(f"nothing of {what} is in force: it was forgotten or is withdrawn already")
    return Withdrawal(reason, tuple(WithdrawnDelivery(call, digest) for call, digest in still))


def in_words(withdrawal: Withdrawal, receipts: Iterable[Receipt]) -> str:
    """What a withdrawal puts out of force, without anything personal."""
    names = {(call.sequence, one.sha256): one for call in receipts for one in call.deliveries}
    parts = [
        f"{one.kind} {masked(one.name)} of call {each.call}"
        for each in withdrawal.deliveries
        if (one := names.get((each.call, each.sha256))) is not None
    ]
    parts += [f"{len(withdrawal.messages)} messages"] if withdrawal.messages else []
    parts += [f"withdrawal {one}, so that what it withdrew counts again" for one in withdrawal.withdrawals]
    return "; ".join(parts)


def in_force_again(receipt: Receipt, receipts: Collection[Receipt]) -> list[str]:
    """What is in force of the kinds of table that a withdrawal is about, in words."""
    what = _of(receipt)
    calls = {one.call for one in what.deliveries}
    undone = [one for one in receipts if one.sequence in what.withdrawals]
    calls |= {each.call for one in undone for each in _of(one).deliveries}
    kinds = {
        one.table for call in receipts if call.sequence in calls for one in call.tables if one.table not in NOT_REPLACED
    }
    counted, _ = left(receipts, active(receipts))
    lines = []
    for kind in sorted(kinds):
        those = [one for one in counted if deliveries_of(one, (kind,))]
        with_table = [one for one in those if any(each.table == kind for each in one.tables)]
        now = f"that of call {with_table[-1].sequence}" if with_table else "none: it is as if it was never delivered"
        lines.append(f"in force now, {kind}: {now}")
    return lines


__all__ = [
    "WITHDRAWAL",
    "Withdrawn",
    "active",
    "add",
    "in_force_again",
    "in_words",
    "left",
    "messages_of",
    "named",
    "of_call",
    "of_digest",
    "require_reason",
    "withdraw",
]
