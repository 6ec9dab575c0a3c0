"""Sheets of the workbook of a settlement: their columns, and their rows as a stream."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from attrs import frozen

from quotum.identifiers import RSIN_DIGITS
from quotum.output.employer_names import Names
from quotum.tables import (
    BONUS_LINES,
    OTHER_LKV_LINES,
    QUALITY,
    QUOTA_LINES,
    QUOTA_SETTLEMENT,
    SET_ASIDE,
    SETTLEMENT,
    SURCHARGE_LINES,
    Column,
    Kind,
    Table,
)

Row = tuple[Any, ...]
_AT_A_TIME: Final = 20_000
_RESULTS: Final = (SETTLEMENT, BONUS_LINES, OTHER_LKV_LINES, SURCHARGE_LINES)
_LEVY: Final = (QUOTA_SETTLEMENT, QUOTA_LINES)
_BESIDE: Final = (SET_ASIDE, QUALITY)
_NUMBER: Final = Column("number", Kind.CODE, "sequence number of the employer in the run", null=True)
_NAME: Final = Column("name", Kind.TEXT, "name of the employer in the delivery that the run read", null=True)
_TOTALS: Final = (
    Column("name", Kind.TEXT, "total"),
    Column("cents", Kind.CENTS, "amount", "cents", null=True),
    Column("count", Kind.WHOLE, "number", null=True),
)
_PARAMETERS: Final = tuple(
    Column(name, Kind.TEXT, "what run.json holds of each parameter that was used", null=True)
    for name in ("name", "value", "unit", "valid_from", "status", "provision", "source")
)
_INPUTS: Final = (
    Column("kind", Kind.TEXT, "kind of delivery"),
    Column("sha256", Kind.TEXT, "digest of its bytes"),
    Column("accepted", Kind.WHOLE, "rows accepted", "rows"),
    Column("rejected", Kind.WHOLE, "rows rejected", "rows"),
)


@frozen
class Sheet:
    """A table of the workbook."""

    name: str
    """Key of its title."""
    columns: tuple[Column, ...]
    """Its columns, in order."""
    rows: Callable[[], Iterator[Row]]
    """Yields its rows, a value for each column, in bounded memory."""


def sheets(run: Path, names: Names, *, levied: bool) -> tuple[Sheet, ...]:
    """Returns the sheets of a run: its tables, its totals, the parameters it used and the deliveries it read.

    Args:
        run: Folder of the run.
        names: Names of employers.
        levied: Whether it is a run of the quota levy.
    """
    numbers = pq.read_table(_path(run, SETTLEMENT), columns=["rsin"])["rsin"].combine_chunks()
    tables = (*(_LEVY if levied else _RESULTS), *_BESIDE)
    macro, record = (json.loads((run / "data" / name).read_text("utf-8")) for name in ("macro.json", "run.json"))
    return (
        *(_of_table(run, table, names, numbers) for table in tables),
        Sheet("totals", _TOTALS, lambda: _totals(macro["totals"])),
        Sheet("parameters", _PARAMETERS, lambda: _records(record["parameters"], _PARAMETERS)),
        Sheet("inputs", _INPUTS, lambda: _records(record["inputs"], _INPUTS)),
    )


def _of_table(run: Path, table: Table, names: Names, numbers: pa.Array) -> Sheet:
    """Returns the sheet of a table; in a table of employers, number and name follow the first column."""
    first = table.columns[0]
    if first.name not in ("rsin", "lhnr"):
        return Sheet(table.name, table.columns, lambda: _rows(run, table))
    columns = (first, _NUMBER, _NAME, *table.columns[1:])
    return Sheet(table.name, columns, lambda: _rows_of_employers(run, table, names, numbers))


def _rows(run: Path, table: Table) -> Iterator[Row]:
    for batch in _batches(run, table):
        yield from zip(*(batch[name].to_pylist() for name in table.names), strict=True)


def _rows_of_employers(run: Path, table: Table, names: Names, numbers: pa.Array) -> Iterator[Row]:
    for batch in _batches(run, table):
        first, *others = (batch[name].to_pylist() for name in table.names)
        rsins = pc.utf8_slice_codeunits(batch[table.names[0]], 0, RSIN_DIGITS)
        places = pc.add(pc.index_in(rsins, numbers), 1).to_pylist()
        yield from zip(first, places, names.of(rsins), *others, strict=True)


def _batches(run: Path, table: Table) -> Iterator[pa.RecordBatch]:
    yield from pq.ParquetFile(_path(run, table)).iter_batches(_AT_A_TIME, columns=list(table.names))


def _path(run: Path, table: Table) -> Path:
    return run / "data" / f"{table.name}.parquet"


def _totals(totals: dict[str, int | None]) -> Iterator[Row]:
    for name, value in totals.items():
        yield (name, value, None) if name.endswith("_cents") else (name, None, value)


def _records(records: list[dict[str, Any]], columns: tuple[Column, ...]) -> Iterator[Row]:
    for record in records:
        yield tuple(record.get(column.name) for column in columns)


__all__ = ["Row", "Sheet", "sheets"]
