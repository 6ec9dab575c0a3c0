"""An order from a run: everything is checked, everything is written, it is noted in the archive, and then has its name.

Of a command that is killed the archive knows at most that an order was begun. The files have their final name only
after that, so no order can be sent of which the archive knows nothing.
"""

import csv
import os
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Final

import attrs
from attrs import field, frozen, mutable

from quotum.archive.hashing import digest_of
from quotum.archive.known import employers
from quotum.archive.layout import sync_folder
from quotum.archive.orders import (
    RECORD,
    Order,
    digest_at,
    note,
    noting,
    orders,
    record_bytes,
    settle_begun,
    take_back,
)
from quotum.engine.scratch import scratch_folder
from quotum.errors import CannotWrite, SelfCheckFailed, WrongUse
from quotum.identifiers import masked
from quotum.output.payments.allowed import require_payable
from quotum.output.payments.debtor import Debtor
from quotum.output.payments.document import Payment, Terms, amount_text, message
from quotum.output.payments.due import Due, Payable
from quotum.output.payments.earlier import next_number, order_in, require_named, require_place
from quotum.output.payments.naming import Naming, require_countable
from quotum.output.payments.payees import Payee, Unpayable, payees
from quotum.output.payments.revision import upward
from quotum.output.payments.source import Source, open_source
from quotum.tables import NOT_PAYABLE

MOST_TRANSACTIONS: Final = 100_000
"""Payments in a file, unless another number is asked."""
_NOT_PAYABLE: Final = f"{NOT_PAYABLE.name}.csv"
_SEALED_FILE, _SEALED_FOLDER = 0o400, 0o500


@frozen
class Request:
    """What is asked."""

    run: Path
    """Folder of the run."""
    archive: Path | None
    """Folder of the archive; the place that the run notes when None."""
    out: Path
    """Folder of the order."""
    debtor: Debtor
    """Who pays."""
    execution_date: date
    """Day on which the bank is to pay."""
    transactions: int = MOST_TRANSACTIONS
    """Most payments in a file."""
    revision_of: tuple[Path, ...] = ()
    """Runs of the year that were ordered before: only what is due upward is paid."""
    with_unpaid: bool = False
    """Whether a revision pays in whole who could not be paid before."""
    simulation: bool = False
    """Whether everything must say that nothing is to be paid."""
    again: bool = False
    """Whether an order is made although there is one."""


@frozen
class File:
    """A message of an order."""

    name: str
    """Its name."""
    message: str
    """Its identifier (MsgId)."""
    transactions: int
    """Number of payments (NbOfTxs)."""
    control_sum_cents: int
    """Their sum (CtrlSum)."""
    sha256: str
    """Digest of its bytes."""


@frozen
class Ordered:
    """An order that was made."""

    request: Request
    """What was asked."""
    run: Source
    """What it was made from."""
    number: int
    """Number of the order for this run."""
    files: tuple[File, ...]
    """Its messages; none when nobody can be paid."""
    due_cents: int
    """What is due over all employers."""
    not_payable: dict[str, tuple[int, int]]
    """Employers that cannot be paid, by reason: how many, and what is due to them in cents."""
    unnamed: int
    """Payments in which the number of the employer stands for a name that banks cannot take."""
    written: bool
    """False when the same order was there already."""

    @property
    def naming(self) -> Naming:
        """Its identifiers and file names."""
        request, run = self.request, self.run
        return Naming(run.run.year, run.digest, self.number, request.simulation, bool(request.revision_of))

    @property
    def not_payable_name(self) -> str:
        """Name of the file with employers that cannot be paid."""
        return self.naming.other(_NOT_PAYABLE)

    @property
    def transactions(self) -> int:
        """Number of payments."""
        return sum(one.transactions for one in self.files)

    @property
    def control_sum_cents(self) -> int:
        """What is paid."""
        return sum(one.control_sum_cents for one in self.files)


@mutable
class _Tally:
    """What is counted while an order is written."""

    files: list[File] = field(factory=list)
    """Its messages."""
    not_payable: dict[str, tuple[int, int]] = field(factory=dict)
    """Employers that cannot be paid, by reason."""
    unnamed: int = 0
    """Payments without a name."""

    @property
    def cents(self) -> int:
        """What was written, paid or not."""
        return sum(one.control_sum_cents for one in self.files) + sum(cents for _, cents in self.not_payable.values())


