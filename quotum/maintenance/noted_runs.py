"""Which noted runs are where they were, and which can no longer be repeated once something is forgotten."""

from collections.abc import Iterable
from pathlib import Path

from attrs import frozen

from quotum.archive.notes import Note
from quotum.errors import CannotCertify
from quotum.maintenance.forgetting import Plan
from quotum.run_folder.bag import is_run, run_digest
from quotum.run_folder.reader import read_finished
from quotum.run_folder.record import years_read

THERE, GONE, OTHER = "there", "not at its place", "another run is at its place"
FORBIDDEN = "it may not be looked at: Permission denied"


def state_of(note: Note) -> str:
    """Whether a noted run is where it was written."""
    place = Path(note.place)
    try:
        if not is_run(place):
            return GONE
        return THERE if run_digest(place) == note.digest else OTHER
    except PermissionError:
        return FORBIDDEN


@frozen
class Affected:
    """A noted run that read something that goes."""

    note: Note
    """The run."""
    surely: bool
    """Whether it can no longer be repeated; it may still be when only rows that it did not need go."""
    why: str
    """What it read of it, in words."""


def affected(runs: Iterable[Note], plan: Plan) -> tuple[Affected, ...]:
    """The noted runs that read what forgetting takes away."""
    found = (_affected(note, plan) for note in runs)
    return tuple(one for one in found if one is not None)


def _affected(note: Note, plan: Plan) -> Affected | None:
    read = sorted(set(years_read(note.year)) & plan.years)
    try:
        digests = read_finished(Path(note.place)).digests if state_of(note) == THERE else None
    except CannotCertify:
        digests = None
    if digests is None:
        # The run is not there to say what it read: its year tells which years it looked at.
        return Affected(note, True, f"it looked at {', '.join(map(str, read))}") if read else None
    whole = [one for one in plan.removed if one.sha256 in digests]
    part = [one for one in plan.thinned if one.sha256 in digests]
    needed = any(set(one.years) & set(read) for one in part)
    why = f"it read {len(whole)} of the deliveries that go, and {len(part)} of which rows go"
    return Affected(note, bool(whole or needed), why) if whole or part else None


__all__ = ["FORBIDDEN", "GONE", "OTHER", "THERE", "Affected", "affected", "state_of"]
