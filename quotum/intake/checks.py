"""Raw rows in, accepted rows and findings out: one pass, all rules, nothing lost."""

from collections.abc import Iterator
from datetime import date

import duckdb
import pyarrow as pa
from attrs import frozen

from quotum.errors import SelfCheckFailed
from quotum.identifiers import masked
from quotum.intake.rules import REJECT, Rule, rules_of
from quotum.periods import periods_of_year
from quotum.tables import FINDINGS, RETURNS, Column, Kind, Table

# The payroll return exists since 2006; a period outside these years is not a period.
FIRST_YEAR, LAST_YEAR = 2006, 2099
RULES_PER_MASK = 60
SHOWN_CHARACTERS = 40
# Amounts have at most ten digits before the decimal point, whatever the type of their column.
_EUROS_LIMIT = 10**10
_NEVER_SHOWN = frozenset({Kind.TEXT, Kind.EUROS})
_DIGIT = "(CAST({x} AS BIGINT) // {power}) % 10"
_ELEVEN = " + ".join(f"{9 - place} * ({_DIGIT.format(x='{x}', power=10 ** (8 - place))})" for place in range(8))


@frozen
class Checked:
    """The verdict over one table of raw rows."""

    accepted: pa.Table
    """Rows that no rejecting rule refuses, in inside types, with `delivery`, `member` and `row`."""
    findings: pa.Table
    """Every rule broken, by rejected and accepted rows alike, as `tables.FINDINGS`."""
    received: int
    """Rows that came in."""
    rejected: int
    """Rows that were rejected; accepted and rejected add up to received."""


def _nine_digits(text: str) -> str:
    return (
        f"CASE WHEN regexp_full_match({text}, '[0-9]{{9}}') AND {text} <> '000000000' "
        f"THEN CASE WHEN ({_ELEVEN.format(x=text)}) % 11 = CAST({text} AS BIGINT) % 10 "
        f"THEN CAST({text} AS BIGINT) END END"
    )


def _whole(text: str, column: Column) -> str:
    digits = f"{{1,{column.longest or 18}}}"
    sign = "-?" if column.negative else ""
    return f"CASE WHEN regexp_full_match({text}, '{sign}0*[0-9]{digits}') THEN TRY_CAST({text} AS BIGINT) END"


def _moment(text: str) -> str:
    """Local time of Amsterdam; a moment with an offset is converted."""
    shape = r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?"
    return (
        f"CASE WHEN regexp_full_match({text}, '{shape}') THEN TRY_CAST({text} AS TIMESTAMP) "
        rf"WHEN regexp_full_match({text}, '{shape}(Z|[+-][0-9]{{2}}:[0-9]{{2}})') "
        f"THEN timezone('Europe/Amsterdam', TRY_CAST({text} AS TIMESTAMPTZ)) END"
    )


def _from_text(column: Column, text: str) -> str:  # noqa: PLR0911 - one answer per kind
    """SQL that understands a text, or gives null."""
    match column.kind:
        case Kind.BSN | Kind.RSIN:
            return _nine_digits(text)
        case Kind.PAYROLL_TAX_NUMBER:
            fiscal = f"substr({text}, 1, 9)"
            return (
                f"CASE WHEN regexp_full_match({text}, '[0-9]{{9}}L([1-9][0-9]|[0-9][1-9])') "
                f"THEN ({_nine_digits(fiscal)}) * 100 + CAST(substr({text}, 11, 2) AS BIGINT) END"
            )
        case Kind.WHOLE | Kind.CODE:
            return _whole(text, column)
        case Kind.EUROS:
            sign = "[+-]?" if column.negative else r"\+?"
            shape = rf"{sign}([0-9]{{1,10}}(\.[0-9]{{0,2}}0*)?|\.[0-9]{{1,2}}0*)"
            cents = f"TRY_CAST({text} AS DECIMAL(18, 2)) * 100"
            return f"CASE WHEN regexp_full_match({text}, '{shape}') THEN TRY_CAST({cents} AS BIGINT) END"
        case Kind.DATE:
            return (
                f"CASE WHEN regexp_full_match({text}, '[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}') "
                f"THEN TRY_CAST({text} AS DATE) END"
            )
        case Kind.MOMENT:
            return _moment(text)
        case Kind.FLAG:
            return f"CASE {text} WHEN 'J' THEN true WHEN 'N' THEN false END"
        case Kind.CHOICE:
            among = ", ".join(f"'{choice}'" for choice in column.choices)
            return f"CASE WHEN {text} IN ({among}) THEN {text} END"
        case Kind.SHARE:
            return f"CASE WHEN regexp_full_match({text}, '0(\\.[0-9]{{1,12}})?|1(\\.0{{1,12}})?') THEN {text} END"
        case _:
            return f"CASE WHEN length({text}) BETWEEN 1 AND {column.longest} AND NOT regexp_matches({text}, '[\\x00-\\x1f]') THEN {text} END"  # noqa: E501


