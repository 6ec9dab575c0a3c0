"""Readable files of a delivery, and the limits on members of a container."""

import abc
import contextlib
import re
from collections.abc import Callable
from functools import partial
from typing import BinaryIO, Final, NoReturn

from attrs import frozen

from quotum.errors import DeliveryRefused
from quotum.intake import words

GZIP: Final = b"\x1f\x8b"
# A frame, or a skippable frame in front of it.
ZSTD: Final = (b"\x28\xb5\x2f\xfd", *(bytes([sign]) + b"\x2a\x4d\x18" for sign in range(0x50, 0x60)))
ZIP: Final = (b"PK\x03\x04", b"PK\x05\x06")
_TAR: Final = b"ustar"
_TAR_PLACE: Final = 257
MAGIC_BYTES: Final = _TAR_PLACE + len(_TAR)

# A return has at least thirty distinct bytes per income relation, against 2,600 bytes as XML.
LARGEST_RATIO: Final = 250
ALWAYS_ALLOWED: Final = 64 << 20


class Opener(abc.ABC):
    """Opens a member, and reads its first bytes more cheaply than the whole."""

    __slots__ = ()

    @abc.abstractmethod
    def __call__(self) -> BinaryIO:
        """Opens the bytes anew."""

    @abc.abstractmethod
    def begin(self, size: int) -> bytes:
        """Returns the first bytes, at most `size`."""


@frozen
class Member:
    """One readable file of a delivery."""

    number: int
    """0 for a plain file, else the place within the container, from 1."""
    name: str
    """Name within the container, empty for a plain file."""
    open: Callable[[], BinaryIO]
    """Opens the uncompressed bytes anew; can be an `Opener`."""
    packed: bool
    """Whether the bytes come out of a container."""

    def first(self, size: int) -> bytes:
        """Returns the first bytes.

        Args:
            size: Largest number of bytes.

        Raises:
            DeliveryRefused: The container is broken there, or the member is no file that quotum opens.
        """
        if isinstance(self.open, Opener):
            return self.open.begin(size)
        with contextlib.closing(self.open()) as stream:
            return stream.read(size)


def refused_member(number: int, name: str, reason: str) -> Member:
    """Returns a member that gives the reason for its refusal as soon as it is opened."""
    return Member(number, shown(name), partial(_refuse, reason), packed=True)


def _refuse(reason: str) -> NoReturn:
    raise DeliveryRefused(reason)


def shown(name: str) -> str:
    """Returns a member's name in a form fit for one line of a message."""
    return name if name.isprintable() else "".join(sign if sign.isprintable() else "?" for sign in name)


def path_reason(name: str) -> str:
    """Returns why the path of a member is refused, or nothing; quotum never uses the path, but it shows ill intent.

    A drive letter of Windows shows none: programs there put it before the path of packed files.
    """
    if name[:1] == "/":
        return "has an absolute path; a member has a path within its container. Have the container made anew"
    if ".." in name and ".." in re.split(r"[/\\]", name):
        return "has a path that climbs out of its container ('..'). Have the container made anew"
    return ""


def is_tar(first: bytes) -> bool:
    """Whether the first bytes are those of a tar file."""
    return first[_TAR_PLACE:MAGIC_BYTES] == _TAR


def is_container(first: bytes) -> bool:
    """Whether the first bytes are those of a container."""
    return first.startswith((GZIP, *ZSTD, *ZIP)) or is_tar(first)


def refuse_container(first: bytes) -> None:
    """Refuses a container within a container, in which a small file can hide more than a disk holds.

    Args:
        first: The first bytes of a member.

    Raises:
        DeliveryRefused: The first bytes are those of a container.
    """
    if is_container(first):
        raise DeliveryRefused(words.CONTAINER_IN_CONTAINER.sentence())


def most_unpacked(packed: int) -> int:
    """Returns the largest size to which a number of packed bytes may unpack."""
    return max(ALWAYS_ALLOWED, LARGEST_RATIO * packed)


def bomb_reason(packed: int) -> str:
    """Returns why something that unpacks to too much is refused."""
    return (
        f"unpacks to more than {LARGEST_RATIO} times its {packed:,} bytes, and to more than "
        f"{ALWAYS_ALLOWED >> 20} megabytes, as no delivery does: it may be made to fill the disk. "
        "If it is sound, deliver it unpacked"
    )
