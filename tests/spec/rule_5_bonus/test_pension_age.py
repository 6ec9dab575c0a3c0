"""The pension age (AOW 7a lid 1; Wtl 2.10 lid 2 a)."""

from datetime import date, timedelta

import narwhals as nw
import pytest

from quotum.law.bonus import below_pension_age
from quotum.law.pension_age import pension_day, youngest_pensioner
from quotum.periods import periods_of_year
from tests.spec.reference import pension_age_reached
from tests.spec.tables import figures_with, frame, values

FIGURES = figures_with()
YEARS = range(2013, 2029)


def _age(year):
    return FIGURES.whole("aow.pension_age_months", date(year, 1, 1))


@pytest.mark.parametrize(
    ("born", "reached"),
    [
        pytest.param(date(1960, 12, 31), date(2027, 12, 31), id="31_12_1960_at_67_years"),
        pytest.param(date(1961, 1, 1), date(2028, 4, 1), id="1_1_1961_at_67_years_and_3_months"),
        pytest.param(date(1960, 2, 29), date(2027, 2, 28), id="29_february_becomes_28"),
        pytest.param(date(1956, 2, 29), date(2022, 12, 29) - timedelta(0), id="placeholder"),
    ],
)
def test_aow_7a_lid_1_pension_day(born, reached):
    """The birth date plus the age in force in the year in which it is reached, the earliest year that fits."""
    assert pension_day(born, _age, YEARS) == reached


def test_aow_7a_lid_1_not_within_the_years_known():
    """Born on 2 October 1961: at 67 years and 3 months only in 2029, of which no age is needed."""
    assert pension_day(date(1961, 10, 1), _age, YEARS) is None
    assert pension_day(date(1961, 9, 30), _age, YEARS) == date(2028, 12, 30)


@pytest.mark.parametrize(
    ("first_day", "youngest"),
    [
        pytest.param(date(2027, 12, 30), date(1960, 12, 30), id="the_day_before"),
        pytest.param(date(2027, 12, 31), date(1960, 12, 31), id="31_december_2027"),
        pytest.param(date(2028, 1, 1), date(1960, 12, 31), id="nobody_on_1_january_2028"),
        pytest.param(date(2028, 3, 31), date(1960, 12, 31), id="nor_on_31_march_2028"),
        pytest.param(date(2028, 4, 1), date(1961, 1, 1), id="1_april_2028"),
        pytest.param(date(2027, 2, 28), date(1960, 2, 29), id="28_february_takes_the_29th_along"),
    ],
)
def test_wtl_2_10_lid_2_a_latest_birth_date_that_has_reached_it(engine, first_day, youngest):
    """Only whether it is reached by the first day of the period is asked: both sides of each boundary."""
    limit = youngest_pensioner(first_day, _age, first_day.year - 1)
    assert limit == youngest
    births = frame(engine, birth_date=[youngest, youngest + timedelta(1)], youngest_pensioner=[limit, limit])
    assert values(engine, births, below=below_pension_age()) == [False, True]


@pytest.mark.parametrize("year", [2023, 2024, 2025, 2026, 2027, 2028])
def test_wtl_2_10_lid_2_a_every_birth_date_about_the_limit_of_every_period(year):
    """As the plain reference has it, for every birth date from half a year before the limit to half a year after."""
    for start in {period.start for period in periods_of_year(year)}:
        limit = youngest_pensioner(start, _age, year - 1)
        for days in range(-180, 181):
            born = limit + timedelta(days)
            assert (born <= limit) is pension_age_reached(born, start), (start, born)
