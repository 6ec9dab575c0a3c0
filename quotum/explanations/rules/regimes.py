"""The steps of an employer under each regime, rule by rule."""

from collections.abc import Callable, Collection, Mapping
from typing import Final

from quotum.explanations.evidence import evidence
from quotum.explanations.rebuild import Rebuild
from quotum.explanations.rules import (
    allocations,
    lkv,
    quota_hours,
    quota_levy,
    returns_in_force,
    settlement,
    small_employer,
    surcharge,
    target_group,
)
from quotum.explanations.rules.rows import rows_of
from quotum.explanations.step import Step
from quotum.explanations.telling import Telling
from quotum.law.kinds_of_work import counts_until_2025, in_surcharge_base
from quotum.law.wfsv.quota_hours import hours_count, year_before_filed_by
from quotum.law.wtl.bonus import of_every_benefit
from quotum.run.stages.grants import pension_limits
from quotum.run_folder.request import AS_ENACTED, QUOTA_LEVY

_PERIOD = ["period_start", "period_end"]


def as_enacted(rebuild: Rebuild, telling: Telling) -> tuple[Step, ...]:
    """LKV and bonus, the small employer, and the surcharge."""
    year_rows, year, archive = rebuild.results.year_rows, rebuild.year, rebuild.prepared.archive
    messages = returns_in_force.messages_of(rebuild, year_rows, year, rebuild.run.as_of)
    papers = evidence(archive)
    limits = rebuild.engine.table(pension_limits(year, rebuild.prepared.figures))
    of_age = year_rows.rows.join(limits, on=_PERIOD, how="inner")
    rules = (in_surcharge_base(), counts_until_2025(), of_every_benefit())
    rows = rows_of(rebuild, of_age, messages, papers, telling, *rules)
    return (
        *returns_in_force.steps(messages, telling),
        *target_group.steps(rows, telling),
        *small_employer.steps(rebuild, telling),
        *lkv.steps(rebuild, rows, papers, telling),
        *surcharge.steps(rebuild, rows, messages, telling),
        *settlement.steps(rebuild, telling),
    )


def levy(rebuild: Rebuild, telling: Telling) -> tuple[Step, ...]:
    """Hours of both years, allocations, shortage and levy."""
    counted, year, as_of = rebuild.results.counted, rebuild.year, rebuild.run.as_of
    before = returns_in_force.messages_of(rebuild, counted.before, year - 1, year_before_filed_by(year, as_of))
    messages = returns_in_force.messages_of(rebuild, counted.year_rows, year, as_of)
    rows = rows_of(rebuild, counted.rows, messages, evidence(rebuild.prepared.archive), telling, hours_count())
    return (
        *returns_in_force.steps(before, telling),
        *returns_in_force.steps(messages, telling),
        *target_group.steps(rows, telling),
        *quota_hours.year_before_steps(rebuild, before, telling),
        *quota_hours.row_steps(rows, telling),
        *allocations.steps(rebuild, telling),
        *quota_levy.steps(rebuild, telling),
    )


RULES_BY_REGIME: Final[Mapping[str, Callable[[Rebuild, Telling], Collection[Step]]]] = {
    AS_ENACTED: as_enacted,
    QUOTA_LEVY: levy,
}
"""By the name of the regime."""
