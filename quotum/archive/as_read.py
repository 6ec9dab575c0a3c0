"""An archive as a finished run read it: what was delivered or withdrawn later, or never read, is left out."""

from collections.abc import Collection, Iterable

import attrs
from attrs import frozen

from quotum.archive.known import FINDINGS, Known, less_withdrawn
from quotum.archive.receipts import Derived, Receipt, deliveries_of
from quotum.archive.withdrawals import Withdrawn, named
from quotum.errors import ArchiveLacks
from quotum.tables import LOONAANGIFTE, OF_RETURNS, RETURNS

_OF_RETURNS = (RETURNS.name, LOONAANGIFTE)


@frozen
class Named:
    """What a run names of what it read."""

    inputs: frozenset[tuple[str, str]]
    """Kind and SHA-256 of each delivery."""
    withdrawals: tuple[Withdrawn, ...] = ()
    """The withdrawals that it knew of."""

    @property
    def digests(self) -> frozenset[str]:
        """Digests of the deliveries."""
        return frozenset(digest for _, digest in self.inputs)

    def of(self, kinds: Iterable[str]) -> frozenset[str]:
        """Digests of the deliveries of nothing but some kinds."""
        return frozenset(digest for kind, digest in self.inputs if set(kind.split("+")) <= set(kinds))


def as_read(archive: Known, run: Named, years: Collection[int]) -> Known:
    """The receive calls that a run read, each with only the tables it read.

    Rows of returns count of every call that has deliveries which the run names, and none with returns of the years
    it surely read that it does not name: such a call came later. Of a delivery that came again the first call counts.
    Of a small table the latest call counts whose deliveries of that kind are those that the run names: one with
    another came later, and one that lacks any is no whole delivery of it. Withdrawals that the run does not name were
    made later.

    Args:
        archive: The archive as known on the day of the run.
        run: What the run names.
        years: Calendar years whose returns the run surely read.

    Raises:
        ArchiveLacks: A delivery or a withdrawal that the run read is not there.
    """
    lacking = lacking_of(archive, run.digests)
    if lacking:
        raise ArchiveLacks(
            f"the archive {archive.layout.root} lacks {len(lacking)} of the {len(run.digests)} deliveries that the run "
            f"read (the first has the digest {min(lacking)[:16]}...); name the archive of the run with --archive"
        )
    seen: set[str] = set()
    kept = []
    then = less_withdrawn(archive, _withdrawals(archive, run))
    for receipt in then.receipts:
        fresh = _tables_read(receipt, run, frozenset(years), seen)
        if any(one.table in OF_RETURNS for one in fresh.tables):
            seen |= {one.sha256 for one in deliveries_of(receipt, _OF_RETURNS)}
        kept += [fresh] if fresh.tables else []
    return attrs.evolve(then, receipts=tuple(kept))


def _withdrawals(archive: Known, run: Named) -> tuple[Receipt, ...]:
    found = tuple(one for one in archive.every if one.withdrawal is not None and named(one) in run.withdrawals)
    lacking = set(run.withdrawals) - {named(one) for one in found}
    if lacking:
        raise ArchiveLacks(
            f"the archive {archive.layout.root} lacks the withdrawal of {min(one.received for one in lacking)} that "
            "the run knew of; name the archive of the run with --archive"
        )
    return found


def lacking_of(archive: Known, digests: Collection[str]) -> frozenset[str]:
    """The deliveries of these digests that no receipt of the archive names, withdrawn or not."""
    return frozenset(digests) - {one.sha256 for receipt in archive.every for one in receipt.deliveries}


def _tables_read(receipt: Receipt, run: Named, years: frozenset[int], seen: set[str]) -> Receipt:
    tables = tuple(one for one in receipt.tables if _was_read(receipt, one, run, years, seen))
    findings = tuple(one for one in receipt.tables if one.table == FINDINGS.name)
    return attrs.evolve(receipt, tables=(*tables, *findings) if tables else ())


def _was_read(receipt: Receipt, table: Derived, run: Named, years: frozenset[int], seen: set[str]) -> bool:
    if table.table == FINDINGS.name:
        return False
    wanted = run.digests
    if table.table not in OF_RETURNS:
        came = {one.sha256 for one in deliveries_of(receipt, (table.table,))}
        return bool(came) and run.of((table.table,)) <= came <= wanted
    of_returns = deliveries_of(receipt, _OF_RETURNS)
    later = any(one.sha256 not in wanted and years & set(one.years) for one in of_returns)
    of_year = [one for one in of_returns if not table.year or table.year in one.years]
    read = [one for one in of_year if one.sha256 in wanted]
    again = all(one.sha256 in seen for one in read)
    return bool(read) and not later and not again and (not table.year or len(read) == len(of_year))


__all__ = ["Named", "as_read", "lacking_of"]
