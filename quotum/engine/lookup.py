"""Looking up the rows of files that are about a few employers or persons."""

from collections.abc import Collection, Iterable, Sequence
from functools import cache
from pathlib import Path

import duckdb
import pyarrow as pa
from attrs import frozen

from quotum.errors import ArchiveLacks
from quotum.identifiers import SUB_NUMBERS


@frozen
class AnyOf:
    """Rows in which a column has any of some whole numbers."""

    column: str
    """Name of the column."""
    numbers: Collection[int]
    """The numbers."""


@frozen
class OfAny:
    """Rows about a payroll tax number of any of some employers."""

    employers: Collection[int]
    """By RSIN."""


Wanted = AnyOf | OfAny
"""Which rows are wanted."""


def looked_up(paths: Sequence[Path | str], wanted: Iterable[Wanted], names: Iterable[str] = ()) -> pa.Table:
    """The rows of files that are wanted for any reason; parts of a file that cannot have such a row are passed over.

    Args:
        paths: Parquet files.
        wanted: Which rows.
        names: Columns; all of them when none is named.

    Raises:
        ArchiveLacks: A file is damaged.
    """
    conditions, values = [], list[list[int]]()
    for one in wanted:
        if isinstance(one, OfAny):
            ranges = (f"payroll_tax_number BETWEEN {rsin * SUB_NUMBERS} AND {_last(rsin)}" for rsin in one.employers)
            conditions += sorted(ranges)
        else:
            conditions.append(f'"{one.column}" IN (SELECT unnest(?::BIGINT[]))')
            values.append(sorted(one.numbers))
    columns = ", ".join(f'"{name}"' for name in names) or "*"
    # Names of declared columns and whole numbers, nothing that was delivered.
    query = f"SELECT {columns} FROM read_parquet(?, union_by_name = true) WHERE {' OR '.join(conditions)}"  # noqa: S608
    files = [str(path) for path in paths]
    try:
        with _connection().cursor() as cursor:
            return cursor.execute(query, [files, *values]).to_arrow_table()
    except duckdb.Error as error:
        which = next((one for one in files if one in str(error)), files[0])
        raise ArchiveLacks(f"{which} cannot be read: the archive is damaged; restore it from its backup") from error


def _last(rsin: int) -> int:
    """The last payroll tax number of an employer."""
    return (rsin + 1) * SUB_NUMBERS - 1


@cache
def _connection() -> duckdb.DuckDBPyConnection:
    """Opens DuckDB once: that takes longer than to read a small archive."""
    return duckdb.connect()
