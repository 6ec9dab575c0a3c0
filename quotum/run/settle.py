"""Settling a year: the stages in order, then the run folder, written whole or not at all."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import narwhals as nw
import pyarrow as pa
from attrs import frozen

from quotum.archive import known as archive_known
from quotum.archive.known import Known, known
from quotum.archive.layout import existing, write_durably
from quotum.engine.duck import duck_engine
from quotum.engine.interface import Engine
from quotum.errors import ArchiveLacks, WrongUse
from quotum.frames import Frame
from quotum.law import readings
from quotum.law.counting import DecemberHours
from quotum.law.readings import Reading
from quotum.output.bag import json_bytes, require_free, run_digest, seal, staged
from quotum.output.files import write_csv, write_table
from quotum.parameters import Figures, Scenario, load_book, merge_scenarios, read_scenario
from quotum.run import macro as macro_figures
from quotum.run import quality, stages
from quotum.run.facts import People, YearRows, year_rows
from quotum.run.macro import Macro
from quotum.run.record import BASELINE_YEAR, environment, run_record
from quotum.run.request import AS_ENACTED, Request, Terms, read_terms
from quotum.tables import (
    ALLOCATIONS,
    BONUS_LINES,
    DECLARATIONS,
    DEDUCTIONS,
    EMPLOYERS,
    OTHER_LKV_LINES,
    REGISTER,
    SETTLEMENT,
    SURCHARGE_LINES,
    TRAITS,
    TRANSFERS,
    WAGE_BILLS,
    Table,
)

USED = (REGISTER, EMPLOYERS, WAGE_BILLS, TRAITS)
STAGES = ("in force", "count", "exempt", "bonus", "surcharge", "settle", "jobs", "write", "seal")
NOT_USED = (DECLARATIONS, TRANSFERS, ALLOCATIONS, DEDUCTIONS)
_WITHOUT = {
    REGISTER.name: "nobody is in the target group, so no hours count and nothing is granted",
    EMPLOYERS.name: "no employer has a sector or a start: nobody is a starter, and sectors are unknown",
    WAGE_BILLS.name: "premium wages of t-2 come from complete returns, or else the declared class decides",
    TRAITS.name: "the kind of work comes from CdAard alone",
}


@frozen
class Prepared:
    """Everything read and checked before anything is computed."""

    request: Request
    """What was asked."""
    archive: Known
    """The archive as known."""
    figures: Figures
    """The parameters, with those read so far."""
    scenario: Scenario | None
    """The merged scenarios."""
    terms: Terms
    """The figures of the year."""
    remarks: tuple[str, ...]
    """What the user should know: overriding scenarios, missing deliveries."""


@frozen
class Settled:
    """A finished settlement."""

    prepared: Prepared
    """What it was made from."""
    macro: Macro
    """The figures for the whole country."""
    findings: dict[str, int]
    """Findings of the stages."""
    written: bool
    """False when the same run was there already."""
    digest: str
    """Digest of the run."""
    noted: bool
    """Whether the archive could be written to note the run."""


def prepare(request: Request) -> Prepared:
    """Read parameters and the archive's receipts, and refuse what cannot be settled.

    Raises:
        QuotumError: Each with its exit code.
    """
    if request.regime != AS_ENACTED:
        raise WrongUse(f"--regime {request.regime} is another settlement: quotum.run.regimes chooses it")
    figures, scenario, overriding = read_figures(request)
    terms = read_terms(figures, request.year)
    stages.pension_limits(request.year, figures)
    archive = known(existing(request.archive), request.known_on)
    require_returns(request, archive, request.year)
    return Prepared(request, archive, figures, scenario, terms, (*overriding, *_lacking(archive)))


def read_figures(request: Request) -> tuple[Figures, Scenario | None, tuple[str, ...]]:
    """The parameters as the scenarios of a request set them, the merged scenario, and what a later one overrode.

    Raises:
        QuotumError: A scenario is wrong, or asks for what a settlement cannot take into account.
    """
    book = load_book()
    chosen = [read_scenario(name, book) for name in request.scenarios]
    scenario, overriding = merge_scenarios(chosen, book) if chosen else (None, ())
    if scenario is not None and scenario.extra_registrations is not None:
        raise WrongUse("[files] extra_registrations: this version of quotum does not read it yet")
    figures = Figures(book, request.known_on, scenario)
    ignored = [name for name in _policy_names(scenario) if figures.is_set(name)]
    if ignored:
        raise WrongUse(f"{ignored[0]} belongs to a simulation of policy: a settlement cannot take it into account")
    return figures, scenario, tuple(overriding)


def require_returns(request: Request, archive: Known, year: int, why: str = "") -> None:
    """The archive holds returns of a year.

    Raises:
        ArchiveLacks: It holds none.
    """
    if year not in archive.years():
        raise ArchiveLacks(
            f"the archive {request.archive} has no returns of {year}"
            f"{' known on ' + request.known_on.isoformat() if request.known_on else ''}{why}; receive them first"
        )


def _policy_names(scenario: Scenario | None) -> list[str]:
    settings = scenario.settings if scenario else ()
    return [setting.name for setting in settings if setting.name.startswith("policy.")]


def _lacking(archive: Known) -> list[str]:
    lacking = [f"no {table.name} delivered: {_WITHOUT[table.name]}" for table in USED if archive.latest(table) is None]
    unused = [
        f"{table.name} delivered, but this version does not use them" for table in NOT_USED if archive.latest(table)
    ]
    return lacking + unused


def settle(prepared: Prepared, progress: Callable[[str], None] = lambda _stage: None) -> Settled:
    """Compute a settlement and write its run folder.

    Args:
        prepared: What `prepare` gave.
        progress: Told the name of each stage as it begins.

    Raises:
        QuotumError: Each with its exit code; nothing is written then.
    """
    request = prepared.request
    started = datetime.now(UTC)
    require_free(request.out)
    with (
        staged(request.out) as partial,
        duck_engine(request.out.parent, request.threads, request.memory_limit) as engine,
    ):
        macro, found = _compute(engine, prepared, partial / "data", progress)
        progress("seal")
        mark = "SIMULATION: " if macro.simulation else ""
        description = f"{mark}settlement of {request.year}, returns as filed by {request.as_of}"
        written = seal(partial, request.out, environment(started, request.archive), description)
    digest = run_digest(request.out)
    noted = note(request, archive=prepared.archive, simulation=prepared.figures.simulation, digest=digest)
    return Settled(prepared, macro, found, written, digest, noted)


def _compute(
    engine: Engine, prepared: Prepared, data: Path, progress: Callable[[str], None]
) -> tuple[Macro, dict[str, int]]:
    """The stages in their order."""
    archive, terms, figures, request = prepared.archive, prepared.terms, prepared.figures, prepared.request
    people = people_of(archive)
    employers = archive_known.employers(archive)
    employers = EMPLOYERS.inside_schema.empty_table() if employers is None else employers

    progress("in force")
    found = year_rows(engine, archive, people, request.year, request.as_of)
    progress("count")
    counted = stages.count(engine, found)
    progress("exempt")
    wages = _wages(engine, prepared, people)
    tested = stages.exempt(engine, counted, employers, wages, terms)
    progress("bonus")
    lines = stages.bonus_lines(engine, found, terms, figures)
    progress("surcharge")
    bonus_total = _total(engine, lines, "bonus_cents")
    charged = stages.charge(engine, counted, tested, bonus_total, terms)
    progress("settle")
    settlement = stages.settle(engine, tested, charged, lines)
    progress("jobs")
    macro = _macro(engine, prepared, settlement, charged, _jobs(engine, prepared, found, counted, people, employers))
    progress("write")
    _write(engine, data, settlement, lines, charged)
    (data / "macro.json").write_bytes(json_bytes(macro_figures.as_json(macro)))
    findings = quality.findings(engine, found, counted, tested, terms)
    record = run_record(request, figures, prepared.scenario, archive, USED)
    inputs = [str(one["sha256"]) for one in record["inputs"]]  # type: ignore[attr-defined]
    quality.write_quality(findings, archive, inputs, data / "quality.parquet")
    (data / "run.json").write_bytes(json_bytes(record))
    return macro, findings


def people_of(archive: Known) -> People:
    """Register and traits, empty when never delivered."""
    register = archive_known.register(archive)
    traits = archive_known.traits(archive)
    no_register = REGISTER.inside_schema.empty_table().select(["bsn", "registered_from", "registered_until"])
    return People(
        no_register if register is None else register, TRAITS.inside_schema.empty_table() if traits is None else traits
    )


def _wages(engine: Engine, prepared: Prepared, people: People) -> stages.Wages:
    """Premium wages of t-2: delivered, and summed from complete returns."""
    year = prepared.request.year - 2
    bills = archive_known.wage_bills(prepared.archive)
    bills = WAGE_BILLS.inside_schema.empty_table() if bills is None else bills
    delivered = (
        engine.table(bills).filter(nw.col("year") == year).select("rsin", delivered_cents=nw.col("premium_wage_cents"))
    )
    if year in prepared.archive.years():
        found = year_rows(engine, prepared.archive, people, year, prepared.request.as_of)
        summed = engine.keep(stages.wages_from_returns(found, stages.count(engine, found), year))
    else:
        none = pa.table({"rsin": pa.array([], pa.int64()), "summed_cents": pa.array([], pa.int64())})
        summed = engine.table(none)
    return stages.Wages(engine.keep(delivered), summed)


def _jobs(
    engine: Engine, prepared: Prepared, found: YearRows, counted: Frame, people: People, employers: pa.Table
) -> macro_figures.Jobs:
    """The job count of the year against the baseline, counted where the archive holds December 2012."""

    def hours(rows: YearRows, sums: Frame, year: int) -> dict[str | None, DecemberHours]:
        per_employer = stages.december_hours(sums, rows.returns, year)
        return macro_figures.december_by_sector(engine, per_employer, employers)

    baseline = None
    if BASELINE_YEAR in prepared.archive.years() and registered_then(people):
        then = year_rows(engine, prepared.archive, people, BASELINE_YEAR, prepared.request.as_of)
        baseline = hours(then, stages.count(engine, then), BASELINE_YEAR)
    now = hours(found, counted, prepared.request.year)
    return macro_figures.count_jobs(now, baseline or None, BASELINE_YEAR, prepared.terms)


def registered_then(people: People) -> bool:
    """Whether the register knows anybody in December 2012."""
    first, last = datetime(BASELINE_YEAR, 12, 1, tzinfo=UTC).date(), datetime(BASELINE_YEAR, 12, 31, tzinfo=UTC).date()
    starts, ends = people.register["registered_from"].to_pylist(), people.register["registered_until"].to_pylist()
    return any(start <= last and end >= first for start, end in zip(starts, ends, strict=True))


def _total(engine: Engine, frame: Frame, name: str) -> int:
    return int(engine.collect(frame.select(nw.col(name).sum().cast(nw.Int64)))[name][0].as_py() or 0)


def _macro(
    engine: Engine,
    prepared: Prepared,
    settlement: Frame,
    charged: stages.Charged,
    jobs: macro_figures.Jobs,
) -> Macro:
    totals = macro_figures.sum_up(engine, settlement)
    missing, losses = macro_figures.savings_losses(jobs, totals, prepared.terms)
    assumed = tuple(figure for figure in prepared.figures.used if figure.status == "assumed")
    return Macro(
        simulation=prepared.figures.simulation,
        jobs=jobs,
        missing=missing,
        savings_loss=losses,
        totals=totals,
        rate=charged.rate,
        terms=prepared.terms,
        assumed=assumed,
        readings=_readings(prepared.terms),
    )


def _readings(terms: Terms) -> tuple[Reading, ...]:
    """The readings the figures of a year rest on."""
    always = [
        readings.FILING_TIME,
        readings.WHOLE_PERIOD_COUNTS,
        readings.BENEFIT_WAGE_LEFT_OUT,
        readings.REQUEST_PER_ROW,
        readings.THIRTEENTH_PERIOD,
        readings.SAVINGS_LOSS,
    ]
    if terms.due:
        always += [readings.WHOLE_EUROS, readings.BONUS_YEARS, readings.BONUS_NOT_NEGATIVE]
        always += [readings.BALANCE] if terms.rate == "balance" else []
        always += [readings.HIGH_RATE_PRODUCT] if terms.high_rate_hundredths is not None else []
    return tuple(sorted(always, key=lambda reading: reading.name))


def _write(engine: Engine, data: Path, settlement: Frame, lines: Frame, charged: stages.Charged) -> None:
    written: tuple[tuple[Table, Frame], ...] = (
        (SETTLEMENT, settlement),
        (BONUS_LINES, lines),
        (OTHER_LKV_LINES, engine.table(OTHER_LKV_LINES.inside_schema.empty_table())),
        (SURCHARGE_LINES, charged.lines),
    )
    for table, frame in written:
        write_table(engine, frame, table, data / f"{table.name}.parquet")
    write_csv(data / f"{SETTLEMENT.name}.parquet", SETTLEMENT, data / f"{SETTLEMENT.name}.csv")


def note(request: Request, *, archive: Known, simulation: bool, digest: str) -> bool:
    """Note the finished run in the archive; the note is no part of any result, so a read-only archive is no error."""
    content = {
        "year": request.year,
        "as_of": request.as_of.isoformat(),
        "known_on": None if request.known_on is None else request.known_on.isoformat(),
        "simulation": simulation,
        "place": str(request.out.resolve()),
        "digest": digest,
    }
    folder = archive.layout.notes
    try:
        write_durably(folder / f"{request.year}-{digest}.json", json_bytes(content))
    except OSError:
        return False
    return True


__all__ = [
    "Prepared",
    "Settled",
    "note",
    "people_of",
    "prepare",
    "read_figures",
    "registered_then",
    "require_returns",
    "settle",
]
