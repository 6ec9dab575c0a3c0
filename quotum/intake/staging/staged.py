"""What a receive call writes before it counts: accepted rows, fragments, findings, in bounded memory."""

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
from quotum.intake.checks.checking import Checked
from quotum.intake.checks.reconciling import Lines, Tallied, Tally, are_in, reconcile, tallies, together
from quotum.intake.checks.whole_returns import TOTALS_SCHEMA, refused_members, repeated_rows, wrong_totals
from quotum.intake.staging.apart import EDGE_SCHEMA, Apart
from quotum.intake.staging.findings import write_in_order
from quotum.intake.staging.messages import SUMS_SCHEMA, apart, fragments_of
from quotum.intake.staging.parts import Parts, Writer
from quotum.intake.staging.sums import sums_of
from quotum.intake.staging.void import Void
from quotum.tables import CORRECTIONS, FINDINGS, FRAGMENTS, INCOME_RELATIONS, RETURNS, SUMS, Table

_NOTHING = Tally()
_COUNTED = ("paid_hours", "premium_wage_low_cents", "premium_wage_high_cents")
_Made = tuple[str, Path, int]
"""Name of a table, its file, and the calendar year of its returns or 0."""


@frozen
class OfDelivery:
    """What became of one delivery."""

    received: Tally = _NOTHING
    """What came in."""
    accepted: Tally = _NOTHING
    """What was accepted."""
    rejected: Tally = _NOTHING
    """What was rejected."""
    years: tuple[int, ...] = ()
    """Calendar years of the return periods accepted, in order."""


