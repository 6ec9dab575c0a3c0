"""Lookup of the rows about a few employers or persons in Parquet files."""

from collections.abc import Collection, Iterable, Sequence
from functools import cache
from pathlib import Path

import duckdb
import pyarrow as pa
from attrs import frozen

from quotum import places
from quotum.errors import ArchiveLacks
from quotum.identifiers import SUB_NUMBERS


@frozen
class NumberCondition:
    """Condition that a column has any of some whole numbers."""

    column: str
    """Name of the column."""
    numbers: Collection[int]
    """The numbers."""


@frozen
class EmployerCondition:
    """Condition that the payroll tax number is of any of some employers."""

    employers: Collection[int]
    """Employers by RSIN."""


RowCondition = NumberCondition | EmployerCondition
"""Condition on a row."""


def matching_rows(
    paths: Sequence[Path | str], row_conditions: Iterable[RowCondition], names: Iterable[str] = ()
) -> pa.Table:
    """Reads the rows of files that meet any of some conditions; skips the parts of a file without such rows.

    Args:
        paths: Parquet files.
        row_conditions: The conditions.
        names: Columns; all when empty.

    Raises:
        ArchiveLacks: A file is damaged.
    """
    clauses, values = [], list[list[int]]()
    for condition in row_conditions:
        if isinstance(condition, EmployerCondition):
            ranges = (
                f"payroll_tax_number BETWEEN {rsin * SUB_NUMBERS} AND {_last(rsin)}" for rsin in condition.employers
            )
            clauses += sorted(ranges)
        else:
            clauses.append(f'"{condition.column}" IN (SELECT unnest(?::BIGINT[]))')
            values.append(sorted(condition.numbers))
    columns = ", ".join(f'"{name}"' for name in names) or "*"
    # Only names of declared columns and whole numbers enter the text of the query.
    query = f"SELECT {columns} FROM read_parquet(?, union_by_name = true) WHERE {' OR '.join(clauses)}"  # noqa: S608
    files = [str(path) for path in paths]
    try:
        with _connection().cursor() as cursor:
            return cursor.execute(query, [files, *values]).to_arrow_table()
    except duckdb.Error as error:
        damaged = next((file for file in files if file in str(error)), files[0])
        raise ArchiveLacks(places.DAMAGED.sentence(damaged=damaged)) from error


def _last(rsin: int) -> int:
    """Returns the last payroll tax number of an employer."""
    return (rsin + 1) * SUB_NUMBERS - 1


@cache
def _connection() -> duckdb.DuckDBPyConnection:
    """Opens DuckDB once, because that takes longer than reading a small archive."""
    return duckdb.connect()
