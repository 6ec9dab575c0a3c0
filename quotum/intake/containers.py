"""Opening deliveries: plain files, and files packed in gzip, zstd or zip."""

import contextlib
import gzip
import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import BinaryIO, cast

import zstandard
from attrs import frozen

from quotum.errors import DeliveryRefused

HEAD_BYTES = 65_536
_GZIP = b"\x1f\x8b"
_ZSTD = b"\x28\xb5\x2f\xfd"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_UNPACK_ERRORS = (gzip.BadGzipFile, zlib.error, EOFError, zstandard.ZstdError, zipfile.BadZipFile, NotImplementedError)


@frozen
class Member:
    """One readable file of a delivery."""

    number: int
    """0 for a plain file, else the place within the container, from 1."""
    name: str
    """Name within the container, empty for a plain file."""
    open: Callable[[], BinaryIO]
    """Opens the uncompressed bytes anew."""
    packed: bool
    """Whether the bytes come out of a container."""


def head(member: Member) -> bytes:
    """The first bytes of a member.

    Raises:
        DeliveryRefused: The container is broken there.
    """
    try:
        with contextlib.closing(member.open()) as stream:
            return stream.read(HEAD_BYTES)
    except _UNPACK_ERRORS as error:
        raise DeliveryRefused(f"cannot be unpacked ({type(error).__name__}); send it again, whole") from error


def members(path: Path) -> tuple[Member, ...]:
    """The members of a delivery, in the order of the container.

    Raises:
        DeliveryRefused: The container is broken or holds nothing.
    """
    with path.open("rb") as stream:
        magic = stream.read(4)
    if magic.startswith(_GZIP):
        return (Member(0, "", lambda: cast(BinaryIO, gzip.open(path)), packed=True),)
    if magic == _ZSTD:
        return (Member(0, "", lambda: _open_zstd(path), packed=True),)
    if magic in _ZIP:
        return tuple(_zip_members(path))
    if not magic:
        raise DeliveryRefused("is empty; a delivery has at least a header")
    return (Member(0, "", lambda: path.open("rb"), packed=False),)


def _open_zstd(path: Path) -> BinaryIO:
    return cast(BinaryIO, zstandard.open(path, "rb"))


def _zip_members(path: Path) -> Iterator[Member]:
    try:
        archive = zipfile.ZipFile(path)
        entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    except _UNPACK_ERRORS as error:
        raise DeliveryRefused("is not a whole zip file; send it again") from error
    if not entries:
        raise DeliveryRefused("is a zip file without members")
    for number, entry in enumerate(entries, start=1):
        if entry.flag_bits & 1:
            raise DeliveryRefused("is a zip file with a password, which quotum cannot open")
        yield Member(number, entry.filename, partial(_open_zipped, archive, entry), packed=True)


def _open_zipped(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> BinaryIO:
    return cast(BinaryIO, archive.open(entry))


@contextlib.contextmanager
def as_file(member: Member, path: Path, scratch: Path) -> Iterator[Path]:
    """A seekable file with the bytes of a member: the delivery itself, or an unpacked copy for the time being.

    Args:
        member: The member.
        path: The delivery it belongs to.
        scratch: Folder for the copy.
    """
    if not member.packed:
        yield path
        return
    with tempfile.NamedTemporaryFile(dir=scratch, suffix=".member") as copy:
        try:
            with contextlib.closing(member.open()) as stream:
                shutil.copyfileobj(stream, copy, 1 << 20)
        except _UNPACK_ERRORS as error:
            raise DeliveryRefused(f"cannot be unpacked ({type(error).__name__}); send it again, whole") from error
        copy.flush()
        yield Path(copy.name)
