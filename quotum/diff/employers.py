"""Employers that differ between two runs, with columns and amounts."""

import narwhals as nw
from attrs import frozen

from quotum.diff.sides import FIRST, SECOND, Pair, Side
from quotum.engine.interface import Engine
from quotum.frames import Frame
from quotum.run.stages.columns import flag, sums_by
from quotum.tables import Column, Kind, Table

_NUMBERS = frozenset({Kind.WHOLE, Kind.CENTS, Kind.HUNDREDTHS, Kind.TENTHS})
_SUMMED = frozenset({Kind.WHOLE, Kind.CENTS})


@frozen
class ColumnDifference:
    """A column of settlement over all employers."""

    name: str
    """Name of the column."""
    kind: Kind
    """Kind of its values."""
    first: int | None
    """Sum in the first run; None for columns that are not added up."""
    second: int | None
    """Sum in the second run; None for columns that are not added up."""
    employers: int
    """Number of employers with a difference."""
    more: int
    """Employers for which it is more in the second run."""
    less: int
    """Employers for which it is less in the second run."""


def side_by_side(engine: Engine, pair: Pair) -> Frame:
    """Returns every employer of either run once.

    Returns:
        `rsin` as an integer, and of each run its sequence number and columns with the prefix `first_` or
        `second_`. A number is 0 where the employer is not in the run, unless the column may be empty.
    """
    first, second = (engine.keep(_numbered(engine, side)) for side in (pair.first, pair.second))
    everybody = nw.concat([first.select("rsin"), second.select("rsin")], how="vertical").unique()
    joined = everybody.join(_prefixed(first, FIRST), on="rsin", how="left").join(
        _prefixed(second, SECOND), on="rsin", how="left"
    )
    absent_is_nothing = [
        nw.col(f"{side}_{column.name}").fill_null(0)
        for side in (FIRST, SECOND)
        for column in compared(pair.first.settlement)
        if column.kind in _NUMBERS and not column.null
    ]
    return engine.keep(joined.with_columns(*absent_is_nothing))


def compared(settlement: Table) -> tuple[Column, ...]:
    """Returns the compared columns: all but the key and the mark, which belongs to the run and not to an employer."""
    return tuple(column for column in settlement.columns if column.name in set(settlement.computed) - {*settlement.key})


def _numbered(engine: Engine, side: Side) -> Frame:
    """Returns the employers of a run with the sequence numbers by which messages name them."""
    rows = engine.scan([side.table("settlement")], side.settlement.written_schema)
    return rows.with_row_index("row", order_by="rsin").with_columns(
        number=nw.col("row").cast(nw.Int64) + 1, rsin=nw.col("rsin").cast(nw.Int64)
    )


def _prefixed(rows: Frame, side: str) -> Frame:
    names = [name for name in rows.collect_schema().names() if name not in ("row", "rsin")]
    return rows.select("rsin", **{f"{side}_{name}": nw.col(name) for name in names})


def differs(column: str) -> nw.Expr:
    """Returns whether a column differs between the runs; empty is a value of its own."""
    first, second = nw.col(f"{FIRST}_{column}"), nw.col(f"{SECOND}_{column}")
    return (
        nw.when(first.is_null() | second.is_null()).then(first.is_null() != second.is_null()).otherwise(first != second)
    )


def differing(engine: Engine, employer_rows: Frame, settlement: Table) -> Frame:
    """Returns a row per employer and differing column, as `tables.DIFFERENCES` with `rsin` as an integer."""
    return engine.keep(nw.concat([_lines(employer_rows, column) for column in compared(settlement)], how="vertical"))


def _lines(employer_rows: Frame, column: Column) -> Frame:
    first, second = nw.col(f"{FIRST}_{column.name}"), nw.col(f"{SECOND}_{column.name}")
    difference = second - first if column.kind in _NUMBERS else nw.lit(None)
    return employer_rows.filter(differs(column.name)).select(
        "rsin",
        first_number=nw.col(f"{FIRST}_number"),
        second_number=nw.col(f"{SECOND}_number"),
        column=nw.lit(column.name),
        first=first.cast(nw.String),
        second=second.cast(nw.String),
        difference=difference.cast(nw.Int64),
    )


def column_differences(
    engine: Engine, employer_rows: Frame, lines: Frame, settlement: Table
) -> tuple[ColumnDifference, ...]:
    """Returns each column over all employers, in the order of the settlement."""
    marked = lines.select(
        "column", count=nw.lit(1), more=flag(nw.col("difference") > 0), less=flag(nw.col("difference") < 0)
    )
    counts: dict[str, dict[str, int]] = {
        str(row["column"]): row for row in _collected(engine, sums_by(marked, ("column",), "count", "more", "less"))
    }
    summed = [column.name for column in compared(settlement) if column.kind in _SUMMED and not column.null]
    names = [f"{side}_{name}" for side in (FIRST, SECOND) for name in summed]
    totals = _collected(engine, sums_by(employer_rows.with_columns(every=nw.lit(1)), ("every",), *names))
    total = totals[0] if totals else {}
    nothing = {"count": 0, "more": 0, "less": 0}
    return tuple(
        ColumnDifference(
            column.name,
            column.kind,
            total.get(f"{FIRST}_{column.name}"),
            total.get(f"{SECOND}_{column.name}"),
            *(counts.get(column.name, nothing)[name] for name in ("count", "more", "less")),
        )
        for column in compared(settlement)
    )


def _collected(engine: Engine, frame: Frame) -> list[dict[str, int]]:
    rows: list[dict[str, int]] = engine.collect(frame).to_pylist()
    return rows
