"""Who has a right that hangs on an employment: decided per person in plain Python, some thousands at a time.

The stages join what comes out of it on equality: only persons that have a declaration (or, when
the LKV ends after some years, a registration) and whose employer asked come into it.
"""

from collections.abc import Callable, Iterable
from datetime import date
from functools import partial
from typing import Final

import narwhals as nw
import pyarrow as pa
from attrs import frozen

from quotum.archive.known import Known
from quotum.engine.interface import Engine
from quotum.frames import Frame
from quotum.law.readings import Reading
from quotum.law.wtl.terms import LkvTerms
from quotum.law.wtl.windows import JOBS_BY_DECLARATION, hangs_on_employments, readings_of
from quotum.run.stages import tables
from quotum.run.stages.columns import Places, rows_of, sums_by
from quotum.run.stages.outputs import gives
from quotum.run.stages.reported_employments import employment_reports
from quotum.run.stages.requests import (
    asks_of,
    columns_needing_declaration,
    nameless_in,
    persons_to_look_at,
    uncovered,
)
from quotum.run.stages.rights_of_persons import COVERED, DECIDED, WINDOW, deciding, known_of, papers_of, says_training
from quotum.run.stages.rights_of_persons import WITHOUT_START as START_UNKNOWN
from quotum.run.stages.rows_in_force import YearRows, rows_of_persons

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

    windows: Frame | None = None
    """`rsin`, `bsn`, `right`, `from_day`, `ends_before`; None when nobody is looked at."""
    places: Callable[[], Places] = dict
    """Where something was remarkable, made when asked for."""
    readings: tuple[Reading, ...] = ()
    """Readings that the rights rest on."""
    uncovered: Frame | None = None
    """Requests without a declaration: `rsin`, `bsn`, `category`, and the `paid_hours` of their rows."""
    nameless: Frame | None = None
    """Rows of the target group that ask the LKV without a birth date: `rsin`, `bsn`, `category`, `paid_hours`."""


def years_with_employments(archive: Known, evidence: Evidence, lkv: LkvTerms, year: int) -> tuple[int, ...]:
    """The calendar years whose returns are read for starts of employments: none when no right hangs on one."""
    if not hangs_on_employments(lkv, declared=evidence.declarations is not None):
        return ()
    return tuple(sorted(read_year for read_year in archive.years() if read_year <= year))


@gives(windows=tables.WINDOWS, uncovered=tables.REQUESTS, nameless=tables.REQUESTS)
def rights(
    engine: Engine,
    archive: Known,
    register: pa.Table,
    evidence: Evidence,
    year_rows: YearRows,
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
        year_rows: The rows of the year.
        lkv: The text that holds and its figures.
        year: Calendar year.
        as_of: Returns count as filed by the end of this day.
        earlier: What `told` gave for an earlier year, when that is at hand; of these persons and others.

    Raises:
        ArchiveLacks: A message of an earlier year contradicts itself about one of the persons, and the archive
            is read strictly.
    """
    asks = engine.keep(asks_of(year_rows.opened))
    years = years_with_employments(archive, evidence, lkv, year)
    if not years:
        return Rights(
            places=partial(_places, asks, lkv, None),
            uncovered=uncovered(asks, lkv, None),
            nameless=nameless_in(asks),
        )
    persons = engine.keep(persons_to_look_at(engine, asks, evidence.declarations, lkv))
    telling = told_of(
        engine, archive, year_rows, persons, [read_year for read_year in years if read_year < year], as_of, earlier
    )
    papers = engine.keep(engine.table(papers_of(register, evidence.declarations)).join(persons, on="bsn", how="semi"))
    known = known_of(telling, asks, papers)
    decided = engine.map_by(known, "bsn", deciding(lkv, evidence.transfers), DECIDED)
    numbers = _numbers(engine, decided)
    granted = {right for what, right in numbers if what == WINDOW and right}
    training = JOBS_BY_DECLARATION in granted and rows_of(engine, papers.filter(says_training())) > 0
    return Rights(
        decided.filter(nw.col("what") == WINDOW).select("rsin", "bsn", "right", "from_day", "ends_before"),
        partial(_places, asks, lkv, decided),
        readings_of(granted, lkv, transfers=evidence.transfers is not None, training=training),
        uncovered(asks, lkv, decided.filter(nw.col("what") == COVERED).select("rsin", "bsn", category="right")),
        nameless_in(asks),
    )


def told_of(
    engine: Engine,
    archive: Known,
    year_rows: YearRows,
    persons: Frame,
    before: Iterable[int],
    as_of: date,
    earlier: Callable[[int], Frame] | None = None,
) -> list[Frame]:
    """What returns tell of the employments of some persons, year by year: as `told`.

    Args:
        engine: Where it runs.
        archive: The archive as known.
        year_rows: The rows of the year.
        persons: `bsn`, each once.
        before: Earlier years to be read.
        as_of: Returns count as filed by the end of this day.
        earlier: As of `rights`.
    """
    now = employment_reports(year_rows.opened.join(persons, on="bsn", how="semi"))
    return [
        now,
        *(
            employment_reports(rows_of_persons(engine, archive, persons, read_year, as_of))
            if earlier is None
            else earlier(read_year).join(persons, on="bsn", how="semi")
            for read_year in before
        ),
    ]


def _numbers(engine: Engine, decided: Frame) -> dict[tuple[str, str | None], int]:
    """How often what was decided, by what it is and the right it is about."""
    rows = engine.collect(sums_by(decided, ("what", "right"), "found")).to_pylist()
    return {(row["what"], row["right"]): row["found"] for row in rows}


def _places(asks: Frame, lkv: LkvTerms, decided: Frame | None) -> Places:
    """At which employers: `rsin`, `found`."""
    columns = columns_needing_declaration(lkv)
    asked = sums_by(asks, ("rsin",), *columns).select("rsin", found=nw.sum_horizontal(*columns))
    if decided is None:
        return {WITHOUT_DECLARATION: asked}
    by_employer = {
        what: sums_by(decided.filter(nw.col("what") == what), ("rsin",), "found") for what in (COVERED, START_UNKNOWN)
    }
    covered = by_employer[COVERED].select("rsin", covered=nw.col("found"))
    without = asked.join(covered, on="rsin", how="left").select(
        "rsin", found=nw.col("found") - nw.col("covered").fill_null(0)
    )
    return {WITHOUT_DECLARATION: without, WITHOUT_START: by_employer[START_UNKNOWN]}


__all__ = ["Evidence", "Rights", "rights", "told_of", "years_with_employments"]
