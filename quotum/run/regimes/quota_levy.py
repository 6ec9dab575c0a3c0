"""A settlement under the older regime, the quota levy: the stages in order, then the run folder.

The result files of the ordinary regime are written without rows: every run has the same files, so
that whoever reads, compares or repeats one needs no exception, and nothing in them is decided.
"""

from collections.abc import Collection, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import narwhals as nw
import pyarrow as pa
from attrs import evolve, frozen

from quotum.archive import small_tables
from quotum.archive.known import Known, known
from quotum.archive.layout import existing
from quotum.engine.interface import Engine
from quotum.frames import Frame
from quotum.law.wfsv.job_count import Jobs, job_remarks
from quotum.law.wfsv.quota_hours import LEFT_OUT_TRAITS, year_before_filed_by
from quotum.parameters import Figures, Scenario
from quotum.run import words
from quotum.run.findings import deliveries_used
from quotum.run.findings.amounts_at_stake import of_findings, of_levy
from quotum.run.findings.counting import counts
from quotum.run.findings.finding import Material, OfLevy
from quotum.run.findings.quality_file import write_quality
from quotum.run.preparation import Prepared, lacking_of, read_figures, require_baseline, require_returns
from quotum.run.regimes.interface import SILENT, Amounts, Progress
from quotum.run.regimes.levy_macro import LevyMacro, as_json, levy_macro, totals
from quotum.run.regimes.levy_terms import LevyTerms, read_levy_terms
from quotum.run.stages import in_order as stages
from quotum.run.stages import quota_levy as levying
from quotum.run.stages.jobs import Source, count_jobs
from quotum.run.stages.rows_in_force import People, YearRows, people_of, rows_one_by_one, year_rows
from quotum.run_folder.bag import json_bytes
from quotum.run_folder.files import write_csv, write_table
from quotum.run_folder.record import run_record
from quotum.run_folder.request import QUOTA_LEVY, Request
from quotum.tables import (
    ALLOCATIONS,
    BONUS_LINES,
    EMPLOYERS,
    OTHER_LKV_LINES,
    QUOTA_LINES,
    QUOTA_SETTLEMENT,
    REGISTER,
    SURCHARGE_LINES,
    TRAITS,
    Table,
)

USED = (REGISTER, EMPLOYERS, TRAITS, ALLOCATIONS)
_WITHOUT_ROWS = (BONUS_LINES, OTHER_LKV_LINES, SURCHARGE_LINES)


class QuotaLevy:
    """The quota levy; see `interface.Regime`."""

    name: str = QUOTA_LEVY
    title: str = words.QUOTA_LEVY.sentence()
    remark: str = words.FIGURES_ONLY.sentence()
    stages: tuple[str, ...] = ("year before", "in force", "count", "allocate", "levy", "jobs", "write", "tie", "seal")
    tables: tuple[Table, ...] = (QUOTA_SETTLEMENT, QUOTA_LINES)
    amounts: tuple[str, ...] = ("quota_levy_cents",)
    decides: bool = False
    reads: tuple[Table, ...] = USED
    without: Mapping[str, str] = {}

    def prepare(self, request: Request) -> Prepared[LevyTerms]:
        """See `interface.Regime.prepare`."""
        return prepare(request)

    def prepare_from(
        self, request: Request, archive: Known, figures: Figures, scenario: Scenario | None
    ) -> Prepared[LevyTerms]:
        """See `interface.Regime.prepare_from`."""
        return prepare_from(request, archive, figures, scenario)

    def make(
        self,
        engine: Engine,
        prepared: Prepared[LevyTerms],
        progress: Progress = SILENT,
        only: Collection[int] | None = None,
    ) -> "YearResults":
        """See `interface.Regime.make`."""
        return make(engine, prepared, progress, only)

    def decided(self, prepared: Prepared[LevyTerms], macro: Mapping[str, Any]) -> Prepared[LevyTerms]:
        """See `interface.Regime.decided`."""
        return prepared

    def compute(
        self, engine: Engine, prepared: Prepared[LevyTerms], data: Path, progress: Progress
    ) -> tuple[LevyMacro, dict[str, int], dict[str, int]]:
        """See `interface.Regime.compute`."""
        return compute(engine, prepared, data, progress)

    def in_force(self, terms: LevyTerms) -> str:
        """See `interface.Regime.in_force`."""
        return words.LEVY_FIGURES.sentence()

    def totals(self, country: LevyMacro) -> Amounts:
        """See `interface.Regime.totals`."""
        return totals(country)


