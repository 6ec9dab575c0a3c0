"""A wider register: the base under it, from that under the register as it is and the rows of who is added."""

from pathlib import Path

import narwhals as nw
import pyarrow as pa
from attrs import evolve

from quotum.archive import known as archive_known
from quotum.engine.interface import Engine
from quotum.engine.parquet_writer import write_parquet
from quotum.frames import Frame
from quotum.identifiers import SUB_NUMBERS
from quotum.law.kinds_of_work import hired_in
from quotum.law.wfsv.job_count import Hours
from quotum.law.wfsv.job_hours import DecemberHours
from quotum.periods import BASELINE_YEAR
from quotum.run.preparation import Prepared
from quotum.run.stages.columns import RETURN, sums_by
from quotum.run.stages.rows_in_force import People, YearRows, year_rows_of_persons
from quotum.run.terms import Terms
from quotum.simulate.keeping import Shelf
from quotum.simulate.reduce import (
    EMPLOYER_COLUMNS,
    MEASURES,
    PERSON_COLUMNS,
    Base,
    DecemberCount,
    also,
    december_from,
    hours_of_december,
    with_sheltered,
)
from quotum.tables import EMPLOYERS


def widened(
    engine: Engine, prepared: Prepared[Terms], before: People, people: People, added: pa.Table, base: Base, shelf: Shelf
) -> Base:
    """The base under a wider register, from that under the register as it is and the rows of who is added alone.

    A registration bears on hours of the target group and on rights, and on nothing else: what a return
    adds up to besides, and who is small, stay as they are.

    Args:
        engine: Where it runs.
        prepared: The settlement of the law as it is over the same year.
        before: Register as it is, and traits.
        people: Register with what is added, and traits.
        added: `bsn` of who is added.
        base: The base under the register as it is.
        shelf: Where it is kept.
    """
    listed = archive_known.employers(prepared.archive)
    listed = EMPLOYERS.inside_schema.empty_table() if listed is None else listed
    persons = engine.keep(engine.table(added.select(["bsn"])).unique())

    def more(year: int) -> tuple[YearRows, Frame]:
        """Rows of who is added under the wider register, and what each return gains by it."""
        archive, as_of = prepared.archive, prepared.request.as_of
        wider, as_is = (
            with_sheltered(year_rows_of_persons(engine, archive, one, persons, year, as_of)) for one in (people, before)
        )
        gained, had = (sums_by(_hours_by_return(one.rows), RETURN, *MEASURES.values()) for one in (wider, as_is))
        lost = had.select(*RETURN, **{name: nw.col(name) * -1 for name in MEASURES.values()})
        change = sums_by(nw.concat([gained, lost], how="vertical"), RETURN, *MEASURES.values())
        return wider, engine.keep(change.with_columns(rsin=nw.col("payroll_tax_number") // SUB_NUMBERS))

    year = prepared.request.year
    found, change = more(year)
    now = _together(base.now, december_from(hours_of_december(engine, found.returns, change, listed, year)))
    baseline = base.baseline
    if baseline is not None:
        then, change_then = more(BASELINE_YEAR)
        baseline = _together(
            baseline, december_from(hours_of_december(engine, then.returns, change_then, listed, BASELINE_YEAR))
        )

    def employers(path: Path) -> None:
        by_employer = engine.table(
            engine.collect(sums_by(change, ("rsin",), "target_hours").select("rsin", gained=nw.col("target_hours")))
        )
        joined = engine.scan([base.employers], EMPLOYER_COLUMNS).join(by_employer, on="rsin", how="left")
        hours = nw.col("target_hours") + nw.col("gained").fill_null(0)
        rows = joined.with_columns(target_hours=hours).select(*EMPLOYER_COLUMNS.names)
        write_parquet(engine.batches(rows, ("rsin",)), EMPLOYER_COLUMNS, path)

    def rows_of(path: Path) -> None:
        others = engine.scan([base.persons], PERSON_COLUMNS).join(persons, on="bsn", how="anti")
        rows = nw.concat([others, found.rows.select(*PERSON_COLUMNS.names)], how="vertical")
        write_parquet(engine.batches(rows, ("fragment", "row")), PERSON_COLUMNS, path)

    return evolve(
        base,
        employers=shelf.get("employers.parquet", employers),
        persons=shelf.get("persons.parquet", rows_of),
        now=now,
        baseline=baseline,
    )


def _hours_by_return(rows: Frame) -> Frame:
    """Hours of each row that count, by the measures of December."""
    in_group, none = nw.col("in_target_group") == 1, nw.lit(0)
    hours = {
        "target_hours": nw.when(in_group).then(nw.col("paid_hours")).otherwise(none),
        "hired_in_hours": nw.when(in_group & hired_in()).then(nw.col("paid_hours")).otherwise(none),
        **{name: expression for name, expression in also().items() if name == "sheltered_hours"},
    }
    return rows.select(*RETURN, **{name: expression.cast(nw.Int64) for name, expression in hours.items()})


def _together(one: DecemberCount, other: DecemberCount) -> DecemberCount:
    def both(mine: Hours, theirs: Hours) -> Hours:
        none = DecemberHours(0, 0)
        return {sector: mine.get(sector, none) + theirs.get(sector, none) for sector in {**mine, **theirs}}

    return DecemberCount(
        both(one.target, other.target), both(one.hired_in, other.hired_in), both(one.sheltered, other.sheltered)
    )


__all__ = ["widened"]
