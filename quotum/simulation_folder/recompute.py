"""Repeating a sealed simulation from its archive, and comparing every file byte for byte.

Everything is made in a scratch folder and thrown away. What earlier simulations collected in the archive (`bases/`) is
not used: each figure comes from the rows.
"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Final

import attrs
from attrs import frozen

from quotum.archive.hashing import digest_of
from quotum.errors import CannotCertify, QuotumError, ResultsDiffer, WrongUse
from quotum.parameters import ScenarioFiles
from quotum.replay import words
from quotum.replay.file_comparison import Difference, difference
from quotum.replay.recompute import NOT_REPEATED, Means, derived_again, more_words, other_code, work_folder
from quotum.run_folder import bag
from quotum.simulate.compare import carry_out
from quotum.simulate.plan import plan
from quotum.simulate.record import SimulationRecord
from quotum.simulate.sweeps import points
from quotum.simulation_folder.kept_files import KeptFiles
from quotum.simulation_folder.sealing import drawing_versions, write_files
from quotum.simulation_folder.verification import VerifiedSimulation, verify_simulation
from quotum.words import Sentence, Text

_TABLES: Final = (".csv", ".parquet")

_UNCERTIFIED: Final = Text(
    "the simulation cannot be certified: {reason}{more}; {verdict}",
    "voor de simulatie kan niet worden ingestaan: {reason}{more}; {verdict}",
)
_DIFFERENT: Final = Text(
    "{verdict}. It is not what its inputs and scenarios give: do not use it",
    "{verdict}. Zij is niet wat haar invoer en scenario's geven: gebruik haar niet",
)


@frozen
class RepeatedSimulation:
    """The outcome of repeating a simulation."""

    verified: VerifiedSimulation
    """What the digests say."""
    reasons: tuple[str, ...]
    """Why the simulation cannot be certified; none when it can."""
    identical: bool | None
    """Whether every file is the same; None when it could not be computed again."""
    difference: Difference | None
    """The first difference, of the figures or else of page, workbook and record."""
    files: int
    """Files that were compared."""

    @property
    def error(self) -> QuotumError | None:
        """The error that the command ends with; None when everything is identical."""
        if self.reasons:
            more = more_words(len(self.reasons), words.MORE_REASONS)
            return CannotCertify(_UNCERTIFIED.sentence(reason=self.reasons[0], more=more, verdict=self.verdict))
        if self.difference is not None:
            return ResultsDiffer(_DIFFERENT.sentence(verdict=self.verdict))
        return None

    @property
    def verdict(self) -> Sentence:
        """Whether the results are the same, in words."""
        if self.identical is None:
            return words.CANNOT_BE_SAID.sentence()
        if self.difference is None:
            return words.SAME.sentence()
        return words.RESULTS_DIFFER.sentence(difference=self.difference.words)


def replay_simulation(
    folder: Path,
    archive: Path | None = None,
    *,
    public_key: Path | None = None,
    registers: tuple[Path, ...] = (),
    from_originals: bool = False,
    means: Means | None = None,
    progress: Callable[[str], None] = lambda _stage: None,
) -> RepeatedSimulation:
    """Repeats a simulation from its archived inputs and compares every file byte for byte.

    Args:
        folder: The simulation.
        archive: Its archive; the place that it notes when None.
        public_key: Ed25519 key that it must be signed with.
        registers: Files that may be the second registers of its scenarios.
        from_originals: Make the derived tables again as well, and compare them.
        means: Scratch folder, threads, memory and engine; the usual ones when None.
        progress: Told the name of each stage as it begins.

    Raises:
        WrongUse: It is no simulation, the key is none, or the memory limit is no size.
        ArchiveTooNew: The archive is of a newer format.
        CannotWrite: There is no room for work in progress.
        SelfCheckFailed: A check sum of quotum failed.
    """
    means = means or Means()
    progress("digests")
    verified = verify_simulation(folder, archive, public_key, registers)
    record = verified.record
    of_code = () if record is None else other_code(record.version, record.code)
    reasons = (*verified.reasons, *of_code)
    if record is None or verified.inputs.read is None:
        return RepeatedSimulation(verified, reasons, None, None, 0)
    with work_folder(means) as scratch:
        try:
            reasons += _compute(verified, record, scratch, means, progress, from_originals=from_originals)
        except (*NOT_REPEATED, CannotCertify) as problem:
            reasons = (*reasons, *verified.inputs.forgotten, words.CANNOT_REPEAT.sentence(problem=problem.message))
            return RepeatedSimulation(verified, reasons, None, None, 0)
        except (ArithmeticError, LookupError, TypeError, ValueError):
            # A record that was altered can say anything; of a sound one this is a defect and keeps its traceback.
            if bag.SIMULATION_RECORD not in verified.altered:
                raise
            return RepeatedSimulation(verified, reasons, None, None, 0)
        progress("compare")
        return _compared(verified, reasons, _repeated(scratch))


def _repeated(scratch: Path) -> Path:
    return scratch / "simulation"


def _compute(
    verified: VerifiedSimulation,
    record: SimulationRecord,
    scratch: Path,
    means: Means,
    progress: Callable[[str], None],
    *,
    from_originals: bool,
) -> tuple[str, ...]:
    """Writes the files of the simulation again; returns reasons for derived tables that differ."""
    inputs = verified.inputs
    if inputs.archive is None or inputs.read is None:
        return ()
    damaged = {Path(table.path).parent.name for table in inputs.unsound}
    if from_originals or damaged:
        progress("derive")
    archive, changed = derived_again(inputs.archive, inputs.read, scratch, None if from_originals else damaged)
    request = attrs.evolve(
        record.request,
        archive=inputs.archive.root,
        threads=means.threads,
        memory_limit=means.memory_limit,
        engine=means.engine,
        rows=means.rows,
    )
    kept = KeptFiles(verified.folder / "data", record.files, verified.registers)
    try:
        planned = plan(request, ScenarioFiles(kept), archive)
        points(planned, request.sweeps)
    except WrongUse as problem:
        raise CannotCertify(problem.message) from problem
    comparison = carry_out(planned, progress)
    progress("write")
    write_files(comparison, planned, _repeated(scratch), record.language)
    return changed


def _compared(verified: VerifiedSimulation, reasons: tuple[str, ...], repeated: Path) -> RepeatedSimulation:
    """Compares the files with those of the simulation; for an altered file the digest of its seal decides."""
    names = _names(verified, repeated)
    of_files = (_of_file(verified, name, repeated) for name in names)
    differences = [different for different in of_files if different is not None]
    changed = [different for different in differences if not different.only_bytes]
    by_others = tuple(
        words.OTHER_SOFTWARE.sentence(difference=f"{different.file} ({different.only_bytes})")
        for different in differences
        if different.only_bytes
    )[:1]
    forgotten = verified.inputs.forgotten if changed else ()
    first = next(iter(changed), None)
    return RepeatedSimulation(verified, (*reasons, *forgotten, *by_others), not changed, first, len(names))


def _names(verified: VerifiedSimulation, repeated: Path) -> list[str]:
    """The files that are compared: figures first, then page, workbook and charts, the record last.

    Of what other code made, only the tables: its pages name the version, and the digest of its code.
    """
    places = (verified.folder, repeated)
    paths = {path.relative_to(place) for place in places for path in place.rglob("*") if path.is_file()}
    names = {path.as_posix() for path in paths} - {*bag.TAG_FILES, bag.ENVIRONMENT, bag.SIGNATURE}
    if not verified.by_this_code:
        names = {name for name in names if name.endswith(_TABLES)}
    return sorted(names, key=lambda name: (name.startswith("data/"), not name.endswith(_TABLES), name))


def _of_file(verified: VerifiedSimulation, name: str, repeated: Path) -> Difference | None:
    if name in verified.altered and not verified.altered & set(bag.TAG_FILES):
        sealed = bag.sealed_digests(verified.folder).get(name)
        again = digest_of(repeated / name) if (repeated / name).is_file() else None
        if sealed == again:
            return None
    different = difference(name, verified.folder, repeated)
    if different is not None and not name.endswith((*_TABLES, ".json", ".toml")):
        return attrs.evolve(different, only_bytes=_other_drawing(verified.folder))
    return different


def _other_drawing(folder: Path) -> str:
    """The software that made page and workbook then and now, where it is other software; empty when it is the same."""
    try:
        before = dict(json.loads((folder / bag.ENVIRONMENT).read_text("utf-8"))["drawing"])
    except (OSError, ValueError, KeyError, TypeError):
        return ""
    other = {name: now for name, now in drawing_versions().items() if before.get(name) != now}
    return ", ".join(f"{name} {before.get(name)} -> {now}" for name, now in other.items())


__all__ = ["RepeatedSimulation", "replay_simulation"]
