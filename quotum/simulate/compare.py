"""Comparing scenarios with the law as it is: the steps in their order."""

from collections.abc import Callable, Iterable

import pyarrow as pa
from attrs import frozen

from quotum.comparison import tables
from quotum.comparison.record import Comparison
from quotum.simulate import basis, groupings
from quotum.simulate.headline import Row, as_table, headline
from quotum.simulate.keeping import short_digest
from quotum.simulate.outcome import Outcome
from quotum.simulate.panel import panel
from quotum.simulate.plan import Alternative, Plan, plan
from quotum.simulate.request import SimulationRequest
from quotum.simulate.session import STAGES, Session, session
from quotum.simulate.sweeping import points, range_rows, sweep_rows
from quotum.tables import Table


@frozen
class Computed:
    """A scenario and what it comes to."""

    alternative: Alternative
    """The scenario."""
    outcome: Outcome
    """What it comes to."""


def compare(request: SimulationRequest, progress: Callable[[str], None] = lambda _stage: None) -> Comparison:
    """Scenarios beside the law as it is; nothing is settled and nothing is written but what is kept for next time.

    Args:
        request: What is asked.
        progress: Told the name of each stage as it begins.

    Raises:
        QuotumError: Each with its exit code.
    """
    return carry_out(plan(request), progress)


def carry_out(planned: Plan, progress: Callable[[str], None] = lambda _stage: None) -> Comparison:
    """The comparison that was planned.

    Raises:
        QuotumError: Each with its exit code.
    """
    points(planned, planned.request.sweeps)
    with session(planned, progress) as working:
        progress("scenarios")
        computed = [Computed(one, working.outcome(one)) for one in planned.alternatives]
        return _put_together(planned, working, computed, progress)


def _put_together(
    planned: Plan, working: Session, computed: list[Computed], progress: Callable[[str], None]
) -> Comparison:
    country, law = working.country, computed[0].outcome
    grouped = groupings.Groupings(country, law.terms.small_limit_cents, [one.outcome for one in computed])

    def all_rows(declared: Table, of: Callable[[Computed], Iterable[Row]]) -> pa.Table:
        return as_table(declared, [row for one in computed for row in of(one)])

    def ranged(one: Computed) -> Iterable[Row]:
        return range_rows(planned, country, working.outcome, one.alternative, one.outcome)

    swept = list(sweep_rows(planned, country, working.outcome, progress))
    progress("tables")
    net = law.net
    return Comparison(
        year=planned.request.year,
        as_of=planned.request.as_of,
        known_on=planned.request.known_on,
        scenarios=tuple(one.alternative.name for one in computed),
        comparison=all_rows(tables.COMPARISON, lambda one: [headline(country, one.alternative, one.outcome, net)]),
        groups=all_rows(tables.GROUPS, lambda one: grouped.rows(one.alternative, one.outcome, net)),
        cliffs=all_rows(
            tables.CLIFFS,
            lambda one: groupings.cliffs(
                country, one.alternative, one.outcome, net, working.levy_hours(one.alternative)
            ),
        ),
        distribution=all_rows(
            tables.DISTRIBUTION, lambda one: groupings.distribution(country, one.alternative, one.outcome)
        ),
        shares=all_rows(tables.SHARES, lambda one: groupings.shares(country, one.alternative, one.outcome, grouped)),
        sweep=as_table(tables.SWEEP, swept),
        ranges=all_rows(tables.RANGES, ranged),
        parameters=all_rows(tables.PARAMETERS, lambda one: basis.parameter_rows(planned, one.alternative)),
        assumptions=all_rows(
            tables.ASSUMPTIONS, lambda one: basis.assumption_rows(planned, one.alternative, one.outcome)
        ),
        measures=all_rows(tables.MEASURES, lambda one: basis.measure_rows(one.alternative, one.outcome)),
        panel=panel(planned.book, planned.request.known_on),
        sweep_parameters=tuple(one.parameter for one in planned.request.sweeps),
        digest=_digest(planned, working),
    )


def _digest(planned: Plan, working: Session) -> str:
    said = [None if one.scenario is None else one.scenario.as_json() for one in planned.alternatives]
    sweeps = [[one.parameter, one.first, one.last, one.step] for one in planned.request.sweeps]
    return short_digest([working.digests, said, sweeps])


__all__ = ["STAGES", "carry_out", "compare", "plan"]
