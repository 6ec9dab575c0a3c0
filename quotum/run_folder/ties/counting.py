"""Counting the ties of a run over its files, and refusing a run in which one does not hold."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import duckdb
import pyarrow as pa

from quotum.engine.disk_room import room_needed
from quotum.engine.scratch import scratch_folder
from quotum.engine.sql import quoted
from quotum.errors import SelfCheckFailed
from quotum.run_folder import words
from quotum.run_folder.reader import read_finished
from quotum.run_folder.request import QUOTA_LEVY
from quotum.run_folder.ties import as_enacted, every_run, quota_levy
from quotum.run_folder.ties.statements import Statements, read_statements, ties_of_statements
from quotum.run_folder.ties.tie import Known, Look, Tie
from quotum.tables import QUALITY, SET_ASIDE, Table
from quotum.words import joined

_MEMORY: Final = "600MB"
_SHOWN: Final = 3


def ties_of(run: Path, near: Path | None = None, threads: int | None = None) -> tuple[Tie, ...]:
    """Every tie of a run with both sides, counted over its files in bounded memory.

    Args:
        run: Folder with `data/`, sealed or not.
        near: Folder in which work in progress may spill; that of the system when None.
        threads: Number of threads; all processors when None.

    Raises:
        CannotCertify: Its record cannot be read.
        CannotWrite: There is no room to spill.
    """
    finished = read_finished(run)
    statements = read_statements(run / "data", finished.figures)
    regime = quota_levy if finished.regime == QUOTA_LEVY else as_enacted
    revenue = "quota_levy_cents" if finished.regime == QUOTA_LEVY else "surcharge_cents"
    looks = (*regime.looks(statements), every_run.copied(regime.TABLES[0]), *every_run.looks(statements))
    ties = [*ties_of_statements(statements, int(statements.macro["totals"][revenue]))]
    with (
        scratch_folder(near, "spill") as scratch,
        room_needed(near or scratch),
        _connection(scratch, threads) as connection,
    ):
        _name_files(connection, run / "data", regime.TABLES, statements)
        for look in looks:
            ties += _ties_of_look(connection, look)
    return tuple(ties)


def require_ties(run: Path, near: Path | None = None, threads: int | None = None) -> None:
    """Every tie of a run holds.

    Args:
        run: Folder with `data/`, sealed or not.
        near: Folder in which work in progress may spill.
        threads: Number of threads; all processors when None.

    Raises:
        SelfCheckFailed: A tie does not hold; the first are named with both sides, which are totals.
    """
    broken = [tie for tie in ties_of(run, near, threads) if not tie.holds]
    if broken:
        more = words.AND_MORE.sentence(count=len(broken) - _SHOWN) if len(broken) > _SHOWN else ""
        ties = joined("; ", (tie.words for tie in broken[:_SHOWN]))
        raise SelfCheckFailed(words.DO_NOT_TIE.sentence(ties=ties, more=more))


def _connection(scratch: Path, threads: int | None) -> duckdb.DuckDBPyConnection:
    config: dict[str, str | bool | int | float | list[str]] = {
        "temp_directory": str(scratch),
        "memory_limit": _MEMORY,
        "autoinstall_known_extensions": False,
    }
    return duckdb.connect(config=config | ({"threads": threads} if threads else {}))


def _name_files(
    connection: duckdb.DuckDBPyConnection, data: Path, tables: tuple[Table, ...], statements: Statements
) -> None:
    """Names the tables of a run for SQL."""
    for table in (*tables, SET_ASIDE, QUALITY):
        path = quoted(data / f"{table.name}.parquet")
        connection.execute(f"CREATE TEMP VIEW {table.name} AS FROM read_parquet({path})")
    path = quoted(data / "settlement.csv")
    connection.execute(
        f"CREATE TEMP VIEW settlement_csv AS FROM read_csv({path}, header = true, all_varchar = true, delim = ',', "
        "quote = '\"', escape = '\"', nullstr = '', auto_detect = false, columns = {"
        + ", ".join(f"'{name}': 'VARCHAR'" for name in tables[0].names)
        + "})"
    )
    digests = pa.table(
        {"sha256": pa.array([delivery["sha256"] for delivery in statements.record["inputs"]], pa.string())}
    )
    connection.register("inputs", digests)


def _ties_of_look(connection: duckdb.DuckDBPyConnection, look: Look) -> Iterator[Tie]:
    sides = [
        side.sql
        for equality in look.equalities
        for side in (equality.left, equality.right)
        if not isinstance(side, Known)
    ]
    row = connection.execute(f"SELECT {', '.join(sides)} FROM {look.rows}").fetchone() or ()  # noqa: S608
    values = iter(int(value) for value in row)
    for equality in look.equalities:
        left = next(values)
        right = equality.right.value if isinstance(equality.right, Known) else next(values)
        yield Tie(equality.unit, equality.left.words, left, equality.right.words, right)


__all__ = ["require_ties", "ties_of"]
