"""Head of a payroll return (loonaangifte): encoding, root, namespace and version."""

import re
from typing import Final
from xml.parsers import expat

from attrs import define, frozen

from quotum.identifiers import masked

YEARS: Final = (2022, 2023, 2024, 2025, 2026, 2027)
_DESCRIBED: Final = 2027
_DESCRIBED_NAMESPACE: Final = b"/schemas/Loonaangifte/%d/" % _DESCRIBED
_NAMESPACE: Final = re.compile(r"http://xml\.belastingdienst\.nl/schemas/Loonaangifte/(\d{4})/01")
_KNOWN: Final = (
    f"http://xml.belastingdienst.nl/schemas/Loonaangifte/<year>/01 with a year from {YEARS[0]} to {YEARS[-1]}"
)
_INSTANCE: Final = "http://www.w3.org/2001/XMLSchema-instance"
_BOM: Final = b"\xef\xbb\xbf"
# ASCII is a part of UTF-8, and many libraries declare it when they write no other characters.
_UTF8: Final = frozenset({"utf-8", "utf8", "us-ascii", "ascii", "iso646-us", "ansi_x3.4-1968", "iso-ir-6"})
_LATIN1: Final = frozenset(
    {"iso-8859-1", "iso8859-1", "iso_8859-1", "iso_8859-1:1987", "latin1", "latin-1", "l1", "cp819", "ibm819"}
    | {"iso-ir-100", "csisolatin1"}
)
_PLAIN_ROOT: Final = re.compile(rb"""<[^\s<>"'=/]+(?:\s+[^\s<>"'=/]+\s*=\s*(?:"[^<>"]*"|'[^<>']*'))*\s*>""")
_PLAIN_NAME: Final = re.compile(r"[A-Za-z][A-Za-z0-9._:-]{0,39}")
_PIECE: Final = 4096
_INVALID: Final = expat.errors.codes[expat.errors.XML_ERROR_INVALID_TOKEN]
_LAST_ASCII: Final = 0x7F
_EXPAT_REASONS: Final = {
    expat.errors.codes[expat.errors.XML_ERROR_JUNK_AFTER_DOC_ELEMENT]: "there is something after the root element",
    expat.errors.codes[expat.errors.XML_ERROR_NO_ELEMENTS]: "the file ends before its root element is closed",
    expat.errors.codes[expat.errors.XML_ERROR_UNDEFINED_ENTITY]: "an entity is used that XML does not define",
    expat.errors.codes[expat.errors.XML_ERROR_UNCLOSED_TOKEN]: "the file is cut off in the middle of a tag",
    expat.errors.codes[expat.errors.XML_ERROR_UNCLOSED_CDATA_SECTION]: "the file is cut off within CDATA",
}


class BrokenMessageError(Exception):
    """A message cannot be read; the text says what is wrong, what was expected and what to do."""


class _RootReached(Exception):
    """Signal, not an error: stops expat after the root element."""


@frozen
class Head:
    """Content of the first bytes of a message."""

    body: int
    """Offset in bytes of the start tag of the root."""
    prefix: bytes
    """Namespace prefix of the root with its colon, or nothing."""
    namespace: str
    """Namespace of the root."""
    year: int
    """Year of the schema."""
    latin1: bool
    """Whether the bytes are ISO-8859-1 and not UTF-8."""
    foreign: bool
    """Whether the root has an attribute that the schema does not know."""

    @property
    def encoding(self) -> str:
        """Encoding of the bytes, whatever the message calls it."""
        return "iso-8859-1" if self.latin1 else "utf-8"


def looks_like_xml(head: bytes) -> bool:
    """Whether a file is XML at all: its first character, after byte order mark and white space, is `<`."""
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        head = head[2:]
    return head.removeprefix(_BOM).lstrip(b" \t\r\n\x00").startswith(b"<")


def describe(head: bytes) -> tuple[int | None, str]:
    """Returns the schema year of a payroll return by its first kilobytes; otherwise None and the reason."""
    try:
        result = read_head(head)
    except BrokenMessageError as broken:
        return None, str(broken)
    return result.year, ""


def described_year(first: bytes) -> int:
    """Returns the schema year of a message whose schema is known only from descriptions, else 0.

    Args:
        first: The first bytes of the message.
    """
    return _DESCRIBED if _DESCRIBED_NAMESPACE in first else 0


def read_head(head: bytes) -> Head:
    """Reads encoding, root, namespace and version.

    Raises:
        BrokenMessageError: The message is no payroll return that quotum reads.
    """
    _refuse_wide(head)
    reader = _HeadReader(head.startswith(_BOM))
    parser = reader.parser()
    try:
        for start in range(0, len(head), _PIECE):
            parser.Parse(head[start : start + _PIECE], False)
    except _RootReached:
        return reader.head()
    except expat.ExpatError as error:
        raise BrokenMessageError(expat_reason(error)) from None
    except (LookupError, ValueError):
        raise BrokenMessageError(_encoding_reason("an encoding that is not known")) from None
    raise BrokenMessageError(
        "no root element was found: the file is empty, or cut off. Expected: Loonaangifte. Deliver the whole file."
    )


