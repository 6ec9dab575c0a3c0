"""Reader of flat deliveries in Parquet through DuckDB: raw rows, nothing checked yet.

A value of a type that the checks do not know is read as the text with exactly its meaning, and is checked as that
text would be in CSV. Data that DuckDB cannot hold within its memory limit is refused: a file of six kilobytes can
hold a text of 200 megabytes.
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
from quotum.intake import words
from quotum.intake.column_names import column_named
from quotum.intake.flat.parquet_types import (
    DECIMALS,
    FLOATS,
    OF_JAVA,
    DeliveredColumn,
    exact_texts,
    reading_sql,
    refuse_type,
)
from quotum.intake.flat.raw_rows import add_place, rename_columns
from quotum.intake.sources import RawRows, Source
from quotum.tables import Table

BROKEN = "is broken Parquet; send it again"
_MEMORY = "256MB"
# Vectors of DuckDB have 2,048 rows; about this many rows are checked at a time.
_VECTOR_ROWS, _BATCH_ROWS = 2_048, 34 * 2_048
# Rows that a file may have for each of its bytes, and in any case: ten bytes of a page can repeat a value a billion
# times.
_MOST_ROWS_OF_BYTE, _SOME_ROWS = 100, 1_000_000
# Bytes of a row, whose texts together have at most some hundreds; and bytes that a group may have in any case.
_MOST_BYTES_OF_ROW, _SOME_BYTES = 4_096, 16 << 20
# Bytes of a text that DuckDB may write out for each row of a vector, and of all of them; and of all texts of a file in
# which each text may be as long as a group and repeat in each row.
_LONGEST_TEXT, _MOST_TEXT, _SMALL = 32 << 10, 64 << 20, 64 << 20
_BLOCK_BYTES = 1 << 20
# Messages of DuckDB.
_OUT_OF_MEMORY, _NOT_UTF8 = "Out of Memory", "not valid UTF8"


def read_parquet(source: Source, path: Path, table: Table) -> Iterator[RawRows]:
    """Yields the rows of a Parquet member, in the order of the file.

    Raises:
        DeliveryRefused: A column has a type that could hide a value, the file is broken, or reading it takes far more
            memory than a delivery does.
    """
    try:
        with pq.ParquetFile(path) as file:
            schema, metadata = file.schema_arrow, file.metadata
        size = _size_of(path, schema)
        _refuse_wrong_sums(path, schema, metadata)
        first = 1
        for batch in _batches(path, table, _columns(path, schema, metadata), small=size.small):
            yield RawRows(add_place(rename_columns(batch, table), source, first))
            first += batch.num_rows
    except (duckdb.Error, pa.ArrowException, OSError, UnicodeDecodeError) as error:
        if isinstance(error, (duckdb.FatalException, duckdb.InternalException)):
            _shared.cache_clear()
        raise DeliveryRefused(_reason(str(error))) from error
    if first - 1 != size.rows:
        raise DeliveryRefused(words.BROKEN_PARQUET.sentence())


@cache
def _shared() -> duckdb.DuckDBPyConnection:
    """A separate connection with its own memory limit; it writes nothing to disk."""
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
    """Returns why a file cannot be read, without DuckDB's message, which can hold a value."""
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
    """A column within a row group, as the file footer describes it."""

    group: int
    rows: int
    name: str
    values: int
    size: int
    """Bytes, unpacked."""
    encodings: str

    @property
    def can_hide_a_text(self) -> bool:
        """Whether a single text in the dictionary can repeat in so many rows that they fill the memory."""
        repeated = min(self.rows, _VECTOR_ROWS) * self.size > _MOST_TEXT
        return "DICTIONARY" in self.encodings and self.size > _LONGEST_TEXT and repeated


@frozen
class _Size:
    """Size of a file as its footer states it."""

    rows: int
    small: bool
    """Whether its texts take little memory, however long they are."""


def _size_of(path: Path, schema: pa.Schema) -> _Size:
    """Returns the size that a file states.

    Raises:
        DeliveryRefused: Its rows have far more or far fewer bytes than those of a delivery; or a text is so long that
                    it fills the memory.
    """
    cursor = (
        _shared()
        .cursor()
        .execute(
            "SELECT row_group_id, row_group_num_rows, path_in_schema, num_values, total_uncompressed_size, encodings "
            "FROM parquet_metadata($path)",
            {"path": str(path)},
        )
    )
    chunks = [_Chunk(*chunk) for chunk in cursor.fetchall()]
    groups = {chunk.group: chunk.rows for chunk in chunks}
    sizes = dict.fromkeys(groups, 0)
    for chunk in chunks:
        sizes[chunk.group] += chunk.size
    rows, size = sum(groups.values()), path.stat().st_size
    if rows > max(_SOME_ROWS, _MOST_ROWS_OF_BYTE * size):
        raise DeliveryRefused(words.TOO_DENSE.sentence(rows=rows, size=size))
    if any(sizes[group] > max(_SOME_BYTES, _MOST_BYTES_OF_ROW * groups[group]) for group in groups):
        raise DeliveryRefused(words.LONG_ROWS.sentence(most_bytes_of_row=_MOST_BYTES_OF_ROW))
    _refuse_long_texts(path, schema, [chunk for chunk in chunks if chunk.can_hide_a_text])
    return _Size(rows, small=rows * max(sizes.values(), default=0) <= _SMALL)


