"""How long the parts of a message are, so that none is held whole that is longer than any of a payroll return."""

import re
from typing import Final

from attrs import define

from quotum.intake.payroll_xml.outside import BrokenMessageError

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
    """How long the texts, tags and sections (comments, CDATA, instructions) are: who reads holds each of them whole."""

    text: int = 0
    """Bytes since the last whole tag, comments and instructions left out: an element's text is one."""
    parts: int = 0
    """Number of comments, sections and instructions since the last whole tag."""
    waiting: bytes = b""
    """A tag that has not ended, or the last bytes of a section that has not."""
    until: bytes = b""
    """What ends the section that goes on; nothing when none does."""
    section: int = 0
    """Bytes of that section so far."""
    counts: bool = False
    """Whether that section is CDATA, and so belongs to the text."""

    def feed(self, piece: bytes) -> None:
        """Look at the next piece.

        Raises:
            BrokenMessageError: Something is longer than anything in a payroll return.
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
        while found := _NEXT.match(data, at):
            if found.lastgroup == "tags":
                self.text = self.parts = 0
            elif found.lastgroup == "text":
                self.text += found.end() - at
            self.parts += data.startswith((b"<!", b"<?"), at)
            at = found.end()
        self._begin(data[at:])
        self._bound()

    def _begin(self, rest: bytes) -> None:
        """What is left begins something that has not ended."""
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
        if self.parts > MOST_PARTS:  # to put them together takes the square of their number
            raise BrokenMessageError(TOO_MANY_PARTS)
        if max(self.section, self.text + self.section * self.counts) > LONGEST_TEXT:
            raise BrokenMessageError(TOO_LONG)
