"""Raw rows in, accepted rows and findings out: one pass, all rules, nothing lost."""

import re

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from attrs import evolve, frozen

from quotum.intake.found import Masks, broken, findings_of, masks_sql
from quotum.intake.known_periods import KnownPeriods
from quotum.intake.plausible import odd_marks
from quotum.intake.reconciling import Place, Tally, reconcile, tallies
from quotum.intake.rule import Holds
from quotum.intake.rules import REJECT, Rule, rules_of
from quotum.intake.schema_rules import MARKS
from quotum.intake.understanding import PLACE, Understanding, whole_column
from quotum.tables import RETURNS, Column, Table

_Places = npt.NDArray[np.int64]
_Marks = dict[str, pa.Array]
_NUMBER = "number_in_table"
_HOLDS = "true"
_GIVEN = re.compile(r"\bgiven_(\w+)")


@frozen
class Checked:
    """The verdict over one table of raw rows."""

    accepted: pa.Table
    """Rows that no rejecting rule refuses, as understood (texts as dictionaries), with their place."""
    findings: pa.Table
    """Every rule broken, by rejected and accepted rows alike, as `tables.FINDINGS`."""
    received: dict[Place, Tally]
    """What came in, by delivery and member."""
    rejected: dict[Place, Tally]
    """What was rejected, by delivery and member; accepted and rejected add up to received."""


class Checker:
    """Checks raw rows of one kind of delivery with a connection of its own."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Prepare.

        Args:
            connection: Used for nothing else at the same time.
        """
        self._connection = connection
        self._understanding = Understanding(connection)
        self._periods = KnownPeriods()

    def check(self, raw: pa.Table, table: Table) -> Checked:
        """Judge every row by every rule of its kind.

        Raises:
            SelfCheckFailed: Accepted and rejected do not add up to received.
        """
        raw = _in_order(_without_coded_nulls(raw))
        understood = self._understanding.rows(raw, table)
        rules = rules_of(table)
        marks = self._marks(raw, understood, table)
        open_rules = self._open(raw, understood, marks, table, rules)
        at = self._suspects(raw, understood, marks, table, open_rules)
        few = raw.take(pa.array(at))
        at_few = {name: mark.take(pa.array(at)) for name, mark in marks.items()}
        masks = self._masks(few, understood.take(pa.array(at)), at_few, table, open_rules) if len(at) else ()
        rejected = at[_rejecting(masks, rules, len(at))]
        accepted = understood.filter(pa.array(_all_but(rejected, raw.num_rows))) if len(rejected) else understood
        received, refused = tallies(understood, table), tallies(understood.take(pa.array(rejected)), table)
        reconcile(received, tallies(accepted, table), refused)
        return Checked(accepted, findings_of(few, table, rules, masks), received, refused)

    def _open(
        self, raw: pa.Table, understood: pa.Table, marks: _Marks, table: Table, rules: tuple[Rule, ...]
    ) -> tuple[Rule, ...]:
        """The rules, of which those that nothing here can break always hold."""
        sure = _sure(raw, understood, table)
        given = {f"given_{name}" for name in sure if not understood[name].null_count}
        ranges, never = _Ranges(understood), _never(marks)

        def closed(rule: Rule) -> bool:
            return (
                (rule.form and rule.column in sure)
                or rule.predicate.split(" OR ")[0] in given
                or rule.predicate in never
                or (bool(rule.holds) and all(map(ranges.holds, rule.holds)))
            )

        return tuple(evolve(rule, predicate=_HOLDS) if closed(rule) else rule for rule in rules)

    def _suspects(
        self, raw: pa.Table, understood: pa.Table, marks: _Marks, table: Table, rules: tuple[Rule, ...]
    ) -> _Places:
        """The rows that break a rule, by their number in the table; mostly there are none.

        What is the same in every row of the table is put as a constant, and rules that come to the same are
        asked once, so that rules that nothing here can break cost nothing.
        """
        sure = _sure(raw, understood, table)
        asked = _questions(understood, [name for name in table.names if name in sure])
        predicates = (rule.predicate for rule in rules)
        wanted = dict.fromkeys(_GIVEN.sub(lambda found: asked.get(found[1], found[0]), sql) for sql in predicates)
        wanted.pop(_HOLDS, None)
        if not wanted or not raw.num_rows:
            return np.zeros(0, np.int64)
        given = {
            f"given_{column.name}": pa.array(_given(raw, column)) for column in table.columns if column.name not in sure
        }
        rows = _with(understood, given | marks | {_NUMBER: pa.array(np.arange(raw.num_rows))})
        terms = ", ".join(_term(rows, name) for name in rows.schema.names)
        one_broken = " OR ".join(f"({predicate}) IS NOT TRUE" for predicate in wanted)
        found = self._sql(rows, f"SELECT {_NUMBER} FROM (SELECT {terms} FROM rows) WHERE {one_broken}")  # noqa: S608 - built from declared names and rules
        return np.sort(found[_NUMBER].to_numpy())

    def _masks(
        self, raw: pa.Table, understood: pa.Table, marks: _Marks, table: Table, rules: tuple[Rule, ...]
    ) -> Masks:
        """For each row the numbers of the rules it breaks, as bits."""
        given = {f"given_{column.name}": pa.array(_given(raw, column)) for column in table.columns}
        rows = _with(understood, given | marks | {_NUMBER: pa.array(np.arange(raw.num_rows))})
        masks = [f"({sql})::BIGINT AS mask{number}" for number, sql in enumerate(masks_sql(rules))]
        found = self._sql(rows, f"SELECT {', '.join(masks)} FROM rows ORDER BY {_NUMBER}")  # noqa: S608 - as above
        return [found[name].to_numpy() for name in found.schema.names]

    def _marks(self, raw: pa.Table, understood: pa.Table, table: Table) -> _Marks:
        """What rules on periods ask for beside the columns."""
        if table is not RETURNS:
            return {}
        marks = self._periods.marks(whole_column(understood["period_start"]), whole_column(understood["period_end"]))
        own = _of_reader(raw) | odd_marks(understood)
        return own | {"period_known": pa.array(marks.known), "period_long": pa.array(marks.long)}

    def _sql(self, rows: pa.Table, sql: str) -> pa.Table:
        self._connection.register("rows", rows)
        found = self._connection.sql(sql).to_arrow_table()
        self._connection.unregister("rows")
        return found


