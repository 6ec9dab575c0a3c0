"""Revision of a settled year as three lists, from the tables of two runs."""

from datetime import date
from pathlib import Path

import narwhals as nw
import pyarrow as pa
from attrs import frozen

from quotum.engine.interface import Engine
from quotum.frames import Frame
from quotum.law import revision
from quotum.law.calendar_days import last_day_of_revision
from quotum.tables import BONUS_LINES, SURCHARGE_LINES, Table

_PERSON = ("rsin", "bsn")
_GRANTED = ("lkv_cents", "bonus_cents", "payable_cents")


@frozen
class SettledTables:
    """The lines of one settlement."""

    year: int
    """Calendar year."""
    bonus_lines: pa.Table
    """As `tables.BONUS_LINES`."""
    surcharge_lines: pa.Table
    """As `tables.SURCHARGE_LINES`."""


@frozen
class Revision:
    """What changes, in three lists, each sorted by its key."""

    lkv_downward: pa.Table
    """Per employer and person: LKV and bonus that become less. An official judges (Wtl art. 4.3 lid 1)."""
    lkv_upward: pa.Table
    """Per employer and person: LKV and bonus that become more. Only on objection."""
    surcharge: pa.Table
    """Per payroll tax number and period: base or surcharge that differs. A correction of the payroll return."""
    last_day_downward: date
    """Last day on which the first list can still be decided."""

    def may_go_down_on(self, day: date) -> bool:
        """Whether a revision to the employer's disadvantage is still in time on a day."""
        return day <= self.last_day_downward


def tables_of(engine: Engine, run: Path, year: int) -> SettledTables:
    """The lines of a finished run.

    Args:
        engine: Where it runs.
        run: Folder of the run.
        year: Year of the run.
    """

    def lines(table: Table) -> pa.Table:
        return engine.collect(engine.scan([run / "data" / f"{table.name}.parquet"], table.written_schema))

    return SettledTables(year, lines(BONUS_LINES), lines(SURCHARGE_LINES))


def revise(engine: Engine, before: SettledTables, after: SettledTables) -> Revision:
    """The three lists between two settlements of one year.

    Raises:
        ValueError: They are of different years.
    """
    if before.year != after.year:
        raise ValueError(f"a revision is of one year; these settlements are of {before.year} and {after.year}")
    granted = engine.keep(revision.differences(_granted(engine, before), _granted(engine, after), _PERSON, _GRANTED))
    charged = revision.differences(
        engine.table(before.surcharge_lines),
        engine.table(after.surcharge_lines),
        SURCHARGE_LINES.key,
        ("base_cents", "surcharge_cents"),
    )
    return Revision(
        _sorted(engine, granted.filter(revision.is_downward()), _PERSON),
        _sorted(engine, granted.filter(revision.is_upward()), _PERSON),
        _sorted(engine, charged.filter(revision.is_corrected()), SURCHARGE_LINES.key),
        last_day_of_revision(before.year),
    )


def _granted(engine: Engine, settled: SettledTables) -> Frame:
    return engine.table(settled.bonus_lines).with_columns(payable_cents=nw.col("lkv_cents") + nw.col("bonus_cents"))


def _sorted(engine: Engine, frame: Frame, keys: tuple[str, ...]) -> pa.Table:
    return engine.collect(frame).sort_by([(name, "ascending") for name in keys])
