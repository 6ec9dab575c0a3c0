"""Which noted runs are where they were, and which can no longer be repeated once something is forgotten."""

from collections.abc import Collection, Iterable
from pathlib import Path

from quotum.archive.forgetting import Plan
from quotum.archive.notes import Note
from quotum.errors import CannotCertify
from quotum.output.bag import is_run, run_digest
from quotum.run.finished import read_finished
from quotum.run.record import years_read

THERE, GONE, OTHER = "there", "not at its place", "another run is at its place"


def state_of(note: Note) -> str:
    """Whether a noted run is where it was written."""
    place = Path(note.place)
    if not is_run(place):
        return GONE
    return THERE if run_digest(place) == note.digest else OTHER


def no_longer(runs: Iterable[Note], plan: Plan) -> tuple[tuple[Note, str], ...]:
    """The noted runs that read what goes, each with how that is known."""
    gone = {one.sha256 for one in (*plan.removed, *plan.thinned)}
    found = ((note, _reads(note, gone, plan.years)) for note in runs)
    return tuple((note, why) for note, why in found if why)


def _reads(note: Note, gone: Collection[str], years: Collection[int]) -> str:
    if state_of(note) == THERE:
        try:
            count = len(read_finished(Path(note.place)).digests & set(gone))
        except CannotCertify:
            count = 0
        else:
            return f"it read {count} of these deliveries" if count else ""
    read = sorted(set(years_read(note.year)) & set(years))
    return f"a run of {note.year} reads returns of {', '.join(map(str, read))}" if read else ""


__all__ = ["GONE", "OTHER", "THERE", "no_longer", "state_of"]
