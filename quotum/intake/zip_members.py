"""Members of a zip file: any number, in folders or not, zip64 or not."""

import io
import stat
import zipfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import BinaryIO, Final, cast

from quotum.errors import DeliveryRefused
from quotum.intake.member import (
    Member,
    bomb_reason,
    most_unpacked,
    path_reason,
    refuse_container,
    refused_member,
    shown,
)
from quotum.intake.unpacking import OPEN_ERRORS, refusing, unpacking

_SMALL: Final = 1 << 20
_METHODS: Final = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_UNIX_MODE: Final = 16
_PASSWORD: Final = 1


def zip_members(path: Path) -> Iterator[Member]:
    """The members of a zip file in its order, those that are refused among them.

    Raises:
        DeliveryRefused: It is broken, holds nothing, or unpacks to too much as a whole.
    """
    try:
        archive = zipfile.ZipFile(path)
    except OPEN_ERRORS as error:
        raise DeliveryRefused("is not a whole zip file; send it again") from error
    entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    if not entries:
        raise DeliveryRefused("is a zip file without members")
    packed = path.stat().st_size
    if sum(entry.file_size for entry in entries) > most_unpacked(packed):
        # Members that each look sound can share their packed bytes.
        raise DeliveryRefused(bomb_reason(packed))
    for number, entry in enumerate(entries, start=1):
        reason = _reason(entry)
        if reason:
            yield refused_member(number, entry.filename, reason)
        else:
            yield Member(number, shown(entry.filename), partial(_open, archive, entry), packed=True)


def _reason(entry: zipfile.ZipInfo) -> str:
    """Why a member is refused before it is opened, or nothing."""
    mode = stat.S_IFMT(entry.external_attr >> _UNIX_MODE)
    if mode not in (0, stat.S_IFREG):
        return "is a link or a device, no file; deliver the file itself"
    if entry.flag_bits & _PASSWORD:
        return "has a password, which quotum cannot open; deliver it without"
    if entry.compress_type not in _METHODS:
        return "is packed in another way than deflate, which quotum does not unpack; make the zip file anew"
    if entry.file_size > most_unpacked(entry.compress_size):
        return bomb_reason(entry.compress_size)
    return path_reason(entry.filename)


def _open(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> BinaryIO:
    if entry.file_size > _SMALL:
        return unpacking(lambda: cast(BinaryIO, archive.open(entry)), entry.compress_size)
    with refusing():
        content = archive.read(entry)
    refuse_container(content)
    return io.BytesIO(content)
