"""The settlement of a year as the parameters and scenarios say: its stages in order, and the files they fill."""

from collections.abc import Collection, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import narwhals as nw
import pyarrow as pa
from attrs import evolve, frozen

from quotum.archive import small_tables
from quotum.archive.known import Known
from quotum.engine.interface import Engine
from quotum.errors import SelfCheckFailed
from quotum.frames import Frame
from quotum.law import readings
from quotum.law.readings import Reading
from quotum.law.wet_banenafspraak.savings_loss import SEPARATE
from quotum.law.wfsv.job_count import Jobs, job_remarks
from quotum.law.wtl.bonus import BONUS_READINGS
from quotum.parameters import Figures, Scenario
from quotum.run import preparation, words
from quotum.run.findings import deliveries_used
from quotum.run.findings.amounts_at_stake import hanging, of_findings
from quotum.run.findings.counting import counts
from quotum.run.findings.finding import Material, OfSettlement
from quotum.run.findings.persons_above import perhaps_above, persons_above
from quotum.run.findings.quality_file import write_quality
from quotum.run.lkv_terms import use_month_before
from quotum.run.preparation import OPTIONAL, USED, WITHOUT_OPTIONAL, Prepared
from quotum.run.regimes import macro as macro_figures
from quotum.run.regimes.interface import SILENT, Amounts, Progress
from quotum.run.regimes.macro import Macro
from quotum.run.stages import in_order as stages
from quotum.run.stages.jobs import Source, count_jobs
from quotum.run.stages.rows_in_force import People, YearRows, people_of, rows_one_by_one, year_rows
from quotum.run.terms import Terms, judged, judged_as
from quotum.run_folder.bag import json_bytes
from quotum.run_folder.files import write_csv, write_table
from quotum.run_folder.record import run_record
from quotum.run_folder.request import AS_ENACTED, Request
from quotum.tables import (
    BONUS_LINES,
    DEDUCTIONS,
    EMPLOYERS,
    OTHER_LKV_LINES,
    SETTLEMENT,
    SURCHARGE_LINES,
    TRANSFERS,
    WAGE_BILLS,
    Table,
)


class AsEnacted:
    """The regime as the parameters and scenarios say; see `interface.Regime`."""

    name: str = AS_ENACTED
    title: str = words.SETTLEMENT.sentence()
    remark: str = ""
    stages: tuple[str, ...] = (
        "in force", "count", "jobs", "exempt", "bonus", "surcharge", "settle", "write", "tie", "seal",
    )  # fmt: skip
    tables: tuple[Table, ...] = (SETTLEMENT, BONUS_LINES, OTHER_LKV_LINES, SURCHARGE_LINES)
    amounts: tuple[str, ...] = ("payable_cents", "surcharge_cents")
    decides: bool = True
    reads: tuple[Table, ...] = (*USED, *OPTIONAL)
    without: Mapping[str, str] = WITHOUT_OPTIONAL

    def prepare(self, request: Request) -> Prepared[Terms]:
        """See `interface.Regime.prepare`."""
        return preparation.prepare(request)

    def prepare_from(
        self, request: Request, archive: Known, figures: Figures, scenario: Scenario | None
    ) -> Prepared[Terms]:
        """See `interface.Regime.prepare_from`."""
        return preparation.prepare_from(request, archive, figures, scenario)

    def make(
        self,
        engine: Engine,
        prepared: Prepared[Terms],
        progress: Progress = SILENT,
        only: Collection[int] | None = None,
    ) -> "YearResults":
        """See `interface.Regime.make`."""
        return make(engine, prepared, progress, only)

    def decided(self, prepared: Prepared[Terms], macro: Mapping[str, Any]) -> Prepared[Terms]:
        """See `interface.Regime.decided`."""
        terms = judged_as(prepared.terms, macro["government_condition_met"])
        if terms.due:
            terms = evolve(terms, rate=macro["rate_hundredths"], high_rate_hundredths=None)
        return evolve(prepared, terms=terms)

    def compute(
        self, engine: Engine, prepared: Prepared[Terms], data: Path, progress: Progress
    ) -> tuple[Macro, dict[str, int], dict[str, int]]:
        """See `interface.Regime.compute`."""
        return compute(engine, prepared, data, progress)

    def in_force(self, terms: Terms) -> str:
        """See `interface.Regime.in_force`."""
        return macro_figures.in_force(terms)

    def totals(self, country: Macro) -> Amounts:
        """See `interface.Regime.totals`."""
        return macro_figures.totals(country)


