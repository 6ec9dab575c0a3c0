"""Where everything in an archive lies, and the lock on it.

quotum-archive.json          version of the format
originals/ab/abcd...         the bytes of each delivery, under their SHA-256
rows/000001/*.parquet        what was accepted in receive call 1, and what was found
receipts/000001.json         what came when; a call counts once its receipt is there
notes/*.json                 finished runs: year, as-of day, place and digest
bases/abcd.../*              what a simulation brought together; can be thrown away at any time
staging/                     work in progress, worth nothing after a crash
"""

import contextlib
import fcntl
import json
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

from attrs import frozen

from quotum.errors import ArchiveLacks, CannotWrite

FORMAT = 1
OWNER_FILE, OWNER_FOLDER = 0o600, 0o700


@frozen
class Layout:
    """The paths of one archive."""

    root: Path
    """Folder of the archive."""

    @property
    def marker(self) -> Path:
        """The file that says this is an archive, and of which version."""
        return self.root / "quotum-archive.json"

    @property
    def receipts(self) -> Path:
        """Folder of the receipts."""
        return self.root / "receipts"

    @property
    def notes(self) -> Path:
        """Folder of the notes on finished runs."""
        return self.root / "notes"

    @property
    def staging(self) -> Path:
        """Folder for work in progress."""
        return self.root / "staging"

    def receipt(self, sequence: int) -> Path:
        """The receipt of a receive call."""
        return self.receipts / f"{sequence:06d}.json"

    def rows(self, sequence: int) -> Path:
        """The derived tables of a receive call."""
        return self.root / "rows" / f"{sequence:06d}"

    def original(self, digest: str) -> Path:
        """The original bytes of a delivery."""
        return self.root / "originals" / digest[:2] / digest


def existing(root: Path) -> Layout:
    """The layout of an archive that is there.

    Raises:
        ArchiveLacks: It is not there, or of a newer version.
    """
    layout = Layout(root)
    try:
        version = json.loads(layout.marker.read_text("utf-8"))["format"]
    except FileNotFoundError as error:
        raise ArchiveLacks(
            f"{root} is no archive of quotum; `quotum receive DELIVERY... --archive {root}` makes one"
        ) from error
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ArchiveLacks(f"{layout.marker} cannot be read as the marker of an archive") from error
    if version != FORMAT:
        raise ArchiveLacks(
            f"{root} is an archive of format {version}, this version of quotum knows {FORMAT}: install a newer quotum"
        )
    return layout


def prepared(root: Path) -> Layout:
    """The layout of an archive that is there or is made now.

    Raises:
        CannotWrite: The folder cannot be made, or is something else.
        ArchiveLacks: It is an archive of a newer version.
    """
    layout = Layout(root)
    if layout.marker.exists():
        return existing(root)
    with writing(root):
        folders = (layout.receipts, layout.notes, layout.staging, root / "originals", root / "rows")
        if root.exists() and not (root.is_dir() and _half_made(layout, folders)):
            raise CannotWrite(f"{root} is there and is no archive of quotum; name an empty or new folder")
        for folder in (root, *folders):
            folder.mkdir(mode=OWNER_FOLDER, parents=True, exist_ok=True)
        write_durably(layout.marker, json.dumps({"format": FORMAT}).encode() + b"\n")
    return layout


def _half_made(layout: Layout, folders: tuple[Path, ...]) -> bool:
    """Whether a folder is empty, or what a call that was killed left of a new archive."""
    partial = _partial(layout.marker)
    return all(
        path == partial or (path in folders and path.is_dir() and not any(path.iterdir()))
        for path in layout.root.iterdir()
    )


@contextlib.contextmanager
def writing(place: Path) -> Iterator[None]:
    """Turns what the system says about a place that cannot be written into an error of quotum."""
    try:
        yield
    except (PermissionError, FileExistsError, NotADirectoryError, OSError) as error:
        raise CannotWrite(
            f"{place} cannot be written: {error.strerror or type(error).__name__}. "
            "Check permissions and free space; nothing was left half written."
        ) from error


def open_for_owner(path: Path) -> BinaryIO:
    """A new file that only its owner can read."""
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, OWNER_FILE), "wb")


def write_durably(path: Path, content: bytes) -> None:
    """Write a file under another name, push it to the disk and give it its name, whole or not at all."""
    partial = _partial(path)
    with open_for_owner(partial) as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    partial.rename(path)
    sync_folder(path.parent)


def _partial(path: Path) -> Path:
    return path.with_name(f".{path.name}.partial")


def sync_folder(folder: Path) -> None:
    """Push the names in a folder to the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextlib.contextmanager
def locked(layout: Layout, waiting: Callable[[], None]) -> Iterator[None]:
    """Hold the archive against another writer; what an earlier one left half is thrown away.

    Args:
        layout: The archive.
        waiting: Called once when another writer holds it.
    """
    with writing(layout.root), open_for_owner(layout.root / "lock") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            waiting()
            fcntl.flock(handle, fcntl.LOCK_EX)
        layout.staging.mkdir(mode=OWNER_FOLDER, exist_ok=True)
        for left in layout.staging.iterdir():
            shutil.rmtree(left) if left.is_dir() else left.unlink()
        yield
