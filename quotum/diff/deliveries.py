"""Employers with a different register, trait, wage bill or other small delivery in two runs."""

from collections.abc import Callable
from datetime import date

import narwhals as nw
import pyarrow as pa

from quotum.archive import small_tables
from quotum.archive.known import Known
from quotum.diff.sides import Pair
from quotum.engine.interface import Engine
from quotum.frames import Frame
from quotum.identifiers import SUB_NUMBERS
from quotum.run.stages.columns import sums_by
from quotum.tables import (
    ALLOCATIONS,
    DECLARATIONS,
    DEDUCTIONS,
    EMPLOYERS,
    INCOME_RELATIONS,
    REGISTER,
    TRAITS,
    TRANSFERS,
    WAGE_BILLS,
    Table,
)

_YEARS_BACK = 2
"""Wfsv art. 36; Besluit Wfsv art. 2.19d: the wage of year t-2 decides who is small."""
_OF_PERSONS = (REGISTER, DECLARATIONS)
_READERS: dict[str, Callable[[Known], pa.Table | None]] = {
    REGISTER.name: small_tables.register,
    TRAITS.name: small_tables.traits,
    DECLARATIONS.name: small_tables.declarations,
    EMPLOYERS.name: small_tables.employers,
    WAGE_BILLS.name: small_tables.wage_bills,
    TRANSFERS.name: small_tables.transfers,
    DEDUCTIONS.name: small_tables.deductions,
    ALLOCATIONS.name: small_tables.allocations,
}
SMALL_TABLES = (REGISTER, TRAITS, DECLARATIONS, EMPLOYERS, WAGE_BILLS, TRANSFERS, DEDUCTIONS, ALLOCATIONS)
# Name, account and region of an employer affect no amount, nor does the ground of a registration.
_COLUMNS = {
    EMPLOYERS.name: ("rsin", "sector", "started_on"),
    REGISTER.name: ("bsn", "registered_from", "registered_until", "ended_by"),
}
_INTERVALS = {
    REGISTER.name: ("registered_from", "registered_until"),
    TRAITS.name: ("from_day", "until_day"),
    DECLARATIONS.name: ("from_day", "until_day"),
}


def changed_tables(first: Known, second: Known) -> tuple[Table, ...]:
    """Returns the small deliveries that two runs read from different files."""
    return tuple(table for table in SMALL_TABLES if _files(first, table) != _files(second, table))


def _files(archive: Known, table: Table) -> frozenset[str]:
    latest = archive.latest(table)
    return frozenset(str(path) for path in latest[1]) if latest else frozenset()


def causes(engine: Engine, pair: Pair, first: Known, second: Known, table: Table) -> Frame:
    """Returns employers for which a small delivery differs between two runs.

    Args:
        engine: The engine.
        pair: The runs.
        first: The archive as the first run read it.
        second: The archive as the second run read it.
        table: The delivery.

    Returns:
        `rsin` as an integer, `cause`, `count`: persons for register and declarations, rows for the others; a differing
        row counts once.
    """
    year = pair.first.year
    first_rows, second_rows = (engine.keep(_rows(engine, archive, table, year)) for archive in (first, second))
    names = first_rows.collect_schema().names()
    changed = nw.concat(
        [first_rows.join(second_rows, on=names, how="anti"), second_rows.join(first_rows, on=names, how="anti")],
        how="vertical",
    ).select(*(["bsn"] if table in _OF_PERSONS else table.key or names))
    about = _about_employers(engine, pair, first, second, table, engine.keep(changed.unique()))
    counted = sums_by(about.with_columns(count=nw.lit(1)), ("rsin",), "count")
    return engine.keep(counted.select("rsin", "count", cause=nw.lit(table.name)))


def _rows(engine: Engine, archive: Known, table: Table, year: int) -> Frame:
    """Returns the rows that can affect a settlement of a year; intervals end with the year."""
    rows = _READERS[table.name](archive)
    frame = engine.table(table.inside_schema.empty_table() if rows is None else rows)
    last_day = date(year, 12, 31)
    if table.name in _INTERVALS:
        start, end = _INTERVALS[table.name]
        last = nw.lit(last_day)
        cut = nw.when(nw.col(end) > last).then(last).otherwise(nw.col(end))
        within = frame.filter(nw.col(start) <= last)
        if table is REGISTER:
            # A null equals nothing in a join; the end of a registration after the year does not matter.
            ended = nw.when(nw.col(end) <= last).then(nw.col("ended_by").fill_null("")).otherwise(nw.lit(""))
            within = within.with_columns(ended_by=ended)
        return within.with_columns(**{end: cut}).select(*_COLUMNS.get(table.name, table.names))
    if table is WAGE_BILLS:
        frame = frame.filter(nw.col("year") == year - _YEARS_BACK)
    elif table is ALLOCATIONS:
        frame = frame.filter(nw.col("year") == year)
    elif table is DEDUCTIONS:
        frame = frame.filter((nw.col("period_start") >= date(year, 1, 1)) & (nw.col("period_start") <= last_day))
    return frame.select(*_COLUMNS.get(table.name, table.names))


def _about_employers(engine: Engine, pair: Pair, first: Known, second: Known, table: Table, changed: Frame) -> Frame:
    """Returns `rsin` once for every changed row or person of an employer."""
    if table in _OF_PERSONS:
        read = {*first.paths(INCOME_RELATIONS, pair.first.year), *second.paths(INCOME_RELATIONS, pair.first.year)}
        paths = sorted(read, key=str)
        rows = engine.scan(paths, INCOME_RELATIONS.inside_schema).select("payroll_tax_number", "bsn")
        person_rows = rows.join(changed, on="bsn", how="semi")
        return person_rows.select("bsn", rsin=nw.col("payroll_tax_number") // SUB_NUMBERS).unique().select("rsin")
    parties = {TRANSFERS.name: ("from_rsin", "to_rsin"), ALLOCATIONS.name: ("lender_rsin", "borrower_rsin")}
    if table.name in parties:
        return nw.concat([changed.select(rsin=nw.col(name)) for name in parties[table.name]], how="vertical")
    if "payroll_tax_number" in table.names:
        return changed.select(rsin=nw.col("payroll_tax_number") // SUB_NUMBERS)
    return changed.select("rsin")
