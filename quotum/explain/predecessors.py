"""The transfers of undertaking (overgang van onderneming) that can matter to an employer, and from whom."""

from collections.abc import Iterable
from fractions import Fraction

from attrs import frozen

from quotum.archive.known import Known
from quotum.explain.records import Listed
from quotum.explain.rows import read_latest, read_listed
from quotum.law.wfsv.transfers import Transfer
from quotum.tables import TRANSFERS


@frozen
class Transfers:
    """The transfers around an employer."""

    all: tuple[Transfer, ...]
    """Those of the employer and of everybody something came from, in order of day."""
    predecessors: tuple[int, ...]
    """Everybody something came from, directly or through another, without the employer itself."""
    listed: dict[int, Listed]
    """All parties, as in the employers delivery; those that it lacks are not there."""
    delivered: bool
    """Whether the run read transfers at all."""


def read_transfers(archive: Known, rsin: int) -> Transfers:
    """The transfers that can matter to an employer.

    Args:
        archive: The archive as the run read it.
        rsin: The employer.
    """
    delivered = archive.latest(TRANSFERS) is not None
    rows = read_latest(archive, TRANSFERS, [[]])
    found = [Transfer(one["from_rsin"], one["to_rsin"], one["on_day"], Fraction(one["share"])) for one in rows]
    before = _predecessors(found, rsin)
    mine = [one for one in found if {one.transferor, one.acquirer} & {*before, rsin}]
    parties = {party for one in mine for party in (one.transferor, one.acquirer)}
    return Transfers(
        all=tuple(sorted(mine, key=lambda one: (one.on, one.transferor, one.acquirer))),
        predecessors=tuple(sorted(before - {rsin})),
        listed=read_listed(archive, parties),
        delivered=delivered,
    )


def _predecessors(transfers: Iterable[Transfer], rsin: int) -> set[int]:
    transfers = tuple(transfers)
    found, fresh = set[int](), {rsin}
    while fresh:
        fresh = {one.transferor for one in transfers if one.acquirer in fresh} - found
        found |= fresh
    return found
