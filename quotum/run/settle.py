"""Settling a year: compute under the regime asked for, and write the run folder, whole or not at all."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from attrs import evolve, frozen

from quotum import engine
from quotum.archive.notes import Note, add_notes
from quotum.errors import ArchiveLacks, CannotWrite
from quotum.run.findings.deliveries_used import CONTRADICTS, places_aside, rejected_lines
from quotum.run.preparation import Prepared
from quotum.run.regimes import regime as regimes
from quotum.run.regimes.interface import Country
from quotum.run.regimes.regime import prepare
from quotum.run.room import require_room
from quotum.run_folder.bag import Signer, require_free, run_digest, seal, staged
from quotum.run_folder.reader import read_finished
from quotum.run_folder.record import environment
from quotum.run_folder.ties.counting import require_ties


@frozen
class Settled:
    """A finished settlement."""

    prepared: Prepared[Any]
    """What it was made from."""
    macro: Country
    """The figures for the whole country."""
    findings: dict[str, int]
    """Findings of the stages."""
    hanging: dict[str, int]
    """The most that hangs on them, in cents, where that can be computed."""
    written: bool
    """False when the same run was there already."""
    digest: str
    """Digest of the run."""
    noted: bool
    """Whether the archive could be written to note the run."""
    used: tuple[str, ...] = ()
    """What was rejected of the deliveries it read, and set aside, in words."""
    set_aside: bool = False
    """Whether messages that contradict themselves were set aside."""


def settle(
    prepared: Prepared[Any],
    progress: Callable[[str], None] = lambda _stage: None,
    sign: Signer | None = None,
) -> Settled:
    """Compute a settlement and write its run folder.

    Args:
        prepared: What `prepare` gave.
        progress: Told the name of each stage as it begins.
        sign: Signs the tag manifest of the run; it is not signed when None.

    Raises:
        QuotumError: Each with its exit code; nothing is written then.
    """
    request = prepared.request
    started = datetime.now(UTC)
    require_free(request.out)
    require_room(prepared)
    with staged(request.out) as partial:
        with ExitStack() as held, ThreadPoolExecutor(1) as background:
            opened = held.enter_context(
                engine.open(request.engine, request.out.parent, request.threads, request.memory_limit)
            )
            prepared = evolve(prepared, archive=prepared.archive.read_by(opened.digests, request.rows))
            macro, findings, euros = regimes.named(request.regime).compute(opened, prepared, partial / "data", progress)
            open_engine = held.pop_all()
            if request.engine != engine.DUCKDB:
                open_engine.close()  # what Spark changed of the process is put back by the main thread alone
            # It takes a second to release a country, in which its files are looked at.
            released = background.submit(open_engine.close)
            progress("tie")
            require_ties(partial, request.out.parent, request.threads)
            released.result()
        progress("seal")
        mark = "SIMULATION: " if macro.simulation else ""
        description = f"{mark}{regimes.description(request)}"
        written = seal(partial, request.out, environment(started, request.archive), description, sign)
    digest = run_digest(request.out)
    used, aside = _used(prepared, request.out), CONTRADICTS in findings
    return Settled(prepared, macro, findings, euros, written, digest, _note(prepared, digest), used, aside)


def _used(prepared: Prepared[Any], out: Path) -> tuple[str, ...]:
    """What was rejected of the deliveries that a run names, and which messages were set aside."""
    archive = prepared.archive
    return (*places_aside(archive), *rejected_lines(archive, read_finished(out).digests))


def _note(prepared: Prepared[Any], digest: str) -> bool:
    """Note the finished run in the archive; the note is no part of any result, so a read-only archive is no error."""
    request = prepared.request
    note = Note(
        year=request.year,
        as_of=request.as_of,
        known_on=request.known_on,
        regime=request.regime,
        simulation=prepared.figures.simulation,
        digest=digest,
        place=str(request.out.resolve()),
    )
    try:
        add_notes(prepared.archive.layout, (note,))
    except (OSError, ArchiveLacks, CannotWrite):
        return False
    return True


__all__ = ["Settled", "prepare", "settle"]
