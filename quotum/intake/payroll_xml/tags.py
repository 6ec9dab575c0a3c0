"""The tags of payroll returns, found by counting over whole buffers: where elements begin, which, and how many end.

Names are compared eight bytes at a time, as numbers, so that no Python is run per tag. Nothing is assumed of the
bytes: what is no plain start tag of a known or plain name is called strange.
"""

import re
from functools import lru_cache
from typing import Final

import numpy as np
import numpy.typing as npt
from attrs import define, field, frozen

from quotum.intake.payroll_xml.places import tree, unread_names

Whole = npt.NDArray[np.int64]
Number = npt.NDArray[np.uint64]
Kinds = npt.NDArray[np.uint8]
Mask = npt.NDArray[np.bool_]

UNREAD: Final = len(tree().names)
"""Kind of an element of the schema that is not read; those below it are read, in the order of `tree().names`."""
FOREIGN: Final = UNREAD + 1
"""Kind of an element that no known schema has."""
STRANGE: Final = UNREAD + 2
"""Kind of what is no plain start tag: with attributes, a comment, of another prefix, and so on."""

PAD: Final = bytes(8)
"""What stands before the bytes that are looked at."""
_LESS, _SLASH, _GREATER, _SPACE = b"</> "
_PLAIN: Final = re.compile(rb"[A-Za-z_][\w.-]*")
_LONGEST: Final = 96
END: Final = bytes(_LONGEST + 8)
"""What stands behind them, so that a name can be read from wherever a tag begins."""
_MOST_NAMES: Final = 400
_SLOT_BITS: Final = 16
_EIGHT_GREATER: Final = np.uint64(0x3E3E3E3E3E3E3E3E)
_ONES: Final = np.uint64(0x0101010101010101)
_HIGHS: Final = np.uint64(0x8080808080808080)
_MIX: Final = np.uint64(0x9E3779B97F4A7C15)
_SEED: Final = 0xC2B2AE3D27D4EB4F
_TRIES: Final = 1000


@frozen
class Tags:
    """The start tags in a buffer."""

    at: Whole
    """Place of the `<` of each."""
    kinds: Kinds
    """Which element each begins; of none when text is loose."""
    order: Whole
    """Number of each among all tags, end tags included."""
    less: Whole
    """Place of every `<`."""
    loose: bool
    """Whether there is text that is in no element that holds a value."""
    words: "Words"
    """Their names."""

    @property
    def depth(self) -> Whole:
        """How many elements each stands in, beside the first."""
        return 2 * np.arange(len(self.at)) - self.order

    @property
    def closes(self) -> Whole:
        """How many elements end between each and the next."""
        return np.diff(self.order, append=len(self.less)) - 1


def read_tags(data: bytes, names: "Names") -> Tags:
    """Finds the tags of a buffer that begins with one.

    Args:
        data: The bytes, with PAD before them and END behind.
        names: What it knows of names.
    """
    signs = np.frombuffer(data, np.uint8)
    eights = _eights(data)
    less = np.flatnonzero(signs == _LESS)
    opens = signs[less + 1] != _SLASH
    order = np.flatnonzero(opens)
    at = less[order]
    loose = _has_text(signs, less, at, opens)
    if loose:  # then nobody asks which they are, and of tags that are none there can be very many
        return Tags(at, np.zeros(0, np.uint8), order, less, loose, _words_at(eights, at[:0]))
    words = _words_at(eights, at + 1)
    return Tags(at, names.kinds_of(data, at + 1, words), order, less, loose, words)


def ended_well(data: bytes, tags: Tags, asked: Mask) -> bool:
    """Whether the tag after each start tag asked for ends it: with the same name, and nothing else in it.

    Args:
        data: The bytes, as for `read_tags`.
        tags: Its tags.
        asked: For each start tag, whether it is asked for; there is a tag after it.
    """
    after = tags.less[np.minimum(tags.order + 1, len(tags.less) - 1)] + len("</")
    return tags.words.stand_at(_eights(data), after, asked)


def _eights(data: bytes) -> Number:
    """Eight bytes from every place on, as numbers."""
    one = np.frombuffer(data, "<u8", 1)
    return np.lib.stride_tricks.as_strided(one, (len(data) - 7,), (1,), writeable=False)


def _has_text(signs: Kinds, less: Whole, at: Whole, opens: Mask) -> bool:
    """Whether there can be anything but white space between two tags that are not those around a value.

    Such a text ends just before a tag, or with white space after a sign that is not `>`, or has a `>` of its own.
    White space in a tag counts, and so does a tag without `>`.
    """
    visible, other = np.empty((2, len(signs)), np.bool_)
    np.greater(signs, _SPACE, out=visible)
    np.not_equal(signs, _GREATER, out=other)
    if len(signs) - np.count_nonzero(other) != len(less):
        return True
    of_text = np.logical_and(visible, other, out=other)
    closing_containers = less[1:][np.flatnonzero(~(opens[1:] | opens[:-1]))]
    if of_text[at - 1].any() or of_text[closing_containers - 1].any():
        return True
    followed = np.greater(of_text[:-1], visible[1:], out=of_text[:-1])
    if not followed.any():
        return False
    value = np.append(False, opens[:-1] & ~opens[1:])
    follows = np.searchsorted(less, np.flatnonzero(followed))
    return not np.all(np.append(value, False)[follows])


