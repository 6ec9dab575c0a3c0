"""Conversion of delivered values, from text or from the types of Parquet, to the internal types.

SQL defines once what a value of each kind must look like (`_from_text`, `_from_typed`). SQL is slow on hundreds of
millions of values: `plain_values` reads values in their plainest form, other texts are converted once per distinct
value, and a typed column is taken over unchanged when its least and greatest value fit.
"""

from datetime import date
from typing import Final

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from quotum.intake.flat import plain_values
from quotum.intake.rows import flags, whole
from quotum.local_time import instants
from quotum.money import CENTS_PER_EURO
from quotum.tables import Column, Kind, Table

PLACE: Final = ("delivery", "member", "row")
_REMEMBERED: Final = 4_096
# Texts that often repeat: worth finding the distinct values first.
_OFTEN_THE_SAME: Final = frozenset({Kind.TEXT, Kind.SHARE, Kind.PAYROLL_TAX_NUMBER})
_CODED: Final = pa.dictionary(pa.int32(), pa.string())
_CENTS_SCALE, _WHOLE_DIGITS = 2, 18
# Amounts have at most ten digits before the decimal point, whatever the type of their column.
_EUROS_LIMIT: Final = 10**10
# Days from 1970 on, of years of four digits, and how many microseconds a day has.
_FIRST_DAY: Final = (date.min - date(1970, 1, 1)).days
_DAY_AFTER: Final = (date.max - date(1970, 1, 1)).days + 1
_DAY: Final = 24 * 60 * 60 * 1_000_000
# Characters of a moment to the second without an offset.
_WITHOUT_OFFSET: Final = 19
_OFFSET: Final = "[+-]((0[0-9]|1[0-3]):[0-5][0-9]|14:00)"
_DIGIT = "(CAST({x} AS BIGINT) // {power}) % 10"
_ELEVEN = " + ".join(f"{9 - place} * ({_DIGIT.format(x='{x}', power=10 ** (8 - place))})" for place in range(8))


def _nine_digits(text: str) -> str:
    return (
        f"CASE WHEN regexp_full_match({text}, '[0-9]{{9}}') AND {text} <> '000000000' "
        f"THEN CASE WHEN ({_ELEVEN.format(x=text)}) % 11 = CAST({text} AS BIGINT) % 10 "
        f"THEN CAST({text} AS BIGINT) END END"
    )


def _whole(text: str, column: Column) -> str:
    """A whole number as XML Schema writes it: sign and leading zeros carry no meaning."""
    digits = f"0*[0-9]{{1,{column.longest or 18}}}"
    shape = f"[+-]?{digits}" if column.negative else rf"\+?{digits}|-0+"
    return f"CASE WHEN regexp_full_match({text}, '{shape}') THEN TRY_CAST({text} AS BIGINT) END"


def _moment(text: str) -> str:
    """Local time of Amsterdam, or UTC where an offset is given; digits below a microsecond are cut off."""
    shape = r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?"
    cut = rf"regexp_replace({text}, '(\.[0-9]{{6}})[0-9]+', '\1')"
    return (
        f"CASE WHEN regexp_full_match({text}, '{shape}') THEN TRY_CAST({cut} AS TIMESTAMP) "
        rf"WHEN regexp_full_match({text}, '{shape}(Z|{_OFFSET})') "
        f"THEN timezone('UTC', TRY_CAST({cut} AS TIMESTAMPTZ)) END"
    )


def _from_text(column: Column, text: str) -> str:  # noqa: PLR0911 - one answer per kind
    """Returns SQL that understands a text, or gives null."""
    match column.kind:
        case Kind.BSN | Kind.RSIN:
            return _nine_digits(text)
        case Kind.PAYROLL_TAX_NUMBER:
            fiscal = f"substr({text}, 1, 9)"
            return (
                f"CASE WHEN regexp_full_match({text}, '[0-9]{{9}}L([1-9][0-9]|[0-9][1-9])') "
                f"THEN ({_nine_digits(fiscal)}) * 100 + CAST(substr({text}, 11, 2) AS BIGINT) END"
            )
        case Kind.WHOLE:
            return _whole(text, column)
        case Kind.CODE:
            return f"CASE WHEN regexp_full_match({text}, '[0-9]{{1,{column.longest}}}') THEN CAST({text} AS BIGINT) END"
        case Kind.EUROS:
            sign = "[+-]?" if column.negative else r"\+?"
            # Exactly three decimals may be thousands: 1.230 can be read in two ways.
            shape = rf"{sign}(0*[0-9]{{1,10}}(\.([0-9]{{0,2}}|[0-9]{{2}}0{{2,}}))?|\.([0-9]{{1,2}}|[0-9]{{2}}0{{2,}}))"
            cents = f"TRY_CAST({text} AS DECIMAL(18, 2)) * 100"
            return f"CASE WHEN regexp_full_match({text}, '{shape}') THEN TRY_CAST({cents} AS BIGINT) END"
        case Kind.DATE:
            return (
                f"CASE WHEN regexp_full_match({text}, '[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}') AND {text} > '0001' "
                f"THEN TRY_CAST({text} AS DATE) END"
            )
        case Kind.MOMENT:
            return _moment(text)
        case Kind.FLAG:
            return f"CASE {text} WHEN 'J' THEN true WHEN 'N' THEN false END"
        case Kind.CHOICE:
            among = ", ".join(f"'{choice}'" for choice in column.choices)
            return f"CASE WHEN {text} IN ({among}) THEN {text} END"
        case Kind.SHARE:
            return f"CASE WHEN regexp_full_match({text}, '0(\\.[0-9]{{1,12}})?|1(\\.0{{1,12}})?') THEN {text} END"
        case _:
            return f"CASE WHEN length({text}) BETWEEN 1 AND {column.longest} AND NOT regexp_matches({text}, '[\\x00-\\x1f]') THEN {text} END"  # noqa: E501


