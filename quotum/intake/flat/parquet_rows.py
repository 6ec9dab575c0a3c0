"""Reading flat deliveries in Parquet: raw rows in the types they have, nothing judged yet."""

import os
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from attrs import frozen

from quotum.errors import DeliveryRefused
from quotum.intake.delivery.recognise import check_parquet_types
from quotum.intake.flat.parquet_delta import longest_beginning
from quotum.intake.flat.parquet_pages import BROKEN, Packed, Pages, pages_of
from quotum.intake.flat.raw_rows import ENOUGH_ROWS, MOST_ROWS, is_text, renamed, with_place
from quotum.intake.flat.thrift import Cut, Damaged
from quotum.intake.rows import numbers
from quotum.intake.sources import RawRows, Source
from quotum.tables import Table

_BLOCK_BYTES = 1 << 20
# Bytes that a text takes at most, and the texts of one group together, when each is given once; or a dictionary has
# texts of at least so many on the average.
_CODED_BYTES, _LONG_TEXT = 8, 64
_MOST_CODED = 4 << 20
# Bytes of a group times rows of a file whose every text may be as long as the group, and come with each row.
_SMALL = 64 << 20
# Bytes of a group of rows that are read in one go; a larger one is read column by column, block by block.
_AT_ONCE = 64 << 20
# Bytes of the texts that are unpacked at a time, and of those of a row.
_MOST_TEXT, _LONGEST = 16 << 20, 32 << 10
# Rows of a group, on the average, from which on its dictionaries are of use.
_FEW_ROWS = 10_000
# Rows that a file may have for each of its bytes, and in any case: a page can say in ten bytes that a value comes again
# a milliard times.
_MOST_ROWS_OF_BYTE, _SOME_ROWS = 100, 1_000_000
# Bytes of a row, of which all texts together have some hundreds at most.
_MOST_BYTES_OF_ROW = 4_096
# Bytes of the pages that are read at a time, one of each column beside its dictionary.
_MOST_HELD = 256 << 20
# Bytes that a group may have in any case.
_SOME = 16 << 20
# The end of a file: the length of what is said there, and a sign, which is its beginning too.
_TAIL, _MAGIC, _NOTE = 8, b"PAR1", b"ARROW:schema"
# Bytes of the length before the marks of a page.
_LENGTH = 4
_SUMS = {"page_checksum_verification": True}


@frozen
class _Way:
    """How to read a file in bounded memory."""

    coded: frozenset[str]
    """Columns whose texts are given once each."""
    most: int
    """Rows to be read at a time, at most."""
    sets: tuple[tuple[int, ...], ...]
    """Groups of rows that are read together: one each, unless they are very small."""


def read_parquet(source: Source, path: Path, table: Table) -> Iterator[RawRows]:
    """The rows of a Parquet member, in the types it has.

    Raises:
        DeliveryRefused: A column has a type that could hide a value, or the file is broken.
    """
    try:
        with pq.ParquetFile(path) as file:
            check_parquet_types(table, file.schema_arrow)
            plain = _plainly(path, file.metadata)
        pages = pages_of(path)
        _refuse_swollen(plain.num_rows, path.stat().st_size, pages)
        way = _way(path, plain, pages)
        at_once = max(pages.group_bytes.values(), default=0) <= _AT_ONCE
        buffering = {} if at_once else {"pre_buffer": False, "buffer_size": _BLOCK_BYTES}
        with pq.ParquetFile(path, metadata=plain, read_dictionary=sorted(way.coded), **_SUMS, **buffering) as file:
            first = 1
            for group, batch in _batches(file, way, pages):
                _refuse_damaged(batch, group, pages)
                yield RawRows(with_place(renamed(pa.table(batch), table), source, first))
                first += batch.num_rows
    except (pa.ArrowException, duckdb.Error, OSError, UnicodeDecodeError, Cut, Damaged) as error:
        raise DeliveryRefused(BROKEN) from error


