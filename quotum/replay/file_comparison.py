"""Two folders of results compared: the first difference, in words that name nobody and show no wage."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from attrs import frozen

from quotum.archive.hashing import digest_of
from quotum.tables import RUN_TABLES

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

    def __str__(self) -> str:
        """The difference in words."""
        return f"{self.file}{self.where}"


def result_files(*folders: Path) -> tuple[str, ...]:
    """The results in any of some folders, the settlement first; the record of a run is none of them."""
    names = {path.name for folder in folders if folder.is_dir() for path in folder.iterdir()} - set(RECORD)
    return tuple(sorted(names, key=lambda name: (_FIRST.index(name) if name in _FIRST else len(_FIRST), name)))


def difference(name: str, then: Path, now: Path) -> Difference | None:
    """The first difference of a file in two folders; None when its bytes are the same.

    Args:
        name: Name of the file.
        then: Folder with what the run holds.
        now: Folder with what was made again.
    """
    one, other = then / name, now / name
    if not one.is_file() or not other.is_file():
        which = "made again, and not in the run" if other.is_file() else "in the run, and not made again"
        return Difference(name, f" is {which}")
    if digest_of(one) == digest_of(other):
        return None
    try:
        return _inside(name, one, other)
    except (OSError, ValueError, pa.ArrowException):
        return Difference(name, " cannot be read in the run")


def _inside(name: str, one: Path, other: Path) -> Difference:
    match Path(name).suffix:
        case ".parquet":
            return _of_parquet(name, one, other)
        case ".csv":
            return _of_csv(name, one, other)
        case ".json":
            return _of_json(name, json.loads(one.read_text("utf-8")), json.loads(other.read_text("utf-8")))
        case _:
            return Difference(name, ": the bytes differ")


def shown(column: str, then: object, now: object) -> str:
    """Both values, where they are no identifier and no wage."""
    if column in _PERSONAL:
        return "identifiers, which are not shown"
    if column in _WAGES:
        return "wages, which are not shown"
    return f"{_text(then)} in the run, {_text(now)} made again"


def _text(value: object) -> str:
    return "nothing" if value is None else str(value)


def _of_parquet(name: str, one: Path, other: Path) -> Difference:
    then, now = pq.ParquetFile(one), pq.ParquetFile(other)
    if not then.schema_arrow.equals(now.schema_arrow):
        return Difference(name, ": the columns differ")
    first = 0
    for rows, again in zip(_pieces(then), _pieces(now), strict=False):
        place = _first_row(rows, again)
        if place is not None:
            return _in_row(name, rows.slice(place, 1), again.slice(place, 1), first + place + 1)
        first += min(rows.num_rows, again.num_rows)
    if then.metadata.num_rows != now.metadata.num_rows:
        return Difference(name, _counted(first, then.metadata.num_rows, now.metadata.num_rows))
    wrote, writes = then.metadata.created_by, now.metadata.created_by
    by_whom = "" if wrote == writes else f"{wrote} wrote it then, {writes} now"
    return Difference(name, f": every row is the same, the bytes differ{f' ({by_whom})' if by_whom else ''}", by_whom)


def _pieces(file: pq.ParquetFile) -> Iterator[pa.Table]:
    for batch in file.iter_batches(_ROWS):
        yield pa.table(batch)


def _counted(same: int, then: int, now: int) -> str:
    return f", row {same + 1}: the run has {then} rows, made again there are {now}"


def _first_row(rows: pa.Table, again: pa.Table) -> int | None:
    """Place of the first row that differs among those that both have."""
    count = min(rows.num_rows, again.num_rows)
    rows, again = rows.slice(0, count), again.slice(0, count)
    if rows.equals(again):
        return None
    places = (pc.index(_same(rows[name], again[name]), False).as_py() for name in rows.column_names)
    return int(min(place for place in places if place >= 0))


def _same(one: pa.ChunkedArray, other: pa.ChunkedArray) -> pa.ChunkedArray:
    """Whether two columns have the same value, row by row; nothing equals nothing."""
    both_empty = pc.and_(pc.is_null(one), pc.is_null(other))
    return pc.or_(pc.fill_null(pc.equal(one, other), False), both_empty)


def _in_row(name: str, then: pa.Table, now: pa.Table, number: int) -> Difference:
    before, after = then.to_pylist()[0], now.to_pylist()[0]
    column = next(column for column in before if before[column] != after[column])
    return Difference(name, f", row {number}, column {column}: {shown(column, before[column], after[column])}")


def _of_csv(name: str, one: Path, other: Path) -> Difference:
    then, now = one.read_text("utf-8").splitlines(), other.read_text("utf-8").splitlines()
    columns = now[0].split(",")
    for number, (before, after) in enumerate(zip(then, now, strict=False)):
        if before != after:
            if not number:
                return Difference(name, ": the columns differ")
            cells = zip(columns, before.split(","), after.split(","), strict=False)
            found = next((cell for cell in cells if cell[1] != cell[2]), None)
            where = f"column {found[0]}: {shown(*found)}" if found else "the number of values differs"
            return Difference(name, f", row {number}, {where}")
    if len(then) != len(now):
        return Difference(name, _counted(min(len(then), len(now)) - 1, len(then) - 1, len(now) - 1))
    return Difference(name, ": the line ends differ")


def _of_json(name: str, then: Any, now: Any) -> Difference:
    before, after = dict(_leaves("", then)), dict(_leaves("", now))
    for key in (*before, *(key for key in after if key not in before)):
        if key not in before or key not in after or before[key] != after[key]:
            return Difference(name, f", {key}: {shown('', before.get(key), after.get(key))}")
    return Difference(name, ": the same values, written in another way")


def _leaves(key: str, value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict) and value:
        for name, inner in value.items():
            yield from _leaves(f"{key}.{name}" if key else name, inner)
    elif isinstance(value, list) and value:
        for number, inner in enumerate(value, 1):
            yield from _leaves(f"{key}[{number}]", inner)
    else:
        yield key, value


def record_difference(then: Path, now: Path) -> Difference | None:
    """The first difference of the record, without the code that made it."""
    # A run of an earlier version has no list of what was set aside: it stopped there.
    names = [name for name in RECORD[1:] if name == RECORD[1] or (then / name).is_file()]
    different = next(filter(None, (difference(name, then, now) for name in names)), None)
    if different is not None:
        return different
    try:
        before, after = (json.loads((folder / RECORD[0]).read_text("utf-8")) for folder in (then, now))
    except (OSError, ValueError):
        return Difference(RECORD[0], " cannot be read in the run")
    if not isinstance(before, dict) or {**before, "code": None} != {**after, "code": None}:
        return _of_json(RECORD[0], {**before, "code": None}, {**after, "code": None})
    return None


__all__ = ["Difference", "difference", "record_difference", "result_files", "shown"]
