"""Resolution of the name of a receive call, a delivery or a message to a withdrawal."""

import re
from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any, Final

import pyarrow.parquet as pq

from quotum.archive import words
from quotum.archive.layout import Layout
from quotum.archive.receipts import MESSAGE, Receipt, Withdrawal, WithdrawnMessage
from quotum.archive.withdrawals import active_withdrawals, messages_of, of_call, of_digest, receipts_in_force
from quotum.errors import ArchiveLacks, WrongUse
from quotum.identifiers import payroll_tax_number_integer
from quotum.local_time import instant, local_text
from quotum.tables import FRAGMENTS
from quotum.words import DUTCH, ENGLISH, Sentence

_DIGEST: Final = re.compile(r"[0-9a-f]{8,64}")
_NUMBER: Final = re.compile(r"[0-9]{9}L[0-9]{2}")
_CALL, _DELIVERY, _OF_MESSAGE = "call", "delivery", "message"
_SHOWN: Final = 5


def named_withdrawal(
    layout: Layout,
    receipts: Collection[Receipt],
    what: str,
    reason: str,
    number: str | None = None,
    filed_at: datetime | None = None,
) -> Withdrawal:
    """Returns the withdrawal that a name means.

    Args:
        layout: The archive.
        receipts: The receipts that count.
        what: Number of a call, beginning of a digest, or identification of a message; with the prefix `call:`,
            `delivery:` or `message:` where it is ambiguous.
        reason: Reason for the withdrawal.
        number: Payroll tax number of the message.
        filed_at: Local filing time of the message.

    Raises:
        WrongUse: The name means nothing, or more than one thing.
        ArchiveLacks: The table of messages is damaged.
    """
    kind, separator, rest = what.partition(":")
    kinds = {kind} if separator and kind in (_CALL, _DELIVERY, _OF_MESSAGE) else {_CALL, _DELIVERY, _OF_MESSAGE}
    text = rest if len(kinds) == 1 else what
    messages = _messages(layout, receipts, text, number, filed_at) if _OF_MESSAGE in kinds else []
    if number is not None or filed_at is not None:
        kinds = {_OF_MESSAGE}
    is_call = text.isascii() and text.isdigit() and any(receipt.sequence == int(text) for receipt in receipts)
    is_delivery = bool(_DIGEST.fullmatch(text)) and any(
        delivery.sha256.startswith(text) for receipt in receipts for delivery in receipt.deliveries
    )
    matches = {_CALL: is_call, _DELIVERY: is_delivery, _OF_MESSAGE: bool(messages)}
    can_be = [
        kind_found for kind_found in (_CALL, _DELIVERY, _OF_MESSAGE) if matches[kind_found] and kind_found in kinds
    ]
    if not can_be:
        raise WrongUse(words.NAMED_NOTHING.sentence())
    if len(can_be) > 1:
        either = Sentence(*(words.OR_A.words(language).join(can_be) for language in (ENGLISH, DUTCH)))
        raise WrongUse(words.CAN_BE.sentence(kinds=either))
    if can_be == [_CALL]:
        return of_call(receipts, int(text), reason)
    return of_digest(receipts, text, reason) if can_be == [_DELIVERY] else Withdrawal(reason, messages=_only(messages))


def _only(messages: list[WithdrawnMessage]) -> tuple[WithdrawnMessage]:
    if len(messages) > 1:
        times = "; ".join(local_text(message.filed_at) for message in messages[:_SHOWN])
        more = " ..." if len(messages) > _SHOWN else ""
        raise WrongUse(words.SEVERAL_MESSAGES.sentence(count=len(messages), times=times, more=more))
    return (messages[0],)


def _messages(
    layout: Layout, receipts: Collection[Receipt], text: str, number: str | None, filed_at: datetime | None
) -> list[WithdrawnMessage]:
    """Returns the messages in force with that name."""
    if number is not None and not _NUMBER.fullmatch(number):
        raise WrongUse(words.NO_NUMBER.sentence())
    withdrawals = active_withdrawals(receipts)
    counted, _ = receipts_in_force(receipts, withdrawals)
    out = {message for _, message in messages_of(withdrawals)}
    wanted_number = None if number is None else payroll_tax_number_integer(number)
    wanted_moment = None if filed_at is None else instant(filed_at)
    named = {WithdrawnMessage(*(row[name] for name in MESSAGE)) for row in _rows(layout, counted, text)} - out
    chosen = [
        message
        for message in named
        if wanted_number in (None, message.payroll_tax_number)
        and wanted_moment in (None, message.filed_at, message.filed_at.replace(microsecond=0))
    ]
    return sorted(chosen, key=lambda message: (message.filed_at, message.payroll_tax_number))


def _rows(layout: Layout, receipts: Collection[Receipt], text: str) -> Iterator[dict[str, Any]]:
    for receipt in receipts:
        for table_file in receipt.tables:
            if table_file.table == FRAGMENTS.name and table_file.rows:
                path = layout.root / table_file.path
                try:
                    table = pq.read_table(path, columns=list(MESSAGE), filters=[("message_id", "==", text)])
                except (OSError, ValueError) as error:
                    raise ArchiveLacks(words.MESSAGES_UNREADABLE.sentence(place=path)) from error
                yield from table.to_pylist()


__all__ = ["named_withdrawal"]