@frozen
class YearResults:
    """What the stages make of the rows of a year."""

    terms: Terms
    """The figures of the year, with what is conditional decided."""
    year_rows: YearRows
    """The rows in force."""
    counted: stages.Counted
    """What the returns add up to."""
    jobs: Jobs | None
    """The jobs of the target group; None where only some employers are looked at."""
    wages: stages.Wages
    """Premium wages of t-2."""
    listed: pa.Table
    """The employers as delivered."""
    tested: Frame
    """Every employer, and whether it is small."""
    evidence: stages.Evidence
    """Declarations and transfers."""
    rights: stages.Rights
    """Rights that hang on the start of an employment."""
    granted: stages.Granted
    """LKV and bonus."""
    deducted: stages.Deducted
    """What supplements on benefits take off."""
    bonus_cents: int
    """Bonus of all employers that are looked at."""
    charged: stages.Charged
    """The surcharge."""
    settlement: Frame
    """A row per employer."""

    @property
    def tables(self) -> dict[Table, Frame]:
        """The rows that are settled, by the declaration of their table."""
        return {
            SETTLEMENT: self.settlement,
            BONUS_LINES: self.granted.lines,
            OTHER_LKV_LINES: self.granted.other_lines,
            SURCHARGE_LINES: self.charged.lines,
        }

    @property
    def jobs_of_all(self) -> Jobs:
        """The jobs, where all employers are looked at.

        Raises:
            SelfCheckFailed: They were not counted.
        """
        if self.jobs is None:
            raise SelfCheckFailed("jobs are counted over all employers, and only some are looked at")
        return self.jobs

    def material(self, engine: Engine, archive: Known) -> Material:
        """What findings are about."""
        of = OfSettlement(
            terms=self.terms,
            employers=self.tested,
            above=persons_above(engine, self.year_rows, self.terms),
            deducted=self.deducted,
            granted=self.granted,
            rate_source=self.charged.rate.source,
            bonus_total=self.bonus_cents,
        )
        return Material(engine, archive, (self.year_rows,), self.counted, settled=of, jobs=self.jobs)


def make(
    engine: Engine, prepared: Prepared[Terms], progress: Progress = SILENT, only: Collection[int] | None = None
) -> YearResults:
    """The stages in their order; see `interface.Regime.make`."""
    archive, terms, figures, request = prepared.archive, prepared.terms, prepared.figures, prepared.request
    people = people_of(archive)
    employers = small_tables.employers(archive)
    employers = EMPLOYERS.inside_schema.empty_table() if employers is None else employers

    progress("in force")
    if only is None:
        suspects = partial(perhaps_above, terms=terms)
        rows = year_rows(engine, archive, people, request.year, request.as_of, suspects=suspects)
    else:
        rows = rows_one_by_one(engine, archive, people, request.year, request.as_of)
    progress("count")
    counted = stages.count(engine, rows)
    progress("jobs")
    jobs = None
    if only is None:
        source = Source(archive, people, employers, request.as_of, request.baseline)
        jobs = count_jobs(engine, source, counted, terms)
        terms = judged(terms, jobs)
    progress("exempt")
    wages = wages_before(engine, prepared, people, one_by_one=only is not None)
    tested = stages.exempt(engine, counted, employers, wages, terms)
    progress("bonus")
    evidence = stages.Evidence(small_tables.declarations(archive), small_tables.transfers(archive))
    use_month_before(figures, terms.lkv, evidence.declarations)
    rights = stages.rights(engine, archive, people.register, evidence, rows, terms.lkv, request.year, request.as_of)
    granted = stages.grant(engine, rows, rights, terms, figures)
    progress("surcharge")
    deducted = stages.deduct(engine, counted, small_tables.deductions(archive), request.year)
    bonus = _total(engine, granted.lines, "bonus_cents")
    charged = stages.charge(engine, deducted, tested, bonus, terms)
    progress("settle")
    settlement = stages.settle(engine, tested, charged, granted.lines)
    return YearResults(
        terms,
        rows,
        counted,
        jobs,
        wages,
        employers,
        tested,
        evidence,
        rights,
        granted,
        deducted,
        bonus,
        charged,
        settlement,
    )


def compute(
    engine: Engine, prepared: Prepared[Terms], data: Path, progress: Progress
) -> tuple[Macro, dict[str, int], dict[str, int]]:
    """The stages in their order."""
    archive, figures, request = prepared.archive, prepared.figures, prepared.request
    results = make(engine, prepared, progress)
    terms, charged, jobs = results.terms, results.charged, results.jobs_of_all
    macro = _macro(engine, prepared, results, jobs)
    progress("write")
    _write(engine, data, results.tables, simulation=figures.simulation)
    (data / "macro.json").write_bytes(json_bytes(macro_figures.as_json(macro)))
    looked_at = results.material(engine, archive)
    findings = counts(looked_at)
    euros = of_findings(findings, hanging(looked_at, charged.rate.hundredths))
    years = stages.years_with_employments(archive, results.evidence, terms.lkv, request.year)
    remarks = (*prepared.late, *job_remarks(jobs))
    source = jobs.baseline_source
    record = run_record(request, figures, prepared.scenario, archive, (*USED, *OPTIONAL), source, remarks, years)
    deliveries_used.write_set_aside(archive, data / "set_aside.parquet", simulation=figures.simulation)
    inputs = [str(delivery["sha256"]) for delivery in record["inputs"]]  # type: ignore[attr-defined]
    write_quality(findings, archive, inputs, data / "quality.parquet", euros)
    (data / "run.json").write_bytes(json_bytes(record))
    return macro, findings, euros


