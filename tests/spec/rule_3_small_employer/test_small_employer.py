"""Small employers (Wfsv 36; Besluit Wfsv 2.19d, 2.5)."""

from datetime import date

import pytest

from quotum.law.wfsv.small_employer import is_small, limit_cents
from tests.spec.tables import (
    EMPLOYER,
    OTHER_EMPLOYER,
    OTHER_PERSON,
    PERSON,
    Cases,
    Country,
    employer,
    figures_with,
    four_week_period,
    frame,
    month,
    row,
    settle,
    values,
    wage_bill,
)  # fmt: skip

FIGURES = figures_with()


def _limit(year):
    on = date(year, 1, 1)
    average = FIGURES.cents("wfsv.average_premium_wage", on)
    return limit_cents(average, FIGURES.number("wfsv.small_employer_factor", on))


@pytest.mark.parametrize(
    ("year", "premium_wage_cents", "small"),
    [
        pytest.param(2026, 25 * 43_300_00, True, id="2026_exactly_25_times_is_small"),
        pytest.param(2026, 25 * 43_300_00 + 1, False, id="2026_one_cent_more_is_not"),
        pytest.param(2025, 990_000_00, True, id="2025_premium_wage_of_2023_990000"),
        pytest.param(2025, 990_000_01, False, id="2025_one_cent_more_is_not"),
        pytest.param(2022, 882_500_00, True, id="2022_premium_wage_of_2020_882500"),
        pytest.param(2022, 882_500_01, False, id="2022_one_cent_more_is_not"),
        pytest.param(2026, 0, True, id="no_wage_at_all"),
        pytest.param(2026, -1, True, id="negative_wage"),
    ],
)
def test_besluit_wfsv_2_19d_lid_1(engine, year, premium_wage_cents, small):
    """Small: in t-2 at most ("ten hoogste") 25 times the average premium wage."""
    facts = frame(
        engine, small_ground=["wage_bill"], premium_wage_t2_cents=[premium_wage_cents], high_rows=[1], all_rows=[1]
    )
    assert values(engine, facts, small=is_small(_limit(year))) == [small]


def _case(expected, *rows, bills=(), employers=()):
    return Country(rows, (), employers, bills), expected


HIGH = row(PrlnAofAnwHg="1000.00")
LOW = row(PrlnAofAnwLg="1000.00")
WHOLE_YEAR = [row(**month(number, 2024), IdBer=f"T{number}", PrlnAofAnwHg="90208.33") for number in range(1, 13)]
A_CENT_MORE = [*WHOLE_YEAR[:11], WHOLE_YEAR[11] | {"PrlnAofAnwHg": "90208.38"}]
EXACTLY = [*WHOLE_YEAR[:11], WHOLE_YEAR[11] | {"PrlnAofAnwHg": "90208.37"}]
FOUR_WEEKS = [
    row(**four_week_period(number, 2024), IdBer=f"T{number}", PrlnAofAnwHg="1000.00") for number in range(1, 14)
]
SECOND_NUMBER = {"LhNr": f"{EMPLOYER}L02"}

