"""The request for a settlement."""

from datetime import date
from pathlib import Path
from typing import Final

from attrs import frozen

AS_ENACTED: Final = "as-enacted"
QUOTA_LEVY: Final = "quota-levy"


@frozen
class Request:
    """One settlement as asked for."""

    archive: Path
    """Folder of the archive."""
    year: int
    """Calendar year to settle."""
    as_of: date
    """Returns count as filed by the end of this day."""
    out: Path
    """Folder of the run."""
    scenarios: tuple[str, ...] = ()
    """Files or names of scenarios, merged from left to right."""
    regime: str = AS_ENACTED
    """`as-enacted` or `quota-levy`."""
    known_on: date | None = None
    """Deliveries and parameters as known on this day."""
    decided_on: date | None = None
    """Day of the decision, noted."""
    baseline: str | None = None
    """`counted`, `national` or `none`; None: counted where the archive holds returns of December 2012."""
    threads: int | None = None
    """Number of threads; all when None."""
    memory_limit: str | None = None
    """Most memory for the engine."""
    engine: str = "duckdb"
    """Where it computes, one of `engine.ENGINES`; no result depends on it."""
    rows: str | None = None
    """URI of a copy of the folder `rows` of the archive, for Spark; the archive itself when None."""
    strict: bool = False
    """Whether a message that contradicts itself stops it, where it is set aside otherwise."""
