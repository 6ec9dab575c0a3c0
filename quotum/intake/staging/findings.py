"""Findings of a receive call in their order: by delivery, member, row and rule, of which none stands twice."""

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Final

import duckdb
import pyarrow as pa

from quotum.engine.writing import groups
from quotum.intake.staging.parts import opened
from quotum.tables import FINDINGS, OF_THE_WHOLE

_AT_A_TIME: Final = 120_000


def write_in_order(
    connection: duckdb.DuckDBPyConnection, found: Sequence[Path], void: Collection[tuple[int, int]], path: Path
) -> None:
    """Sorts findings within the memory that the connection may take, without the rows of void members.

    What is found of a member as a whole stays.

    Args:
        connection: Used for nothing else at the same time.
        found: Files as `tables.FINDINGS`, in any order; they are removed.
        void: Members, by delivery and member.
        path: File to make.
    """
    names = ("delivery", "member")
    connection.register(
        "void", pa.table({name: pa.array([one[at] for one in void], pa.int64()) for at, name in enumerate(names)})
    )
    ordered = connection.execute(
        f"""
        FROM read_parquet($found) AS found
        WHERE row = {OF_THE_WHOLE} OR NOT EXISTS (
            FROM void WHERE void.delivery = found.delivery AND void.member = found.member
        )
        ORDER BY delivery, member, row, rule
        """,
        {"found": [str(one) for one in found]},
    )
    schema = FINDINGS.inside_schema
    with opened(path, schema) as file:
        for some in groups(ordered.to_arrow_reader(_AT_A_TIME), schema, _AT_A_TIME):
            file.write_table(some)
    connection.unregister("void")
    for one in found:
        one.unlink()
