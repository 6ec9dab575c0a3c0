"""Bringing the bytes of a delivery into the archive's staging, with their digest."""

import hashlib
from pathlib import Path
from typing import BinaryIO, Final

from attrs import frozen

from quotum.archive.layout import open_for_owner
from quotum.errors import DeliveryRefused

_CHUNK: Final = 1 << 20


@frozen
class Copied:
    """What was copied."""

    sha256: str
    """Digest."""
    size: int
    """Bytes."""


def copied(path: Path, copy: Path) -> Copied:
    """Copies a delivered file; what is read afterwards is the copy, whatever becomes of the file.

    To read while copying would save a tenth of the time of a big XML file (1.2 s for 100,000 relations, against 1.1),
    and a twentieth of that of CSV.

    Args:
        path: The delivered file.
        copy: File to make.

    Raises:
        DeliveryRefused: It cannot be read.
        OSError: The copy cannot be written.
    """
    digest, size = hashlib.sha256(), 0
    with _opened(path) as source, open_for_owner(copy) as out:
        while chunk := _read(source):
            digest.update(chunk)
            size += out.write(chunk)
    return Copied(digest.hexdigest(), size)


def _opened(path: Path) -> BinaryIO:
    try:
        if path.is_dir():
            raise DeliveryRefused("is a folder; give its files, as in FOLDER/*")
        if not path.is_file() and path.exists():
            # Opening one would wait for a writer, and reading it might never end.
            raise DeliveryRefused("is no file but a pipe or a device; write what it gives to a file first")
        return path.open("rb")
    except OSError as error:
        raise DeliveryRefused(f"cannot be read: {error.strerror}; a delivery is a file that can be read") from error


def _read(source: BinaryIO) -> bytes:
    try:
        return source.read(_CHUNK)
    except OSError as error:
        raise DeliveryRefused(f"cannot be read: {error.strerror}") from error
