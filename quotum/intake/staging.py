"""What a receive call writes before it counts: accepted rows, fragments, findings, in bounded memory."""

from collections.abc import Mapping
from hashlib import file_digest
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
from attrs import frozen

from quotum.archive.receipts import PIECES_PER_CALL, Derived
from quotum.intake.checks import Checked
from quotum.intake.messages import FRAGMENT_SCHEMA, fragments_of
from quotum.intake.parts import ROWS_PER_FILE, Parts, Writer, opened
from quotum.intake.reconciling import Place, Tally, add_up, reconcile, tallies, together
from quotum.intake.rules import REPEATED, TOTALS
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
        self._fragments = self._parts(".fragments", FRAGMENT_SCHEMA)
        self._findings = self._parts(".findings", FINDINGS.inside_schema)
        self._totals = self._parts(".totals", _TOTALS_SCHEMA)
        self._void: set[tuple[int, int]] = set()
        self._read: dict[str, set[tuple[int, int]]] = {}
        self._years: dict[tuple[int, int], set[int]] = {}
        self._received: dict[Place, Tally] = {}
        self._accepted: dict[Place, Tally] = {}
        self._rejected: dict[Place, Tally] = {}

    def add(self, checked: Checked, table: Table) -> None:
        """Take over the verdict on rows, which may come from many members."""
        add_up(self._received, checked.received)
        accepted = checked.accepted
        add_up(self._accepted, tallies(accepted, table))
        add_up(self._rejected, checked.rejected)
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
        reconcile(self._received, self._accepted, self._rejected)
        received, accepted, rejected = (
            together(each, self._void) for each in (self._received, self._accepted, self._rejected)
        )
        years: dict[int, set[int]] = {}
        for key, some in self._years.items():
            if key not in self._void:
                years.setdefault(key[0], set()).update(some)
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
        for delivery, member, year in found.years:
            self._years.setdefault((delivery, member), set()).add(year)
        for year, rows in found.rows.items():
            if year not in self._relations:
                self._relations[year] = self._parts(f"returns-{year}", INCOME_RELATIONS.inside_schema)
            self._relations[year].write(rows)

    def finish(self) -> tuple[Derived, ...]:
        """Close everything, drop what is void, and name each table with its digest.

        Paths are relative to the folder of the receive call.
        """
        for parts in (*self._relations.values(), *self._tables.values(), self._fragments, self._findings, self._totals):
            parts.close()
        self._writer.finish()
        self._connection.register("void", self._void_table())
        done = [self._final(FRAGMENTS, self._fragments, "fragment")] if self._fragments.paths else []
        done.append(self._final(FINDINGS, self._findings, 'delivery, member, "row", rule'))
        for year, parts in sorted(self._relations.items()):
            done += [self._kept(INCOME_RELATIONS.name, path, year) for path in parts.paths]
        for name, parts in sorted(self._tables.items()):
            if self._counts(name):
                done += [self._kept(name, path, 0) for path in parts.paths]
            else:
                for path in parts.paths:
                    path.unlink()
        for parts in (self._fragments, self._findings, self._totals):
            for path in parts.paths:
                path.unlink()
        self._connection.unregister("void")
        return tuple(done)

    def _counts(self, table: str) -> bool:
        """Whether a table replaces the one before: not when nothing of it could be accepted."""
        members = self._read.get(table, set()) - self._void
        received, rejected = (
            sum(tallied[key].rows for key in members if key in tallied) for tallied in (self._received, self._rejected)
        )
        return bool(members) and (not received or received > rejected)

    def _void_table(self) -> pa.Table:
        pairs = sorted(self._void)
        return pa.table(
            {
                "delivery": pa.array([delivery for delivery, _ in pairs], pa.int64()),
                "member": pa.array([member for _, member in pairs], pa.int64()),
            }
        )

    def _kept(self, table: str, path: Path, year: int) -> Derived:
        """A table that was written as it should be, less what is void."""
        if self._void and table != FINDINGS.name:
            schema = pq.read_schema(path)
            keep = "fragment NOT IN (SELECT fragment FROM read_parquet($parts) JOIN void USING (delivery, member))"
            if "fragment" not in schema.names:
                keep = "(delivery, member) NOT IN (SELECT (delivery, member) FROM void)"
            found = self._connection.execute(
                f"SELECT * FROM read_parquet($path) WHERE {keep}",  # noqa: S608
                {"path": str(path)} | ({"parts": self._names(self._fragments)} if "$parts" in keep else {}),
            ).to_arrow_table()
            with opened(path, schema) as file:
                file.write_table(found.cast(schema))
        return _derived(table, path, year)

    def _names(self, parts: Parts) -> list[str]:
        return [str(path) for path in parts.paths]

    def _final(self, table: Table, parts: Parts, order: str) -> Derived:
        """A table put together from its parts, sorted, without what is void."""
        if table is FINDINGS:
            self._add_late_findings()
        path = self._folder / f"{table.name}.parquet"
        with opened(path, table.inside_schema) as file:
            if parts.paths:
                columns = ", ".join(f'"{name}"' for name in table.names)
                found = self._connection.execute(
                    f"SELECT {columns} FROM read_parquet($paths) ANTI JOIN void USING (delivery, member) "  # noqa: S608
                    f"ORDER BY {order}",
                    {"paths": self._names(parts)},
                )
                for batch in found.to_arrow_reader(ROWS_PER_FILE // 5):
                    file.write_table(pa.table(batch).cast(table.inside_schema))
        return _derived(table.name, path, 0)

    def _add_late_findings(self) -> None:
        """Findings about whole returns: rows that stand twice, totals that do not match."""
        if not self._fragments.paths:
            return
        names = {"fragments": self._names(self._fragments)}
        repeated = self._connection.execute(
            "SELECT delivery, member, first_row AS row, $rule AS rule, $level AS level, NULL::VARCHAR AS value "
            "FROM read_parquet($fragments) WHERE repeated",
            names | {"rule": REPEATED.name, "level": REPEATED.level},
        ).to_arrow_table()
        self._findings.write(repeated)
        if self._totals.paths:
            self._findings.write(self._wrong_totals(names))
        self._findings.close()
        self._writer.finish()

    def _wrong_totals(self, names: Mapping[str, object]) -> pa.Table:
        wrong = " OR ".join(
            f"coalesce(TRY_CAST(t.{total} AS BIGINT) <> floor(coalesce(s.{name}, 0) / 100::DECIMAL(3,0)), true)"
            for total, name in _TOTALS.items()
        )
        sums = ", ".join(f"sum(f.{name}) AS {name}" for name in _TOTALS.values())
        return self._connection.execute(
            f"""
            WITH s AS (
                SELECT t.delivery, t.member, t.first_row, {sums}
                FROM read_parquet($totals) AS t JOIN read_parquet($fragments) AS f
                ON t.delivery = f.delivery AND t.member = f.member AND f.first_row BETWEEN t.first_row AND t.last_row
                GROUP BY ALL
            )
            SELECT t.delivery, t.member, t.first_row AS row, $rule AS rule, $level AS level, NULL::VARCHAR AS value
            FROM read_parquet($totals) AS t LEFT JOIN s USING (delivery, member, first_row)
            WHERE {wrong}
            """,  # noqa: S608 - built from declared names alone
            {**names, "totals": self._names(self._totals), "rule": TOTALS.name, "level": TOTALS.level},
        ).to_arrow_table()


def _derived(table: str, path: Path, year: int) -> Derived:
    with path.open("rb") as stream:
        digest = file_digest(stream, "sha256").hexdigest()
    return Derived(table, path.name, year, pq.read_metadata(path).num_rows, digest)