def _from_typed(column: Column, name: str, found: pa.DataType) -> str:
    """SQL that takes a typed Parquet value over, with the limits its text would have."""
    match column.kind:
        case Kind.EUROS:
            lowest = f"{name} > -{_EUROS_LIMIT}" if column.negative else f"{name} >= 0"
            within = f"{lowest} AND {name} < {_EUROS_LIMIT}"
            return f"CASE WHEN {within} THEN TRY_CAST({name} * 100 AS BIGINT) END"
        case Kind.MOMENT if found.tz:
            return f"timezone('Europe/Amsterdam', CAST({name} AS TIMESTAMPTZ))"
        case Kind.MOMENT:
            return f"CAST({name} AS TIMESTAMP)"
        case Kind.DATE:
            return f"CAST({name} AS DATE)"
        case _:
            limit = 10 ** (column.longest or 18)
            floor = -limit if column.negative else -1
            return f"CASE WHEN {name} > {floor} AND {name} < {limit} THEN CAST({name} AS BIGINT) END"


def _understood(column: Column, raw: str, found: pa.DataType) -> str:
    if pa.types.is_null(found):
        return f"CAST(NULL AS {_sql_type(column)})"
    if pa.types.is_string(found) or pa.types.is_large_string(found) or pa.types.is_string_view(found):
        return _from_text(column, raw)
    if pa.types.is_dictionary(found):
        return _from_text(column, f"CAST({raw} AS VARCHAR)")
    return _from_typed(column, raw, found)


def _sql_type(column: Column) -> str:
    inside = column.inside
    if pa.types.is_string(inside):
        return "VARCHAR"
    if pa.types.is_boolean(inside):
        return "BOOLEAN"
    if pa.types.is_date(inside):
        return "DATE"
    return "TIMESTAMP" if pa.types.is_timestamp(inside) else "BIGINT"


def _masks(rules: tuple[Rule, ...]) -> list[str]:
    """Per sixty rules one number whose bits say which are broken."""
    groups = [rules[start : start + RULES_PER_MASK] for start in range(0, len(rules), RULES_PER_MASK)]
    return [
        " + ".join(f"CASE WHEN ({rule.predicate}) THEN 0 ELSE {1 << bit} END" for bit, rule in enumerate(group))
        for group in groups
    ]


