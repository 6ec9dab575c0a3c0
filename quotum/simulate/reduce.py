"""A pass over the rows that collects everything on which parameters act, and nothing that they change.

No rate, limit, maximum or target affects the result. Durations of a right and the pension age affect only hours by
right, which `quotum.simulate.right_hours` makes from the few kept rows.
"""

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

import narwhals as nw
import pyarrow as pa
import pyarrow.compute as pc
from attrs import evolve, frozen

from quotum.archive import small_tables
from quotum.engine.interface import Engine
from quotum.engine.parquet_writer import write_parquet
from quotum.frames import Frame
from quotum.law.kinds_of_work import out_of_count_as_sheltered
from quotum.law.wfsv.job_count import December, Hours
from quotum.law.wfsv.job_hours import DecemberHours, four_week_filers
from quotum.periods import BASELINE_YEAR, LAST_FOUR_WEEK_PERIOD, december, months, thirteenth
from quotum.run.preparation import Prepared
from quotum.run.regimes.as_enacted import wages_before
from quotum.run.stages import in_order as stages
from quotum.run.stages.columns import RETURN, flag, sums_by
from quotum.run.stages.jobs import by_sector
from quotum.run.stages.row_selection import LOOKED_AT
from quotum.run.stages.rows_in_force import People, YearRows, year_rows
from quotum.run.stages.small_employers import corrected_in, everyone
from quotum.run.terms import Terms
from quotum.simulate.shelf import Shelf
from quotum.tables import EMPLOYERS, INCOME_RELATIONS

EMPLOYER_COLUMNS: Final = pa.schema(
    {
        "rsin": pa.int64(), "sector": pa.string(), "region": pa.string(), "started_on": pa.date32(),
        "paid_hours": pa.int64(), "target_hours": pa.int64(), "base_hours": pa.int64(), "high_rows": pa.int64(),
        "all_rows": pa.int64(), "premium_wage_cents": pa.int64(), "employees": pa.int64(),
    }
)  # fmt: skip
"""Columns per employer, by RSIN; `premium_wage_cents` is that of t-2, null when unknown, before transfers."""
RETURN_COLUMNS: Final = pa.schema({"place": pa.int64(), "base_cents": pa.int64()})
"""Columns per return with a base: place of its employer, and the base after deductions."""
_FACTS: Final = ("rsin", "in_target_group", "out_until_2025", "counts_if_sheltered")
PERSON_COLUMNS: Final = pa.schema(
    [
        *(INCOME_RELATIONS.inside_schema.field(name) for name in LOOKED_AT),
        *(pa.field(name, pa.int64()) for name in _FACTS),
    ]
)
"""Rows of persons in the register or with a declaration, with their facts."""
Plain = dict[str, list[list[object]]]
"""Hours of a December by measure, as JSON holds them: sector, hours of month filers, of four-week filers."""
MEASURES: Final = {"target": "target_hours", "hired_in": "hired_in_hours", "sheltered": "sheltered_hours"}


@frozen
class Correction:
    """A premium wage of t-2 corrected by transfers."""

    rsin: int
    """Employer."""
    known_cents: int
    """Its known part, cents."""
    known: bool
    """Whether that is all of it."""
    took_over: bool
    """Whether the employer took over anything."""


@frozen
class DecemberCount(December):
    """Hours that count in a December, by sector, with those of work that does not count."""

    sheltered: Hours
    """Hours of registered persons in sheltered work, which does not count."""


@frozen
class Base:
    """Result of a pass over the rows."""

    employers: Path
    """Parquet file, as `EMPLOYER_COLUMNS`, in order of RSIN."""
    returns: Path
    """Parquet file, as `RETURN_COLUMNS`, in order of place."""
    persons: Path
    """Parquet file, as `PERSON_COLUMNS`."""
    corrections: tuple[Correction, ...]
    """Wages corrected by transfers."""
    now: DecemberCount
    """December of the year."""
    baseline: DecemberCount | None
    """December 2012; None when the archive holds no return of it."""


def reduced_base(
    engine: Engine, prepared: Prepared[Terms], people: People, shelf: Shelf, progress: Callable[[str], None]
) -> Base:
    """Returns the result of a pass over the rows, from the shelf when it is there.

    Args:
        engine: The engine.
        prepared: The settlement of the law as it is over the same year.
        people: Register, with additions of a scenario, and traits.
        shelf: Shelf for the result.
        progress: Called with the name of each stage of a pass as it begins.
    """
    names = ("employers.parquet", "returns.parquet", "persons.parquet", "counts.json")
    if not all((shelf.folder / name).is_file() for name in names):
        _pass(engine, prepared, people, shelf, progress)
    return _read(engine, prepared, people, shelf, names, progress)


