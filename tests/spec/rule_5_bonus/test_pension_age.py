"""The pension age (AOW 7a lid 1; Wtl 2.10 lid 2 a)."""

from datetime import date, timedelta

import pytest

from quotum.law.wtl.bonus import below_pension_age
from quotum.law.wtl.pension_age import pension_day, youngest_pensioner
from quotum.periods import periods_of_year
from quotum.run.stages.in_order import pension_limits
from tests.spec.reference import pension_age_reached
from tests.spec.tables import figures_with, frame, values

FIGURES = figures_with()
YEARS = range(2013, 2032)


def _age(year):
    return FIGURES.whole("aow.pension_age_months", date(year, 1, 1))


@pytest.mark.parametrize(
    ("born", "reached"),
    [
        pytest.param(date(1960, 12, 31), date(2027, 12, 31), id="31_12_1960_at_67_years"),
        pytest.param(date(1961, 1, 1), date(2028, 4, 1), id="1_1_1961_at_67_years_and_3_months"),
        pytest.param(date(1961, 9, 30), date(2028, 12, 30), id="30_9_1961_at_67_years_and_3_months"),
        pytest.param(date(1961, 10, 1), date(2029, 1, 1), id="1_10_1961_at_67_years_and_3_months"),
        pytest.param(date(1964, 9, 30), date(2031, 12, 30), id="30_9_1964_at_67_years_and_3_months"),
        pytest.param(date(1960, 2, 29), date(2027, 2, 28), id="29_february_becomes_28"),
        pytest.param(date(1956, 5, 31), date(2022, 12, 31), id="31_5_1956_at_66_years_and_7_months"),
        pytest.param(date(1956, 6, 1), date(2023, 4, 1), id="1_6_1956_at_66_years_and_10_months"),
    ],
)
def test_aow_7a_lid_1_pension_day(born, reached):
    """The birth date plus the age in force in the year in which it is reached, the earliest year that fits."""
    assert pension_day(born, _age, YEARS) == reached


def test_aow_7a_lid_1_not_within_the_years_known():
    """Born on 1 October 1964: at 67 years and 3 months only in 2032, of which no age is known and none is needed."""
    assert not FIGURES.has("aow.pension_age_months", date(2032, 1, 1))
    assert pension_day(date(1964, 10, 1), _age, YEARS) is None


def test_aow_7a_lid_1_reached_before_the_years_given():
    """Born on 31 December 1956: reached on 31 October 2023, before the years that are looked at."""
    assert pension_day(date(1956, 12, 31), _age, range(2024, 2029)) is None
    assert pension_day(date(1957, 1, 1), _age, range(2024, 2029)) == date(2024, 1, 1)


@pytest.mark.parametrize(
    ("first_day", "youngest"),
    [
        pytest.param(date(2027, 12, 30), date(1960, 12, 30), id="the_day_before"),
        pytest.param(date(2027, 12, 31), date(1960, 12, 31), id="31_december_2027"),
        pytest.param(date(2028, 1, 1), date(1960, 12, 31), id="nobody_on_1_january_2028"),
        pytest.param(date(2028, 3, 31), date(1960, 12, 31), id="nor_on_31_march_2028"),
        pytest.param(date(2028, 4, 1), date(1961, 1, 1), id="1_april_2028"),
        pytest.param(date(2029, 1, 1), date(1961, 10, 1), id="1_january_2029"),
        pytest.param(date(2031, 12, 1), date(1964, 9, 1), id="1_december_2031"),
        pytest.param(date(2027, 2, 28), date(1960, 2, 29), id="28_february_takes_the_29th_along"),
    ],
)
def test_wtl_2_10_lid_2_a_latest_birth_date_that_has_reached_it(engine, first_day, youngest):
    """Only whether it is reached by the first day of the period is asked: both sides of each boundary."""
    limit = youngest_pensioner(first_day, _age, first_day.year - 1)
    assert limit == youngest
    births = frame(engine, birth_date=[youngest, youngest + timedelta(1)], youngest_pensioner=[limit, limit])
    assert values(engine, births, below=below_pension_age()) == [False, True]


@pytest.mark.parametrize("year", [2024, 2026, 2028, 2029, 2031])
def test_wtl_2_10_lid_2_a_every_birth_date_about_the_limit_of_every_period(year):
    """As the plain reference has it, for every birth date from a hundred days before the limit to a hundred after."""
    for start in {period.start for period in periods_of_year(year)}:
        limit = youngest_pensioner(start, _age, year - 1)
        for days in range(-100, 101):
            born = limit + timedelta(days)
            assert (born <= limit) is pension_age_reached(born, start), (start, born)


def test_wtl_2_10_lid_2_a_limits_of_the_periods_of_a_year():
    """Over 2028 nobody reaches it from January to March; who reached it in December 2027 did."""
    limits = {line["period_start"]: line["youngest_pensioner"] for line in pension_limits(2028, FIGURES).to_pylist()}
    assert set(limits) == {period.start for period in periods_of_year(2028)}
    assert limits[date(2028, 1, 1)] == limits[date(2028, 3, 1)] == date(1960, 12, 31)
    assert limits[date(2028, 4, 1)] == date(1961, 1, 1)
