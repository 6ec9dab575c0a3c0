"""Rows in force with the facts of the law beside them: in which period, registered, which kind of work."""

from collections.abc import Callable
from datetime import date
from functools import partial

import narwhals as nw
import pyarrow as pa
import pyarrow.compute as pc
from attrs import evolve, frozen

from quotum.archive import small_tables
from quotum.archive.in_force import InForce
from quotum.archive.known import Known
from quotum.archive.setting_aside import in_force_without
from quotum.engine.interface import Engine
from quotum.frames import Frame, each_once, one_of
from quotum.identifiers import SUB_NUMBERS
from quotum.law.kinds_of_work import (
    FLAGS,
    ROW,
    contradicted_by_trait,
    out_of_count,
    out_of_surcharge_base,
    out_until_2025,
    trait_flags,
)
from quotum.law.returns import RETURN
from quotum.law.wtl.target_group import KEY, in_target_group, registered_in_period, registered_throughout
from quotum.periods import Period, periods_of_year
from quotum.run.stages import row_selection as opening
from quotum.run.stages import tables
from quotum.run.stages.filing_times import after_receipt, overlapping
from quotum.run.stages.outputs import gives
from quotum.tables import CORRECTIONS, FRAGMENTS, INCOME_RELATIONS, REGISTER, TRAITS

_NO_PERSONS = pa.table({"bsn": pa.array([], pa.int64())})


@frozen
class People:
    """The small tables about persons, put in order; empty when never delivered."""

    register: pa.Table
    """`bsn`, `registered_from`, `registered_until`, `ended_by`."""
    traits: pa.Table
    """`payroll_tax_number`, `bsn`, `relation_number`, `trait`, `from_day`, `until_day`."""
    others: pa.Table = _NO_PERSONS
    """`bsn` of persons of whom a rule looks at each row for another reason: a declaration, an allocation."""

    @property
    def looked_at(self) -> pa.Table:
        """`bsn`, each once, of everybody whose rows are looked at one by one."""
        names = [self.register["bsn"], self.traits["bsn"], self.others["bsn"]]
        every = pa.chunked_array([chunk for column in names for chunk in column.chunks], pa.int64())
        return pa.table({"bsn": pc.unique(every)})


def people_of(archive: Known) -> People:
    """Register and traits, empty when never delivered."""
    register = small_tables.register(archive)
    traits = small_tables.traits(archive)
    tables = [small_tables.declarations(archive), small_tables.allocations(archive)]
    named = [_NO_PERSONS, *(table.select(["bsn"]).cast(_NO_PERSONS.schema) for table in tables if table is not None)]
    no_register = small_tables.merged_register(REGISTER.inside_schema.empty_table())
    return People(
        no_register if register is None else register,
        TRAITS.inside_schema.empty_table() if traits is None else traits,
        pa.concat_tables(named),
    )


@frozen
class YearRows:
    """The rows of a calendar year in force, with their facts."""

    rows: Frame
    """All of them, as yet unread: as `tables.INCOME_RELATIONS`, with `rsin`, `registered`, `out_of_count`,
    `out_until_2025`, `out_of_base`, `in_target_group` and `trait_contradicts` (each 0 or 1)."""
    opened: Frame
    """Those that the law looks at one by one, with the same facts; see `opening.LOOKED_AT`."""
    sums: Frame
    """What all rows in force add up to by their nature alone, any number of rows of a return; see `opening.Opened`."""
    scattered: Frame
    """Returns in force of which no message stands as it came: payroll tax number, period, `full`."""
    suspects: Frame | None
    """`bsn`, each once, of persons of whom was asked whether they have more than can be: all their rows are opened."""
    returns: Frame
    """Returns in force: payroll tax number, period, `full`."""
    messages: Frame
    """Messages filed by the day."""
    time_made: Frame
    """Those among them that count as filed when they were made."""
    unknown_withdrawals: Frame
    """Withdrawals of income relations that no message reports."""
    after_receipt: Frame
    """Messages made or filed later than they were received, as `filing.after_receipt`."""
    overlapping: Frame
    """Returns whose periods overlap, as `filing.overlapping`."""
    received: Frame
    """Fragments about the year that are neither withdrawn nor set aside, those filed later as well."""
    replaced: Frame
    """`fragment` of those that a later full return replaces whole."""

    @property
    def others(self) -> Frame:
        """What the rows in force add up to that are not opened, as `sums`."""
        opened = opening.measured_as(self.opened, -1)
        return nw.concat([self.sums, opened], how="vertical")