def _read(
    engine: Engine,
    prepared: Prepared[Terms],
    people: People,
    shelf: Shelf,
    names: tuple[str, ...],
    progress: Callable[[str], None],
) -> Base:
    """Reads the kept files after checking each; a damaged file makes the pass run again."""

    def refuse(_path: Path) -> None:
        raise _Damaged

    try:
        employers, returns, persons, counts = (shelf.get(name, refuse) for name in names)
    except _Damaged:
        _pass(engine, prepared, people, shelf, progress)
        employers, returns, persons, counts = (shelf.get(name, refuse) for name in names)
    content = json.loads(counts.read_text("utf-8"))
    return Base(
        employers,
        returns,
        persons,
        tuple(Correction(*values) for values in content["corrections"]),
        december_from(content["now"]),
        None if content["baseline"] is None else december_from(content["baseline"]),
    )


class _Damaged(Exception):
    """A kept file was altered."""


def _pass(
    engine: Engine, prepared: Prepared[Terms], people: People, shelf: Shelf, progress: Callable[[str], None]
) -> None:
    archive, request = prepared.archive, prepared.request
    listed = small_tables.employers(archive)
    listed = EMPLOYERS.inside_schema.empty_table() if listed is None else listed
    progress("in force")
    year_data = with_sheltered(year_rows(engine, archive, people, request.year, request.as_of))
    progress("count")
    counted = stages.count(engine, year_data, simulation_sums())
    progress("employers")
    wages = wages_before(engine, prepared, people)
    employers = _employers(engine, counted, listed, wages, request.year)
    deducted = stages.deduct(engine, counted, small_tables.deductions(archive), request.year)
    corrections = corrected_in(engine, listed, wages, request.year)
    progress("jobs")
    counts = {
        "now": hours_of_december(engine, counted.returns, counted.looked_at, listed, request.year),
        "baseline": counted_baseline(engine, prepared, people, listed),
        "corrections": [
            [rsin, wage.known_cents, wage.known, wage.took_over] for rsin, wage in sorted(corrections.items())
        ],
    }
    progress("persons")
    declared = small_tables.declarations(archive)
    columns = [people.register["bsn"], *([] if declared is None else [declared["bsn"]])]
    persons = engine.table(
        pa.table({"bsn": pc.unique(pa.chunked_array([c for column in columns for c in column.chunks], pa.int64()))})
    )
    rows = year_data.opened.join(persons, on="bsn", how="semi").select(*PERSON_COLUMNS.names)

    def write(path: Path, batches: Iterable[pa.RecordBatch | pa.Table], schema: pa.Schema) -> None:
        write_parquet(batches, schema, path)

    shelf.get("employers.parquet", lambda path: write(path, [employers], EMPLOYER_COLUMNS))
    bases = _returns(engine, deducted, employers)
    shelf.get("returns.parquet", lambda path: write(path, engine.batches(bases, RETURN_COLUMNS.names), RETURN_COLUMNS))
    shelf.get("persons.parquet", lambda path: write(path, engine.batches(rows, ("fragment", "row")), PERSON_COLUMNS))
    shelf.get("counts.json", lambda path: _write_json(path, counts))


def _write_json(path: Path, content: object) -> None:
    path.write_text(json.dumps(content), "utf-8")


def with_sheltered(rows: YearRows) -> YearRows:
    """Adds to the rows whether they would count if sheltered work did."""
    counts = (nw.col("registered").fill_null(0) == 1) & out_of_count_as_sheltered()
    counted = {"counts_if_sheltered": flag(counts)}
    return evolve(rows, rows=rows.rows.with_columns(**counted), opened=rows.opened.with_columns(**counted))


def simulation_sums() -> dict[str, nw.Expr]:
    """Returns hours and rows that only a simulation adds up, by name."""
    hours = nw.when(nw.col("counts_if_sheltered") == 1).then(nw.col("paid_hours")).otherwise(nw.lit(0))
    return {
        "sheltered_hours": hours.cast(nw.Int64),
    }


