"""Folders for work in progress: gone when the work is done, and after a crash when somebody next works in that place.

Each is held with a lock for as long as its process lives; the system lets go of it however that ends. What nobody
holds is left over. They can hold personal data, so they are their owner's only.
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
def scratch_folder(near: Path | None, what: str) -> Iterator[Path]:
    """A new folder, taken away at the end unless it has another name by then; what was left over is taken away first.

    Args:
        near: The folder to make it in; that of the system for temporary files when None.
        what: What is in it, in one word of small letters.

    Raises:
        OSError: It cannot be made.
    """
    place = Path(tempfile.gettempdir()) if near is None else near
    clear_left_over(place)
    folder, handle = _made(place, what)
    try:
        yield folder
    finally:
        # Taken away while it is held, so that nobody else does it at the same time.
        if _is(folder, handle):
            _remove(folder)
        os.close(handle)


def is_scratch(name: str) -> bool:
    """Whether a name is that of such a folder."""
    return _LEFT.fullmatch(name) is not None


def clear_left_over(place: Path) -> None:
    """Take away the folders for work in progress whose process has ended; what cannot be taken away stays."""
    with suppress(OSError), os.scandir(place) as found:
        for left in [Path(one.path) for one in found if is_scratch(one.name)]:
            with suppress(OSError):
                _clear(left)


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


def _made(place: Path, what: str) -> tuple[Path, int]:
    """A new folder that is held.

    Somebody who clears can take hold of it, and take it away, before this process holds it: then it is made anew.
    """
    while True:
        folder = Path(tempfile.mkdtemp(prefix=f"{_BEGINS}{what}-", dir=place))
        try:
            handle = os.open(folder, _FOLDER)
        except FileNotFoundError:
            continue
        with suppress(OSError):  # where there are no locks nobody can clear either
            fcntl.flock(handle, fcntl.LOCK_EX)
        if _is(folder, handle):
            return folder, handle
        os.close(handle)


def _is(folder: Path, handle: int) -> bool:
    """Whether the folder that is held still has this name."""
    try:
        return os.path.samestat(folder.lstat(), os.fstat(handle))
    except FileNotFoundError:
        return False


def _remove(folder: Path) -> None:
    """Take a folder away, parts of it that were sealed already too."""
    for inside, _, _ in os.walk(folder):
        with suppress(OSError):
            Path(inside).chmod(_OWNER_ONLY)
    shutil.rmtree(folder, ignore_errors=True)


__all__ = ["clear_left_over", "is_scratch", "scratch_folder"]
