"""Whether every element that is read stands where it may in a payroll return (loonaangifte), judged by its tags.

What this finds in order is in order, provided that the tags match, which xml2arrow sees to. What it does not, is
doubtful: expat then reads the message and says what is wrong, or that nothing is.
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
    """What the tree says, as tables for whole columns."""

    container: Mask
    """Whether elements stand in it, by kind."""
    may_be_absent: Mask
    """Whether it must have a value where it stands, by kind."""
    section: Whole
    """The place that a container is, by kind, when it is a section; else -1."""
    in_section: Whole
    """The place of a container, by section and kind; 0 for none."""
    inside: Whole
    """The place of a value, by container and kind; 0 for none."""
    follows: Mask
    """Whether a place may come next, by place, number of ends between, and place."""
    length: Whole
    """Length of the name, by kind."""
    line: Mask
    """Whether it is a line of the return itself and not of a correction, by place."""


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
        node.name.startswith(_LINE.decode()) and one.endswith("eAangifte")
        for node, one in zip(whole.nodes, around, strict=True)
    ])  # fmt: skip
    return _Tables(container, absent, section, in_section, inside, whole.follows().reshape(-1), length, line)


@cache
def _sound(foreign: bool) -> Mask:
    """Whether an element of a kind can be in order, by twice its kind, and one more when it ends before the next."""
    sound = np.ones((STRANGE + 1, 2), np.bool_)
    sound[:UNREAD, 1] = ~_tables().container
    sound[:UNREAD, 0] = _tables().container
    sound[UNREAD:, 0] = False
    sound[FOREIGN, 1] = foreign
    sound[STRANGE] = False
    return sound.reshape(-1)


@define
class Structure:
    """Follows the elements of messages with one prefix."""

    prefix: bytes
    """Prefix of their namespace with its colon, or nothing."""
    year: int
    """Year of their schema."""
    doubtful: bool = False
    """Whether expat must look."""
    lines_in_return: int = 0
    """Income relations and withdrawals before the first TijdvakCorrectie, as counted by their tags."""
    _corrected: bool = False
    _place: int = 0
    _depth: int = -1
    _section: int = 0
    _container: int = 0

    def feed(self, piece: bytes, ended: bool = False) -> bytes:
        """Looks at the next piece of one message, or at its last.

        Args:
            piece: Begins with a start tag, that of the root when it is the first, and ends before another, or as the
                message does.
            ended: Whether it is the last.

        Returns:
            What xml2arrow must read of it.
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
        """What xml2arrow must read of a piece, or nothing when expat must look."""
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
        found = piece.find(b"<" + self.prefix + b"TijdvakCorrectie")
        self._corrected = found >= 0
        end = found if self._corrected else len(piece)
        self.lines_in_return += piece.count(b"<" + self.prefix + _LINE, 0, end)

    def wrong(self, tags: Tags, ended: bool) -> Whole:
        """Places of tags that are not in order; what the next must know of these is remembered."""
        at, kinds, depth, closes = tags.at, tags.kinds, tags.depth, tags.closes
        sound = _sound(self.year not in KNOWN_SCHEMAS)
        single = np.flatnonzero(~sound[2 * kinds.astype(np.int64) + (closes > 0)])
        kept = np.flatnonzero(kinds < UNREAD)
        kind = kinds[kept].astype(np.int64)
        empty = self._empty(tags, kept, kind)
        place = self._places(kind)
        self.lines_in_return += int(np.count_nonzero(_tables().line[place]))
        self._corrected |= bool(np.any(place == _CORRECTION))
        previous = np.append(self._place, place)
        above = np.append(self._depth, depth[kept])
        if ended:
            place = np.append(place, _ROOT)
            depth_after = np.append(depth[kept], 2 * len(at) - len(tags.less))
        else:
            previous, depth_after = previous[:-1], depth[kept]
            if len(place):
                self._place, self._depth = int(place[-1]), int(above[-1])
        ends = above[: len(depth_after)] + 1 - depth_after
        size = len(tree().nodes)
        clipped = np.clip(ends, 0, MOST_CLOSES - 1)
        right = _tables().follows[(previous[: len(place)] * MOST_CLOSES + clipped) * size + place] & (ends == clipped)
        # A root that comes at a wrong moment is the fault of what stands before it.
        where = at[kept] if len(kept) else at[:1]
        faulty = np.flatnonzero(~right)
        blamed = np.where((place[faulty] == _ROOT) & (faulty > 0), faulty - 1, faulty)
        return np.concatenate([at[single], at[kept][empty], where[blamed]])

    def _places(self, kind: Whole) -> Whole:
        """The place in the tree of each element that is read; 0 where it has none."""
        tables = _tables()
        containers = np.flatnonzero(tables.container[kind])
        of = kind[containers]
        sections = _filled(tables.section[of], self._section)
        found = tables.in_section[sections, of]
        around = np.full(len(kind), -1)
        around[containers] = found
        around = _filled(around, self._container)
        place = tables.inside[around, kind]
        place[containers] = found
        if len(sections):
            self._section, self._container = int(sections[-1]), int(found[-1])
        return place

    def _empty(self, tags: Tags, kept: Whole, kind: Whole) -> Mask:
        """Which stand there without a value, where they could be left out."""
        tables = _tables()
        after = tags.less[np.minimum(tags.order[kept] + 1, len(tags.less) - 1)]
        end = tags.at[kept] + len(self.prefix) + tables.length[kind] + len("<>")
        empty: Mask = tables.may_be_absent[kind] & (after == end)
        return empty