def _refuse_long_texts(path: Path, schema: pa.Schema, chunks: list[_Chunk]) -> None:
    """Refuses a long text in a dictionary that can repeat in each row: a megabyte of it took 2.1 GB.

    DuckDB writes out the texts of a vector that spans two pages, outside its memory limit. Only Arrow tells the length
    of a dictionary's texts, in 17 ms for a million rows (reading the rows takes 350 ms).

    Args:
        path: The file.
        schema: Its columns.
        chunks: Chunks that can have such a text.

    Raises:
        DeliveryRefused: There is such a text.
    """
    if not chunks:
        return
    texts = {field.name for field in schema if _is_text(field.type)}
    names = sorted({chunk.name for chunk in chunks} & texts)
    with pq.ParquetFile(path, read_dictionary=names, pre_buffer=False, buffer_size=_BLOCK_BYTES) as file:
        for group in sorted({chunk.group for chunk in chunks if chunk.name in texts}):
            columns = [chunk.name for chunk in chunks if chunk.group == group and chunk.name in texts]
            batch = next(file.iter_batches(1, row_groups=[group], columns=columns, use_threads=False))
            lengths = (pc.max(pc.binary_length(values.dictionary)).as_py() for values in batch.columns)
            if max((length or 0 for length in lengths), default=0) > _LONGEST_TEXT:
                raise DeliveryRefused(words.LONG_TEXTS.sentence(longest_text=_LONGEST_TEXT))


def _refuse_wrong_sums(path: Path, schema: pa.Schema, metadata: pq.FileMetaData) -> None:
    """Checks the page checksums (CRC) of a file written by the Java library.

    DuckDB ignores them, so a damaged page that is not packed would be read as it is. Arrow takes 0.2 s for a million
    rows, so only files known to have checksums are checked.

    Raises:
        pa.ArrowException: A page does not match its checksum.
        OSError: The same.
    """
    if OF_JAVA not in (metadata.created_by or ""):
        return
    texts = [field.name for field in schema if _is_text(field.type)]
    reading = {"pre_buffer": False, "buffer_size": _BLOCK_BYTES, "page_checksum_verification": True}
    with pq.ParquetFile(path, read_dictionary=texts, **reading) as pages:
        for _ in pages.iter_batches(4 * _VECTOR_ROWS, use_threads=False):
            pass


def _is_text(kind: pa.DataType) -> bool:
    kind = kind.value_type if pa.types.is_dictionary(kind) else kind
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind))


def _batches(path: Path, table: Table, columns: list[DeliveredColumn], *, small: bool) -> Iterator[pa.Table]:
    """Yields the columns of a table, each in a type that the checks know.

    Raises:
        DeliveryRefused: A column with values has a type that does not fit.
    """
    chosen, wide = [], []
    for delivered in columns:
        column = column_named(table, delivered.name)
        if column is None:
            continue
        if delivered.wide and column.kind in DECIMALS:
            wide.append(delivered.name)
            continue
        sql = reading_sql(column, delivered, whole_texts=small)
        if not sql and _has_values(path, delivered):
            refuse_type(column, delivered)
        chosen.append(f"{sql or 'CAST(NULL AS VARCHAR)'} AS {delivered.quoted}")
    batches = map(pa.table, _selected(path, ", ".join(chosen)).to_arrow_reader(_BATCH_ROWS))
    return _with_wide(batches, path, wide) if wide else batches


def _selected(path: Path, chosen: str) -> duckdb.DuckDBPyConnection:
    sql = f"SELECT {chosen} FROM read_parquet($path, binary_as_string = true, hive_partitioning = false)"  # noqa: S608 - quoted names
    return _shared().cursor().execute(sql, {"path": str(path)})


def _columns(path: Path, schema: pa.Schema, metadata: pq.FileMetaData) -> list[DeliveredColumn]:
    leaves = [metadata.schema.column(place) for place in range(metadata.num_columns)]
    physical = {leaf.path: leaf.physical_type for leaf in leaves}
    read = _shared().cursor().read_parquet(str(path), binary_as_string=True, hive_partitioning=False).types
    if len(schema) != len(read):
        raise DeliveryRefused(BROKEN)
    return [
        DeliveredColumn(
            field.name,
            kind.id,
            int(str(dict(kind.children)["scale"])) if kind.id == "decimal" else 0,
            field.type,
            physical.get(field.name, ""),
            metadata.created_by or "",
        )
        for field, kind in zip(schema, read, strict=True)
    ]


def _has_values(path: Path, column: DeliveredColumn) -> bool:
    """Whether a column has values; some programs write an empty column as floats that are all NaN."""
    counted = f"CASE WHEN NOT isnan({column.quoted}) THEN 1 END" if column.read in FLOATS else column.quoted
    return bool(_selected(path, f"count({counted})").fetchall()[0][0])


def _with_wide(batches: Iterator[pa.Table], path: Path, names: list[str]) -> Iterator[pa.Table]:
    """Adds decimals of more than 38 digits, which DuckDB does not have, to the rows as texts."""
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
