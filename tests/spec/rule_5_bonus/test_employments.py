"""Employments as returns speak of them, and those that go over with an undertaking (Wtl 2.10, HR 24-5-2024)."""

from datetime import date

import pytest

from quotum.law.wtl.employments import (
    WITHOUT_END,
    Employment,
    ReportedRelation,
    after_transfer,
    employments,
    new_starts,
)
from quotum.law.wtl.lkv_until_2025 import MonthBefore, month_before, month_before_on, registered_at_start
from quotum.law.wtl.transition import Registration, Remaining, ran_into, remaining_part
from quotum.run.lkv_terms import read_lkv_terms
from tests.spec.tables import figures_with


def _job(started_on, ended_on=None, months=(1, 3), number=1, lhnr=1):
    """A relation as the returns of some months of 2024 say it."""
    first, last = (date(2024, month, 1) for month in months)
    return ReportedRelation(lhnr, number, started_on, ended_on, first, date(last.year, last.month, 28))


def _ran(first_day, last_day=WITHOUT_END, *, start_known=True):
    return Employment(first_day, last_day, start_known)


START, END = date(2023, 5, 1), date(2024, 2, 15)


@pytest.mark.parametrize(
    ("relations", "expected"),
    [
        pytest.param([_job(START)], [_ran(START)], id="runs_on"),
        pytest.param([_job(START, END)], [_ran(START, END)], id="ended"),
        pytest.param([_job(START, None, (1, 2)), _job(START, END, (3, 3))], [_ran(START, END)], id="latest_ended"),
        pytest.param([_job(START, END, (1, 2)), _job(START, None, (3, 3))], [_ran(START)], id="latest_runs_on"),
        pytest.param([_job(START, END), _job(START, None)], [_ran(START)], id="same_period_says_both"),
        pytest.param(
            [_job(START, END), _job(START, date(2024, 2, 20))], [_ran(START, date(2024, 2, 20))], id="later_of_two"
        ),
        pytest.param(
            [_job(START), _job(date(2024, 1, 5))], [_ran(START), _ran(date(2024, 1, 5))], id="two_starts_are_two"
        ),
        pytest.param(
            [_job(START, END), _job(START, None, number=2)], [_ran(START, END), _ran(START)], id="two_relations"
        ),
        pytest.param(
            [_job(START, END), _job(START, None, lhnr=2)], [_ran(START, END), _ran(START)], id="two_numbers_are_two"
        ),
        pytest.param([_job(START), _job(START, number=2)], [_ran(START)], id="the_same_days_are_one"),
        pytest.param(
            [_job(None, None, (1, 2)), _job(None, None, (2, 3))],
            [_ran(date(2024, 1, 1), date(2024, 3, 28), start_known=False)], id="no_start_as_long_as_reported",
        ),
        pytest.param(
            [_job(None, END, (1, 3))], [_ran(date(2024, 1, 1), END, start_known=False)], id="no_start_but_an_end",
        ),
        pytest.param(
            [_job(None, END, (1, 3)), _job(None, None, (1, 3))],
            [_ran(date(2024, 1, 1), date(2024, 3, 28), start_known=False)], id="no_start_and_both_said",
        ),
    ],
)  # fmt: skip
def test_wtl_2_10_lid_1_employments_as_the_latest_period_says_them(relations, expected):
    """One per relation and start; without a start it is known for the time it was reported only."""
    assert list(employments(relations)) == sorted(expected)
    assert list(employments(reversed(relations))) == sorted(expected)


def test_wtl_2_10_lid_1_b_an_employment_without_a_start_begins_nothing_anew():
    """Its first day is when it was first reported: no start of a right."""
    known = (_ran(date(2020, 1, 1), date(2020, 2, 1)), _ran(START, END, start_known=False), _ran(date(2024, 12, 1)))
    assert new_starts(known, 6) == (date(2020, 1, 1), date(2024, 12, 1))


TRANSFER = date(2024, 7, 1)
EVE, DAY_AFTER = date(2024, 6, 30), date(2024, 7, 2)


ON_THE_DAY, STAYS = _ran(TRANSFER), _ran(date(2021, 1, 1), date(2021, 6, 30))