def order(request: Request, progress: Callable[[str], None] = lambda _stage: None) -> Ordered:
    """Make a payment order.

    Args:
        request: What is asked.
        progress: Told the name of each stage as it begins.

    Raises:
        WrongUse: The run cannot be paid from, was ordered before, or the place is taken; nothing is written then.
        CannotCertify: The run was altered, or the archive does not note it.
        ArchiveLacks: The archive lacks what the run read, or is damaged.
        CannotWrite: There is no permission or no room, for the order or for its note.
    """
    require_place(request.out)
    progress("digests")
    source = open_source(request.run, request.archive)
    before = tuple(open_source(folder, source.layout.root) for folder in request.revision_of)
    _require_payable(request, (source, *before))
    with noting(source.layout):
        settle_begun(source.layout)
    noted = orders(source.layout)
    number = _number(request, noted, source, before)
    progress("due")
    due = _due(request, source, before)
    try:
        with scratch_folder(request.out.parent, "partial") as partial:
            progress("write")
            made = _written(request, source, before, number, due, partial)
            progress("note")
            return attrs.evolve(made, written=_named(made, before, noted, partial))
    except OSError as error:
        raise CannotWrite(
            f"{masked(str(request.out))} cannot be written: {error.strerror or type(error).__name__}. Check "
            "permissions and free space; nothing was left half written."
        ) from error


def _require_payable(request: Request, sources: Iterable[Source]) -> None:
    for source in sources:
        require_payable(source.folder, source.run, simulation=request.simulation)
    run = next(iter(sources)).run
    earliest = run.decided_on or run.as_of
    if request.execution_date < earliest:
        what = "it was decided on" if run.decided_on else "the run looks at returns filed by"
        raise WrongUse(f"--execution-date {request.execution_date} lies before the day {what}, {earliest}")


def _number(request: Request, noted: tuple[Order, ...], source: Source, before: tuple[Source, ...]) -> int:
    """The number of the order: that of the one in its place, which is then compared, or else the next."""
    here = order_in(noted, source, request.out)
    if here is not None:
        return here.number
    again, simulation = request.again, request.simulation
    require_named(noted, source, before, again=again, simulation=simulation)
    return next_number(noted, source, again=again, simulation=simulation)


def _due(request: Request, source: Source, before: tuple[Source, ...]) -> Due:
    if not before:
        return Payable(source.payable_cents)
    return upward(source, before, request.out.parent, with_unpaid=request.with_unpaid)


def _written(
    request: Request, source: Source, before: tuple[Source, ...], number: int, due: Due, partial: Path
) -> Ordered:
    """Write everything into a folder that has no name yet."""
    run, tally = source.run, _Tally()
    naming = Naming(run.year, source.digest, number, request.simulation, bool(before))
    terms = Terms(naming, request.debtor, request.execution_date, run.decided_on)
    everybody = payees(source, due, employers(source.archive()))
    with (partial / naming.other(_NOT_PAYABLE)).open("w", encoding="utf-8", newline="") as stream:
        payments = _payable(
            everybody, tally, csv.writer(stream, lineterminator="\n").writerow, simulation=request.simulation
        )
        for chunk in _chunks(payments, request.transactions):
            require_countable(files=len(tally.files) + 1)
            tally.files.append(_message(terms, len(tally.files) + 1, chunk, partial))
    if tally.cents != due.total_cents:
        raise SelfCheckFailed(
            f"the payments and what cannot be paid add up to {amount_text(tally.cents)} euro, and "
            f"{amount_text(due.total_cents)} is due"
        )
    made = Ordered(
        request, source, number, tuple(tally.files), due.total_cents, dict(sorted(tally.not_payable.items())),
        tally.unnamed, written=False,
    )  # fmt: skip
    (partial / naming.other(RECORD)).write_bytes(record_bytes(_record(made, before)))
    return made


