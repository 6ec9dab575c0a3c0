"""Numbers in charts: in short, together where they would lie over each other, and apart where there is room."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotum.report.drawing import folded
from quotum.report.numbered import Series, in_short, spread, together


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ([], ""),
        ([3], "3"),
        ([1, 2], "1 2"),
        ([3, 1, 2], "1–3"),
        ([0, 5, 7], "0 5 7"),
        ([1, 2, 3, 4, 6, 8, 7], "1–4 6–8"),
    ],
)
def test_numbers_in_short(numbers, expected):
    assert in_short(numbers) == expected


@pytest.mark.parametrize(
    ("points", "labels"),
    [
        pytest.param([(10, 10, 1), (10, 10, 2)], [(10, 10, "1 2")], id="equal"),
        pytest.param([(10, 10, 1), (10, 25.9, 2)], [(10, 10, "1 2")], id="no_room_below"),
        pytest.param([(10, 10, 1), (10, 26, 2)], [(10, 10, "1"), (10, 26, "2")], id="room_below"),
        pytest.param([(10, 10, 1), (100, 10, 2)], [(10, 10, "1"), (100, 10, "2")], id="room_beside"),
        pytest.param([(10, 10, 1), (99.9, 10, 2)], [(10, 10, "1 2")], id="no_room_beside"),
    ],
)
def test_labels_that_would_lie_over_each_other_are_together(points, labels):
    assert together(points, (90, 16)) == labels


@given(st.lists(st.floats(0, 150), max_size=12))
def test_labels_are_spread_in_order_and_inside_the_chart(downs):
    moved = spread(sorted(downs), 12, 150)
    assert all(later - earlier >= 12 - 1e-9 for earlier, later in pairwise(moved))
    assert all(-1e-9 <= down <= 150 + 1e-9 for down in moved)


def test_labels_with_room_stay_where_they_are():
    assert spread([0, 12, 50, 150], 12, 150) == [0, 12, 50, 150]


def test_fourteen_scenarios_have_a_line_and_mark_of_their_own():
    looks = {(tuple(item.dash), item.shape, item.fill == "#ffffff") for item in (Series(n, "", n) for n in range(14))}
    assert len(looks) == 14


def test_seven_differ_by_shape_alone():
    assert len({Series(number, "", number).shape for number in range(7)}) == 7


def test_long_names_are_folded_and_a_bar_in_a_name_does_not_fold_it():
    assert folded("Geactiveerd, tarief in evenwicht met de bonus") == "Geactiveerd, tarief in|evenwicht met de bonus"
    assert folded("a|b") == "a/b"
