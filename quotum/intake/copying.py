"""Bringing the bytes of a delivery into the archive's staging, with their digest."""

import hashlib
import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import BinaryIO, Final

from attrs import frozen

from quotum.archive.layout import open_for_owner
from quotum.errors import DeliveryRefused
from quotum.intake.ahead import ahead

_CHUNK: Final = 1 << 20
_BEHIND: Final = 8 << 20


@frozen
class Copied:
    """What was copied."""

    sha256: str
    """Digest."""
    size: int
    """Bytes."""


def copied(path: Path, copy: Path) -> Copied:
    """Copy a delivered file.

    What is written goes to the disk at once and out of memory: it must be there anyway before the delivery counts,
    and finding memory for gigabytes that wait costs several times what writing them costs.

    Args:
        path: The delivered file.
        copy: File to make.

    Raises:
        DeliveryRefused: It cannot be read.
    """
    digest, size, behind = hashlib.sha256(), 0, 0
    try:
        if not (path.is_file() or path.is_dir()) and path.exists():
            # Opening one would wait for a writer, and reading it might never end.
            raise DeliveryRefused("is no file but a pipe or a device; write what it gives to a file first")
        source = path.open("rb")
    except OSError as error:
        raise DeliveryRefused(f"cannot be read: {error.strerror}; a delivery is a file that can be read") from error
    with source, open_for_owner(copy) as out, ThreadPoolExecutor(1) as pool:
        forgetting = pool.submit(int)
        for chunk in ahead(_chunks(source, digest)):
            size += len(chunk)
            out.write(chunk)
            if size - behind >= _BEHIND:
                behind = size
                out.flush()
                forgetting.result()
                forgetting = pool.submit(_forget, out.fileno())
        forgetting.result()
    return Copied(digest.hexdigest(), size)


def _chunks(source: BinaryIO, digest: "hashlib._Hash") -> Iterator[bytes]:
    try:
        while chunk := source.read(_CHUNK):
            digest.update(chunk)
            yield chunk
    except OSError as error:
        raise DeliveryRefused(f"cannot be read: {error.strerror}") from error


def _forget(handle: int) -> int:
    """Put what was written on the disk and take it out of memory."""
    os.fsync(handle)
    if hasattr(os, "posix_fadvise"):
        os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)
    return handle
