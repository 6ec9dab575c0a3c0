"""Check by the tags of a payroll return (loonaangifte) that every element that is read is in its place.

A message that passes is in order, provided that its tags match, which xml2arrow checks. A message that fails is
doubtful: expat then reads it and says what is wrong, or that nothing is.
"""

from collections.abc import Sequence
from functools import cache
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from attrs import define, frozen

from quotum.intake.payroll_xml.places import KNOWN_SCHEMAS, MAY_BE_ABSENT, MOST_CLOSES, tree
from quotum.intake.payroll_xml.screen import in_parts
from quotum.intake.payroll_xml.tags import (
    END,
    FOREIGN,
    PAD,
    STRANGE,
    UNREAD,
    Tags,
    Whole,
    ended_well,
    names_with,
    read_tags,
)

Mask = npt.NDArray[np.bool_]

_ROOT: Final = 1
_CORRECTION: Final = next(node.number for node in tree().nodes if node.name == "TijdvakCorrectie")
_LINE: Final = b"Inkomstenverhouding"
_PLAIN_ROOT: Final = b"<>"


@frozen
class _Tables:
    """The tree as tables for whole columns."""

    container: Mask
    """Whether the element holds elements, by kind."""
    may_be_absent: Mask
    """Whether the element must have a value when present, by kind."""
    section: Whole
    """The place of a container, by kind, when it is a section; else -1."""
    in_section: Whole
    """The place of a container, by section and kind; 0 for none."""
    inside: Whole
    """The place of a value, by container and kind; 0 for none."""
    follows: Mask
    """Whether a place may come next, by place, number of ends between, and place."""
    length: Whole
    """Length of the name, by kind."""
    line: Mask
    """Whether the place is a line of the return itself and not of a correction."""


@cache
def _tables() -> _Tables:
    whole = tree()
    kinds = {name: kind for kind, name in enumerate(whole.names)}
    size = len(whole.nodes), len(kinds)
    container, section = np.zeros(size[1], np.bool_), np.full(size[1], -1)
    in_section, inside = np.zeros(size, np.int64), np.zeros(size, np.int64)
    for node in whole.nodes[1:]:
        kind = kinds[node.name]
        container[kind] |= node.container
        if node.section == node.number:
            section[kind] = node.number
            in_section[:, kind] = node.number
        elif node.container:
            in_section[node.section, kind] = node.number
        else:
            inside[node.parent, kind] = node.number
    absent = np.isin(list(kinds), list(MAY_BE_ABSENT))
    length = np.array([len(name) for name in kinds])
    around = [whole.nodes[node.section].name for node in whole.nodes]
    line = np.array([
        node.name.startswith(_LINE.decode()) and section_name.endswith("eAangifte")
        for node, section_name in zip(whole.nodes, around, strict=True)
    ])  # fmt: skip
    return _Tables(container, absent, section, in_section, inside, whole.follows().reshape(-1), length, line)


@cache
def _sound(foreign: bool) -> Mask:
    """Whether an element of a kind can be in order, by twice its kind, plus one when it ends before the next."""
    sound = np.ones((STRANGE + 1, 2), np.bool_)
    sound[:UNREAD, 1] = ~_tables().container
    sound[:UNREAD, 0] = _tables().container
    sound[UNREAD:, 0] = False
    sound[FOREIGN, 1] = foreign
    sound[STRANGE] = False
    return sound.reshape(-1)


