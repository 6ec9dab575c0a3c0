"""Comparing two folders of results: the first difference, in words that name nobody and show no wage."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from attrs import frozen

from quotum.archive.hashing import digest_of
from quotum.replay import words as catalogue
from quotum.tables import RUN_TABLES
from quotum.words import NOTHING, Sentence, phrase

RECORD: Final = ("run.json", "quality.parquet", "set_aside.parquet")
_FIRST: Final = ("settlement.parquet", "settlement.csv")
_WAGES: Final = frozenset({"premium_wage_t2_cents", "surcharge_base_cents", "base_cents"})
_PERSONAL: Final = frozenset(column.name for table in RUN_TABLES for column in table.columns if column.personal)
_ROWS: Final = 100_000


@frozen
class Difference:
    """A file that is not the same in two runs."""

    file: str
    """Name of the file."""
    where: str
    """Where it differs first, and both values where they may be shown."""
    only_bytes: str = ""
    """Why the bytes differ although every row is the same: another library wrote them; empty otherwise."""

    @property
    def words(self) -> Sentence:
        """The difference in words."""
        return catalogue.FILE_WHERE.sentence(file=self.file, where=self.where)

    def __str__(self) -> str:
        """The same in English."""
        return str(self.words)


def result_files(*folders: Path) -> tuple[str, ...]:
    """The results in any of some folders, the settlement first; without the record of a run."""
    names = {path.name for folder in folders if folder.is_dir() for path in folder.iterdir()} - set(RECORD)
    return tuple(sorted(names, key=lambda name: (_FIRST.index(name) if name in _FIRST else len(_FIRST), name)))


def difference(name: str, of_run: Path, repeated: Path) -> Difference | None:
    """The first difference of a file in two folders; None when its bytes are the same.

    Args:
        name: Name of the file.
        of_run: Folder with what the run holds.
        repeated: Folder with what was made again.
    """
    first, second = of_run / name, repeated / name
    if not first.is_file() or not second.is_file():
        which = catalogue.ONLY_AGAIN if second.is_file() else catalogue.ONLY_IN_RUN
        return Difference(name, which.sentence())
    if digest_of(first) == digest_of(second):
        return None
    try:
        return _inside(name, first, second)
    except (OSError, ValueError, pa.ArrowException):
        return Difference(name, catalogue.UNREADABLE.sentence())


def _inside(name: str, first: Path, second: Path) -> Difference:
    match Path(name).suffix:
        case ".parquet":
            return _of_parquet(name, first, second)
        case ".csv":
            return _of_csv(name, first, second)
        case ".json":
            return _of_json(name, json.loads(first.read_text("utf-8")), json.loads(second.read_text("utf-8")))
        case _:
            return Difference(name, catalogue.BYTES_DIFFER.sentence())


def shown(column: str, of_run: object, repeated: object) -> Sentence:
    """Both values, where they are no identifier and no wage."""
    if column in _PERSONAL:
        return catalogue.IDENTIFIERS.sentence()
    if column in _WAGES:
        return catalogue.WAGES.sentence()
    return catalogue.BOTH_VALUES.sentence(of_run=_text(of_run), again=_text(repeated))


def _text(value: object) -> str:
    return catalogue.NOTHING.sentence() if value is None else str(value)


def _of_parquet(name: str, run_file: Path, repeated_file: Path) -> Difference:
    of_run, repeated = pq.ParquetFile(run_file), pq.ParquetFile(repeated_file)
    if not of_run.schema_arrow.equals(repeated.schema_arrow):
        return Difference(name, catalogue.COLUMNS_DIFFER.sentence())
    first = 0
    for rows, again in zip(_pieces(of_run), _pieces(repeated), strict=False):
        place = _first_row(rows, again)
        if place is not None:
            return _in_row(name, rows.slice(place, 1), again.slice(place, 1), first + place + 1)
        first += min(rows.num_rows, again.num_rows)
    if of_run.metadata.num_rows != repeated.metadata.num_rows:
        return Difference(name, _row_counts(first, of_run.metadata.num_rows, repeated.metadata.num_rows))
    wrote, writes = of_run.metadata.created_by, repeated.metadata.created_by
    by_whom = NOTHING if wrote == writes else catalogue.WROTE.sentence(then=wrote, now=writes)
    who = phrase(" ({by_whom})", by_whom=by_whom) if by_whom else NOTHING
    return Difference(name, catalogue.ROWS_SAME.sentence(who=who), by_whom)


def _pieces(file: pq.ParquetFile) -> Iterator[pa.Table]:
    for batch in file.iter_batches(_ROWS):
        yield pa.table(batch)


def _row_counts(equal_rows: int, of_run: int, repeated: int) -> Sentence:
    return catalogue.ROW_COUNTS.sentence(row=equal_rows + 1, of_run=of_run, again=repeated)


def _first_row(rows: pa.Table, again: pa.Table) -> int | None:
    """Place of the first row that differs among those that both have."""
    count = min(rows.num_rows, again.num_rows)
    rows, again = rows.slice(0, count), again.slice(0, count)
    if rows.equals(again):
        return None
    places = (pc.index(_equal_rows(rows[name], again[name]), False).as_py() for name in rows.column_names)
    return int(min(place for place in places if place >= 0))


def _equal_rows(left: pa.ChunkedArray, right: pa.ChunkedArray) -> pa.ChunkedArray:
    """Whether two columns have the same value, row by row; nothing equals nothing."""
    both_empty = pc.and_(pc.is_null(left), pc.is_null(right))
    return pc.or_(pc.fill_null(pc.equal(left, right), False), both_empty)


def _in_row(name: str, of_run: pa.Table, repeated: pa.Table, number: int) -> Difference:
    before, after = of_run.to_pylist()[0], repeated.to_pylist()[0]
    column = next(column for column in before if before[column] != after[column])
    values = shown(column, before[column], after[column])
    return Difference(name, catalogue.IN_ROW.sentence(row=number, column=column, values=values))


def _of_csv(name: str, first: Path, second: Path) -> Difference:
    of_run, repeated = first.read_text("utf-8").splitlines(), second.read_text("utf-8").splitlines()
    columns = repeated[0].split(",")
    for number, (before, after) in enumerate(zip(of_run, repeated, strict=False)):
        if before != after:
            if not number:
                return Difference(name, catalogue.COLUMNS_DIFFER.sentence())
            cells = zip(columns, before.split(","), after.split(","), strict=False)
            differing = next((cell for cell in cells if cell[1] != cell[2]), None)
            if differing is None:
                return Difference(name, catalogue.OTHER_NUMBER.sentence(row=number))
            where = catalogue.IN_ROW.sentence(row=number, column=differing[0], values=shown(*differing))
            return Difference(name, where)
    if len(of_run) != len(repeated):
        return Difference(name, _row_counts(min(len(of_run), len(repeated)) - 1, len(of_run) - 1, len(repeated) - 1))
    return Difference(name, catalogue.LINE_ENDS.sentence())


def _of_json(name: str, of_run: Any, repeated: Any) -> Difference:
    before, after = dict(_leaves("", of_run)), dict(_leaves("", repeated))
    for key in (*before, *(key for key in after if key not in before)):
        if key not in before or key not in after or before[key] != after[key]:
            values = shown("", before.get(key), after.get(key))
            return Difference(name, catalogue.AT_KEY.sentence(key=key, values=values))
    return Difference(name, catalogue.OTHER_WRITING.sentence())


def _leaves(key: str, value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict) and value:
        for name, inner in value.items():
            yield from _leaves(f"{key}.{name}" if key else name, inner)
    elif isinstance(value, list) and value:
        for number, inner in enumerate(value, 1):
            yield from _leaves(f"{key}[{number}]", inner)
    else:
        yield key, value


def record_difference(of_run: Path, repeated: Path) -> Difference | None:
    """The first difference of the record, without the code that made it."""
    # A run of an earlier version has no list of what was set aside: it stopped there.
    names = [name for name in RECORD[1:] if name == RECORD[1] or (of_run / name).is_file()]
    different = next(filter(None, (difference(name, of_run, repeated) for name in names)), None)
    if different is not None:
        return different
    try:
        before, after = (json.loads((folder / RECORD[0]).read_text("utf-8")) for folder in (of_run, repeated))
    except (OSError, ValueError):
        return Difference(RECORD[0], catalogue.UNREADABLE.sentence())
    if not isinstance(before, dict) or {**before, "code": None} != {**after, "code": None}:
        return _of_json(RECORD[0], {**before, "code": None}, {**after, "code": None})
    return None


__all__ = ["Difference", "difference", "record_difference", "result_files", "shown"]