def wages_before(
    engine: Engine, prepared: Prepared[Terms], people: People, *, one_by_one: bool = False
) -> stages.Wages:
    """Premium wages of t-2: delivered, and summed from complete returns.

    Args:
        engine: Where it runs.
        prepared: What is settled.
        people: Register and traits.
        one_by_one: Whether each row is looked at, of few employers.
    """
    year = prepared.request.year - 2
    bills = small_tables.wage_bills(prepared.archive)
    bills = WAGE_BILLS.inside_schema.empty_table() if bills is None else bills
    delivered = (
        engine.table(bills).filter(nw.col("year") == year).select("rsin", delivered_cents=nw.col("premium_wage_cents"))
    )
    if year in prepared.archive.years():
        rows = rows_one_by_one if one_by_one else year_rows
        rows_of_year = rows(engine, prepared.archive, people, year, prepared.request.as_of)
        summed = engine.keep(stages.wages_from_returns(stages.count(engine, rows_of_year), year))
    else:
        none = pa.table({"rsin": pa.array([], pa.int64()), "summed_cents": pa.array([], pa.int64())})
        summed = engine.table(none)
    transfers = stages.transfers_of(small_tables.transfers(prepared.archive))
    return stages.Wages(engine.keep(delivered), summed, transfers)


def _total(engine: Engine, frame: Frame, name: str) -> int:
    return int(engine.collect(frame.select(nw.col(name).sum().cast(nw.Int64)))[name][0].as_py() or 0)


def _macro(engine: Engine, prepared: Prepared[Terms], results: YearResults, jobs: Jobs) -> Macro:
    terms = results.terms
    totals = macro_figures.sum_up(engine, results.settlement, tested=terms.small_limit_cents is not None)
    missing, losses = macro_figures.savings_losses(jobs, totals, terms)
    assumed = tuple(figure for figure in prepared.figures.used if figure.status == "assumed")
    return Macro(
        simulation=prepared.figures.simulation,
        jobs=jobs,
        missing=missing,
        savings_loss=losses,
        totals=totals,
        rate=results.charged.rate,
        terms=terms,
        assumed=assumed,
        readings=readings_of(terms, prepared.archive, results.rights.readings),
    )


def readings_of(terms: Terms, archive: Known, of_rights: tuple[Reading, ...]) -> tuple[Reading, ...]:
    """The readings the figures of a year rest on."""
    always = [
        readings.FILING_TIME,
        readings.LOCAL_TIME,
        readings.WHOLE_PERIOD_COUNTS,
        readings.BENEFIT_WAGE_LEFT_OUT,
        readings.REQUEST_PER_ROW,
        readings.THIRTEENTH_PERIOD,
        readings.SAVINGS_LOSS,
        readings.HIRED_IN,
        *of_rights,
    ]
    always += [readings.TRANSFERRED_WAGE_OFF] if archive.latest(TRANSFERS) else []
    always += [readings.AGENCY_SHARE] if terms.sectors == SEPARATE or terms.condition_met is not None else []
    if terms.due:
        always += [readings.DEDUCTION_NOT_BELOW_ZERO] if archive.latest(DEDUCTIONS) else []
        always += [readings.WHOLE_EUROS, *BONUS_READINGS]
        always += [readings.BONUS_CUMULATES] if of_rights else []
        always += [readings.BALANCE] if terms.rate == "balance" else []
        always += [readings.HIGH_RATE_PRODUCT] if terms.high_rate_hundredths is not None else []
    return tuple(sorted(always, key=lambda reading: reading.name))


def _write(engine: Engine, data: Path, settled: Mapping[Table, Frame], *, simulation: bool) -> None:
    for table, frame in settled.items():
        write_table(engine, frame, table, data / f"{table.name}.parquet", simulation=simulation)
    write_csv(data / f"{SETTLEMENT.name}.parquet", SETTLEMENT, data / f"{SETTLEMENT.name}.csv")


__all__ = ["AsEnacted", "YearResults", "compute", "make", "readings_of", "wages_before"]
