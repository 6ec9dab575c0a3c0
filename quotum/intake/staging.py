"""What a receive call writes before it counts: accepted rows, fragments, findings, in bounded memory."""

from collections.abc import Sequence
from hashlib import file_digest
from pathlib import Path

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq
from attrs import frozen

from quotum.archive.receipts import PIECES_PER_CALL, Derived
from quotum.intake.checks import Checked
from quotum.intake.flat import MOST_ROWS
from quotum.intake.messages import SUMS_SCHEMA, fragments_of
from quotum.intake.parts import ROWS_PER_FILE, Parts, Writer, opened
from quotum.intake.reconciling import Lines, Tallied, Tally, are_in, reconcile, tallies, together
from quotum.intake.rows import numbers, where, whole
from quotum.intake.rules import REPEATED, TOTALS, Rule
from quotum.tables import FINDINGS, FRAGMENTS, INCOME_RELATIONS, RETURNS, Table

_TOTALS = {
    "TotLnSV": "social_wage_cents",
    "TotPrlnAofAnwLg": "premium_wage_low_cents",
    "TotPrlnAofAnwHg": "premium_wage_high_cents",
    "TotPrlnAofAnwUit": "premium_benefit_cents",
}
_TOTALS_SCHEMA = pa.schema(
    [
        *(pa.field(name, pa.int64()) for name in ("delivery", "member", "first_row", "last_row")),
        *(pa.field(name, pa.string()) for name in _TOTALS),
    ]
)


