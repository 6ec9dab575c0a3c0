"""Translation of DuckDB's errors about room to spill into errors of quotum."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import duckdb

from quotum import places
from quotum.errors import CannotWrite

_FULL: Final = "the disk is full, and work in progress spills there"
# DuckDB takes at most the room that was free when it began, so it seldom sees a full disk itself.
_SIGNS: Final = {
    "failed to offload": _FULL,
    "failed to adjust the 'max_temp_directory_size'": _FULL,
    "No space left": _FULL,
    "quota exceeded": _FULL,
    "Read-only file system": "Read-only file system",
    "Could not write file": "a file of work in progress cannot grow any more",
}


@contextmanager
def room_needed(near: Path) -> Iterator[None]:
    """Turns DuckDB's errors about a disk that it cannot spill to into an error of quotum.

    Args:
        near: Folder named by the user that holds the scratch folder, or is next to it.

    Raises:
        CannotWrite: The disk is full or read-only.
    """
    try:
        yield
    except (duckdb.OutOfMemoryException, duckdb.IOException, OSError) as error:
        reason = None if _of_the_system(error) else _reason(error)
        if reason is None:
            raise
        raise CannotWrite(places.MAKE_ROOM.sentence(near=near, reason=reason)) from error


def out_of_memory(error: Exception) -> bool:
    """Whether an error means that memory, not the disk, was too small; while results stream it is an OSError."""
    return isinstance(error, duckdb.OutOfMemoryException) or str(error).startswith("Out of Memory Error")


def _of_the_system(error: Exception) -> bool:
    """Whether the error comes from the system, and not from DuckDB while Arrow reads its results."""
    return isinstance(error, OSError) and error.errno is not None


def _reason(error: Exception) -> str | None:
    return next((reason for sign, reason in _SIGNS.items() if sign in str(error)), None)


__all__ = ["out_of_memory", "room_needed"]
