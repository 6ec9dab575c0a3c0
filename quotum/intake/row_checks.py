"""Checks of all rows: each piece is checked while the next is read and the last is written."""

from collections.abc import Callable, Iterator
from typing import assert_never

from quotum.intake.checks.checker import Checker
from quotum.intake.entrance import Problem
from quotum.intake.prefetch import prefetch
from quotum.intake.sources import FlatRows, MemberEnd, RawRows, RawTotals, ReadEvent, RefusedMember
from quotum.intake.staging.staged_tables import StagedTables
from quotum.tables import RETURNS


def check_all(
    events: Iterator[ReadEvent | FlatRows | MemberEnd],
    checker: Checker,
    staged: StagedTables,
    progress: Callable[[int], None],
) -> dict[tuple[int, int], Problem]:
    """Checks rows and passes them on.

    Args:
        events: Results of the readers.
        checker: Checks rows.
        staged: Takes the checked rows.
        progress: Called with the number of rows checked since the last call.

    Returns:
        The broken members, by delivery and member; none of their rows count.
    """
    broken = {}
    for event in prefetch(events):
        match event:
            case RawRows(table=rows):
                staged.add(checker.check(rows, RETURNS), RETURNS, with_totals=True)
                progress(rows.num_rows)
            case FlatRows(rows=rows, table=table):
                staged.add(checker.check(rows, table), table)
                progress(rows.num_rows)
            case RawTotals(table=totals):
                staged.add_totals(totals)
            case MemberEnd(source=source, table=table):
                if table is not RETURNS:
                    staged.add_read(table, source.delivery, source.member)
            case RefusedMember(source=source, reason=reason):
                staged.withdraw(source.delivery, source.member)
                broken[source.delivery, source.member] = Problem(source.place, reason)
            case _:
                assert_never(event)
    return broken