_NOTHING = Tally()


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
        self._tables: dict[str, Parts] = {}
        self._fragments = self._parts(FRAGMENTS.name, FRAGMENTS.inside_schema)
        self._sums = self._parts(".sums", SUMS_SCHEMA)
        self._findings = self._parts(".findings", FINDINGS.inside_schema)
        self._totals = self._parts(".totals", _TOTALS_SCHEMA)
        self._void: set[tuple[int, int]] = set()
        self._read: dict[str, set[tuple[int, int]]] = {}
        self._years: list[Lines] = []
        self._received, self._accepted, self._rejected = Tallied(), Tallied(), Tallied()

    def add(self, checked: Checked, table: Table) -> None:
        """Take over the verdict on rows, which may come from many members."""
        accepted = checked.accepted
        self._received.add(checked.received)
        self._accepted.add(tallies(accepted, table))
        self._rejected.add(checked.rejected)
        if checked.findings.num_rows:
            self._findings.write(checked.findings)
        if table is RETURNS:
            self._add_returns(accepted)
        else:
            self._table(table).write(accepted)

    def add_read(self, table: Table, delivery: int, member: int) -> None:
        """A member of a table was read to its end, be it without rows: it replaces what came before."""
        self._table(table)
        self._read.setdefault(table.name, set()).add((delivery, member))

    def add_totals(self, totals: pa.Table) -> None:
        """Take over what returns say of themselves."""
        self._totals.write(totals)

    def withdraw(self, delivery: int, member: int) -> None:
        """Make void what was taken over of a member that turned out to be broken."""
        self._void.add((delivery, member))

    def of_deliveries(self) -> dict[int, OfDelivery]:
        """What became of each delivery of which rows were read, without void members.

        Raises:
            SelfCheckFailed: Accepted and rejected do not add up to received.
        """
        tallied = [each.lines() for each in (self._received, self._accepted, self._rejected)]
        reconcile(*tallied)
        received, accepted, rejected = (together(each, self._void) for each in tallied)
        years: dict[int, set[int]] = {}
        for some in self._years:
            for delivery, year in np.unique(some[~are_in(some, self._void)][:, [0, 2]], axis=0).tolist():
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

    def _add_returns(self, accepted: pa.Table) -> None:
        """Number the fragments of accepted rows and write both."""
        if len(self._left_out):
            forgotten = pa.compute.is_in(pa.compute.year(accepted["period_start"]), self._left_out)
            accepted = accepted.filter(pa.compute.invert(forgotten))
        if not accepted.num_rows:
            return
        found = fragments_of(accepted, self._next_fragment)
        self._next_fragment += found.fragments.num_rows
        self._fragments.write(found.fragments)
        self._sums.write(found.fragments)
        repeated = found.fragments.filter(found.fragments["repeated"])
        if repeated.num_rows:
            self._findings.write(_finding(repeated, REPEATED))
        self._years.append(np.array(sorted(found.years), np.int64))
        for year, rows in found.rows.items():
            if year not in self._relations:
                self._relations[year] = self._parts(f"returns-{year}", INCOME_RELATIONS.inside_schema)
            self._relations[year].write(rows)

    def finish(self) -> tuple[Derived, ...]:
        """Close everything, drop what is void, and name each table with its digest.

        Paths are relative to the folder of the receive call.
        """
        aside = (self._sums, self._findings, self._totals)
        for parts in (*self._relations.values(), *self._tables.values(), self._fragments, *aside):
            parts.close()
        self._writer.finish()
        done = [self._final_findings()]
        done += [self._kept(INCOME_RELATIONS.name, path, year) for year, path in self._relation_files()]
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
        return tuple(done)

    def _relation_files(self) -> list[tuple[int, Path]]:
        return [(year, path) for year, parts in sorted(self._relations.items()) for path in parts.paths]

    def _counts(self, table: str) -> bool:
        """Whether a table replaces the one before: not when nothing of it could be accepted."""
        members = self._read.get(table, set()) - self._void
        received, rejected = (tallied.rows(members) for tallied in (self._received, self._rejected))
        return bool(members) and (not received or received > rejected)

    def _kept(self, table: str, path: Path, year: int) -> Derived:
        """A table that was written as it should be, less what is void."""
        if self._void:
            written = path.rename(path.with_name(f".{path.name}"))
            self._rewritten([written], path)
            written.unlink()
        return _derived(table, path, year)

    def _final_fragments(self) -> Derived:
        """All fragments in one file, less what is void."""
        path, written = self._folder / f"{FRAGMENTS.name}.parquet", self._fragments.paths
        if len(written) == 1 and not self._void:
            written[0].rename(path)
        else:
            self._rewritten(written, path)
            for one in written:
                one.unlink()
        return _derived(FRAGMENTS.name, path, 0)

    def _rewritten(self, written: Sequence[Path], path: Path) -> None:
        """Put the rows that are not void from files into one, in their order and a piece at a time."""
        schema = pq.read_schema(written[0])
        key = ("fragment",) if "fragment" in schema.names and "member" not in schema.names else ("delivery", "member")
        void = self._void_fragments() if key == ("fragment",) else _together(np.array([*self._void], np.int64).T)
        with opened(path, schema) as file:
            for one in written:
                for batch in pq.ParquetFile(one).iter_batches(MOST_ROWS):
                    rows = pa.table(batch)
                    place = _together([numbers(whole(rows[name])) for name in key])
                    file.write_table(where(rows, ~np.isin(place, void)).cast(schema))

    def _void_fragments(self) -> npt.NDArray[np.int64]:
        """Numbers of the fragments of void members."""
        names = ("fragment", "delivery", "member")
        found = [np.zeros(0, np.int64)]
        for path in self._fragments.paths:
            for batch in pq.ParquetFile(path).iter_batches(MOST_ROWS, columns=list(names)):
                fragment, *place = (numbers(batch[name]) for name in names)
                found.append(fragment[np.isin(_together(place), _together(np.array([*self._void], np.int64).T))])
        return np.concatenate(found)

    def _final_findings(self) -> Derived:
        """All findings, sorted, without what is void."""
        if self._totals.paths and self._sums.paths:
            self._findings.write(self._wrong_totals())
            self._findings.close()
            self._writer.finish()
        path = self._folder / f"{FINDINGS.name}.parquet"
        with opened(path, FINDINGS.inside_schema) as file:
            if self._findings.paths:
                columns = ", ".join(f'"{name}"' for name in FINDINGS.names)
                self._connection.register("void", self._void_table())
                found = self._connection.execute(
                    f"SELECT {columns} FROM read_parquet($paths) ANTI JOIN void USING (delivery, member) "  # noqa: S608
                    'ORDER BY delivery, member, "row", rule',
                    {"paths": _names(self._findings)},
                )
                for batch in found.to_arrow_reader(ROWS_PER_FILE // 5):
                    file.write_table(pa.table(batch).cast(FINDINGS.inside_schema))
                self._connection.unregister("void")
        return _derived(FINDINGS.name, path, 0)

    def _void_table(self) -> pa.Table:
        pairs = np.array(sorted(self._void), np.int64).reshape(-1, 2)
        return pa.table({"delivery": pairs[:, 0], "member": pairs[:, 1]})

    def _wrong_totals(self) -> pa.Table:
        """Totals of returns (CollectieveAangifte) that are not the sum of their rows, as findings."""
        wrong = " OR ".join(
            f"coalesce(TRY_CAST(t.{total} AS BIGINT) <> floor(coalesce(s.{name}, 0) / 100::DECIMAL(3,0)), true)"
            for total, name in _TOTALS.items()
        )
        sums = ", ".join(f"sum(f.{name}) AS {name}" for name in _TOTALS.values())
        return self._connection.execute(
            f"""
            WITH s AS (
                SELECT t.delivery, t.member, t.first_row, {sums}
                FROM read_parquet($totals) AS t JOIN read_parquet($sums) AS f
                ON t.delivery = f.delivery AND t.member = f.member AND f.first_row BETWEEN t.first_row AND t.last_row
                GROUP BY ALL
            )
            SELECT t.delivery, t.member, t.first_row AS row, $rule AS rule, $level AS level, NULL::VARCHAR AS value
            FROM read_parquet($totals) AS t LEFT JOIN s USING (delivery, member, first_row)
            WHERE {wrong}
            """,  # noqa: S608 - built from declared names alone
            {
                "sums": _names(self._sums),
                "totals": _names(self._totals),
                "rule": TOTALS.name,
                "level": TOTALS.level,
            },
        ).to_arrow_table()


def _names(parts: Parts) -> list[str]:
    return [str(path) for path in parts.paths]


def _together(place: Sequence[npt.NDArray[np.int64]] | npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Delivery and member as one number each; what is one number already stays it."""
    if len(place) == 1:
        return place[0]
    delivery, member = place
    return (delivery << 32) | member


def _finding(fragments: pa.Table, rule: Rule) -> pa.Table:
    """A finding at the first row of each fragment."""
    columns = {"delivery": fragments["delivery"], "member": fragments["member"], "row": fragments["first_row"]}
    for name, text in (("rule", rule.name), ("level", rule.level), ("value", None)):
        columns[name] = pa.repeat(pa.scalar(text, pa.string()), fragments.num_rows)
    return pa.table(columns)


def _derived(table: str, path: Path, year: int) -> Derived:
    with path.open("rb") as stream:
        digest = file_digest(stream, "sha256").hexdigest()
    return Derived(table, path.name, year, pq.read_metadata(path).num_rows, digest)
