"""Derived tables of a receive call before it counts: accepted rows, fragments, findings, in bounded memory."""

from collections.abc import Collection, Sequence
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from attrs import frozen

from quotum.archive.hashing import digest_of, in_threads
from quotum.archive.receipts import PIECES_PER_CALL, Derived
from quotum.engine.memory import give_back
from quotum.errors import SelfCheckFailed
from quotum.intake.checks.checker import Checked
from quotum.intake.checks.reconciliation import Lines, Tallies, Tally, are_in, reconcile, sums_by_delivery, tallies
from quotum.intake.checks.whole_returns import TOTALS_SCHEMA, refused_members, repeated_rows, wrong_totals
from quotum.intake.staging.findings import write_in_order
from quotum.intake.staging.messages import SUMS_SCHEMA, fragments_of, split_by_kind
from quotum.intake.staging.parts import Parts, Writer
from quotum.intake.staging.scattered_messages import EDGE_SCHEMA, ScatteredMessages
from quotum.intake.staging.sums import sums_of
from quotum.intake.staging.void_members import VoidMembers
from quotum.tables import CORRECTIONS, FINDINGS, FRAGMENTS, INCOME_RELATIONS, RETURNS, SUMS, Table

_NOTHING = Tally()
_COUNTED = ("paid_hours", "premium_wage_low_cents", "premium_wage_high_cents")
_TableFile = tuple[str, Path, int]
"""Name of a table, its file, and the calendar year of its returns or 0."""


@frozen
class DeliveryTotals:
    """Totals of one delivery."""

    received: Tally = _NOTHING
    """Received rows."""
    accepted: Tally = _NOTHING
    """Accepted rows."""
    rejected: Tally = _NOTHING
    """Rejected rows."""
    years: tuple[int, ...] = ()
    """Calendar years of the accepted return periods, in order."""


