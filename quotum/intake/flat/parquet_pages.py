"""What the pages of a Parquet file say of themselves, read before any is unpacked.

The end of a file says how large its columns are and how they are written, and need not be true: a text of a gigabyte
can stand in a file that says it has some kilobytes. Arrow believes the heads of the pages, so these are looked at.

Source: parquet.thrift of the Apache Parquet format, 2.11.
"""

import os
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path

import duckdb
from attrs import Factory, define, frozen

from quotum.errors import DeliveryRefused
from quotum.intake.flat.thrift import Cut, Damaged, Struct, read_struct

BROKEN = "is broken Parquet; send it again"
_LOOKING_MEMORY = "128MB"
_CHUNKS_AT_A_TIME = 10_000
# Bytes of the head of a page: few have more than a hundred, unless it gives its least and its greatest text.
_HEAD, _LONGEST_HEAD = 256, 1 << 20
# Rows that a page has at least, on the average, once there are many: programs put 20,000 or a megabyte in one.
_FEWEST_ROWS, _SOME_PAGES = 100, 100

# Numbers of fields, kinds of pages and encodings, from parquet.thrift.
_KIND, _UNPACKED, _PACKED, _DICTIONARY_HEAD = 1, 2, 3, 7
_DATA_HEADS = {0: (5, 2), 3: (8, 4)}  # kind of page: field of its head, and within that of the encoding
_DICTIONARY, _COUNT = 2, 1
_PLAIN, _PLACES = frozenset({0}), frozenset({2, 8})
# Encodings that hold every text whole, and one that gives how it begins by the text before it.
_GROWING = 7
_KNOWN = frozenset({0, 6, _GROWING})
_DATA_2, _DEFINITIONS, _REPETITIONS = 3, 5, 6


@frozen
class Dictionary:
    """The texts or numbers of a column within a group, each given once."""

    values: int
    size: int
    """Bytes, unpacked."""


@frozen
class Packed:
    """Where the values of a page are, and how they are packed."""

    at: int
    """First byte of the page, behind its head."""
    packed: int
    """Bytes in the file."""
    unpacked: int
    """Bytes, unpacked."""
    codec: str
    """How it is packed, as the file says."""
    levels: int | None
    """Bytes of the marks before the values, which are not packed; none when they are packed and say so themselves."""


@define
class Pages:
    """What the pages of a file hold. All bytes are those of what is unpacked."""

    rows: dict[int, int] = Factory(dict)
    """Rows of each group."""
    group_bytes: dict[int, int] = Factory(lambda: defaultdict(int))
    """Of a group of rows."""
    column_bytes: dict[str, int] = Factory(lambda: defaultdict(int))
    """Of a column over all groups."""
    largest: dict[str, int] = Factory(lambda: defaultdict(int))
    """Of a column in the group where it has the most."""
    held: dict[str, int] = Factory(lambda: defaultdict(int))
    """Of a column, at a time: its largest dictionary and its largest other page."""
    value_bytes: dict[str, int] = Factory(lambda: defaultdict(int))
    """Of a value of a column that is in no dictionary, on the average of the page where this is most."""
    dictionaries: dict[tuple[int, str], Dictionary] = Factory(dict)
    """By group and column; a column that is written plainly in a group has none."""
    growing: dict[str, list[Packed]] = Factory(lambda: defaultdict(list))
    """Pages of a column in which a text begins like the one before it (DELTA_BYTE_ARRAY)."""
    mixed: set[str] = Factory(set)
    """Columns of which a group is not written wholly with a dictionary, nor wholly plainly."""

    def mean_in_dictionaries(self, column: str) -> int:
        """Bytes of a value in the dictionaries of a column on the average, rounded down; 0 without any."""
        found = [each for (_, name), each in self.dictionaries.items() if name == column]
        return sum(each.size for each in found) // (sum(each.values for each in found) or 1)


@frozen
class _Chunk:
    """A column within a group of rows: what the end of the file says of it."""

    group: int
    rows: int
    name: str
    values: int
    dictionary_at: int | None
    data_at: int
    size: int
    codec: str

    @property
    def start(self) -> int:
        """Place of its first page."""
        return min(self.data_at, self.dictionary_at or self.data_at)


