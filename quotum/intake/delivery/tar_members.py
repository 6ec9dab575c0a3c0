"""Members of an unpacked tar file on disk."""

import io
import os
import tarfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final, cast

from quotum.errors import DeliveryRefused
from quotum.intake import words
from quotum.intake.delivery.member import Member, path_reason, refuse_container, refused_member, shown
from quotum.intake.delivery.unpacking import CHUNK, OPEN_ERRORS, refusing

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer as Buffer

_BLOCK: Final = tarfile.BLOCKSIZE
_LONGEST_HEADER: Final = 1 << 20


def tar_members(path: Path) -> Iterator[Member]:
    """Yields the members of a tar file in its order, refused members included.

    Raises:
        DeliveryRefused: The file is broken, cut off, or holds nothing.
    """
    infos, end = _infos(path)
    _refuse_cut(path, end)
    number = 0
    for info in infos:
        if info.isdir():
            continue
        number += 1
        reason = _reason(info)
        if reason:
            yield refused_member(number, info.name, reason)
        else:
            yield Member(number, shown(info.name), partial(_open, path, info.offset_data, info.size), packed=True)
    if not number:
        raise DeliveryRefused(words.TAR_EMPTY.sentence())


class _Headers(io.BufferedReader):
    """A tar file that refuses to load a header of impossible length."""

    def read(self, size: int | None = -1, /) -> bytes:
        if size is None or not 0 <= size <= _LONGEST_HEADER:
            raise DeliveryRefused(words.TAR_HEADER.sentence())
        return super().read(size)


def _infos(path: Path) -> tuple[list[tarfile.TarInfo], int]:
    """Returns the headers, and the place where they end."""
    headers = _Headers(io.FileIO(path, "rb"))
    with headers, refusing(OPEN_ERRORS), tarfile.open(fileobj=headers, mode="r:") as archive:
        return archive.getmembers(), archive.offset


def _refuse_cut(path: Path, end: int) -> None:
    """Refuses a file that is cut between members or has a broken header; the library takes either for the end.

    Raises:
        DeliveryRefused: There is no end, or something after it.
    """
    with path.open("rb") as file:
        file.seek(end)
        tail = file.read(_BLOCK)
        while tail and not tail.strip(b"\0"):
            if not (tail := file.read(CHUNK)):
                return
    raise DeliveryRefused(words.TAR_DAMAGED.sentence())


def _reason(info: tarfile.TarInfo) -> str:
    if info.issym() or info.islnk():
        return "is a link, no file; deliver the file itself"
    if not info.isreg() or info.sparse is not None:
        return "is a device or another special member, no file; deliver plain files"
    return path_reason(info.name)


class _Slice(io.RawIOBase):
    """Part of a file as a separate stream."""

    def __init__(self, path: Path, start: int, size: int) -> None:
        self._file = path.open("rb", buffering=0)
        self._place, self._end = start, start + size

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "Buffer") -> int:
        view = memoryview(buffer).cast("B")
        size = os.preadv(self._file.fileno(), [view[: self._end - self._place]], self._place)
        self._place += size
        return size

    def close(self) -> None:
        self._file.close()
        super().close()


def _open(path: Path, start: int, size: int) -> BinaryIO:
    stream = io.BufferedReader(_Slice(path, start, size), min(CHUNK, max(_BLOCK, size)))
    try:
        refuse_container(stream.peek(_BLOCK))
    except DeliveryRefused:
        stream.close()
        raise
    return cast(BinaryIO, stream)
