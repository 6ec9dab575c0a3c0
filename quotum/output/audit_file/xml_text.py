"""Text in XML: without signs that XML has no place for, within a length, escaped."""

import re
from typing import Final
from xml.sax.saxutils import escape

_NO_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_BLANKS: Final = re.compile(r"\s+")


def xml_text(text: str, most: int) -> str:
    """A text as the content of an element.

    Args:
        text: Anything; what XML 1.0 does not allow becomes a question mark, blanks and line ends one blank.
        most: Most characters, as the schema counts them: before they are escaped.
    """
    return escape(_BLANKS.sub(" ", _NO_XML.sub("?", text)).strip()[:most].rstrip())


def amount(cents: int) -> str:
    """Cents, zero or more, as euros with a point and two decimals."""
    return f"{cents // 100}.{cents % 100:02d}"


__all__ = ["amount", "xml_text"]
