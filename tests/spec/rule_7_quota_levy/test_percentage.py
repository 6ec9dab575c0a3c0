"""Quota percentage (Wfsv 38f; Besluit Wfsv 2.22, 2.32): given, or computed from its variables."""

from datetime import date
from fractions import Fraction

import attrs
import pytest

from quotum.errors import ParameterMissing, RateUnsolvable, WrongUse
from quotum.law.wfsv.quota_percentage import PercentageVariables, quota_percentage_hundredths, two_decimals_down
from quotum.run.regimes.levy_terms import Percentage, read_levy_terms
from tests.spec.tables import figures_with

GOVERNMENT_2018 = PercentageVariables(
    baseline_jobs=Fraction(13_504),
    extra_jobs=Fraction(11_250),
    target_group_hours_per_job=Fraction(1_331),
    jobs=Fraction("1073426.07"),
    hours_per_job=Fraction(1_623),
    other_persons=Fraction(534),
    jobs_at_small_employers=Fraction(0),
    agency_hours=Fraction(0),
)
UNKNOWN_GOVERNMENT = {"wfsv.quota_jobs_small_government": "0", "wfsv.quota_agency_hours": "0"}


def test_wfsv_38f_lid_2_government_2018():
    """(13,504 + 11,250 - 0) x 1,331 + 534 x 1,331 = 33,658,328; / 1,742,170,511.61 = 1.9319...%."""
    assert quota_percentage_hundredths(GOVERNMENT_2018) == 193


@pytest.mark.parametrize(
    ("changes", "hundredths"),
    [
        # One hundred jobs of one hour: a person of the target group is one percent.
        pytest.param({}, 100, id="one_of_a_hundred"),
        pytest.param({"extra_jobs": Fraction(1)}, 200, id="b_is_added"),
        pytest.param({"jobs_at_small_employers": Fraction(1)}, 0, id="h_is_taken_off"),
        pytest.param({"other_persons": Fraction(1)}, 200, id="f_times_g_is_added_above_the_line"),
        pytest.param({"agency_hours": Fraction(50)}, 200, id="agency_hours_lessen_d_times_e"),
        pytest.param({"agency_hours": Fraction(99)}, 100_00, id="one_hour_left"),
        pytest.param({"jobs": Fraction("100.01")}, 99, id="the_outcome_is_rounded_down"),
        pytest.param({"jobs": Fraction("100.009")}, 100, id="variables_are_first_rounded_down"),
        pytest.param({"baseline_jobs": Fraction("1.019")}, 101, id="a_rounded_down_first"),
        pytest.param({"extra_jobs": Fraction("0.009")}, 100, id="b_rounded_down_first"),
        pytest.param({"jobs_at_small_employers": Fraction("0.009")}, 100, id="h_rounded_down_first"),
        pytest.param({"other_persons": Fraction("0.009")}, 100, id="f_rounded_down_first"),
        pytest.param({"target_group_hours_per_job": Fraction("1.019")}, 101, id="c_rounded_down_first"),
        pytest.param({"hours_per_job": Fraction("1.009")}, 100, id="e_rounded_down_first"),
        pytest.param({"agency_hours": Fraction("0.009")}, 100, id="agency_hours_rounded_down_first"),
    ],
)
def test_wfsv_38f_lid_2_besluit_wfsv_2_22_2_32_each_variable(changes, hundredths):
    """What each variable does, and that all are rounded down to two decimals."""
    simple = PercentageVariables(*map(Fraction, (1, 0, 1, 100, 1, 0, 0, 0)))
    assert quota_percentage_hundredths(attrs.evolve(simple, **changes)) == hundredths


@pytest.mark.parametrize(
    ("text", "rounded"), [("1.999", "1.99"), ("1.99", "1.99"), ("2", "2"), ("-0.001", "-0.01"), ("0.009", "0")]
)
def test_besluit_wfsv_2_22_2_23_two_decimals_down(text, rounded):
    """Down is towards minus infinity."""
    assert two_decimals_down(Fraction(text)) == Fraction(rounded)


