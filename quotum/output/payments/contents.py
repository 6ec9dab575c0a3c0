"""The files of an order: messages for the bank, who cannot be paid, and the record that names them all."""

import csv
from collections.abc import Callable, Iterable, Iterator
from hashlib import sha256
from pathlib import Path

import attrs
from attrs import field, mutable

from quotum.archive.orders import RECORD, record_bytes
from quotum.archive.small_tables import employers
from quotum.errors import SelfCheckFailed
from quotum.output.payments.document import Payment, Terms, amount_text, message
from quotum.output.payments.due_amounts import Due
from quotum.output.payments.naming import Naming, require_countable
from quotum.output.payments.order_result import File, OrderResult
from quotum.output.payments.payees import Payee, Unpayable, payees
from quotum.output.payments.request import Request
from quotum.output.payments.source import Source
from quotum.tables import NOT_PAYABLE


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
        return sum(file.control_sum_cents for file in self.files) + sum(cents for _, cents in self.not_payable.values())


def written(
    request: Request, source: Source, before: tuple[Source, ...], number: int, due: Due, partial: Path
) -> OrderResult:
    """Write everything into a folder that has no name yet."""
    run, tally = source.run, _Tally()
    naming = Naming(run.year, source.digest, number, request.simulation, bool(before))
    terms = Terms(naming, request.debtor, request.execution_date, run.decided_on)
    everybody = payees(source, due, employers(source.archive()))
    with (partial / naming.other(f"{NOT_PAYABLE.name}.csv")).open("w", encoding="utf-8", newline="") as stream:
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
    finished = OrderResult(
        request, source, number, tuple(tally.files), due.total_cents, dict(sorted(tally.not_payable.items())),
        tally.unnamed, written=False,
    )  # fmt: skip
    (partial / naming.other(RECORD)).write_bytes(record_bytes(_record(finished, before)))
    return finished


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
    total = sum(payment.cents for payment in payments)
    return File(name, terms.naming.message(number), len(payments), total, digest.hexdigest())


def _record(finished: OrderResult, before: tuple[Source, ...]) -> dict[str, object]:
    """What the record of an order holds: no clock, no place, no identifier of an employer."""
    run, request = finished.run.run, finished.request
    return {
        "format": 1,
        "simulation": request.simulation,
        "year": run.year,
        "as_of": run.as_of.isoformat(),
        "decided_on": None if run.decided_on is None else run.decided_on.isoformat(),
        "run": finished.run.digest,
        "order": finished.number,
        "revision_of": sorted(source.digest for source in before),
        "with_unpaid": request.with_unpaid,
        "execution_date": request.execution_date.isoformat(),
        "debtor": attrs.asdict(request.debtor),
        "due_cents": finished.due_cents,
        "transactions": finished.transactions,
        "control_sum_cents": finished.control_sum_cents,
        "not_payable": {
            reason: {"employers": count, "due_cents": cents} for reason, (count, cents) in finished.not_payable.items()
        },
        "unnamed": finished.unnamed,
        "files": [attrs.asdict(file) for file in finished.files],
    }


__all__ = ["written"]
