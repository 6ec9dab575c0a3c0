"""Judging what is read, while the next is read and the last is written."""

from collections import Counter
from collections.abc import Callable, Iterator

import pyarrow as pa

from quotum.intake.ahead import ahead
from quotum.intake.checks.checking import Checker
from quotum.intake.flat.raw_rows import ENOUGH_ROWS, MOST_ROWS
from quotum.intake.incoming import Problem
from quotum.intake.sources import Ended, FlatRows, RawRows, RawTotals, ReadEvent, Refused
from quotum.intake.staging.staged import Staged
from quotum.tables import RETURNS, Table

_MOST_BYTES = 32 << 20


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

    def judge(rows: pa.Table, table: Table, in_xml: bool = False) -> None:
        staged.add(checker.check(rows, table), table, with_totals=in_xml)
        progress(rows.num_rows)

    for event in ahead(_gathered(events)):
        match event:
            case RawRows(table=rows):
                judge(rows, RETURNS, in_xml=True)
            case FlatRows(rows=rows, table=table):
                judge(rows, table)
            case RawTotals(table=totals):
                staged.add_totals(totals)
            case Ended(source=source, table=table):
                if table is not RETURNS:
                    staged.add_read(table, source.delivery, source.member)
            case Refused(source=source, reason=reason):
                staged.withdraw(source.delivery, source.member)
                broken[source.delivery, source.member] = Problem(source.place, reason)
    return broken


def _gathered(events: Iterator[ReadEvent | FlatRows | Ended]) -> Iterator[ReadEvent | FlatRows | Ended]:
    """Flat rows of many small members together: no work per file that many files could share.

    They wait by table and types; there can be many of these, so all go on when together they are too many.
    """
    waiting: dict[tuple[str, pa.Schema], list[FlatRows]] = {}
    rows: Counter[tuple[str, pa.Schema]] = Counter()
    size = 0
    for event in events:
        if not isinstance(event, FlatRows):
            yield event
            continue
        key = (event.table.name, event.rows.schema)
        waiting.setdefault(key, []).append(event)
        rows[key] += event.rows.num_rows
        size += event.rows.get_total_buffer_size()
        if rows[key] >= ENOUGH_ROWS:
            size -= sum(each.rows.get_total_buffer_size() for each in waiting[key])
            del rows[key]
            yield _together(waiting.pop(key))
        elif rows.total() >= MOST_ROWS or size >= _MOST_BYTES:
            yield from map(_together, waiting.values())
            waiting, rows, size = {}, Counter(), 0
    yield from map(_together, waiting.values())


def _together(some: list[FlatRows]) -> FlatRows:
    return FlatRows(pa.concat_tables([each.rows for each in some]), some[0].table)