class Staged:
    """The derived tables of one receive call while it runs."""

    def __init__(
        self,
        folder: Path,
        sequence: int,
        connection: duckdb.DuckDBPyConnection,
        writer: Writer,
        left_out: frozenset[int] = frozenset(),
    ) -> None:
        """Start with nothing.

        Args:
            folder: Empty folder in the staging of the archive.
            sequence: Number of the receive call, part of every fragment's number.
            connection: For joining and sorting; used for nothing else at the same time.
            writer: The thread that writes.
            left_out: Calendar years whose returns are left out: they are forgotten.
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
        self._findings.write(FINDINGS.inside_schema.empty_table())  # so that there is a file, be it of no rows
        self._totals = self._parts(".totals", TOTALS_SCHEMA)
        self._void = Void()
        self._read: dict[str, set[tuple[int, int]]] = {}
        self._years: list[Lines] = []
        self._edges = Parts(folder, ".edges", EDGE_SCHEMA, writer, uncounted=True)
        self._apart = Apart(folder / ".signs", self._edges)
        self._received, self._accepted, self._rejected = Tallied(), Tallied(), Tallied()

    def add(self, checked: Checked, table: Table, with_totals: bool = False) -> None:
        """Take over the verdict on rows, which may come from many members.

        Args:
            checked: The verdict.
            table: What they are.
            with_totals: Whether they are of returns that say what their rows add up to.
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
        """A member of a table was read to its end, be it without rows: it replaces what came before."""
        self._table(table)
        self._read.setdefault(table.name, set()).add((delivery, member))

    def add_totals(self, totals: pa.Table) -> None:
        """Take over what returns say of themselves."""
        self._totals.write(totals)
        self._sums.write(self._sums.schema.empty_table())  # so that there are sums, be it of no rows

    def withdraw(self, delivery: int, member: int) -> None:
        """Make void what was taken over of a member that turned out to be broken."""
        self._void.members.add((delivery, member))

    def refuse(self, members: Sequence[tuple[int, int]]) -> None:
        """Note members, in order, of which nothing is taken over; the findings name them."""
        self._findings.write(refused_members(members))

    def of_deliveries(self) -> dict[int, OfDelivery]:
        """What became of each delivery of which rows were read, without void members.

        Raises:
            SelfCheckFailed: Accepted and rejected do not add up to received.
        """
        tallied = [each.lines() for each in (self._received, self._accepted, self._rejected)]
        reconcile(*tallied)
        received, accepted, rejected = (together(each, self._void.members) for each in tallied)
        years: dict[int, set[int]] = {}
        for some in self._years:
            for delivery, year in np.unique(some[~are_in(some, self._void.members)][:, [0, 2]], axis=0).tolist():
                years.setdefault(delivery, set()).add(year)
        return {
            number: OfDelivery(
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
        """Number the fragments of accepted rows and write both."""
        if len(self._left_out):
            forgotten = pc.is_in(pc.year(accepted["period_start"]), self._left_out)
            accepted = accepted.filter(pc.invert(forgotten))
        if not accepted.num_rows:
            return
        found = fragments_of(accepted, self._next_fragment)
        self._next_fragment += found.fragments.num_rows
        self._apart.add(found)
        self._fragments.write(found.fragments)
        if with_totals:
            self._sums.write(found.fragments)
        self._findings.write(repeated_rows(found.fragments))
        self._years.append(np.array(sorted(found.years), np.int64))
        _require_all(accepted, found.rows.values())
        for year, rows in found.rows.items():
            if year not in self._relations:
                self._relations[year] = self._parts(f"returns-{year}", INCOME_RELATIONS.inside_schema)
                self._corrections[year] = self._parts(f"{CORRECTIONS.name}-{year}", CORRECTIONS.inside_schema)
                self._sums_of_year[year] = self._parts(f"{SUMS.name}-{year}", SUMS.inside_schema)
            full, later = apart(rows, found.fragments)
            self._relations[year].write(full)
            if later.num_rows:
                self._corrections[year].write(later)
            self._sums_of_year[year].write(sums_of(rows, found.fragments, year))

    def finish(self) -> tuple[Derived, ...]:
        """Close everything, drop what is void, and name each table with its digest.

        Paths are relative to the folder of the receive call.
        """
        self._edges.close()
        self._writer.finish()
        aside = (self._edges, self._sums, self._totals)
        of_returns = [parts for of_years in self._of_years() for parts in of_years.values()]
        for parts in (*of_returns, *self._tables.values(), self._fragments, *aside[1:]):
            parts.close()
        self._findings.write(self._apart.at_hand(self._connection, self._void.members))
        self._writer.finish()
        give_back()  # what was read is no longer needed
        done = [self._final_findings()]
        give_back()
        done += [
            self._kept(table.name, path, year, self._fragments.paths)
            for table, of_years in zip((INCOME_RELATIONS, CORRECTIONS, SUMS), self._of_years(), strict=True)
            for year, parts in sorted(of_years.items())
            for path in parts.paths
        ]
        done = ([self._final_fragments()] if self._fragments.paths else []) + done
        for name, parts in sorted(self._tables.items()):
            if self._counts(name):
                done += [self._kept(name, path, 0) for path in parts.paths]
            else:
                for path in parts.paths:
                    path.unlink()
        for parts in aside:
            for path in parts.paths:
                path.unlink()
        return tuple(in_threads(_derived, done, lambda _: None))

    def _of_years(self) -> tuple[dict[int, Parts], ...]:
        """Rows of full returns, of corrections, and the sums of both, by calendar year."""
        return self._relations, self._corrections, self._sums_of_year

    def _counts(self, table: str) -> bool:
        """Whether a table replaces the one before: not when nothing of it could be accepted."""
        members = self._read.get(table, set()) - self._void.members
        received, rejected = (tallied.rows(members) for tallied in (self._received, self._rejected))
        return bool(members) and (not received or received > rejected)

    def _kept(self, table: str, path: Path, year: int, fragments: Sequence[Path] = ()) -> _Made:
        """A table that was written as it should be, less what is void."""
        if self._void:
            self._void.leave_out([path], path, fragments)
        return table, path, year

    def _final_fragments(self) -> _Made:
        """All fragments in one file, less what is void."""
        path, written = self._folder / f"{FRAGMENTS.name}.parquet", self._fragments.paths
        if len(written) == 1 and not self._void:
            written[0].rename(path)
        else:
            self._void.leave_out(written, path)
        return FRAGMENTS.name, path, 0

    def _final_findings(self) -> _Made:
        """All findings, in order, without what is void."""
        if self._totals.paths:
            for findings in wrong_totals(self._connection, self._totals.paths, self._sums.paths):
                self._findings.write(findings)
        rows = [path for of_years in self._of_years()[:2] for parts in of_years.values() for path in parts.paths]
        void = self._void.members
        for findings in self._apart.elsewhere(self._connection, self._fragments.paths, rows, void):
            self._findings.write(findings)
        path = self._folder / f"{FINDINGS.name}.parquet"
        self._findings.close()
        self._writer.finish()
        write_in_order(self._connection, self._findings.paths, void, path)
        return FINDINGS.name, path, 0


def _require_all(accepted: pa.Table, kept: Collection[pa.Table]) -> None:
    """What was accepted is kept.

    Raises:
        SelfCheckFailed: Hours or premium wage of accepted rows are in no row of an income relation.
    """
    for name in _COUNTED:
        if sum(_sum(rows[name]) for rows in kept) != _sum(accepted[name]):
            raise SelfCheckFailed(f"{name}: what was accepted and what is kept do not add up to the same")


def _sum(values: pa.ChunkedArray) -> int:
    return int(pc.sum(values).as_py() or 0)


def _derived(made: _Made) -> Derived:
    table, path, year = made
    return Derived(table, path.name, year, pq.read_metadata(path).num_rows, digest_of(path))
