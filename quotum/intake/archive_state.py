"""The archive at the time of a receive call: tables that are replaced, and messages that contradict themselves."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import duckdb
from attrs import field, frozen

from quotum.archive.receipts import MESSAGE, PIECES_PER_CALL, Delivery, Derived, Receipt, deliveries_of, place_in
from quotum.archive.withdrawals import Numbered, active_withdrawals, messages_of, receipts_in_force
from quotum.engine.sql import listed
from quotum.intake import words as catalogue
from quotum.tables import FRAGMENTS, NOT_REPLACED, OF_ROWS, SAID
from quotum.words import NOTHING, Sentence, joined

_MEMORY: Final = "128MB"
_MOST_LOST: Final = 10
_SHOWN: Final = 5
# Looks up at most so many fragments by number, which skips most of a file; beyond that every row is read.
_LOOKED_UP: Final = 1_000
_KEY: Final = (*MESSAGE, "return_kind", "period_start", "period_end")
_PERSONNEL: Final = "CASE WHEN bsn IS NULL THEN coalesce(personnel_number, '') ELSE '' END"


@frozen
class Replacement:
    """A table that takes the place of another."""

    kind: str
    """Kind of delivery."""
    rows: int
    """Its rows."""
    rows_before: int
    """Rows of the table that was in force."""
    call: int
    """Number of the receive call that brought the earlier table."""
    stays: bool = False
    """Whether the other table was received later and stays in force."""

    @property
    def lost(self) -> int:
        """Number of rows lost, when that is more than a tenth of the earlier rows; otherwise 0."""
        less = self.rows_before - self.rows
        return less if not self.stays and less * _MOST_LOST > self.rows_before else 0

    @property
    def words(self) -> Sentence:
        """The replacement in words."""
        lost = catalogue.LOST.sentence(count=self.lost) if self.lost else NOTHING
        text = catalogue.STAYS if self.stays else catalogue.REPLACES
        return text.sentence(kind=self.kind, rows=self.rows, before=self.rows_before, call=self.call, lost=lost)

    def __str__(self) -> str:
        """The same in English."""
        return str(self.words)


@frozen
class Contradiction:
    """A message with rows of the same period, kind and identity that differ."""

    places: tuple[str, ...]
    """File, member and row of the first such rows, and how many more there are, in words."""
    digests: frozenset[str]
    """Digests of the deliveries that hold the rows."""

    @property
    def words(self) -> Sentence:
        """The contradiction and its places in words."""
        return catalogue.CONTRADICTS.sentence(places=joined("; ", self.places))

    def __str__(self) -> str:
        """The same in English."""
        return str(self.words)


@frozen
class State:
    """An archive at the moment at which a call is received."""

    receipts: tuple[Receipt, ...] = ()
    """The calls that count, with the deliveries that count."""
    received: datetime = field(default=datetime.max)  # noqa: DTZ901 - local, as receipts have it
    """The moment."""
    withdrawals: tuple[Receipt, ...] = ()
    """The withdrawals that are taken into account."""
    withdrawn: frozenset[Numbered] = frozenset()
    """Withdrawn deliveries of calls in which other deliveries still count, by call and number."""
    exact: bool = False
    """Whether only a call of the same moment is in force: true when the call itself is in the archive."""

    @property
    def known_digests(self) -> frozenset[str]:
        """Digests of the deliveries."""
        return frozenset(delivery.sha256 for receipt in self.receipts for delivery in receipt.deliveries)

    @property
    def standing(self) -> dict[str, set[frozenset[str]]]:
        """Digests of the files in force at the moment, by kind of table; a set for each call."""
        brought = list(_latest(self.receipts, self.received).items())
        if self.exact:
            same_moment = [receipt for receipt in self.receipts if receipt.received == self.received]
            brought = [(kind, receipt) for receipt in same_moment for kind in _kinds(receipt)]
        digests: dict[str, set[frozenset[str]]] = {}
        for kind, receipt in brought:
            digests.setdefault(kind, set()).add(
                frozenset(receipt.sha256 for receipt in deliveries_of(receipt, (kind,)))
            )
        return digests


def state_at(receipts: Sequence[Receipt], received: datetime, *, exact: bool = False) -> State:
    """Returns the archive as it stood at a moment, without what was withdrawn by then.

    Args:
        receipts: The receipts that count, in order of arrival.
        received: The moment.
        exact: As `State.exact`.
    """
    received_before = [
        receipt for receipt in receipts if receipt.withdrawal is not None and receipt.received <= received
    ]
    withdrawals = active_withdrawals(received_before)
    counted, withdrawn = receipts_in_force(receipts, withdrawals)
    return State(counted, received, withdrawals, withdrawn, exact)


def _latest(receipts: Sequence[Receipt], received: datetime | None = None) -> dict[str, Receipt]:
    """Returns the last call that brought each kind of table."""
    return {
        kind: receipt
        for receipt in receipts
        if received is None or receipt.received <= received
        for kind in _kinds(receipt)
    }


def _kinds(receipt: Receipt) -> list[str]:
    """Returns the kinds of replaceable table that a call brought, when at least one of their deliveries counts."""
    kinds = {table.table for table in receipt.tables} - NOT_REPLACED
    return sorted(kind for kind in kinds if deliveries_of(receipt, (kind,)))


def replacements(tables: Sequence[Derived], state: State) -> tuple[Replacement, ...]:
    """Lists the tables that a call replaces.

    Args:
        tables: What was made of the call.
        state: The archive when it is received.
    """
    earlier, last = _latest(state.receipts, state.received), _latest(state.receipts)
    replacements = []
    for kind in sorted({table.table for table in tables} - NOT_REPLACED):
        rows = _rows(tables, kind)
        if kind in last and last[kind].received > state.received:
            replacements.append(
                Replacement(kind, rows, _rows(last[kind].tables, kind), last[kind].sequence, stays=True)
            )
        elif kind in earlier:
            replacements.append(Replacement(kind, rows, _rows(earlier[kind].tables, kind), earlier[kind].sequence))
    return tuple(replacements)


def _rows(tables: Sequence[Derived], kind: str) -> int:
    return sum(table.rows for table in tables if table.table == kind)


@frozen
class Files:
    """Derived files of returns."""

    fragments: tuple[Path, ...]
    """As `tables.FRAGMENTS`."""
    rows: tuple[Path, ...]
    """As `tables.INCOME_RELATIONS`."""

    @classmethod
    def of(cls, tables: Sequence[Derived], folder: Path) -> "Files":
        """Selects the files of returns among tables whose paths are within a folder."""
        paths = [(table.table, folder / table.path) for table in tables if table.rows]
        return cls(
            tuple(path for table, path in paths if table == FRAGMENTS.name),
            tuple(path for table, path in paths if table in OF_ROWS),
        )


def contradictions(
    new_files: Files, deliveries: Sequence[Delivery], state: State, root: Path, scratch: Path, sequence: int
) -> tuple[Contradiction, ...]:
    """Messages of a call that contradict themselves, or what the archive holds of them.

    Args:
        new_files: What was made of the call.
        deliveries: Its deliveries.
        state: The archive when it is received.
        root: Folder of the archive.
        scratch: Folder for work in progress.
        sequence: Number of the call.
    """
    if not new_files.fragments:
        return ()
    files = {receipt.sequence: Files.of(receipt.tables, root) for receipt in state.receipts}
    config: dict[str, str | bool | int | float | list[str]] = {
        "temp_directory": str(scratch / "spilled"),
        "memory_limit": _MEMORY,
        "enable_external_file_cache": False,
    }
    with duckdb.connect(config=config) as connection:
        names = {(sequence, delivery.number): delivery for delivery in deliveries} | {
            (receipt.sequence, delivery.number): delivery
            for receipt in state.receipts
            for delivery in receipt.deliveries
        }
        return tuple(_named(_differing(connection, {**files, sequence: new_files}, sequence, state), names))


def _differing(
    connection: duckdb.DuckDBPyConnection, files: Mapping[int, Files], sequence: int, state: State
) -> list[dict[str, Any]]:
    """Finds messages with rows that differ: the number of rows, the first rows, and their calls and deliveries.

    Args:
        connection: Connection of the query.
        files: What was made of each call, by its number.
        sequence: The call that is received.
        state: The archive when the call is received.
    """
    key = ", ".join(_KEY)
    columns = f"fragment, delivery, member, repeated, {key}"
    # These queries contain only declared names and our own paths.
    connection.execute(f"CREATE TEMP VIEW new AS SELECT {columns} FROM {_read(files[sequence].fragments)}")  # noqa: S608
    connection.execute(f"CREATE TEMP TABLE suspect AS {_twice('new', key)}")
    before = [path for call, call_files in files.items() if call != sequence for path in call_files.fragments]
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
    if not rows:  # messages without rows cannot contradict
        return []
    few = (
        f"WHERE r.fragment IN ({', '.join(str(call_files) for (call_files,) in suspects)})"
        if len(suspects) <= _LOOKED_UP
        else ""
    )
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
    # Never loads all rows of a message at once: a message can have millions of rows that all differ.
    messages_found = connection.execute(
        f"""
        SELECT {of_message}, count(*) AS rows, list(DISTINCT [fragment // {PIECES_PER_CALL}, delivery]) AS came,
            min([fragment, row, delivery, member], {_SHOWN}) AS places
        FROM said
        SEMI JOIN (SELECT {relation} FROM said GROUP BY ALL HAVING min(said) <> max(said)) USING ({relation})
        GROUP BY ALL ORDER BY {of_message}
        """  # noqa: S608 - the same
    )
    messages: list[dict[str, Any]] = messages_found.to_arrow_table().to_pylist()
    return messages


def _leave_out(connection: duckdb.DuckDBPyConnection, state: State) -> None:
    """Deletes withdrawn deliveries and messages from the rows of the archive."""
    for sequence, number in sorted(state.withdrawn):
        connection.execute(
            f"DELETE FROM old WHERE fragment // {PIECES_PER_CALL} = ? AND delivery = ?",  # noqa: S608
            [sequence, number],
        )
    message = " AND ".join(f"{name} = ?" for name in MESSAGE)
    for before, message_key in messages_of(state.withdrawals):
        connection.execute(
            f"DELETE FROM old WHERE fragment // {PIECES_PER_CALL} < ? AND {message}",  # noqa: S608 - declared names
            [before, message_key.payroll_tax_number, message_key.message_id, message_key.filed_at],
        )


def _twice(fragments: str, key: str) -> str:
    """Selects fragments of a message, kind and period with several fragments or a repeated relation.

    Nearly every return has one fragment. Numbers and days show which returns have more; only those are compared fully.
    """
    of_return = "payroll_tax_number, period_start, period_end"
    several = f"SELECT {of_return} FROM {fragments} GROUP BY ALL HAVING count(*) > 1"  # noqa: S608 - declared names
    return (
        f"WITH of_several AS (SELECT f.* FROM {fragments} AS f SEMI JOIN ({several}) USING ({of_return})) "  # noqa: S608
        f"SELECT f.* FROM {fragments} AS f WHERE f.repeated UNION ALL SELECT f.* FROM of_several AS f "
        f"SEMI JOIN (SELECT {key} FROM of_several GROUP BY ALL HAVING count(*) > 1) USING ({key}) WHERE NOT f.repeated"
    )


def _named(messages: list[dict[str, Any]], names: Mapping[tuple[int, int], Delivery]) -> Iterator[Contradiction]:
    for message in messages:
        places = [
            place_in(names[fragment // PIECES_PER_CALL, delivery], member, row)
            for fragment, row, delivery, member in message["places"]
        ]
        more = message["rows"] - len(places)
        came = frozenset(names[call, delivery].sha256 for call, delivery in message["came"])
        yield Contradiction((*places, *([catalogue.MORE_ROWS.sentence(count=more)] if more else [])), came)


def _read(paths: Sequence[Path]) -> str:
    return f"read_parquet({listed(paths)}, union_by_name = true)"


__all__ = ["Contradiction", "Files", "Replacement", "State", "contradictions", "replacements", "state_at"]
