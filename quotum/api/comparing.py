"""Scenarios beside the law as it is, as frames."""

from collections.abc import Iterable

import pandas as pd
from attrs import frozen

from quotum.api.arguments import (
    Day,
    Place,
    choice,
    choice_or_none,
    day,
    day_or_none,
    path,
    text_or_none,
    texts,
    threads_or_none,
    told_plainly,
)
from quotum.api.arguments import year as calendar_year
from quotum.api.frames import frame
from quotum.comparison.record import BEHAVIOUR, Comparison
from quotum.comparison.tables import SIMULATION_TABLES
from quotum.law.wfsv.job_count import BASELINES
from quotum.parameters.kinds import RATE_RULES
from quotum.report.comparison_page import summary_of
from quotum.report.fragment import as_fragment
from quotum.report.reader import Reader
from quotum.simulate.compare import compare as compare_tables
from quotum.simulate.request import SimulationRequest, later_years
from quotum.simulate.sweeps import parse_sweep
from quotum.words import LANGUAGES


@frozen(eq=False, repr=False)
class Compared:
    """A comparison as frames, each with the columns of the table of the same name (`quotum.columns`)."""

    comparison: pd.DataFrame
    """Headline figures, a row per scenario; `law` first."""
    groups: pd.DataFrame
    """All employers, by sector, employees, wage bill and region."""
    cliffs: pd.DataFrame
    """Bands just below and above a limit."""
    distribution: pd.DataFrame
    """Net amount per employee."""
    shares: pd.DataFrame
    """Surcharge against bonus by share of target-group hours."""
    sweep: pd.DataFrame
    """Points of a sweep."""
    ranges: pd.DataFrame
    """Outcomes at both ends of figures given as a range."""
    parameters: pd.DataFrame
    """What each scenario reads, and where it differs."""
    assumptions: pd.DataFrame
    """What the figures rest on that is not law."""
    later_figures: pd.DataFrame
    """Figures assumed for a later year, and how they came about."""
    measures: pd.DataFrame
    """Cost of measures by published numbers."""
    panel: pd.DataFrame
    """The law over the published figures of the past."""
    tables: Comparison
    """The same as Arrow tables."""
    note: str = BEHAVIOUR
    """What these figures say nothing about."""
    language: str = "en"
    """Language of the summary."""

    def __repr__(self) -> str:
        """Year, day and scenarios."""
        compared = self.tables
        names = ", ".join(compared.scenarios)
        return f"<Compared: SIMULATION, {compared.year} as filed by {compared.as_of}: {names}>"

    def _repr_html_(self) -> str:
        reader = Reader(self.language)
        return as_fragment(summary_of(self.tables, reader), reader)


@told_plainly
def compare(
    archive: Place,
    year: int,
    as_of: Day,
    scenarios: Place | Iterable[Place] = (),
    *,
    known_on: Day | None = None,
    baseline: str | None = None,
    sweep: str | Iterable[str] = (),
    solve: str | None = None,
    basis: Place | Iterable[Place] = (),
    as_if: int | Iterable[int] = (),
    threads: int | None = None,
    memory_limit: str | None = None,
    language: str = "en",
) -> Compared:
    """Scenarios beside the law as it is, as `quotum simulate` compares them; nothing is settled or decided.

    Args:
        archive: Folder of the archive.
        year: Calendar year.
        as_of: Returns count as filed by the end of this day.
        scenarios: Files or shipped names, each an alternative; `a+b` merges two.
        known_on: Deliveries and parameters as known on this day.
        baseline: `counted`, `national` or `none`; counted when the archive holds returns of December 2012, otherwise
            national, when left out.
        sweep: One or two of PARAMETER=FROM:TO:STEP.
        solve: `balance` or `budget`, for the surcharge rate of every scenario.
        basis: Scenarios that hold for the law as it is too.
        as_if: Later years of which the law and the figures are taken over the rows of `year`.
        threads: Number of threads; all when None.
        memory_limit: Most memory for computing, such as "4GB".
        language: `en` or `nl`, of its summary.

    Raises:
        QuotumError: Something is wrong with what was asked, a scenario or the archive; each kind has its exit code.
    """
    request = SimulationRequest(
        archive=path("archive", archive),
        year=calendar_year(year),
        as_of=day("as_of", as_of),
        scenarios=texts("scenarios", scenarios),
        known_on=day_or_none("known_on", known_on),
        baseline=choice_or_none("baseline", baseline, BASELINES),
        sweeps=tuple(parse_sweep(text) for text in texts("sweep", sweep)),
        solve=choice_or_none("solve", solve, RATE_RULES),
        basis=texts("basis", basis),
        as_if=later_years(_years(as_if), year),
        threads=threads_or_none(threads),
        memory_limit=text_or_none("memory_limit", memory_limit),
    )
    spoken = choice("language", language, LANGUAGES)
    result = compare_tables(request)
    frames = {declared.name: frame(result.table(declared)) for declared in SIMULATION_TABLES}
    return Compared(**frames, tables=result, language=spoken)


def _years(as_if: int | Iterable[int]) -> tuple[int, ...]:
    """Checks later years, one or several."""
    return tuple(calendar_year(year) for year in ((as_if,) if isinstance(as_if, int) else as_if))
