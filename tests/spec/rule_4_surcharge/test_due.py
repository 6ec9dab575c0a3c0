"""From when the surcharge is due (Wet banenafspraak 6 lid 1, 12 lid 1, 13)."""

from datetime import date

import pytest

from quotum.errors import ParameterFileWrong
from quotum.law.wet_banenafspraak.activation import is_due, is_in_force, is_judged_jointly
from quotum.run.terms import read_terms
from tests.spec.tables import ACTIVATED, figures_with

DELAY = figures_with().whole("wet_banenafspraak.surcharge_delay_years", date(2026, 1, 1))


@pytest.mark.parametrize(
    ("year", "due"),
    [
        pytest.param(2027, False, id="year_of_activation"),
        pytest.param(2028, False, id="year_after"),
        pytest.param(2029, True, id="second_calendar_year_after"),
        pytest.param(2030, True, id="and_on"),
    ],
)
@pytest.mark.parametrize("in_force_from", [date(2027, 1, 1), date(2027, 7, 1), date(2026, 1, 1)])
def test_wet_banenafspraak_6_lid_1_activated_in_2027_is_first_due_over_2029(year, due, in_force_from):
    """From 1 January of the second calendar year after the year of activation."""
    assert is_due(year, in_force_from, 2027, DELAY) is due


@pytest.mark.parametrize("in_force_from", [None, date(2020, 1, 1)])
def test_wet_banenafspraak_5_without_activation_nothing_is_due(in_force_from):
    """As long as the regime was not activated there is no surcharge."""
    assert not is_due(2040, in_force_from, None, DELAY)


@pytest.mark.parametrize("in_force_from", [None, date(2028, 1, 1), date(2028, 12, 31)])
def test_wet_banenafspraak_13_lid_1_activation_before_the_year_in_force_is_refused(in_force_from):
    """Only when articles 1 to 6 are in force can the regime be activated."""
    with pytest.raises(ParameterFileWrong, match="in_force_from"):
        is_due(2030, in_force_from, 2027, DELAY)


@pytest.mark.parametrize(
    ("in_force_from", "in_force"),
    [
        pytest.param(None, False, id="no_decree"),
        pytest.param(date(2025, 12, 31), True, id="the_year_before"),
        pytest.param(date(2026, 12, 31), True, id="the_last_day_of_the_year"),
        pytest.param(date(2027, 1, 1), False, id="the_year_after"),
    ],
)
def test_wet_banenafspraak_12_lid_1_in_force_in_the_year_in_which_it_enters_into_force(in_force_from, in_force):
    assert is_in_force(2026, in_force_from) is in_force


@pytest.mark.parametrize("in_force", [True, False])
@pytest.mark.parametrize("by_scenario", [True, False])
def test_wet_banenafspraak_4_sectors_are_joint_once_in_force_unless_a_scenario_says_otherwise(in_force, by_scenario):
    assert is_judged_jointly(in_force=in_force, by_scenario=by_scenario) is (in_force and not by_scenario)


@pytest.mark.parametrize(
    ("activated_in", "due"),
    [pytest.param("2024", True, id="2024"), pytest.param("2025", False, id="2025_is_a_year_late")],
)
def test_wet_banenafspraak_6_lid_1_over_2026(activated_in, due):
    """Over 2026 it is due when activated in 2024; the bonus is due over the same years (reading)."""
    terms = read_terms(figures_with(**(ACTIVATED | {"wet_banenafspraak.activated_in": activated_in})), 2026)
    assert (terms.due, terms.in_force) == (due, True)
    assert terms.bonus_rate_cents == (3_76 if due else 0)


def test_wet_banenafspraak_12_lid_1_as_enacted_nothing_is_due():
    """With the parameters as they are a year settles with LKV only."""
    terms = read_terms(figures_with(), 2026)
    assert (terms.due, terms.in_force, terms.rate, terms.bonus_rate_cents) == (False, False, 0, 0)
    assert (terms.lkv_rate_cents, terms.lkv_cap_cents) == (1_01, 2_000_00)
    assert terms.small_limit_cents == 25 * 43_300_00


def test_wet_banenafspraak_13_lid_1_scenario_that_activates_too_early_is_refused():
    """Refused as a wrong scenario, also for a year in which nothing would be due."""
    early = ACTIVATED | {"wet_banenafspraak.activated_in": "2023"}
    with pytest.raises(ParameterFileWrong, match="activated_in"):
        read_terms(figures_with(**early), 2026)
