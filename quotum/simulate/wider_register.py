"""A wider register: its base, made from the base under the present register and the rows of the added persons."""

from pathlib import Path

import narwhals as nw
import pyarrow as pa
from attrs import evolve

from quotum.archive import small_tables
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
from quotum.simulate.reduce import (
    EMPLOYER_COLUMNS,
    MEASURES,
    PERSON_COLUMNS,
    Base,
    DecemberCount,
    december_from,
    hours_of_december,
    simulation_sums,
    with_sheltered,
)
from quotum.simulate.shelf import Shelf
from quotum.tables import EMPLOYERS


def widened_base(
    engine: Engine, prepared: Prepared[Terms], before: People, people: People, added: pa.Table, base: Base, shelf: Shelf
) -> Base:
    """Makes the base under a wider register from that under the present register and the rows of the added persons.

    A registration only affects hours of the target group and rights: the other sums of a return, and which employers
    are small, stay the same.

    Args:
        engine: The engine.
        prepared: The settlement of the law as it is over the same year.
        before: Present register, and traits.
        people: Register with the additions, and traits.
        added: `bsn` of the added persons.
        base: The base under the present register.
        shelf: Shelf for the result.
    """
    listed = small_tables.employers(prepared.archive)
    listed = EMPLOYERS.inside_schema.empty_table() if listed is None else listed
    persons = engine.keep(engine.table(added.select(["bsn"])).unique())

    def more(year: int) -> tuple[YearRows, Frame]:
        """Returns rows of the added persons under the wider register, and the gain of each return."""
        archive, as_of = prepared.archive, prepared.request.as_of
        wider, as_is = (
            with_sheltered(year_rows_of_persons(engine, archive, register, persons, year, as_of))
            for register in (people, before)
        )
        gained, had = (sums_by(_hours_by_return(data.rows), RETURN, *MEASURES.values()) for data in (wider, as_is))
        lost = had.select(*RETURN, **{name: nw.col(name) * -1 for name in MEASURES.values()})
        change = sums_by(nw.concat([gained, lost], how="vertical"), RETURN, *MEASURES.values())
        return wider, engine.keep(change.with_columns(rsin=nw.col("payroll_tax_number") // SUB_NUMBERS))

    year = prepared.request.year
    year_data, change = more(year)
    december = _together(base.now, december_from(hours_of_december(engine, year_data.returns, change, listed, year)))
    baseline = base.baseline
    if baseline is not None:
        baseline_data, change_then = more(BASELINE_YEAR)
        baseline = _together(
            baseline,
            december_from(hours_of_december(engine, baseline_data.returns, change_then, listed, BASELINE_YEAR)),
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
        rows = nw.concat([others, year_data.rows.select(*PERSON_COLUMNS.names)], how="vertical")
        write_parquet(engine.batches(rows, ("fragment", "row")), PERSON_COLUMNS, path)

    return evolve(
        base,
        employers=shelf.get("employers.parquet", employers),
        persons=shelf.get("persons.parquet", rows_of),
        now=december,
        baseline=baseline,
    )


def _hours_by_return(rows: Frame) -> Frame:
    """Returns the hours of each row that count, by the measures of December."""
    in_group, none = nw.col("in_target_group") == 1, nw.lit(0)
    hours = {
        "target_hours": nw.when(in_group).then(nw.col("paid_hours")).otherwise(none),
        "hired_in_hours": nw.when(in_group & hired_in()).then(nw.col("paid_hours")).otherwise(none),
        **{name: expression for name, expression in simulation_sums().items() if name == "sheltered_hours"},
    }
    return rows.select(*RETURN, **{name: expression.cast(nw.Int64) for name, expression in hours.items()})


def _together(first: DecemberCount, second: DecemberCount) -> DecemberCount:
    def add(left: Hours, right: Hours) -> Hours:
        none = DecemberHours(0, 0)
        return {sector: left.get(sector, none) + right.get(sector, none) for sector in {**left, **right}}

    return DecemberCount(
        add(first.target, second.target), add(first.hired_in, second.hired_in), add(first.sheltered, second.sheltered)
    )


__all__ = ["widened_base"]
