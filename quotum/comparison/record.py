"""Result of a simulation: a record with a table for everything that is shown."""

from datetime import date
from typing import Final

import pyarrow as pa
from attrs import field, frozen

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
    measures: pa.Table = field(factory=lambda: empty(tables.MEASURES))
    """`tables.MEASURES`: cost of measures by published numbers of people."""
    panel: pa.Table = field(factory=lambda: empty(tables.PANEL))
    """`tables.PANEL`: the law over the published figures of the past."""
    sweep_parameters: tuple[str, ...] = ()
    """Swept parameters: none, one or two."""
    digest: str = ""
    """Digest of the inputs, dates, code and scenarios behind the figures."""

    def table(self, declared: Table) -> pa.Table:
        """Returns the table of a declaration of `quotum.comparison.tables`."""
        rows: pa.Table = getattr(self, declared.name)
        return rows


__all__ = ["BEHAVIOUR", "BEHAVIOUR_DUTCH", "Comparison", "empty"]
