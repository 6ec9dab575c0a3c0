"""An archive as a finished run read it: what was delivered later, or never read, is left out."""

from collections.abc import Collection

import attrs

from quotum.archive.known import FINDINGS, Known, deliveries_of
from quotum.archive.receipts import Derived, Receipt
from quotum.errors import ArchiveLacks
from quotum.intake.delivery.recognise import LOONAANGIFTE
from quotum.tables import OF_RETURNS, RETURNS


def as_read(archive: Known, digests: Collection[str], years: Collection[int]) -> Known:
    """The receive calls that a run read, each with only the tables it read.

    Rows of returns count of every call that has deliveries which the run names, and none with returns of the years
    it surely read that it does not name: such a call came later. Of a small table the latest call whose deliveries
    of that kind are all named counts: a later one has a delivery that the run does not know.

    Args:
        archive: The archive as known on the day of the run.
        digests: SHA-256 of every delivery that the run names.
        years: Calendar years whose returns the run surely read.

    Raises:
        ArchiveLacks: A delivery that the run read is not there.
    """
    wanted = frozenset(digests)
    lacking = lacking_of(archive, wanted)
    if lacking:
        raise ArchiveLacks(
            f"the archive {archive.layout.root} lacks {len(lacking)} of the {len(wanted)} deliveries that the run read "
            f"(the first has the digest {min(lacking)[:16]}...); name the archive of the run with --archive"
        )
    kept = (_tables_read(receipt, wanted, frozenset(years)) for receipt in archive.receipts)
    return attrs.evolve(archive, receipts=tuple(receipt for receipt in kept if receipt.tables))


def lacking_of(archive: Known, digests: Collection[str]) -> frozenset[str]:
    """The deliveries of these digests that no receipt of the archive names."""
    return frozenset(digests) - {one.sha256 for receipt in archive.receipts for one in receipt.deliveries}


def _tables_read(receipt: Receipt, wanted: frozenset[str], years: frozenset[int]) -> Receipt:
    tables = tuple(one for one in receipt.tables if _was_read(receipt, one, wanted, years))
    findings = tuple(one for one in receipt.tables if one.table == FINDINGS.name)
    return attrs.evolve(receipt, tables=(*tables, *findings) if tables else ())


def _was_read(receipt: Receipt, table: Derived, wanted: frozenset[str], years: frozenset[int]) -> bool:
    if table.table == FINDINGS.name:
        return False
    if table.table not in OF_RETURNS:
        came = {one.sha256 for one in deliveries_of(receipt, (table.table,))}
        return bool(came) and came <= wanted
    of_returns = deliveries_of(receipt, (RETURNS.name, LOONAANGIFTE))
    later = any(one.sha256 not in wanted and years & set(one.years) for one in of_returns)
    of_year = [one for one in of_returns if not table.year or table.year in one.years]
    named = [one for one in of_year if one.sha256 in wanted]
    return bool(named) and not later and (not table.year or len(named) == len(of_year))


__all__ = ["as_read", "lacking_of"]
