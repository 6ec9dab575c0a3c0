"""Notes on finished runs, in a single sealed file."""

import fcntl
from datetime import date

import cattrs
from attrs import frozen

from quotum.archive import words
from quotum.archive.layout import Layout, open_for_owner, write_durably
from quotum.archive.seal import sealed_bytes, sealed_content
from quotum.errors import ArchiveLacks, Forbidden


@frozen
class Note:
    """A finished run on this archive."""

    year: int
    """Calendar year."""
    as_of: date
    """Returns count as filed by the end of this day."""
    known_on: date | None
    """Deliveries as known on this day."""
    regime: str
    """`as-enacted` or `quota-levy`."""
    simulation: bool
    """Whether a scenario set any parameter."""
    digest: str
    """Digest of the run."""
    place: str
    """Folder of the run."""


def _converter() -> cattrs.Converter:
    converter = cattrs.Converter(forbid_extra_keys=True)
    converter.register_structure_hook(date, lambda value, _: date.fromisoformat(value))
    converter.register_unstructure_hook(date, lambda value: value.isoformat())
    return converter


_CONVERTER = _converter()


def notes(layout: Layout) -> tuple[Note, ...]:
    """Returns every noted run, by year, as-of day, digest and place.

    Raises:
        ArchiveLacks: The file is missing or altered.
    """
    try:
        content = sealed_content(layout.runs.read_bytes())
        runs = _CONVERTER.structure(content["runs"], list[Note])
    except PermissionError as error:
        raise Forbidden(layout.runs) from error
    except (OSError, ValueError, TypeError, KeyError, cattrs.BaseValidationError) as error:
        raise ArchiveLacks(words.NOTES_DAMAGED.sentence(name=layout.runs.name)) from error
    return tuple(runs)


def add_notes(layout: Layout, new: tuple[Note, ...]) -> None:
    """Adds runs to the notes; a run is never noted twice.

    Raises:
        OSError: The archive cannot be written.
        ArchiveLacks: The notes are damaged; nothing is written then.
    """
    with open_for_owner(layout.notes_lock) as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        noted = notes(layout)
        together = sorted({*noted, *new}, key=lambda note: (note.year, note.as_of, note.digest, note.place))
        if len(together) > len(noted):
            write_durably(layout.runs, sealed_bytes({"runs": _CONVERTER.unstructure(together)}))


__all__ = ["Note", "add_notes", "notes"]
