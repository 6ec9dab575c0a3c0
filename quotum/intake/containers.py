"""Opening deliveries: plain files, and files packed in gzip, zstd or zip."""

import contextlib
import gzip
import io
import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

import zstandard
from attrs import frozen

from quotum.errors import DeliveryRefused

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer as Buffer

HEAD_BYTES = 65_536
_CHUNK = 1 << 20
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


class _Unpacking(io.RawIOBase):
    """A packed member as a stream; a broken container is a refusal, wherever it shows."""

    def __init__(self, opened: Callable[[], BinaryIO]) -> None:
        with _refusing():
            self._stream = opened()

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "Buffer") -> int:
        view = memoryview(buffer).cast("B")
        with _refusing():
            found = self._stream.read(len(view))
        view[: len(found)] = found
        return len(found)

    def close(self) -> None:
        if not self.closed:
            self._stream.close()
        super().close()


@contextlib.contextmanager
def _refusing() -> Iterator[None]:
    try:
        yield
    except _UNPACK_ERRORS as error:
        raise DeliveryRefused(
            f"cannot be unpacked: the container is cut off or damaged ({type(error).__name__}); send it again, whole"
        ) from error


class _Zstd:
    """Reads zstd and notices a last frame that does not end, which the library's own reader passes over."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("rb")
        self._frame = zstandard.ZstdDecompressor().decompressobj()
        self._ready = b""
        self._begun = False

    def read(self, size: int) -> bytes:
        """At most `size` bytes; none at the end."""
        while not self._ready:
            packed = self._frame.unused_data if self._frame.eof else b""
            packed = packed or self._file.read(_CHUNK)
            if not packed:
                if self._begun and not self._frame.eof:
                    raise EOFError
                return b""
            if self._frame.eof:
                self._frame = zstandard.ZstdDecompressor().decompressobj()
            self._begun = True
            self._ready = self._frame.decompress(packed)
        found, self._ready = self._ready[:size], self._ready[size:]
        return found

    def close(self) -> None:
        """Give the file back."""
        self._file.close()


def _guarded(opened: Callable[[], BinaryIO]) -> BinaryIO:
    return cast(BinaryIO, io.BufferedReader(_Unpacking(opened), _CHUNK))


def head(member: Member) -> bytes:
    """The first bytes of a member.

    Raises:
        DeliveryRefused: The container is broken there.
    """
    with contextlib.closing(member.open()) as stream:
        return stream.read(HEAD_BYTES)


def members(path: Path) -> tuple[Member, ...]:
    """The members of a delivery, in the order of the container.

    Raises:
        DeliveryRefused: The container is broken or holds nothing.
    """
    with path.open("rb") as stream:
        magic = stream.read(4)
    if magic.startswith(_GZIP):
        return (Member(0, "", partial(_guarded, lambda: cast(BinaryIO, gzip.open(path))), packed=True),)
    if magic == _ZSTD:
        return (Member(0, "", partial(_guarded, lambda: cast(BinaryIO, _Zstd(path))), packed=True),)
    if magic in _ZIP:
        return tuple(_zip_members(path))
    if not magic:
        raise DeliveryRefused("is empty; a delivery has at least a header")
    return (Member(0, "", lambda: path.open("rb"), packed=False),)


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
        yield Member(number, entry.filename, partial(_guarded, partial(_open_zipped, archive, entry)), packed=True)


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
        with contextlib.closing(member.open()) as stream:
            shutil.copyfileobj(stream, copy, _CHUNK)
        copy.flush()
        yield Path(copy.name)
