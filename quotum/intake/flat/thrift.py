"""Reading the heads of Parquet pages: the compact protocol of Thrift, as much of it as they are written in.

Source: thrift/doc/specs/thrift-compact-protocol.md of Apache Thrift.
"""

from __future__ import annotations

_NUMBER, _OTHER_NUMBERS, _TEXT, _STRUCT = 5, (4, 6), 8, 12
# Bytes of the other kinds: true and false are in the number of the kind, then a byte, and a double.
_SIZES = {1: 0, 2: 0, 3: 1, 7: 8}
_LAST_FIELD = 32_767
_DEEPEST = 4
_LONGEST_NUMBER = 10
_MORE, _SEVEN, _SHORT = 0x80, 0x7F, 0x0F


class Damaged(ValueError):
    """What was read cannot be a struct."""


class Cut(ValueError):
    """A struct goes on behind the bytes that were given."""


Struct = dict[int, "int | Struct | None"]


def read_struct(data: bytes) -> tuple[Struct, int]:
    """The numbers of 32 bits in a struct, and in the structs in it, by their field; all else is none.

    What reads a page takes a field of another kind than it expects for one that it does not know.

    Args:
        data: Bytes that begin with it.

    Returns:
        The numbers, and how many bytes the struct takes.

    Raises:
        Cut: It is longer than what was given.
        Damaged: It is none, has a field twice or one that 16 bits cannot number, or holds a kind of value that no head
            of a page has.
    """
    try:
        return _struct(data, 0, _DEEPEST)
    except IndexError as error:
        raise Cut from error


def _struct(data: bytes, at: int, deepest: int) -> tuple[Struct, int]:
    """A struct and the place behind it.

    Raises:
        IndexError: The bytes end before it does.
        Damaged: See `read_struct`.
    """
    if not deepest:
        raise Damaged
    found: Struct = {}
    number = 0
    while head := data[at]:
        at += 1
        step, kind = head >> 4, head & _SHORT
        if step:
            number += step
        else:
            number, at = _number(data, at)
        if number in found or not 0 < number <= _LAST_FIELD:
            raise Damaged
        if kind == _NUMBER:
            found[number], at = _number(data, at)
        elif kind == _STRUCT:
            found[number], at = _struct(data, at, deepest - 1)
        elif kind == _TEXT:
            length, at = unsigned(data, at)
            found[number], at = None, at + length
        elif kind in _OTHER_NUMBERS:
            found[number], at = None, unsigned(data, at)[1]
        elif kind in _SIZES:
            found[number], at = None, at + _SIZES[kind]
        else:
            raise Damaged
    return found, at + 1


def _number(data: bytes, at: int) -> tuple[int, int]:
    """A number with its sign in the last bit."""
    found, at = unsigned(data, at)
    return (found >> 1) ^ -(found & 1), at


def unsigned(data: bytes, at: int) -> tuple[int, int]:
    """A number in groups of seven bits (ULEB128), and the place behind it.

    Raises:
        IndexError: The bytes end before it does.
        Damaged: It takes more than ten bytes.
    """
    some = data[at]
    found = some & _SEVEN
    for place in range(1, _LONGEST_NUMBER):
        if some < _MORE:
            return found, at + place
        some = data[at + place]
        found |= (some & _SEVEN) << 7 * place
    if some < _MORE:
        return found, at + _LONGEST_NUMBER
    raise Damaged
