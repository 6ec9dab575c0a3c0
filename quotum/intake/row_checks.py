"""Every row that is read is checked and handed on, while the next are read and the last are written."""

from collections.abc import Callable, Iterator
from typing import assert_never

from quotum.intake.ahead import ahead
from quotum.intake.checks.checking import Checker
from quotum.intake.incoming import Problem
from quotum.intake.sources import Ended, FlatRows, RawRows, RawTotals, ReadEvent, Refused
from quotum.intake.staging.staged import Staged
from quotum.tables import RETURNS


def check_all(
    events: Iterator[ReadEvent | FlatRows | Ended], checker: Checker, staged: Staged, progress: Callable[[int], None]
) -> dict[tuple[int, int], Problem]:
    """Checks rows and hands them on.

    Args:
        events: What is read.
        checker: Checks rows.
        staged: Takes them over.
        progress: Told the number of rows checked since the last call.

    Returns:
        The members that turned out to be broken, by delivery and member; nothing of them counts.
    """
    broken = {}
    for event in ahead(events):
        match event:
            case RawRows(table=rows):
                staged.add(checker.check(rows, RETURNS), RETURNS, with_totals=True)
                progress(rows.num_rows)
            case FlatRows(rows=rows, table=table):
                staged.add(checker.check(rows, table), table)
                progress(rows.num_rows)
            case RawTotals(table=totals):
                staged.add_totals(totals)
            case Ended(source=source, table=table):
                if table is not RETURNS:
                    staged.add_read(table, source.delivery, source.member)
            case Refused(source=source, reason=reason):
                staged.withdraw(source.delivery, source.member)
                broken[source.delivery, source.member] = Problem(source.place, reason)
            case _:
                assert_never(event)
    return broken
