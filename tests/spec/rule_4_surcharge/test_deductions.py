"""Supplements on benefits that stay out of the surcharge base (Wet banenafspraak art. 6 lid 4 c)."""

import pytest

from tests.spec.tables import ACTIVATED, EMPLOYER, Cases, Country, deduction, employer, month, row, settle, wage_bill

NOT_SMALL = (wage_bill("2000000.00"),)
BASE = row(PrlnAofAnwHg="1000000.00", AantVerlU=100)


def _case(expected, *rows, deductions=()):
    return Country(rows, (), (employer(),), NOT_SMALL, (), (), deductions), expected


CASES = Cases(
    {
        # 0.35% of 1,000,000.00 is 3,500.00; of 285.71 just 0.999985, of 285.72 it is 1.00002.
        "nothing_delivered": _case((1_000_000_00, 3_500_00), BASE),
        "taken_off": _case((900_000_00, 3_150_00), BASE, deductions=[deduction("100000.00")]),
        "down_to_285_72": _case((285_72, 1_00), BASE, deductions=[deduction("999714.28")]),
        "down_to_285_71": _case((285_71, 0), BASE, deductions=[deduction("999714.29")]),
        "exactly_the_base": _case((0, 0), BASE, deductions=[deduction("1000000.00")]),
        "a_cent_above_the_base": _case((0, 0), BASE, deductions=[deduction("1000000.01")]),
        "a_cent_off_a_cent": _case((0, 0), row(PrlnAofAnwHg="0.01"), deductions=[deduction("0.01")]),
        "two_cents_off_a_cent": _case((0, 0), row(PrlnAofAnwHg="0.01"), deductions=[deduction("0.02")]),
        "a_base_below_zero_stays": _case(
            (-100_00, -1_00), row(PrlnAofAnwHg="-100.00"), deductions=[deduction("50.00")]
        ),
        "a_deduction_below_zero_adds": _case((1_100_000_00, 3_850_00), BASE, deductions=[deduction("-100000.00")]),
        "another_month": _case((1_000_000_00, 3_500_00), BASE, deductions=[deduction("5.00", number=2)]),
        "another_number": _case(
            (1_000_000_00, 3_500_00), BASE, deductions=[deduction("5.00", lhnr=f"{EMPLOYER}L02")]
        ),
        "another_year": _case((1_000_000_00, 3_500_00), BASE, deductions=[deduction("5.00", year=2025)]),
        "each_month_its_own": _case(
            (1_000_000_00, 1_748_00 + 1_751_00),  # 499,714.28 at 0.35% is 1,748.99998; 500,285.72 is 1,751.00002.
            row(PrlnAofAnwHg="500000.00"), row(**month(2), IdBer="M2", PrlnAofAnwHg="500285.73"),
            deductions=[deduction("285.72"), deduction("0.01", number=2)],
        ),
    }
)  # fmt: skip


@pytest.mark.parametrize(("name", "expected"), CASES.parameters())
def test_wet_banenafspraak_6_lid_4_c_left_out_of_the_base(engine, name, expected):
    """Per payroll tax number and period; never below zero because of a deduction."""
    line = CASES.settled(engine, name).settlement[EMPLOYER]
    assert (line["surcharge_base_cents"], line["surcharge_cents"]) == expected


@pytest.mark.parametrize(
    ("wage", "deductions", "findings"),
    [
        pytest.param("1000000.00", [deduction("1000000.00")], {}, id="exactly_the_base"),
        pytest.param("1000000.00", [deduction("1000000.01")], {"deduction_above_base": 1}, id="a_cent_more"),
        pytest.param("0.00", [deduction("0.01")], {"deduction_above_base": 1}, id="a_cent_of_nothing"),
        pytest.param("-100.00", [deduction("0.00")], {}, id="nothing_off_a_base_below_zero"),
        pytest.param("-100.00", [deduction("-50.00")], {}, id="added_to_a_base_below_zero"),
        pytest.param("1000000.00", [deduction("1.00", number=2)], {"deduction_without_return": 1}, id="no_return"),
        pytest.param("1000000.00", [deduction("1.00", number=2, year=2025)], {}, id="another_year_is_not_looked_at"),
    ],
)
def test_wet_banenafspraak_6_lid_4_c_findings(engine, wage, deductions, findings):
    """More than the base, and a return that is not there."""
    counts_of_findings = settle(engine, _case(None, BASE | {"PrlnAofAnwHg": wage}, deductions=deductions)[0]).findings()
    assert {code: count for code, count in counts_of_findings.items() if code.startswith("deduction")} == findings


@pytest.mark.parametrize(
    ("settings", "surcharge_cents"),
    [
        pytest.param({}, 3_150_00, id="of_the_wage_0_35"),
        # 5% of the high Aof rate of 7.63% is 0.3815%, half up 0.38%.
        pytest.param({"surcharge_basis": "high_rate", "surcharge_rate": "5.00"}, 3_420_00, id="of_the_high_rate_0_38"),
    ],
)
def test_wet_banenafspraak_6_lid_6_both_bases_are_lessened(engine, settings, surcharge_cents):
    """A deduction lessens what the rate is taken of, whichever rate it is: 900,000.00."""
    scenario = ACTIVATED | {f"wet_banenafspraak.{name}": value for name, value in settings.items()}
    country = _case(None, BASE, deductions=[deduction("100000.00")])[0]
    line = settle(engine, country, settings=scenario).settlement[EMPLOYER]
    assert (line["surcharge_base_cents"], line["surcharge_cents"]) == (900_000_00, surcharge_cents)


def test_kamerstuk_34352_281_the_rate_in_balance_is_solved_over_what_is_left(engine):
    """5% of 100 hours x 3.76 is 18.80: over 1,000.00 that is 1.88%, over 500.00 it is 3.76%."""
    scenario = ACTIVATED | {"wet_banenafspraak.surcharge_rate": "balance", "wet_banenafspraak.required_share": "5.00"}
    rows = row(PrlnAofAnwHg="1000.00", AantVerlU=100)
    assert settle(engine, _case(None, rows)[0], settings=scenario).rate == 188
    assert settle(engine, _case(None, rows, deductions=[deduction("500.00")])[0], settings=scenario).rate == 376
