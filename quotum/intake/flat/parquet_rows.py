"""Reading flat deliveries in Parquet through DuckDB: raw rows, nothing judged yet.

A value of a type that the checks do not know is read as the text that has exactly its meaning, and is judged as that
text would be in CSV. What DuckDB cannot hold within its memory limit is refused: a file of six kilobytes can hold a
text of 200 megabytes.
"""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from attrs import frozen

from quotum.errors import DeliveryRefused
from quotum.intake.column_names import meant
from quotum.intake.flat.parquet_types import DECIMALS, FLOATS, OF_JAVA, Found, as_read, exact_texts, refuse_type
from quotum.intake.flat.raw_rows import renamed, with_place
from quotum.intake.sources import RawRows, Source
from quotum.tables import Table

BROKEN = "is broken Parquet; send it again"
_MEMORY = "256MB"
# Vectors of DuckDB have 2,048 rows; this is about as many rows as are judged at a time.
_VECTOR_ROWS, _BATCH_ROWS = 2_048, 34 * 2_048
# Rows that a file may have for each of its bytes, and in any case: a page can say in ten bytes that a value comes again
# a milliard times.
_MOST_ROWS_OF_BYTE, _SOME_ROWS = 100, 1_000_000
# Bytes of a row, of which all texts together have some hundreds at most; and bytes that a group may have in any case.
_MOST_BYTES_OF_ROW, _SOME_BYTES = 4_096, 16 << 20
# Bytes of a text that DuckDB may write out for each row of a vector, and of all of them; and of all texts of a file of
# which each may be as long as a group, and come with each row.
_LONGEST_TEXT, _MOST_TEXT, _SMALL = 32 << 10, 64 << 20, 64 << 20
_BLOCK_BYTES = 1 << 20
# What DuckDB says.
_OUT_OF_MEMORY, _NOT_UTF8 = "Out of Memory", "not valid UTF8"


def read_parquet(source: Source, path: Path, table: Table) -> Iterator[RawRows]:
    """The rows of a Parquet member, in the order of the file.

    Raises:
        DeliveryRefused: A column has a type that could hide a value, the file is broken, or reading it takes far more
            memory than a delivery does.
    """
    try:
        with pq.ParquetFile(path) as file:
            schema, said = file.schema_arrow, file.metadata
        size = _size_of(path, schema)
        _refuse_wrong_sums(path, schema, said)
        first = 1
        for batch in _batches(path, table, _columns(path, schema, said), small=size.small):
            yield RawRows(with_place(renamed(batch, table), source, first))
            first += batch.num_rows
    except (duckdb.Error, pa.ArrowException, OSError, UnicodeDecodeError) as error:
        if isinstance(error, (duckdb.FatalException, duckdb.InternalException)):
            _shared.cache_clear()
        raise DeliveryRefused(_reason(str(error))) from error
    if first - 1 != size.rows:
        raise DeliveryRefused("is broken Parquet: rows that it says it has are not there; send it again")


@cache
def _shared() -> duckdb.DuckDBPyConnection:
    """A connection for nothing else, with a memory limit of its own; nothing is written to a disk."""
    connection = duckdb.connect(
        config={
            "threads": 1,
            "memory_limit": _MEMORY,
            "temp_directory": "",
            "preserve_insertion_order": True,
            "enable_external_file_cache": False,
        }
    )
    return connection.execute("SET TimeZone = 'UTC'")


def _reason(message: str) -> str:
    """Why a file cannot be read, by what DuckDB says; that can hold a value, and is not shown."""
    if _OUT_OF_MEMORY in message:
        return (
            f"has texts or pages that take more than {_MEMORY} to read, as no delivery has; have it made anew, with "
            "groups of a million rows at most"
        )
    if _NOT_UTF8 in message:
        return "has texts that are not UTF-8 (they may be Latin-1); have it written as UTF-8"
    return BROKEN