@define
class Structure:
    """Follows the elements of messages with the same prefix."""

    prefix: bytes
    """Prefix of their namespace with its colon, or nothing."""
    year: int
    """Year of their schema."""
    doubtful: bool = False
    """Whether expat must read the message."""
    lines_in_return: int = 0
    """Income relations and withdrawals before the first TijdvakCorrectie, as counted by their tags."""
    _corrected: bool = False
    _place: int = 0
    _depth: int = -1
    _section: int = 0
    _container: int = 0

    def feed(self, piece: bytes, ended: bool = False) -> bytes:
        """Checks the next or last piece of a message.

        Args:
            piece: Begins with a start tag, that of the root when it is the first, and ends before another tag or at
                the end of the message.
            ended: Whether it is the last piece.

        Returns:
            The bytes that xml2arrow must read.
        """
        lines, corrected = self.lines_in_return, self._corrected
        read = None if self.doubtful else self._followed(piece, ended)
        if read is not None:
            return read
        self.doubtful = True
        self.lines_in_return, self._corrected = lines, corrected
        self._count(piece)
        return piece

    def _followed(self, piece: bytes, ended: bool) -> bytes | None:
        """Returns the bytes of a piece that xml2arrow must read, or nothing when expat must read the message."""
        first = not self._place
        root, rest = _parted(piece) if first else (b"", memoryview(piece))
        data = b"".join((PAD, _PLAIN_ROOT if first else b"", rest, END))
        tags = read_tags(data, names_with(self.prefix))
        if tags.loose or not len(tags.at):
            return None
        if first:
            tags.kinds[0] = 0
        wrong = self.wrong(tags, ended)
        self._depth -= 2 * len(tags.at) - len(tags.less)
        return None if len(wrong) else root + _what_is_read(data, tags)

    def _count(self, piece: bytes) -> None:
        """Counts the lines of the return that begin in a piece by the bytes of their tags."""
        if self._corrected:
            return
        correction_start = piece.find(b"<" + self.prefix + b"TijdvakCorrectie")
        self._corrected = correction_start >= 0
        end = correction_start if self._corrected else len(piece)
        self.lines_in_return += piece.count(b"<" + self.prefix + _LINE, 0, end)

    def wrong(self, tags: Tags, ended: bool) -> Whole:
        """Returns the places of tags that are not in order, and remembers the state for the next piece."""
        at, kinds, depth, closes = tags.at, tags.kinds, tags.depth, tags.closes
        sound = _sound(self.year not in KNOWN_SCHEMAS)
        single = np.flatnonzero(~sound[2 * kinds.astype(np.int64) + (closes > 0)])
        known = np.flatnonzero(kinds < UNREAD)
        kind = kinds[known].astype(np.int64)
        empty = self._empty(tags, known, kind)
        place = self._places(kind)
        self.lines_in_return += int(np.count_nonzero(_tables().line[place]))
        self._corrected |= bool(np.any(place == _CORRECTION))
        previous = np.append(self._place, place)
        above = np.append(self._depth, depth[known])
        if ended:
            place = np.append(place, _ROOT)
            depth_after = np.append(depth[known], 2 * len(at) - len(tags.less))
        else:
            previous, depth_after = previous[:-1], depth[known]
            if len(place):
                self._place, self._depth = int(place[-1]), int(above[-1])
        ends = above[: len(depth_after)] + 1 - depth_after
        size = len(tree().nodes)
        clipped = np.clip(ends, 0, MOST_CLOSES - 1)
        right = _tables().follows[(previous[: len(place)] * MOST_CLOSES + clipped) * size + place] & (ends == clipped)
        # A root at a wrong moment is the fault of the element before it.
        blamable = at[known] if len(known) else at[:1]
        faulty = np.flatnonzero(~right)
        blamed = np.where((place[faulty] == _ROOT) & (faulty > 0), faulty - 1, faulty)
        return np.concatenate([at[single], at[known][empty], blamable[blamed]])

    def _places(self, kind: Whole) -> Whole:
        """Returns the place in the tree of each element that is read; 0 where it has none."""
        tables = _tables()
        containers = np.flatnonzero(tables.container[kind])
        container_kinds = kind[containers]
        sections = _filled(tables.section[container_kinds], self._section)
        container_places = tables.in_section[sections, container_kinds]
        around = np.full(len(kind), -1)
        around[containers] = container_places
        around = _filled(around, self._container)
        place = tables.inside[around, kind]
        place[containers] = container_places
        if len(sections):
            self._section, self._container = int(sections[-1]), int(container_places[-1])
        return place

    def _empty(self, tags: Tags, known: Whole, kind: Whole) -> Mask:
        """Marks elements without a value that should have been left out."""
        tables = _tables()
        after = tags.less[np.minimum(tags.order[known] + 1, len(tags.less) - 1)]
        end = tags.at[known] + len(self.prefix) + tables.length[kind] + len("<>")
        empty: Mask = tables.may_be_absent[kind] & (after == end)
        return empty


