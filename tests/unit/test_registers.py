"""Registrations as the archive puts them in order: those that touch are one, and the last says how it ended."""

from datetime import date
from itertools import permutations

import pyarrow as pa
import pytest

from quotum.archive.intervals import FAR_DAY
from quotum.archive.small_tables import merged_register
from quotum.tables import REGISTER

JANUARY, JUNE, JULY, LAST = date(2026, 1, 1), date(2026, 6, 30), date(2026, 7, 1), date(2026, 12, 31)
OWN, OTHER = "own_request", "other"


def _merged(*rows):
    """What becomes of registrations of one person: the same in every order."""
    result = {
        tuple(tuple(row.values()) for row in merged_register(_register(order)).to_pylist())
        for order in permutations(rows)
    }
    assert len(result) == 1
    return [row[1:] for row in result.pop()]


def _register(rows):
    columns = [column.name for column in REGISTER.columns]
    given = [dict(zip(columns, (101, first, last, "a", ended_by), strict=True)) for first, last, ended_by in rows]
    return pa.Table.from_pylist(given, REGISTER.inside_schema)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param([], [], id="nothing"),
        pytest.param([(JANUARY, JUNE, OWN)], [(JANUARY, JUNE, OWN)], id="one"),
        pytest.param([(JANUARY, JUNE, None)], [(JANUARY, JUNE, None)], id="unknown"),
        pytest.param([(JANUARY, None, OWN)], [(JANUARY, FAR_DAY, None)], id="a_running_one_did_not_end"),
        pytest.param([(JANUARY, JUNE, OWN), (JULY, LAST, OTHER)], [(JANUARY, LAST, OTHER)], id="the_last_says_it"),
        pytest.param([(JANUARY, JUNE, OWN), (JULY, LAST, None)], [(JANUARY, LAST, None)], id="the_last_says_nothing"),
        pytest.param([(JANUARY, JUNE, OTHER), (JULY, None, None)], [(JANUARY, FAR_DAY, None)], id="goes_on"),
        pytest.param([(JANUARY, LAST, OWN), (JULY, JULY, OTHER)], [(JANUARY, LAST, OWN)], id="within_another"),
        pytest.param([(JANUARY, LAST, OWN), (JULY, LAST, None)], [(JANUARY, LAST, OWN)], id="one_of_two_says_it"),
        pytest.param([(JANUARY, LAST, OWN), (JULY, LAST, OTHER)], [(JANUARY, LAST, None)], id="they_contradict"),
        pytest.param(
            [(JANUARY, JUNE, OWN), (date(2026, 7, 2), LAST, OTHER)],
            [(JANUARY, JUNE, OWN), (date(2026, 7, 2), LAST, OTHER)], id="a_day_between",
        ),
    ],
)  # fmt: skip
def test_how_a_registration_ended(rows, expected):
    assert _merged(*rows) == expected


def test_once_more_changes_nothing():
    """A simulation puts registrations beside those that are in order already."""
    once = merged_register(_register([(JANUARY, JUNE, OWN), (JULY, LAST, OTHER)]))
    assert merged_register(once).equals(once)


def test_a_register_received_before_the_column_existed():
    older = _register([(JANUARY, JUNE, None)]).drop_columns(["ended_by"])
    assert merged_register(older)["ended_by"].to_pylist() == [None]
