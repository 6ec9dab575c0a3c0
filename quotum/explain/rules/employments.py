"""The employments of the people of an employer as the stages have them, with those that came over in a transfer."""

from collections.abc import Iterable, Mapping
from datetime import date

import pyarrow as pa
from attrs import frozen

from quotum.explain.remaking import Remade
from quotum.explain.telling import Named, Telling
from quotum.explain.words import CAME_OVER, EMPLOYMENT_DAYS, NOW, START_UNKNOWN
from quotum.law.wtl.employments import WITHOUT_END, Employment, ReportedRelation, employments, employments_of
from quotum.run.stages.reported_employments import transfers_by_transferor
from quotum.run.stages.rights import told_of, years_with_employments


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

    def words(self, telling: Telling) -> Named:
        """The employments as inputs."""
        return telling.inputs(*(("employment", self._words(one, telling)) for one in self.employments))

    def _words(self, one: Employment, telling: Telling) -> str:
        until = telling.say(NOW) if one.last_day == WITHOUT_END else f"{one.last_day}"
        since = f"{one.first_day}" if one.start_known else telling.say(START_UNKNOWN, day=one.first_day)
        over = telling.say(CAME_OVER) if one in self.came_over else ""
        return telling.say(EMPLOYMENT_DAYS, since=since, until=until, over=over)


Histories = Mapping[int, History]
"""By BSN."""


def histories(remade: Remade, people: Iterable[int]) -> Histories:
    """The employments of people with the employer; nothing where no right hangs on one.

    Args:
        remade: What the stages make.
        people: By BSN.
    """
    made, archive, request = remade.made, remade.prepared.archive, remade.prepared.request
    years = years_with_employments(archive, made.evidence, made.terms.lkv, request.year)
    if not years:
        return {}
    persons = remade.engine.table(pa.table({"bsn": pa.array(sorted(people), pa.int64())}))
    before = [year for year in years if year < request.year]
    said: dict[int, dict[int, list[ReportedRelation]]] = {}
    for told in told_of(remade.engine, archive, made.year_rows, persons, before, request.as_of):
        for one in remade.rows(told):
            names = ("payroll_tax_number", "relation_number", "started_on", "ended_on", "period_start", "period_end")
            of_person = said.setdefault(one["bsn"], {})
            of_person.setdefault(one["rsin"], []).append(ReportedRelation(*(one[name] for name in names)))
    moved = transfers_by_transferor(made.evidence.transfers)
    return {bsn: _history(remade.rsin, of, moved) for bsn, of in said.items() if remade.rsin in of}


def _history(
    rsin: int, said: Mapping[int, list[ReportedRelation]], moved: Mapping[int, list[tuple[date, int, int]]]
) -> History:
    known = employments_of(said, moved)[rsin]
    return History(known, frozenset(known) - frozenset(employments(said[rsin])))
