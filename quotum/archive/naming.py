"""What somebody means who names a receive call, a delivery or a message of an archive."""

import re
from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any, Final

import pyarrow.parquet as pq

from quotum.archive.layout import Layout
from quotum.archive.receipts import MESSAGE, Receipt, Withdrawal, WithdrawnMessage
from quotum.archive.withdrawals import active, left, messages_of, of_call, of_digest
from quotum.errors import ArchiveLacks, WrongUse
from quotum.identifiers import payroll_tax_number_integer
from quotum.local_time import instant, local_text
from quotum.tables import FRAGMENTS

_DIGEST: Final = re.compile(r"[0-9a-f]{8,64}")
_NUMBER: Final = re.compile(r"[0-9]{9}L[0-9]{2}")
_CALL, _DELIVERY, _OF_MESSAGE = "call", "delivery", "message"
_SHOWN: Final = 5


def wanted(
    layout: Layout,
    receipts: Collection[Receipt],
    what: str,
    reason: str,
    number: str | None = None,
    filed_at: datetime | None = None,
) -> Withdrawal:
    """The withdrawal that is meant.

    Args:
        layout: The archive.
        receipts: The receipts that count.
        what: Number of a call, beginning of a digest, or identification of a message; with `call:`, `delivery:` or
            `message:` before it where it could be more than one of these.
        reason: Why.
        number: Payroll tax number of the message.
        filed_at: When the message was filed, local.

    Raises:
        WrongUse: It names nothing, or more than one thing.
        ArchiveLacks: The table of messages is damaged.
    """
    kind, given, rest = what.partition(":")
    kinds = {kind} if given and kind in (_CALL, _DELIVERY, _OF_MESSAGE) else {_CALL, _DELIVERY, _OF_MESSAGE}
    text = rest if len(kinds) == 1 else what
    messages = _messages(layout, receipts, text, number, filed_at) if _OF_MESSAGE in kinds else []
    if number is not None or filed_at is not None:
        kinds = {_OF_MESSAGE}
    is_call = text.isascii() and text.isdigit() and any(one.sequence == int(text) for one in receipts)
    is_delivery = bool(_DIGEST.fullmatch(text)) and any(
        one.sha256.startswith(text) for receipt in receipts for one in receipt.deliveries
    )
    meant = {_CALL: is_call, _DELIVERY: is_delivery, _OF_MESSAGE: bool(messages)}
    can_be = [one for one in (_CALL, _DELIVERY, _OF_MESSAGE) if meant[one] and one in kinds]
    if not can_be:
        raise WrongUse(
            "nothing in force is named so: no receive call, no delivery whose digest begins so, and no message; "
            "`quotum archive list` lists calls and digests, and a message is named by its IdBer"
        )
    if len(can_be) > 1:
        raise WrongUse(f"it can be a {' or a '.join(can_be)}: write one of these with a colon before it")
    if can_be == [_CALL]:
        return of_call(receipts, int(text), reason)
    return of_digest(receipts, text, reason) if can_be == [_DELIVERY] else Withdrawal(reason, messages=_one(messages))


def _one(messages: list[WithdrawnMessage]) -> tuple[WithdrawnMessage]:
    if len(messages) > 1:
        times = "; ".join(local_text(one.filed_at) for one in messages[:_SHOWN])
        more = " ..." if len(messages) > _SHOWN else ""
        raise WrongUse(
            f"{len(messages)} messages are named so (filed {times}{more}): say which with --number and --filed-at"
        )
    return (messages[0],)


def _messages(
    layout: Layout, receipts: Collection[Receipt], text: str, number: str | None, filed_at: datetime | None
) -> list[WithdrawnMessage]:
    """The messages of that name that are in force."""
    if number is not None and not _NUMBER.fullmatch(number):
        raise WrongUse("--number is no payroll tax number: nine digits, L, two digits")
    withdrawals = active(receipts)
    counted, _ = left(receipts, withdrawals)
    out = {one for _, one in messages_of(withdrawals)}
    wanted_number = None if number is None else payroll_tax_number_integer(number)
    wanted_moment = None if filed_at is None else instant(filed_at)
    found = {WithdrawnMessage(*(row[name] for name in MESSAGE)) for row in _rows(layout, counted, text)} - out
    chosen = [
        one
        for one in found
        if wanted_number in (None, one.payroll_tax_number)
        and wanted_moment in (None, one.filed_at, one.filed_at.replace(microsecond=0))
    ]
    return sorted(chosen, key=lambda one: (one.filed_at, one.payroll_tax_number))


def _rows(layout: Layout, receipts: Collection[Receipt], text: str) -> Iterator[dict[str, Any]]:
    for receipt in receipts:
        for one in receipt.tables:
            if one.table == FRAGMENTS.name and one.rows:
                path = layout.root / one.path
                try:
                    table = pq.read_table(path, columns=list(MESSAGE), filters=[("message_id", "==", text)])
                except (OSError, ValueError) as error:
                    raise ArchiveLacks(f"{path} cannot be read: `quotum archive rebuild --damaged`") from error
                yield from table.to_pylist()


__all__ = ["wanted"]