def _filled(values: Whole, before: int) -> Whole:
    """Each value that is -1 replaced by the one before it."""
    with_first = np.append(before, values)
    where = np.where(with_first >= 0, np.arange(len(with_first)), 0)
    return with_first[np.maximum.accumulate(where)][1:]


def _parted(body: bytes) -> tuple[bytes, memoryview]:
    """The tag of the root, of which the head has judged the attributes, and the rest of a message."""
    end = body.find(b">") + 1
    return body[:end], memoryview(body)[end:]


def _what_is_read(data: bytes, tags: Tags) -> bytes:
    """The bytes without the elements that are not read, which xml2arrow would take as long to pass over.

    Args:
        data: The bytes, as for `read_tags`; a plain root is not given.
        tags: Its tags, in order.
    """
    unread = (tags.kinds == UNREAD) | (tags.kinds == FOREIGN)
    if not ended_well(data, tags, unread):
        unread[:] = False  # xml2arrow says what is wrong
    end = len(data) - len(END)
    begins, ends = tags.at[unread], np.append(tags.less, end)[tags.order[unread] + 2]
    apart = begins[1:] != ends[:-1]  # mostly several stand together
    some = np.ones(min(1, len(begins)), np.bool_)
    start = len(PAD) + len(_PLAIN_ROOT) * data.startswith(PAD + _PLAIN_ROOT)
    starts = np.append(start, ends[np.append(apart, some)])
    stops = np.append(begins[np.append(some, apart)], end)
    places = pa.py_buffer(np.stack([starts, stops], axis=1).astype(np.int32))
    texts = pa.Array.from_buffers(pa.binary(), 2 * len(starts) - 1, [None, places, pa.py_buffer(data)])
    kept = texts.take(pa.array(np.arange(0, len(texts), 2)))
    return bytes(kept.buffers()[2].to_pybytes())


def doubtful_of(bodies: Sequence[bytes], prefixes: Sequence[bytes], years: Sequence[int]) -> list[int]:
    """Numbers of the messages that expat must look at; each begins with its root."""
    groups: dict[tuple[bytes, bool], list[int]] = {}
    for number, (prefix, year) in enumerate(zip(prefixes, years, strict=True)):
        groups.setdefault((prefix, year in KNOWN_SCHEMAS), []).append(number)
    found: list[int] = []
    for (prefix, _), numbers in groups.items():
        for part in in_parts(numbers, bodies):
            doubtful = _doubtful_together([bodies[one] for one in part], prefix, years[part[0]])
            found += [part[one] for one in doubtful]
    return sorted(found)


def _doubtful_together(bodies: list[bytes], prefix: bytes, year: int) -> list[int]:
    """The same of messages with one prefix; text that is loose makes all of them doubtful that have it."""
    pieces = [piece for body in bodies for piece in (_PLAIN_ROOT, _parted(body)[1])]
    data = b"".join((PAD, *pieces, END))
    tags = read_tags(data, names_with(prefix))
    if tags.loose:
        if len(bodies) == 1:
            return [0]
        half = len(bodies) // 2
        later = _doubtful_together(bodies[half:], prefix, year)
        return [*_doubtful_together(bodies[:half], prefix, year), *(half + one for one in later)]
    begins = np.cumsum([len(PAD), *(len(tag) + len(rest) for tag, rest in zip(pieces[::2], pieces[1::2], strict=True))])
    roots = np.searchsorted(tags.at, begins[:-1])
    tags.kinds[roots] = 0
    wrong = Structure(prefix, year).wrong(tags, ended=True)
    return sorted(set((np.searchsorted(begins, wrong, side="right") - 1).tolist()))
