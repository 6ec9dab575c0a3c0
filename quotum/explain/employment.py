"""The employments of the people of an employer, with those that came over with an undertaking.

Each message of each year in the archive is applied anew; what an employment is, and which pass over, says
`quotum.law.wtl.employments`, in ordinary Python that settles too.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import date

from attrs import frozen

from quotum.archive.known import Known
from quotum.explain.in_force import returns_in_force
from quotum.explain.predecessors import Transfers
from quotum.explain.records import Row, Said
from quotum.explain.rows import Facts, read_facts
from quotum.law.wtl.bonus import EMPLOYMENTS
from quotum.law.wtl.employments import WITHOUT_END, Employment, after_transfer, employments
from quotum.law.wtl.employments import Said as SaidOfRelation


@frozen
class History:
    """What is known of a person with an employer."""

    employments: tuple[Employment, ...] = ()
    """All employments, in order of their start."""
    came_over: frozenset[Employment] = frozenset()
    """Those of them with a transferor."""

    @property
    def starts(self) -> tuple[date, ...]:
        """First days of employments that are known to begin on it, in order."""
        return tuple(sorted({one.first_day for one in self.employments if one.start_known}))

    def words(self) -> tuple[tuple[str, str], ...]:
        """The employments as inputs."""
        return tuple(("employment", self._words(one)) for one in self.employments)

    def _words(self, one: Employment) -> str:
        until = "now" if one.last_day == WITHOUT_END else f"{one.last_day}"
        since = f"{one.first_day}" if one.start_known else f"{one.first_day} (first reported; start unknown)"
        return f"{since} to {until}{', came over in a transfer' if one in self.came_over else ''}"


def is_insured_employment(row: Row) -> bool:
    """An employment insured for at least one of WAO/WIA, WW and ZW (Wtl art. 1.1, 2.10)."""
    return row.income_kind in EMPLOYMENTS and row.insured


def histories(
    archive: Known, facts: Facts, transfers: Transfers, years: Collection[int], as_of: date
) -> dict[int, History]:
    """The employments of everybody in a row of the employer, by BSN.

    Args:
        archive: The archive as the run read it.
        facts: What it says about the employer, of these years.
        transfers: Transfers of undertaking around the employer.
        years: Calendar years whose returns tell of employments.
        as_of: Returns count as filed by the end of this day.
    """
    known = {facts.rsin: _employments(facts.of_years(*years), as_of)}
    for before in transfers.predecessors:
        known[before] = _employments(read_facts(archive, before, years, facts.people).said, as_of)
    came: dict[int, set[Employment]] = {}
    for one in transfers.all:
        here, there = known.get(one.transferor, {}), known.get(one.acquirer, {})
        for bsn in here.keys() & there.keys():
            after = after_transfer(here[bsn], there[bsn], one.on)
            over = set(after) - set(there[bsn])
            there[bsn] = after
            if one.acquirer == facts.rsin:
                came.setdefault(bsn, set()).update(over)
    return {bsn: History(found, frozenset(came.get(bsn, ()))) for bsn, found in known[facts.rsin].items()}


def _employments(said: Iterable[Said], as_of: date) -> dict[int, tuple[Employment, ...]]:
    returns, _ = returns_in_force(said, as_of)
    told: dict[int, list[SaidOfRelation]] = {}
    for row in (row for one in returns for row in one.rows):
        if row.bsn is not None and is_insured_employment(row):
            told.setdefault(row.bsn, []).append(_of_relation(row))
    return {bsn: employments(those) for bsn, those in told.items()}


def _of_relation(row: Row) -> SaidOfRelation:
    return SaidOfRelation(
        payroll_tax_number=row.number,
        relation_number=row.relation_number,
        started_on=row.started_on,
        ended_on=row.ended_on,
        first_reported=row.period.start,
        last_reported=row.period.end,
    )


Histories = Mapping[int, History]
