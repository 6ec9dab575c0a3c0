"""Hours by right of every person with an employer: once per set of durations and pension ages, from the kept rows.

The readings behind the rights are kept beside them, so that a second comparison can name them too.
"""

import json
from pathlib import Path
from typing import Final

import narwhals as nw
import pyarrow as pa
from attrs import asdict, evolve, frozen

from quotum.archive import small_tables
from quotum.engine.interface import Engine
from quotum.engine.parquet_writer import write_parquet
from quotum.frames import Frame
from quotum.law.readings import Reading
from quotum.law.wtl.terms import BenefitTerms, LkvTerms
from quotum.parameters import Figures
from quotum.run.preparation import Prepared
from quotum.run.stages import in_order as stages
from quotum.run.stages.grants import hours_by_right
from quotum.run.stages.reported_employments import TOLD, employment_reports
from quotum.run.stages.rows_in_force import People, YearRows, of_rows, rows_of_persons
from quotum.run.stages.tables import HOURS_BY_RIGHT
from quotum.run.terms import Terms
from quotum.simulate.carried_back import text_carried_back
from quotum.simulate.reduce import PERSON_COLUMNS, Base
from quotum.simulate.shelf import Shelf, short_digest

LINE_COLUMNS: Final = HOURS_BY_RIGHT.inside_schema
"""Hours that count for a right of a person with an employer, in order of these columns."""
SHELTERED: Final = "sheltered"
"""Right that people in sheltered work would have if it counted."""


@frozen
class RightHours:
    """Hours by right, and their readings."""

    lines: Path
    """Parquet file, as `LINE_COLUMNS`."""
    readings: tuple[Reading, ...]
    """Readings on which the rights rest."""


def lines_of(
    engine: Engine, prepared: Prepared[Terms], people: People, base: Base, shelf: Shelf, lkv: LkvTerms,
    figures: Figures, years_later: int = 0,
) -> RightHours:  # fmt: skip
    """Returns the hours by right under some durations and pension ages.

    Args:
        engine: The engine.
        prepared: The settlement of the law as it is over the same year.
        people: Register and traits of the base.
        base: Result of the pass over the rows.
        shelf: Shelf for the result.
        lkv: The text that holds; its rates and maxima have no effect here.
        figures: The parameters, for the pension age.
        years_later: Whole years from the year of the rows to that of the law; see `carried_back`.
    """
    lkv = text_carried_back(lkv, years_later)
    limits = stages.pension_limits(prepared.request.year, figures, years_later)
    key = short_digest([asdict(_without_amounts(lkv)), limits.to_pydict()])[:16]

    def rights() -> stages.Rights:
        return _rights(engine, prepared, people, base, shelf, _kept_rows(engine, base), lkv)

    def make(path: Path) -> None:
        rows = _kept_rows(engine, base)
        by_right = hours_by_right(engine, rows, rights(), lkv, limits)
        counted = nw.concat([by_right, _sheltered(engine, rows.rows, lkv, limits)], how="vertical")
        write_parquet(engine.batches(counted, LINE_COLUMNS.names), LINE_COLUMNS, path)

    def make_readings(path: Path) -> None:
        path.write_text(json.dumps([asdict(reading) for reading in rights().readings]), "utf-8")

    lines = shelf.get(f"lines-{key}.parquet", make)
    readings = shelf.get(f"readings-{key}.json", make_readings)
    return RightHours(lines, tuple(Reading(**reading) for reading in json.loads(readings.read_text("utf-8"))))


def _kept_rows(engine: Engine, base: Base) -> YearRows:
    rows = engine.scan([base.persons], PERSON_COLUMNS)
    return of_rows(rows)


def _without_amounts(lkv: LkvTerms) -> LkvTerms:
    """Removes rates and maxima from the text that holds, so that texts that only differ in these share their lines."""

    def bare(benefit: BenefitTerms) -> BenefitTerms:
        return evolve(benefit, rate_cents=0, cap_cents=0)

    return evolve(
        lkv,
        older=None if lkv.older is None else bare(lkv.older),
        older_before_2024=None if lkv.older_before_2024 is None else bare(lkv.older_before_2024),
        disabled=bare(lkv.disabled),
        reassigned=bare(lkv.reassigned),
    )


def _rights(
    engine: Engine, prepared: Prepared[Terms], people: People, base: Base, shelf: Shelf, rows: YearRows, lkv: LkvTerms
) -> stages.Rights:
    archive, request = prepared.archive, prepared.request
    evidence = stages.Evidence(small_tables.declarations(archive), small_tables.transfers(archive))

    def earlier(year: int) -> Frame:
        return engine.scan([_earlier_employments(engine, prepared, base, shelf, year)], TOLD)

    return stages.rights(engine, archive, people.register, evidence, rows, lkv, request.year, request.as_of, earlier)


def _earlier_employments(engine: Engine, prepared: Prepared[Terms], base: Base, shelf: Shelf, year: int) -> Path:
    """Returns the employments that the returns of an earlier year report for the kept persons, as `TOLD`."""

    def make(path: Path) -> None:
        persons = engine.keep(engine.scan([base.persons], PERSON_COLUMNS).select("bsn").unique())
        rows = rows_of_persons(engine, prepared.archive, persons, year, prepared.request.as_of)
        write_parquet(engine.batches(employment_reports(rows).select(*TOLD.names), TOLD.names), TOLD, path)

    return shelf.get(f"told-{year}.parquet", make)


def _sheltered(engine: Engine, rows: Frame, lkv: LkvTerms, limits: pa.Table) -> Frame:
    """Returns hours of sheltered work that would count if it did: registered, requested, insured and of age."""
    as_if = rows.filter(nw.col("counts_if_sheltered") == 1).with_columns(in_target_group=nw.lit(1).cast(nw.Int64))
    counted_rows = of_rows(as_if)
    in_force = evolve(lkv, ground="registration", years=0)
    return hours_by_right(engine, counted_rows, stages.Rights(), in_force, limits).with_columns(right=nw.lit(SHELTERED))


__all__ = ["LINE_COLUMNS", "SHELTERED", "RightHours", "lines_of"]
