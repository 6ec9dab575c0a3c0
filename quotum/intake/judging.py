"""Judging what is read, while the next is read and the last is written."""

from collections.abc import Callable, Iterator

import pyarrow as pa

from quotum.intake.ahead import ahead
from quotum.intake.checks import Checker
from quotum.intake.flat import ENOUGH_ROWS
from quotum.intake.incoming import Problem
from quotum.intake.sources import Ended, FlatRows, RawRows, RawTotals, ReadEvent, Refused
from quotum.intake.staging import Staged
from quotum.tables import DELIVERIES, RETURNS, Table


def judge_all(
    events: Iterator[ReadEvent | FlatRows | Ended], checker: Checker, staged: Staged, progress: Callable[[int], None]
) -> dict[tuple[int, int], Problem]:
    """Judge every row that is read and hand it on.

    Args:
        events: What is read.
        checker: Judges rows.
        staged: Takes them over.
        progress: Told the number of rows judged since the last call.

    Returns:
        The members that turned out to be broken, by delivery and member; nothing of them counts.
    """
    broken = {}
    together = _Together(staged, checker, progress)
    for event in ahead(events):
        match event:
            case RawRows(table=rows):
                together.judge(rows, RETURNS)
            case FlatRows(rows=rows, table=table):
                together.add(rows, table)
            case RawTotals(table=totals):
                staged.add_totals(totals)
            case Ended(source=source, table=table):
                if table is not RETURNS:
                    staged.add_read(table, source.delivery, source.member)
            case Refused(source=source, reason=reason):
                staged.withdraw(source.delivery, source.member)
                broken[source.delivery, source.member] = Problem(source.place, reason)
    together.finish()
    return broken


class _Together:
    """Rows of many small members, judged together: no work per file that many files could share."""

    def __init__(self, staged: Staged, checker: Checker, progress: Callable[[int], None]) -> None:
        self._staged = staged
        self._checker = checker
        self._progress = progress
        self._waiting: dict[tuple[str, pa.Schema], list[pa.Table]] = {}
        self._rows: dict[tuple[str, pa.Schema], int] = {}

    def add(self, rows: pa.Table, table: Table) -> None:
        """Take rows, and judge those that wait when they are many."""
        key = (table.name, rows.schema)
        self._waiting.setdefault(key, []).append(rows)
        self._rows[key] = self._rows.get(key, 0) + rows.num_rows
        if self._rows[key] >= ENOUGH_ROWS:
            del self._rows[key]
            self.judge(pa.concat_tables(self._waiting.pop(key)), table)

    def finish(self) -> None:
        """Judge the rest."""
        for (name, _), waiting in self._waiting.items():
            self.judge(pa.concat_tables(waiting), next(table for table in DELIVERIES if table.name == name))

    def judge(self, rows: pa.Table, table: Table) -> None:
        """Judge rows at once."""
        self._staged.add(self._checker.check(rows, table), table)
        self._progress(rows.num_rows)