class StagedTables:
    """The derived tables of one receive call while it runs."""

    def __init__(
        self,
        folder: Path,
        sequence: int,
        connection: duckdb.DuckDBPyConnection,
        writer: Writer,
        left_out: frozenset[int] = frozenset(),
    ) -> None:
        """Starts with nothing.

        Args:
            folder: Empty folder in the staging of the archive.
            sequence: Number of the receive call, part of every fragment's number.
            connection: Used for joining and sorting, and for nothing else at the same time.
            writer: The thread that writes.
            left_out: Calendar years whose returns are left out because they are forgotten.
        """
        self._left_out = pa.array(sorted(left_out), pa.int64())
        self._writer = writer
        self._folder = folder
        self._connection = connection
        self._next_fragment = sequence * PIECES_PER_CALL
        self._relations: dict[int, Parts] = {}
        self._corrections: dict[int, Parts] = {}
        self._sums_of_year: dict[int, Parts] = {}
        self._tables: dict[str, Parts] = {}
        self._fragments = self._parts(FRAGMENTS.name, FRAGMENTS.inside_schema)
        self._sums = self._parts(".sums", SUMS_SCHEMA)
        self._findings = self._parts(".findings", FINDINGS.inside_schema)
        self._findings.write(FINDINGS.inside_schema.empty_table())  # so that there is a file even without rows
        self._totals = self._parts(".totals", TOTALS_SCHEMA)
        self._void = VoidMembers()
        self._read: dict[str, set[tuple[int, int]]] = {}
        self._years: list[Lines] = []
        self._edges = Parts(folder, ".edges", EDGE_SCHEMA, writer, uncounted=True)
        self._scattered = ScatteredMessages(folder / ".signs", self._edges)
        self._received, self._accepted, self._rejected = Tallies(), Tallies(), Tallies()

    def add(self, checked: Checked, table: Table, with_totals: bool = False) -> None:
        """Adds the verdict on rows, which may come from many members.

        Args:
            checked: The verdict.
            table: The declared table.
            with_totals: Whether the rows are of returns that declare totals.
        """
        accepted = checked.accepted
        self._received.add(checked.received)
        self._accepted.add(checked.received if accepted is checked.understood else tallies(accepted, table))
        self._rejected.add(checked.rejected)
        for findings in checked.findings:
            self._findings.write(findings)
        if table is RETURNS:
            self._add_returns(accepted, with_totals)
        else:
            self._table(table).write(accepted)

    def add_read(self, table: Table, delivery: int, member: int) -> None:
        """Notes that a member was read to its end: even without rows it replaces the table before it."""
        self._table(table)
        self._read.setdefault(table.name, set()).add((delivery, member))

    def add_totals(self, totals: pa.Table) -> None:
        """Adds declared totals of returns."""
        self._totals.write(totals)
        self._sums.write(self._sums.schema.empty_table())  # so that there are sums even without rows

    def withdraw(self, delivery: int, member: int) -> None:
        """Makes void the rows of a member that turned out to be broken."""
        self._void.members.add((delivery, member))

    def refuse(self, members: Sequence[tuple[int, int]]) -> None:
        """Records refused members, in order, in the findings."""
        self._findings.write(refused_members(members))

    def of_deliveries(self) -> dict[int, DeliveryTotals]:
        """Returns the totals of each delivery with rows, without void members.

        Raises:
            SelfCheckFailed: Accepted and rejected do not add up to received.
        """
        tallied = [tally.lines() for tally in (self._received, self._accepted, self._rejected)]
        reconcile(*tallied)
        received, accepted, rejected = (sums_by_delivery(lines, self._void.members) for lines in tallied)
        years: dict[int, set[int]] = {}
        for lines_of_years in self._years:
            for delivery, year in np.unique(
                lines_of_years[~are_in(lines_of_years, self._void.members)][:, [0, 2]], axis=0
            ).tolist():
                years.setdefault(delivery, set()).add(year)
        return {
            number: DeliveryTotals(
                tally,
                accepted.get(number, Tally()),
                rejected.get(number, Tally()),
                tuple(sorted(years.get(number, ()))),
            )
            for number, tally in received.items()
        }

    def _parts(self, stem: str, schema: pa.Schema) -> Parts:
        return Parts(self._folder, stem, schema, self._writer)

    def _table(self, table: Table) -> Parts:
        if table.name not in self._tables:
            place = [pa.field(name, pa.int64()) for name in ("delivery", "member", "row")]
            parts = self._parts(table.name, pa.schema([*table.inside_schema, *place]))
            parts.write(parts.schema.empty_table())  # so that an empty delivery leaves a table
            self._tables[table.name] = parts
        return self._tables[table.name]

    def _add_returns(self, accepted: pa.Table, with_totals: bool) -> None:
        """Numbers the fragments of accepted rows and writes both."""
        if len(self._left_out):
            forgotten = pc.is_in(pc.year(accepted["period_start"]), self._left_out)
            accepted = accepted.filter(pc.invert(forgotten))
        if not accepted.num_rows:
            return
        batch = fragments_of(accepted, self._next_fragment)
        self._next_fragment += batch.fragments.num_rows
        self._scattered.add(batch)
        self._fragments.write(batch.fragments)
        if with_totals:
            self._sums.write(batch.fragments)
        self._findings.write(repeated_rows(batch.fragments))
        self._years.append(np.array(sorted(batch.years), np.int64))
        _require_all(accepted, batch.rows.values())
        for year, rows in batch.rows.items():
            if year not in self._relations:
                self._relations[year] = self._parts(f"returns-{year}", INCOME_RELATIONS.inside_schema)
                self._corrections[year] = self._parts(f"{CORRECTIONS.name}-{year}", CORRECTIONS.inside_schema)
                self._sums_of_year[year] = self._parts(f"{SUMS.name}-{year}", SUMS.inside_schema)
            full, later = split_by_kind(rows, batch.fragments)
            self._relations[year].write(full)
            if later.num_rows:
                self._corrections[year].write(later)
            self._sums_of_year[year].write(sums_of(rows, batch.fragments, year))

    def finish(self) -> tuple[Derived, ...]:
        """Closes everything, drops void rows, and names each table with its digest.

        Paths are relative to the folder of the receive call.
        """
        self._edges.close()
        self._writer.finish()
        temporary = (self._edges, self._sums, self._totals)
        of_returns = [parts for of_years in self._of_years() for parts in of_years.values()]
        for parts in (*of_returns, *self._tables.values(), self._fragments, *temporary[1:]):
            parts.close()
        self._findings.write(self._scattered.at_hand(self._connection, self._void.members))
        self._writer.finish()
        give_back()  # memory of the readers is no longer needed
        tables = [self._final_findings()]
        give_back()
        tables += [
            self._without_void(table.name, path, year, self._fragments.paths)
            for table, of_years in zip((INCOME_RELATIONS, CORRECTIONS, SUMS), self._of_years(), strict=True)
            for year, parts in sorted(of_years.items())
            for path in parts.paths
        ]
        tables = ([self._final_fragments()] if self._fragments.paths else []) + tables
        for name, parts in sorted(self._tables.items()):
            if self._counts(name):
                tables += [self._without_void(name, path, 0) for path in parts.paths]
            else:
                for path in parts.paths:
                    path.unlink()
        for parts in temporary:
            for path in parts.paths:
                path.unlink()
        return tuple(in_threads(_derived, tables, lambda _: None))

    def _of_years(self) -> tuple[dict[int, Parts], ...]:
        """Returns rows of full returns, of corrections, and the sums of both, by calendar year."""
        return self._relations, self._corrections, self._sums_of_year

    def _counts(self, table: str) -> bool:
        """Whether a table replaces its predecessor: not when none of it could be accepted."""
        members = self._read.get(table, set()) - self._void.members
        received, rejected = (tallied.rows(members) for tallied in (self._received, self._rejected))
        return bool(members) and (not received or received > rejected)

    def _without_void(self, table: str, path: Path, year: int, fragments: Sequence[Path] = ()) -> _TableFile:
        """Finishes a table that was written in its final form, without void rows."""
        if self._void:
            self._void.leave_out([path], path, fragments)
        return table, path, year

    def _final_fragments(self) -> _TableFile:
        """Writes all fragments to one file, without void members."""
        path, paths = self._folder / f"{FRAGMENTS.name}.parquet", self._fragments.paths
        if len(paths) == 1 and not self._void:
            paths[0].rename(path)
        else:
            self._void.leave_out(paths, path)
        return FRAGMENTS.name, path, 0

    def _final_findings(self) -> _TableFile:
        """Writes all findings, in order, without void rows."""
        if self._totals.paths:
            for findings in wrong_totals(self._connection, self._totals.paths, self._sums.paths):
                self._findings.write(findings)
        rows = [path for of_years in self._of_years()[:2] for parts in of_years.values() for path in parts.paths]
        void = self._void.members
        for findings in self._scattered.elsewhere(self._connection, self._fragments.paths, rows, void):
            self._findings.write(findings)
        path = self._folder / f"{FINDINGS.name}.parquet"
        self._findings.close()
        self._writer.finish()
        write_in_order(self._connection, self._findings.paths, void, path)
        return FINDINGS.name, path, 0


def _require_all(accepted: pa.Table, tables: Collection[pa.Table]) -> None:
    """Checks that all accepted rows are kept.

    Raises:
        SelfCheckFailed: Hours or premium wage of accepted rows are in no row of an income relation.
    """
    for name in _COUNTED:
        if sum(_sum(rows[name]) for rows in tables) != _sum(accepted[name]):
            raise SelfCheckFailed(f"{name}: what was accepted and what is kept do not add up to the same")


def _sum(values: pa.ChunkedArray) -> int:
    return int(pc.sum(values).as_py() or 0)


def _derived(table_file: _TableFile) -> Derived:
    table, path, year = table_file
    return Derived(table, path.name, year, pq.read_metadata(path).num_rows, digest_of(path))
