"""Request of a simulation."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from attrs import frozen

from quotum.run_folder.request import AS_ENACTED, Request


@frozen
class Sweep:
    """A parameter and the values it takes in turn, both ends included."""

    parameter: str
    """Name of the parameter."""
    first: str
    """First value, as a scenario writes it."""
    last: str
    """Last value, included when the steps reach it."""
    step: str
    """Step, above zero."""


def later_years(years: Iterable[int], year: int) -> tuple[int, ...]:
    """Returns the years of the law as a request has them: each once, ascending; none for the year of the rows alone.

    Args:
        years: Years that were asked for.
        year: Calendar year of the rows.
    """
    ordered = tuple(sorted(set(years)))
    return () if ordered == (year,) else ordered


@frozen
class SimulationRequest:
    """A requested simulation."""

    archive: Path
    """Folder of the archive."""
    year: int
    """Calendar year."""
    as_of: date
    """Returns count as filed by the end of this day."""
    scenarios: tuple[str, ...] = ()
    """Alternatives, each a file or a shipped name, or several joined by `+`."""
    known_on: date | None = None
    """Deliveries and parameters as known on this day."""
    baseline: str | None = None
    """`counted`, `national` or `none`; None: counted where the archive holds returns of December 2012."""
    sweeps: tuple[Sweep, ...] = ()
    """One or two parameters to sweep, over every scenario (or the law when none is given)."""
    solve: str | None = None
    """`balance` or `budget`: the rule for the surcharge rate of every scenario, whatever it sets."""
    basis: tuple[str, ...] = ()
    """Scenarios that also apply to the law as it is, such as targets at the scale of a made-up country."""
    threads: int | None = None
    """Number of threads; all processors when None."""
    memory_limit: str | None = None
    """Largest memory for the engine."""
    engine: str = "duckdb"
    """Engine, an element of `engine.ENGINES`; no result depends on it."""
    rows: str | None = None
    """URI of a copy of the folder `rows` of the archive, for Spark; the archive itself when None."""
    as_if: tuple[int, ...] = ()
    """Calendar years of which the law and the figures are taken; none: only `year` itself."""

    @property
    def law_years(self) -> tuple[int, ...]:
        """Calendar years of the law, each once, ascending: a column each."""
        return tuple(sorted(set(self.as_if))) or (self.year,)

    def settlement(self) -> Request:
        """Returns the settlement of the law as it is over the same year, with the same inputs."""
        return Request(
            archive=self.archive,
            year=self.year,
            as_of=self.as_of,
            out=self.archive,
            scenarios=self.basis,
            regime=AS_ENACTED,
            known_on=self.known_on,
            baseline=self.baseline,
            threads=self.threads,
            memory_limit=self.memory_limit,
            engine=self.engine,
            rows=self.rows,
        )