GROUNDS = Cases(
    {
        # 2. The premium wage of t-2.
        "delivered_at_the_limit": _case((True, "wage_bill", 1_082_500_00), HIGH, bills=[wage_bill("1082500.00")]),
        "delivered_one_cent_more": _case((False, "wage_bill", 1_082_500_01), LOW, bills=[wage_bill("1082500.01")]),
        "delivered_for_another_year": _case(
            (False, "declared_class", None), HIGH, bills=[wage_bill("1.00", year=2023), wage_bill("1.00", year=2025)]
        ),
        "delivered_for_another_employer": _case(
            (False, "declared_class", None), HIGH, bills=[wage_bill("1.00", rsin=OTHER_EMPLOYER)]
        ),
        "summed_at_the_limit": _case((True, "wage_bill", 11 * 90_208_33 + 90_208_37), HIGH, *EXACTLY),
        "summed_one_cent_more": _case((False, "wage_bill", 11 * 90_208_33 + 90_208_38), LOW, *A_CENT_MORE),
        "low_and_high_are_added": _case(
            (True, "wage_bill", 12 * 1_500_00),
            HIGH,
            *(month_row | {"PrlnAofAnwHg": "1000.00", "PrlnAofAnwLg": "500.00"} for month_row in WHOLE_YEAR),
        ),
        "benefits_stay_out": _case(
            (True, "wage_bill", 12 * 1_000_00),
            HIGH,
            *(month_row | {"PrlnAofAnwHg": "1000.00", "PrlnAofAnwUit": "99999.00"} for month_row in WHOLE_YEAR),
        ),
        "agency_workers_stay_in": _case(
            (True, "wage_bill", 12 * 90_208_33), HIGH, *(month_row | {"CdAard": "11"} for month_row in WHOLE_YEAR)
        ),
        "four_weeks_summed": _case((True, "wage_bill", 13 * 1_000_00), HIGH, *FOUR_WEEKS),
        "delivered_goes_before_summed": _case(
            (False, "wage_bill", 2_000_000_00), HIGH, *WHOLE_YEAR, bills=[wage_bill("2000000.00")]
        ),
        "one_month_lacks": _case((False, "declared_class", None), HIGH, *WHOLE_YEAR[:11]),
        "one_month_has_only_a_correction": _case(
            (False, "declared_class", None), HIGH, *WHOLE_YEAR[:11], WHOLE_YEAR[11] | {"Soort": "C"}
        ),
        "one_four_week_period_lacks": _case((False, "declared_class", None), HIGH, *FOUR_WEEKS[:12]),
        "half_months_half_four_weeks": _case((False, "declared_class", None), HIGH, *WHOLE_YEAR[:6], *FOUR_WEEKS[7:]),
        "second_number_whole_too": _case(
            (True, "wage_bill", 12 * 1_000_00 + 13 * 1_000_00),
            HIGH,
            *(month_row | {"PrlnAofAnwHg": "1000.00"} for month_row in WHOLE_YEAR),
            *(period | SECOND_NUMBER for period in FOUR_WEEKS),
        ),
        "second_number_lacks_a_period": _case(
            (False, "declared_class", None),
            HIGH,
            *WHOLE_YEAR,
            *(month_row | SECOND_NUMBER for month_row in WHOLE_YEAR[1:]),
        ),
        "a_month_of_t2_without_rows_is_complete": _case(
            (True, "wage_bill", 11 * 90_208_33), HIGH, *WHOLE_YEAR[:11], WHOLE_YEAR[11] | {"NumIV": "", "SofiNr": ""}
        ),
        "filed_after_the_as_of_day_is_not_complete": _case(
            (False, "declared_class", None),
            HIGH,
            *WHOLE_YEAR[:11],
            WHOLE_YEAR[11] | {"DatTdAanm": "2027-05-02T00:00:00"},
        ),
        # 1. Starters come before it ("in afwijking van het eerste lid").
        "started_31_december_of_t2": _case(
            (False, "declared_class", None), HIGH, employers=[employer(started_on="2024-12-31")]
        ),
        "started_1_january_of_t1": _case((True, "starter", None), HIGH, employers=[employer(started_on="2025-01-01")]),
        "started_31_december_of_t": _case((True, "starter", None), HIGH, employers=[employer(started_on="2026-12-31")]),
        "starts_1_january_of_the_next_year": _case(
            (False, "declared_class", None), HIGH, employers=[employer(started_on="2027-01-01")]
        ),
        "started_1_june_of_t1_with_a_wage_of_5_million": _case(
            (True, "starter", 5_000_000_00),
            HIGH,
            bills=[wage_bill("5000000.00")],
            employers=[employer(started_on="2025-06-01")],
        ),
        "started_31_december_of_t2_with_a_wage_of_5_million": _case(
            (False, "wage_bill", 5_000_000_00),
            HIGH,
            bills=[wage_bill("5000000.00")],
            employers=[employer(started_on="2024-12-31")],
        ),
        "starts_1_january_of_the_next_year_with_a_wage_of_5_million": _case(
            (False, "wage_bill", 5_000_000_00),
            HIGH,
            bills=[wage_bill("5000000.00")],
            employers=[employer(started_on="2027-01-01")],
        ),
        "starter_with_a_small_wage": _case(
            (True, "starter", 1_00), HIGH, bills=[wage_bill("1.00")], employers=[employer(started_on="2026-01-01")]
        ),
        "starter_with_a_summed_wage": _case(
            (True, "starter", 11 * 90_208_33 + 90_208_38),
            HIGH,
            *A_CENT_MORE,
            employers=[employer(started_on="2026-01-01")],
        ),
        # 4. Nothing known: the class the employer declared.
        "nothing_known_started_2015_all_rows_high": _case(
            (False, "declared_class", None),
            HIGH,
            row(SofiNr=OTHER_PERSON, PrlnAofAnwHg="5.00"),
            employers=[employer(started_on="2015-01-01")],
        ),
        "nothing_known_all_rows_low": _case(
            (True, "declared_class", None), LOW, employers=[employer(started_on="2015-01-01")]
        ),
        "not_even_listed": _case((False, "declared_class", None), HIGH),
        "one_cent_high_among_low": _case(
            (False, "declared_class", None), LOW, row(SofiNr=OTHER_PERSON, PrlnAofAnwHg="0.01")
        ),
        "one_cent_high_below_zero": _case((False, "declared_class", None), LOW | {"PrlnAofAnwHg": "-0.01"}),
        "high_and_its_correction_are_two_rows": _case(
            (False, "declared_class", None), row(NumIV=1, PrlnAofAnwHg="5.00"), row(NumIV=2, PrlnAofAnwHg="-5.00")
        ),
        "high_only_with_wsw_21": _case((True, "declared_class", None), LOW | {"PrlnAofAnwHg": "9.00", "CdAard": "21"}),
        "high_only_with_wsw_22": _case((True, "declared_class", None), LOW | {"PrlnAofAnwHg": "9.00", "CdAard": "22"}),
        "high_with_23": _case((False, "declared_class", None), LOW | {"PrlnAofAnwHg": "9.00", "CdAard": "23"}),
        "high_without_nature": _case((False, "declared_class", None), LOW | {"PrlnAofAnwHg": "9.00", "CdAard": ""}),
        "no_wage_at_all_declares_low": _case((True, "declared_class", None), row(AantVerlU=100)),
        "a_return_without_rows_is_not_small": _case((False, "declared_class", None), row(NumIV="", SofiNr="")),
        # Employers without rows.
        "without_returns_nothing_known": _case((False, "declared_class", None), employers=[employer()]),
        "without_returns_but_a_starter": _case((True, "starter", None), employers=[employer(started_on="2025-06-01")]),
        "without_returns_but_a_low_wage": _case(
            (True, "wage_bill", 5_00), employers=[employer()], bills=[wage_bill("5.00")]
        ),
    }
)


