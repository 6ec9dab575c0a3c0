"""Findings of a receive call in order: by delivery, member, row and rule, without duplicates."""

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Final

import duckdb
import pyarrow as pa

from quotum.engine.parquet_writer import groups
from quotum.intake.staging.parts import open_table
from quotum.tables import FINDINGS, OF_THE_WHOLE

_AT_A_TIME: Final = 120_000


def write_in_order(
    connection: duckdb.DuckDBPyConnection, sources: Sequence[Path], void: Collection[tuple[int, int]], path: Path
) -> None:
    """Sorts findings within the memory limit of the connection, without the rows of void members.

    Findings about a member as a whole stay.

    Args:
        connection: Used for nothing else at the same time.
        sources: Files as `tables.FINDINGS`, in any order; they are removed.
        void: Members, by delivery and member.
        path: File to make.
    """
    names = ("delivery", "member")
    connection.register(
        "void", pa.table({name: pa.array([member[at] for member in void], pa.int64()) for at, name in enumerate(names)})
    )
    ordered = connection.execute(
        f"""
        FROM read_parquet($found) AS found
        WHERE row = {OF_THE_WHOLE} OR NOT EXISTS (
            FROM void WHERE void.delivery = found.delivery AND void.member = found.member
        )
        ORDER BY delivery, member, row, rule
        """,
        {"found": [str(source) for source in sources]},
    )
    schema = FINDINGS.inside_schema
    with open_table(path, schema) as file:
        for batch in groups(ordered.to_arrow_reader(_AT_A_TIME), schema, _AT_A_TIME):
            file.write_table(batch)
    connection.unregister("void")
    for source in sources:
        source.unlink()