@frozen
class _Chunk:
    """A column within a group of rows: what the end of the file says of it."""

    group: int
    rows: int
    name: str
    values: int
    size: int
    """Bytes, unpacked."""
    encodings: str

    @property
    def can_hide_a_text(self) -> bool:
        """Whether a text that stands in it once can come with so many rows that they fill the memory."""
        repeated = min(self.rows, _VECTOR_ROWS) * self.size > _MOST_TEXT
        return "DICTIONARY" in self.encodings and self.size > _LONGEST_TEXT and repeated


@frozen
class _Size:
    """What a file says it holds."""

    rows: int
    small: bool
    """Whether its texts take little memory, however long they are."""


def _size_of(path: Path, schema: pa.Schema) -> _Size:
    """What a file says it holds.

    Raises:
        DeliveryRefused: Its rows have far more bytes than those of a delivery, or far fewer; or a text is so long that
            the memory is filled with it.
    """
    found = (
        _shared()
        .cursor()
        .execute(
            "SELECT row_group_id, row_group_num_rows, path_in_schema, num_values, total_uncompressed_size, encodings "
            "FROM parquet_metadata($path)",
            {"path": str(path)},
        )
    )
    chunks = [_Chunk(*each) for each in found.fetchall()]
    groups = {each.group: each.rows for each in chunks}
    sizes = dict.fromkeys(groups, 0)
    for each in chunks:
        sizes[each.group] += each.size
    rows, size = sum(groups.values()), path.stat().st_size
    if rows > max(_SOME_ROWS, _MOST_ROWS_OF_BYTE * size):
        raise DeliveryRefused(f"has {rows:,} rows in {size:,} bytes, as no delivery can; have it made anew")
    if any(sizes[group] > max(_SOME_BYTES, _MOST_BYTES_OF_ROW * groups[group]) for group in groups):
        raise DeliveryRefused(
            f"has rows of more than {_MOST_BYTES_OF_ROW:,} bytes each, as no delivery has; have it made anew"
        )
    _refuse_long_texts(path, schema, [each for each in chunks if each.can_hide_a_text])
    return _Size(rows, small=rows * max(sizes.values(), default=0) <= _SMALL)


def _refuse_long_texts(path: Path, schema: pa.Schema, chunks: list[_Chunk]) -> None:
    """Refuse a text that stands in a dictionary once and can come with each row: a megabyte of it took 2.1 GB.

    DuckDB writes out the texts of a vector that lies in two pages, outside its memory limit. How long a text of a
    dictionary is, only Arrow tells, in 17 ms for a million rows (reading them takes 350).

    Args:
        path: The file.
        schema: Its columns.
        chunks: Those in which there can be one.

    Raises:
        DeliveryRefused: There is one.
    """
    if not chunks:
        return
    texts = {each.name for each in schema if _is_text(each.type)}
    names = sorted({each.name for each in chunks} & texts)
    with pq.ParquetFile(path, read_dictionary=names, pre_buffer=False, buffer_size=_BLOCK_BYTES) as file:
        for group in sorted({each.group for each in chunks if each.name in texts}):
            columns = [each.name for each in chunks if each.group == group and each.name in texts]
            batch = next(file.iter_batches(1, row_groups=[group], columns=columns, use_threads=False))
            lengths = (pc.max(pc.binary_length(values.dictionary)).as_py() for values in batch.columns)
            if max((length or 0 for length in lengths), default=0) > _LONGEST_TEXT:
                raise DeliveryRefused(
                    f"has texts of more than {_LONGEST_TEXT:,} bytes, as no delivery has; have it made anew"
                )


