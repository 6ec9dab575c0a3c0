"""Findings about whole returns, which need all rows of a return together."""

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
    """Makes a finding at the first row of each fragment with a repeated income relation.

    Args:
        fragments: As `messages.FRAGMENT_SCHEMA`.
    """
    return _findings(fragments.filter(fragments["repeated"]), REPEATED)


def repeated_across_fragments(
    connection: duckdb.DuckDBPyConnection, fragments: str, rows: str, shares: int = 1, share: int = 0
) -> pa.Table:
    """Finds fragments that repeat an income relation of an earlier fragment of their message.

    A fragment that repeats an income relation within itself already has a finding.

    Args:
        connection: Used for nothing else at the same time.
        fragments: The fragments that may share a message with another, as `tables.FRAGMENTS`, in SQL.
        rows: Rows that include theirs, as `tables.INCOME_RELATIONS`, in SQL.
        shares: Number of shares over which income relations are divided.
        share: The share to search, from 0.

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


def repetitions(repeated: pa.Table) -> pa.Table:
    """Makes a finding for each fragment that `repeated_across_fragments` returned, in order."""
    first = repeated.group_by(["delivery", "member", "fragment"]).aggregate([("first_row", "min")])
    renamed = first.rename_columns({"first_row_min": "first_row"})
    return _findings(renamed.sort_by([(name, "ascending") for name in ("delivery", "member", "first_row")]), REPEATED)


def refused_members(members: Sequence[tuple[int, int]]) -> pa.Table:
    """Makes a finding for each refused member of a container.

    Args:
        members: Delivery and member, in order.
    """
    columns = dict(zip(("delivery", "member"), zip(*members, strict=True), strict=True)) if members else {}
    places = {name: pa.array(columns.get(name, ()), pa.int64()) for name in ("delivery", "member")}
    places["first_row"] = pa.repeat(pa.scalar(OF_THE_WHOLE, pa.int64()), len(members))
    return _findings(pa.table(places), MEMBER)


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
    totals_found = connection.execute(
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
    for batch in totals_found.to_arrow_reader(_AT_A_TIME):
        yield _findings(pa.table(batch), TOTALS)


def _findings(places: pa.Table, rule: Rule) -> pa.Table:
    columns = {"delivery": places["delivery"], "member": places["member"], "row": places["first_row"]}
    for name, text in (("rule", rule.name), ("level", rule.level), ("value", None)):
        columns[name] = pa.repeat(pa.scalar(text, pa.string()), places.num_rows)
    return pa.table(columns)
