"""Which types of Parquet can hold the values of a column, and how DuckDB reads each of them."""

from typing import Final

import pyarrow as pa
import pyarrow.compute as pc
from attrs import frozen

from quotum.errors import DeliveryRefused
from quotum.intake.flat.delivered_forms import CUT, left_of_it, longest_read
from quotum.tables import Column, Kind

_CENTS_SCALE: Final = 2
_LOCAL: Final = frozenset({"timestamp", "timestamp_s", "timestamp_ms", "timestamp_ns"})
_INSTANT: Final = "timestamp with time zone"
_WHOLE: Final = frozenset(
    {"tinyint", "smallint", "integer", "bigint", "utinyint", "usmallint", "uinteger", "ubigint", "hugeint", "uhugeint"}
)
FLOATS: Final = frozenset({"float", "double"})
DECIMALS: Final = frozenset({Kind.EUROS, Kind.SHARE, Kind.WHOLE, Kind.CODE})
_INT96: Final = "INT96"
# The library of Java, by which Spark and Hive write; it writes what it has as INT96 as instants, in UTC.
OF_JAVA: Final = "parquet-mr"


@frozen
class Found:
    """A column of a Parquet file."""

    name: str
    """As the file has it."""
    read: str
    """Type that DuckDB gives it."""
    scale: int
    """Decimals that the type has."""
    written: pa.DataType
    """Type that Arrow gives it."""
    physical: str
    """How its values are written."""
    by: str
    """What program wrote the file."""

    @property
    def quoted(self) -> str:
        """Its name in SQL."""
        return '"' + self.name.replace('"', '""') + '"'

    @property
    def wide(self) -> bool:
        """Whether it holds decimals of more digits than DuckDB has, which reads them as floats."""
        return bool(pa.types.is_decimal(self.written)) and self.read in FLOATS


def as_read(column: Column, found: Found, *, whole_texts: bool = False) -> str:  # noqa: PLR0911 - one answer per kind
    """SQL that reads a column: in its type, or as the text that means the same; empty when its type does not fit.

    Args:
        column: What it is.
        found: As the file has it.
        whole_texts: Whether texts are read whole, however long they are.
    """
    name = found.quoted
    if found.read == "varchar":
        return name if whole_texts else _not_too_long(name, column)
    match column.kind:
        case Kind.DATE if found.physical == _INT96:
            return ""
        case Kind.DATE if found.read == "date":
            return name
        case Kind.DATE if found.read in _LOCAL or found.read == _INSTANT:
            return f"CAST({name} AS VARCHAR)"
        case Kind.MOMENT if found.physical == _INT96:
            return _of_int96(found)
        case Kind.MOMENT if found.read == _INSTANT:
            return name
        case Kind.MOMENT if found.read in _LOCAL:
            return f"CAST({name} AS TIMESTAMP)"
        case Kind.EUROS if found.read == "decimal" and found.scale <= _CENTS_SCALE:
            return name
        case Kind.WHOLE | Kind.CODE if found.read in _WHOLE:
            return name
        case Kind.SHARE if found.read in _WHOLE:
            return f"CAST({name} AS VARCHAR)"
        case Kind.EUROS | Kind.SHARE | Kind.WHOLE | Kind.CODE if found.read == "decimal":
            return f"rtrim(rtrim(CAST({name} AS VARCHAR), '0'), '.')" if found.scale else f"CAST({name} AS VARCHAR)"
        case _:
            return ""


def _not_too_long(name: str, column: Column) -> str:
    """A text; of one that is too long to mean anything only what is left of it, as it can come with each row."""
    longest, left = longest_read(column), f"left({name}, {left_of_it(column)}) || '{CUT}'"
    rest = f"CASE WHEN strlen(trim({name})) > {longest} THEN {left} ELSE trim({name}) END"
    return f"CASE WHEN strlen({name}) > {longest} THEN {rest} ELSE {name} END"


def _of_int96(found: Found) -> str:
    """A moment in the old type that does not say whether it is local: what the library of Java writes is of UTC."""
    return f"CAST({found.quoted} AS TIMESTAMPTZ)" if OF_JAVA in found.by else ""


def refuse_type(column: Column, found: Found) -> None:
    """Refuse a column with values of a type that cannot hold those of its kind.

    Raises:
        DeliveryRefused: Always.
    """
    kind = column.kind
    if found.physical == _INT96:
        raise DeliveryRefused(
            f"has the column {found.name} as {_INT96}, which does not say whether its moments are local or of UTC; "
            f"have it written as {'dates' if kind is Kind.DATE else 'timestamps in microseconds'}"
        )
    if kind is Kind.EUROS and found.read in _WHOLE:
        why = "a whole number can be euros or cents"
    elif kind in (Kind.EUROS, Kind.SHARE) and found.read in FLOATS:
        why = "a float cannot hold an amount" if kind is Kind.EUROS else "a float cannot hold a share exactly"
    elif kind in (Kind.BSN, Kind.RSIN, Kind.TEXT) and found.read in _WHOLE | FLOATS:
        why = "a number loses the zeros before it"
    else:
        why = ""
    raise DeliveryRefused(
        f"has the column {found.name} as {found.written}; expected {_EXPECTED.get(kind, 'text')}"
        + (f": {why}" if why else "")
    )


_EXPECTED: Final = {
    Kind.DATE: "a date, or text",
    Kind.MOMENT: "a timestamp, or text",
    Kind.EUROS: "decimal(12, 2), or text",
    Kind.SHARE: "a decimal, or text",
    Kind.WHOLE: "a whole number, or text",
    Kind.CODE: "a whole number, or text",
}


def exact_texts(values: pa.ChunkedArray) -> pa.ChunkedArray:
    """Decimals of any number of digits as texts, without the zeros at their end that say nothing."""
    texts = pc.replace_substring_regex(values.cast(pa.string()), "^-?0E.*$", "0")
    return pc.replace_substring_regex(texts, r"\.0*$|(\.[0-9]*[1-9])0+$", r"\1")
