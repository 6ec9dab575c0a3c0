"""Opening deliveries: plain files, and files packed in gzip, zstd, zip or tar."""

import contextlib
import shutil
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from quotum.errors import DeliveryRefused
from quotum.intake import words
from quotum.intake.delivery.member import GZIP, MAGIC_BYTES, ZIP, ZSTD, Member, is_tar
from quotum.intake.delivery.tar_members import tar_members
from quotum.intake.delivery.unpacking import CHUNK, open_packed
from quotum.intake.delivery.zip_members import zip_members

__all__ = ["HEAD_BYTES", "Member", "as_file", "head", "members"]

HEAD_BYTES = 65_536


def head(member: Member) -> bytes:
    """Returns the first bytes of a member.

    Raises:
        DeliveryRefused: The container is broken there, or the member is no file that quotum opens.
    """
    return member.first(HEAD_BYTES)


def members(path: Path, scratch: Path) -> tuple[Member, ...]:
    """Returns the members of a delivery, in the order of the container.

    A member that is not allowed (a link, a path that climbs, one that unpacks to too much, a container)
    is included; opening it refuses it.

    Args:
        path: The delivery.
        scratch: Folder for unpacked files until the delivery has been read.

    Raises:
        DeliveryRefused: The container is broken, holds nothing, or unpacks to too much.
    """
    with path.open("rb") as stream:
        first = stream.read(MAGIC_BYTES)
    if not first:
        raise DeliveryRefused(words.EMPTY.sentence())
    if first.startswith((GZIP, *ZSTD)):
        return _packed_members(path, scratch)
    if first.startswith(ZIP):
        return tuple(zip_members(path))
    if is_tar(first):
        return tuple(tar_members(path))
    return (Member(0, "", lambda: path.open("rb"), packed=False),)


def _packed_members(path: Path, scratch: Path) -> tuple[Member, ...]:
    """Returns the single member of a gzip or zstd file, or the members of the tar file inside."""
    with contextlib.closing(open_packed(path, nested=True)) as stream:
        if not is_tar(stream.read(MAGIC_BYTES)):
            return (Member(0, "", partial(open_packed, path), packed=True),)
    with contextlib.closing(open_packed(path, nested=True)) as stream:
        # Members are opened in any order and more than once: unpacking anew each time would take squared time.
        with tempfile.NamedTemporaryFile(dir=scratch, suffix=".tar", delete=False) as copy:
            shutil.copyfileobj(stream, copy, CHUNK)
        return tuple(tar_members(Path(copy.name)))


@contextlib.contextmanager
def as_file(member: Member, path: Path, scratch: Path) -> Iterator[Path]:
    """Yields a seekable file with the bytes of a member: the delivery itself, or a temporary unpacked copy.

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
            shutil.copyfileobj(stream, copy, CHUNK)
        copy.flush()
        yield Path(copy.name)
