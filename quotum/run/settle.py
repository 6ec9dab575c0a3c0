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
from quotum.law import calendar_days, readings
from quotum.law.readings import Reading
from quotum.output.bag import json_bytes, require_free, run_digest, seal, staged
from quotum.output.files import write_csv, write_table
from quotum.parameters import Figures, Scenario, load_book, merge_scenarios, read_scenario
from quotum.run import macro as macro_figures
from quotum.run import quality, stages
from quotum.run.facts import People, year_rows
from quotum.run.jobs import Source, count_jobs
from quotum.run.macro import Macro
from quotum.run.record import environment, run_record
from quotum.run.request import AS_ENACTED, Request, Terms, judged, read_terms
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

USED = (REGISTER, EMPLOYERS, WAGE_BILLS, TRAITS, DECLARATIONS)
OPTIONAL = (TRANSFERS, DEDUCTIONS)
STAGES = ("in force", "count", "jobs", "exempt", "bonus", "surcharge", "settle", "write", "seal")
NOT_USED = (ALLOCATIONS,)
_WITHOUT = {
    REGISTER.name: "nobody is in the target group, so no hours count and nothing is granted",
    EMPLOYERS.name: "no employer has a sector or a start: nobody is a starter, and sectors are unknown",
    WAGE_BILLS.name: "premium wages of t-2 come from complete returns, or else the declared class decides",
    TRAITS.name: "the kind of work comes from CdAard alone",
    DECLARATIONS.name: "no right to an LKV that asks for one: over years until 2025 none at all, later only the LKV "
    "doelgroep banenafspraak",
}
WITHOUT_OPTIONAL = {
    TRANSFERS.name: "no premium wage of t-2 passes from one employer to another, and no period of an LKV runs on",
    DEDUCTIONS.name: "supplements on benefits stay in the surcharge base",
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
    late: tuple[str, ...] = ()
    """Legal days that the decision is later than; noted in the run too."""


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
    late = late_decision(request)
    return Prepared(request, archive, figures, scenario, terms, (*overriding, *_lacking(archive), *late), late)


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


def late_decision(request: Request) -> tuple[str, ...]:
    """A remark when the decision is later than the law has it."""
    decided_on, year = request.decided_on, request.year
    if decided_on is None or not calendar_days.decided_late(year, decided_on):
        return ()
    last = calendar_days.last_day_of_decision(year)
    return (
        f"--decided-on {decided_on} is later than {last}: the LKV of {year} is to be decided before 1 August of the "
        "next year (Wtl art. 4.1)",
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
    progress("jobs")
    jobs = count_jobs(engine, Source(archive, people, employers, request.as_of), found, counted, terms)
    terms = judged(terms, jobs.government)
    progress("exempt")
    wages = _wages(engine, prepared, people)
    tested = stages.exempt(engine, counted, employers, wages, terms)
    progress("bonus")
    evidence = stages.Evidence(archive_known.declarations(archive), archive_known.transfers(archive))
    rights = stages.rights(engine, archive, people.register, evidence, found, terms.lkv, request.year, request.as_of)
    granted = stages.grant(engine, found, rights, terms, figures)
    lines = granted.lines
    progress("surcharge")
    bonus_total = _total(engine, lines, "bonus_cents")
    deducted = stages.deduct(engine, counted, archive_known.deductions(archive), request.year)
    charged = stages.charge(engine, deducted.counted, tested, bonus_total, terms)
    progress("settle")
    settlement = stages.settle(engine, tested, charged, lines)
    macro = _macro(engine, prepared, terms, settlement, charged, jobs, rights.readings)
    progress("write")
    _write(engine, data, settlement, granted, charged)
    (data / "macro.json").write_bytes(json_bytes(macro_figures.as_json(macro)))
    findings = quality.added(
        quality.findings(engine, found, counted, tested, terms, deducted.findings), granted.findings
    )
    years = stages.years_with_employments(archive, evidence, terms.lkv, request.year)
    record = run_record(request, figures, prepared.scenario, archive, (*USED, *OPTIONAL), prepared.late, years)
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
    transfers = stages.transfers_of(archive_known.transfers(prepared.archive))
    return stages.Wages(engine.keep(delivered), summed, transfers)


def _total(engine: Engine, frame: Frame, name: str) -> int:
    return int(engine.collect(frame.select(nw.col(name).sum().cast(nw.Int64)))[name][0].as_py() or 0)


def _macro(
    engine: Engine,
    prepared: Prepared,
    terms: Terms,
    settlement: Frame,
    charged: stages.Charged,
    jobs: macro_figures.Jobs,
    of_rights: tuple[Reading, ...],
) -> Macro:
    totals = macro_figures.sum_up(engine, settlement)
    missing, losses = macro_figures.savings_losses(jobs, totals, terms)
    assumed = tuple(figure for figure in prepared.figures.used if figure.status == "assumed")
    return Macro(
        simulation=prepared.figures.simulation,
        jobs=jobs,
        missing=missing,
        savings_loss=losses,
        totals=totals,
        rate=charged.rate,
        terms=terms,
        assumed=assumed,
        readings=_readings(terms, prepared.archive, of_rights),
    )


def _readings(terms: Terms, archive: Known, of_rights: tuple[Reading, ...]) -> tuple[Reading, ...]:
    """The readings the figures of a year rest on."""
    always = [
        readings.FILING_TIME,
        readings.WHOLE_PERIOD_COUNTS,
        readings.BENEFIT_WAGE_LEFT_OUT,
        readings.REQUEST_PER_ROW,
        readings.THIRTEENTH_PERIOD,
        readings.SAVINGS_LOSS,
        *of_rights,
    ]
    always += [readings.TRANSFERRED_WAGE_OFF] if archive.latest(TRANSFERS) else []
    always += [readings.AGENCY_SHARE] if terms.agency_share else []
    if terms.due:
        always += [readings.DEDUCTION_NOT_BELOW_ZERO] if archive.latest(DEDUCTIONS) else []
        always += [readings.WHOLE_EUROS, readings.BONUS_YEARS, readings.BONUS_NOT_NEGATIVE]
        always += [readings.BONUS_CUMULATES] if of_rights else []
        always += [readings.BALANCE] if terms.rate == "balance" else []
        always += [readings.HIGH_RATE_PRODUCT] if terms.high_rate_hundredths is not None else []
    return tuple(sorted(always, key=lambda reading: reading.name))


def _write(engine: Engine, data: Path, settlement: Frame, granted: stages.Granted, charged: stages.Charged) -> None:
    written: tuple[tuple[Table, Frame], ...] = (
        (SETTLEMENT, settlement),
        (BONUS_LINES, granted.lines),
        (OTHER_LKV_LINES, granted.other_lines),
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
    "require_returns",
    "settle",
]