def _sure(raw: pa.Table, understood: pa.Table, table: Table) -> frozenset[str]:
    """Columns of which every value there is was understood."""
    return frozenset(column.name for column in table.columns if _all_understood(raw, understood, column))


def _never(marks: _Marks) -> frozenset[str]:
    """Predicates about marks that are true in every row."""
    found = {name: pc.sum(mark).as_py() or 0 for name, mark in marks.items()}
    none = {f"NOT {name}" for name, count in found.items() if not count}
    return frozenset(none | {name for name, count in found.items() if count == len(marks[name])})


class _Ranges:
    """The least, greatest and different values of columns, found when first asked for."""

    def __init__(self, understood: pa.Table) -> None:
        self._understood = understood
        self._ends: dict[str, tuple[int | None, int | None]] = {}

    def holds(self, asked: Holds) -> bool:
        """Whether every value of a column is as asked; absent values are."""
        if asked.among:
            return asked.among >= set(pc.unique(self._understood[asked.column]).drop_null().to_pylist())
        if asked.column not in self._ends:
            found = pc.min_max(self._understood[asked.column]).as_py()
            self._ends[asked.column] = (found["min"], found["max"])
        least, most = self._ends[asked.column]
        return (least is None or asked.least is None or least >= asked.least) and (
            most is None or asked.most is None or most <= asked.most
        )


