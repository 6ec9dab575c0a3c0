"""Types of Parquet that can hold the values of a column, and how DuckDB reads each of them."""

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
# The Java library, used by Spark and Hive; it writes INT96 as instants, in UTC.
OF_JAVA: Final = "parquet-mr"


@frozen
class DeliveredColumn:
    """A column of a Parquet file."""

    name: str
    """Name in the file."""
    read: str
    """Type that DuckDB gives it."""
    scale: int
    """Number of decimals of the type."""
    written: pa.DataType
    """Type that Arrow gives it."""
    physical: str
    """Physical type of its values."""
    by: str
    """Program that wrote the file."""

    @property
    def quoted(self) -> str:
        """Its name in SQL."""
        return '"' + self.name.replace('"', '""') + '"'

    @property
    def wide(self) -> bool:
        """Whether it holds decimals of more digits than DuckDB has, which reads them as floats."""
        return bool(pa.types.is_decimal(self.written)) and self.read in FLOATS


def reading_sql(column: Column, delivered: DeliveredColumn, *, whole_texts: bool = False) -> str:  # noqa: PLR0911 - one answer per kind
    """Returns SQL that reads a column in its type, or as a text of the same meaning; empty when its type does not fit.

    Args:
        column: The declared column.
        delivered: The column of the file.
        whole_texts: Whether texts are read whole, whatever their length.
    """
    name = delivered.quoted
    if delivered.read == "varchar":
        return name if whole_texts else _not_too_long(name, column)
    match column.kind:
        case Kind.DATE if delivered.physical == _INT96:
            return ""
        case Kind.DATE if delivered.read == "date":
            return name
        case Kind.DATE if delivered.read in _LOCAL or delivered.read == _INSTANT:
            return f"CAST({name} AS VARCHAR)"
        case Kind.MOMENT if delivered.physical == _INT96:
            return _of_int96(delivered)
        case Kind.MOMENT if delivered.read == _INSTANT:
            return name
        case Kind.MOMENT if delivered.read in _LOCAL:
            return f"CAST({name} AS TIMESTAMP)"
        case Kind.EUROS if delivered.read == "decimal" and delivered.scale <= _CENTS_SCALE:
            return name
        case Kind.WHOLE | Kind.CODE if delivered.read in _WHOLE:
            return name
        case Kind.SHARE if delivered.read in _WHOLE:
            return f"CAST({name} AS VARCHAR)"
        case Kind.EUROS | Kind.SHARE | Kind.WHOLE | Kind.CODE if delivered.read == "decimal":
            return f"rtrim(rtrim(CAST({name} AS VARCHAR), '0'), '.')" if delivered.scale else f"CAST({name} AS VARCHAR)"
        case _:
            return ""


def _not_too_long(name: str, column: Column) -> str:
    """Cuts a text that is too long to mean anything, because it can repeat in each row."""
    longest, cut = longest_read(column), f"left({name}, {left_of_it(column)}) || '{CUT}'"
    rest = f"CASE WHEN strlen(trim({name})) > {longest} THEN {cut} ELSE trim({name}) END"
    return f"CASE WHEN strlen({name}) > {longest} THEN {rest} ELSE {name} END"


def _of_int96(delivered: DeliveredColumn) -> str:
    """Reads the old type for moments, which does not say whether it is local: the Java library writes UTC."""
    return f"CAST({delivered.quoted} AS TIMESTAMPTZ)" if OF_JAVA in delivered.by else ""


def refuse_type(column: Column, delivered: DeliveredColumn) -> None:
    """Refuses a column with values of a type that cannot hold those of its kind.

    Raises:
        DeliveryRefused: Always.
    """
    kind = column.kind
    if delivered.physical == _INT96:
        raise DeliveryRefused(
            f"has the column {delivered.name} as {_INT96}, which does not say whether its moments are local or of UTC; "
            f"have it written as {'dates' if kind is Kind.DATE else 'timestamps in microseconds'}"
        )
    if kind is Kind.EUROS and delivered.read in _WHOLE:
        explanation = "a whole number can be euros or cents"
    elif kind in (Kind.EUROS, Kind.SHARE) and delivered.read in FLOATS:
        explanation = "a float cannot hold an amount" if kind is Kind.EUROS else "a float cannot hold a share exactly"
    elif kind in (Kind.BSN, Kind.RSIN, Kind.TEXT) and delivered.read in _WHOLE | FLOATS:
        explanation = "a number loses the zeros before it"
    else:
        explanation = ""
    raise DeliveryRefused(
        f"has the column {delivered.name} as {delivered.written}; expected {_EXPECTED.get(kind, 'text')}"
        + (f": {explanation}" if explanation else "")
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
    """Turns decimals of any number of digits into texts, without meaningless zeros at their end."""
    texts = pc.replace_substring_regex(values.cast(pa.string()), "^-?0E.*$", "0")
    return pc.replace_substring_regex(texts, r"\.0*$|(\.[0-9]*[1-9])0+$", r"\1")