def _refuse_wide(head: bytes) -> None:
    if head[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\x00" in head[:4]:
        raise BrokenMessageError(_encoding_reason("UTF-16 or UTF-32"))


def _encoding_reason(encoding: str) -> str:
    return f"the encoding is {encoding}. Expected: UTF-8 or ISO-8859-1. Have the sender write the file in one of these."


def expat_reason(error: expat.ExpatError, sign: int = 0) -> str:
    """Returns expat's error in words, without values of the message.

    Args:
        error: The error of expat.
        sign: The byte at which it stopped.
    """
    reason = _EXPAT_REASONS.get(error.code) or expat.ErrorString(error.code)
    if error.code == _INVALID and sign > _LAST_ASCII:
        reason = "it says that it is UTF-8 and has a sign that is not, but may be ISO-8859-1 or windows-1252"
    return (
        f"it is not sound XML: {reason} (line {error.lineno}, column {error.offset + 1}). Expected: one whole "
        "Loonaangifte. Deliver the file again, or have the sender make it anew."
    )


def refuse_doctype(*_: object) -> None:
    """Refuses a DOCTYPE, as a handler of expat.

    Raises:
        BrokenMessageError: Always.
    """
    raise BrokenMessageError(
        "it has a DOCTYPE, which a payroll return never has and which is never processed. Have the sender leave it out."
    )


@define
class _HeadReader:
    """Collects the reports of expat up to the root."""

    marked: bool
    """Whether the file begins with the byte order mark of UTF-8."""
    encoding: str = "utf-8"
    """Encoding of the XML declaration."""
    result: Head | None = None
    """The head, once the root has been read."""

    def parser(self) -> expat.XMLParserType:
        """Returns an expat parser that reports to this reader and stops at the root."""
        parser = expat.ParserCreate(None, " ")
        parser.namespace_prefixes = True
        parser.XmlDeclHandler = self._declaration
        parser.StartDoctypeDeclHandler = refuse_doctype
        parser.StartElementHandler = lambda name, attributes: self._root(name, attributes, parser.CurrentByteIndex)
        return parser

    def head(self) -> Head:
        """Returns the head."""
        if self.result is None:
            raise ValueError("the root has not been seen")
        return self.result

    def _declaration(self, _version: str, encoding: str | None, _standalone: int) -> None:
        self.encoding = (encoding or "utf-8").lower()
        if self.encoding not in _UTF8 | _LATIN1:
            raise BrokenMessageError(_encoding_reason(f"{_shown(self.encoding)}, by its XML declaration"))
        if self.marked and self.encoding not in _UTF8:
            raise BrokenMessageError(_encoding_reason("UTF-8 by its byte order mark and ISO-8859-1 by its declaration"))

    def _root(self, name: str, attributes: dict[str, str], start: int) -> None:
        namespace, local, prefix = _split(name)
        if local != "Loonaangifte":
            raise BrokenMessageError(
                f"the root element is {_shown(local)}. Expected: Loonaangifte. "
                "If this is another kind of delivery, it must not be XML."
            )
        year = _year_of(namespace)
        if attributes.get("version", "").strip() != "2.0":
            raise BrokenMessageError(
                'the attribute version of Loonaangifte is absent or another one. Expected: version="2.0".'
            )
        mark = f"{prefix}:".encode() if prefix else b""
        latin1 = self.encoding in _LATIN1
        foreign = any(foreign_attribute(attribute) for attribute in attributes)
        self.result = Head(start, mark, namespace, year, latin1, foreign)
        raise _RootReached


def _shown(name: str) -> str:
    """Returns a name from a message in a form fit to be shown."""
    return masked(name) if _PLAIN_NAME.fullmatch(name) else "another one"


def foreign_attribute(name: str) -> bool:
    """Whether an attribute of the root, named as expat does, is neither its version nor like xsi:schemaLocation."""
    return name != "version" and not name.startswith(f"{_INSTANCE} ")


def _split(name: str) -> tuple[str, str, str]:
    """Splits a name as expat gives it into namespace, local name and prefix."""
    parts = name.split(" ")
    if len(parts) == 1:
        return "", name, ""
    return parts[0], parts[1], parts[2] if len(parts) > 2 else ""  # noqa: PLR2004 - the third part is the prefix


def _year_of(namespace: str) -> int:
    match = _NAMESPACE.fullmatch(namespace)
    if match and int(match[1]) in YEARS:
        return int(match[1])
    actual = f"that of {match[1]}" if match else "another one or none"
    if match and int(match[1]) > YEARS[-1]:
        raise BrokenMessageError(
            f"the namespace of Loonaangifte is {actual}. This version of quotum reads returns of {YEARS[0]} to "
            f"{YEARS[-1]}; a newer version is needed."
        )
    raise BrokenMessageError(
        f"the namespace of Loonaangifte is {actual}. Expected: {_KNOWN}. "
        "Returns of other years cannot be read; have the sender use a schema of these years."
    )


class Heads:
    """Cache of the head of messages that often begin with the same bytes."""

    def __init__(self) -> None:
        """Starts empty."""
        self._begin = b""
        self._head: Head | None = None

    def of(self, data: bytes) -> Head:
        """Returns the result of `read_head`.

        Raises:
            BrokenMessageError: The message is no payroll return that quotum reads.
        """
        if self._head is None or not data.startswith(self._begin):
            head = read_head(data)
            root = _PLAIN_ROOT.match(data, head.body)
            if root is None:
                return head
            self._begin, self._head = data[: root.end()], head
        return self._head
