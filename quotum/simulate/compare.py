"""Comparison of scenarios with the law as it is: the steps in order."""

from collections.abc import Callable, Iterable
from itertools import pairwise

import pyarrow as pa
from attrs import frozen

from quotum.comparison import tables
from quotum.comparison.record import Comparison
from quotum.comparison.small_groups import Flags, Whole
from quotum.comparison.tables import LAW
from quotum.simulate import basis, groupings
from quotum.simulate.headline import Row, as_table, headline
from quotum.simulate.outcome import Outcome
from quotum.simulate.panel import panel
from quotum.simulate.plan import Alternative, Plan, plan
from quotum.simulate.record import digest_of_plan
from quotum.simulate.request import SimulationRequest
from quotum.simulate.session import STAGES, Session, session
from quotum.simulate.sweeps import points, range_rows, sweep_rows
from quotum.tables import Table
from quotum.words import DUTCH, in_language


@frozen
class Computed:
    """A scenario and its outcome."""

    alternative: Alternative
    """The scenario."""
    outcome: Outcome
    """Its outcome."""


def compare(request: SimulationRequest, progress: Callable[[str], None] = lambda _stage: None) -> Comparison:
    """Compares scenarios with the law as it is; settles nothing, and writes only files kept for the next comparison.

    Args:
        request: The request.
        progress: Called with the name of each stage as it begins.

    Raises:
        QuotumError: Each with its exit code.
    """
    return carry_out(plan(request), progress)


def carry_out(planned: Plan, progress: Callable[[str], None] = lambda _stage: None) -> Comparison:
    """Carries out a planned comparison.

    Raises:
        QuotumError: Each with its exit code.
    """
    points(planned, planned.request.sweeps)
    with session(planned, progress) as working:
        progress("scenarios")
        computed = [Computed(alternative, working.outcome(alternative)) for alternative in planned.alternatives]
        return _put_together(planned, working, computed, progress)


def _put_together(
    planned: Plan, working: Session, computed: list[Computed], progress: Callable[[str], None]
) -> Comparison:
    country = working.country
    laws = {item.alternative.year: item.outcome for item in computed if item.alternative.name == LAW}
    nets = {year: outcome.net for year, outcome in laws.items()}
    grouped = groupings.Groupings(country, _limit_of_groups(laws), _marks(computed, nets))
    last = planned.request.law_years[-1]

    def net(scenario: Computed) -> Whole:
        return nets[scenario.alternative.year]

    def all_rows(declared: Table, of: Callable[[Computed], Iterable[Row]]) -> pa.Table:
        return as_table(declared, [row for scenario in computed for row in of(scenario)])

    rest_on = [
        row for scenario in computed for row in basis.assumption_rows(planned, scenario.alternative, scenario.outcome)
    ]

    def ranged(scenario: Computed) -> Iterable[Row]:
        return range_rows(planned, country, working.outcome, scenario.alternative, scenario.outcome)

    swept = list(sweep_rows(planned, country, working.outcome, progress))
    progress("tables")
    return Comparison(
        year=planned.request.year,
        as_of=planned.request.as_of,
        known_on=planned.request.known_on,
        scenarios=planned.names,
        comparison=all_rows(
            tables.COMPARISON,
            lambda scenario: [headline(country, scenario.alternative, scenario.outcome, net(scenario))],
        ),
        groups=all_rows(
            tables.GROUPS, lambda scenario: grouped.rows(scenario.alternative, scenario.outcome, net(scenario))
        ),
        cliffs=all_rows(
            tables.CLIFFS,
            # Of the last year alone: bands at limits that lie close together would reveal who is between them.
            lambda scenario: (
                groupings.cliffs(
                    country,
                    scenario.alternative,
                    scenario.outcome,
                    net(scenario),
                    working.levy_hours(scenario.alternative),
                )
                if scenario.alternative.year == last
                else ()
            ),
        ),
        distribution=all_rows(
            tables.DISTRIBUTION,
            lambda scenario: groupings.distribution(country, scenario.alternative, scenario.outcome),
        ),
        shares=all_rows(
            tables.SHARES, lambda scenario: groupings.shares(country, scenario.alternative, scenario.outcome, grouped)
        ),
        sweep=as_table(tables.SWEEP, swept),
        ranges=all_rows(tables.RANGES, ranged),
        parameters=all_rows(tables.PARAMETERS, lambda scenario: basis.parameter_rows(planned, scenario.alternative)),
        assumptions=as_table(tables.ASSUMPTIONS, rest_on),
        later_figures=all_rows(tables.LATER_FIGURES, lambda scenario: basis.later_figure_rows(scenario.alternative)),
        measures=all_rows(tables.MEASURES, lambda scenario: basis.measure_rows(scenario.alternative, scenario.outcome)),
        panel=panel(planned.book, planned.request.known_on),
        sweep_parameters=tuple(sweep.parameter for sweep in planned.request.sweeps),
        digest=digest_of_plan(planned),
        as_if=planned.request.law_years,
        dutch={text: in_language(text, DUTCH) for row in rest_on for text in (row["text"], row["value"]) if text},
    )


def _limit_of_groups(laws: dict[int, Outcome]) -> int | None:
    """Returns the limit of small employers by which employers are grouped: of the first year of the law that has it.

    A limit for every year would put a few employers in another group from year to year, and reveal them.
    """
    limits = (laws[year].terms.small_limit_cents for year in sorted(laws))
    return next((limit for limit in limits if limit is not None), None)


def _marks(computed: list[Computed], law_nets: dict[int, Whole]) -> list[Flags]:
    """Marks the employers that contribute to a figure of a scenario, or to its difference from the year before."""
    marks = []
    for item in computed:
        marks += groupings.marks_of(item.outcome, law_nets[item.alternative.year])
    for before, after in pairwise(computed):
        if before.alternative.name == after.alternative.name:
            marks.append(before.outcome.net != after.outcome.net)
    return marks


__all__ = ["STAGES", "carry_out", "compare", "plan"]
