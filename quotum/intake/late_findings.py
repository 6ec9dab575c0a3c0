"""Findings about whole returns, which show when the rows of a return are together."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import duckdb
import pyarrow as pa

from quotum.intake.rules import MEMBER, REPEATED, TOTALS, Rule
from quotum.tables import OF_THE_WHOLE

_TOTALS: Final = {
    "TotLnSV": "social_wage_cents",
    "TotPrlnAofAnwLg": "premium_wage_low_cents",
    "TotPrlnAofAnwHg": "premium_wage_high_cents",
    "TotPrlnAofAnwUit": "premium_benefit_cents",
}
_AT_A_TIME: Final = 120_000
TOTALS_SCHEMA: Final = pa.schema(
    [
        *(pa.field(name, pa.int64()) for name in ("delivery", "member", "first_row", "last_row")),
        *(pa.field(name, pa.string()) for name in _TOTALS),
    ]
)


def repeated_rows(fragments: pa.Table) -> pa.Table:
    """A finding at the first row of each fragment in which an income relation stands twice.

    Args:
        fragments: As `messages.FRAGMENT_SCHEMA`.
    """
    return _findings(fragments.filter(fragments["repeated"]), REPEATED)


def refused_members(members: Sequence[tuple[int, int]]) -> pa.Table:
    """A finding for each member of a container of which nothing is taken over.

    Args:
        members: Delivery and member, in order.
    """
    columns = dict(zip(("delivery", "member"), zip(*members, strict=True), strict=True)) if members else {}
    found = {name: pa.array(columns.get(name, ()), pa.int64()) for name in ("delivery", "member")}
    found["first_row"] = pa.repeat(pa.scalar(OF_THE_WHOLE, pa.int64()), len(members))
    return _findings(pa.table(found), MEMBER)


def wrong_totals(
    connection: duckdb.DuckDBPyConnection, totals: Sequence[Path], sums: Sequence[Path]
) -> Iterator[pa.Table]:
    """Totals of returns (CollectieveAangifte) that are not the sum of their rows, as findings in order.

    Args:
        connection: Used for nothing else until all are given.
        totals: Files as `TOTALS_SCHEMA`.
        sums: Files as `messages.SUMS_SCHEMA`.
    """
    wrong = " OR ".join(
        f"coalesce(TRY_CAST(t.{total} AS BIGINT) <> floor(coalesce(s.{name}, 0) / 100::DECIMAL(3,0)), true)"
        for total, name in _TOTALS.items()
    )
    added = ", ".join(f"sum(f.{name}) AS {name}" for name in _TOTALS.values())
    found = connection.execute(
        f"""
        WITH s AS (
            SELECT t.delivery, t.member, t.first_row, {added}
            FROM read_parquet($totals) AS t JOIN read_parquet($sums) AS f
            ON t.delivery = f.delivery AND t.member = f.member AND f.first_row BETWEEN t.first_row AND t.last_row
            GROUP BY ALL
        )
        SELECT t.delivery, t.member, t.first_row
        FROM read_parquet($totals) AS t LEFT JOIN s USING (delivery, member, first_row)
        WHERE {wrong}
        ORDER BY t.delivery, t.member, t.first_row
        """,  # noqa: S608 - built from declared names alone
        {"sums": [str(path) for path in sums], "totals": [str(path) for path in totals]},
    )
    for some in found.to_arrow_reader(_AT_A_TIME):
        yield _findings(pa.table(some), TOTALS)


def _findings(found: pa.Table, rule: Rule) -> pa.Table:
    columns = {"delivery": found["delivery"], "member": found["member"], "row": found["first_row"]}
    for name, text in (("rule", rule.name), ("level", rule.level), ("value", None)):
        columns[name] = pa.repeat(pa.scalar(text, pa.string()), found.num_rows)
    return pa.table(columns)
