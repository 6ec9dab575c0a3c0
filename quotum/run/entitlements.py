"""Who has a right that hangs on the start of an employment: decided per person in plain Python.

The stages join what comes out of it on equality: only persons that have a declaration (or, when
the LKV ends after some years, a registration) and whose employer asked come into it.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import partial
from operator import itemgetter
from typing import Final

import narwhals as nw
import pyarrow as pa
import pyarrow.compute as pc
from attrs import field, frozen

from quotum.archive.known import Known
from quotum.engine.interface import Engine
from quotum.frames import Frame
from quotum.identifiers import SUB_NUMBERS
from quotum.law import lkv_until_2025, other_lkv, readings
from quotum.law.bonus import insured_employment
from quotum.law.employments import Employment, Said, after_transfer, employments, first_day_after, new_starts
from quotum.law.lkv_until_2025 import BY_REGISTRATION, Duration, Interval, Papers, covers, ran_into, running_period
from quotum.law.readings import Reading
from quotum.run.columns import Places, flag, sums, sums_by
from quotum.run.facts import YearRows, rows_of_persons
from quotum.run.lkv_terms import LkvTerms

# Rights: the LKV by declaration, the LKV as long as it lasts from 2026, and the other categories by their figures.
JOBS_BY_DECLARATION, JOBS_BY_YEARS = "jobs_agreement", "jobs_agreement_years"
OLDER, OLDER_BEFORE_2024, DISABLED, REASSIGNED = "older", "older_before_2024", "disabled", "reassigned"
OTHER_RIGHTS: Final = {
    OLDER: other_lkv.OLDER,
    OLDER_BEFORE_2024: other_lkv.OLDER,
    DISABLED: other_lkv.DISABLED,
    REASSIGNED: other_lkv.REASSIGNED,
}
_ASKED: Final = {JOBS_BY_DECLARATION: "asked_jobs_agreement"} | {one.name: one.asked for one in other_lkv.CATEGORIES}
_IN_GROUP: Final = "asked_in_group"
_HOURS: Final = {name: column.replace("asked", "hours") for name, column in _ASKED.items()}
_NAMELESS: Final = "hours_without_birth_date"
_SAID: Final = ("rsin", "payroll_tax_number", "bsn", "relation_number", "started_on", "ended_on")
TOLD: Final = pa.schema(
    [(name, pa.date32() if name.endswith("_on") else pa.int64()) for name in _SAID]
    + [("period_start", pa.date32()), ("period_end", pa.date32())]
)
"""What `told` gives."""
_WINDOWS: Final = pa.schema(
    {"rsin": pa.int64(), "bsn": pa.int64(), "right": pa.string(), "from_day": pa.date32(), "ends_before": pa.date32()}
)

WITHOUT_DECLARATION: Final = "lkv_without_declaration"
WITHOUT_START: Final = "lkv_without_start_of_employment"

_Window = tuple[int, int, str, date, date]


@frozen
class Evidence:
    """The deliveries on which rights rest besides the register; None when never delivered."""

    declarations: pa.Table | None = None
    """`bsn`, `category`, `from_day`, `until_day`."""
    transfers: pa.Table | None = None
    """`from_rsin`, `to_rsin`, `on_day`, `share`."""


@frozen
class Rights:
    """The rights of a year that hang on the start of an employment."""

    windows: pa.Table = field(factory=_WINDOWS.empty_table)
    """`rsin`, `bsn`, `right`, `from_day`, `ends_before`."""
    rows: Frame | None = None
    """Rows of the year of the persons looked at; None when there are none."""
    findings: Mapping[str, int] = field(factory=dict)
    """How often something was remarkable."""
    places: Callable[[], Places] = dict
    """Where, made when asked for."""
    readings: tuple[Reading, ...] = ()
    """Readings that the rights rest on."""
    uncovered: Frame | None = None
    """Requests without a declaration: `rsin`, `bsn`, `category`, and the `paid_hours` of their rows."""
    nameless: Frame | None = None
    """Rows of the target group that ask the LKV without a birth date: `rsin`, `bsn`, `category`, `paid_hours`."""


@frozen
class _Ask:
    """A person for whom an employer asks a benefit."""

    rsin: int
    """Employer."""
    bsn: int
    """Person."""
    asked: frozenset[str]
    """What is asked: the categories."""
    in_group: bool
    """Whether it asks the LKV for a row in the target group."""


@frozen
class _Declared:
    """What is known of all persons looked at."""

    registered: Mapping[int, tuple[Interval, ...]]
    """Registrations by BSN."""
    declared: Mapping[tuple[int, str], tuple[Interval, ...]]
    """Declarations by BSN and category."""

    def papers(self, bsn: int) -> Papers:
        """What counts for the jobs agreement."""
        return Papers(
            self.registered.get(bsn, ()), self.of(bsn, "jobs_agreement"), self.of(bsn, "jobs_agreement_training")
        )

    def of(self, bsn: int, category: str) -> tuple[Interval, ...]:
        """Declarations of one category."""
        return self.declared.get((bsn, category), ())


def years_with_employments(archive: Known, evidence: Evidence, lkv: LkvTerms, year: int) -> tuple[int, ...]:
    """The calendar years whose returns are read for starts of employments: none when no right hangs on one."""
    if evidence.declarations is None and (lkv.ground == lkv_until_2025.BY_DECLARATION or not lkv.years):
        return ()
    return tuple(sorted(one for one in archive.years() if one <= year))


def rights(
    engine: Engine,
    archive: Known,
    register: pa.Table,
    evidence: Evidence,
    found: YearRows,
    lkv: LkvTerms,
    year: int,
    as_of: date,
    earlier: Callable[[int], Frame] | None = None,
) -> Rights:
    """The rights of a year that hang on the start of an employment.

    Args:
        engine: Where it runs.
        archive: The archive as known: earlier returns say what came before.
        register: Registrations.
        evidence: Declarations and transfers.
        found: The rows of the year.
        lkv: The text that holds and its figures.
        year: Calendar year.
        as_of: Returns count as filed by the end of this day.
        earlier: What `told` gave for an earlier year, when that is at hand; of these persons and others.

    Raises:
        ArchiveLacks: A message of an earlier year contradicts itself about one of the persons.
    """
    asks = engine.keep(_asks(found.rows))
    asked = _asked_in_all(engine, asks, lkv)
    years = years_with_employments(archive, evidence, lkv, year)
    if not years:
        places = partial(_places, engine, asks, lkv, Counter(), Counter())
        return Rights(
            findings=_findings(asked, 0, 0),
            places=places,
            uncovered=_uncovered(engine, asks, lkv, []),
            nameless=_nameless(asks),
        )
    persons = engine.keep(_persons(engine, asks, evidence, lkv))
    rows = engine.keep(found.rows.join(persons, on="bsn", how="semi"))
    before = [
        told(rows_of_persons(engine, archive, persons, one, as_of))
        if earlier is None
        else earlier(one).join(persons, on="bsn", how="semi")
        for one in years
        if one < year
    ]
    said = _by_employer(row for one in (told(rows), *before) for row in engine.collect(one).to_pylist())
    known = {rsin: {bsn: employments(of) for bsn, of in persons_.items()} for rsin, persons_ in said.items()}
    _pass_on(known, evidence.transfers)
    wanted = _wanted(engine, asks.join(persons, on="bsn", how="semi"))
    papers = _declared(register, evidence.declarations, {ask.bsn for ask in wanted})
    windows: list[_Window] = []
    held: list[tuple[int, int, str]] = []
    unknown = Counter[int]()
    for ask in wanted:
        of = known.get(ask.rsin, {}).get(ask.bsn, ())
        windows += list(_windows(ask, of, papers, lkv))
        those = sorted(category for category in ask.asked if _covered(ask, category, of, papers, lkv))
        held += [(ask.rsin, ask.bsn, category) for category in those]
        unknown[ask.rsin] += sum(not one.start_known for one in of)
    covered = Counter(rsin for rsin, _, _ in held)
    used = _readings({window[2] for window in windows}, papers, evidence, lkv)
    findings = _findings(asked, covered.total(), unknown.total())
    return Rights(
        _table(windows),
        rows,
        findings,
        partial(_places, engine, asks, lkv, covered, unknown),
        used,
        _uncovered(engine, asks, lkv, held),
        _nameless(asks),
    )


def _asks(rows: Frame) -> Frame:
    """Per employer and person what is asked in any insured employment, each 0 or 1, and the hours of the rows that ask.

    Of the hours no right is looked at but the kind of work: they say what hangs on a request.
    """
    columns = [*_ASKED.values(), _IN_GROUP]
    asked = {name: flag(nw.col(name).fill_null(value=False)) for name in _ASKED.values()}
    asking = {
        _HOURS[name]: nw.when(nw.col(column).fill_null(value=False) & (nw.col("out_until_2025") == 0))
        .then(nw.col("paid_hours"))
        .otherwise(nw.lit(0))
        for name, column in _ASKED.items()
    }
    in_group = nw.col(_ASKED[JOBS_BY_DECLARATION]).fill_null(value=False) & (nw.col("in_target_group") == 1)
    nameless = nw.when(in_group & nw.col("birth_date").is_null()).then(nw.col("paid_hours")).otherwise(nw.lit(0))
    hours = [*_HOURS.values(), _NAMELESS]
    any_asked = nw.any_horizontal(*(nw.col(name) for name in _ASKED.values()), ignore_nulls=True)
    return (
        rows.filter(insured_employment() & ~nw.col("bsn").is_null() & any_asked)
        .select("rsin", "bsn", "in_target_group", **asked, **asking, **{_NAMELESS: nameless})
        .with_columns(**{_IN_GROUP: nw.col(_ASKED[JOBS_BY_DECLARATION]) * nw.col("in_target_group")})
        .group_by("rsin", "bsn")
        .agg(*(nw.col(name).max() for name in columns), *(nw.col(name).sum() for name in hours))
        .with_columns(*(nw.col(name).cast(nw.Int64) for name in hours))
    )


def _uncovered(engine: Engine, asks: Frame, lkv: LkvTerms, held: list[tuple[int, int, str]]) -> Frame:
    """The requests that need a declaration and have none that covers the start of an employment."""
    columns = zip(*held, strict=True) if held else ([], [], [])
    kinds = {"rsin": pa.int64(), "bsn": pa.int64(), "category": pa.string()}
    covered = pa.table({name: pa.array(column, kinds[name]) for name, column in zip(kinds, columns, strict=True)})
    asked = [
        asks.filter(nw.col(_ASKED[name]) == 1).select(
            "rsin", "bsn", category=nw.lit(name), paid_hours=nw.col(_HOURS[name])
        )
        for name in _needing_declaration(lkv)
    ]
    return nw.concat(asked, how="vertical").join(engine.table(covered), on=list(kinds), how="anti")


def _nameless(asks: Frame) -> Frame:
    """What the rows without a birth date would count for, were it known."""
    return asks.filter(nw.col(_NAMELESS) != 0).select(
        "rsin", "bsn", category=nw.lit(JOBS_BY_DECLARATION), paid_hours=nw.col(_NAMELESS)
    )


def _needing_declaration(lkv: LkvTerms) -> tuple[str, ...]:
    """The categories for which a declaration is asked."""
    return tuple(name for name in _ASKED if name != JOBS_BY_DECLARATION or lkv.ground == lkv_until_2025.BY_DECLARATION)


def _asked_in_all(engine: Engine, asks: Frame, lkv: LkvTerms) -> int:
    """How often a benefit is asked that needs a declaration."""
    columns = [_ASKED[name] for name in _needing_declaration(lkv)]
    total = engine.collect(asks.select(*sums(*columns))).to_pylist()[0]
    return sum(total[name] or 0 for name in columns)


def _persons(engine: Engine, asks: Frame, evidence: Evidence, lkv: LkvTerms) -> Frame:
    """The persons to look at: with a declaration, or when the LKV ends after some years in the target group."""
    none = pa.table({"bsn": pa.array([], pa.int64())})
    declared = none if evidence.declarations is None else evidence.declarations.select(["bsn"])
    asking = asks.join(engine.table(declared), on="bsn", how="semi").select("bsn")
    if lkv.ground == BY_REGISTRATION and lkv.years:
        asking = nw.concat([asking, asks.filter(nw.col(_IN_GROUP) == 1).select("bsn")], how="vertical")
    return asking.unique()


def told(rows: Frame) -> Frame:
    """What rows of insured employments say of their start and end, each thing once."""
    return (
        rows.filter(insured_employment())
        .with_columns(rsin=nw.col("payroll_tax_number") // SUB_NUMBERS)
        .group_by(*_SAID)
        .agg(nw.col("period_start").min(), nw.col("period_end").max())
    )


def _by_employer(rows: Iterable[Mapping[str, object]]) -> dict[int, dict[int, list[Said]]]:
    found: dict[int, dict[int, list[Said]]] = {}
    for row in rows:
        rsin, number, bsn, relation, started, ended, first, last = (
            row[name] for name in (*_SAID, "period_start", "period_end")
        )
        said = Said(number, relation, started, ended, first, last)  # type: ignore[arg-type]
        found.setdefault(rsin, {}).setdefault(bsn, []).append(said)  # type: ignore[arg-type]
    return found


def _pass_on(known: dict[int, dict[int, tuple[Employment, ...]]], transfers: pa.Table | None) -> None:
    """Make of employments with acquirers what they are after the transfers, in order of their day.

    The archive gives them by employer: who goes over twice would lose what came before.
    """
    delivered = [] if transfers is None else transfers.to_pylist()
    for transfer in sorted(delivered, key=itemgetter("on_day", "from_rsin", "to_rsin")):
        here, there = known.get(transfer["from_rsin"], {}), known.get(transfer["to_rsin"], {})
        for bsn in here.keys() & there.keys():
            there[bsn] = after_transfer(here[bsn], there[bsn], transfer["on_day"])


def _wanted(engine: Engine, asks: Frame) -> list[_Ask]:
    return [
        _Ask(
            row["rsin"],
            row["bsn"],
            frozenset(name for name, column in _ASKED.items() if row[column]),
            bool(row[_IN_GROUP]),
        )
        for row in engine.collect(asks).to_pylist()
    ]


def _declared(register: pa.Table, declarations: pa.Table | None, wanted: set[int]) -> _Declared:
    persons = pa.array(sorted(wanted), pa.int64())
    registered: dict[int, tuple[Interval, ...]] = {}
    for row in register.filter(pc.is_in(register["bsn"], persons)).to_pylist():
        interval = row["registered_from"], row["registered_until"]
        registered[row["bsn"]] = (*registered.get(row["bsn"], ()), interval)
    declared: dict[tuple[int, str], tuple[Interval, ...]] = {}
    of_them = None if declarations is None else declarations.filter(pc.is_in(declarations["bsn"], persons))
    for row in [] if of_them is None else of_them.to_pylist():
        key = row["bsn"], row["category"]
        declared[key] = (*declared.get(key, ()), (row["from_day"], row["until_day"]))
    return _Declared(registered, declared)


def _windows(ask: _Ask, known: tuple[Employment, ...], papers: _Declared, lkv: LkvTerms) -> Iterator[_Window]:
    """The rights of one person with one employer, each with the first day after it."""
    if JOBS_BY_DECLARATION in ask.asked:
        period = _by_declaration(known, papers.papers(ask.bsn), lkv)
        if period is not None:
            yield (ask.rsin, ask.bsn, JOBS_BY_DECLARATION, *period)
    if ask.in_group and lkv.ground == BY_REGISTRATION and lkv.years:
        for start in new_starts(known, lkv.months_without):
            yield ask.rsin, ask.bsn, JOBS_BY_YEARS, start, first_day_after(start, lkv.years)
    for category in other_lkv.CATEGORIES:
        if category.name in ask.asked:
            declared = papers.of(ask.bsn, category.name)
            first = other_lkv.qualifying_start(category, known, declared, lkv.months_without)
            right = category.name if first is None else _right(category, first, lkv)
            terms = lkv.benefit(right)
            if first is not None and terms is not None:
                yield ask.rsin, ask.bsn, right, first, first_day_after(first, terms.years)


def _by_declaration(known: tuple[Employment, ...], papers: Papers, lkv: LkvTerms) -> Interval | None:
    """The period of the LKV by declaration: in its own years, and afterwards what is left of it (art. 6.2)."""
    if lkv.ground == lkv_until_2025.BY_DECLARATION:
        return running_period(known, papers, Duration(lkv.years, lkv.months_without))
    if lkv.kept is None:
        return None
    duration, last_day = lkv.kept
    period = running_period(known, papers, duration)
    return period if ran_into(period, last_day) else None


def _right(category: other_lkv.Category, start: date, lkv: LkvTerms) -> str:
    if category is other_lkv.OLDER and other_lkv.keeps_old_amounts(start, lkv.older_kept_before):
        return OLDER_BEFORE_2024
    return category.name


def _covered(ask: _Ask, category: str, known: tuple[Employment, ...], papers: _Declared, lkv: LkvTerms) -> bool:
    """Whether a declaration of the category covers the start of an employment; asked only where one is needed."""
    if category not in _needing_declaration(lkv):
        return False
    declared = papers.of(ask.bsn, category)
    if category == JOBS_BY_DECLARATION:
        declared += papers.of(ask.bsn, "jobs_agreement_training")
    return any(one.start_known and covers(declared, one.first_day) for one in known)


def _readings(granted: set[str], papers: _Declared, evidence: Evidence, lkv: LkvTerms) -> tuple[Reading, ...]:
    """The readings that rights rest on; none when there are no rights."""
    by_declaration = JOBS_BY_DECLARATION in granted
    training = any(category == "jobs_agreement_training" for _, category in papers.declared)
    conditions = {
        readings.EMPLOYMENT: bool(granted),
        readings.TRAINING: by_declaration and training,
        readings.TRANSITION_PER_PERIOD: by_declaration and lkv.ground == BY_REGISTRATION,
        readings.OTHER_BENEFITS: bool(granted & set(OTHER_RIGHTS)),
        readings.RUNS_ON_AFTER_TRANSFER: bool(granted) and evidence.transfers is not None,
        readings.YEARS_FROM_NEW_START: JOBS_BY_YEARS in granted,
    }
    return tuple(reading for reading, holds in conditions.items() if holds)


def _findings(asked: int, covered: int, unknown: int) -> dict[str, int]:
    return {WITHOUT_DECLARATION: asked - covered, WITHOUT_START: unknown}


def _places(engine: Engine, asks: Frame, lkv: LkvTerms, covered: Counter[int], unknown: Counter[int]) -> Places:
    """At which employers: `rsin`, `found`."""
    columns = [_ASKED[name] for name in _needing_declaration(lkv)]
    asked = sums_by(asks, ("rsin",), *columns).with_columns(asked=nw.sum_horizontal(*columns))
    with_cover = asked.join(engine.table(_by_rsin(covered, "covered")), on="rsin", how="left")
    return {
        WITHOUT_DECLARATION: with_cover.select("rsin", found=nw.col("asked") - nw.col("covered").fill_null(0)),
        WITHOUT_START: engine.table(_by_rsin(unknown, "found")),
    }


def _by_rsin(numbers: Counter[int], name: str) -> pa.Table:
    return pa.table({"rsin": pa.array(list(numbers), pa.int64()), name: pa.array(list(numbers.values()), pa.int64())})


def _table(windows: list[_Window]) -> pa.Table:
    columns = zip(*windows, strict=True) if windows else [[] for _ in _WINDOWS]
    return pa.table([pa.array(column, kind.type) for column, kind in zip(columns, _WINDOWS, strict=True)], _WINDOWS)


__all__ = ["TOLD", "Evidence", "Rights", "rights", "told", "years_with_employments"]
