"""An archive as a finished run read it: later deliveries and withdrawals, and unread tables, are left out."""

from collections.abc import Collection, Iterable

import attrs
from attrs import frozen

from quotum.archive import words
from quotum.archive.known import Known, less_withdrawn
from quotum.archive.receipts import Derived, Receipt, deliveries_of
from quotum.archive.withdrawals import NamedWithdrawal, as_named
from quotum.errors import ArchiveLacks
from quotum.tables import FINDINGS, LOONAANGIFTE, OF_RETURNS, RETURNS

_OF_RETURNS = (RETURNS.name, LOONAANGIFTE)


@frozen
class RunInputs:
    """Inputs that a run names."""

    inputs: frozenset[tuple[str, str]]
    """Kind and SHA-256 of each delivery."""
    withdrawals: tuple[NamedWithdrawal, ...] = ()
    """Withdrawals that the run knew."""

    @property
    def digests(self) -> frozenset[str]:
        """Digests of the deliveries."""
        return frozenset(digest for _, digest in self.inputs)

    def of(self, kinds: Iterable[str]) -> frozenset[str]:
        """Returns digests of deliveries that hold only some kinds."""
        return frozenset(digest for kind, digest in self.inputs if set(kind.split("+")) <= set(kinds))


def archive_of_run(archive: Known, run: RunInputs, years: Collection[int]) -> Known:
    """Returns the receive calls that a run read, each with only the tables it read.

    Rows of returns count for every call with deliveries that the run names, unless the call also has returns of the
    years that the run surely read and does not name: such a call came later. A repeated delivery counts in its first
    call. Of a small table, the latest call counts whose deliveries of that kind are those that the run names: a call
    with another delivery came later, and a call that lacks one is incomplete. Withdrawals that the run does not name
    were made later.

    Args:
        archive: The archive as known on the day of the run.
        run: Inputs that the run names.
        years: Calendar years whose returns the run surely read.

    Raises:
        ArchiveLacks: The archive lacks a delivery or a withdrawal that the run read.
    """
    lacking = lacking_of(archive, run.digests)
    if lacking:
        lacks = words.LACKS_DELIVERIES.sentence(
            archive=archive.layout.root, count=len(lacking), all=len(run.digests), digest=min(lacking)[:16]
        )
        raise ArchiveLacks(lacks)
    seen: set[str] = set()
    receipts_read = []
    as_known = less_withdrawn(archive, _withdrawals(archive, run))
    for receipt in as_known.receipts:
        fresh = _tables_read(receipt, run, frozenset(years), seen)
        if any(item.table in OF_RETURNS for item in fresh.tables):
            seen |= {item.sha256 for item in deliveries_of(receipt, _OF_RETURNS)}
        receipts_read += [fresh] if fresh.tables else []
    return attrs.evolve(as_known, receipts=tuple(receipts_read))


def _withdrawals(archive: Known, run: RunInputs) -> tuple[Receipt, ...]:
    known_calls = tuple(
        call for call in archive.every if call.withdrawal is not None and as_named(call) in run.withdrawals
    )
    lacking = set(run.withdrawals) - {as_named(call) for call in known_calls}
    if lacking:
        first = str(min(call.received for call in lacking))
        raise ArchiveLacks(words.LACKS_WITHDRAWAL.sentence(archive=archive.layout.root, moment=first))
    return known_calls


def lacking_of(archive: Known, digests: Collection[str]) -> frozenset[str]:
    """Returns the digests that no receipt of the archive names, withdrawn or not."""
    return frozenset(digests) - {delivery.sha256 for receipt in archive.every for delivery in receipt.deliveries}


def _tables_read(receipt: Receipt, run: RunInputs, years: frozenset[int], seen: set[str]) -> Receipt:
    tables = tuple(table for table in receipt.tables if _was_read(receipt, table, run, years, seen))
    findings = tuple(table for table in receipt.tables if table.table == FINDINGS.name)
    return attrs.evolve(receipt, tables=(*tables, *findings) if tables else ())


def _was_read(receipt: Receipt, table: Derived, run: RunInputs, years: frozenset[int], seen: set[str]) -> bool:
    if table.table == FINDINGS.name:
        return False
    wanted = run.digests
    if table.table not in OF_RETURNS:
        delivered = {delivery.sha256 for delivery in deliveries_of(receipt, (table.table,))}
        return bool(delivered) and run.of((table.table,)) <= delivered <= wanted
    of_returns = deliveries_of(receipt, _OF_RETURNS)
    later = any(delivery.sha256 not in wanted and years & set(delivery.years) for delivery in of_returns)
    of_year = [delivery for delivery in of_returns if not table.year or table.year in delivery.years]
    deliveries_read = [delivery for delivery in of_year if delivery.sha256 in wanted]
    is_repeated = all(delivery.sha256 in seen for delivery in deliveries_read)
    return (
        bool(deliveries_read)
        and not later
        and not is_repeated
        and (not table.year or len(deliveries_read) == len(of_year))
    )


__all__ = ["RunInputs", "archive_of_run", "lacking_of"]