@gives(
    rows=tables.ROWS,
    opened=tables.OPENED,
    sums=tables.SUMS_IN_FORCE,
    scattered=tables.SCATTERED,
    suspects=tables.PERSONS,
    returns=tables.RETURNS_IN_FORCE,
    messages=tables.MESSAGES,
    time_made=tables.SOME_MESSAGES,
    unknown_withdrawals=tables.WITHDRAWALS,
    after_receipt=tables.SOME_MESSAGES,
    overlapping=tables.OVERLAPPING,
)
def year_rows(
    engine: Engine,
    archive: Known,
    people: People,
    year: int,
    as_of: date,
    only: tuple[Period, ...] = (),
    suspects: Callable[[Frame], Frame] | None = None,
) -> YearRows:
    """The rows of a year in force at the end of a day, with their facts.

    Args:
        engine: Where it runs.
        archive: The archive as known.
        people: Register and traits.
        year: Calendar year.
        as_of: Returns count as filed by the end of this day.
        only: Rows of these periods alone; the returns are of the whole year all the same.
        suspects: Gives of all received rows further persons to look at: `bsn`, each once.

    Raises:
        ArchiveLacks: A message contradicts itself, and the archive is read strictly.
    """
    of_corrections = archive.paths(CORRECTIONS, year)
    of_all = archive.paths(INCOME_RELATIONS, year)
    rows, corrections, full = (
        _within(engine.scan(paths, INCOME_RELATIONS.inside_schema), only)
        for paths in (of_all, of_corrections, [path for path in of_all if path not in of_corrections])
    )
    in_force = _in_force(engine, archive, rows, year, as_of, corrections)
    suspected = None if suspects is None else engine.keep(suspects(rows))
    sums = _within(opening.sums_of_year(engine, archive, year), only)
    few = opening.opened(engine, full, corrections, sums, in_force, _looked_at(engine, people, suspected))
    facts = _facts(engine, few.rows, people, year)
    return YearRows(
        rows=facts(in_force.rows),
        opened=engine.shelve(facts(few.rows)),
        sums=few.sums,
        scattered=in_force.placed.scattered,
        suspects=suspected,
        returns=in_force.returns,
        messages=in_force.messages,
        time_made=in_force.time_made,
        unknown_withdrawals=few.unknown_withdrawals,
        after_receipt=after_receipt(engine, archive, in_force.placed.filed),
        overlapping=overlapping(engine, in_force.returns, year),
        received=in_force.placed.received,
        replaced=in_force.placed.replaced,
    )


def _looked_at(engine: Engine, people: People, suspected: Frame | None) -> Frame:
    """`bsn`, each once, of everybody whose rows are looked at one by one."""
    known = engine.table(people.looked_at).filter(~nw.col("bsn").is_null())
    return known if suspected is None else engine.keep(each_once(nw.concat([known, suspected], how="vertical"), "bsn"))


def _within(rows: Frame, only: tuple[Period, ...]) -> Frame:
    """Rows of some periods, of all when none is named."""
    if not only:
        return rows
    return rows.filter(
        one_of(nw.col("period_start"), [period.start for period in only])
        & one_of(nw.col("period_end"), [period.end for period in only])
    )


def rows_of_persons(engine: Engine, archive: Known, persons: Frame, year: int, as_of: date) -> Frame:
    """The rows of a year in force at the end of a day, of some persons only and without facts.

    Args:
        engine: Where it runs.
        archive: The archive as known.
        persons: `bsn`; a row with a BSN depends on no row of another.
        year: Calendar year.
        as_of: Returns count as filed by the end of this day.

    Raises:
        ArchiveLacks: A message contradicts itself about one of them, and the archive is read strictly.
    """
    rows = engine.scan(archive.paths(INCOME_RELATIONS, year), INCOME_RELATIONS.inside_schema)
    of_persons = engine.keep(rows.join(persons, on="bsn", how="semi"))
    return _in_force(engine, archive, of_persons, year, as_of).rows


def year_rows_of_persons(
    engine: Engine, archive: Known, people: People, persons: Frame, year: int, as_of: date
) -> YearRows:
    """As `year_rows`, of some persons only; the returns are all of the year.

    Args:
        engine: Where it runs.
        archive: The archive as known.
        people: Register and traits.
        persons: `bsn`; a row with a BSN depends on no row of another.
        year: Calendar year.
        as_of: Returns count as filed by the end of this day.

    Raises:
        ArchiveLacks: A message contradicts itself about one of them, and the archive is read strictly.
    """
    rows = engine.scan(archive.paths(INCOME_RELATIONS, year), INCOME_RELATIONS.inside_schema)
    of_persons = engine.keep(rows.join(persons, on="bsn", how="semi"))
    return _each_looked_at(engine, archive, people, of_persons, year, as_of)


