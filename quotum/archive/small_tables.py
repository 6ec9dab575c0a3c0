"""The small tables of an archive as known on a day: the latest delivery of each, in order, each row once."""

from collections.abc import Iterable

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from quotum.archive.intervals import FAR_DAY, MOST_DAYS, days, merged
from quotum.archive.known import Known
from quotum.archive.receipts import PIECES_PER_CALL
from quotum.errors import ArchiveLacks
from quotum.tables import (
    ALLOCATIONS,
    DECLARATIONS,
    DEDUCTIONS,
    EMPLOYERS,
    REGISTER,
    TRAITS,
    TRANSFERS,
    WAGE_BILLS,
    Table,
)

_SHOWN = 5


def latest_rows(known_archive: Known, table: Table) -> pa.Table | None:
    """Reads the latest delivered rows of a small table with their places; None when it was never delivered."""
    latest = known_archive.latest(table)
    if latest is None:
        return None
    if known_archive.subjects is None:
        rows = pa.concat_tables([pq.read_table(path) for path in latest[1]])
    else:
        rows = known_archive.subject_rows(table, latest[1])
    withdrawn = known_archive.out_of(latest[0])
    return rows.filter(pc.invert(pc.is_in(rows["delivery"], pa.array(withdrawn, pa.int64())))) if withdrawn else rows


def register(known_archive: Known) -> pa.Table | None:
    """Returns registrations as `merged_register` does; None when never delivered."""
    rows = latest_rows(known_archive, REGISTER)
    return None if rows is None else merged_register(rows)


def merged_register(rows: pa.Table) -> pa.Table:
    """Merges touching registrations of the same person; those without end run until a far day.

    The reason for the end comes from the pieces that end last; it is empty when they contradict each other.
    """
    joined = merged(rows, ("bsn",), "registered_from", "registered_until")
    ends = _agreed_ends(rows)
    place = pc.index_in(_person_and_end(joined), _person_and_end(ends))
    return joined.append_column("ended_by", ends["ended_by"].take(place))


def _agreed_ends(rows: pa.Table) -> pa.Table:
    """Returns the agreed reason for the end of registrations of the same person with the same last day.

    A running registration has no reason. A register received before the column existed lacks it.
    """
    if "ended_by" not in rows.schema.names:
        rows = rows.append_column("ended_by", pa.nulls(rows.num_rows, pa.string()))
    ended = pc.and_(pc.is_valid(rows["registered_until"]), pc.not_equal(rows["registered_until"], pa.scalar(FAR_DAY)))
    telling = rows.filter(pc.and_(ended, pc.is_valid(rows["ended_by"])))
    by_end = telling.group_by(["bsn", "registered_until"], use_threads=False)
    by_reason = by_end.aggregate([("ended_by", "count_distinct"), ("ended_by", "min")])
    agreed = by_reason.filter(pc.equal(by_reason["ended_by_count_distinct"], 1))
    return agreed.select(["bsn", "registered_until", "ended_by_min"]).rename_columns({"ended_by_min": "ended_by"})


def _person_and_end(rows: pa.Table) -> pa.ChunkedArray:
    """Combines person and last day into a single number."""
    return pc.add(pc.multiply(rows["bsn"], MOST_DAYS), pa.chunked_array([days(rows["registered_until"])], pa.int64()))


def traits(known_archive: Known) -> pa.Table | None:
    """Returns traits with touching intervals of the same trait merged; those without end run until a far day."""
    rows = latest_rows(known_archive, TRAITS)
    keys = ("payroll_tax_number", "bsn", "relation_number", "trait")
    return None if rows is None else merged(rows, keys, "from_day", "until_day")


def declarations(known_archive: Known) -> pa.Table | None:
    """Returns declarations with touching intervals of a category merged; those without end run until a far day."""
    rows = latest_rows(known_archive, DECLARATIONS)
    return None if rows is None else merged(rows, ("bsn", "category"), "from_day", "until_day")


def employers(known_archive: Known) -> pa.Table | None:
    """Returns employers, each once.

    Raises:
        ArchiveLacks: Two rows of the same employer differ.
    """
    return _unique(known_archive, EMPLOYERS)