@frozen
class Counted:
    """What the rows of two years come to, before anything is levied."""

    year_rows: YearRows
    """The rows of year t in force."""
    totals: stages.Counted
    """What the returns of year t add up to."""
    before: YearRows
    """The rows of year t-1."""
    rows_t1: Frame
    """The rows of year t-1 that are looked at, with what of their hours counts."""
    hours_t1: Frame
    """Hours per employer in year t-1."""
    rows: Frame
    """The rows of year t that are looked at, with what of their hours counts."""
    hours: Frame
    """Hours per employer in year t."""


def prepare(request: Request) -> Prepared[LevyTerms]:
    """Read parameters and the archive's receipts, and refuse what cannot be figured.

    Raises:
        QuotumError: Each with its exit code.
    """
    figures, scenario, overriding = read_figures(request)
    archive = evolve(known(existing(request.archive), request.known_on), strict=request.strict)
    return prepare_from(request, archive, figures, scenario, overriding)


def prepare_from(
    request: Request, archive: Known, figures: Figures, scenario: Scenario | None, overriding: tuple[str, ...] = ()
) -> Prepared[LevyTerms]:
    """What a quota levy is figured from, when figures and archive are read already.

    Raises:
        QuotumError: Each with its exit code.
    """
    require_returns(request, archive, request.year)
    require_returns(request, archive, request.year - 1, words.RESTS_TOO.sentence(year=request.year))
    require_baseline(request, archive)
    with figures.naming_all_missing():
        terms = read_levy_terms(figures, request.year, frozenset(_employers(archive)["sector"].to_pylist()))
    lacking = lacking_of(archive, USED, words.LEVY_WITHOUT)
    return Prepared(request, archive, figures, scenario, terms, (*overriding, *lacking))


@frozen
class YearResults:
    """What the stages make of the rows of two years."""

    counted: Counted
    """What the rows come to."""
    allocated: levying.Allocated
    """Hours that moved from lender to borrower."""
    levied: Frame
    """Every employer with its levy."""

    @property
    def tables(self) -> dict[Table, Frame]:
        """The rows that are settled, by the declaration of their table."""
        return {QUOTA_SETTLEMENT: self.levied, QUOTA_LINES: self.levied}

    @property
    def year_rows(self) -> YearRows:
        """The rows of year t in force."""
        return self.counted.year_rows

    def material(self, engine: Engine, archive: Known | None, jobs: Jobs | None = None) -> Material:
        """What findings are about."""
        counted, of = self.counted, OfLevy(self.levied, self.allocated)
        years = (counted.year_rows, counted.before)
        return Material(engine, archive, years, counted.totals, levied=of, jobs=jobs)


def make(
    engine: Engine,
    prepared: Prepared[LevyTerms],
    progress: Progress = SILENT,
    only: Collection[int] | None = None,
) -> YearResults:
    """The stages up to the levy of each employer; see `interface.Regime.make`."""
    archive, request, terms = prepared.archive, prepared.request, prepared.terms
    people, one_by_one = people_of(archive), only is not None
    counted = count(engine, archive, people, request.year, request.as_of, progress, one_by_one=one_by_one)
    progress("allocate")
    filing = counted.totals.employers.select("rsin")
    if only is not None:
        named = engine.table(pa.table({"rsin": pa.array(sorted(only), pa.int64())}))
        filing = nw.concat([filing, named], how="vertical")
    everyone = levying.everyone(engine, filing, _employers(archive))
    allocations = small_tables.allocations(archive)
    allocations = ALLOCATIONS.inside_schema.empty_table() if allocations is None else allocations
    allocated = levying.allocate(engine, counted.rows, everyone, allocations, request.year)
    progress("levy")
    levied = levying.levy(engine, everyone, counted.hours_t1, counted.hours, allocated, terms)
    return YearResults(counted, allocated, levied)


