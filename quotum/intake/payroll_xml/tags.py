"""Tags of payroll returns, located by counting over whole buffers: where elements begin, which, and how many end.

Names are compared as numbers of eight bytes, so that no Python runs per tag. Nothing is assumed about the bytes:
anything but a plain start tag of a known or plain name is called strange.
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
"""Kind of an element of the schema that is not read; lower kinds are read, in the order of `tree().names`."""
FOREIGN: Final = UNREAD + 1
"""Kind of an element that no known schema has."""
STRANGE: Final = UNREAD + 2
"""Kind of anything but a plain start tag: with attributes, a comment, with another prefix, and so on."""

PAD: Final = bytes(8)
"""Bytes in front of the data."""
_LESS, _SLASH, _GREATER, _SPACE = b"</> "
_PLAIN: Final = re.compile(rb"[A-Za-z_][\w.-]*")
_LONGEST: Final = 96
END: Final = bytes(_LONGEST + 8)
"""Bytes behind the data, so that a name can be read from wherever a tag begins."""
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
    """Kind of element of each; empty when text is loose."""
    order: Whole
    """Number of each among all tags, end tags included."""
    less: Whole
    """Place of every `<`."""
    loose: bool
    """Whether there is text outside the elements that hold a value."""
    words: "Words"
    """Their names."""

    @property
    def depth(self) -> Whole:
        """Number of elements around each, relative to the first."""
        return 2 * np.arange(len(self.at)) - self.order

    @property
    def closes(self) -> Whole:
        """Number of elements that end between each and the next."""
        return np.diff(self.order, append=len(self.less)) - 1


def read_tags(data: bytes, names: "Names") -> Tags:
    """Reads the tags of a buffer that begins with a tag.

    Args:
        data: The bytes, with PAD before them and END behind.
        names: The known names.
    """
    signs = np.frombuffer(data, np.uint8)
    eights = _eights(data)
    less = np.flatnonzero(signs == _LESS)
    opens = signs[less + 1] != _SLASH
    order = np.flatnonzero(opens)
    at = less[order]
    loose = _has_text(signs, less, at, opens)
    if loose:  # the kinds are not used then, and there can be very many pieces that are no tags
        return Tags(at, np.zeros(0, np.uint8), order, less, loose, _words_at(eights, at[:0]))
    words = _words_at(eights, at + 1)
    return Tags(at, names.kinds_of(data, at + 1, words), order, less, loose, words)


def ended_well(data: bytes, tags: Tags, asked: Mask) -> bool:
    """Whether each marked start tag is directly followed by its end tag, with the same name.

    Args:
        data: The bytes, as for `read_tags`.
        tags: Its tags.
        asked: Marks of the start tags to check; each has a tag after it.
    """
    after = tags.less[np.minimum(tags.order + 1, len(tags.less) - 1)] + len("</")
    return tags.words.stand_at(_eights(data), after, asked)


def _eights(data: bytes) -> Number:
    """Returns eight bytes from every place on, as numbers."""
    eight_bytes = np.frombuffer(data, "<u8", 1)
    return np.lib.stride_tricks.as_strided(eight_bytes, (len(data) - 7,), (1,), writeable=False)


def _has_text(signs: Kinds, less: Whole, at: Whole, opens: Mask) -> bool:
    """Whether there can be anything but white space between two tags that do not enclose a value.

    Such a text ends just before a tag, or with white space after a character other than `>`, or contains a `>`. White
    space in a tag counts, and so does a tag without `>`.
    """
    visible, not_greater = np.empty((2, len(signs)), np.bool_)
    np.greater(signs, _SPACE, out=visible)
    np.not_equal(signs, _GREATER, out=not_greater)
    if len(signs) - np.count_nonzero(not_greater) != len(less):
        return True
    of_text = np.logical_and(visible, not_greater, out=not_greater)
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
    """Returns the two numbers by which `Words` represents a name with its `>`."""
    whole = name + b">"
    first, *rest = (int.from_bytes(whole[start : start + 8], "little") for start in range(0, len(whole), 8))
    key = 0
    for word in rest:
        key = (key * int(_MIX) ^ word) % (1 << 64)
    return first, key


@frozen
class Words:
    """Names as numbers of eight bytes, the `>` behind them included."""

    first: Number
    """First number of each name."""
    rest: Number
    """Other numbers of each name, mixed into one."""
    endless: Whole
    """Names that are too long."""
    steps: tuple[tuple[Whole | slice, Number, Number], ...]
    """For each number in turn: the names that have it, its value, and its bits that count."""

    def stand_at(self, eights: Number, at: Whole, asked: Mask) -> bool:
        """Whether the marked names, with their `>`, are at these places too."""
        if np.any(asked[self.endless]):
            return False
        for offset, (named, words, bits) in zip(range(0, _LONGEST, 8), self.steps, strict=False):
            eight_bytes = eights[at[named] + offset]
            if np.any(((eight_bytes & bits) != words) & asked[named]):
                return False
        return True


def _words_at(eights: Number, at: Whole) -> Words:
    """Returns the names that begin at these places."""
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
    """Returns the bytes up to the first `>`, the mask of their bits, and whether there is one."""
    difference = words ^ _EIGHT_GREATER
    greater_bits = (difference - _ONES) & ~difference & _HIGHS
    lowest = greater_bits & (~greater_bits + np.uint64(1))
    bits = lowest - np.uint64(1)
    return words & bits, bits, greater_bits != 0


@define
class Names:
    """Names of elements in tags with the same prefix."""

    prefix: bytes
    """Prefix of the namespace with its colon, or nothing."""
    _known: dict[bytes, int] = field(factory=dict)
    _seed: np.uint64 = field(init=False)
    _kinds: Kinds = field(init=False)
    _first: Number = field(init=False)
    _rest: Number = field(init=False)

    def __attrs_post_init__(self) -> None:
        """Learns the names of the schemas."""
        kinds = {name: kind for kind, name in enumerate(tree().names) if kind} | dict.fromkeys(unread_names(), UNREAD)
        if not self._learn({self.prefix + name.encode(): kind for name, kind in kinds.items()}):
            raise ValueError("no seed gives every name of the schemas a slot of its own")

    def _learn(self, names: dict[bytes, int]) -> bool:
        """Rebuilds the tables with a seed that gives each name its own slot; returns whether there is such a seed."""
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
        """Returns the kinds of the names that begin at these places."""
        first, rest = words.first, words.rest
        slots = self._slots(first, rest)
        kinds = self._kinds[slots]
        unknown = np.flatnonzero((self._first[slots] != first) | (self._rest[slots] != rest))
        kinds[unknown] = STRANGE
        while len(unknown):
            name = data[at[unknown[0]] : data.find(b">", at[unknown[0]])]
            is_same = (first[unknown] == first[unknown[0]]) & (rest[unknown] == rest[unknown[0]])
            kinds[unknown[is_same]] = self._kind_of(name)
            unknown = unknown[~is_same]
        kinds[words.endless] = STRANGE
        return kinds

    def _kind_of(self, name: bytes) -> int:
        """Returns the kind of an unknown name; a plain name is learnt."""
        if name in self._known:
            return self._known[name]
        plain = name.startswith(self.prefix) and _PLAIN.fullmatch(name.removeprefix(self.prefix))
        if not plain or len(name) >= _LONGEST or len(self._known) >= _MOST_NAMES:
            return STRANGE
        return FOREIGN if self._learn({name: FOREIGN}) else STRANGE


@lru_cache(8)
def names_with(prefix: bytes) -> Names:
    """Returns the names with a prefix."""
    return Names(prefix)
