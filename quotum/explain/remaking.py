"""The stages of a run once more, for one employer: over its rows, and those of whom it took over or borrows from."""

from collections.abc import Iterable
from functools import cached_property
from typing import Any

import narwhals as nw
import pyarrow as pa
import pyarrow.compute as pc
from attrs import field, frozen

from quotum.archive import known as archive_known
from quotum.archive.known import Known, Subjects
from quotum.engine.employers import EmployerEngine
from quotum.engine.interface import Engine
from quotum.errors import SelfCheckFailed
from quotum.explain.settled import Record, RunRecord
from quotum.frames import Frame
from quotum.identifiers import SUB_NUMBERS
from quotum.run.preparation import Prepared
from quotum.run.regimes import regime as regimes
from quotum.run_folder.files import written
from quotum.tables import INCOME_RELATIONS, Table


def employer_of() -> nw.Expr:
    """The employer behind a payroll tax number."""
    return nw.col("payroll_tax_number") // SUB_NUMBERS


@frozen
class Around:
    """Who has to do with an employer."""

    rsin: int
    """The employer."""
    rows_of: frozenset[int]
    """Whose rows are looked at: it, everybody something came from, and the lenders of the people it borrows."""
    named: frozenset[int]
    """These and the other parties of their transfers and allocations."""
    lent: frozenset[int]
    """The people of those allocations, by BSN."""


@frozen
class Remade:
    """What the stages make of the rows."""

    run: RunRecord
    """The run."""
    around: Around
    """Whose rows."""
    engine: Engine = field(repr=False)
    """Where the frames are."""
    prepared: Prepared[Any] = field(repr=False)
    """What it was made from."""
    made: Any = field(repr=False)
    """What the stages of the regime make."""
    people: frozenset[int] = field(repr=False)
    """Everybody in a row of the employer about the year, in force or not, by BSN."""

    @property
    def rsin(self) -> int:
        """The employer."""
        return self.around.rsin

    @property
    def numbers(self) -> frozenset[int]:
        """The payroll tax numbers of the employer with a return of the year."""
        received = self.made.year_rows.received.filter(employer_of() == self.rsin)
        return frozenset(self.engine.collect(received.select("payroll_tax_number"))["payroll_tax_number"].to_pylist())

    @property
    def year(self) -> int:
        """Calendar year."""
        return self.run.year

    def rows(self, frame: Frame, *order: str) -> list[dict[str, Any]]:
        """The rows of a frame, in order of some columns."""
        found = self.engine.collect(frame)
        ordered = found.sort_by([(name, "ascending") for name in order]) if order else found
        rows: list[dict[str, Any]] = ordered.to_pylist()
        return rows

    def own(self, frame: Frame, *order: str) -> list[dict[str, Any]]:
        """Those of the employer."""
        return self.rows(frame.filter(nw.col("rsin") == self.rsin), *order)

    def require(self, what: str, told: object, made: object) -> None:
        """What is told row by row is what the stages make.

        Raises:
            SelfCheckFailed: It is not.
        """
        if told != made:
            raise SelfCheckFailed(
                f"the steps for employer {self.run.number_of(self.rsin)} of the run do not add up to what was settled: "
                f"{what} are told otherwise than they were made"
            )

    @cached_property
    def settled(self) -> dict[Table, list[Record]]:
        """The rows of the employer as the run would hold them, by table, in order of their key."""
        return {table: self._written(table, frame) for table, frame in self.made.tables.items()}

    def _written(self, table: Table, frame: Frame) -> list[Record]:
        own = self.engine.collect(frame.filter(nw.col("rsin") == self.rsin).select(*table.computed))
        ordered = own.sort_by([(name, "ascending") for name in table.key])
        batches = (written(batch, table, simulation=self.run.simulation) for batch in ordered.to_batches())
        return [row for batch in batches for row in batch.to_pylist()]


def remade(run: RunRecord, archive: Known, rsin: int) -> Remade:
    """Run the stages of the regime of a run over the rows of one employer.

    Args:
        run: The run: what was decided over the whole country is taken from it.
        archive: The archive as the run read it.
        rsin: The employer.

    Raises:
        ArchiveLacks: The archive is damaged.
        ParameterMissing: The record of the run lacks a figure.
    """
    regime, around = regimes.named(run.regime), _around(run, archive, rsin)
    engine = EmployerEngine(around.rows_of)
    rows = engine.scan(archive.paths(INCOME_RELATIONS, run.year), INCOME_RELATIONS.inside_schema)
    people = engine.collect(rows.filter(~nw.col("bsn").is_null()).select("bsn").unique())["bsn"].to_pylist()
    few = archive.of(Subjects(around.named, {*people, *around.lent}))
    finished = run.finished
    request = finished.request(archive.layout.root, run.folder, None, None)
    prepared = regime.decided(regime.prepare_from(request, few, run.figures, finished.scenario), run.macro)
    known = {one for one in around.named if run.number_of(one) is not None}
    made = regime.make(engine, prepared, only=known)
    own = engine.collect(rows.filter(employer_of() == rsin).select("bsn"))["bsn"]
    return Remade(run, around, engine, prepared, made, frozenset(own.drop_null().to_pylist()))


def _around(run: RunRecord, archive: Known, rsin: int) -> Around:
    moved = _pairs(archive_known.transfers(archive), "from_rsin", "to_rsin")
    before = _before(moved, rsin)
    allocations = archive_known.allocations(archive)
    of_year = None if allocations is None else allocations.filter(pc.equal(allocations["year"], run.year))
    agreed = _pairs(of_year, "lender_rsin", "borrower_rsin", "bsn")
    lent = frozenset(bsn for *both, bsn in agreed if rsin in both)
    lenders = {lender for lender, borrower, _ in agreed if borrower == rsin}
    rows_of = frozenset({rsin, *before, *lenders})
    parties = {party for pair in moved if not rows_of.isdisjoint(pair) for party in pair}
    parties |= {party for *pair, bsn in agreed if bsn in lent and not rows_of.isdisjoint(pair) for party in pair}
    return Around(rsin, rows_of, rows_of | parties, lent)


def _pairs(table: pa.Table | None, *names: str) -> list[tuple[int, ...]]:
    """Columns of a table side by side; nothing of a table that was not delivered."""
    return [] if table is None else list(zip(*(table[name].to_pylist() for name in names), strict=True))


def _before(moved: Iterable[tuple[int, ...]], rsin: int) -> set[int]:
    """Everybody something came from in a transfer, directly or through another."""
    moved, found, fresh = tuple(moved), set[int](), {rsin}
    while fresh:
        fresh = {transferor for transferor, acquirer in moved if acquirer in fresh} - found
        found |= fresh
    return found
