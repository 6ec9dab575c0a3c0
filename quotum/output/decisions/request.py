"""A request for the decisions of a run."""

from datetime import date
from pathlib import Path

from attrs import frozen

from quotum.output.decisions.selection import Selection


@frozen
class Request:
    """A request for decisions."""

    run: Path
    """Folder of the run."""
    archive: Path | None
    """Folder of the archive; the place that the run notes when None."""
    out: Path
    """Folder of the decisions."""
    decided_on: date | None = None
    """Day of the decision (dagtekening); that of the run when None."""
    office: str = "Belastingdienst"
    """Name of the office whose inspector decides."""
    employers: Selection | None = None
    """Employers that get a document; every employer of the run when None."""
    simulation: bool = False
    """Whether every document must say that it decides nothing."""


__all__ = ["Request"]
