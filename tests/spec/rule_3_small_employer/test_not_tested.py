"""Years without all figures: nobody is tested when no surcharge is due and the average premium wage is not known."""

from datetime import date

import pytest

from quotum.errors import ParameterMissing
from quotum.run.stages.in_order import pension_limits
from quotum.run.terms import read_terms
from tests.spec.tables import (
    ACTIVATED,
    EMPLOYER,
    OTHER_EMPLOYER,
    Country,
    employer,
    figures_with,
    month,
    registered,
    row,
    settle,
    transfer,
    wage_bill,
)

AVERAGE, FACTOR = "wfsv.average_premium_wage", "wfsv.small_employer_factor"
NONE, AS_OF_2027 = {}, date(2028, 5, 1)


def _country(*transfers, bills=(), started_on="2010-01-01"):
    rows = [
        row(**month(1, 2027), PrlnAofAnwHg="1000.00", IndAvrLkvDgBaf="J", AantVerlU=100),
        row(**month(1, 2027), LhNr=f"{OTHER_EMPLOYER}L01", PrlnAofAnwLg="1000.00"),
    ]
    employers = [employer(started_on=started_on), employer(OTHER_EMPLOYER)]
    return Country(rows, [registered()], employers, bills, (), transfers)


def _lines(result):
    names = ("small_employer", "small_ground", "premium_wage_t2_cents")
    return {rsin: tuple(line[name] for name in names) for rsin, line in result.settlement.items()}


@pytest.mark.parametrize(
    ("country", "wages"),
    [
        pytest.param(_country(), (None, None), id="nothing_known"),
        pytest.param(_country(bills=[wage_bill("5.00", year=2025)]), (5_00, None), id="wage_known"),
        pytest.param(_country(started_on="2027-01-01"), (None, None), id="starter"),
        pytest.param(
            _country(started_on="2027-01-01", bills=[wage_bill("5.00", year=2025)]),
            (5_00, None),
            id="starter_with_wage",
        ),
        pytest.param(
            _country(transfer("0.5", "2026-07-01"), bills=[wage_bill("8.00", OTHER_EMPLOYER, 2025)]),
            (None, 4_00),
            id="transfer_partly_known",
        ),
    ],
)
def test_law_rule_3_nobody_is_tested_without_surcharge_and_average_premium_wage(engine, country, wages):
    """2027 as it is: `small_employer` and `small_ground` are empty, the LKV is settled, and the run says so."""
    result = settle(engine, country, AS_OF_2027, 2027, NONE)
    assert _lines(result) == {
        rsin: (None, None, wage) for rsin, wage in zip((EMPLOYER, OTHER_EMPLOYER), wages, strict=True)
    }
    assert result.settlement[EMPLOYER]["lkv_cents"] == 101_00
    codes = result.findings()
    assert codes["small_employers_not_tested"] == 2
    untested = {"declared_class_decides", "declared_class_contradicts_test", "starter_with_wage_of_t2"}
    assert not untested & set(codes)


def test_law_rule_3_everybody_is_tested_when_the_average_premium_wage_is_known(engine):
    """Without a surcharge too; the finding is not there."""
    result = settle(engine, _country(), AS_OF_2027, 2027, {AVERAGE: "43300"})
    assert _lines(result) == {EMPLOYER: (False, "declared_class", None), OTHER_EMPLOYER: (True, "declared_class", None)}
    assert "small_employers_not_tested" not in result.findings()


@pytest.mark.parametrize(
    ("year", "settings", "limit"),
    [
        pytest.param(2026, NONE, 1_082_500_00, id="2026_as_it_is"),
        pytest.param(2027, NONE, None, id="2027_as_it_is"),
        pytest.param(2027, {AVERAGE: "44000"}, 1_100_000_00, id="2027_with_the_figure"),
        pytest.param(2021, NONE, None, id="2021_neither_figure"),
        pytest.param(2021, {AVERAGE: "44000"}, None, id="2021_one_of_both"),
        pytest.param(2021, {FACTOR: "25"}, None, id="2021_the_other"),
        pytest.param(2021, {AVERAGE: "44000", FACTOR: "25"}, 1_100_000_00, id="2021_with_both"),
        pytest.param(2027, ACTIVATED | {AVERAGE: "44000"}, 1_100_000_00, id="due_with_the_figure"),
    ],
)
def test_law_rule_3_who_is_tested(year, settings, limit):
    assert read_terms(figures_with(**settings), year).small_limit_cents == limit


def test_law_rule_3_a_surcharge_that_is_due_asks_for_the_average_premium_wage():
    """Missing data never exempts, and nothing is invented."""
    with pytest.raises(ParameterMissing, match=r"wfsv.average_premium_wage has no value on 2027-01-01"):
        read_terms(figures_with(**ACTIVATED), 2027)


@pytest.mark.parametrize("year", range(2018, 2032))
def test_law_rule_3_a_year_with_lkv_only_stops_for_no_figure(year):
    """Every year from the first of the Wtl figures to the last pension age that is known."""
    figures = figures_with()
    with figures.naming_all_missing():
        terms = read_terms(figures, year)
        pension_limits(year, figures)
    assert not terms.due
    assert (terms.small_limit_cents is None) == (year not in range(2022, 2027))


def test_law_rule_3_a_figure_that_amounts_rest_on_stops_the_year():
    """2032 has no pension age."""
    figures = figures_with()
    with pytest.raises(ParameterMissing, match=r"aow.pension_age_months has no value on 2032-01-01"):
        pension_limits(2032, figures)


@pytest.mark.parametrize(
    ("year", "due"),
    [pytest.param(2028, False, id="the_year_before"), pytest.param(2029, True, id="the_second_year_after")],
)
def test_law_rule_4_activated_in_2027_first_surcharge_over_2029(engine, year, due):
    """With the figures that a scenario gives: 1,000.00 at 0.35% is 3.00."""
    rows = [row(**month(1, year), PrlnAofAnwHg="1000.00", DatTdAanm=f"{year}-02-20T09:00:00")]
    country = Country(rows, (), [employer()], [wage_bill("9000000.00", year=year - 2)])
    settings = {
        "wet_banenafspraak.in_force_from": "2027-01-01",
        "wet_banenafspraak.activated_in": "2027",
        "wet_banenafspraak.surcharge_rate": "0.35",
    } | ({AVERAGE: "48000"} if due else {})
    result = settle(engine, country, date(year + 1, 5, 1), year, settings)
    line = result.settlement[EMPLOYER]
    assert (line["surcharge_cents"], line["small_ground"]) == ((3_00, "wage_bill") if due else (0, None))
