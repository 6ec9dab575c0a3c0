"""Members of a zip file: any number, with or without folders, zip64 or not."""

import io
import stat
import threading
import weakref
import zipfile
from collections import OrderedDict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO, ClassVar, Final, cast

from attrs import frozen

from quotum.errors import DeliveryRefused
from quotum.intake import words
from quotum.intake.delivery.member import (
    Member,
    Opener,
    bomb_reason,
    most_unpacked,
    path_reason,
    refuse_container,
    refused_member,
    shown,
)
from quotum.intake.delivery.unpacking import OPEN_ERRORS, refusing, unpacking

_SMALL: Final = 1 << 20
_MOST_OPEN: Final = 64
_METHODS: Final = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_OTHER_METHODS: Final = {
    1: "Shrink", 6: "Implode", 9: "Deflate64", 12: "bzip2", 14: "LZMA", 93: "zstd", 95: "xz", 98: "PPMd",
}  # fmt: skip
_DEFLATE64: Final = 9
_UNIX_MODE: Final = 16
_PASSWORD: Final = 1
_OF_OFFICE: Final = frozenset({"[Content_Types].xml", "META-INF/manifest.xml"})
_END: Final = b"PK\x05\x06"
_END_BYTES: Final = 18
_NO_TIME: Final = (1980, 1, 1, 0, 0, 0)


def zip_members(path: Path) -> Iterator[Member]:
    """Yields the members of a zip file in its order, refused members included.

    Raises:
        DeliveryRefused: The file is broken, holds nothing, or unpacks to too much as a whole.
    """
    archive = _Archive(path)
    try:
        entries = [entry for entry in archive.opened().infolist() if not _is_folder(entry)]
    except OPEN_ERRORS as error:
        raise DeliveryRefused(words.PART_OF_ZIP.sentence()) from error
    if not entries:
        raise DeliveryRefused(words.ZIP_EMPTY.sentence())
    _refuse_more(path, archive.opened())
    if any(entry.filename in _OF_OFFICE for entry in entries):
        raise DeliveryRefused(words.WORKBOOK.sentence())
    packed = path.stat().st_size
    if not all(0 <= entry.header_offset < packed for entry in entries):
        raise DeliveryRefused(words.ZIP_LACKS.sentence())
    reasons = {number: reason for number, entry in enumerate(entries, start=1) if (reason := _reason(entry))}
    if sum(entry.file_size for number, entry in enumerate(entries, 1) if number not in reasons) > most_unpacked(packed):
        # Members that look sound by themselves can share their packed bytes.
        raise DeliveryRefused(bomb_reason(packed))
    for number, entry in enumerate(entries, start=1):
        reason = reasons.get(number, "")
        if reason:
            yield refused_member(number, entry.filename, reason)
        else:
            yield Member(number, shown(entry.filename), _Packed(archive, entry), packed=True)


def _refuse_more(path: Path, file: zipfile.ZipFile) -> None:
    """Refuses a file that goes on after its end: the library looks for the last end and trusts the rest."""
    ends_in = len(_END) + _END_BYTES + len(file.comment)
    with path.open("rb") as stream:
        stream.seek(max(0, path.stat().st_size - ends_in))
        if stream.read(len(_END)) != _END:
            raise DeliveryRefused(words.ZIP_GOES_ON.sentence())


def _is_folder(entry: zipfile.ZipInfo) -> bool:
    """Whether a member is a folder, by the folder separator of any system."""
    return entry.is_dir() or (not entry.file_size and entry.filename.endswith("\\"))


def _reason(entry: zipfile.ZipInfo) -> str:
    """Returns why a member is refused before it is opened, or nothing."""
    mode = stat.S_IFMT(entry.external_attr >> _UNIX_MODE)
    if mode not in (0, stat.S_IFREG, stat.S_IFIFO):  # a packed pipe holds bytes as any other member does
        return "is a link or a device, no file; deliver the file itself"
    if entry.flag_bits & _PASSWORD:
        return "has a password, which quotum cannot open; deliver it without"
    if entry.compress_type not in _METHODS:
        return _other_method(entry.compress_type)
    if entry.file_size > most_unpacked(entry.compress_size):
        return bomb_reason(entry.compress_size)
    return path_reason(entry.filename)


def _other_method(method: int) -> str:
    name = _OTHER_METHODS.get(method, f"number {method}")
    made_by = ", as Windows Explorer does with files of more than 2 GB, so that made anew there it is the same"
    return (
        f"is packed by the method {name}{made_by if method == _DEFLATE64 else ''}; quotum unpacks deflate only. "
        "Deliver smaller zip files, or the file as .gz or .zst"
    )


class _Archive:
    """A zip file that is open while in use; among thousands in a call, the least recently used are closed."""

    _in_use: ClassVar["OrderedDict[int, weakref.ref[_Archive]]"] = OrderedDict()
    _lock: ClassVar[threading.Lock] = threading.Lock()

    def __init__(self, path: Path) -> None:
        self._path = path
        self.file: zipfile.ZipFile | None = None

    def opened(self) -> zipfile.ZipFile:
        """Returns the open file; a stream from it survives its closing."""
        with self._lock:
            file = self.file or _slim(zipfile.ZipFile(self._path))
            self.file = file
            self._in_use[id(self)] = weakref.ref(self)
            self._in_use.move_to_end(id(self))
            while len(self._in_use) > _MOST_OPEN:
                oldest = self._in_use.popitem(last=False)[1]()
                if oldest is not None:
                    oldest.file = None
        return file


def _slim(file: zipfile.ZipFile) -> zipfile.ZipFile:
    """Drops unused data of the open file: with very many members that saves two thirds of the memory."""
    file.NameToInfo.clear()
    for entry in file.filelist:
        entry.date_time = _NO_TIME
    return file


@frozen
class _Packed(Opener):
    """A member in its zip file."""

    archive: _Archive
    """The zip file."""
    entry: zipfile.ZipInfo
    """Its entry in the directory."""

    def __call__(self) -> BinaryIO:
        """Opens the bytes; a small member is unpacked at once."""
        if self.entry.file_size > _SMALL:
            opened = cast(Callable[[], BinaryIO], lambda: self.archive.opened().open(self.entry))
            return unpacking(opened, self.entry.compress_size)
        with refusing():
            content = self.archive.opened().read(self.entry)
        refuse_container(content)
        return io.BytesIO(content)

    def begin(self, size: int) -> bytes:
        """Returns the first bytes; little more is unpacked."""
        with refusing(), self.archive.opened().open(self.entry) as stream:
            data = stream.read(size)
        refuse_container(data)
        return data
