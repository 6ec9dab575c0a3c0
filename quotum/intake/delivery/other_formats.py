"""Files that are no delivery, with what they are and what to do about it."""

import re
from typing import Final

from quotum.errors import DeliveryRefused

_BOM: Final = b"\xef\xbb\xbf"
_WEB_PAGE: Final = re.compile(
    rb"(?:\s|<\?xml[^>]*\?>|<!--.*?-->)*<(?:!doctype\s+html|html|head|body|meta|title|script)\b",
    re.IGNORECASE | re.DOTALL,
)
_JSON: Final = re.compile(rb'\s*(?:\{\s*["}]|\[\s*[\[{"\]0-9])')
_PACK_OTHERWISE: Final = "which quotum does not unpack; pack it as .zip, .gz, .zst or .tar"
_AS_CSV: Final = "which quotum does not read; save it as CSV (UTF-8)"
_AS_PARQUET: Final = "which quotum does not read; have it made as CSV or Parquet"
_SIGNS: Final = {
    b"BZh": f"is packed as bzip2, {_PACK_OTHERWISE}",
    b"\xfd7zXZ": f"is packed as xz, {_PACK_OTHERWISE}",
    b"7z\xbc\xaf": f"is packed as 7z, {_PACK_OTHERWISE}",
    b"Rar!\x1a": f"is packed as rar, {_PACK_OTHERWISE}",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": f"is a file of Office (.xls, .doc, or one with a password), {_AS_CSV}",
    b"{\\rtf": f"is a text document (RTF), {_AS_CSV}",
    b"%PDF": "is a PDF, of which quotum reads no table; deliver the file it was made from, as CSV",
    b"ARROW1": f"is an Arrow (Feather) file, {_AS_PARQUET}",
    b"Obj\x01": f"is an Avro file, {_AS_PARQUET}",
    b"SQLite format 3": f"is an SQLite database, {_AS_PARQUET}",
    b"\x89PNG": f"is a picture, {_AS_CSV}",
    b"\xff\xd8\xff": f"is a picture, {_AS_CSV}",
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
        raise DeliveryRefused(f"is JSON, {_AS_PARQUET}")
    if _WEB_PAGE.match(text):
        raise DeliveryRefused(
            "is a web page (HTML): the download went wrong, often because a session had ended. Log in and download "
            "the file anew"
        )
