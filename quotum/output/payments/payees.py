"""Every employer to whom something is due, with its account, or with why it cannot be paid."""

from collections.abc import Iterator
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from attrs import frozen

from quotum.identifiers import masked
from quotum.output.payments.accounts import bank_of, in_sepa, is_iban, plain
from quotum.output.payments.characters import LONGEST_NAME, sepa_text
from quotum.output.payments.document import MOST_CENTS, Payment
from quotum.output.payments.due_amounts import Due
from quotum.output.payments.lookup import places_in
from quotum.output.payments.source import Source
from quotum.output.words import UNPAYABLE
from quotum.tables import EMPLOYERS

NOT_DELIVERED: Final = "not_in_employers"
NO_IBAN: Final = "no_iban"
NO_ACCOUNT: Final = "iban_check_digits"
OUTSIDE_SEPA: Final = "iban_outside_sepa"
TOO_MUCH: Final = "above_sepa_maximum"
REASONS: Final = {
    code: UNPAYABLE[code].sentence() for code in (NOT_DELIVERED, NO_IBAN, NO_ACCOUNT, OUTSIDE_SEPA, TOO_MUCH)
}
"""Why an employer cannot be paid, with what it means."""

_ROWS: Final = 1 << 16
_ACCOUNTS: Final = EMPLOYERS.inside_schema


@frozen
class Unpayable:
    """An employer that cannot be paid."""

    number: int
    """Its row in the settlement, from 1."""
    rsin: str
    """Fiscal number (RSIN)."""
    cents: int
    """What is due."""
    reason: str
    """One of `REASONS`."""


@frozen
class Payee:
    """A payment, and whether the name in it is that of the employer."""

    payment: Payment
    """The payment."""
    named: bool
    """False when no character of the name can be sent, so that the number of the employer stands in for it."""


def payees(source: Source, due: Due, employers: pa.Table | None) -> Iterator[Payee | Unpayable]:
    """Employers to whom more than nothing is due, in the order of the settlement.

    Args:
        source: The run.
        due: What is due to each.
        employers: The delivery employers as the run read it, by RSIN; None when there was none.
    """
    known = (_ACCOUNTS.empty_table() if employers is None else employers).combine_chunks()
    rsins = _column(known, "rsin")
    first = 1
    for batch in pq.ParquetFile(source.settlement).iter_batches(_ROWS, columns=["rsin", "payable_cents"]):
        rows = batch.set_column(0, "rsin", batch.column("rsin").cast(pa.int64()))
        wanted = pa.table(
            {
                "number": pa.array(range(first, first + rows.num_rows), pa.int64()),
                "rsin": batch.column("rsin"),
                "cents": due.of(rows),
                "place": places_in(rsins, rows.column("rsin")),
            }
        ).filter(pc.field("cents") > 0)
        first += rows.num_rows
        details = known.select(["name", "iban", "bic"]).take(wanted["place"])
        columns = (wanted[name].to_pylist() for name in wanted.schema.names)
        yield from map(_payee, *columns, *(details[name].to_pylist() for name in details.schema.names))


def _payee(
    number: int, rsin: str, cents: int, place: int | None, name: str | None, iban: str | None, bic: str | None
) -> Payee | Unpayable:
    account = plain(iban or "")
    reason = NOT_DELIVERED if place is None else _against(account, cents)
    if reason:
        return Unpayable(number, rsin, cents, reason)
    shown = sepa_text(masked(name or ""), LONGEST_NAME)
    return Payee(
        Payment(number, cents, shown or f"Werkgever volgnummer {number}", account, bank_of(bic or "", account)),
        bool(shown),
    )


def _against(account: str, cents: int) -> str:
    """Why an account cannot be paid to; empty when nothing is against it."""
    if not account:
        return NO_IBAN
    if not is_iban(account):
        return NO_ACCOUNT
    if not in_sepa(account):
        return OUTSIDE_SEPA
    return TOO_MUCH if cents > MOST_CENTS else ""


def _column(table: pa.Table, name: str) -> pa.Array:
    return pa.concat_arrays(table[name].chunks) if table.num_rows else pa.array([], pa.int64())


__all__ = ["REASONS", "Payee", "Unpayable", "payees"]
