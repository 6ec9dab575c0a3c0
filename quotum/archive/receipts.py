"""Receipts: what came when, what became of it, and under which digests it is kept.

A receipt vouches for its own bytes and names the digest of the one before it. When something of a call is forgotten,
a receipt of a higher revision says what is left; the earlier ones stay, and tell what was there.
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

from quotum.archive.layout import Layout
from quotum.archive.sealed import sealed_bytes, unsealed
from quotum.errors import ArchiveLacks, Forbidden
from quotum.identifiers import masked

PIECES_PER_CALL = 1 << 32
_NAME = re.compile(r"(\d{6,})(?:\.([1-9]\d*))?\.json")


@frozen
class Amounts:
    """Hours and premium wage of a delivery of returns: what came in is what was accepted and what was rejected."""

    received_hours: int
    """Paid hours of the rows that came in."""
    accepted_hours: int
    """Those of the rows accepted."""
    rejected_hours: int
    """Those of the rows rejected."""
    received_premium_wage_cents: int
    """Premium wage (low and high class) of the rows that came in."""
    accepted_premium_wage_cents: int
    """That of the rows accepted."""
    rejected_premium_wage_cents: int
    """That of the rows rejected."""
    rows_without_hours: int
    """Rows rejected that report and whose hours cannot be read: not in the hours."""
    rows_without_premium_wage: int
    """Rows rejected that report and whose premium wage cannot be read: not in the cents."""


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
    """File name as given, with what looks like a BSN starred out."""
    received: int
    """Rows that came in."""
    accepted: int
    """Rows accepted."""
    rejected: int
    """Rows rejected."""
    refused_members: int
    """Members of a container that were refused."""
    left_out_members: tuple[int, ...]
    """Numbers of the members among these that broke an official schema, and so were never read."""
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
    """Number of the receive call in which it came."""
    sha256: str
    """Digest of its bytes."""


@frozen
class WithdrawnMessage:
    """A message that is out of force, in every delivery that came before it was withdrawn."""

    payroll_tax_number: int
    """Payroll tax number of the returns in it."""
    message_id: str
    """Identification of the message."""
    filed_at: datetime
    """Filing time that counts, an instant (UTC)."""


MESSAGE = tuple(one.name for one in attrs.fields(WithdrawnMessage))
"""What tells messages apart."""


@frozen
class Withdrawal:
    """What was put out of force, and why."""

    reason: str
    """Why, in words."""
    deliveries: tuple[WithdrawnDelivery, ...] = ()
    """Deliveries."""
    messages: tuple[WithdrawnMessage, ...] = ()
    """Messages."""
    withdrawals: tuple[int, ...] = ()
    """Numbers of the withdrawals that are withdrawn themselves."""


@frozen
class Receipt:
    """One receive call, or one withdrawal."""

    sequence: int
    """Number of the call in this archive, from 1."""
    received: datetime
    """When it was received; deliveries count from this day on."""
    quotum: str
    """Version that received it."""
    kind: str
    """Kind of delivery that was expected, or `auto`."""
    dialect: str
    """Dialect of its CSV, empty for the ordinary one."""
    deliveries: tuple[Delivery, ...]
    """What came, in order of digest."""
    tables: tuple[Derived, ...]
    """What was made of it."""
    previous: str
    """Digest of the receipt before it: of the call before, or of the revision before; empty for the first."""
    revision: int = 0
    """How often something of it was forgotten."""
    forgotten_years: tuple[int, ...] = ()
    """Calendar years whose rows were forgotten."""
    forgotten_on: date | None = None
    """Day on which something was last forgotten."""
    withdrawal: Withdrawal | None = None
    """What it puts out of force; None of a receive call."""

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
    # A delivery that has no amounts is written without them, as before there were any.
    plain = make_dict_unstructure_fn(Delivery, converter, amounts=override(omit_if_default=True))
    converter.register_unstructure_hook(Delivery, plain)
    # A receive call is written as before there were withdrawals.
    without = make_dict_unstructure_fn(Receipt, converter, withdrawal=override(omit_if_default=True))
    converter.register_unstructure_hook(Receipt, without)
    return converter


_CONVERTER = _converter()


def receipt_bytes(receipt: Receipt) -> bytes:
    """A receipt as it is kept."""
    return sealed_bytes(_CONVERTER.unstructure(receipt))


def read_receipt(path: Path) -> Receipt:
    """A receipt from its file.

    Raises:
        ArchiveLacks: It is not byte for byte as it was written.
    """
    try:
        receipt = _CONVERTER.structure(unsealed(path.read_bytes()), Receipt)
    except PermissionError as error:
        raise Forbidden(path) from error
    except (OSError, ValueError, TypeError, AttributeError, KeyError, cattrs.BaseValidationError) as error:
        raise ArchiveLacks(
            f"receipt {path.name} of the archive cannot be read, or is not as it was written: the archive is damaged; "
            "restore the file from its backup"
        ) from error
    if receipt.name != path.name:
        raise ArchiveLacks(f"receipt {path.name} of the archive is that of {receipt.name}: the archive is damaged")
    return receipt


def deliveries_of(receipt: Receipt, kinds: Iterable[str]) -> tuple[Delivery, ...]:
    """The deliveries of some kinds in a receive call."""
    wanted = set(kinds)
    return tuple(delivery for delivery in receipt.deliveries if wanted & set(delivery.kind.split("+")))


def place_in(delivery: Delivery, member: int, row: int) -> str:
    """A row of a delivery, in words."""
    return f"{masked(delivery.name)}{f', member {member}' if member else ''}, row {row}"


def receipt_paths(layout: Layout) -> tuple[Path, ...]:
    """Every receipt by call and revision.

    Raises:
        ArchiveLacks: The folder cannot be read.
    """
    try:
        found = [(name, path) for path in layout.receipts.iterdir() if (name := _NAME.fullmatch(path.name))]
    except PermissionError as error:
        raise Forbidden(layout.receipts) from error
    except OSError as error:
        raise ArchiveLacks(f"{layout.receipts} cannot be read") from error
    return tuple(path for name, path in sorted(found, key=lambda one: (int(one[0][1]), int(one[0][2] or 0))))


def history(layout: Layout) -> tuple[Receipt, ...]:
    """Every receipt, with those that a later revision replaces, by call and revision.

    Raises:
        ArchiveLacks: One cannot be read or is not there.
    """
    paths = receipt_paths(layout)
    found = tuple(read_receipt(path) for path in paths)
    digests = {receipt.name: sha256(path.read_bytes()).hexdigest() for receipt, path in zip(found, paths, strict=True)}
    for receipt, before in zip(found, _before(found), strict=True):
        if receipt.previous != (digests.get(before, "") if before else ""):
            raise ArchiveLacks(
                f"receipt {before or 'of a call'} of the archive, which {receipt.name} comes after, is not there or is "
                "another: the archive is damaged; restore the folder receipts from its backup"
            )
    return found


def _before(found: Iterable[Receipt]) -> list[str]:
    """The name of the receipt that each one comes after."""
    return [
        f"{one.sequence:06d}{f'.{one.revision - 1}' if one.revision > 1 else ''}.json"
        if one.revision
        else f"{one.sequence - 1:06d}.json"
        if one.sequence > 1
        else ""
        for one in found
    ]


def current(found: Iterable[Receipt]) -> tuple[Receipt, ...]:
    """The receipts that count: of each call the last revision, in order of what came when."""
    latest = {receipt.sequence: receipt for receipt in found}
    return tuple(sorted(latest.values(), key=lambda receipt: (receipt.received, receipt.sequence)))


def receipts(layout: Layout, known_on: date | None = None) -> tuple[Receipt, ...]:
    """The receipts that count, in order of what came when.

    Args:
        layout: The archive.
        known_on: Only what was received on or before this day.

    Raises:
        ArchiveLacks: One cannot be read.
    """
    found = current(history(layout))
    return tuple(receipt for receipt in found if known_on is None or receipt.received.date() <= known_on)


def next_of(found: Iterable[Receipt]) -> tuple[int, str]:
    """The number of the next receive call, and the digest of the receipt that it comes after."""
    firsts = [receipt for receipt in found if not receipt.revision]
    if not firsts:
        return 1, ""
    last = max(firsts, key=lambda receipt: receipt.sequence)
    return last.sequence + 1, sha256(receipt_bytes(last)).hexdigest()
