"""Scratch folders: removed when the work is done, and after a crash when another process next works in that place.

The process of a folder holds a lock on it, which the system releases when the process ends in any way. An unlocked
folder is left over. Folders can hold personal data, so only their owner can read them.
"""

import fcntl
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

_BEGINS: Final = ".quotum-"
_LEFT: Final = re.compile(re.escape(_BEGINS) + r"[a-z]+-[a-z0-9_]{8}")
_OWNER_ONLY: Final = 0o700
_FOLDER: Final = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC


@contextmanager
def scratch_folder(near: Path | None, purpose: str) -> Iterator[Path]:
    """Makes a new folder and removes it at the end, unless it was renamed; removes left-over folders first.

    Args:
        near: Parent folder; the system's folder for temporary files when None.
        purpose: Purpose, in a single word of small letters.

    Raises:
        OSError: The folder cannot be made.
    """
    place = Path(tempfile.gettempdir()) if near is None else near
    clear_left_over(place)
    folder, handle = _make_locked(place, purpose)
    try:
        yield folder
    finally:
        # Removed under its lock, so that no other process removes it at the same time.
        if _is(folder, handle):
            _remove(folder)
        os.close(handle)


def is_scratch(name: str) -> bool:
    """Whether a name is that of a scratch folder."""
    return _LEFT.fullmatch(name) is not None


def clear_left_over(place: Path) -> None:
    """Removes the scratch folders of ended processes; folders that cannot be removed stay."""
    with suppress(OSError), os.scandir(place) as entries:
        for folder in [Path(entry.path) for entry in entries if is_scratch(entry.name)]:
            with suppress(OSError):
                _clear(folder)


def _clear(folder: Path) -> None:
    handle = os.open(folder, _FOLDER)
    try:
        if os.fstat(handle).st_uid != os.geteuid():
            return
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if _is(folder, handle):
            _remove(folder)
    finally:
        os.close(handle)


def _make_locked(place: Path, purpose: str) -> tuple[Path, int]:
    """Makes a new folder and locks it.

    A process that clears folders can lock and remove it before this process has its lock: then it is made anew.
    """
    while True:
        folder = Path(tempfile.mkdtemp(prefix=f"{_BEGINS}{purpose}-", dir=place))
        try:
            handle = os.open(folder, _FOLDER)
        except FileNotFoundError:
            continue
        with suppress(OSError):  # without locks nobody can clear either
            fcntl.flock(handle, fcntl.LOCK_EX)
        if _is(folder, handle):
            return folder, handle
        os.close(handle)


def _is(folder: Path, handle: int) -> bool:
    """Whether the locked folder still has this name."""
    try:
        return os.path.samestat(folder.lstat(), os.fstat(handle))
    except FileNotFoundError:
        return False


def _remove(folder: Path) -> None:
    """Removes a folder, including parts that are already sealed."""
    for inside, _, _ in os.walk(folder):
        with suppress(OSError):
            Path(inside).chmod(_OWNER_ONLY)
    shutil.rmtree(folder, ignore_errors=True)


__all__ = ["clear_left_over", "is_scratch", "scratch_folder"]