def _of_reader(raw: pa.Table) -> dict[str, pa.Array]:
    """What the reader of XML found of elements that no column holds; a flat delivery has no such elements."""
    always = pa.repeat(pa.scalar(True), raw.num_rows)
    return {name: whole_column(raw[name]) if name in raw.schema.names else always for name in MARKS}


def _without_coded_nulls(raw: pa.Table) -> pa.Table:
    """A null can stand in a dictionary instead of in its indices; then the column is decoded."""
    for place, column in enumerate(raw.columns):
        if pa.types.is_dictionary(column.type) and any(chunk.dictionary.null_count for chunk in column.chunks):
            raw = raw.set_column(place, raw.schema.names[place], column.cast(pa.string()))
    return raw


def _in_order(raw: pa.Table) -> pa.Table:
    """Rows by delivery, member and number."""
    delivery, member, row = (raw[name].to_numpy() for name in PLACE)
    later = (np.diff(delivery) > 0) | (
        (np.diff(delivery) == 0) & ((np.diff(member) > 0) | ((np.diff(member) == 0) & (np.diff(row) > 0)))
    )
    return raw if later.all() else raw.take(pa.array(np.lexsort((row, member, delivery))))


def _all_understood(raw: pa.Table, understood: pa.Table, column: Column) -> bool:
    delivered = raw[column.delivered_name]
    return bool(delivered.null_count == understood[column.name].null_count)


def _given(raw: pa.Table, column: Column) -> npt.NDArray[np.bool_]:
    return raw[column.delivered_name].is_valid().to_numpy()  # type: ignore[no-any-return]


def _with(rows: pa.Table, columns: dict[str, pa.Array]) -> pa.Table:
    for name, values in columns.items():
        rows = rows.append_column(name, values)
    return rows


def _term(rows: pa.Table, name: str) -> str:
    """A column for SQL, as a constant where it is one."""
    values = whole_column(rows[name])
    if values.null_count == len(values):
        return f"CAST(NULL AS {_sql_type(values.type)}) AS {name}"
    if pa.types.is_boolean(values.type) and not values.null_count and values.true_count in (0, len(values)):
        return f"{values.true_count > 0} AS {name}"
    if pa.types.is_dictionary(values.type) and not values.null_count and len(values.dictionary) == 1:
        text = values.dictionary[0].as_py().replace("'", "''")
        return f"'{text}' AS {name}"
    return f'"{name}"'


def _sql_type(found: pa.DataType) -> str:
    if pa.types.is_dictionary(found):
        return "VARCHAR"
    if pa.types.is_boolean(found):
        return "BOOLEAN"
    if pa.types.is_date(found):
        return "DATE"
    return "TIMESTAMP" if pa.types.is_timestamp(found) else "BIGINT"


def _questions(understood: pa.Table, names: list[str]) -> dict[str, str]:
    """SQL that says whether there was a value, for columns of which every value was understood.

    Columns that are empty in the same rows are one question, so that rules that come to the same are one rule.
    """
    masks: list[tuple[pa.Array, str]] = []
    asked = {}
    for name in names:
        values = whole_column(understood[name])
        if values.null_count in (0, len(values)):
            asked[name] = "false" if values.null_count else "true"
            continue
        valid = values.is_valid()
        same = next((other for mask, other in masks if mask.equals(valid)), name)
        if same == name:
            masks.append((valid, name))
        asked[name] = f'("{same}" IS NOT NULL)'
    return asked


def _rejecting(masks: Masks, rules: tuple[Rule, ...], rows: int) -> npt.NDArray[np.bool_]:
    rejecting = np.zeros(rows, np.bool_)
    for number, rule in enumerate(rules):
        if rule.level == REJECT and rows:
            rejecting |= broken(masks, number)
    return rejecting


def _all_but(places: _Places, size: int) -> npt.NDArray[np.bool_]:
    keep = np.ones(size, np.bool_)
    keep[places] = False
    return keep
