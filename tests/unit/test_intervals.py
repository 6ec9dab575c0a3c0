"""Intervals made one over whole columns are those that come of them day by day."""

from datetime import date, timedelta

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from quotum.archive.intervals import FAR_DAY, merged

BEGUN = date(1969, 12, 25)
KEYS = [(1, "wsw"), (1, None), (2, "wsw"), (2, "lent_out")]
_SCHEMA = pa.schema({"bsn": pa.int64(), "trait": pa.string(), "from_day": pa.date32(), "until_day": pa.date32()})


def _day(number):
    return BEGUN + timedelta(number)


interval = st.tuples(st.sampled_from(KEYS), st.integers(0, 20), st.none() | st.integers(0, 6))


def _by_day(intervals, key):
    """Covered days of a key as intervals; one without end goes to the far day."""
    own = [(first, None if days is None else first + days) for which, first, days in intervals if which == key]
    runs_from = min((first for first, last in own if last is None), default=None)
    covered = {day for first, last in own for day in range(first, (30 if last is None else last) + 1)}
    if runs_from is not None:
        covered = {day for day in covered if day < runs_from} | set(range(runs_from, 31))
    result = []
    for day in sorted(covered):
        if result and result[-1][1] == day - 1:
            result[-1][1] = day
        else:
            result.append([day, day])
    return [(_day(first), FAR_DAY if last == 30 and runs_from is not None else _day(last)) for first, last in result]


@given(st.lists(interval, max_size=15))
def test_intervals_that_overlap_or_touch_are_one(intervals):
    rows = [(*key, _day(first), None if days is None else _day(first + days)) for key, first, days in intervals]
    columns = zip(*rows, strict=True) if rows else [[]] * 4
    table = pa.table(
        [pa.array(column, kind.type) for column, kind in zip(columns, _SCHEMA, strict=True)], schema=_SCHEMA
    )
    result = merged(table, ("bsn", "trait"), "from_day", "until_day")
    assert result.schema == _SCHEMA
    result = [tuple(row.values()) for row in result.to_pylist()]
    assert len(result) == sum(len(_by_day(intervals, key)) for key in KEYS)
    for key in KEYS:
        assert [item[2:] for item in result if item[:2] == key] == _by_day(intervals, key)


def test_a_day_at_the_far_end_is_the_last():
    """What ends on it runs on, whatever begins later."""
    rows = pa.table([[7, 7], ["wsw"] * 2, [date(2026, 1, 1), FAR_DAY], [FAR_DAY, FAR_DAY]], schema=_SCHEMA)
    lines = merged(rows, ("bsn", "trait"), "from_day", "until_day").to_pylist()
    assert [tuple(line.values()) for line in lines] == [(7, "wsw", date(2026, 1, 1), FAR_DAY)]
