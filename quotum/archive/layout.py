"""Paths in an archive of format 1, and its lock.

quotum-archive.json          version of the format
originals/ab/abcd...         the bytes of each delivery, under their SHA-256
rows/000001/*.parquet        accepted rows and findings of receive call 1
receipts/000001.json         the receipt; a call counts once its receipt exists
receipts/000001.1.json       the same call after parts of it were forgotten, its tables in rows/000001.1
notes/runs.json              finished runs: year, as-of day, place and digest
notes/orders.json            payment orders, once there is any: run, number, sums, place and digest
bases/abcd.../*              data that a simulation collected; can be thrown away at any time
staging/                     work in progress, worth nothing after a crash
lock, notes/lock             empty; locked by the writer

The format is frozen: this list, and the keys of `receipts.Receipt` and `notes.Note`, hold for every archive of
format 1. Format 2 adds receipts of withdrawals; an archive gets it with the first of these. A later format gets a
higher number, and this version of quotum refuses it.
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

from quotum.archive import words
from quotum.archive.seal import sealed_bytes
from quotum.errors import ArchiveLacks, ArchiveTooNew, CannotWrite, Forbidden, whose
from quotum.words import phrase

FORMAT = 1
WITH_WITHDRAWALS = 2
OWNER_FILE, OWNER_FOLDER = 0o600, 0o700
SEALED_FILE, SEALED_FOLDER = 0o400, 0o500
"""Permissions of what is written once and never changed."""


@frozen
class Layout:
    """Paths of an archive."""

    root: Path
    """Folder of the archive."""

    @property
    def marker(self) -> Path:
        """The file that marks an archive and its format."""
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
    def runs(self) -> Path:
        """The notes on finished runs."""
        return self.notes / "runs.json"

    @property
    def orders(self) -> Path:
        """The notes on payment orders; not there before the first."""
        return self.notes / "orders.json"

    @property
    def notes_lock(self) -> Path:
        """The empty file that is locked while a run is noted."""
        return self.notes / "lock"

    @property
    def staging(self) -> Path:
        """Folder for work in progress."""
        return self.root / "staging"

    @property
    def bases(self) -> Path:
        """Folder of data that simulations collected; it can be thrown away at any time."""
        return self.root / "bases"

    @property
    def lock(self) -> Path:
        """The empty file that a writer locks."""
        return self.root / "lock"

    def receipt(self, sequence: int, revision: int = 0) -> Path:
        """Returns the receipt of a receive call; a higher revision stands for the rest after forgetting."""
        return self.receipts / f"{_numbered(sequence, revision)}.json"

    def rows(self, sequence: int, revision: int = 0) -> Path:
        """Returns the folder of derived tables of a receive call."""
        return self.root / "rows" / _numbered(sequence, revision)

    def original(self, digest: str) -> Path:
        """Returns the file with the original bytes of a delivery."""
        return self.root / "originals" / digest[:2] / digest


def _numbered(sequence: int, revision: int) -> str:
    return f"{sequence:06d}.{revision}" if revision else f"{sequence:06d}"


def _marker_bytes(version: int = FORMAT) -> bytes:
    return json.dumps({"format": version}).encode() + b"\n"


def mark_format(layout: Layout, version: int) -> None:
    """Raises the format of an archive where it is lower."""
    if json.loads(layout.marker.read_bytes())["format"] < version:
        write_durably(layout.marker, _marker_bytes(version))


def existing(root: Path) -> Layout:
    """Returns the layout of an existing archive.

    Raises:
        ArchiveLacks: There is no archive, or its marker is damaged.
        ArchiveTooNew: The archive has a newer format.
    """
    layout = Layout(root)
    try:
        raw = layout.marker.read_bytes()
        version = json.loads(raw)["format"]
    except (FileNotFoundError, NotADirectoryError) as error:
        raise ArchiveLacks(words.NO_ARCHIVE.sentence(archive=root)) from error
    except PermissionError as error:
        raise Forbidden(layout.marker) from error
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ArchiveLacks(words.MARKER_UNREADABLE.sentence(marker=layout.marker)) from error
    if raw in (_marker_bytes(), _marker_bytes(WITH_WITHDRAWALS)):
        return layout
    if type(version) is int and version > FORMAT:
        raise ArchiveTooNew(words.TOO_NEW.sentence(archive=root, version=version, known=WITH_WITHDRAWALS))
    raise ArchiveLacks(words.MARKER_OTHER.sentence(marker=layout.marker))


def prepare_layout(root: Path) -> Layout:
    """Returns the layout of an archive, which is made when it does not exist.

    Raises:
        CannotWrite: The folder cannot be made, or is something else.
        ArchiveLacks: The archive is of a newer version.
    """
    layout = Layout(root)
    if is_there(layout.marker):
        return existing(root)
    with writing(root):
        if not root.is_dir():
            root.mkdir(mode=OWNER_FOLDER, parents=True, exist_ok=True)
        with _folder_lock(root):
            if not layout.marker.exists():  # another call can have made it meanwhile
                _make(layout)
    return existing(root)


def is_there(path: Path) -> bool:
    """Whether a file exists, as opposed to being hidden: for a forbidden folder some versions of Python say no.

    Raises:
        Forbidden: The path may not be inspected.
    """
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except PermissionError as error:
        raise Forbidden(path) from error
    return True


def _make(layout: Layout) -> None:
    folders = (layout.receipts, layout.notes, layout.staging, layout.root / "originals", layout.root / "rows")
    if not _half_made(layout, folders):
        raise CannotWrite(words.NOT_AN_ARCHIVE.sentence(archive=layout.root))
    for folder in folders:
        make_folder(folder)
    write_durably(layout.runs, sealed_bytes({"runs": []}))
    write_durably(layout.marker, _marker_bytes())


@contextlib.contextmanager
def _folder_lock(folder: Path) -> Iterator[None]:
    """Locks a folder, which has no lock file yet, against others that would make an archive in it."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _half_made(layout: Layout, folders: tuple[Path, ...]) -> bool:
    """Whether a folder is empty, or holds the unfinished archive of a killed call."""
    parts = {*folders, layout.runs, partial_of(layout.runs), partial_of(layout.marker)}
    return all(path in parts for path in layout.root.rglob("*"))


