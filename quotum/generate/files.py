"""The files of the returns: numbered, of a limited size, with the same bytes every time."""

import zipfile
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import IO, Self

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq
from attrs import frozen

from quotum.engine.parquet_writer import ParquetFile
from quotum.generate.flat import SCHEMA
from quotum.generate.xml_form import Message

MESSAGES_PER_FILE = 2_000
ROWS_PER_FILE = 1_000_000
_ROWS_PER_GROUP = 100_000
COMPRESSION_LEVEL = 1
"""Compression of the zips: the fastest, because the text is very repetitive."""


@frozen
class Place:
    """Place of a row."""

    file: str
    """Name of the file."""
    row: int
    """Number of the row in it, from 1."""


class MessageFiles:
    """Numbered zips of messages."""

    def __init__(self, folder: Path, stem: str) -> None:
        """Writes into a folder, under a name with a number."""
        self._folder, self._stem = folder, stem
        self._archive: zipfile.ZipFile | None = None
        self.messages = 0
        self._name = ""

    def write(self, messages: Iterable[Message]) -> list[str]:
        """Writes messages; returns the place of each: zip and member."""
        places = []
        for message in messages:
            archive = self._current_archive()
            member = f"{message.identification}.xml"
            # A member opened by name has no time (1 January 1980).
            with archive.open(member, "w") as file:
                for part in message.parts:
                    file.write(part.encode())
            places.append(f"{self._name}/{member}")
            self.messages += 1
        return places

    def _current_archive(self) -> zipfile.ZipFile:
        """Returns the zip for the next message: a new one when the last is full."""
        number, place = divmod(self.messages, MESSAGES_PER_FILE)
        if self._archive is None or place == 0:
            self.close()
            self._name = f"{self._stem}-{number + 1:04d}.zip"
            path = self._folder / self._name
            self._archive = zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=COMPRESSION_LEVEL)
        return self._archive

    def close(self) -> None:
        """Closes the current zip."""
        if self._archive is not None:
            self._archive.close()
            self._archive = None

    def __enter__(self) -> Self:
        """Returns itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Closes the files."""
        self.close()


class FlatFiles:
    """Numbered Parquet or CSV files of rows."""

    def __init__(self, folder: Path, stem: str, suffix: str, rows_per_file: int | None = ROWS_PER_FILE) -> None:
        """Writes into a folder, under a name with a number unless the rows of a file are unlimited."""
        self._folder, self._stem, self._suffix, self._limit = folder, stem, suffix, rows_per_file
        self._parquet: pq.ParquetWriter | None = None
        self._csv: IO[bytes] | None = None
        self._waiting: list[pa.Table] = []
        self.rows = 0

    def write(self, table: pa.Table) -> None:
        """Writes rows: typed for Parquet, as text for CSV."""
        start = 0
        while start < table.num_rows:
            room = self._room()
            part = table.slice(start, room)
            if self._parquet is None and self._csv is None:
                self._open()
            if self._parquet is not None:
                self._grouped(part)
            elif self._csv is not None:
                options = pyarrow.csv.WriteOptions(include_header=False, quoting_style="needed")
                pyarrow.csv.write_csv(part, self._csv, options)
            start += part.num_rows
            self.rows += part.num_rows
            if self._limit is not None and self.rows % self._limit == 0:
                self.close()

    def _grouped(self, part: pa.Table) -> None:
        """Collects rows of an unlimited file into groups, because each group takes room at its end."""
        self._waiting.append(part)
        if self._limit is not None or sum(table.num_rows for table in self._waiting) >= _ROWS_PER_GROUP:
            self._write_group()

    def _write_group(self) -> None:
        if self._parquet is not None and self._waiting:
            self._parquet.write_table(pa.concat_tables(self._waiting).combine_chunks())
        self._waiting = []

    def place(self, row: int) -> Place:
        """Returns the place of the row that was or will be written as number `row`, from 0."""
        if self._limit is None:
            return Place(self._name(0), row + 1)
        return Place(self._name(row // self._limit), row % self._limit + 1)

    def _room(self) -> int | None:
        return None if self._limit is None else self._limit - self.rows % self._limit

    def _name(self, number: int) -> str:
        numbered = "" if self._limit is None else f"-{number + 1:04d}"
        return f"{self._stem}{numbered}.{self._suffix}"

    def _open(self) -> None:
        path = self._folder / self.place(self.rows).file
        if self._suffix == "parquet":
            # Amounts as whole numbers, as DuckDB and Spark write them, are read four times as fast.
            self._parquet = ParquetFile(path, SCHEMA, compression="zstd", store_decimal_as_integer=True)
        else:
            self._csv = path.open("wb")
            self._csv.write((",".join(SCHEMA.names) + "\n").encode())

    def close(self) -> None:
        """Closes the current file."""
        self._write_group()
        for file in (self._parquet, self._csv):
            if file is not None:
                file.close()
        self._parquet = self._csv = None

    def __enter__(self) -> Self:
        """Returns itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Closes the files, after creating at least one."""
        if error is None and self.rows == 0:
            self._open()
        self.close()
