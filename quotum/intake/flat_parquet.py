"""Reading flat deliveries in Parquet: raw rows in the types they have, nothing judged yet."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from quotum.errors import DeliveryRefused
from quotum.intake.flat import MOST_ROWS, is_text, renamed, with_place
from quotum.intake.recognise import check_parquet_types
from quotum.intake.rows import numbers
from quotum.intake.sources import RawRows, Source
from quotum.tables import Table

_BLOCK_BYTES = 1 << 20
# Bytes that a text takes at most, and the texts of one group together, when each is given once.
_CODED_BYTES = 8
_MOST_CODED = 4 << 20
# A file of no more rows has every text given once: a short file can hold a long text that comes with each row.
_FEW_ROWS = 20_000
# Bytes of a group of rows that are read in one go; a larger one is read column by column, block by block.
_AT_ONCE = 64 << 20
# Bytes of a row, of which all texts together have some hundreds at most.
_MOST_BYTES_OF_ROW = 4_096
_LOOKING_MEMORY = "128MB"


def read_parquet(source: Source, path: Path, table: Table) -> Iterator[RawRows]:
    """The rows of a Parquet member, in the types it has.

    Raises:
        DeliveryRefused: A column has a type that could hide a value, or the file is broken.
    """
    try:
        with pq.ParquetFile(path) as file:
            check_parquet_types(table, file.schema_arrow)
            groups = [file.metadata.row_group(number) for number in range(file.num_row_groups)]
            texts = {each.name for each in file.schema_arrow if is_text(each.type)}
            few = file.metadata.num_rows <= _FEW_ROWS
        _refuse_swollen(groups)
        coded, longest = (texts, 0) if few else _often_the_same(path, texts)
        at_once = max((group.total_byte_size for group in groups), default=0) <= _AT_ONCE
        buffering = {} if at_once else {"pre_buffer": False, "buffer_size": _BLOCK_BYTES}
        with pq.ParquetFile(path, read_dictionary=sorted(coded), **buffering) as file:
            first = 1
            for batch in _batches(file, max(1, min(MOST_ROWS, _AT_ONCE // max(1, longest)))):
                for column in batch.columns:
                    _refuse_damaged(column)
                yield RawRows(with_place(renamed(pa.table(batch), table), source, first))
                first += batch.num_rows
    except (pa.ArrowException, duckdb.Error, OSError, UnicodeDecodeError) as error:
        raise DeliveryRefused("is broken Parquet; send it again") from error


def _refuse_damaged(values: pa.Array) -> None:
    """A damaged page can hold places and signs that are not there.

    Arrow looks value by value; where the least and the greatest place are there, all are.

    Raises:
        pa.ArrowInvalid: It holds some.
    """
    values.validate()
    if pa.types.is_dictionary(values.type) and len(values) and pa.types.is_int32(values.indices.type):
        places = numbers(values, 0)
        if places.min() >= 0 and places.max() < len(values.dictionary):
            values = values.dictionary
    values.validate(full=True)


def _refuse_swollen(groups: list[pq.RowGroupMetaData]) -> None:
    """Refuse what would fill the memory: a file can be small and hold a text of a gigabyte.

    Raises:
        DeliveryRefused: A group of rows is large, and its rows have far more bytes than one of a delivery.
    """
    if any(group.total_byte_size > max(_AT_ONCE, _MOST_BYTES_OF_ROW * group.num_rows) for group in groups):
        raise DeliveryRefused(
            f"has rows of more than {_MOST_BYTES_OF_ROW:,} bytes each, as no delivery has; have it made anew"
        )


def _often_the_same(path: Path, texts: set[str]) -> tuple[set[str], int]:
    """Columns with texts that come again and again, to be given once each, as the file has them.

    Others have not: a table of all different texts of a group, to be gone through for each batch of it, takes more
    memory and time than the texts. How many bytes a value takes tells the two apart. DuckDB is asked, for Arrow ends
    the program when what a damaged file says of a column is wrong.

    Args:
        path: The file.
        texts: Its columns of texts.

    Returns:
        These columns, and how many bytes a row has at most in all others: a long text can stand in the file once.

    Raises:
        duckdb.Error: DuckDB cannot read it.
    """
    with duckdb.connect(config={"threads": 1, "memory_limit": _LOOKING_MEMORY}) as connection:
        found = connection.execute(
            "SELECT path_in_schema FROM parquet_metadata($path) GROUP BY ALL "
            "HAVING sum(total_uncompressed_size) <= $bytes * sum(row_group_num_rows) "
            "AND max(total_uncompressed_size) <= $most",
            {"path": str(path), "bytes": _CODED_BYTES, "most": _MOST_CODED},
        )
        coded = texts & {name for (name,) in found.fetchall()}
        others = [name.replace('"', '""') for name in sorted(texts - coded)]
        if not others:
            return coded, 0
        lengths = ", ".join(f'coalesce(max(strlen("{name}")), 0)' for name in others)
        longest = connection.execute(f"SELECT {lengths} FROM read_parquet($path)", {"path": str(path)})  # noqa: S608 - quoted
        return coded, sum(longest.fetchone() or ())


def _batches(file: pq.ParquetFile, most: int) -> Iterator[pa.RecordBatch]:
    """The rows in pieces of about the same size that do not cross the groups of the file, so that none is copied.

    Args:
        file: The file.
        most: Rows that a piece has at most.

    Raises:
        DeliveryRefused: A group gives another number of rows than the file says: a damaged one can give none.
    """
    for group in range(file.num_row_groups):
        rows = file.metadata.row_group(group).num_rows
        pieces = -(-rows // most)
        if pieces:
            given = 0
            for batch in file.iter_batches(-(-rows // pieces), row_groups=[group], use_threads=False):
                given += batch.num_rows
                yield batch
            if given != rows:
                raise DeliveryRefused("is broken Parquet: rows that it says it has are not there; send it again")
