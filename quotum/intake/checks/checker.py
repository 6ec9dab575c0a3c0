"""The row checks: a single pass over raw rows gives accepted rows and findings, and loses nothing."""

from collections.abc import Iterator

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa
from attrs import frozen

from quotum.intake.checks.conversion import PLACE, Converter
from quotum.intake.checks.findings import Places, findings_of
from quotum.intake.checks.known_periods import KnownPeriods
from quotum.intake.checks.reconciliation import Lines, tallies
from quotum.intake.checks.row_rules import Rule, rules_of
from quotum.intake.checks.schema_rules import MARKS
from quotum.intake.rows import CUT_OFF, Rows, Verdict, flags, numbers, where, whole
from quotum.tables import REJECT, RETURNS, Table


@frozen
class Checked:
    """The verdict over one table of raw rows."""

    understood: pa.Table
    """Every row as understood (texts as dictionaries), with its place."""
    left_out: Places
    """Rows that a rejecting rule refuses."""
    findings: Iterator[pa.Table]
    """Every broken rule of rejected and accepted rows, as `tables.FINDINGS`; made lazily."""
    received: Lines
    """Received rows, by delivery and member."""
    rejected: Lines
    """Rejected rows, by delivery and member."""

    @property
    def accepted(self) -> pa.Table:
        """Rows that no rejecting rule refuses."""
        keep = np.ones(self.understood.num_rows, np.bool_)
        keep[self.left_out] = False
        return where(self.understood, keep)


class Checker:
    """Checks raw rows of one kind of delivery with a connection of its own."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Prepare.

        Args:
            connection: Used for nothing else at the same time.
        """
        self._understanding = Converter(connection)
        self._periods = KnownPeriods()

    def check(self, raw: pa.Table, table: Table) -> Checked:
        """Checks every row against every rule of its kind."""
        raw = _in_order(raw)
        understood = self._understanding.rows(raw, table)
        rules = rules_of(table)
        rows = Rows(table, raw, understood, self._marks(raw, understood, table))
        broken = [_broken(rule.holds(rows)) for rule in rules] if len(rows) else [_NOWHERE] * len(rules)
        left_out = _left_out(rules, broken, len(rows))
        return Checked(
            understood,
            left_out,
            findings_of(raw, table, rules, broken),
            tallies(understood, table),
            tallies(understood.take(pa.array(left_out)), table),
        )

    def _marks(self, raw: pa.Table, understood: pa.Table, table: Table) -> dict[str, pa.Array]:
        """Marks that rules use beside the columns."""
        of_reader = {name: whole(raw[name]) for name in (CUT_OFF, *MARKS) if name in raw.schema.names}
        if table is not RETURNS:
            return of_reader
        periods = self._periods.marks(understood["period_start"].chunk(0), understood["period_end"].chunk(0))
        return of_reader | {"period_known": flags(periods.known), "period_long": flags(periods.long)}


_NOWHERE: Places = np.zeros(0, np.int64)


def _broken(verdict: Verdict) -> Places:
    """Rows that fail a verdict; true is valid, false and unknown are not."""
    if verdict is None or verdict.true_count == len(verdict):
        return _NOWHERE
    return np.flatnonzero(~verdict.fill_null(False).to_numpy(zero_copy_only=False))


def _left_out(rules: tuple[Rule, ...], broken: list[Places], rows: int) -> Places:
    against = [places for rule, places in zip(rules, broken, strict=True) if rule.level == REJECT and len(places)]
    if not against:
        return _NOWHERE
    rejected: npt.NDArray[np.bool_] = np.zeros(rows, np.bool_)
    for places in against:
        rejected[places] = True
    return np.flatnonzero(rejected)


def _in_order(raw: pa.Table) -> pa.Table:
    """Sorts rows by delivery, member and number."""
    delivery, member, row = (numbers(whole(raw[name])) for name in PLACE)
    later = row[1:] > row[:-1]
    for place in (member, delivery):
        later = (place[1:] > place[:-1]) | ((place[1:] == place[:-1]) & later)
    return raw if later.all() else raw.take(pa.array(np.lexsort((row, member, delivery))))
