"""What DuckDB says when it has no room to spill, told as quotum tells it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import duckdb

from quotum.errors import CannotWrite

_FULL: Final = "the disk is full, and work in progress spills there"
# DuckDB asks for no more room than there was when it began, so that it seldom comes to hear of a full disk itself.
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
    """Turns what DuckDB says about a disk that it cannot spill to into an error of quotum.

    Args:
        near: The folder that the user named, in or beside which work in progress is.

    Raises:
        CannotWrite: The disk is full, or can only be read.
    """
    try:
        yield
    except (duckdb.OutOfMemoryException, duckdb.IOException, OSError) as error:
        why = None if _of_the_system(error) else _reason(error)
        if why is None:
            raise
        raise CannotWrite(f"{near} cannot be written: {why}. Make room; nothing was left half written.") from error


def out_of_memory(error: Exception) -> bool:
    """Whether an error says that memory, and not the disk, was too small; while results stream it is an OSError."""
    return isinstance(error, duckdb.OutOfMemoryException) or str(error).startswith("Out of Memory Error")


def _of_the_system(error: Exception) -> bool:
    """Whether the system gave it, and not DuckDB while Arrow reads its results."""
    return isinstance(error, OSError) and error.errno is not None


def _reason(error: Exception) -> str | None:
    return next((why for sign, why in _SIGNS.items() if sign in str(error)), None)


__all__ = ["out_of_memory", "room_needed"]
