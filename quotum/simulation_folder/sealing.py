"""The folder of a simulation, written whole or not at all, then sealed like a run.

index.html, comparison.*, sweep.csv, charts/, tables/   what people and programs read
data/simulation.json                                    the record: request, inputs, code
data/scenarios/1.toml                                   the bytes of each scenario file that does not come with quotum
environment.json                                        machine and moment; outside every manifest
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Final

from attrs import frozen

from quotum.archive.hashing import digest_of
from quotum.comparison import files
from quotum.comparison.record import Comparison
from quotum.report.comparison_files import writers
from quotum.report.reader import Reader
from quotum.run_folder.bag import SIMULATION_RECORD, Signer, require_free_for_simulation, run_digest, seal, staged
from quotum.run_folder.record import environment
from quotum.simulate.plan import Plan
from quotum.simulate.record import record_bytes

DRAWING: Final = ("altair", "jinja2", "vl-convert-python", "xlsxwriter")
"""What page, charts and workbook are made with."""


@frozen
class Sealed:
    """A simulation in its folder."""

    folder: Path
    """The folder."""
    digest: str
    """Digest of the folder: that of its tag manifest, which covers everything but the environment."""
    written: bool
    """False when the same simulation was there already."""


def write_simulation(
    comparison: Comparison, plan: Plan, out: Path, language: str, started: datetime, sign: Signer | None = None
) -> Sealed:
    """Writes a simulation and seals it.

    Args:
        comparison: The figures.
        plan: The plan they were computed by.
        out: The folder.
        language: Language of page and workbook.
        started: Moment at which the command began.
        sign: Signs the tag manifest; the folder is not signed when None.

    Raises:
        WrongUse: The place holds something else.
        CannotWrite: Permission or room is lacking.
    """
    require_free_for_simulation(out)
    with staged(out) as partial:
        write_files(comparison, plan, partial, language)
        request = plan.request
        description = f"SIMULATION: scenarios over {request.year}, returns as filed by {request.as_of}"
        written = seal(partial, out, _environment(plan, started), description, sign)
    return Sealed(out, run_digest(out), written)


def write_files(comparison: Comparison, plan: Plan, folder: Path, language: str) -> None:
    """Writes everything of a simulation that is sealed, in a folder that is made when it is not there."""
    files.write(comparison, folder, (*files.WRITERS, *writers(Reader(language))))
    record = folder / SIMULATION_RECORD
    record.parent.mkdir(exist_ok=True)
    record.write_bytes(record_bytes(plan, language))
    for kept, content in zip(plan.files.kept, plan.files.contents, strict=True):
        path = record.parent / kept.file
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)


def _environment(plan: Plan, started: datetime) -> dict[str, object]:
    return {
        **environment(started, plan.request.archive),
        "engine": plan.request.engine,
        "drawing": drawing_versions(),
        "extra_registrations": {digest_of(path): str(path.resolve()) for path in plan.files.registers},
    }


def drawing_versions(names: Iterable[str] = DRAWING) -> Mapping[str, str]:
    """Returns the versions of what page, charts and workbook are made with."""
    return {name: version(name) for name in names}


__all__ = ["DRAWING", "Sealed", "drawing_versions", "write_files", "write_simulation"]
