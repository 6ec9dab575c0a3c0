"""Recognition of a delivery by its content, never by its name."""

import csv
import difflib
import os
import re
from enum import StrEnum
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from attrs import frozen

from quotum.errors import DeliveryRefused
from quotum.identifiers import masked
from quotum.intake import words
from quotum.intake.column_names import column_named, known_names, missing, refuse_doubled
from quotum.tables import DELIVERIES, LOONAANGIFTE, Table
from quotum.words import joined

_BOM = b"\xef\xbb\xbf"
_WIDE_BOMS = (b"\xff\xfe", b"\xfe\xff")
_WIDE_XML = (b"\xff\xfe<\x00", b"\xfe\xff\x00<")
_PARQUET = b"PAR1"
# The end of a Parquet file: the length of its description and a sign; and the longest description allowed.
_TAIL, _LONGEST_END = 8, 5_000_000
_OTHER_DELIMITERS = ("\t", "|")
_LONGEST_NAME = 40
# Letters, and at most two digits at the end.
_A_NAME = re.compile(r"[A-Za-zÀ-ÿ_][A-Za-zÀ-ÿ_ .-]*[0-9]{0,2}")
_INDEX_OF_PANDAS = re.compile("__index_level_[0-9]+__")
_SHOWN = 6


class Form(StrEnum):
    """How a member is written."""

    XML = "xml"
    CSV = "csv"
    PARQUET = "parquet"


@frozen
class Dialect:
    """How a CSV file is written."""

    delimiter: str = ","
    """Character between values."""
    decimal_comma: bool = False
    """Whether amounts have a decimal comma."""


DIALECTS = {"": Dialect(), "nl": Dialect(";", decimal_comma=True)}


@frozen
class Recognition:
    """Format and table of a member."""

    form: Form
    """How it is written."""
    table: Table | None
    """Kind of delivery; None for loonaangifte XML, which its reader checks."""

    @property
    def kind(self) -> str:
        """Name of the kind of delivery."""
        return self.table.name if self.table else LOONAANGIFTE


def form_of(first: bytes) -> Form:
    """Returns how a member is written, by its first bytes."""
    if first.startswith(_PARQUET):
        return Form.PARQUET
    while first.startswith(_BOM):
        first = first.removeprefix(_BOM)
    if first.lstrip()[:1] == b"<" or first.startswith(_WIDE_XML):
        return Form.XML
    return Form.CSV


def csv_header(first: bytes, dialect: Dialect) -> list[str]:
    """Returns the column names of a CSV member.

    Raises:
        DeliveryRefused: The first line is no header.
    """
    if first.startswith(_WIDE_BOMS):
        raise DeliveryRefused(words.UTF_16.sentence())
    line = re.split(b"[\r\n]", first.removeprefix(_BOM), maxsplit=1)[0]
    if b"\x00" in first[:1024]:
        raise DeliveryRefused(words.ZERO_BYTES.sentence())
    try:
        text = line.decode("utf-8")
    except UnicodeDecodeError as error:
        raise DeliveryRefused(words.NOT_UTF_8.sentence()) from error
    if text.lower().startswith("sep="):
        raise DeliveryRefused(words.LINE_FOR_EXCEL.sentence())
    names = next(csv.reader([text], delimiter=dialect.delimiter), [])
    if len(names) == 1 and any(
        dialect_known.delimiter in text for dialect_known in DIALECTS.values() if dialect_known != dialect
    ):
        raise DeliveryRefused(words.NO_DELIMITER.sentence(delimiter=dialect.delimiter))
    if len(names) == 1 and any(sign in text for sign in _OTHER_DELIMITERS):
        raise DeliveryRefused(words.NO_COMMA.sentence())
    return names


