"""Copying of a delivery into the archive's staging, with its digest."""

import hashlib
from pathlib import Path
from typing import BinaryIO, Final

from attrs import frozen

from quotum.archive.layout import open_for_owner
from quotum.errors import DeliveryRefused
from quotum.intake import words

_CHUNK: Final = 1 << 20


@frozen
class Copy:
    """Digest and size of a copied file."""

    sha256: str
    """Digest of the bytes."""
    size: int
    """Number of bytes."""


def copy_delivery(path: Path, copy: Path) -> Copy:
    """Copies a delivered file; only the copy is read afterwards, whatever happens to the file.

    Reading while copying would save a tenth of the time of a big XML file (1.2 s for 100,000 relations, against 1.1),
    and a twentieth of the time of CSV.

    Args:
        path: The delivered file.
        copy: File to make.

    Raises:
        DeliveryRefused: The file cannot be read.
        OSError: The copy cannot be written.
    """
    digest, size = hashlib.sha256(), 0
    with _opened(path) as source, open_for_owner(copy) as out:
        while chunk := _read(source):
            digest.update(chunk)
            size += out.write(chunk)
    return Copy(digest.hexdigest(), size)


def _opened(path: Path) -> BinaryIO:
    try:
        if path.is_dir():
            raise DeliveryRefused(words.FOLDER_GIVEN.sentence())
        if not path.is_file() and path.exists():
            # Opening a pipe would wait for a writer, and reading it might never end.
            raise DeliveryRefused(words.NO_FILE.sentence())
        return path.open("rb")
    except OSError as error:
        raise DeliveryRefused(words.NO_READABLE_FILE.sentence(why=error.strerror)) from error


def _read(source: BinaryIO) -> bytes:
    try:
        return source.read(_CHUNK)
    except OSError as error:
        raise DeliveryRefused(words.NOT_READ.sentence(why=error.strerror)) from error
