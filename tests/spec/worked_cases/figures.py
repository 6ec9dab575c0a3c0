"""The figures that a worked case rests on: value, source, and whether it is enacted, published, assumed or made up."""

from collections.abc import Iterator, Mapping
from datetime import date

from quotum.parameters.figures import Figures
from tests.spec import tables
from tests.spec.worked_cases.arithmetic import names_in
from tests.spec.worked_cases.case import Case

SCENARIO = "scenario"
MADE_UP = {"en": "made up for this case", "nl": "verzonnen voor dit geval"}


def figures_of(case: Case) -> Figures:
    """The parameters as the scenario of a case sets them."""
    return tables.figures_with(**case.settings)


def used(case: Case) -> Mapping[str, Mapping[str, object]]:
    """Every figure that the arithmetic of a case names, by name."""
    figures, on = figures_of(case), date(case.year, 1, 1)
    names = sorted({name for step in case.steps for name in names_in(step.formula)})
    return {name: dict(_shown(figures, name, on)) for name in names}


def _shown(figures: Figures, name: str, on: date) -> Iterator[tuple[str, object]]:
    """A figure for a reader; that of the parameter files when a scenario sets what stands there."""
    figure, shipped = figures.peek(name, on), tables.figures_with()
    if shipped.has(name, on) and shipped.peek(name, on).value == figure.value:
        figure = shipped.peek(name, on)
    yield from {"name": name, "value": figure.value, "unit": figure.unit, "dutch": figure.dutch}.items()
    yield from {"provision": figure.provision, "status": figure.status}.items()
    yield "source", MADE_UP if figure.status == SCENARIO else {"en": figure.source, "nl": figure.source}
