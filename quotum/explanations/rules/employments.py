"""The employments of the people of an employer as the stages have them, with those that came over in a transfer."""

from collections.abc import Iterable, Mapping
from datetime import date

import pyarrow as pa
from attrs import frozen

from quotum.explanations.rebuild import Rebuild
from quotum.explanations.telling import Pairs, Telling
from quotum.explanations.words import CAME_OVER, EMPLOYMENT_DAYS, NOW, START_UNKNOWN
from quotum.law.wtl.employments import WITHOUT_END, Employment, ReportedRelation, employments, employments_of
from quotum.run.stages.reported_employments import transfers_by_transferor
from quotum.run.stages.rights import told_of, years_with_employments


@frozen
class History:
    """What is known of a person with an employer."""

    employments: tuple[Employment, ...] = ()
    """All employments, in order of their start."""
    came_over: frozenset[Employment] = frozenset()
    """Employments with a transferor."""

    @property
    def starts(self) -> tuple[date, ...]:
        """First days of employments that are known to begin on it, in order."""
        return tuple(sorted({employment.first_day for employment in self.employments if employment.start_known}))

    def words(self, telling: Telling) -> Pairs:
        """The employments as inputs."""
        return telling.inputs(*(("employment", self._words(employment, telling)) for employment in self.employments))

    def _words(self, employment: Employment, telling: Telling) -> str:
        until = telling.say(NOW) if employment.last_day == WITHOUT_END else f"{employment.last_day}"
        since = (
            f"{employment.first_day}"
            if employment.start_known
            else telling.say(START_UNKNOWN, day=employment.first_day)
        )
        over = telling.say(CAME_OVER) if employment in self.came_over else ""
        return telling.say(EMPLOYMENT_DAYS, since=since, until=until, over=over)


Histories = Mapping[int, History]
"""By BSN."""


def histories(rebuild: Rebuild, people: Iterable[int]) -> Histories:
    """The employments of people with the employer; empty when no right depends on employments.

    Args:
        rebuild: What the stages make.
        people: By BSN.
    """
    results, archive, request = rebuild.results, rebuild.prepared.archive, rebuild.prepared.request
    years = years_with_employments(archive, results.evidence, results.terms.lkv, request.year)
    if not years:
        return {}
    persons = rebuild.engine.table(pa.table({"bsn": pa.array(sorted(people), pa.int64())}))
    before = [year for year in years if year < request.year]
    reports: dict[int, dict[int, list[ReportedRelation]]] = {}
    for table in told_of(rebuild.engine, archive, results.year_rows, persons, before, request.as_of):
        for row in rebuild.rows(table):
            names = ("payroll_tax_number", "relation_number", "started_on", "ended_on", "period_start", "period_end")
            of_person = reports.setdefault(row["bsn"], {})
            of_person.setdefault(row["rsin"], []).append(ReportedRelation(*(row[name] for name in names)))
    moved = transfers_by_transferor(results.evidence.transfers)
    return {bsn: _history(rebuild.rsin, of, moved) for bsn, of in reports.items() if rebuild.rsin in of}


def _history(
    rsin: int, reports: Mapping[int, list[ReportedRelation]], moved: Mapping[int, list[tuple[date, int, int]]]
) -> History:
    known = employments_of(reports, moved)[rsin]
    return History(known, frozenset(known) - frozenset(employments(reports[rsin])))