def _words(name: bytes) -> tuple[int, int]:
    """The two numbers that `Words` has of a name with its `>`."""
    whole = name + b">"
    first, *rest = (int.from_bytes(whole[start : start + 8], "little") for start in range(0, len(whole), 8))
    key = 0
    for word in rest:
        key = (key * int(_MIX) ^ word) % (1 << 64)
    return first, key


@frozen
class Words:
    """Names as numbers, eight bytes each, the `>` behind them included."""

    first: Number
    """The first of each."""
    rest: Number
    """All others of each, mixed into one."""
    endless: Whole
    """Which are too long."""
    steps: tuple[tuple[Whole | slice, Number, Number], ...]
    """For the first, the second and so on: which names have it, what it is, and which of its bits count."""

    def stand_at(self, eights: Number, at: Whole, asked: Mask) -> bool:
        """Whether the names asked for stand, with their `>`, at these places too."""
        if np.any(asked[self.endless]):
            return False
        for offset, (which, words, bits) in zip(range(0, _LONGEST, 8), self.steps, strict=False):
            there = eights[at[which] + offset]
            if np.any(((there & bits) != words) & asked[which]):
                return False
        return True


def _words_at(eights: Number, at: Whole) -> Words:
    """The names that begin at these places."""
    first, bits, ends = _up_to_greater(eights[at])
    steps: list[tuple[Whole | slice, Number, Number]] = [(slice(None), first, bits)]
    rest = np.zeros(len(at), np.uint64)
    going = np.flatnonzero(~ends)
    for offset in range(8, _LONGEST, 8):
        if not len(going):
            break
        words, bits, ends = _up_to_greater(eights[at[going] + offset])
        rest[going] = rest[going] * _MIX ^ words
        steps.append((going, words, bits))
        going = going[~ends]
    return Words(first, rest, going, tuple(steps))


def _up_to_greater(words: Number) -> tuple[Number, Number, Mask]:
    """The bytes up to the first `>`, the bits that these are, and whether there is one."""
    other = words ^ _EIGHT_GREATER
    found = (other - _ONES) & ~other & _HIGHS
    lowest = found & (~found + np.uint64(1))
    bits = lowest - np.uint64(1)
    return words & bits, bits, found != 0


@define
class Names:
    """The names of elements as they stand in tags with one prefix."""

    prefix: bytes
    """Prefix of the namespace with its colon, or nothing."""
    _known: dict[bytes, int] = field(factory=dict)
    _seed: np.uint64 = field(init=False)
    _kinds: Kinds = field(init=False)
    _first: Number = field(init=False)
    _rest: Number = field(init=False)

    def __attrs_post_init__(self) -> None:
        """Learn the names of the schemas."""
        kinds = {name: kind for kind, name in enumerate(tree().names) if kind} | dict.fromkeys(unread_names(), UNREAD)
        if not self._learn({self.prefix + name.encode(): kind for name, kind in kinds.items()}):
            raise ValueError("no seed gives every name of the schemas a slot of its own")

    def _learn(self, names: dict[bytes, int]) -> bool:
        """Makes the tables anew, with a seed that gives each name a slot of its own; says whether there is one."""
        known = self._known | names
        words = [_words(name) for name in known]
        first, rest = (np.array(column, np.uint64) for column in zip(*words, strict=True))
        for number in range(_TRIES):
            self._seed = np.uint64(_SEED * (2 * number + 1) % (1 << 64))
            slots = self._slots(first, rest)
            if len(np.unique(slots)) == len(words):
                break
        else:
            return False
        self._known = known
        self._kinds = np.full(1 << _SLOT_BITS, STRANGE, np.uint8)
        self._first, self._rest = (np.zeros(1 << _SLOT_BITS, np.uint64) for _ in range(2))
        self._kinds[slots] = list(known.values())
        self._first[slots], self._rest[slots] = first, rest
        return True

    def _slots(self, first: Number, rest: Number) -> Whole:
        return (((first ^ (rest * _MIX)) * self._seed) >> np.uint64(64 - _SLOT_BITS)).view(np.int64)

    def kinds_of(self, data: bytes, at: Whole, words: Words) -> Kinds:
        """Kinds of the names that begin at these places."""
        first, rest = words.first, words.rest
        slots = self._slots(first, rest)
        kinds = self._kinds[slots]
        unknown = np.flatnonzero((self._first[slots] != first) | (self._rest[slots] != rest))
        kinds[unknown] = STRANGE
        while len(unknown):
            name = data[at[unknown[0]] : data.find(b">", at[unknown[0]])]
            same = (first[unknown] == first[unknown[0]]) & (rest[unknown] == rest[unknown[0]])
            kinds[unknown[same]] = self._kind_of(name)
            unknown = unknown[~same]
        kinds[words.endless] = STRANGE
        return kinds

    def _kind_of(self, name: bytes) -> int:
        """Kind of a name that was not known; it is learnt when it is a plain one."""
        if name in self._known:
            return self._known[name]
        plain = name.startswith(self.prefix) and _PLAIN.fullmatch(name.removeprefix(self.prefix))
        if not plain or len(name) >= _LONGEST or len(self._known) >= _MOST_NAMES:
            return STRANGE
        return FOREIGN if self._learn({name: FOREIGN}) else STRANGE


@lru_cache(8)
def names_with(prefix: bytes) -> Names:
    """The names with a prefix."""
    return Names(prefix)