def compute(
    engine: Engine, prepared: Prepared[LevyTerms], data: Path, progress: Progress
) -> tuple[LevyMacro, dict[str, int], dict[str, int]]:
    """The stages in their order."""
    archive, request, terms = prepared.archive, prepared.request, prepared.terms
    results = make(engine, prepared, progress)
    progress("jobs")
    source = Source(archive, people_of(archive), _employers(archive), request.as_of, request.baseline)
    jobs = count_jobs(engine, source, results.counted.totals, terms)
    macro = levy_macro(engine, results.levied, results.allocated, jobs, prepared.figures, terms)
    progress("write")
    _write(engine, data, results.tables, simulation=prepared.figures.simulation)
    (data / "macro.json").write_bytes(json_bytes(as_json(macro)))
    looked_at = results.material(engine, archive, jobs)
    findings = counts(looked_at)
    deliveries_used.write_set_aside(archive, data / "set_aside.parquet", simulation=prepared.figures.simulation)
    record = run_record(
        request, prepared.figures, prepared.scenario, archive, USED, jobs.baseline_source, job_remarks(jobs),
        (request.year - 1,),
    )  # fmt: skip
    inputs = [str(delivery["sha256"]) for delivery in record["inputs"]]  # type: ignore[attr-defined]
    euros = of_findings(findings, of_levy(looked_at))
    write_quality(findings, archive, inputs, data / "quality.parquet", euros)
    (data / "run.json").write_bytes(json_bytes(record))
    return macro, findings, euros


def count(
    engine: Engine,
    archive: Known,
    people: People,
    year: int,
    as_of: date,
    progress: Progress = SILENT,
    *,
    one_by_one: bool = False,
) -> Counted:
    """The rows of year t-1 as filed by 1 May of t, and of year t as filed by the as-of day, with their hours.

    Args:
        engine: Where it runs.
        archive: The archive as known.
        people: Register and traits.
        year: Year t.
        as_of: Returns of t count as filed by the end of this day.
        progress: Told the name of each stage as it begins.
        one_by_one: Whether each row is looked at, of few employers.

    Raises:
        ArchiveLacks: A message contradicts itself, and the archive is read strictly.
    """
    intervals = small_tables.kinds_together(people.traits, LEFT_OUT_TRAITS)
    progress("year before")
    rows_of = rows_one_by_one if one_by_one else year_rows
    before = rows_of(engine, archive, people, year - 1, year_before_filed_by(year, as_of))
    rows_t1 = levying.measured(engine, before, intervals)
    hours_t1 = levying.hours_of_year(engine, before, rows_t1)
    progress("in force")
    in_force = rows_of(engine, archive, people, year, as_of)
    progress("count")
    rows = levying.measured(engine, in_force, intervals)
    return Counted(
        in_force,
        stages.count(engine, in_force),
        before,
        rows_t1,
        hours_t1,
        rows,
        levying.hours_of_year(engine, in_force, rows),
    )


def _employers(archive: Known) -> pa.Table:
    employers = small_tables.employers(archive)
    return EMPLOYERS.inside_schema.empty_table() if employers is None else employers


def _write(engine: Engine, data: Path, settled: Mapping[Table, Frame], *, simulation: bool) -> None:
    none = {table: engine.table(table.inside_schema.empty_table()) for table in _WITHOUT_ROWS}
    for table, frame in {**settled, **none}.items():
        rows = frame.select(*table.computed)
        write_table(engine, rows, table, data / f"{table.name}.parquet", simulation=simulation)
    write_csv(data / f"{QUOTA_SETTLEMENT.name}.parquet", QUOTA_SETTLEMENT, data / f"{QUOTA_SETTLEMENT.name}.csv")


__all__ = [
    "USED",
    "Counted",
    "QuotaLevy",
    "YearResults",
    "compute",
    "count",
    "make",
    "prepare",
    "prepare_from",
]