def _plainly(path: Path, file: pq.FileMetaData) -> pq.FileMetaData:
    """What the end of the file says, without the note in which Arrow puts the types that it had before it wrote.

    So whether a column is read as a dictionary is decided here, and texts come in one form.
    """
    if _NOTE not in (file.metadata or {}):
        return file
    with path.open("rb") as whole:
        whole.seek(-_TAIL, os.SEEK_END)
        length = int.from_bytes(whole.read(_TAIL)[:4], "little")
        whole.seek(-_TAIL - length, os.SEEK_END)
        said = whole.read().replace(_NOTE, _NOTE.swapcase())
    return pq.read_metadata(pa.BufferReader(_MAGIC + said))


def _way(path: Path, file: pq.FileMetaData, pages: Pages) -> _Way:
    """How to read a file in bounded memory.

    Texts that come again and again are given once each, as the file has them. Others are not: a table of all different
    texts of a group, to be gone through for each batch of it, takes more memory and time than the texts. How many bytes
    a value takes tells the two apart. Of a column that is written in more ways than one within a group Arrow would mix
    up the texts when one stands twice in its dictionary. A long text can stand in the file once and come with each row.
    Groups of few rows are read many at a time: each has its own dictionaries.

    Args:
        path: The file.
        file: What its end says.
        pages: What its pages hold.

    Raises:
        DeliveryRefused: A text is so long that Arrow, which makes room for a thousand rows, fills the memory with it.
    """
    rows = sum(pages.rows.values())
    together = _together(pages)
    if rows * max(pages.group_bytes.values(), default=0) <= _SMALL:
        return _Way(frozenset(), MOST_ROWS, together)
    texts = {each.name for each in file.schema.to_arrow_schema() if is_text(each.type)}
    coded = set()
    if len(pages.rows) <= 1 + rows // _FEW_ROWS:
        together = tuple((group,) for group in sorted(pages.rows))
        again = {name for name in texts if pages.column_bytes[name] <= _CODED_BYTES * rows}
        again |= {name for name in texts if pages.mean_in_dictionaries(name) >= _LONG_TEXT}
        coded = {name for name in again - pages.mixed if pages.largest[name] <= _MOST_CODED}
    length = sum(_longest(path, file, pages, sorted(texts - coded)).values())
    if length > _LONGEST:
        raise DeliveryRefused(f"has texts of more than {_LONGEST:,} bytes, as no delivery has; have it made anew")
    return _Way(frozenset(coded), min(MOST_ROWS, _MOST_TEXT // max(1, length)), together)


def _together(pages: Pages) -> tuple[tuple[int, ...], ...]:
    """Groups of rows that follow each other, until they are enough rows or bytes to be read at a time."""
    sets: list[tuple[int, ...]] = []
    rows = size = 0
    for group, count in sorted(pages.rows.items()):
        rows, size = rows + count, size + pages.group_bytes[group]
        if sets and rows <= ENOUGH_ROWS and size <= _MOST_TEXT:
            sets[-1] += (group,)
        else:
            sets.append((group,))
            rows, size = count, pages.group_bytes[group]
    return tuple(sets)


def _longest(path: Path, file: pq.FileMetaData, pages: Pages, names: list[str]) -> dict[str, int]:
    """Bytes that texts of columns take at most, those in no dictionary on the average of their page."""
    found = {name: pages.value_bytes[name] + _beginning(path, file, name, pages.growing[name]) for name in names}
    with pq.ParquetFile(
        path, metadata=file, read_dictionary=names, pre_buffer=False, buffer_size=_BLOCK_BYTES, **_SUMS
    ) as read:
        for (group, name), dictionary in pages.dictionaries.items():
            if name in found and dictionary.size > found[name]:
                batch = next(read.iter_batches(1, row_groups=[group], columns=[name], use_threads=False))
                lengths = pc.binary_length(batch.column(0).dictionary)
                found[name] = max(found[name], pc.max(lengths).as_py() or 0)
    return found


def _beginning(path: Path, file: pq.FileMetaData, name: str, pages: list[Packed]) -> int:
    """Bytes that texts take over from the one before them, at most."""
    nullable = file.schema.to_arrow_schema().field(name).nullable
    longest = 0
    for page in pages:
        with path.open("rb") as whole:
            whole.seek(page.at + (page.levels or 0))
            data = whole.read(page.packed - (page.levels or 0))
        size = page.unpacked - (page.levels or 0)
        if page.codec != "UNCOMPRESSED" and not (page.levels is not None and len(data) == size):
            data = pa.Codec(page.codec.lower()).decompress(data, size).to_pybytes()
        if page.levels is None and nullable:
            data = data[_LENGTH + int.from_bytes(data[:_LENGTH], "little") :]
        longest = max(longest, longest_beginning(data))
    return longest


def _refuse_damaged(batch: pa.RecordBatch, group: int, pages: Pages) -> None:
    """A damaged page can hold places and signs that are not there.

    Arrow looks value by value; where the least and the greatest place are there, all are. It takes two equal values of
    a dictionary for one, and every place behind them for the next.

    Raises:
        pa.ArrowInvalid: It holds some.
        DeliveryRefused: A dictionary holds a value twice.
    """
    for name, values in zip(batch.schema.names, batch.columns, strict=True):
        texts = values
        values.validate()
        if pa.types.is_dictionary(values.type) and len(values):
            known = pages.dictionaries.get((group, name))
            if known and len(values.dictionary) != known.values:
                raise DeliveryRefused(f"has a value twice in the dictionary of {name}; have it made anew")
            places = numbers(values, 0)
            if places.min() >= 0 and places.max() < len(values.dictionary):
                texts = values.dictionary
        texts.validate(full=True)


def _refuse_swollen(rows: int, size: int, pages: Pages) -> None:
    """Refuse what would fill the memory or never end: a file can be small and hold a text of a gigabyte, or all rows.

    Args:
        rows: Rows that the file says it has.
        size: Bytes of the file.
        pages: What its pages hold.

    Raises:
        DeliveryRefused: Its groups have other rows; its rows have far more bytes than those of a delivery, or far
            fewer; or the pages that are read side by side are too large.
    """
    if rows != sum(pages.rows.values()):
        raise DeliveryRefused(BROKEN)
    if rows > max(_SOME_ROWS, _MOST_ROWS_OF_BYTE * size):
        raise DeliveryRefused(f"has {rows:,} rows in {size:,} bytes, as no delivery can; have it made anew")
    for group, unpacked in pages.group_bytes.items():
        if unpacked > max(_SOME, _MOST_BYTES_OF_ROW * pages.rows[group]):
            raise DeliveryRefused(
                f"has rows of more than {_MOST_BYTES_OF_ROW:,} bytes each, as no delivery has; have it made anew"
            )
    if sum(pages.held.values()) > _MOST_HELD:
        raise DeliveryRefused(
            f"has pages of more than {_MOST_HELD >> 20} MB together; have it made with groups of a million rows"
        )


def _batches(file: pq.ParquetFile, way: _Way, pages: Pages) -> Iterator[tuple[int, pa.RecordBatch]]:
    """The rows of each set of groups in pieces of about the same size that do not cross into the next.

    Raises:
        DeliveryRefused: A set gives another number of rows than the file says: a damaged one can give none.
    """
    for groups in way.sets:
        rows = sum(pages.rows[group] for group in groups)
        pieces = -(-rows // way.most)
        if pieces:
            given = 0
            for batch in file.iter_batches(-(-rows // pieces), row_groups=list(groups), use_threads=False):
                given += batch.num_rows
                yield groups[0], batch
            if given != rows:
                raise DeliveryRefused("is broken Parquet: rows that it says it has are not there; send it again")
