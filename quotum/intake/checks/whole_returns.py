"""Findings about whole returns, which show when the rows of a return are together."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import duckdb
import pyarrow as pa

from quotum.intake.checks.row_rules import MEMBER, REPEATED, TOTALS, Rule
from quotum.tables import OF_THE_WHOLE

_TOTALS: Final = {
    "TotLnSV": "social_wage_cents",
    "TotPrlnAofAnwLg": "premium_wage_low_cents",
    "TotPrlnAofAnwHg": "premium_wage_high_cents",
    "TotPrlnAofAnwUit": "premium_benefit_cents",
}
_MESSAGE: Final = ("payroll_tax_number", "message_id", "filed_at", "return_kind", "period_start", "period_end")
_PERSONNEL: Final = "CASE WHEN i.bsn IS NULL THEN coalesce(i.personnel_number, '') ELSE '' END"
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


def repeated_apart(
    connection: duckdb.DuckDBPyConnection, fragments: str, rows: str, shares: int = 1, share: int = 0
) -> pa.Table:
    """Fragments that are about an income relation of an earlier one of their message.

    A fragment in which an income relation stands twice has a finding already.

    Args:
        connection: Used for nothing else at the same time.
        fragments: The fragments that can be of one message with another, as `tables.FRAGMENTS`, in SQL.
        rows: Rows, theirs among them, as `tables.INCOME_RELATIONS`, in SQL.
        shares: Into how many shares income relations are dealt.
        share: The one that is looked at, from 0.

    Returns:
        `delivery`, `member`, `fragment`, and `first_row`: the first such row.
    """
    return connection.execute(
        f"""
        WITH f AS (
            SELECT *, dense_rank() OVER (ORDER BY {", ".join(_MESSAGE)}) AS message FROM {fragments}
            QUALIFY count(*) OVER (PARTITION BY {", ".join(_MESSAGE)}) > 1
        ), r AS (
            SELECT f.message, f.fragment, f.repeated, row, coalesce(i.bsn, -1) AS bsn, relation_number,
                {_PERSONNEL} AS personnel_number
            FROM {rows} AS i JOIN f ON i.fragment = f.fragment
            WHERE hash(i.bsn, {_PERSONNEL}, relation_number) % {shares} = {share}
        ), twice AS (
            SELECT message, bsn, personnel_number, relation_number, min(fragment) AS first FROM r GROUP BY ALL
            HAVING min(fragment) < max(fragment)
        )
        SELECT f.delivery, f.member, f.fragment, min(r.row) AS first_row
        FROM r JOIN twice USING (message, bsn, personnel_number, relation_number) JOIN f ON r.fragment = f.fragment
        WHERE r.fragment > twice.first AND NOT r.repeated GROUP BY f.delivery, f.member, f.fragment
        """  # noqa: S608 - built from declared names and paths of our own
    ).to_arrow_table()


def repetitions(found: pa.Table) -> pa.Table:
    """A finding for each fragment that `repeated_apart` gave, in order."""
    first = found.group_by(["delivery", "member", "fragment"]).aggregate([("first_row", "min")])
    renamed = first.rename_columns({"first_row_min": "first_row"})
    return _findings(renamed.sort_by([(name, "ascending") for name in ("delivery", "member", "first_row")]), REPEATED)


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