def wage_bills(known_archive: Known) -> pa.Table | None:
    """Returns premium wages fixed elsewhere, once per employer and year.

    Raises:
        ArchiveLacks: Two rows of the same employer and year differ.
    """
    return _unique(known_archive, WAGE_BILLS)


def transfers(known_archive: Known) -> pa.Table | None:
    """Returns transfers of undertaking, each once.

    Raises:
        ArchiveLacks: Two rows of the same transferor, acquirer and day differ.
    """
    return _unique(known_archive, TRANSFERS)


def deductions(known_archive: Known) -> pa.Table | None:
    """Returns premium wage to leave out of the surcharge base, once per return.

    Raises:
        ArchiveLacks: Two rows of the same payroll tax number and period differ.
    """
    return _unique(known_archive, DEDUCTIONS)


def allocations(known_archive: Known) -> pa.Table | None:
    """Returns hours allocated from lender to borrower; equal rows are the same agreement and count once."""
    rows = latest_rows(known_archive, ALLOCATIONS)
    if rows is None:
        return None
    names = list(ALLOCATIONS.names)
    return rows.select(names).group_by(names).aggregate([]).sort_by([(name, "ascending") for name in names])


def kinds_together(known_traits: pa.Table, kinds: Iterable[str]) -> pa.Table:
    """Returns intervals in which an income relation has any of some traits, touching intervals merged."""
    has_kind = pc.is_in(known_traits["trait"], pa.array(list(kinds), pa.string()))
    keys = ("payroll_tax_number", "bsn", "relation_number")
    return merged(known_traits.filter(has_kind), keys, "from_day", "until_day")


def _unique(known_archive: Known, table: Table) -> pa.Table | None:
    """Returns the rows of a small table, each once, in order of their key.

    Raises:
        ArchiveLacks: Two rows with the same key differ.
    """
    rows = latest_rows(known_archive, table)
    if rows is None:
        return None
    distinct = rows.select(list(table.names))
    keys = distinct.select(list(table.key)).group_by(list(table.key), use_threads=False).aggregate([])
    if keys.num_rows < distinct.num_rows:
        distinct = distinct.group_by(list(table.names), use_threads=False).aggregate([])
    if keys.num_rows < distinct.num_rows:
        raise ArchiveLacks(_contradiction(known_archive, table, rows, _contradicts_at(rows, table)))
    return (
        distinct.select(table.inside_schema.names)
        .cast(table.inside_schema)
        .sort_by([(name, "ascending") for name in table.key])
    )


def _contradicts_at(rows: pa.Table, table: Table) -> int:
    """Returns the first row that differs from an earlier row with the same key."""
    first_rows: dict[tuple[object, ...], tuple[object, ...]] = {}
    values = zip(*(rows[name].to_pylist() for name in table.names), strict=True)
    keyed = (
        (place, tuple(row[table.names.index(name)] for name in table.key), row) for place, row in enumerate(values)
    )
    return next(place for place, key, row in keyed if first_rows.setdefault(key, row) != row)


def _contradiction(known_archive: Known, table: Table, rows: pa.Table, place: int) -> str:
    latest = known_archive.latest(table)
    sequence = latest[0].sequence if latest else 0
    keys = [rows[name][place].as_py() for name in table.key]
    numbers = [
        number
        for number, values in enumerate(zip(*(rows[name].to_pylist() for name in table.key), strict=True))
        if list(values) == keys
    ]
    places = [
        known_archive.place(
            sequence * PIECES_PER_CALL, rows["member"][n].as_py(), rows["delivery"][n].as_py(), rows["row"][n].as_py()
        )
        for n in numbers[:_SHOWN]
    ]
    return (
        f"the delivery {table.name} contradicts itself: {'; '.join(places)} are about the same "
        f"{' and '.join(table.key)} and differ. Deliver {table.name} again, whole, with one of them"
    )


__all__ = [
    "allocations",
    "declarations",
    "deductions",
    "employers",
    "kinds_together",
    "latest_rows",
    "merged_register",
    "register",
    "traits",
    "transfers",
    "wage_bills",
]