def _refuse_wrong_sums(path: Path, schema: pa.Schema, said: pq.FileMetaData) -> None:
    """Go through the pages of a file of the library of Java, which writes the sum of each (CRC).

    DuckDB does not look at these, and a page that was damaged where it is not packed would be read as it stands. Arrow
    takes 0.2 s for a million rows, so that it is asked only for files that are known to have sums.

    Raises:
        pa.ArrowException: A page does not have its sum.
        OSError: The same.
    """
    if OF_JAVA not in (said.created_by or ""):
        return
    texts = [each.name for each in schema if _is_text(each.type)]
    reading = {"pre_buffer": False, "buffer_size": _BLOCK_BYTES, "page_checksum_verification": True}
    with pq.ParquetFile(path, read_dictionary=texts, **reading) as pages:
        for _ in pages.iter_batches(4 * _VECTOR_ROWS, use_threads=False):
            pass


def _is_text(kind: pa.DataType) -> bool:
    kind = kind.value_type if pa.types.is_dictionary(kind) else kind
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind))


def _batches(path: Path, table: Table, columns: list[Found], *, small: bool) -> Iterator[pa.Table]:
    """The columns of a table, each in a type that the checks know.

    Raises:
        DeliveryRefused: One has a type that does not fit, and values.
    """
    chosen, wide = [], []
    for found in columns:
        column = meant(table, found.name)
        if column is None:
            continue
        if found.wide and column.kind in DECIMALS:
            wide.append(found.name)
            continue
        sql = as_read(column, found, whole_texts=small)
        if not sql and _has_values(path, found):
            refuse_type(column, found)
        chosen.append(f"{sql or 'CAST(NULL AS VARCHAR)'} AS {found.quoted}")
    batches = map(pa.table, _selected(path, ", ".join(chosen)).to_arrow_reader(_BATCH_ROWS))
    return _with_wide(batches, path, wide) if wide else batches


def _selected(path: Path, chosen: str) -> duckdb.DuckDBPyConnection:
    sql = f"SELECT {chosen} FROM read_parquet($path, binary_as_string = true, hive_partitioning = false)"  # noqa: S608 - quoted names
    return _shared().cursor().execute(sql, {"path": str(path)})


def _columns(path: Path, schema: pa.Schema, said: pq.FileMetaData) -> list[Found]:
    leaves = [said.schema.column(place) for place in range(said.num_columns)]
    physical = {leaf.path: leaf.physical_type for leaf in leaves}
    read = _shared().cursor().read_parquet(str(path), binary_as_string=True, hive_partitioning=False).types
    if len(schema) != len(read):
        raise DeliveryRefused(BROKEN)
    return [
        Found(
            field.name,
            kind.id,
            int(str(dict(kind.children)["scale"])) if kind.id == "decimal" else 0,
            field.type,
            physical.get(field.name, ""),
            said.created_by or "",
        )
        for field, kind in zip(schema, read, strict=True)
    ]


def _has_values(path: Path, found: Found) -> bool:
    """Whether a column has any; some programs write one without as floats, be it of numbers that are none."""
    counted = f"CASE WHEN NOT isnan({found.quoted}) THEN 1 END" if found.read in FLOATS else found.quoted
    return bool(_selected(path, f"count({counted})").fetchall()[0][0])


def _with_wide(batches: Iterator[pa.Table], path: Path, names: list[str]) -> Iterator[pa.Table]:
    """Rows with decimals of more than 38 digits, which DuckDB does not have, as texts."""
    with pq.ParquetFile(path) as file:
        pieces = file.iter_batches(_VECTOR_ROWS, columns=names, use_threads=False)
        rest = file.schema_arrow.empty_table().select(names)
        for batch in batches:
            while rest.num_rows < batch.num_rows:
                piece = next(pieces, None)
                if piece is None:
                    raise DeliveryRefused(BROKEN)
                rest = pa.concat_tables([rest, pa.table(piece)])
            columns = [exact_texts(rest[name].slice(0, batch.num_rows)) for name in names]
            rest = rest.slice(batch.num_rows)
            yield pa.table([*batch.columns, *columns], [*batch.schema.names, *names])
