"""Screening of the bytes of a payroll return (loonaangifte): are they sound XML?

xml2arrow reads fast and trusts its input: it accepts unknown entities, wrong bytes and text after the root. So every
message is screened here first by a few counts over its bytes. A message with anything beyond plain tags and text
(comments, CDATA, attributes, text after the root) is also read by expat, which is slower and knows all of XML.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

import numpy as np
from attrs import define

from quotum.intake.payroll_xml.message_head import Head

# Character references are left to expat where they can be to a character that XML does not allow.
_NUMBER: Final = rb"#(?:3[2-9]|[4-9][0-9]|[1-9][0-9]{2,3}|x[2-9a-fA-F][0-9a-fA-F]|x[1-9a-fA-F][0-9a-fA-F]{2})"
_WRONG_ENTITY: Final = re.compile(rb"&(?!(?:amp|lt|gt|quot|apos|" + _NUMBER + rb");)")
_SPACE: Final = 32
_AT_HAND: Final = 1 << 19
_ENOUGH: Final = 256


def doubtful_among(bodies: Sequence[bytes], heads: Sequence[Head]) -> frozenset[int]:
    """Returns the numbers of messages that expat must read, judged by their bytes; each begins with its root."""
    doubtful: set[int] = set()
    for part in in_parts(range(len(bodies)), bodies):
        together = b"".join(bodies[number] for number in part)
        plain = together.isascii() and not _is_odd(together)
        for number in part:
            screen = Screen(heads[number])
            screen.feed(bodies[number][-_ENOUGH:] if plain else bodies[number])
            doubtful |= {number} if screen.finish() else set()
    return frozenset(doubtful)


def in_parts(numbers: Iterable[int], bodies: Sequence[bytes]) -> Iterator[list[int]]:
    """Yields numbers of messages in parts that fit in the processor cache."""
    part: list[int] = []
    size = 0
    for number in numbers:
        part.append(number)
        size += len(bodies[number])
        if size > _AT_HAND:
            yield part
            part, size = [], 0
    if part:
        yield part


@define
class Screen:
    """Counts over the bytes of one message, from its root on, that separate plain messages from doubtful ones."""

    head: Head
    """Head of the message."""
    doubtful: bool = False
    """Whether expat must read the message too."""
    _last: bytes = b""

    def feed(self, piece: bytes) -> None:
        """Screens the next piece; no piece splits a tag or an entity."""
        self._last = piece[-_ENOUGH:].rstrip() or piece.rstrip() or self._last
        self.doubtful = self.doubtful or _is_odd(piece) or not (self.head.latin1 or _is_utf8(piece))

    def finish(self) -> bool:
        """Whether the message, now complete, is doubtful."""
        closing = b"</" + self.head.prefix + b"Loonaangifte>"
        self.doubtful = self.doubtful or self.head.foreign or not self._last.endswith(closing)
        return self.doubtful


def _is_odd(piece: bytes) -> bool:
    """Whether there is an entity or a character that only expat can judge."""
    return (b"&" in piece and _WRONG_ENTITY.search(piece) is not None) or _has_odd_signs(piece)


def _has_odd_signs(piece: bytes) -> bool:
    """Whether there is a control character that XML does not allow."""
    signs = np.frombuffer(piece, np.uint8)
    below = np.count_nonzero(signs < _SPACE)
    for allowed in b"\n\r\t":
        if not below:
            return False
        below -= np.count_nonzero(signs == allowed)
    return bool(below)


def _is_utf8(piece: bytes) -> bool:
    if piece.isascii():
        return True
    try:
        piece.decode()
    except UnicodeDecodeError:
        return False
    return True
