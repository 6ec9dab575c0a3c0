"""An archive as a finished run read it: what was delivered later, or never read, is left out."""

from collections.abc import Collection

import attrs

from quotum.archive.known import FINDINGS, FRAGMENTS, Known, deliveries_of
from quotum.archive.receipts import Derived, Receipt
from quotum.errors import ArchiveLacks
from quotum.intake.recognise import LOONAANGIFTE
from quotum.tables import INCOME_RELATIONS, RETURNS

_OF_RETURNS = frozenset({FRAGMENTS.name, INCOME_RELATIONS.name, FINDINGS.name})


def as_read(archive: Known, digests: Collection[str]) -> Known:
    """The receive calls that a run read, each with only the tables it read.

    Rows of returns count of every call whose deliveries the run names. Of a small table the latest call whose
    deliveries of that kind are all named counts: a later one has a delivery that the run does not know.

    Args:
        archive: The archive as known on the day of the run.
        digests: SHA-256 of every delivery that the run names.

    Raises:
        ArchiveLacks: A delivery that the run read is not there.
    """
    wanted = frozenset(digests)
    lacking = wanted - {one.sha256 for receipt in archive.receipts for one in receipt.deliveries}
    if lacking:
        raise ArchiveLacks(
            f"the archive {archive.layout.root} lacks {len(lacking)} of the {len(wanted)} deliveries that the run read "
            f"(the first has the digest {min(lacking)[:16]}...); name the archive of the run with --archive"
        )
    kept = (_tables_read(receipt, wanted) for receipt in archive.receipts)
    return attrs.evolve(archive, receipts=tuple(receipt for receipt in kept if receipt.tables))


def _tables_read(receipt: Receipt, wanted: frozenset[str]) -> Receipt:
    return attrs.evolve(receipt, tables=tuple(one for one in receipt.tables if _was_read(receipt, one, wanted)))


def _was_read(receipt: Receipt, table: Derived, wanted: frozenset[str]) -> bool:
    kinds = (RETURNS.name, LOONAANGIFTE) if table.table in _OF_RETURNS else (table.table,)
    came = {one.sha256 for one in deliveries_of(receipt, kinds)}
    return bool(came) and came <= wanted
