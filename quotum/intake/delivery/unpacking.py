"""Bounded streams out of gzip, zstd and zip that report every fault."""

import contextlib
import gzip
import io
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final, Protocol, cast

import zstandard

from quotum.errors import DeliveryRefused
from quotum.intake import words
from quotum.intake.delivery.member import GZIP, bomb_reason, most_unpacked, refuse_container

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer as Buffer

CHUNK: Final = 1 << 20
# Four bytes of zstd can become 128 kilobytes: pieces of this size give at most 16 megabytes at a time.
_ZSTD_PIECE: Final = 512
_LARGEST_WINDOW: Final = 1 << 27
_ZSTD_HEADER: Final = 18
UNPACK_ERRORS: Final = (
    gzip.BadGzipFile,
    zlib.error,
    EOFError,
    zstandard.ZstdError,
    zipfile.BadZipFile,
    tarfile.TarError,
    NotImplementedError,
)
# Exceptions that the libraries raise when the directory of a container is nonsense.
OPEN_ERRORS: Final = (*UNPACK_ERRORS, struct.error, ValueError, OverflowError)


class _Readable(Protocol):
    """A source of bytes."""

    def read(self, size: int, /) -> bytes:
        """Returns at most `size` bytes; none at the end."""

    def close(self) -> None:
        """Releases its resources."""


@contextlib.contextmanager
def refusing(errors: tuple[type[Exception], ...] = UNPACK_ERRORS) -> Iterator[None]:
    """Turns a broken container into a refusal."""
    try:
        yield
    except errors as error:
        raise DeliveryRefused(words.NOT_UNPACKED.sentence(value=type(error).__name__)) from error


class _Unpacking(io.RawIOBase):
    """A packed member as a stream; a broken container is a refusal at any point."""

    def __init__(self, stream: _Readable, packed: int, nested: bool) -> None:
        self._stream = stream
        self._packed = packed
        self._left = most_unpacked(packed)
        self._unseen = not nested

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "Buffer") -> int:
        view = memoryview(buffer).cast("B")
        with refusing():
            data = self._stream.read(len(view))
        if self._unseen:
            refuse_container(data)
            self._unseen = False
        self._left -= len(data)
        if self._left < 0:
            raise DeliveryRefused(bomb_reason(self._packed))
        view[: len(data)] = data
        return len(data)

    def close(self) -> None:
        if not self.closed:
            self._stream.close()
        super().close()


def unpacking(opened: Callable[[], _Readable], packed: int, *, nested: bool = False) -> BinaryIO:
    """Returns a stream that refuses a broken container, a nested container, and too much output.

    Args:
        opened: Opens the unpacked bytes.
        packed: Number of packed bytes.
        nested: Whether a container is allowed.
    """
    # Opened first: a stream that was never made has nothing to close, which Python 3.13 would complain about.
    with refusing():
        stream = opened()
    return cast(BinaryIO, io.BufferedReader(_Unpacking(stream, packed, nested), CHUNK))


class _Zstd:
    """A reader of zstd that notices an unfinished last frame, which the library's own reader ignores."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("rb")
        self._frame = self._new_frame()
        self._ready = memoryview(b"")
        self._begun = False
        _refuse_wide_window(self._file)

    def _new_frame(self) -> "zstandard.ZstdDecompressionObj":
        return zstandard.ZstdDecompressor(max_window_size=_LARGEST_WINDOW).decompressobj()

    def read(self, size: int, /) -> bytes:
        """Returns at most `size` bytes; none at the end."""
        while not self._ready:
            packed = self._frame.unused_data if self._frame.eof else b""
            packed = packed or self._file.read(_ZSTD_PIECE)
            if not packed:
                if self._begun and not self._frame.eof:
                    raise EOFError
                return b""
            if self._frame.eof:
                self._frame = self._new_frame()
            self._begun = True
            self._ready = memoryview(self._frame.decompress(packed))
        data, self._ready = self._ready[:size], self._ready[size:]
        return bytes(data)

    def close(self) -> None:
        """Closes the file."""
        self._file.close()


def _refuse_wide_window(file: BinaryIO) -> None:
    try:
        window = zstandard.get_frame_parameters(file.read(_ZSTD_HEADER)).window_size
    except zstandard.ZstdError:
        window = 0  # a skippable frame, or no frame: reading it will show
    file.seek(0)
    if window > _LARGEST_WINDOW:
        file.close()
        raise DeliveryRefused(words.LARGE_WINDOW.sentence(window=window >> 20))


def open_packed(path: Path, *, nested: bool = False) -> BinaryIO:
    """Opens the unpacked bytes of a gzip or zstd file.

    Args:
        path: The file.
        nested: Whether a container is allowed inside.

    Raises:
        DeliveryRefused: The file is broken from the start.
    """
    with path.open("rb") as stream:
        first = stream.read(len(GZIP))
    opened = partial(gzip.GzipFile, path, "rb") if first == GZIP else partial(_Zstd, path)
    return unpacking(opened, path.stat().st_size, nested=nested)
