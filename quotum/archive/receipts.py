"""Receipts: what was received when, with what result, and under which digests it is kept.

A receipt is sealed and names the digest of the receipt before it. When parts of a call are forgotten, a receipt of a
higher revision lists the rest; the earlier receipts stay, and show what there was.
"""

import re
from collections.abc import Iterable
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path

import attrs
import cattrs
from attrs import frozen
from cattrs.gen import make_dict_structure_fn, make_dict_unstructure_fn, override

from quotum.archive import words
from quotum.archive.layout import Layout
from quotum.archive.seal import sealed_bytes, sealed_content
from quotum.errors import ArchiveLacks, Forbidden
from quotum.identifiers import masked
from quotum.words import Sentence

PIECES_PER_CALL = 1 << 32
_NAME = re.compile(r"(\d{6,})(?:\.([1-9]\d*))?\.json")


@frozen
class Amounts:
    """Hours and premium wage of a delivery of returns: received is accepted plus rejected."""

    received_hours: int
    """Paid hours of the received rows."""
    accepted_hours: int
    """Paid hours of the accepted rows."""
    rejected_hours: int
    """Paid hours of the rejected rows."""
    received_premium_wage_cents: int
    """Premium wage (low and high class) of the received rows."""
    accepted_premium_wage_cents: int
    """Premium wage of the accepted rows."""
    rejected_premium_wage_cents: int
    """Premium wage of the rejected rows."""
    rows_without_hours: int
    """Rejected reporting rows with unreadable hours: not in the hours."""
    rows_without_premium_wage: int
    """Rejected reporting rows with an unreadable premium wage: not in the cents."""


@frozen
class Delivery:
    """One delivered file."""

    number: int
    """Number within the receive call."""
    sha256: str
    """Digest of its bytes."""
    size: int
    """Number of bytes."""
    kind: str
    """Kind of delivery."""
    name: str
    """File name as given, with digits that look like a BSN starred out."""
    received: int
    """Received rows."""
    accepted: int
    """Accepted rows."""
    rejected: int
    """Rejected rows."""
    refused_members: int
    """Refused members of a container."""
    left_out_members: tuple[int, ...]
    """Numbers of the refused members that broke an official schema, and so were never read."""
    years: tuple[int, ...]
    """Calendar years of the return periods in it, in order."""
    amounts: Amounts | None = None
    """Hours and premium wage, of a delivery of returns."""


@frozen
class Derived:
    """One derived table of a receive call."""

    table: str
    """Name of the table, as in `quotum.tables`."""
    path: str
    """Path within the archive."""
    year: int
    """Calendar year of the periods in it; 0 when it has none."""
    rows: int
    """Number of rows."""
    sha256: str
    """Digest of its bytes."""


@frozen
class WithdrawnDelivery:
    """A delivery that is out of force."""

    call: int
    """Number of the receive call of the delivery."""
    sha256: str
    """Digest of its bytes."""


@frozen
class WithdrawnMessage:
    """A message that is out of force, in every delivery received before its withdrawal."""

    payroll_tax_number: int
    """Payroll tax number of the returns in it."""
    message_id: str
    """Identification of the message."""
    filed_at: datetime
    """Filing time that counts, an instant (UTC)."""


MESSAGE = tuple(attribute.name for attribute in attrs.fields(WithdrawnMessage))
"""Fields that identify a message."""


@frozen
class Withdrawal:
    """Deliveries and messages put out of force, with the reason."""

    reason: str
    """Reason, in words."""
    deliveries: tuple[WithdrawnDelivery, ...] = ()
    """Deliveries."""
    messages: tuple[WithdrawnMessage, ...] = ()
    """Messages."""
    withdrawals: tuple[int, ...] = ()
    """Numbers of withdrawals that are withdrawn themselves."""


@frozen
class Receipt:
    """A receive call or a withdrawal."""

    sequence: int
    """Number of the call in this archive, from 1."""
    received: datetime
    """Time of receipt; deliveries count from this day on."""
    quotum: str
    """Version of quotum that received it."""
    kind: str
    """Expected kind of delivery, or `auto`."""
    dialect: str
    """Dialect of its CSV, empty for the ordinary one."""
    deliveries: tuple[Delivery, ...]
    """Deliveries, in order of digest."""
    tables: tuple[Derived, ...]
    """Tables derived from them."""
    previous: str
    """Digest of the receipt before it: of the call before, or of the revision before; empty for the first."""
    revision: int = 0
    """Number of times that parts of it were forgotten."""
    forgotten_years: tuple[int, ...] = ()
    """Calendar years whose rows were forgotten."""
    forgotten_on: date | None = None
    """Day on which parts of it were last forgotten."""
    withdrawal: Withdrawal | None = None
    """What it puts out of force; None for a receive call."""

    @property
    def name(self) -> str:
        """Name of its file."""
        return f"{self.sequence:06d}{f'.{self.revision}' if self.revision else ''}.json"


