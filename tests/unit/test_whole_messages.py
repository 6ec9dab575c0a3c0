"""Rows of returns are handed on with whole messages: one cut in two would be a return in pieces."""

import pyarrow as pa
import pytest

from quotum.intake.flat import raw_rows
from quotum.intake.flat.raw_rows import whole_messages

MESSAGES = ["1", "1", "1", "2", "3", "3", None, None, "4"]


def _tables(names, sizes):
    rows = pa.table({"LhNr": names, "IdBer": names, "DatAanvTv": names, "row": list(range(len(names)))})
    start = 0
    for size in sizes:
        yield rows.slice(start, size)
        start += size


@pytest.mark.parametrize(
    ("sizes", "expected"),
    [
        pytest.param([9], [8, 1], id="one_table"),
        pytest.param([2, 2, 2, 3], [3, 1, 4, 1], id="cut_within_messages"),
        pytest.param([3, 1, 2, 2, 1], [3, 1, 2, 2, 1], id="cut_between_messages"),
        pytest.param([1] * 9, [3, 1, 2, 2, 1], id="row_by_row"),
        pytest.param([0, 9, 0], [8, 1], id="tables_without_rows"),
    ],
)
def test_a_table_ends_where_a_message_does(sizes, expected):
    result = list(whole_messages(_tables(MESSAGES, sizes)))
    assert [batch.num_rows for batch in result] == expected
    assert pa.concat_tables(result)["row"].to_pylist() == list(range(9))


def test_a_message_of_very_many_rows_is_cut_all_the_same(monkeypatch):
    """No more waits than is judged at a time."""
    monkeypatch.setattr(raw_rows, "ENOUGH_ROWS", 3)
    result = list(whole_messages(_tables(["1"] * 9 + ["2"], [2] * 5)))
    assert [batch.num_rows for batch in result] == [4, 4, 1, 1]


def test_a_member_without_rows_gives_none():
    assert list(whole_messages(iter(()))) == []
    assert list(whole_messages(_tables([], [0]))) == []
