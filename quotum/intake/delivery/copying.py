"""Bringing the bytes of a delivery into the archive's staging, with their digest; they can be read while they come."""

import hashlib
import io
import os
import threading
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final, cast

from attrs import frozen

from quotum.archive.layout import open_for_owner
from quotum.errors import DeliveryRefused
from quotum.intake.ahead import ahead

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer as Buffer

_CHUNK: Final = 1 << 20
_BUFFER: Final = 64 << 10
_AT_HAND: Final = 4 << 20
_BEHIND: Final = 8 << 20


@frozen
class Copied:
    """What was copied."""

    sha256: str
    """Digest."""
    size: int
    """Bytes."""


class Coming:
    """A delivered file on its way.

    What is written goes to the disk at once and out of memory: it must be there anyway before the delivery counts,
    and finding memory for gigabytes that wait costs several times what writing them costs. So copying stays just ahead
    of whoever reads, and what came last is at hand: nothing needs to come back from the disk.
    """

    def __init__(self, path: Path, copy: Path) -> None:
        """Begin to copy.

        Args:
            path: The delivered file.
            copy: File to make.

        Raises:
            DeliveryRefused: It cannot be read.
        """
        source = _opened(path)
        self._copy = copy
        self._moved = threading.Condition()
        self._there, self._ended, self._wanted = 0, False, True
        self._read, self._awaited = 0, False
        self._at_hand: deque[tuple[int, bytes]] = deque()
        out = open_for_owner(copy)
        pool = ThreadPoolExecutor(1)
        self._copied = pool.submit(self._bring, source, out)
        pool.shutdown(wait=False)

    def arrived(self) -> Copied:
        """Wait until all of it is there.

        Raises:
            DeliveryRefused: It cannot be read.
            OSError: It cannot be written.
        """
        with self._moved:
            self._awaited = True
            self._moved.notify_all()
        return self._copied.result()

    def stop(self) -> None:
        """Nobody wants the rest; what has come stays."""
        with self._moved:
            self._wanted = False
            self._moved.notify_all()
        self._copied.exception()

    def open(self) -> BinaryIO:
        """The bytes from the beginning; who reads waits for those that are on their way."""
        return cast(BinaryIO, io.BufferedReader(_Following(self, self._copy), _BUFFER))

    def since(self, place: int) -> tuple[int, memoryview]:
        """Waits until more than so many bytes are there, or all.

        Returns:
            How many bytes are there, and those from this place on, as far as they are at hand.

        Raises:
            DeliveryRefused: The file cannot be read any further.
            OSError: It cannot be written any further.
        """
        with self._moved:
            if place > self._read:
                self._read = place
                self._moved.notify_all()
            self._moved.wait_for(lambda: self._there > place or self._ended)
            for start, chunk in self._at_hand:
                if start <= place < start + len(chunk):
                    return self._there, memoryview(chunk)[place - start :]
        if self._there <= place:
            self._copied.result()
        return self._there, memoryview(b"")

    def _bring(self, source: BinaryIO, out: BinaryIO) -> Copied:
        digest, behind = hashlib.sha256(), 0
        try:
            with source, out, ThreadPoolExecutor(1) as pool:
                forgotten: Future[None] | None = None
                for chunk in ahead(_chunks(source, digest)):
                    out.write(chunk)
                    out.flush()
                    self._has(chunk)
                    if self._there - behind >= _BEHIND:
                        behind = self._there
                        _wait_for(forgotten)
                        forgotten = pool.submit(_forget, out.fileno())
                    if not self._wanted:
                        break
                _wait_for(forgotten)
        finally:
            self._has(b"", ended=True)
        return Copied(digest.hexdigest(), self._there)

    def _has(self, chunk: bytes, ended: bool = False) -> None:
        """One chunk more; waits until whoever reads comes near, and for nobody when all of it is awaited."""
        with self._moved:
            self._at_hand.append((self._there, chunk))
            self._there += len(chunk)
            while len(self._at_hand) > 1 and self._at_hand[1][0] <= self._there - _AT_HAND:
                self._at_hand.popleft()
            self._ended = ended
            self._moved.notify_all()
            if not ended:
                self._moved.wait_for(
                    lambda: self._there + _CHUNK <= self._read + _AT_HAND or self._awaited or not self._wanted
                )


class _Following(io.RawIOBase):
    """Reads a copy that still grows."""

    def __init__(self, coming: Coming, copy: Path) -> None:
        self._coming, self._file, self._at = coming, copy.open("rb", buffering=0), 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "Buffer") -> int:
        view = memoryview(buffer).cast("B")
        there, at_hand = self._coming.since(self._at)
        found = min(len(view), len(at_hand))
        if found:
            view[:found] = at_hand[:found]
        elif there > self._at:
            self._file.seek(self._at)
            found = self._file.readinto(view[: min(len(view), there - self._at)]) or 0
        self._at += found
        return found

    def close(self) -> None:
        self._file.close()
        super().close()


def _opened(path: Path) -> BinaryIO:
    try:
        if not (path.is_file() or path.is_dir()) and path.exists():
            # Opening one would wait for a writer, and reading it might never end.
            raise DeliveryRefused("is no file but a pipe or a device; write what it gives to a file first")
        return path.open("rb")
    except OSError as error:
        raise DeliveryRefused(f"cannot be read: {error.strerror}; a delivery is a file that can be read") from error


def _chunks(source: BinaryIO, digest: "hashlib._Hash") -> Iterator[bytes]:
    try:
        while chunk := source.read(_CHUNK):
            digest.update(chunk)
            yield chunk
    except OSError as error:
        raise DeliveryRefused(f"cannot be read: {error.strerror}") from error


def _wait_for(forgotten: Future[None] | None) -> None:
    if forgotten is not None:
        forgotten.result()


def _forget(handle: int) -> None:
    """Put what was written on the disk and take it out of memory."""
    os.fsync(handle)
    if hasattr(os, "posix_fadvise"):
        os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)