def _employers(engine: Engine, counted: stages.Counted, listed: pa.Table, wages: stages.Wages, year: int) -> pa.Table:
    """Returns every employer with the columns of tests and groups, in order of RSIN.

    Employees are the mean number of employment relations per return period, rounded half up: those of month filers over
    twelve periods, of four-week filers over thirteen.
    """
    filers = four_week_filers(counted.returns, year)
    by_filer = counted.parts.join(filers, on="payroll_tax_number", how="left").with_columns(
        four=nw.col("four_week_filer").fill_null(0) * nw.col("employment_rows"),
    )
    rows = engine.keep(sums_by(by_filer, ("rsin",), "four").select("rsin", "four"))
    joined = everyone(engine, counted, listed, wages).join(rows, on="rsin", how="left")
    names = ("paid_hours", "target_hours", "base_hours", "high_rows", "all_rows", "employment_rows", "four")
    table = engine.collect(
        joined.with_columns(*(nw.col(name).fill_null(0) for name in names))
        .with_columns(premium_wage_cents=nw.coalesce("delivered_cents", "summed_cents"))
        .with_columns(
            parts=(nw.col("employment_rows") - nw.col("four")) * LAST_FOUR_WEEK_PERIOD
            + nw.col("four") * len(months(year))
        )
    ).sort_by("rsin")
    per_employee = LAST_FOUR_WEEK_PERIOD * len(months(year))
    doubled = pc.add(pc.multiply(table["parts"], 2), per_employee)
    employees = pc.divide(doubled, 2 * per_employee)
    regions = listed.select(["rsin", "region"]).sort_by("rsin")
    found_at = pc.index_in(table["rsin"], value_set=regions["rsin"].combine_chunks())
    region = regions["region"].take(found_at)
    table = table.append_column("employees", employees).append_column("region", region)
    return table.select(EMPLOYER_COLUMNS.names).cast(EMPLOYER_COLUMNS)


def _returns(engine: Engine, deducted: stages.Deducted, employers: pa.Table) -> Frame:
    places = pa.table({"rsin": employers["rsin"], "place": pa.array(range(employers.num_rows), pa.int64())})
    with_base = deducted.bases().filter(nw.col("base_cents") != 0).select("rsin", "base_cents", *RETURN)
    return with_base.join(engine.table(places), on="rsin", how="inner").select(*RETURN_COLUMNS.names)


def hours_of_december(
    engine: Engine, returns: Frame, hours: Frame, listed: pa.Table, year: int
) -> dict[str, list[list[object]]]:
    """Returns hours of a December by measure, sector and filer; `returns` and `hours` as `counting.december_hours`."""
    names = tuple(MEASURES.values())
    by_measure = by_sector(engine, stages.december_hours(returns, hours, year, names), listed, names)
    return {key: _plain(by_measure[name]) for key, name in MEASURES.items()}


def counted_baseline(
    engine: Engine, prepared: Prepared[Terms], people: People, listed: pa.Table
) -> dict[str, list[list[object]]] | None:
    """Returns hours of December 2012; None when the archive holds no return of it."""
    if BASELINE_YEAR not in prepared.archive.years():
        return None
    periods = (december(BASELINE_YEAR), thirteenth(BASELINE_YEAR))
    rows = year_rows(engine, prepared.archive, people, BASELINE_YEAR, prepared.request.as_of, periods)
    with_flags = with_sheltered(rows)
    counted = stages.count(engine, with_flags, simulation_sums())
    counts = hours_of_december(engine, counted.returns, counted.looked_at, listed, BASELINE_YEAR)
    return counts if counts["target"] else None


def _plain(hours: Hours) -> list[list[object]]:
    return [
        [sector, int(counted.month_filers), int(counted.four_week_filers)]
        for sector, counted in sorted(hours.items(), key=lambda pair: pair[0] or "")
    ]


def december_from(content: Plain) -> DecemberCount:
    """Reads hours of a December from JSON."""

    def hours(rows: list[list[object]]) -> Hours:
        return {row[0]: DecemberHours(row[1], row[2]) for row in rows}  # type: ignore[misc, arg-type]

    return DecemberCount(*(hours(content[key]) for key in MEASURES))


__all__ = [
    "EMPLOYER_COLUMNS",
    "MEASURES",
    "PERSON_COLUMNS",
    "RETURN_COLUMNS",
    "Base",
    "Correction",
    "DecemberCount",
    "counted_baseline",
    "december_from",
    "hours_of_december",
    "reduced_base",
    "simulation_sums",
    "with_sheltered",
]