def _from_typed(column: Column, name: str, delivered_type: pa.DataType) -> str:
    """Returns SQL that takes a typed Parquet value over, with the limits of its text form."""
    match column.kind:
        case Kind.EUROS:
            lowest = f"{name} > -{_EUROS_LIMIT}" if column.negative else f"{name} >= 0"
            within = f"{lowest} AND {name} < {_EUROS_LIMIT}"
            return f"CASE WHEN {within} THEN TRY_CAST({name} * 100 AS BIGINT) END"
        case Kind.MOMENT if delivered_type.tz:
            return _of_calendar(name, f"timezone('UTC', CAST({name} AS TIMESTAMPTZ))")
        case Kind.MOMENT:
            return _of_calendar(name, f"CAST({name} AS TIMESTAMP)")
        case Kind.DATE:
            return _of_calendar(name, f"CAST({name} AS DATE)")
        case _:
            floor, limit = _limits(column)
            return f"CASE WHEN {name} > {floor} AND {name} < {limit} THEN CAST({name} AS BIGINT) END"


def _of_calendar(name: str, converted: str) -> str:
    """Accepts years of four digits, as in a text."""
    return f"CASE WHEN year({name}) BETWEEN 1 AND 9999 THEN {converted} END"


def _limits(column: Column) -> tuple[int, int]:
    """Returns the bounds, both exclusive, of a typed whole number."""
    limit = 10 ** (column.longest or _WHOLE_DIGITS)
    return (-limit if column.negative else -1), limit