def _filled(values: Whole, before: int) -> Whole:
    """Replaces each value that is -1 by the value before it."""
    with_first = np.append(before, values)
    places = np.where(with_first >= 0, np.arange(len(with_first)), 0)
    return with_first[np.maximum.accumulate(places)][1:]


def _parted(body: bytes) -> tuple[bytes, memoryview]:
    """Splits a message into the tag of the root, whose attributes the head has checked, and the rest."""
    end = body.find(b">") + 1
    return body[:end], memoryview(body)[end:]


def _what_is_read(data: bytes, tags: Tags) -> bytes:
    """Removes the elements that are not read, which xml2arrow would take as long to skip.

    Args:
        data: The bytes, as for `read_tags`; a plain root is not returned.
        tags: Its tags, in order.
    """
    unread = (tags.kinds == UNREAD) | (tags.kinds == FOREIGN)
    if not ended_well(data, tags, unread):
        unread[:] = False  # xml2arrow says what is wrong
    end = len(data) - len(END)
    begins, ends = tags.at[unread], np.append(tags.less, end)[tags.order[unread] + 2]
    separate = begins[1:] != ends[:-1]  # mostly several stand together
    at_edge = np.ones(min(1, len(begins)), np.bool_)
    start = len(PAD) + len(_PLAIN_ROOT) * data.startswith(PAD + _PLAIN_ROOT)
    starts = np.append(start, ends[np.append(separate, at_edge)])
    stops = np.append(begins[np.append(at_edge, separate)], end)
    places = pa.py_buffer(np.stack([starts, stops], axis=1).astype(np.int32))
    texts = pa.Array.from_buffers(pa.binary(), 2 * len(starts) - 1, [None, places, pa.py_buffer(data)])
    texts_read = texts.take(pa.array(np.arange(0, len(texts), 2)))
    return bytes(texts_read.buffers()[2].to_pybytes())


def doubtful_of(bodies: Sequence[bytes], prefixes: Sequence[bytes], years: Sequence[int]) -> list[int]:
    """Returns the numbers of messages that expat must read; each begins with its root."""
    groups: dict[tuple[bytes, bool], list[int]] = {}
    for number, (prefix, year) in enumerate(zip(prefixes, years, strict=True)):
        groups.setdefault((prefix, year in KNOWN_SCHEMAS), []).append(number)
    result: list[int] = []
    for (prefix, _), numbers in groups.items():
        for part in in_parts(numbers, bodies):
            doubtful = _doubtful_together([bodies[number] for number in part], prefix, years[part[0]])
            result += [part[index] for index in doubtful]
    return sorted(result)


def _doubtful_together(bodies: list[bytes], prefix: bytes, year: int) -> list[int]:
    """Returns the same for messages with one prefix; loose text makes only its own message doubtful."""
    pieces = [piece for body in bodies for piece in (_PLAIN_ROOT, _parted(body)[1])]
    data = b"".join((PAD, *pieces, END))
    tags = read_tags(data, names_with(prefix))
    if tags.loose:
        if len(bodies) == 1:
            return [0]
        half = len(bodies) // 2
        later = _doubtful_together(bodies[half:], prefix, year)
        return [*_doubtful_together(bodies[:half], prefix, year), *(half + index for index in later)]
    begins = np.cumsum([len(PAD), *(len(tag) + len(rest) for tag, rest in zip(pieces[::2], pieces[1::2], strict=True))])
    roots = np.searchsorted(tags.at, begins[:-1])
    tags.kinds[roots] = 0
    wrong = Structure(prefix, year).wrong(tags, ended=True)
    return sorted(set((np.searchsorted(begins, wrong, side="right") - 1).tolist()))
