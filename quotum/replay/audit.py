"""Repeating every noted run of a year."""

from collections.abc import Callable
from pathlib import Path

from attrs import frozen

from quotum.archive.layout import Layout
from quotum.archive.notes import Note, notes
from quotum.errors import CannotCertify, QuotumError, ResultsDiffer
from quotum.maintenance.noted_runs import FORBIDDEN, OTHER, THERE, state_of
from quotum.replay import words
from quotum.replay.recompute import Means, Repetition, replay


@frozen
class AuditedRun:
    """The outcome of a noted run."""

    note: Note
    """The run as it was noted."""
    replayed: Repetition | None
    """Its repetition; None when there was nothing to repeat."""
    problem: str
    """Why it is not identical; empty when it is."""
    exit_code: int
    """The exit code of `quotum replay` for this run."""


def audit(
    layout: Layout,
    year: int,
    means: Means,
    *,
    from_originals: bool = False,
    progress: Callable[[str], None] = lambda _stage: None,
) -> tuple[AuditedRun, ...]:
    """Repeats every run of a year that is noted in the archive.

    Args:
        layout: The archive.
        year: Calendar year.
        means: Scratch folder, threads and memory.
        from_originals: Make the derived tables again for each.
        progress: Told the name of each stage as it begins.

    Raises:
        ArchiveLacks: The notes are damaged.
        CannotWrite: There is no room for work in progress.
    """
    noted = [note for note in notes(layout) if note.year == year]
    return tuple(_audited_run(layout, note, from_originals, means, progress) for note in noted)


def _audited_run(
    layout: Layout, note: Note, from_originals: bool, means: Means, progress: Callable[[str], None]
) -> AuditedRun:
    state = state_of(note)
    if state == FORBIDDEN:
        return AuditedRun(note, None, words.MAY_NOT_LOOK.sentence(), CannotCertify.exit_code)
    if state not in (THERE, OTHER):
        return AuditedRun(note, None, words.MOVED.sentence(), CannotCertify.exit_code)
    repetition = replay(Path(note.place), layout.root, from_originals=from_originals, means=means, progress=progress)
    error: QuotumError | None = repetition.error
    if error is None and state == OTHER:
        error = CannotCertify(words.ANOTHER_RUN.sentence())
    return AuditedRun(note, repetition, "" if error is None else error.message, 0 if error is None else error.exit_code)


def gravest(audited: tuple[AuditedRun, ...]) -> int:
    """The exit code of an audit: a run that differs is worse than one that cannot be certified."""
    codes = {run.exit_code for run in audited}
    return next((code for code in (ResultsDiffer.exit_code, CannotCertify.exit_code) if code in codes), 0)


__all__ = ["AuditedRun", "audit", "gravest"]