def pages_of(path: Path) -> Pages:
    """Look at every page of a file.

    Args:
        path: A Parquet file, of columns that hold no others.

    Raises:
        duckdb.Error: The end of the file cannot be read.
        OSError: The file cannot be read.
        DeliveryRefused: The head of a page is damaged, there are far too many, or two columns share their bytes.
    """
    found = Pages()
    places = []
    with path.open("rb", buffering=0) as file:
        for chunk in _chunks(path):
            found.rows[chunk.group] = chunk.rows
            _look(file.fileno(), chunk, found)
            places += [(chunk.start, chunk.start + chunk.size)] if chunk.values else []
    places.sort()
    if any(end > start for (_, end), (start, _) in pairwise(places)):
        raise DeliveryRefused(BROKEN)
    return found


@cache
def _shared() -> duckdb.DuckDBPyConnection:
    return duckdb.connect(config={"threads": 1, "memory_limit": _LOOKING_MEMORY, "enable_external_file_cache": False})


def _looking() -> duckdb.DuckDBPyConnection:
    """DuckDB is asked, for Arrow ends the program when what a damaged file says of a column is wrong."""
    return _shared().cursor()


def _chunks(path: Path) -> Iterator[_Chunk]:
    found = _looking().execute(
        "SELECT row_group_id, row_group_num_rows, path_in_schema, num_values, dictionary_page_offset, "
        "data_page_offset, total_compressed_size, compression FROM parquet_metadata($path)",
        {"path": str(path)},
    )
    while some := found.fetchmany(_CHUNKS_AT_A_TIME):
        yield from (_Chunk(*each) for each in some)


def _look(file: int, chunk: _Chunk, found: Pages) -> None:
    """The pages of a column within a group, until its last value.

    Raises:
        DeliveryRefused: One is damaged, or there are too many.
    """
    at, end = chunk.start, chunk.start + chunk.size
    if chunk.values != chunk.rows or at < 0:
        raise DeliveryRefused(BROKEN)
    encodings = set()
    seen = pages = total = most = 0
    dictionary = None
    while seen < chunk.values:
        head, length = _head(file, at, end)
        packed, unpacked = _whole(head, _PACKED), _whole(head, _UNPACKED)
        at += length + packed
        size = max(packed, unpacked)
        total += size
        pages += 1
        if at > end:
            raise DeliveryRefused(BROKEN)
        if pages > _SOME_PAGES + chunk.values // _FEWEST_ROWS:
            raise DeliveryRefused(
                f"has pages of fewer than {_FEWEST_ROWS:,} rows each, as no program makes them; have it made anew"
            )
        kind = _whole(head, _KIND)
        if kind in _DATA_HEADS:
            field, encoding_field = _DATA_HEADS[kind]
            part = _part(head, field)
            count, encoding = _whole(part, _COUNT), _whole(part, encoding_field)
            seen += count
            most = max(most, size)
            encodings.add(encoding)
            if encoding == _GROWING:
                levels = _whole(part, _DEFINITIONS) + _whole(part, _REPETITIONS) if kind == _DATA_2 else None
                found.growing[chunk.name].append(Packed(at - packed, packed, unpacked, chunk.codec, levels))
            if encoding not in _PLACES:
                each = size if encoding not in _KNOWN or not count else -(-size // count)
                found.value_bytes[chunk.name] = max(each, found.value_bytes[chunk.name])
        elif kind == _DICTIONARY and pages == 1:
            dictionary = Dictionary(_whole(_part(head, _DICTIONARY_HEAD), _COUNT), size)
            found.dictionaries[chunk.group, chunk.name] = dictionary
        else:
            raise DeliveryRefused(BROKEN)
    if not encodings <= (_PLACES if dictionary else _PLAIN):
        found.mixed.add(chunk.name)
    found.group_bytes[chunk.group] += total
    found.column_bytes[chunk.name] += total
    found.largest[chunk.name] = max(total, found.largest[chunk.name])
    found.held[chunk.name] = max(most + (dictionary.size if dictionary else 0), found.held[chunk.name])


def _head(file: int, at: int, end: int) -> tuple[Struct, int]:
    """The head of the page at a place, and its length in bytes."""
    for most in (_HEAD, _LONGEST_HEAD):
        try:
            return read_struct(os.pread(file, min(most, end - at), at) if end > at else b"")
        except Cut:
            continue
        except Damaged:
            break
    raise DeliveryRefused(BROKEN)


def _whole(head: Struct, field: int) -> int:
    """A number of zero or more, of 32 bits."""
    found = head.get(field)
    if not isinstance(found, int) or not 0 <= found < 1 << 31:
        raise DeliveryRefused(BROKEN)
    return found


def _part(head: Struct, field: int) -> Struct:
    found = head.get(field)
    if not isinstance(found, dict):
        raise DeliveryRefused(BROKEN)
    return found
