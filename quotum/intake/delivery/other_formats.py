"""Files that are no delivery, with what they are and what to do about it."""

import re
from typing import Final

from quotum.errors import DeliveryRefused
from quotum.intake import words
from quotum.words import Sentence, Text

_BOM: Final = b"\xef\xbb\xbf"
_WEB_PAGE: Final = re.compile(
    rb"(?:\s|<\?xml[^>]*\?>|<!--.*?-->)*<(?:!doctype\s+html|html|head|body|meta|title|script)\b",
    re.IGNORECASE | re.DOTALL,
)
_JSON: Final = re.compile(rb'\s*(?:\{\s*["}]|\[\s*[\[{"\]0-9])')


def _is(name: str, instead: Text) -> Sentence:
    return words.IS.sentence(what=words.OTHER_FORMATS[name].sentence(), instead=instead.sentence())


_SIGNS: Final = {
    b"BZh": _is("bzip2", words.PACK_OTHERWISE),
    b"\xfd7zXZ": _is("xz", words.PACK_OTHERWISE),
    b"7z\xbc\xaf": _is("7z", words.PACK_OTHERWISE),
    b"Rar!\x1a": _is("rar", words.PACK_OTHERWISE),
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": _is("office", words.AS_CSV),
    b"{\\rtf": _is("rtf", words.AS_CSV),
    b"%PDF": words.IS_PDF.sentence(),
    b"ARROW1": _is("arrow", words.AS_PARQUET),
    b"Obj\x01": _is("avro", words.AS_PARQUET),
    b"SQLite format 3": _is("sqlite", words.AS_PARQUET),
    b"\x89PNG": _is("picture", words.AS_CSV),
    b"\xff\xd8\xff": _is("picture", words.AS_CSV),
}


def refuse_other_format(first: bytes) -> None:
    """Refuses a known format that is neither payroll return XML, nor CSV, nor Parquet.

    Args:
        first: First bytes of the file.

    Raises:
        DeliveryRefused: The format is a known other format; the reason names it.
    """
    for sign, reason in _SIGNS.items():
        if first.startswith(sign):
            raise DeliveryRefused(reason)
    text = first.removeprefix(_BOM)
    if _JSON.match(text):
        raise DeliveryRefused(_is("json", words.AS_PARQUET))
    if _WEB_PAGE.match(text):
        raise DeliveryRefused(words.WEB_PAGE.sentence())
