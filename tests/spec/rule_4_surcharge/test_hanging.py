"""The surcharge that hangs on findings, at 0.35%: at most so much is charged, or would be."""

import pytest

from tests.spec.tables import (
    EMPLOYER,
    OTHER_EMPLOYER,
    Country,
    deduction,
    employer,
    month,
    row,
    settle,
    transfer,
    wage_bill,
)

HIGH = row(PrlnAofAnwHg="1000000.00", AantVerlU=100)
LOW = row(PrlnAofAnwLg="1000000.00", AantVerlU=100)
LISTED = [employer()]
SURCHARGE = 3_500_00
"""0.35% of 1,000,000.00."""


@pytest.mark.parametrize(
    ("rows", "cents"),
    [
        pytest.param([HIGH], SURCHARGE, id="not_small_it_is_charged"),
        pytest.param([LOW], SURCHARGE, id="small_it_would_be"),
        pytest.param([HIGH | {"PrlnAofAnwHg": "-100.00"}], 0, id="below_zero_nothing_hangs"),
        pytest.param([HIGH, LOW | month(2) | {"IdBer": "M2"}], 2 * SURCHARGE, id="all_returns_of_it"),
        pytest.param([HIGH | {"PrlnAofAnwHg": "285.71"}], 0, id="285_71_gives_whole_euros_0"),
        pytest.param([HIGH | {"PrlnAofAnwHg": "285.72"}], 1_00, id="285_72_gives_1"),
    ],
)
def test_besluit_wfsv_2_19d_the_declared_class_decides(engine, rows, cents):
    """The whole surcharge of an employer of which nothing is known."""
    result = settle(engine, Country(rows, (), LISTED))
    assert result.findings()["declared_class_decides"] == 1
    assert result.hanging["declared_class_decides"] == cents


def test_besluit_wfsv_2_19d_an_employer_with_a_known_wage_hangs_on_nothing(engine):
    """Its neighbour of which nothing is known does."""
    rows = [HIGH, HIGH | {"LhNr": f"{OTHER_EMPLOYER}L01", "PrlnAofAnwHg": "2000000.00"}]
    bills = [wage_bill("2000000.00")]
    result = settle(engine, Country(rows, (), [employer(), employer(OTHER_EMPLOYER)], bills))
    assert result.hanging["declared_class_decides"] == 2 * SURCHARGE


def test_wet_banenafspraak_6_nothing_hangs_when_no_surcharge_is_due(engine):
    result = settle(engine, Country([HIGH], (), LISTED), settings={})
    assert result.findings()["declared_class_decides"] == 1
    assert set(result.hanging.values()) == {0}


@pytest.mark.parametrize(
    ("delivered", "cents"),
    [
        pytest.param("1082500.00", 0, id="both_small"),
        pytest.param("1082500.01", SURCHARGE, id="delivered_is_not_small_and_the_sum_is"),
    ],
)
def test_besluit_wfsv_2_19d_lid_1_wages_that_differ(engine, delivered, cents):
    """Something hangs only where the two would decide otherwise: the sum is 12 x 1,000.00."""
    year = [row(**month(number, 2024), IdBer=f"T{number}", PrlnAofAnwHg="1000.00") for number in range(1, 13)]
    result = settle(engine, Country([HIGH, *year], (), LISTED, [wage_bill(delivered)]))
    assert result.findings()["wage_bills_differ"] == 1
    assert result.hanging["wage_bills_differ"] == cents


def test_besluit_wfsv_2_15_taking_over_what_is_not_known(engine):
    """Of the acquirer, whatever its own wage was."""
    bills = [wage_bill("2000000.00")]
    result = settle(engine, Country([HIGH], (), LISTED, bills, (), [transfer("1")]))
    assert result.findings()["took_over_unknown_wage"] == 1
    assert result.hanging["took_over_unknown_wage"] == SURCHARGE


@pytest.mark.parametrize(
    ("bills", "amount", "number", "code", "cents"),
    [
        pytest.param("2000000.00", "1500000.00", 1, "deduction_above_base", 1_750_00, id="500000_more_than_the_base"),
        pytest.param("1.00", "1500000.00", 1, "deduction_above_base", 0, id="of_a_small_employer"),
        pytest.param("2000000.00", "100000.00", 2, "deduction_without_return", 350_00, id="100000_without_return"),
        pytest.param("1.00", "100000.00", 2, "deduction_without_return", 0, id="of_a_small_employer_without_return"),
    ],
)
def test_wet_banenafspraak_6_lid_4_c_deductions(engine, bills, amount, number, code, cents):
    """0.35% of what is not left out, of who owes a surcharge."""
    country = Country([HIGH], (), LISTED, [wage_bill(bills)], (), (), [deduction(amount, number=number)])
    result = settle(engine, country)
    assert result.findings()[code] == 1
    assert result.hanging[code] == cents


@pytest.mark.parametrize(("bills", "cents"), [("2000000.00", 3_220_00), ("1.00", 0)], ids=["owes", "small"])
def test_wfsv_17_lid_1_a_person_above_the_maximum_premium_wage(engine, bills, cents):
    """The wage of 1,000,000.00 above a maximum of 80,000.00: 0.35% of 920,000.00."""
    result = settle(engine, Country([HIGH], (), LISTED, [wage_bill(bills)]), maximum_premium_wage_cents=80_000_00)
    assert result.findings()["person_above_maximum_premium_wage"] == 1
    assert result.hanging["person_above_maximum_premium_wage"] == cents
    assert EMPLOYER in result.settlement
