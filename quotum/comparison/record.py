"""Result of a simulation: a record with a table for everything that is shown."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc
from attrs import evolve, field, frozen

from quotum.comparison import tables
from quotum.tables import Table

BEHAVIOUR: Final = (
    "Nothing is simulated about behaviour: who hires more, or files otherwise, because of a bonus or a surcharge is "
    "not in these figures."
)
BEHAVIOUR_DUTCH: Final = (
    "Gedrag is niet gesimuleerd: wie door een bonus of een opslag meer mensen aanneemt of anders aangifte doet, zit "
    "niet in deze cijfers."
)
"""The note on every output of a simulation."""


def empty(table: Table) -> pa.Table:
    """Returns a table of a comparison without rows."""
    return table.written_schema.empty_table()


@frozen(eq=False)
class Comparison:
    """Scenarios beside the law as it is. Always a simulation: it decides and settles nothing.

    Each table is a `pyarrow.Table` with the columns of the declaration of the same name in
    `quotum.comparison.tables`, sorted by its key. Place 0 and the name `law` are the law as it is;
    the scenarios follow in the order in which they were given.
    """

    year: int
    """Calendar year."""
    as_of: date
    """Returns count as filed by the end of this day."""
    known_on: date | None
    """Deliveries and parameters as known on this day; None: as known now."""
    scenarios: tuple[str, ...]
    """Names, in the order of `place`: `law` first."""
    comparison: pa.Table
    """`tables.COMPARISON`: headline figures, a row per scenario."""
    groups: pa.Table
    """`tables.GROUPS`: all employers, by sector, employees, wage bill and (when delivered) region."""
    cliffs: pa.Table
    """`tables.CLIFFS`: bands just below and above a limit."""
    distribution: pa.Table
    """`tables.DISTRIBUTION`: net amount per employee."""
    shares: pa.Table
    """`tables.SHARES`: surcharge against bonus by share of target-group hours; scenarios with a surcharge only."""
    sweep: pa.Table = field(factory=lambda: empty(tables.SWEEP))
    """`tables.SWEEP`: without rows when there was no sweep."""
    ranges: pa.Table = field(factory=lambda: empty(tables.RANGES))
    """`tables.RANGES`: figures with a range, always including the saving per job."""
    parameters: pa.Table = field(factory=lambda: empty(tables.PARAMETERS))
    """`tables.PARAMETERS`: parameters that each scenario reads, and differences from the law as it is."""
    assumptions: pa.Table = field(factory=lambda: empty(tables.ASSUMPTIONS))
    """`tables.ASSUMPTIONS`: the note on behaviour first, then assumed figures, readings, notes and remarks."""
    later_figures: pa.Table = field(factory=lambda: empty(tables.LATER_FIGURES))
    """`tables.LATER_FIGURES`: figures assumed for a later year; without rows for the year of the rows itself."""
    measures: pa.Table = field(factory=lambda: empty(tables.MEASURES))
    """`tables.MEASURES`: cost of measures by published numbers of people."""
    panel: pa.Table = field(factory=lambda: empty(tables.PANEL))
    """`tables.PANEL`: the law over the published figures of the past."""
    sweep_parameters: tuple[str, ...] = ()
    """Swept parameters: none, one or two."""
    digest: str = ""
    """Digest of the inputs, dates, code and scenarios behind the figures."""
    as_if: tuple[int, ...] = ()
    """Calendar years of the law and the figures, ascending; none: `year` alone."""
    dutch: Mapping[str, str] = MappingProxyType({})
    """Dutch of texts in `assumptions` that have it, by their English: tables hold English alone."""

    @property
    def law_years(self) -> tuple[int, ...]:
        """Calendar years of the law and the figures, ascending."""
        return self.as_if or (self.year,)

    def of_year(self, year: int) -> "Comparison":
        """Returns the comparison under the law of a year alone, with places as if it had been asked alone."""
        if self.law_years == (year,):
            return self
        changed = {
            declared.name: _of_year(self.table(declared), year, self.scenarios)
            for declared in tables.SIMULATION_TABLES
            if "scenario" in self.table(declared).column_names
        }
        return evolve(self, as_if=(year,), **changed)

    def table(self, declared: Table) -> pa.Table:
        """Returns the table of a declaration of `quotum.comparison.tables`."""
        rows: pa.Table = getattr(self, declared.name)
        return rows


def _of_year(rows: pa.Table, year: int, scenarios: tuple[str, ...]) -> pa.Table:
    """Returns the rows of a year; a place is the number of the scenario."""
    chosen = rows.filter(pc.equal(rows["year"], year))
    if "place" not in chosen.column_names:
        return chosen
    places = pc.index_in(chosen["scenario"], value_set=pa.array(scenarios, pa.string())).cast(chosen["place"].type)
    return chosen.set_column(chosen.column_names.index("place"), chosen.schema.field("place"), places)


__all__ = ["BEHAVIOUR", "BEHAVIOUR_DUTCH", "Comparison", "empty"]