class Converter:
    """Converts columns, and remembers texts that often repeat."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Starts with an empty memory.

        Args:
            connection: Used for nothing else at the same time.
        """
        self._connection = connection
        self._remembered: dict[Column, dict[str | None, object]] = {}

    def rows(self, raw: pa.Table, table: Table) -> pa.Table:
        """Converts every row; a value that is absent or cannot be understood is null, and the place is kept.

        Texts and choices become dictionaries (`string` to `int32`); other columns get their internal type.

        Args:
            raw: The delivered columns, and `delivery`, `member` and `row`.
            table: The declared table.
        """
        columns = {column.name: self.column(column, raw[column.delivered_name]) for column in table.columns}
        return pa.table(columns | {name: whole(raw[name]) for name in PLACE})

    def column(self, column: Column, raw: pa.ChunkedArray) -> pa.Array:
        """Converts one column; a moment becomes the instant that it is, in UTC."""
        read = self._read(column, raw)
        return _instants(read, raw) if column.kind is Kind.MOMENT and read.null_count < len(read) else read

    def _read(self, column: Column, raw: pa.ChunkedArray) -> pa.Array:
        if raw.null_count == len(raw):
            return pa.nulls(len(raw), _CODED if pa.types.is_string(column.inside) else column.inside)
        if not pa.types.is_string(raw.type):
            return self._typed(column, whole(raw))
        texts = whole(raw)
        if column.kind is Kind.CHOICE:
            return self._chosen(column, texts)
        if column.kind in _OFTEN_THE_SAME:
            return self._decoded(column, texts.dictionary_encode())
        read = plain_values.read(column, texts)
        return self._decoded(column, texts.dictionary_encode()) if read is None else self._merged(column, texts, read)

    def _chosen(self, column: Column, texts: pa.StringArray) -> pa.DictionaryArray:
        """Converts texts of which only a few are allowed."""
        choices = pa.array(column.choices)
        return pa.DictionaryArray.from_arrays(pc.index_in(texts, choices), choices, safe=False)

    def _decoded(self, column: Column, coded: pa.DictionaryArray) -> pa.Array:
        values = self._texts(column, coded.dictionary)
        if column.kind is Kind.FLAG and not values.null_count and values.true_count == 1:
            return pc.equal(coded.indices, pc.index(values, True))
        if not pa.types.is_string(column.inside):
            return values.take(coded.indices)
        if values.null_count:
            return values.take(coded.indices).dictionary_encode()
        return pa.DictionaryArray.from_arrays(coded.indices, values, safe=False)

    def _texts(self, column: Column, texts: pa.StringArray) -> pa.Array:
        if column.kind is Kind.TEXT and plain_values.all_plain(texts, column.longest):
            return texts
        read = plain_values.read(column, texts)
        return self._oddly(column, texts) if read is None else self._merged(column, texts, read)

    def _merged(self, column: Column, texts: pa.StringArray, read: plain_values.PlainValues) -> pa.Array:
        """Combines the plainly read values with the other values as SQL understands them."""
        if not len(read.odd):
            return read.values
        is_odd = np.zeros(len(texts), np.bool_)
        is_odd[read.odd] = True
        distinct = texts.take(pa.array(read.odd)).dictionary_encode()
        rest = self._oddly(column, distinct.dictionary).take(distinct.indices)
        return pc.replace_with_mask(read.values, flags(is_odd), rest)

    def _oddly(self, column: Column, texts: pa.StringArray) -> pa.Array:
        if len(texts) <= _REMEMBERED:
            return self._recalled(column, texts)
        return self._by_sql(column, texts, _from_text(column, "v"))

    def _recalled(self, column: Column, texts: pa.StringArray) -> pa.Array:
        memory = self._remembered.setdefault(column, {None: None})
        requested = texts.to_pylist()
        unknown = [text for text in dict.fromkeys(requested) if text not in memory]
        if unknown:
            if len(memory) > _REMEMBERED:
                memory.clear()
                return self._by_sql(column, texts, _from_text(column, "v"))
            values = self._by_sql(column, pa.array(unknown, pa.string()), _from_text(column, "v"))
            memory.update(zip(unknown, values.view(_kept_as(column.inside)).to_pylist(), strict=True))
        return pa.array([memory[text] for text in requested], _kept_as(column.inside)).view(column.inside)

    def _typed(self, column: Column, values: pa.Array) -> pa.Array:
        """Converts a typed Parquet column: taken over unchanged where no value can be wrong."""
        delivered_type = values.type
        if pa.types.is_date32(delivered_type) or delivered_type == pa.timestamp("us"):
            least, greatest = pc.min_max(values.view(_kept_as(delivered_type))).as_py().values()
            a_day = _DAY if pa.types.is_timestamp(delivered_type) else 1
            if least is None or _FIRST_DAY * a_day <= least <= greatest < _DAY_AFTER * a_day:
                return values
        if pa.types.is_integer(delivered_type):
            least, greatest = pc.min_max(values).as_py().values()
            floor, limit = _limits(column)
            if least is None or floor < least <= greatest < limit:
                return values.cast(pa.int64())
        if (
            pa.types.is_decimal128(delivered_type)
            and delivered_type.scale == _CENTS_SCALE
            and delivered_type.precision <= _WHOLE_DIGITS
        ):
            cents = plain_values.unscaled(values)
            least, greatest = pc.min_max(cents).as_py().values()
            floor = -_EUROS_LIMIT * CENTS_PER_EURO if column.negative else -1
            if least is None or floor < least <= greatest < _EUROS_LIMIT * CENTS_PER_EURO:
                return cents
        return self._by_sql(column, values, _from_typed(column, "v", delivered_type))

    def _by_sql(self, column: Column, values: pa.Array, sql: str) -> pa.Array:
        """Converts values by SQL, in their order."""
        self._connection.register("given", pa.table({"v": values}))
        result = self._connection.sql(f"SELECT {sql} AS v FROM given").to_arrow_table()  # noqa: S608 - declared names
        self._connection.unregister("given")
        return whole(result["v"]).cast(column.inside)


def _instants(read: pa.Array, raw: pa.ChunkedArray) -> pa.Array:
    """Converts moments to instants: those with an offset already are, the others are local."""
    if pa.types.is_timestamp(raw.type) and raw.type.tz:
        return read
    local = instants(read)
    if pa.types.is_timestamp(raw.type):
        return local
    texts = whole(raw)
    if (pc.max(pc.binary_length(texts)).as_py() or 0) <= _WITHOUT_OFFSET:
        return local
    return pc.if_else(pc.match_substring_regex(texts, f"(Z|{_OFFSET})$"), read, local)


def _kept_as(inside: pa.DataType) -> pa.DataType:
    """Returns a type of the same bytes whose values Python can hold, even a day of the year 0."""
    if pa.types.is_date32(inside):
        return pa.int32()
    return pa.int64() if pa.types.is_timestamp(inside) else inside
