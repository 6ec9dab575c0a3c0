"""Room that a settlement needs for its work in progress, as far as that is known before it begins.

What is shelved and what spills depends on the rows: measured on made-up countries of 20,000 and 65,000 employers
(2.9 and 9.3 million rows), both came to 0.55 of the bytes of the tables of the year without a limit on memory, and
with 200 MB to 3.1 and 3.9 of them. A twentieth of those bytes is about returns alone, in whatever register their
people are.
"""

import shutil
from typing import Any, Final

from attrs import frozen

from quotum import places
from quotum.engine.duck import MEMORY, SHARE_OF_ROOM
from quotum.errors import CannotWrite
from quotum.run import words
from quotum.run.preparation import Prepared
from quotum.tables import OF_ROWS, SUMS
from quotum.words import Sentence

# Bytes of work in progress per byte of the tables of the year: at least, mostly, and where memory is limited.
_AT_LEAST: Final = 0.03
_MOSTLY: Final = 0.6
_IN_LITTLE_MEMORY: Final = 3.9
_MEGABYTE: Final = 1_000_000


@frozen
class Room:
    """Room for work in progress, in bytes."""

    at_least: int
    """Less is not enough for any year of so many rows."""
    mostly: int
    """What such a year mostly takes."""
    free: int
    """What may be taken of what is free."""


def room_of(prepared: Prepared[Any]) -> Room:
    """The room that a settlement needs and has, beside its run.

    Raises:
        CannotWrite: The folder cannot be looked at.
    """
    archive, request = prepared.archive, prepared.request
    of_year = (
        table for table in archive.tables() if table.year == request.year and table.table in (*OF_ROWS, SUMS.name)
    )
    paths = [archive.layout.root / table.path for table in of_year]
    size = sum(path.stat().st_size for path in paths if path.is_file())
    mostly = _IN_LITTLE_MEMORY if request.memory_limit not in (None, MEMORY) else _MOSTLY
    try:
        free = shutil.disk_usage(request.out.parent).free
    except OSError as error:
        raise CannotWrite(places.UNWRITABLE.sentence(near=request.out.parent, why=error.strerror)) from error
    return Room(int(size * _AT_LEAST), int(size * mostly), int(free * SHARE_OF_ROOM))


def require_room(prepared: Prepared[Any]) -> None:
    """Refuse what cannot end well, before it begins.

    Raises:
        CannotWrite: The disk has too little room for the work in progress of any settlement of so many rows.
    """
    room, place = room_of(prepared), prepared.request.out.parent
    if room.free < room.at_least:
        at_least, mostly, free = map(_megabytes, (room.at_least, room.mostly, room.free))
        raise CannotWrite(words.NO_ROOM.sentence(place=place, at_least=at_least, mostly=mostly, free=free))


def room_remarks(prepared: Prepared[Any]) -> tuple[str, ...]:
    """What is to be said where there is less room than such a settlement mostly takes."""
    room = room_of(prepared)
    if room.free >= room.mostly or room.free < room.at_least:
        return ()
    mostly, free = _megabytes(room.mostly), _megabytes(room.free)
    return (words.LITTLE_ROOM.sentence(mostly=mostly, place=prepared.request.out.parent, free=free),)


def _megabytes(number: int) -> Sentence:
    return words.MEGABYTES.sentence(number=number / _MEGABYTE)


__all__ = ["Room", "require_room", "room_of", "room_remarks"]