def _payable(
    everybody: Iterable[Payee | Unpayable],
    tally: _Tally,
    list_one: Callable[[Iterable[object]], object],
    *,
    simulation: bool,
) -> Iterator[Payment]:
    """The payments among payees; the others are listed and counted as they come."""
    list_one(NOT_PAYABLE.names)
    mark = str(simulation).lower()
    for payee in everybody:
        if isinstance(payee, Unpayable):
            list_one((payee.number, payee.rsin, payee.cents, payee.reason, mark))
            count, cents = tally.not_payable.get(payee.reason, (0, 0))
            tally.not_payable[payee.reason] = count + 1, cents + payee.cents
            continue
        tally.unnamed += not payee.named
        yield payee.payment


def _chunks(payments: Iterator[Payment], most: int) -> Iterator[list[Payment]]:
    chunk: list[Payment] = []
    for payment in payments:
        chunk.append(payment)
        if len(chunk) == most:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _message(terms: Terms, number: int, payments: list[Payment], partial: Path) -> File:
    digest, name = sha256(), terms.naming.file(number)
    with (partial / name).open("wb") as stream:
        for piece in message(terms, number, payments):
            raw = piece.encode()
            digest.update(raw)
            stream.write(raw)
    total = sum(one.cents for one in payments)
    return File(name, terms.naming.message(number), len(payments), total, digest.hexdigest())


def _record(made: Ordered, before: tuple[Source, ...]) -> dict[str, object]:
    """What the record of an order holds: no clock, no place, no identifier of an employer."""
    run, request = made.run.run, made.request
    return {
        "format": 1,
        "simulation": request.simulation,
        "year": run.year,
        "as_of": run.as_of.isoformat(),
        "decided_on": None if run.decided_on is None else run.decided_on.isoformat(),
        "run": made.run.digest,
        "order": made.number,
        "revision_of": sorted(one.digest for one in before),
        "with_unpaid": request.with_unpaid,
        "execution_date": request.execution_date.isoformat(),
        "debtor": attrs.asdict(request.debtor),
        "due_cents": made.due_cents,
        "transactions": made.transactions,
        "control_sum_cents": made.control_sum_cents,
        "not_payable": {
            reason: {"employers": count, "due_cents": cents} for reason, (count, cents) in made.not_payable.items()
        },
        "unnamed": made.unnamed,
        "files": [attrs.asdict(one) for one in made.files],
    }


def _named(made: Ordered, before: tuple[Source, ...], noted: tuple[Order, ...], partial: Path) -> bool:
    """Note a written order and give it its name; False when the same one is there already."""
    _seal(partial)
    digest, out, layout = str(digest_at(partial)), made.request.out, made.run.layout
    with noting(layout):
        if orders(layout) != noted:
            raise WrongUse("another order was made from the archive meanwhile; nothing was written: run it again")
        if out.exists():
            _require_same(partial, out)
            return False
        begun = Order(
            run=made.run.digest,
            year=made.run.run.year,
            number=made.number,
            simulation=made.request.simulation,
            revision_of=tuple(sorted(one.digest for one in before)),
            execution_date=made.request.execution_date,
            transactions=made.transactions,
            control_sum_cents=made.control_sum_cents,
            digest=digest,
            place=str(out.resolve()),
            unnamed=str(partial.resolve()),
        )
        try:
            note(layout, begun)
            partial.rename(out)
        except BaseException:
            if partial.exists():  # it never had its name
                take_back(layout, begun)
            raise
        sync_folder(out.parent)
        note(layout, attrs.evolve(begun, unnamed=""))
    return True


def _seal(partial: Path) -> None:
    """Push every file to the disk, for its owner to read and for nobody to write."""
    for path in sorted(partial.iterdir()):
        with path.open("rb") as stream:
            os.fsync(stream.fileno())
        path.chmod(_SEALED_FILE)
    sync_folder(partial)
    partial.chmod(_SEALED_FOLDER)


def _require_same(partial: Path, out: Path) -> None:
    """The order in a place is the one that was made, file for file."""
    one, other = ({path.name: digest_of(path) for path in folder.iterdir()} for folder in (partial, out))
    if one != other:
        raise WrongUse(f"{masked(str(out))} exists and holds another order; name a new folder with --out")


__all__ = ["MOST_TRANSACTIONS", "File", "Ordered", "Request", "order"]