@pytest.mark.parametrize(
    ("transferor", "acquirer", "after"),
    [
        pytest.param([_ran(START)], [ON_THE_DAY], [_ran(START, EVE), _ran(START)], id="begins_on_the_day"),
        pytest.param([_ran(START)], [_ran(START)], [_ran(START, EVE), _ran(START)], id="keeps_its_start"),
        pytest.param([_ran(START)], [_ran(DAY_AFTER)], [_ran(DAY_AFTER)], id="begins_a_day_later"),
        pytest.param([_ran(START)], [_ran(EVE)], [_ran(EVE)], id="began_a_day_earlier"),
        pytest.param([_ran(START)], [], [], id="not_with_the_acquirer"),
        pytest.param(
            [_ran(START)], [_ran(TRANSFER, start_known=False)], [_ran(TRANSFER, start_known=False)], id="start_unknown"
        ),
        pytest.param([_ran(START, EVE)], [ON_THE_DAY], [_ran(START, EVE), _ran(START)], id="ended_on_the_eve"),
        pytest.param([_ran(START, date(2024, 6, 29))], [ON_THE_DAY], [ON_THE_DAY], id="ended_before_the_eve"),
        pytest.param([_ran(EVE)], [ON_THE_DAY], [_ran(EVE, EVE), _ran(EVE)], id="began_on_the_eve"),
        pytest.param([ON_THE_DAY], [ON_THE_DAY], [ON_THE_DAY], id="began_on_the_day_itself"),
        pytest.param(
            [_ran(START, END), _ran(EVE)], [ON_THE_DAY], [_ran(START, END), _ran(EVE, EVE), _ran(EVE)], id="all_before"
        ),
        pytest.param(
            [_ran(EVE), _ran(START)], [ON_THE_DAY], [_ran(START, EVE), _ran(START), _ran(EVE, EVE)], id="the_earliest"
        ),
        pytest.param(
            [_ran(START), ON_THE_DAY], [ON_THE_DAY], [_ran(START, EVE), _ran(START)], id="what_began_on_the_day_stays"
        ),
        pytest.param(
            [_ran(START)], [STAYS, ON_THE_DAY], [STAYS, _ran(START, EVE), _ran(START)], id="an_earlier_one_stays"
        ),
        pytest.param(
            [_ran(START)], [_ran(TRANSFER, DAY_AFTER)], [_ran(START, EVE), _ran(START, DAY_AFTER)], id="ends_as_it_ends"
        ),
    ],
)  # fmt: skip
def test_hr_24_5_2024_what_goes_over_with_the_undertaking(transferor, acquirer, after):
    """Running on the day before, and begun with the acquirer on the day itself or with the same start: one goes on."""
    assert list(after_transfer(tuple(transferor), tuple(acquirer), TRANSFER)) == after


JUNE, MAY, JULY = date(2024, 6, 15), date(2024, 5, 1), date(2024, 7, 1)


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        pytest.param(JUNE, JUNE, True, id="on_the_first_day_alone"),
        pytest.param(date(2024, 6, 16), JULY, False, id="from_a_day_later"),
        pytest.param(date(2024, 6, 1), date(2024, 6, 14), False, id="earlier_in_the_month_and_over"),
        pytest.param(date(2024, 5, 31), date(2024, 5, 31), True, id="last_day_of_the_month_before"),
        pytest.param(MAY, MAY, True, id="first_day_of_the_month_before"),
        pytest.param(date(2020, 1, 1), date(2024, 4, 30), False, id="over_a_month_before"),
        pytest.param(date(2020, 1, 1), MAY, True, id="until_the_month_before"),
        pytest.param(date(2020, 1, 1), WITHOUT_END, True, id="all_along"),
    ],
)
def test_wtl_2_10_lid_1_a_registered_on_the_first_day_or_in_the_calendar_month_before(first, last, expected):
    """The employment begins on 15 June."""
    assert registered_at_start([(first, last)], JUNE, MonthBefore.CALENDAR_MONTH) is expected


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        pytest.param(JUNE, JUNE, True, id="on_the_first_day_alone"),
        pytest.param(date(2024, 6, 16), JULY, False, id="from_a_day_later"),
        pytest.param(date(2024, 6, 14), date(2024, 6, 14), True, id="on_the_day_before"),
        pytest.param(date(2024, 5, 15), date(2024, 5, 15), True, id="first_day_of_that_month"),
        pytest.param(date(2020, 1, 1), date(2024, 5, 14), False, id="over_a_month_before"),
        pytest.param(date(2020, 1, 1), date(2024, 5, 15), True, id="until_that_month"),
        pytest.param(date(2020, 1, 1), WITHOUT_END, True, id="all_along"),
    ],
)
def test_wtl_2_10_lid_1_a_registered_on_the_first_day_or_in_the_month_up_to_it(first, last, expected):
    """The employment begins on 15 June, the month before it on 15 May."""
    assert registered_at_start([(first, last)], JUNE, MonthBefore.UP_TO_DAY_BEFORE) is expected