@pytest.mark.parametrize(("name", "expected"), GROUNDS.parameters())
def test_besluit_wfsv_2_19d_lid_1_lid_4_what_is_not_known_never_exempts(engine, name, expected):
    """First starters, then the wage of t-2, and last the class that the employer declared."""
    line = GROUNDS.settled(engine, name).settlement[EMPLOYER]
    assert (line["small_employer"], line["small_ground"], line["premium_wage_t2_cents"]) == expected


LISTED = [employer()]
SMALL, NOT_SMALL = [wage_bill("1.00")], [wage_bill("2000000.00")]
FINDINGS = {
    "nothing_known": (["declared_class_decides"], HIGH, LISTED, []),
    "nothing_known_and_low": (["declared_class_decides"], LOW, LISTED, []),
    "small_pays_high": (["declared_class_contradicts_test"], HIGH, LISTED, SMALL),
    "small_pays_low": ([], LOW, LISTED, SMALL),
    "small_pays_both": (["declared_class_contradicts_test"], HIGH | {"PrlnAofAnwLg": "1.00"}, LISTED, SMALL),
    "small_pays_nothing": ([], row(AantVerlU=100), LISTED, SMALL),
    "not_small_pays_low": (["declared_class_contradicts_test"], LOW, LISTED, NOT_SMALL),
    "not_small_pays_a_cent_low": (["declared_class_contradicts_test"], row(PrlnAofAnwLg="0.01"), LISTED, NOT_SMALL),
    "not_small_a_cent_less_low": (["declared_class_contradicts_test"], row(PrlnAofAnwLg="-0.01"), LISTED, NOT_SMALL),
    "not_small_pays_high": ([], HIGH, LISTED, NOT_SMALL),
    "not_small_pays_both": ([], HIGH | {"PrlnAofAnwLg": "1.00"}, LISTED, NOT_SMALL),
    "not_small_pays_nothing": ([], row(AantVerlU=100), LISTED, NOT_SMALL),
    "starter_pays_high": (["declared_class_contradicts_test"], HIGH, [employer(started_on="2026-01-01")], []),
    "starter_pays_low": ([], LOW, [employer(started_on="2026-01-01")], []),
    "starter_with_a_wage": (["starter_with_wage_of_t2"], LOW, [employer(started_on="2025-06-01")], NOT_SMALL),
    "starter_with_a_cent": (["starter_with_wage_of_t2"], LOW, [employer(started_on="2025-06-01")], [wage_bill("0.01")]),
    "starter_below_zero": (["starter_with_wage_of_t2"], LOW, [employer(started_on="2026-12-31")], [wage_bill("-1.00")]),
    "starter_with_a_wage_of_nothing": ([], LOW, [employer(started_on="2025-06-01")], [wage_bill("0.00")]),
    "started_in_t2_with_a_wage": ([], LOW, [employer(started_on="2024-12-31")], SMALL),
    "not_listed": (["employer_without_sector"], LOW, [], SMALL),
}  # fmt: skip


