"""Notes on payment orders (betaalopdrachten), in one file sealed with its digest.

An order is noted before its files get their final name, and as finished afterwards. After a crash in between, the note
says that the order was begun. It is removed only while the files have their temporary name, so nobody can have sent
them.
"""

import fcntl
import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Final

import attrs
import cattrs
from attrs import frozen

from quotum.archive import words
from quotum.archive.layout import Layout, is_there, open_for_owner, write_durably, writing
from quotum.archive.seal import sealed_bytes, sealed_content
from quotum.errors import ArchiveLacks, Forbidden

RECORD: Final = "order.json"
"""The file of an order that names all others with their digests."""


@frozen
class Order:
    """A payment order from a run, finished or only begun."""

    run: str
    """Digest of the run."""
    year: int
    """Calendar year."""
    number: int
    """Number of the order for this run, from 1; simulations are counted apart."""
    simulation: bool
    """Whether its files say that nothing is to be paid."""
    revision_of: tuple[str, ...]
    """Digests of the runs ordered before, when this order pays only the increases."""
    execution_date: date
    """Day of payment by the bank."""
    transactions: int
    """Number of payments."""
    control_sum_cents: int
    """Their sum."""
    digest: str
    """SHA-256 of its record, which names its files with theirs."""
    place: str
    """Folder of its files."""
    unnamed: str
    """Folder with their temporary name; empty once the order is finished."""

    @property
    def finished(self) -> bool:
        """Whether its files have their final name."""
        return not self.unnamed


def _converter() -> cattrs.Converter:
    converter = cattrs.Converter(forbid_extra_keys=True)
    converter.register_structure_hook(date, lambda value, _: date.fromisoformat(value))
    converter.register_unstructure_hook(date, lambda value: value.isoformat())
    return converter


_CONVERTER: Final = _converter()


def orders(layout: Layout) -> tuple[Order, ...]:
    """Returns every noted order, by year, run and number; none in an archive without orders.

    Raises:
        ArchiveLacks: The file is not as it was written.
        Forbidden: It may not be looked at.
    """
    if not is_there(layout.orders):
        return ()
    try:
        noted = _CONVERTER.structure(sealed_content(layout.orders.read_bytes())["orders"], list[Order])
    except PermissionError as error:
        raise Forbidden(layout.orders) from error
    except (OSError, ValueError, TypeError, KeyError, cattrs.BaseValidationError) as error:
        raise ArchiveLacks(words.ORDERS_DAMAGED.sentence(name=layout.orders.name)) from error
    return tuple(noted)


@contextmanager
def noting(layout: Layout) -> Iterator[None]:
    """Locks the notes against another process that orders, or notes a run.

    Raises:
        CannotWrite: The archive cannot be written.
    """
    with writing(layout.notes):
        handle = open_for_owner(layout.notes_lock)
    with handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def note(layout: Layout, order: Order) -> None:
    """Notes an order, in place of an earlier note on it; only while `noting`."""
    _write(layout, (*(earlier for earlier in orders(layout) if not _is_same(earlier, order)), order))


def take_back(layout: Layout, order: Order) -> None:
    """Removes the note of an order that never got its final name; only while `noting`."""
    _write(layout, tuple(other for other in orders(layout) if not _is_same(other, order)))


def add_orders(layout: Layout, new: tuple[Order, ...]) -> None:
    """Adds the orders of another archive, each once."""
    if not new:
        return
    with noting(layout):
        present = orders(layout)
        _write(layout, (*present, *(order for order in new if not any(_is_same(order, known) for known in present))))


def settle_begun(layout: Layout) -> None:
    """Finishes or removes each order that was only begun, by the name of its files; only while `noting`.

    An order is finished when its files have their final name, and removed when they have the temporary one. Files in
    neither place may have been taken away and sent: the order stays as begun.
    """
    for order in orders(layout):
        if order.finished:
            continue
        if is_there(Path(order.unnamed)):
            take_back(layout, order)
        elif digest_at(Path(order.place)) == order.digest:
            note(layout, attrs.evolve(order, unnamed=""))


def digest_at(place: Path) -> str | None:
    """Returns the SHA-256 of the record of the order in a folder; None without a record."""
    try:
        return sha256((place / RECORD).read_bytes()).hexdigest()
    except (FileNotFoundError, NotADirectoryError):
        pass
    for marked in sorted(place.glob(f"*-{RECORD}")):
        return sha256(marked.read_bytes()).hexdigest()
    return None


def record_bytes(content: object) -> bytes:
    """Returns the record of an order as a file, with sorted keys."""
    return (json.dumps(content, indent=1, sort_keys=True, ensure_ascii=False) + "\n").encode()


def _is_same(first: Order, second: Order) -> bool:
    return (first.digest, first.place) == (second.digest, second.place)


def _write(layout: Layout, noted: tuple[Order, ...]) -> None:
    ordered = sorted(noted, key=lambda order: (order.year, order.run, order.number, order.place, order.digest))
    raw = sealed_bytes({"orders": _CONVERTER.unstructure(ordered)})
    if not is_there(layout.orders) or layout.orders.read_bytes() != raw:
        with writing(layout.notes):
            write_durably(layout.orders, raw)


__all__ = [
    "RECORD", "Order", "add_orders", "digest_at", "note", "noting", "orders", "record_bytes", "settle_begun",
    "take_back",
]  # fmt: skip
