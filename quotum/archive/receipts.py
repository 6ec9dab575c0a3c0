"""Receipts: what came when, what became of it, and under which digests it is kept."""

import json
from datetime import date, datetime
from pathlib import Path

import cattrs
from attrs import frozen
from cattrs.gen import make_dict_structure_fn

from quotum.archive.layout import Layout
from quotum.errors import ArchiveLacks

PIECES_PER_CALL = 1 << 32


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
    years: tuple[int, ...]
    """Calendar years of the return periods in it, in order."""


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
class Receipt:
    """One receive call."""

    sequence: int
    """Number of the call in this archive, from 1."""
    received: datetime
    """When it was received; deliveries count from this day on."""
    quotum: str
    """Version that received it."""
    deliveries: tuple[Delivery, ...]
    """What came, in order of digest."""
    tables: tuple[Derived, ...]
    """What was made of it."""


def _converter() -> cattrs.Converter:
    converter = cattrs.Converter(forbid_extra_keys=True)
    converter.register_structure_hook(datetime, lambda value, _: datetime.fromisoformat(value))
    converter.register_unstructure_hook(datetime, lambda value: value.isoformat())
    for kind in (Delivery, Derived, Receipt):
        converter.register_structure_hook(kind, make_dict_structure_fn(kind, converter, _cattrs_forbid_extra_keys=True))
    return converter


_CONVERTER = _converter()


def receipt_bytes(receipt: Receipt) -> bytes:
    """A receipt as it is kept."""
    return (json.dumps(_CONVERTER.unstructure(receipt), indent=1, ensure_ascii=False) + "\n").encode()


def _read(path: Path) -> Receipt:
    try:
        return _CONVERTER.structure(json.loads(path.read_text("utf-8")), Receipt)
    except (OSError, ValueError, TypeError, AttributeError, KeyError, cattrs.BaseValidationError) as error:
        raise ArchiveLacks(f"receipt {path.name} of the archive cannot be read: the archive is damaged") from error


def receipts(layout: Layout, known_on: date | None = None) -> tuple[Receipt, ...]:
    """The receipts of an archive in order of what came when.

    Args:
        layout: The archive.
        known_on: Only what was received on or before this day.

    Raises:
        ArchiveLacks: One cannot be read.
    """
    try:
        paths = sorted(layout.receipts.glob("[0-9]*.json"))
    except OSError as error:
        raise ArchiveLacks(f"{layout.receipts} cannot be read") from error
    found = [_read(path) for path in paths]
    if known_on is not None:
        found = [receipt for receipt in found if receipt.received.date() <= known_on]
    return tuple(sorted(found, key=lambda receipt: (receipt.received, receipt.sequence)))