class Checker:
    """Checks raw rows of one kind of delivery with a connection of its own."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Prepare the table of periods.

        Args:
            connection: Used for nothing else at the same time.
        """
        self._connection = connection
        periods = [period for year in range(FIRST_YEAR, LAST_YEAR + 1) for period in periods_of_year(year)]
        known = pa.table(
            {
                "period_start": pa.array([period.start for period in periods], pa.date32()),
                "period_end": pa.array([period.end for period in periods], pa.date32()),
            }
        )
        connection.from_arrow(known).create("known_period")

    def check(self, raw: pa.Table, table: Table) -> Checked:
        """Judge every row by every rule of its kind.

        Raises:
            SelfCheckFailed: Accepted and rejected do not add up to received.
        """
        rules = rules_of(table)
        masks = [f"mask{number}" for number in range(len(_masks(rules)))]
        judged = self._judged(raw, table, rules, masks)
        rejecting = [
            sum(1 << bit for bit, rule in enumerate(rules[start : start + RULES_PER_MASK]) if rule.level == REJECT)
            for start in range(0, len(rules), RULES_PER_MASK)
        ]
        rejected = " OR ".join(f"({mask} & {bits}) <> 0" for mask, bits in zip(masks, rejecting, strict=True))
        clean = " AND ".join(f"{mask} = 0" for mask in masks)
        kept = [*table.names, "delivery", "member", "row"]
        schema = pa.schema(
            [
                *(pa.field(column.name, column.inside) for column in table.columns),
                *(pa.field(name, pa.int64()) for name in ("delivery", "member", "row")),
            ]
        )
        self._connection.register("judged", judged)
        query = self._connection.sql
        accepted = query(f"SELECT {', '.join(kept)} FROM judged WHERE NOT ({rejected})").to_arrow_table().cast(schema)  # noqa: S608
        broken = query(f'SELECT delivery, member, "row", {", ".join(masks)} FROM judged WHERE NOT ({clean})')  # noqa: S608
        found = self._as_read(broken.to_arrow_table(), raw, table)
        count = query(f"SELECT count(*) FROM judged WHERE {rejected}").fetchall()[0][0]  # noqa: S608
        self._connection.unregister("judged")
        if accepted.num_rows + count != raw.num_rows:
            raise SelfCheckFailed(f"{raw.num_rows} rows came in, {accepted.num_rows} accepted and {count} rejected")
        return Checked(accepted, _findings(found, table, rules, masks), raw.num_rows, count)

    def _as_read(self, broken: pa.Table, raw: pa.Table, table: Table) -> pa.Table:
        """The rows that broke a rule, with their values as read."""
        if not broken.num_rows:
            return broken
        raws = ", ".join(f'r."{column.delivered_name}" AS raw_{column.name}' for column in table.columns)
        self._connection.register("broken", broken)
        self._connection.register("raw_rows", raw)
        found = self._connection.sql(f"""
            SELECT b.*, {raws} FROM broken AS b JOIN raw_rows AS r USING (delivery, member, "row")
            ORDER BY delivery, member, "row"
        """).to_arrow_table()  # noqa: S608 - built from the declared tables alone
        self._connection.unregister("broken")
        self._connection.unregister("raw_rows")
        return found

    def _judged(self, raw: pa.Table, table: Table, rules: tuple[Rule, ...], masks: list[str]) -> pa.Table:
        """Every row as read, as understood, and with its masks of broken rules."""
        names = {column.name: f'r."{column.delivered_name}"' for column in table.columns}
        raws = [f"{names[column.name]} AS raw_{column.name}" for column in table.columns]
        typed = [
            f"{_understood(column, f'raw_{column.name}', found)} AS {column.name}"
            for column, found in ((column, raw.schema.field(column.delivered_name).type) for column in table.columns)
        ]
        predicates = [f"{sql} AS {mask}" for sql, mask in zip(_masks(rules), masks, strict=True)]
        source = "understood"
        extra = "*"
        if table is RETURNS:
            extra = (
                "understood.*, p.known IS NOT NULL AS period_known, "
                "datediff('day', period_start, period_end) > 150 AND day(period_start) = 1 "
                "AND month(period_start) IN (1, 7) AS period_long"
            )
            source = (
                "understood LEFT JOIN (SELECT *, true AS known FROM known_period) AS p USING (period_start, period_end)"
            )
        self._connection.register("raw_rows", raw)
        sql = f"""
            WITH named AS (SELECT {", ".join(raws)}, r.delivery, r.member, r."row" FROM raw_rows AS r),
            understood AS (SELECT *, {", ".join(typed)} FROM named),
            placed AS (SELECT {extra} FROM {source})
            SELECT {", ".join(table.names)}, delivery, member, "row", {", ".join(predicates)} FROM placed
            ORDER BY delivery, member, "row"
        """  # noqa: S608 - built from the declared tables and rules alone
        judged = self._connection.sql(sql).to_arrow_table()
        self._connection.unregister("raw_rows")
        return judged


def _findings(broken: pa.Table, table: Table, rules: tuple[Rule, ...], masks: list[str]) -> pa.Table:
    """One finding per rule broken; the value found is kept when it cannot be personal."""
    found = [finding for row in broken.to_pylist() for finding in _of_row(row, table, rules, masks)]
    return pa.Table.from_pylist(found, schema=FINDINGS.inside_schema)


def _of_row(
    row: dict[str, object], table: Table, rules: tuple[Rule, ...], masks: list[str]
) -> Iterator[dict[str, object]]:
    for place, rule in enumerate(rules):
        mask = row[masks[place // RULES_PER_MASK]]
        if isinstance(mask, int) and mask >> place % RULES_PER_MASK & 1:
            yield {
                "delivery": row["delivery"],
                "member": row["member"],
                "row": row["row"],
                "rule": rule.name,
                "level": rule.level,
                "value": _shown(row, table, rule),
            }


def _shown(row: dict[str, object], table: Table, rule: Rule) -> str | None:
    """The value found, unless it is personal or a wage; what looks like a BSN in a wrong column is starred out."""
    if not rule.column or table.column(rule.column).personal or table.column(rule.column).kind in _NEVER_SHOWN:
        return None
    value = row[f"raw_{rule.column}"]
    return (
        None
        if value is None
        else masked(str(value.isoformat() if isinstance(value, date) else value))[:SHOWN_CHARACTERS]
    )
