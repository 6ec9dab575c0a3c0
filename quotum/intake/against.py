"""A receive call against what the archive holds: tables that are replaced, and messages that contradict themselves."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import duckdb
from attrs import field, frozen

from quotum.archive.receipts import MESSAGE, PIECES_PER_CALL, Delivery, Derived, Receipt, deliveries_of, place_in
from quotum.archive.withdrawals import Numbered, active, left, messages_of
from quotum.engine.sql import listed
from quotum.tables import FRAGMENTS, NOT_REPLACED, OF_ROWS, SAID

_MEMORY: Final = "128MB"
_MOST_LOST: Final = 10
_SHOWN: Final = 5
# So many fragments are looked up by their number, which skips most of a file; of more each row is looked at.
_LOOKED_UP: Final = 1_000
_KEY: Final = (*MESSAGE, "return_kind", "period_start", "period_end")
_PERSONNEL: Final = "CASE WHEN bsn IS NULL THEN coalesce(personnel_number, '') ELSE '' END"


@frozen
class Replaced:
    """A table that takes the place of another."""

    kind: str
    """Kind of delivery."""
    rows: int
    """Its rows."""
    rows_before: int
    """Rows of the one that was in force."""
    call: int
    """Number of the receive call that brought that one."""
    stays: bool = False
    """Whether the other was received later and stays in force."""

    @property
    def lost(self) -> int:
        """Rows less than before, when that is more than a tenth of them; otherwise 0."""
        less = self.rows_before - self.rows
        return less if not self.stays and less * _MOST_LOST > self.rows_before else 0

    def __str__(self) -> str:
        """What is replaced, in words."""
        if self.stays:
            return (
                f"{self.kind}: {self.rows:,} rows, not in force: those of call {self.call} ({self.rows_before:,} rows) "
                "were received later and stay"
            )
        lost = f"; {self.lost:,} rows fewer, more than a tenth" if self.lost else ""
        return f"{self.kind}: {self.rows:,} rows, replaces {self.rows_before:,} rows of call {self.call}{lost}"


@frozen
class Contradiction:
    """A message with rows of the same period, kind and identity that differ."""

    places: tuple[str, ...]
    """File, member and row of the first of these, and how many more there are, in words."""
    digests: frozenset[str]
    """The deliveries they are in."""

    def __str__(self) -> str:
        """Where it is, in words."""
        return f"a message contradicts itself and is out of force: {'; '.join(self.places)}"


@frozen
class State:
    """An archive at the moment at which a call is received."""

    receipts: tuple[Receipt, ...] = ()
    """The calls that count, with the deliveries that count."""
    received: datetime = field(default=datetime.max)  # noqa: DTZ901 - local, as receipts have it
    """The moment."""
    withdrawals: tuple[Receipt, ...] = ()
    """The withdrawals that are taken into account."""
    gone: frozenset[Numbered] = frozenset()
    """Deliveries that were withdrawn out of calls of which others count, by call and number."""
    exact: bool = False
    """Whether a table is in force already only by a call of the same moment: then the call itself is there."""

    @property
    def known(self) -> frozenset[str]:
        """Digests of the deliveries."""
        return frozenset(one.sha256 for receipt in self.receipts for one in receipt.deliveries)

    @property
    def standing(self) -> dict[str, set[frozenset[str]]]:
        """By kind of table, the digests of the files that are in force at the moment; of several calls, each apart."""
        brought = list(_latest(self.receipts, self.received).items())
        if self.exact:
            now = [one for one in self.receipts if one.received == self.received]
            brought = [(kind, receipt) for receipt in now for kind in _kinds(receipt)]
        found: dict[str, set[frozenset[str]]] = {}
        for kind, receipt in brought:
            found.setdefault(kind, set()).add(frozenset(one.sha256 for one in deliveries_of(receipt, (kind,))))
        return found


def state_at(receipts: Sequence[Receipt], received: datetime, *, exact: bool = False) -> State:
    """An archive at a moment: with what was withdrawn by then taken away.

    Args:
        receipts: Those that count, in order of what came when.
        received: The moment.
        exact: As `State.exact`.
    """
    then = [one for one in receipts if one.withdrawal is not None and one.received <= received]
    withdrawals = active(then)
    counted, gone = left(receipts, withdrawals)
    return State(counted, received, withdrawals, gone, exact)


def _latest(receipts: Sequence[Receipt], received: datetime | None = None) -> dict[str, Receipt]:
    """Of each kind of table the last call that brought it."""
    return {
        kind: receipt
        for receipt in receipts
        if received is None or receipt.received <= received
        for kind in _kinds(receipt)
    }


def _kinds(receipt: Receipt) -> list[str]:
    """The kinds of table that a call brought, of those that replace each other and of which a delivery counts."""
    kinds = {one.table for one in receipt.tables} - NOT_REPLACED
    return sorted(kind for kind in kinds if deliveries_of(receipt, (kind,)))


def replaced(tables: Sequence[Derived], state: State) -> tuple[Replaced, ...]:
    """What the tables of a call replace.

    Args:
        tables: What was made of the call.
        state: The archive when it is received.
    """
    then, last = _latest(state.receipts, state.received), _latest(state.receipts)
    found = []
    for kind in sorted({one.table for one in tables} - NOT_REPLACED):
        rows = _rows(tables, kind)
        if kind in last and last[kind].received > state.received:
            found.append(Replaced(kind, rows, _rows(last[kind].tables, kind), last[kind].sequence, stays=True))
        elif kind in then:
            found.append(Replaced(kind, rows, _rows(then[kind].tables, kind), then[kind].sequence))
    return tuple(found)


def _rows(tables: Sequence[Derived], kind: str) -> int:
    return sum(one.rows for one in tables if one.table == kind)


@frozen
class Files:
    """Derived files of returns."""

    fragments: tuple[Path, ...]
    """As `tables.FRAGMENTS`."""
    rows: tuple[Path, ...]
    """As `tables.INCOME_RELATIONS`."""

    @classmethod
    def of(cls, tables: Sequence[Derived], folder: Path) -> "Files":
        """Those among some tables, whose paths are within a folder."""
        those = [(one.table, folder / one.path) for one in tables if one.rows]
        return cls(
            tuple(path for table, path in those if table == FRAGMENTS.name),
            tuple(path for table, path in those if table in OF_ROWS),
        )


def contradictions(
    made: Files, deliveries: Sequence[Delivery], state: State, root: Path, scratch: Path, sequence: int
) -> tuple[Contradiction, ...]:
    """Messages of a call that contradict themselves, or what the archive holds of them.

    Args:
        made: What was made of the call.
        deliveries: Its deliveries.
        state: The archive when it is received.
        root: Folder of the archive.
        scratch: Folder for work in progress.
        sequence: Number of the call.
    """
    if not made.fragments:
        return ()
    held = {receipt.sequence: Files.of(receipt.tables, root) for receipt in state.receipts}
    config: dict[str, str | bool | int | float | list[str]] = {
        "temp_directory": str(scratch / "spilled"),
        "memory_limit": _MEMORY,
        "enable_external_file_cache": False,
    }
    with duckdb.connect(config=config) as connection:
        names = {(sequence, one.number): one for one in deliveries} | {
            (receipt.sequence, one.number): one for receipt in state.receipts for one in receipt.deliveries
        }
        return tuple(_named(_differing(connection, {**held, sequence: made}, sequence, state), names))


def _differing(
    connection: duckdb.DuckDBPyConnection, files: Mapping[int, Files], sequence: int, state: State
) -> list[dict[str, Any]]:
    """Messages of which rows differ from another: how many, the first, and by which calls and deliveries they came.

    Args:
        connection: Where it runs.
        files: What was made of each call, by its number.
        sequence: The call that is received.
        state: The archive when it is.
    """
    key = ", ".join(_KEY)
    columns = f"fragment, delivery, member, repeated, {key}"
    # What is put in these questions are declared names and paths of our own.
    connection.execute(f"CREATE TEMP VIEW new AS SELECT {columns} FROM {_read(files[sequence].fragments)}")  # noqa: S608
    connection.execute(f"CREATE TEMP TABLE suspect AS {_twice('new', key)}")
    before = [path for call, one in files.items() if call != sequence for path in one.fragments]
    if before:
        span = connection.execute("SELECT min(filed_at), max(filed_at), min(period_start), max(period_end) FROM new")
        connection.execute(
            f"CREATE TEMP TABLE old AS SELECT {columns} FROM {_read(before)} "  # noqa: S608
            "SEMI JOIN (SELECT DISTINCT payroll_tax_number, filed_at FROM new) USING (payroll_tax_number, filed_at) "
            "WHERE filed_at BETWEEN ? AND ? AND period_start >= ? AND period_end <= ?",
            span.fetchall()[0],
        )
        _leave_out(connection, state)
        connection.execute(f"CREATE TEMP TABLE again AS FROM old SEMI JOIN new USING ({key})")
        connection.execute(
            f"INSERT INTO suspect SELECT * FROM again UNION ALL SELECT {columns} FROM new SEMI JOIN again "  # noqa: S608
            f"USING ({key}) ANTI JOIN suspect USING (fragment)"
        )
    suspects = connection.execute("SELECT fragment FROM suspect LIMIT ?", [_LOOKED_UP + 1]).fetchall()
    if not suspects:
        return []
    calls = connection.execute("SELECT DISTINCT fragment // ? FROM suspect ORDER BY 1", [PIECES_PER_CALL]).fetchall()
    rows = [path for (call,) in calls for path in files[call].rows]
    if not rows:  # messages without rows say nothing
        return []
    few = f"WHERE r.fragment IN ({', '.join(str(one) for (one,) in suspects)})" if len(suspects) <= _LOOKED_UP else ""
    values = ", ".join(f"r.{name}" for name in SAID)
    message = ", ".join(f"s.{name} AS s_{name}" for name in _KEY)
    relation = ", ".join((*(f"s_{name}" for name in _KEY), "person", "personnel", "relation_number"))
    of_message = ", ".join(f"s_{name}" for name in MESSAGE)
    connection.execute(
        f"""
        CREATE TEMP TABLE said AS
        SELECT {message}, s.member, r.fragment, r.delivery, r.row, hash({values}) AS said,
            coalesce(bsn, -1) AS person, {_PERSONNEL} AS personnel, relation_number
        FROM {_read(rows)} AS r JOIN suspect AS s ON r.fragment = s.fragment {few}
        """  # noqa: S608 - built from declared names and paths of our own
    )
    # Never all rows of a message at once: one can have millions, each of which differs from another.
    found = connection.execute(
        f"""
        SELECT {of_message}, count(*) AS rows, list(DISTINCT [fragment // {PIECES_PER_CALL}, delivery]) AS came,
            min([fragment, row, delivery, member], {_SHOWN}) AS places
        FROM said
        SEMI JOIN (SELECT {relation} FROM said GROUP BY ALL HAVING min(said) <> max(said)) USING ({relation})
        GROUP BY ALL ORDER BY {of_message}
        """  # noqa: S608 - the same
    )
    messages: list[dict[str, Any]] = found.to_arrow_table().to_pylist()
    return messages


def _leave_out(connection: duckdb.DuckDBPyConnection, state: State) -> None:
    """Take what was withdrawn out of what the archive holds."""
    for sequence, number in sorted(state.gone):
        connection.execute(
            f"DELETE FROM old WHERE fragment // {PIECES_PER_CALL} = ? AND delivery = ?",  # noqa: S608
            [sequence, number],
        )
    message = " AND ".join(f"{name} = ?" for name in MESSAGE)
    for before, one in messages_of(state.withdrawals):
        connection.execute(
            f"DELETE FROM old WHERE fragment // {PIECES_PER_CALL} < ? AND {message}",  # noqa: S608 - declared names
            [before, one.payroll_tax_number, one.message_id, one.filed_at],
        )


def _twice(fragments: str, key: str) -> str:
    """Fragments of a message, kind and period that has several, or in which an income relation stands twice.

    Nearly every return has one fragment: which have more is asked of numbers and days, and the rest of those alone.
    """
    of_return = "payroll_tax_number, period_start, period_end"
    several = f"SELECT {of_return} FROM {fragments} GROUP BY ALL HAVING count(*) > 1"  # noqa: S608 - declared names
    return (
        f"WITH of_several AS (SELECT f.* FROM {fragments} AS f SEMI JOIN ({several}) USING ({of_return})) "  # noqa: S608
        f"SELECT f.* FROM {fragments} AS f WHERE f.repeated UNION ALL SELECT f.* FROM of_several AS f "
        f"SEMI JOIN (SELECT {key} FROM of_several GROUP BY ALL HAVING count(*) > 1) USING ({key}) WHERE NOT f.repeated"
    )


def _named(messages: list[dict[str, Any]], names: Mapping[tuple[int, int], Delivery]) -> Iterator[Contradiction]:
    for one in messages:
        places = [
            place_in(names[fragment // PIECES_PER_CALL, delivery], member, row)
            for fragment, row, delivery, member in one["places"]
        ]
        more = one["rows"] - len(places)
        came = frozenset(names[call, delivery].sha256 for call, delivery in one["came"])
        yield Contradiction((*places, *([f"and {more:,} rows more"] if more else [])), came)


def _read(paths: Sequence[Path]) -> str:
    return f"read_parquet({listed(paths)}, union_by_name = true)"


__all__ = ["Contradiction", "Files", "Replaced", "State", "contradictions", "replaced", "state_at"]
