"""What is told of an employer under each regime: its rules in their order."""

from collections.abc import Callable, Collection, Mapping
from typing import Final

from quotum.explain.evidence import evidence
from quotum.explain.remaking import Remade
from quotum.explain.rules import (
    allocations,
    in_force,
    lkv,
    quota_hours,
    quota_levy,
    settlement,
    small_employer,
    surcharge,
    target_group,
)
from quotum.explain.rules.rows import rows_of
from quotum.explain.step import Step
from quotum.explain.telling import Telling
from quotum.law.kinds_of_work import counts_until_2025, in_surcharge_base
from quotum.law.wfsv.quota_hours import hours_count, year_before_filed_by
from quotum.law.wtl.bonus import of_every_benefit
from quotum.run.stages.grants import pension_limits
from quotum.run_folder.request import AS_ENACTED, QUOTA_LEVY

_PERIOD = ["period_start", "period_end"]


def as_enacted(remade: Remade, telling: Telling) -> tuple[Step, ...]:
    """LKV and bonus, the small employer, and the surcharge."""
    found, year, archive = remade.made.found, remade.year, remade.prepared.archive
    messages = in_force.messages_of(remade, found, year, remade.run.as_of)
    papers = evidence(archive)
    limits = remade.engine.table(pension_limits(year, remade.prepared.figures))
    of_age = found.rows.join(limits, on=_PERIOD, how="inner")
    rules = (in_surcharge_base(), counts_until_2025(), of_every_benefit())
    rows = rows_of(remade, of_age, messages, papers, telling, *rules)
    return (
        *in_force.steps(messages, telling),
        *target_group.steps(rows, telling),
        *small_employer.steps(remade, telling),
        *lkv.steps(remade, rows, papers, telling),
        *surcharge.steps(remade, rows, messages, telling),
        *settlement.steps(remade, telling),
    )


def levy(remade: Remade, telling: Telling) -> tuple[Step, ...]:
    """Hours of both years, allocations, shortage and levy."""
    counted, year, as_of = remade.made.counted, remade.year, remade.run.as_of
    before = in_force.messages_of(remade, counted.before, year - 1, year_before_filed_by(year, as_of))
    messages = in_force.messages_of(remade, counted.found, year, as_of)
    rows = rows_of(remade, counted.rows, messages, evidence(remade.prepared.archive), telling, hours_count())
    return (
        *in_force.steps(before, telling),
        *in_force.steps(messages, telling),
        *target_group.steps(rows, telling),
        *quota_hours.year_before_steps(remade, before, telling),
        *quota_hours.row_steps(rows, telling),
        *allocations.steps(remade, telling),
        *quota_levy.steps(remade, telling),
    )


TOLD: Final[Mapping[str, Callable[[Remade, Telling], Collection[Step]]]] = {AS_ENACTED: as_enacted, QUOTA_LEVY: levy}
"""By the name of the regime."""
