"""Lengths of the parts of a message, to refuse parts longer than any in a payroll return before they fill memory."""

import re
from typing import Final

from attrs import define

from quotum.intake.payroll_xml.message_head import BrokenMessageError

LONGEST_TEXT: Final = 32 << 20
LONGEST_TAG: Final = 1 << 20
TOO_LONG: Final = "one text, tag or comment is longer than 32 megabytes. Expected: a payroll return."
MOST_PARTS: Final = 1_000
TOO_MANY_PARTS: Final = "one text is cut up by more than a thousand comments or sections. Expected: a payroll return."
TAG_TOO_LONG: Final = "one tag is longer than a megabyte. Expected: a payroll return."
# Elements with the text before each, to the last whole tag; or text; or a whole section that is neither.
_NEXT: Final = re.compile(
    rb"""(?P<tags>(?:[^<]*+<[^!?"'>][^"'>]*+(?:>|(?:(?:"[^"]*+"|'[^']*+')[^"'>]*+)++>))++)"""
    rb"""|(?P<text>[^<]++|<!\[CDATA\[.*?\]\]>)|<!--.*?-->|<\?.*?\?>""",
    re.DOTALL,
)
_SECTIONS: Final = {b"<!--": b"-->", b"<![CDATA[": b"]]>", b"<?": b"?>"}


@define
class Lengths:
    """Lengths of texts, tags and sections (comments, CDATA, instructions), each of which a reader holds whole."""

    text: int = 0
    """Bytes since the last whole tag, without comments and instructions: they form the text of an element."""
    parts: int = 0
    """Number of comments, sections and instructions since the last whole tag."""
    waiting: bytes = b""
    """An unfinished tag, or the last bytes of an unfinished section."""
    until: bytes = b""
    """End mark of the unfinished section; empty when there is none."""
    section: int = 0
    """Bytes of the unfinished section so far."""
    counts: bool = False
    """Whether the unfinished section is CDATA, and so belongs to the text."""

    def feed(self, piece: bytes) -> None:
        """Measures the next piece.

        Raises:
            BrokenMessageError: A part is longer than any in a payroll return.
        """
        data, at = self.waiting + piece, 0
        if self.until:
            self.section += len(piece)
            end = data.find(self.until)
            if end < 0:
                self._go_on(data)
                return
            at = end + len(self.until)
            self.text += self.section - (len(data) - at) if self.counts else 0
            self.until, self.section, self.parts = b"", 0, self.parts + 1
        while match := _NEXT.match(data, at):
            if match.lastgroup == "tags":
                self.text = self.parts = 0
            elif match.lastgroup == "text":
                self.text += match.end() - at
            self.parts += data.startswith((b"<!", b"<?"), at)
            at = match.end()
        self._begin(data[at:])
        self._bound()

    def _begin(self, rest: bytes) -> None:
        """Begins an unfinished part with the rest of the data."""
        self.waiting = rest
        for opening, ending in _SECTIONS.items():
            if rest.startswith(opening):
                self.until, self.section, self.counts = ending, len(rest), ending == b"]]>"
                self.waiting = rest[len(opening) :][1 - len(ending) :]

    def _go_on(self, data: bytes) -> None:
        self.waiting = data[1 - len(self.until) :]
        self._bound()

    def _bound(self) -> None:
        if not self.until and len(self.waiting) > LONGEST_TAG:
            raise BrokenMessageError(TAG_TOO_LONG)
        if self.parts > MOST_PARTS:  # joining them takes the square of their number
            raise BrokenMessageError(TOO_MANY_PARTS)
        if max(self.section, self.text + self.section * self.counts) > LONGEST_TEXT:
            raise BrokenMessageError(TOO_LONG)
