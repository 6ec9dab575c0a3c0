"""Who has a right that hangs on an employment: decided per person in plain Python.

The stages join what comes out of it on equality: only persons that have a declaration (or, when
the LKV ends after some years, a registration) and whose employer asked come into it.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import Final

import narwhals as nw
import pyarrow as pa
from attrs import field, frozen

from quotum.archive.known import Known
from quotum.engine.interface import Engine
from quotum.frames import Frame
from quotum.law import readings
from quotum.law.lkv_until_2025 import BY_DECLARATION, BY_REGISTRATION
from quotum.law.readings import Reading
from quotum.run.asking import (
    asked_in_all,
    asks_in,
    asks_of,
    columns_needing_declaration,
    nameless_in,
    persons_to_look_at,
    uncovered,
)
from quotum.run.columns import Places, sums_by
from quotum.run.facts import YearRows, rows_of_persons
from quotum.run.lkv_terms import LkvTerms
from quotum.run.told import employments_in, told
from quotum.run.windows import (
    ENDED,
    JOBS_BY_DECLARATION,
    JOBS_BY_YEARS,
    OTHER_RIGHTS,
    REASSIGNED,
    TRAINING,
    WINDOWS,
    Declared,
    Window,
    as_table,
    covered,
    declared_of,
    windows_of,
)

WITHOUT_DECLARATION: Final = "lkv_without_declaration"
WITHOUT_START: Final = "lkv_without_start_of_employment"


@frozen
class Evidence:
    """The deliveries on which rights rest besides the register; None when never delivered."""

    declarations: pa.Table | None = None
    """`bsn`, `category`, `from_day`, `until_day`."""
    transfers: pa.Table | None = None
    """`from_rsin`, `to_rsin`, `on_day`, `share`."""


@frozen
class Rights:
    """The rights of a year that hang on an employment."""

    windows: pa.Table = field(factory=WINDOWS.empty_table)
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


def years_with_employments(archive: Known, evidence: Evidence, lkv: LkvTerms, year: int) -> tuple[int, ...]:
    """The calendar years whose returns are read for starts of employments: none when no right hangs on one."""
    if evidence.declarations is None and (lkv.ground == BY_DECLARATION or not lkv.years):
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
    """The rights of a year that hang on an employment: on its start, or on its days.

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
    asks = engine.keep(asks_of(found.opened))
    asked = asked_in_all(engine, asks, lkv)
    years = years_with_employments(archive, evidence, lkv, year)
    if not years:
        places = partial(_places, engine, asks, lkv, Counter(), Counter())
        return Rights(
            findings=_findings(asked, 0, 0),
            places=places,
            uncovered=uncovered(engine, asks, lkv, []),
            nameless=nameless_in(asks),
        )
    persons = engine.keep(persons_to_look_at(engine, asks, evidence.declarations, lkv))
    rows = engine.keep(found.opened.join(persons, on="bsn", how="semi"))
    before = [
        told(rows_of_persons(engine, archive, persons, one, as_of))
        if earlier is None
        else earlier(one).join(persons, on="bsn", how="semi")
        for one in years
        if one < year
    ]
    said = (row for one in (told(rows), *before) for row in engine.collect(one).to_pylist())
    known = employments_in(said, evidence.transfers)
    wanted = asks_in(engine, asks.join(persons, on="bsn", how="semi"))
    papers = declared_of(register, evidence.declarations, {ask.bsn for ask in wanted})
    windows: list[Window] = []
    held: list[tuple[int, int, str]] = []
    unknown = Counter[int]()
    for ask in wanted:
        of = known.get(ask.rsin, {}).get(ask.bsn, ())
        windows += list(windows_of(ask, of, papers, lkv))
        those = sorted(category for category in ask.asked if covered(ask, category, of, papers, lkv))
        held += [(ask.rsin, ask.bsn, category) for category in those]
        unknown[ask.rsin] += sum(not one.start_known for one in of)
    declared = Counter(rsin for rsin, _, _ in held)
    used = _readings({window[2] for window in windows}, papers, evidence, lkv)
    findings = _findings(asked, declared.total(), unknown.total())
    return Rights(
        as_table(windows),
        rows,
        findings,
        partial(_places, engine, asks, lkv, declared, unknown),
        used,
        uncovered(engine, asks, lkv, held),
        nameless_in(asks),
    )


def _readings(granted: set[str], papers: Declared, evidence: Evidence, lkv: LkvTerms) -> tuple[Reading, ...]:
    """The readings that rights rest on; none when there are no rights."""
    by_declaration = JOBS_BY_DECLARATION in granted
    transition = lkv.ground == BY_REGISTRATION and bool(granted & {JOBS_BY_DECLARATION, *ENDED})
    training = any(category == TRAINING for _, category in papers.declared)
    conditions = {
        readings.EMPLOYMENT: bool(granted),
        readings.TRAINING: by_declaration and training,
        readings.TRANSITION_ON_FIRST_DAY: transition,
        readings.OTHER_BENEFITS: bool(granted & set(OTHER_RIGHTS)),
        readings.REASSIGNED_FROM_DECLARATION: REASSIGNED in granted,
        readings.RUNS_ON_AFTER_TRANSFER: bool(granted) and evidence.transfers is not None,
        readings.YEARS_FROM_NEW_START: JOBS_BY_YEARS in granted,
    }
    return tuple(reading for reading, holds in conditions.items() if holds)


def _findings(asked: int, covered: int, unknown: int) -> dict[str, int]:
    return {WITHOUT_DECLARATION: asked - covered, WITHOUT_START: unknown}


def _places(engine: Engine, asks: Frame, lkv: LkvTerms, covered: Counter[int], unknown: Counter[int]) -> Places:
    """At which employers: `rsin`, `found`."""
    columns = columns_needing_declaration(lkv)
    asked = sums_by(asks, ("rsin",), *columns).with_columns(asked=nw.sum_horizontal(*columns))
    with_cover = asked.join(engine.table(_by_rsin(covered, "covered")), on="rsin", how="left")
    return {
        WITHOUT_DECLARATION: with_cover.select("rsin", found=nw.col("asked") - nw.col("covered").fill_null(0)),
        WITHOUT_START: engine.table(_by_rsin(unknown, "found")),
    }


def _by_rsin(numbers: Counter[int], name: str) -> pa.Table:
    return pa.table({"rsin": pa.array(list(numbers), pa.int64()), name: pa.array(list(numbers.values()), pa.int64())})


__all__ = ["Evidence", "Rights", "rights", "years_with_employments"]