@pytest.mark.parametrize(("finding", "rows", "employers", "bills"), FINDINGS.values(), ids=list(FINDINGS))
def test_besluit_wfsv_2_19d_findings(engine, finding, rows, employers, bills):
    """Nothing known, a class that contradicts the test, and no sector are findings."""
    findings = settle(engine, Country([rows], (), employers, bills)).findings()
    assert sorted(code for code in findings if code != "filing_time_is_time_made") == finding
    assert set(findings.values()) == {1}


@pytest.mark.parametrize(("delivered", "expected"), [("1082499.99", 1), ("1082500.00", 0), ("1082500.01", 1)])
def test_besluit_wfsv_2_19d_lid_1_wages_that_differ_are_a_finding(engine, delivered, expected):
    """The wage delivered for t-2 against the sum of its returns, to the cent."""
    country = _case({}, LOW, *EXACTLY, bills=[wage_bill(delivered)], employers=LISTED)[0]
    assert settle(engine, country).findings().get("wage_bills_differ", 0) == expected


def test_wet_banenafspraak_6_lid_3_a_small_employer_owes_nothing(engine):
    """No surcharge and no base for a small employer; its neighbour owes."""
    bills = [wage_bill("1082500.00"), wage_bill("1082500.01", rsin=OTHER_EMPLOYER)]
    rows = [row(LhNr=f"{rsin}L01", SofiNr=PERSON, PrlnAofAnwHg="1000000.00") for rsin in (EMPLOYER, OTHER_EMPLOYER)]
    result = settle(engine, Country(rows, (), (), bills))
    owed = {rsin: (line["surcharge_base_cents"], line["surcharge_cents"]) for rsin, line in result.settlement.items()}
    assert owed == {EMPLOYER: (0, 0), OTHER_EMPLOYER: (1_000_000_00, 3_500_00)}
    assert [lhnr for lhnr, _, _ in result.surcharge] == [f"{OTHER_EMPLOYER}L01"]