@pytest.mark.parametrize("agency_hours", [Fraction(100), Fraction(101)])
def test_wfsv_38f_lid_2_nothing_to_divide_by(agency_hours):
    """Agency hours of all hours there are, or more: no percentage, and the message says what to do."""
    with pytest.raises(RateUnsolvable, match="scenario") as refused:
        quota_percentage_hundredths(PercentageVariables(*map(Fraction, (1, 0, 1, 100, 1, 0, 0)), agency_hours))
    assert refused.value.exit_code == 12


def _percentages(year, *sectors, **settings):
    return read_levy_terms(figures_with(**settings), year, sectors).percentages


@pytest.mark.parametrize(
    ("year", "hundredths"), [pytest.param(2018, 193, id="2018"), pytest.param(2024, 276, id="2024")]
)
def test_wfsv_38f_lid_1_the_given_percentage_of_the_government(year, hundredths):
    """Published percentages, which go before what could be computed."""
    assert _percentages(year, "overheid") == {"overheid": Percentage(hundredths, "given")}
    assert _percentages(year, "overheid", **UNKNOWN_GOVERNMENT) == {"overheid": Percentage(hundredths, "given")}


def test_wfsv_38f_lid_1_the_given_percentage_wins():
    """A scenario that gives a percentage and every variable: the percentage is taken."""
    given = UNKNOWN_GOVERNMENT | {"wfsv.quota_percentage_government": "0.50", "wfsv.quota_jobs_government": "1"}
    assert _percentages(2019, "overheid", **given) == {"overheid": Percentage(50, "given")}


def test_wfsv_38f_lid_2_computed_when_every_variable_is_known():
    """2019: (13,504 + 13,750) x 1,331 + 811 x 1,331 = 37,354,515; / (1,100,000 x 1,623 - 1,000,000) = 2.0936%."""
    known = {
        "wfsv.quota_jobs_government": "1100000",
        "wfsv.quota_jobs_small_government": "0",
        "wfsv.quota_agency_hours": "1000000",
    }
    assert _percentages(2019, "overheid", **known) == {"overheid": Percentage(209, "computed")}


@pytest.mark.parametrize(
    "lacking", ["wfsv.quota_jobs_market", "wfsv.quota_jobs_small_market", "wfsv.quota_agency_hours", None]
)
def test_wfsv_38f_lid_2_without_a_figure_the_percentage_must_be_given(lacking):
    """D and H of the market and the agency hours have no figure: code 12 names the percentage to set."""
    known = {
        name: "1000000"
        for name in ("wfsv.quota_jobs_market", "wfsv.quota_jobs_small_market", "wfsv.quota_agency_hours")
        if name != lacking
    }
    if lacking is None:
        assert _percentages(2019, "niet-overheid", **known)["niet-overheid"].source == "computed"
        return
    with pytest.raises(ParameterMissing, match=r"wfsv\.quota_percentage_market") as refused:
        _percentages(2019, "niet-overheid", **known)
    assert refused.value.exit_code == 12


def test_wfsv_38f_lid_1_a_sector_without_employers_needs_no_percentage():
    """Nobody in the market: its percentage is not asked for."""
    assert list(_percentages(2018, "overheid")) == ["overheid"]
    assert _percentages(2018) == {}
    with pytest.raises(ParameterMissing):
        _percentages(2018, "overheid", "niet-overheid")


def test_years_without_figures_are_refused():
    """The levy has no amount before 2015."""
    with pytest.raises(ParameterMissing) as refused:
        read_levy_terms(figures_with(), 2014, ())
    assert refused.value.exit_code == 12
    assert str(date(2014, 1, 1)) in str(refused.value)


def test_wfsv_122n_lid_1_sectors_are_judged_separately_and_never_conditionally():
    """What the scenario asks of surcharge and bonus does not go with the levy."""
    assert read_levy_terms(figures_with(), 2018, ()).sectors == "separate"
    with pytest.raises(WrongUse, match="quota-levy"):
        read_levy_terms(figures_with(**{"wet_banenafspraak.sectors": "conditional"}), 2018, ())
