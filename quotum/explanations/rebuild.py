"""Repeats the stages of a run for one employer, over its rows and those of its transferors and lenders."""

from collections.abc import Iterable
from datetime import date
from functools import cached_property
from typing import Any

import narwhals as nw
import pyarrow as pa
import pyarrow.compute as pc
from attrs import field, frozen

from quotum.archive import small_tables
from quotum.archive.known import Known, Subjects
from quotum.engine.employers import EmployerEngine
from quotum.engine.interface import Engine
from quotum.errors import SelfCheckFailed
from quotum.explanations.settled_rows import Record, RunRecord
from quotum.frames import Frame
from quotum.identifiers import SUB_NUMBERS
from quotum.parameters import Figure
from quotum.run.preparation import Prepared
from quotum.run.regimes import regime as regimes
from quotum.run_folder.files import written
from quotum.tables import INCOME_RELATIONS, Table


def employer_of() -> nw.Expr:
    """The employer behind a payroll tax number."""
    return nw.col("payroll_tax_number") // SUB_NUMBERS


@frozen
class Neighbours:
    """The employers and people that an employer is connected with."""

    rsin: int
    """The employer."""
    rows_of: frozenset[int]
    """Whose rows are read: the employer, its transferors, direct or not, and the lenders of the people it borrows."""
    named: frozenset[int]
    """Those employers and the other parties of their transfers and allocations."""
    lent: frozenset[int]
    """The people of those allocations, by BSN."""


@frozen
class Rebuild:
    """The stages of a run, repeated for an employer."""

    run: RunRecord
    """The run."""
    neighbours: Neighbours
    """Whose rows are read."""
    engine: Engine = field(repr=False)
    """Where the frames are."""
    prepared: Prepared[Any] = field(repr=False)
    """The input of the stages."""
    results: Any = field(repr=False)
    """The results of the stages of the regime."""
    people: frozenset[int] = field(repr=False)
    """Everybody in a row of the employer about the year, in force or not, by BSN."""

    @property
    def rsin(self) -> int:
        """The employer."""
        return self.neighbours.rsin

    @property
    def numbers(self) -> frozenset[int]:
        """The payroll tax numbers of the employer with a return of the year."""
        received = self.results.year_rows.received.filter(employer_of() == self.rsin)
        return frozenset(self.engine.collect(received.select("payroll_tax_number"))["payroll_tax_number"].to_pylist())

    @property
    def year(self) -> int:
        """Calendar year."""
        return self.run.year

    def figures(self, *names: str) -> tuple[Figure, ...]:
        """Figures of the run on the first day of the year."""
        return tuple(self.run.figures.peek(name, date(self.year, 1, 1)) for name in names)

    def rows(self, frame: Frame, *order: str) -> list[dict[str, Any]]:
        """The rows of a frame, in order of some columns."""
        table = self.engine.collect(frame)
        ordered = table.sort_by([(name, "ascending") for name in order]) if order else table
        rows: list[dict[str, Any]] = ordered.to_pylist()
        return rows

    def own(self, frame: Frame, *order: str) -> list[dict[str, Any]]:
        """Rows of the employer."""
        return self.rows(frame.filter(nw.col("rsin") == self.rsin), *order)

    def require(self, what: str, explained: object, computed: object) -> None:
        """Requires that the explanation agrees with the stages.

        Raises:
            SelfCheckFailed: It does not agree.
        """
        if explained != computed:
            raise SelfCheckFailed(
                f"the steps for employer {self.run.number_of(self.rsin)} of the run do not add up to what was settled: "
                f"{what} are told otherwise than they were made"
            )

    @cached_property
    def settled(self) -> dict[Table, list[Record]]:
        """The rows of the employer as the run would hold them, by table, in order of their key."""
        return {table: self._written(table, frame) for table, frame in self.results.tables.items()}

    def _written(self, table: Table, frame: Frame) -> list[Record]:
        own = self.engine.collect(frame.filter(nw.col("rsin") == self.rsin).select(*table.computed))
        ordered = own.sort_by([(name, "ascending") for name in table.key])
        batches = (written(batch, table, simulation=self.run.simulation) for batch in ordered.to_batches())
        return [row for batch in batches for row in batch.to_pylist()]


def rebuild_of(run: RunRecord, archive: Known, rsin: int) -> Rebuild:
    """Runs the stages of the regime of a run over the rows of an employer.

    Args:
        run: The run: what was decided over the whole country is taken from it.
        archive: The archive as the run read it.
        rsin: The employer.

    Raises:
        ArchiveLacks: The archive is damaged.
        ParameterMissing: The record of the run lacks a figure.
    """
    regime, neighbours = regimes.named(run.regime), _neighbours_of(run, archive, rsin)
    engine = EmployerEngine(neighbours.rows_of)
    rows = engine.scan(archive.paths(INCOME_RELATIONS, run.year), INCOME_RELATIONS.inside_schema)
    people = engine.collect(rows.filter(~nw.col("bsn").is_null()).select("bsn").unique())["bsn"].to_pylist()
    few = archive.of(Subjects(neighbours.named, {*people, *neighbours.lent}))
    finished = run.finished
    request = finished.request(archive.layout.root, run.folder, None, None)
    prepared = regime.decided(regime.prepare_from(request, few, run.figures, finished.scenario), run.macro)
    known = {rsin_named for rsin_named in neighbours.named if run.number_of(rsin_named) is not None}
    results = regime.make(engine, prepared, only=known)
    own = engine.collect(rows.filter(employer_of() == rsin).select("bsn"))["bsn"]
    return Rebuild(run, neighbours, engine, prepared, results, frozenset(own.drop_null().to_pylist()))


def _neighbours_of(run: RunRecord, archive: Known, rsin: int) -> Neighbours:
    moved = _pairs(small_tables.transfers(archive), "from_rsin", "to_rsin")
    before = _transferors_of(moved, rsin)
    allocations = small_tables.allocations(archive)
    of_year = None if allocations is None else allocations.filter(pc.equal(allocations["year"], run.year))
    agreed = _pairs(of_year, "lender_rsin", "borrower_rsin", "bsn")
    lent = frozenset(bsn for *parties_of, bsn in agreed if rsin in parties_of)
    lenders = {lender for lender, borrower, _ in agreed if borrower == rsin}
    rows_of = frozenset({rsin, *before, *lenders})
    parties = {party for pair in moved if not rows_of.isdisjoint(pair) for party in pair}
    parties |= {party for *pair, bsn in agreed if bsn in lent and not rows_of.isdisjoint(pair) for party in pair}
    return Neighbours(rsin, rows_of, rows_of | parties, lent)


def _pairs(table: pa.Table | None, *names: str) -> list[tuple[int, ...]]:
    """Rows of some columns of a table; none when the table was not delivered."""
    return [] if table is None else list(zip(*(table[name].to_pylist() for name in names), strict=True))


def _transferors_of(moved: Iterable[tuple[int, ...]], rsin: int) -> set[int]:
    """Transferors of an employer, directly or through another employer."""
    moved, transferors, fresh = tuple(moved), set[int](), {rsin}
    while fresh:
        fresh = {transferor for transferor, acquirer in moved if acquirer in fresh} - transferors
        transferors |= fresh
    return transferors
