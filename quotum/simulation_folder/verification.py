"""Checking a sealed simulation and its inputs by digests alone; nothing is computed.

A simulation is never noted in the archive: it settles nothing. That it was not changed and sealed anew is shown by
`replay`, which computes every figure again, or by a signature.
"""

from collections.abc import Callable
from pathlib import Path

from attrs import frozen

from quotum.errors import CannotCertify, WrongUse
from quotum.identifiers import masked
from quotum.replay.shipped_figures import made_by_this_code
from quotum.replay.verification import Inputs, inputs_of, signature_of
from quotum.run_folder import bag
from quotum.run_folder.reader import noted_archive
from quotum.simulate.record import SimulationRecord, read_record
from quotum.simulation_folder.kept_files import not_at_hand, registers_missing, registers_noted
from quotum.words import phrase


@frozen
class VerifiedSimulation:
    """The outcome of checking the digests of a simulation and of the inputs it names."""

    folder: Path
    """The simulation."""
    record: SimulationRecord | None
    """What it says of itself; None when that cannot be read."""
    altered: frozenset[str]
    """Files that are not as they were sealed."""
    inputs: Inputs
    """The inputs as they are in the archive."""
    signature: str
    """What is known of the signature, in a few words."""
    registers: tuple[Path, ...]
    """Files that may be its second registers."""
    reasons: tuple[str, ...]
    """What is altered or missing; nothing when all is as it was."""

    @property
    def by_this_code(self) -> bool | None:
        """Whether this code made it; None when its record cannot be read."""
        return None if self.record is None else made_by_this_code(self.record.code)

    @property
    def tables(self) -> int:
        """Derived tables in the archive that the simulation read."""
        return len(self.inputs.read.tables()) if self.inputs.read else 0


def verify_simulation(
    folder: Path,
    archive: Path | None = None,
    public_key: Path | None = None,
    registers: tuple[Path, ...] = (),
    progress: Callable[[int], None] = lambda _files: None,
) -> VerifiedSimulation:
    """Checks the digests of a simulation and of the inputs it names.

    Args:
        folder: The simulation.
        archive: Its archive; the place that it notes when None.
        public_key: Ed25519 key that it must be signed with.
        registers: Files that may be the second registers of its scenarios, beside the places that it notes.
        progress: Told the number of files read since the last call.

    Raises:
        WrongUse: It is no simulation, or the key is none.
        ArchiveTooNew: The archive is of a newer format.
    """
    if not bag.looks_like_simulation(folder):
        raise WrongUse(f"{masked(str(folder))} is no simulation; name the folder that `quotum simulate --out` made")
    faults = bag.faults(folder)
    signature, of_signature = signature_of(folder, public_key)
    reasons = [phrase("{name} {what}", name=fault.name, what=fault.what) for fault in faults] + of_signature
    registers = (*registers, *registers_noted(folder))
    record, inputs = None, Inputs()
    try:
        record = read_record(folder)
    except CannotCertify as problem:
        reasons.append(problem.message)
    if record is not None:
        inputs = inputs_of(record, archive or noted_archive(folder), progress)
        reasons += _registers(record, registers)
    altered = frozenset(fault.name for fault in faults)
    return VerifiedSimulation(folder, record, altered, inputs, signature, registers, (*reasons, *inputs.reasons))


def _registers(record: SimulationRecord, registers: tuple[Path, ...]) -> list[str]:
    return [not_at_hand(digest) for digest in registers_missing(record.files, registers)]


__all__ = ["VerifiedSimulation", "verify_simulation"]
