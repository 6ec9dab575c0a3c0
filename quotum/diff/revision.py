"""Revision of a settled year as three lists, from the tables of two runs."""

from datetime import date
from pathlib import Path

import narwhals as nw
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
    bonus_lines: Frame
    """As `tables.BONUS_LINES` is written."""
    surcharge_lines: Frame
    """As `tables.SURCHARGE_LINES` is written."""


@frozen
class Revision:
    """Changes in three lists, computed and in no order."""

    lkv_downward: Frame
    """Per employer and person: LKV and bonus that decrease. An official judges (Wtl art. 4.3 lid 1)."""
    lkv_upward: Frame
    """Per employer and person: LKV and bonus that increase. Only on objection."""
    surcharge: Frame
    """Per payroll tax number and period: a different base or surcharge. A correction of the payroll return."""
    last_day_downward: date
    """Last day on which the first list can still be decided."""

    def may_go_down_on(self, day: date) -> bool:
        """Whether a revision to the employer's disadvantage is still in time on a day."""
        return day <= self.last_day_downward


def tables_of(engine: Engine, run: Path, year: int) -> SettledTables:
    """Returns the lines of a finished run.

    Args:
        engine: The engine.
        run: Folder of the run.
        year: Year of the run.
    """

    def lines(table: Table) -> Frame:
        return engine.scan([run / "data" / f"{table.name}.parquet"], table.written_schema)

    return SettledTables(year, lines(BONUS_LINES), lines(SURCHARGE_LINES))


def revise(engine: Engine, before: SettledTables, after: SettledTables) -> Revision:
    """Returns the three lists between two settlements of the same year.

    Raises:
        ValueError: They are of different years.
    """
    if before.year != after.year:
        raise ValueError(f"a revision is of one year; these settlements are of {before.year} and {after.year}")
    granted = engine.keep(revision.differences(_granted(before), _granted(after), _PERSON, _GRANTED))
    charged = revision.differences(
        before.surcharge_lines, after.surcharge_lines, SURCHARGE_LINES.key, ("base_cents", "surcharge_cents")
    )
    return Revision(
        engine.keep(granted.filter(revision.is_downward())),
        engine.keep(granted.filter(revision.is_upward())),
        engine.keep(charged.filter(revision.is_corrected())),
        last_day_of_revision(before.year),
    )


def _granted(settled: SettledTables) -> Frame:
    return settled.bonus_lines.with_columns(payable_cents=nw.col("lkv_cents") + nw.col("bonus_cents"))