def _converter() -> cattrs.Converter:
    converter = cattrs.Converter(forbid_extra_keys=True)
    for kind in (datetime, date):
        converter.register_structure_hook(kind, lambda value, to: to.fromisoformat(value))
        converter.register_unstructure_hook(kind, lambda value: value.isoformat())
    for record in (Amounts, Delivery, Derived, WithdrawnDelivery, WithdrawnMessage, Withdrawal, Receipt):
        hook = make_dict_structure_fn(record, converter, _cattrs_forbid_extra_keys=True)
        converter.register_structure_hook(record, hook)
    # A delivery without amounts is written without the key, as before the key existed.
    plain = make_dict_unstructure_fn(Delivery, converter, amounts=override(omit_if_default=True))
    converter.register_unstructure_hook(Delivery, plain)
    # A receive call is written as before withdrawals existed.
    without = make_dict_unstructure_fn(Receipt, converter, withdrawal=override(omit_if_default=True))
    converter.register_unstructure_hook(Receipt, without)
    return converter


_CONVERTER = _converter()


def receipt_bytes(receipt: Receipt) -> bytes:
    """Returns the file content of a receipt."""
    return sealed_bytes(_CONVERTER.unstructure(receipt))


def read_receipt(path: Path) -> Receipt:
    """Reads a receipt from its file.

    Raises:
        ArchiveLacks: The file is not byte for byte as it was written.
    """
    try:
        receipt = _CONVERTER.structure(sealed_content(path.read_bytes()), Receipt)
    except PermissionError as error:
        raise Forbidden(path) from error
    except (OSError, ValueError, TypeError, AttributeError, KeyError, cattrs.BaseValidationError) as error:
        raise ArchiveLacks(words.RECEIPT_DAMAGED.sentence(name=path.name)) from error
    if receipt.name != path.name:
        raise ArchiveLacks(words.RECEIPT_OTHER.sentence(name=path.name, other=receipt.name))
    return receipt


def deliveries_of(receipt: Receipt, kinds: Iterable[str]) -> tuple[Delivery, ...]:
    """Returns the deliveries of some kinds in a receive call."""
    requested = set(kinds)
    return tuple(delivery for delivery in receipt.deliveries if requested & set(delivery.kind.split("+")))


def place_in(delivery: Delivery, member: int, row: int) -> Sentence:
    """Returns the place of a row of a delivery, in words."""
    of_member = words.MEMBER.sentence(number=member) if member else ""
    return words.PLACE.sentence(name=masked(delivery.name), member=of_member, row=row)


def receipt_paths(layout: Layout) -> tuple[Path, ...]:
    """Returns every receipt file by call and revision.

    Raises:
        ArchiveLacks: The folder cannot be read.
    """
    try:
        named_paths = [(name, path) for path in layout.receipts.iterdir() if (name := _NAME.fullmatch(path.name))]
    except PermissionError as error:
        raise Forbidden(layout.receipts) from error
    except OSError as error:
        raise ArchiveLacks(words.CANNOT_READ.sentence(place=layout.receipts)) from error
    return tuple(path for name, path in sorted(named_paths, key=lambda item: (int(item[0][1]), int(item[0][2] or 0))))


def history(layout: Layout) -> tuple[Receipt, ...]:
    """Reads every receipt, including those replaced by a later revision, by call and revision.

    Raises:
        ArchiveLacks: A receipt cannot be read or is missing.
    """
    paths = receipt_paths(layout)
    all_receipts = tuple(read_receipt(path) for path in paths)
    digests = {
        receipt.name: sha256(path.read_bytes()).hexdigest() for receipt, path in zip(all_receipts, paths, strict=True)
    }
    for receipt, before in zip(all_receipts, _before(all_receipts), strict=True):
        if receipt.previous != (digests.get(before, "") if before else ""):
            missing = before or words.OF_A_CALL.sentence()
            raise ArchiveLacks(words.RECEIPT_GONE.sentence(before=missing, name=receipt.name))
    return all_receipts


def _before(all_receipts: Iterable[Receipt]) -> list[str]:
    """Returns the name of the receipt that precedes each receipt."""
    return [
        f"{receipt.sequence:06d}{f'.{receipt.revision - 1}' if receipt.revision > 1 else ''}.json"
        if receipt.revision
        else f"{receipt.sequence - 1:06d}.json"
        if receipt.sequence > 1
        else ""
        for receipt in all_receipts
    ]


def current(all_receipts: Iterable[Receipt]) -> tuple[Receipt, ...]:
    """Returns the receipts that count: the last revision of each call, in order of receipt."""
    latest = {receipt.sequence: receipt for receipt in all_receipts}
    return tuple(sorted(latest.values(), key=lambda receipt: (receipt.received, receipt.sequence)))


def receipts(layout: Layout, known_on: date | None = None) -> tuple[Receipt, ...]:
    """Reads the receipts that count, in order of receipt.

    Args:
        layout: The archive.
        known_on: Only receipts of this day or earlier.

    Raises:
        ArchiveLacks: A receipt cannot be read.
    """
    counted = current(history(layout))
    return tuple(receipt for receipt in counted if known_on is None or receipt.received.date() <= known_on)


def next_of(all_receipts: Iterable[Receipt]) -> tuple[int, str]:
    """Returns the number of the next receive call, and the digest of the receipt before it."""
    firsts = [receipt for receipt in all_receipts if not receipt.revision]
    if not firsts:
        return 1, ""
    last = max(firsts, key=lambda receipt: receipt.sequence)
    return last.sequence + 1, sha256(receipt_bytes(last)).hexdigest()