@contextlib.contextmanager
def writing(place: Path) -> Iterator[None]:
    """Turns a system error about an unwritable place into an error of quotum."""
    try:
        yield
    except (PermissionError, FileExistsError, NotADirectoryError, OSError) as error:
        if os.path.isfile(place):  # noqa: PTH113 - the method of a path raises where it may not look
            raise CannotWrite(words.IS_FILE.sentence(place=place)) from error
        denied = isinstance(error, PermissionError)
        owner = phrase(" ({whose})", whose=whose(Path(error.filename or place))) if denied else ""
        reason = error.strerror or type(error).__name__
        raise CannotWrite(words.CANNOT_WRITE.sentence(place=place, why=reason, owner=owner)) from error


@contextlib.contextmanager
def claimed_folder(folder: Path) -> Iterator[bool]:
    """Makes a folder where there is none, and locks it; yields False when another process has the lock.

    Raises:
        CannotWrite: The folder cannot be made.
    """
    with writing(folder):
        folder.mkdir(mode=OWNER_FOLDER, exist_ok=True)
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True
    finally:
        os.close(handle)


def open_for_owner(path: Path) -> BinaryIO:
    """Opens a new file that only its owner can read."""
    stream = os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, OWNER_FILE), "wb")
    give_to_owner(path)
    return stream


def make_folder(path: Path) -> None:
    """Makes a folder that only its owner can open; an existing folder is left as it is."""
    path.mkdir(mode=OWNER_FOLDER, exist_ok=True)
    give_to_owner(path)


def give_to_owner(path: Path) -> None:
    """Gives what root makes in another user's folder to that user, who could not read it otherwise."""
    if os.geteuid() == 0:
        owner = path.parent.stat()
        if owner.st_uid:
            os.chown(path, owner.st_uid, owner.st_gid, follow_symlinks=False)


def write_durably(path: Path, content: bytes) -> None:
    """Writes a file under another name, flushes it to the disk and renames it, whole or not at all."""
    partial = partial_of(path)
    try:
        with open_for_owner(partial) as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        partial.rename(path)
    except OSError:
        partial.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def partial_of(path: Path) -> Path:
    """Returns the name of a file while it is being written."""
    return path.with_name(f".{path.name}.partial")


def sync_folder(folder: Path) -> None:
    """Flushes the names in a folder to the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextlib.contextmanager
def writer_lock(layout: Layout, waiting: Callable[[], None]) -> Iterator[None]:
    """Locks the archive against another writer; removes unfinished work of an earlier writer.

    Args:
        layout: The archive.
        waiting: Called once when another writer holds the lock.
    """
    with writing(layout.root), open_for_owner(layout.lock) as handle:
        _hold(handle, fcntl.LOCK_EX, waiting)
        make_folder(layout.staging)
        for left_over in layout.staging.iterdir():
            with contextlib.suppress(PermissionError):  # root must remove what root could not remove before
                shutil.rmtree(left_over) if left_over.is_dir() else left_over.unlink()
        yield


@contextlib.contextmanager
def reader_lock(layout: Layout, waiting: Callable[[], None] = lambda: None) -> Iterator[None]:
    """Keeps writers out while the archive is read; nothing is written.

    Args:
        layout: The archive.
        waiting: Called once when a writer holds the lock.
    """
    try:
        handle = layout.lock.open("rb")
    except OSError:
        yield
        return
    with handle:
        _hold(handle, fcntl.LOCK_SH, waiting)
        yield


def _hold(handle: BinaryIO, how: int, waiting: Callable[[], None]) -> None:
    try:
        fcntl.flock(handle, how | fcntl.LOCK_NB)
    except BlockingIOError:
        waiting()
        fcntl.flock(handle, how)