def parquet_header(path: str) -> pa.Schema:
    """Returns the schema of a Parquet file.

    Raises:
        DeliveryRefused: The file is broken, or its end is so long that reading it fills the memory.
    """
    try:
        size = Path(path).stat().st_size
        with Path(path).open("rb") as file:
            file.seek(-min(_TAIL, size), os.SEEK_END)
            tail = file.read()
        if tail.endswith(_PARQUET) and _LONGEST_END < int.from_bytes(tail[:4], "little") < size:
            raise DeliveryRefused(words.LONG_END.sentence(longest_end=_LONGEST_END))
        return pq.read_schema(path)
    except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
        raise DeliveryRefused(words.PART_OF_PARQUET.sentence()) from error


def table_of(names: list[str], kind: str = "auto") -> Table:
    """Returns the table that has these columns.

    Args:
        names: Delivered column names.
        kind: Expected kind, or `auto`.

    Raises:
        DeliveryRefused: No delivery has these columns; the message names what is unknown or missing.
    """
    candidates = [table for table in DELIVERIES if kind in ("auto", table.name)]
    nearest = max(candidates, key=lambda table: len({column_named(table, name) for name in names} - {None}))
    unknown = [name for name in names if column_named(nearest, name) is None]
    lacking = missing(nearest, names)
    refuse_doubled(nearest, names)
    if not unknown and not lacking:
        return nearest
    if kind != "auto":
        _refuse_another(names, kind)
    if len(unknown) == len(names):
        expected: str = kind
        if kind == "auto":
            expected = words.ONE_OF.sentence(names=", ".join(table.name for table in DELIVERIES))
        raise DeliveryRefused(words.NO_KNOWN_COLUMN.sentence(expected=expected))
    _refuse_nameless(names)
    raise DeliveryRefused(_difference(nearest, unknown, lacking))


def _refuse_nameless(names: list[str]) -> None:
    """Refuses columns that a program added for itself, and says how to leave them out.

    Raises:
        DeliveryRefused: There is such a column.
    """
    nameless = [place for place, name in enumerate(names) if not name.strip() or name == "Unnamed: 0"]
    if nameless == [0]:
        raise DeliveryRefused(words.ROW_NAMES.sentence())
    if nameless and nameless == list(range(nameless[0], len(names))):
        last = f"the last {len(nameless)}" if len(nameless) > 1 else "the last one"
        raise DeliveryRefused(words.CELLS_BESIDE.sentence(last=last))
    if nameless:
        raise DeliveryRefused(words.NAMELESS.sentence(nameless=nameless[0] + 1))
    for name in filter(_INDEX_OF_PANDAS.fullmatch, names):
        raise DeliveryRefused(words.INDEX_OF_PANDAS.sentence(name=name))


def _refuse_another(names: list[str], kind: str) -> None:
    """Refuses a sound delivery of another kind than expected, and names its kind."""
    try:
        actual = table_of(names)
    except DeliveryRefused:
        return
    raise DeliveryRefused(words.OTHER_KIND.sentence(name=actual.name, kind=kind))


def _shown(unknown: list[str]) -> str:
    """Lists unknown columns by name, unless a text cannot be a name: a header that runs on into a row has values."""
    if not all(_A_NAME.fullmatch(name) for name in unknown):
        return f"{len(unknown)}, not all of which can be names of columns: is a line end missing?"
    return ", ".join(repr(masked(name[:_LONGEST_NAME])) for name in unknown[:_SHOWN])


def _difference(table: Table, unknown: list[str], lacking: list[str]) -> str:
    parts = []
    if unknown:
        close = difflib.get_close_matches(unknown[0], known_names(table), n=1)
        hint = words.DID_YOU_MEAN.sentence(name=close[0]) if close else ""
        parts.append(words.UNKNOWN_COLUMNS.sentence(names=_shown(unknown), hint=hint))
    if lacking:
        more = words.LACKS_MORE.sentence() if len(lacking) > _SHOWN else ""
        parts.append(words.LACKS.sentence(names=", ".join(lacking[:_SHOWN]), more=more))
    return words.LOOKS_LIKE.sentence(kind=table.name, difference=joined(" ", parts))