@pytest.mark.parametrize(
    ("start", "calendar_month", "up_to_day_before"),
    [
        pytest.param("2025-03-20", ("2025-02-01", "2025-02-28"), ("2025-02-20", "2025-03-19"), id="in_a_month"),
        pytest.param("2025-03-01", ("2025-02-01", "2025-02-28"), ("2025-02-01", "2025-02-28"), id="on_the_first"),
        pytest.param("2025-01-01", ("2024-12-01", "2024-12-31"), ("2024-12-01", "2024-12-31"), id="of_a_year"),
        pytest.param("2025-03-28", ("2025-02-01", "2025-02-28"), ("2025-02-28", "2025-03-27"), id="day_28_is_there"),
        pytest.param("2025-03-29", ("2025-02-01", "2025-02-28"), ("2025-02-28", "2025-03-28"), id="day_29_is_not"),
        pytest.param("2025-03-31", ("2025-02-01", "2025-02-28"), ("2025-02-28", "2025-03-30"), id="day_31_is_not"),
        pytest.param("2024-03-31", ("2024-02-01", "2024-02-29"), ("2024-02-29", "2024-03-30"), id="leap_year"),
        pytest.param("2025-05-31", ("2025-04-01", "2025-04-30"), ("2025-04-30", "2025-05-30"), id="after_30_days"),
        pytest.param("2025-08-31", ("2025-07-01", "2025-07-31"), ("2025-07-31", "2025-08-30"), id="after_31_days"),
    ],
)
def test_wtl_2_10_lid_1_a_which_days_the_month_before_has(start, calendar_month, up_to_day_before):
    """A day that does not exist in the month before becomes the last of it."""
    for text, days in (("calendar_month", calendar_month), ("month_up_to_day_before", up_to_day_before)):
        words = month_before(date.fromisoformat(start), MonthBefore(text))
        assert tuple(day.isoformat() for day in words) == days


@pytest.mark.parametrize(
    ("start", "text"),
    [
        pytest.param(date(2010, 1, 1), "calendar_month", id="before_any_text"),
        pytest.param(date(2024, 12, 31), "calendar_month", id="last_day_of_the_older"),
        pytest.param(date(2025, 1, 1), "month_up_to_day_before", id="first_day_of_the_later"),
        pytest.param(date(2025, 12, 31), "month_up_to_day_before", id="last_day_of_all"),
    ],
)
def test_wtl_2_10_lid_1_a_the_text_of_the_day_of_the_start(start, text):
    """The day of the start decides, and not the year that is settled."""
    for year in (2025, 2026, 2028):
        terms = read_lkv_terms(figures_with(), year)
        assert month_before_on(start, terms.month_before) == text


@pytest.mark.parametrize(
    ("period", "ran"),
    [
        pytest.param(None, False, id="none"),
        pytest.param((date(2025, 12, 31), date(2028, 12, 31)), True, id="began_on_the_last_day"),
        pytest.param((date(2026, 1, 1), date(2029, 1, 1)), False, id="began_the_day_after"),
        pytest.param((date(2023, 1, 1), date(2026, 1, 1)), True, id="the_last_day_was_in_it"),
        pytest.param((date(2022, 12, 31), date(2025, 12, 31)), False, id="over_on_the_last_day"),
    ],
)
def test_wtl_6_2_a_period_that_ran_on_31_december_2025_keeps_its_rest(period, ran):
    """The first day after the period is not in it."""
    assert ran_into(period, date(2025, 12, 31)) is ran


OLD_TEXT_UNTIL = date(2025, 12, 31)


def _ended(last_day, ended_by=None, first_day=START):
    return Registration(first_day, last_day, ended_by)


@pytest.mark.parametrize(
    ("registrations", "remaining"),
    [
        pytest.param([], Remaining.KEPT, id="never_registered"),
        pytest.param([_ended(OLD_TEXT_UNTIL)], Remaining.KEPT, id="until_the_last_day_of_the_old_text"),
        pytest.param([_ended(date(2026, 1, 1), "other")], Remaining.ENDED, id="ended_otherwise"),
        pytest.param([_ended(date(2026, 1, 1), "own_request")], Remaining.KEPT, id="own_request"),
        pytest.param([_ended(date(2026, 1, 1))], Remaining.ENDED_BY_UNKNOWN, id="unknown"),
        pytest.param([_ended(WITHOUT_END)], Remaining.ENDED, id="runs_so_nothing_is_unknown"),
        pytest.param([_ended(WITHOUT_END, None, date(2026, 1, 1))], Remaining.ENDED, id="from_the_first_day"),
        pytest.param([_ended(WITHOUT_END, None, date(2026, 1, 2))], Remaining.KEPT, id="from_the_day_after"),
        pytest.param(
            [_ended(date(2025, 6, 30), "own_request"), _ended(date(2026, 2, 1), "other", date(2025, 9, 1))],
            Remaining.ENDED, id="that_of_the_first_day_counts",
        ),
    ],
)  # fmt: skip
def test_wtl_6_2_what_becomes_of_the_remaining_part(registrations, remaining):
    """By the registration of 1 January 2026."""
    assert remaining_part(registrations, OLD_TEXT_UNTIL) is remaining
