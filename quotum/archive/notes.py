"""Notes on finished runs, in one file that vouches for itself."""

import fcntl
from datetime import date

import cattrs
from attrs import frozen

from quotum.archive.layout import Layout, open_for_owner, write_durably
from quotum.archive.sealed import sealed_bytes, unsealed
from quotum.errors import ArchiveLacks, Forbidden


@frozen
class Note:
    """A run that was finished with this archive."""

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
    """Where it was written."""


def _converter() -> cattrs.Converter:
    converter = cattrs.Converter(forbid_extra_keys=True)
    converter.register_structure_hook(date, lambda value, _: date.fromisoformat(value))
    converter.register_unstructure_hook(date, lambda value: value.isoformat())
    return converter


_CONVERTER = _converter()


def notes(layout: Layout) -> tuple[Note, ...]:
    """Every noted run, by year, as-of day, digest and place.

    Raises:
        ArchiveLacks: The file is missing or not as it was written.
    """
    try:
        content = unsealed(layout.runs.read_bytes())
        found = _CONVERTER.structure(content["runs"], list[Note])
    except PermissionError as error:
        raise Forbidden(layout.runs) from error
    except (OSError, ValueError, TypeError, KeyError, cattrs.BaseValidationError) as error:
        raise ArchiveLacks(
            f"notes/{layout.runs.name} of the archive cannot be read, or is not as it was written: the archive is "
            "damaged; restore the file from its backup"
        ) from error
    return tuple(found)


def add_notes(layout: Layout, new: tuple[Note, ...]) -> None:
    """Add runs to the notes; what is there already is not noted twice.

    Raises:
        OSError: The archive cannot be written.
        ArchiveLacks: The notes are damaged; nothing is written then.
    """
    with open_for_owner(layout.notes_lock) as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        there = notes(layout)
        both = sorted({*there, *new}, key=lambda one: (one.year, one.as_of, one.digest, one.place))
        if len(both) > len(there):
            write_durably(layout.runs, sealed_bytes({"runs": _CONVERTER.unstructure(both)}))


__all__ = ["Note", "add_notes", "notes"]