def rows_one_by_one(engine: Engine, archive: Known, people: People, year: int, as_of: date) -> YearRows:
    """As `year_rows`, each row of which is looked at: of few employers.

    Args:
        engine: Where it runs; it holds the rows of these employers alone.
        archive: The archive as known.
        people: Register and traits.
        year: Calendar year.
        as_of: Returns count as filed by the end of this day.

    Raises:
        ArchiveLacks: A message contradicts itself, and the archive is read strictly.
    """
    rows = engine.scan(archive.paths(INCOME_RELATIONS, year), INCOME_RELATIONS.inside_schema)
    return _each_looked_at(engine, archive, people, rows, year, as_of)


def _each_looked_at(engine: Engine, archive: Known, people: People, rows: Frame, year: int, as_of: date) -> YearRows:
    in_force = _in_force(engine, archive, rows, year, as_of)
    kept = engine.keep(in_force.rows)
    facts = _facts(engine, kept, people, year)(kept)
    few = of_rows(facts)
    return evolve(
        few,
        scattered=in_force.returns.select(*RETURN, "full"),
        returns=engine.keep(in_force.returns),
        messages=in_force.messages,
        time_made=in_force.time_made,
        unknown_withdrawals=in_force.unknown_withdrawals,
        after_receipt=after_receipt(engine, archive, in_force.placed.filed),
        overlapping=overlapping(engine, in_force.returns, year),
        received=in_force.placed.received,
        replaced=in_force.placed.replaced,
    )


def of_rows(rows: Frame) -> YearRows:
    """Few rows with their facts, each of which is looked at: there are no others, and nothing is known of returns."""
    nothing = rows.filter(nw.col("rsin") < 0)
    return YearRows(
        rows=rows,
        opened=rows,
        sums=opening.measured_as(rows, 1),
        scattered=nothing,
        suspects=rows.filter(~nw.col("bsn").is_null()).select("bsn").unique(),
        returns=nothing,
        messages=nothing,
        time_made=nothing,
        unknown_withdrawals=nothing,
        after_receipt=nothing,
        overlapping=nothing,
        received=nothing,
        replaced=nothing,
    )


def _fragments(engine: Engine, archive: Known, year: int) -> Frame:
    """The fragments about a calendar year."""
    return engine.scan(archive.paths(FRAGMENTS), FRAGMENTS.inside_schema).filter(opening.in_year(year))


def _in_force(
    engine: Engine, archive: Known, rows: Frame, year: int, as_of: date, corrections: Frame | None = None
) -> InForce:
    fragments = _fragments(engine, archive, year)
    return in_force_without(engine, archive, rows, fragments, year, as_of, corrections)


def _flag(condition: nw.Expr) -> nw.Expr:
    return nw.when(condition).then(nw.lit(1)).otherwise(nw.lit(0)).cast(nw.Int64)


def _facts(engine: Engine, rows: Frame, people: People, year: int) -> Callable[[Frame], Frame]:
    """What puts the facts of the law beside rows.

    Args:
        engine: Where it runs.
        rows: All rows of the year in force that can have a trait.
        people: Register and traits.
        year: Calendar year.
    """
    periods = periods_of_year(year)
    calendar = engine.table(
        pa.table(
            {
                "period_start": pa.array([period.start for period in periods], pa.date32()),
                "period_end": pa.array([period.end for period in periods], pa.date32()),
            }
        )
    )
    register = engine.table(people.register)
    throughout = engine.keep(registered_throughout(register, calendar))
    # The few others are looked up by period.
    other_persons = register.join(throughout, on="bsn", how="anti")
    registered = engine.keep(registered_in_period(other_persons, calendar))
    flags = engine.keep(trait_flags(rows, engine.table(people.traits)))
    return partial(_with_facts, flags=flags, throughout=throughout, registered=registered)


def _with_facts(rows: Frame, flags: Frame, throughout: Frame, registered: Frame) -> Frame:
    return (
        rows.join(flags, on=list(ROW), how="left")
        .with_columns(*(nw.col(name).fill_null(0) for name in FLAGS))
        .join(throughout, on="bsn", how="left")
        .join(registered, on=list(KEY), how="left")
        .with_columns(registered=nw.coalesce("throughout", "registered"))
        .drop("throughout")
        .with_columns(
            rsin=nw.col("payroll_tax_number") // SUB_NUMBERS,
            out_of_count=_flag(out_of_count()),
            out_until_2025=_flag(out_until_2025()),
            out_of_base=_flag(out_of_surcharge_base()),
            trait_contradicts=_flag(contradicted_by_trait()),
            in_target_group=_flag(in_target_group().holds()),
        )
    )
