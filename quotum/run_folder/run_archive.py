"""The archive of a run: where it is, what the run read of it, and whether it notes the run."""

from pathlib import Path

from quotum.archive.known import Known, known
from quotum.archive.layout import Layout, existing
from quotum.archive.notes import notes
from quotum.archive.run_view import archive_of_run
from quotum.errors import ArchiveLacks, CannotCertify
from quotum.identifiers import masked
from quotum.run_folder import words
from quotum.run_folder.reader import Finished, noted_archive
from quotum.run_folder.record import years_read


def archive_place(folder: Path, given: Path | None) -> Path:
    """The folder of the archive of a run.

    Args:
        folder: The run.
        given: The archive that is named; the place that the run notes when None.

    Raises:
        ArchiveLacks: None is named, and the run does not say where it is.
    """
    place = given or noted_archive(folder)
    if place is None:
        raise ArchiveLacks(words.NO_PLACE.sentence(folder=masked(str(folder))))
    return place


def archive_read(folder: Path, run: Finished, given: Path | None) -> Known:
    """The archive as a run read it.

    Args:
        folder: The run.
        run: What it says of itself.
        given: The archive that is named; the place that the run notes when None.

    Raises:
        ArchiveLacks: The archive is not there, or lacks what the run read.
    """
    archive = known(existing(archive_place(folder, given)), run.known_on)
    return archive_of_run(archive, run.named, years_read(run.year))


def require_noted(folder: Path, digest: str, layout: Layout, so: str) -> None:
    """The archive notes the run, so that it was not changed and sealed anew.

    Args:
        folder: The run.
        digest: Its digest.
        layout: Its archive.
        so: What is not done otherwise, in words.

    Raises:
        CannotCertify: The archive has no note of it.
    """
    if digest not in {note.digest for note in notes(layout)}:
        raise CannotCertify(words.NOT_NOTED.sentence(folder=masked(str(folder)), so=so))


__all__ = ["archive_place", "archive_read", "require_noted"]
