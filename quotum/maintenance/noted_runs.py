"""The state of noted runs, and the runs that can no longer be repeated once something is forgotten."""

from collections.abc import Iterable
from pathlib import Path

from attrs import frozen

from quotum.archive.notes import Note
from quotum.errors import CannotCertify
from quotum.maintenance import words
from quotum.maintenance.forgetting import Plan
from quotum.run_folder.bag import is_run, run_digest
from quotum.run_folder.reader import read_finished
from quotum.run_folder.record import years_read
from quotum.words import Sentence

THERE, GONE, OTHER, FORBIDDEN = (text.sentence() for text in (words.THERE, words.GONE, words.OTHER, words.FORBIDDEN))


def state_of(note: Note) -> Sentence:
    """Whether a noted run is where it was written."""
    place = Path(note.place)
    try:
        if not is_run(place):
            return GONE
        return THERE if run_digest(place) == note.digest else OTHER
    except PermissionError:
        return FORBIDDEN


@frozen
class AffectedRun:
    """A noted run that read something that goes."""

    note: Note
    """The run."""
    surely: bool
    """Whether it certainly can no longer be repeated; it may be repeatable when only rows go that it did not need."""
    reason: str
    """What it read of the forgotten rows, in words."""


def affected_runs(runs: Iterable[Note], plan: Plan) -> tuple[AffectedRun, ...]:
    """The noted runs that read what forgetting takes away."""
    affected = (_affected(note, plan) for note in runs)
    return tuple(run for run in affected if run is not None)


def _affected(note: Note, plan: Plan) -> AffectedRun | None:
    years = sorted(set(years_read(note.year)) & plan.years)
    try:
        digests = read_finished(Path(note.place)).digests if state_of(note) == THERE else None
    except CannotCertify:
        digests = None
    if digests is None:
        # Without the run, its year tells which years it read.
        looked = words.LOOKED_AT.sentence(years=", ".join(map(str, years)))
        return AffectedRun(note, True, looked) if years else None
    whole = [delivery for delivery in plan.removed if delivery.sha256 in digests]
    part = [delivery for delivery in plan.thinned if delivery.sha256 in digests]
    needed = any(set(delivery.years) & set(years) for delivery in part)
    reason = words.READ.sentence(whole=len(whole), part=len(part))
    return AffectedRun(note, bool(whole or needed), reason) if whole or part else None


__all__ = ["FORBIDDEN", "GONE", "OTHER", "THERE", "AffectedRun", "affected_runs", "state_of"]
