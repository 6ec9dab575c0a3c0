"""Base and amount of the surcharge (Wet banenafspraak 6 lid 3, 4, 6)."""

import narwhals as nw
import pytest

from quotum.law.wet_banenafspraak.rate import of_high_rate
from quotum.law.wet_banenafspraak.surcharge import base_hours, surcharge_cents
from tests.spec.tables import ACTIVATED, EMPLOYER, Cases, Country, frame, month, row, values, wage_bill


@pytest.mark.parametrize(
    ("base_cents", "rate", "expected_cents"),
    [
        pytest.param(1_000_000_00, 35, 3_500_00, id="1000000_at_0.35_percent"),
        pytest.param(285_71, 35, 0, id="285.71_is_0.999985"),
        pytest.param(285_72, 35, 1_00, id="285.72_is_1.00002"),
        pytest.param(571_42, 35, 1_00, id="571.42_is_1.99997"),
        pytest.param(571_43, 35, 2_00, id="571.43_is_2.000005"),
        pytest.param(0, 35, 0, id="no_base"),
        pytest.param(-100_00, 35, -1_00, id="minus_100_is_minus_0.35"),
        pytest.param(-285_71, 35, -1_00, id="minus_285.71_is_minus_0.999985"),
        pytest.param(-285_72, 35, -2_00, id="minus_285.72_is_minus_1.00002"),
        pytest.param(-1, 35, -1_00, id="minus_a_cent"),
        pytest.param(1_000_000_00, 0, 0, id="rate_of_zero"),
        pytest.param(100_00, 100_00, 100_00, id="hundred_percent"),
        pytest.param(90_000_000_000_00, 35, 315_000_000_00, id="ninety_thousand_million"),
    ],
)
def test_wet_banenafspraak_6_lid_6_wfsv_35_lid_1_whole_euros_down(engine, base_cents, rate, expected_cents):
    """One percentage of the wage, cut off to whole euros towards minus infinity."""
    bases = frame(engine, base=[base_cents])
    assert values(engine, bases, amount=surcharge_cents(nw.col("base"), rate)) == [expected_cents]


def _case(base_and_surcharge, *rows):
    return Country(rows, (), (), [wage_bill("9000000.00")]), base_and_surcharge


CASES = Cases(
    {
        "1000000_at_0.35": _case((1_000_000_00, 3_500_00), row(PrlnAofAnwHg="1000000.00")),
        "low_and_high_class_are_added": _case((1_000_00, 3_00), row(PrlnAofAnwLg="400.00", PrlnAofAnwHg="600.00")),
        "benefits_stay_out": _case((1_000_00, 3_00), row(PrlnAofAnwHg="1000.00", PrlnAofAnwUit="5000.00")),
        "wage_for_social_security_is_not_the_base": _case((0, 0), row(LnSV="1000.00")),
        "any_kind_of_relation": _case((1_000_00, 3_00), row(PrlnAofAnwHg="1000.00", SrtIV="31")),
        "not_insured": _case((1_000_00, 3_00), row(PrlnAofAnwHg="1000.00", IndWAO="N", IndWW="N", IndZW="N")),
        "without_bsn": _case((1_000_00, 3_00), row(PrlnAofAnwHg="1000.00", SofiNr="", PersNr="P1")),
        "rows_of_a_return_are_added_before_rounding": _case(
            (571_44, 2_00), row(PrlnAofAnwHg="285.72"), row(NumIV=2, PrlnAofAnwHg="285.72")
        ),
        "cents_below_a_euro_add_up_within_a_return": _case(
            (400_00, 1_00), row(PrlnAofAnwHg="200.00"), row(NumIV=2, PrlnAofAnwHg="200.00")
        ),
        "not_over_two_periods": _case(
            (400_00, 0), row(PrlnAofAnwHg="200.00"), row(**month(2), IdBer="M2", PrlnAofAnwHg="200.00")
        ),
        "not_over_two_payroll_tax_numbers": _case(
            (400_00, 0), row(PrlnAofAnwHg="200.00"), row(LhNr=f"{EMPLOYER}L02", PrlnAofAnwHg="200.00")
        ),
        "a_negative_period_is_taken_off": _case(
            (900_00, 3_00 - 1_00), row(PrlnAofAnwHg="1000.00"), row(**month(2), IdBer="M2", PrlnAofAnwHg="-100.00")
        ),
        "negative_wage_within_a_return": _case(
            (900_00, 3_00), row(PrlnAofAnwHg="1000.00"), row(NumIV=2, PrlnAofAnwHg="-100.00")
        ),
        "out_rows_beside_others": _case(
            (1_000_00, 3_00), row(PrlnAofAnwHg="1000.00"), row(NumIV=2, CdAard="11", PrlnAofAnwHg="7000.00")
        ),
        "negative_base_alone": _case((-100_00, -1_00), row(PrlnAofAnwHg="-100.00")),
        "a_return_without_rows": _case((0, 0), row(NumIV="", SofiNr="")),
    },
    settings=ACTIVATED,
)


@pytest.mark.parametrize(("name", "expected"), CASES.parameters())
def test_wet_banenafspraak_6_lid_4_6_base_and_surcharge(engine, name, expected):
    """The premium wage of all rows that are not out; per payroll tax number and period, the year is their sum."""
    line = CASES.settled(engine, name).settlement[EMPLOYER]
    assert (line["surcharge_base_cents"], line["surcharge_cents"]) == expected


def test_kamerstuk_34352_281_footnote_17_hours_of_the_rows_in_the_base(engine):
    """For the rate in balance the paid hours of the rows in the base count, also below zero; no others."""
    rows = frame(engine, out_of_base=[0, 1, 0], paid_hours=[100, 70, -30])
    assert values(engine, rows, hours=base_hours()) == [100, 0, -30]


def test_wet_banenafspraak_6_lid_6_a_line_for_every_return_that_owes(engine):
    """Every payroll tax number and period has its own line."""
    lines = CASES.settled(engine, "a_negative_period_is_taken_off").surcharge.values()
    assert sorted((line["base_cents"], line["surcharge_cents"]) for line in lines) == [
        (-100_00, -1_00),
        (1_000_00, 3_00),
    ]


@pytest.mark.parametrize(
    ("share", "high_rate", "rate"),
    [
        pytest.param(5_00, 7_00, 35, id="5_percent_of_7.00_is_0.35"),
        pytest.param(5_00, 7_10, 36, id="5_percent_of_7.10_is_0.355_half_up"),
        pytest.param(4_99, 7_10, 35, id="4.99_percent_of_7.10_is_0.35429"),
        pytest.param(5_00, 7_09, 35, id="5_percent_of_7.09_is_0.3545"),
        pytest.param(100_00, 7_64, 7_64, id="the_whole_of_it"),
        pytest.param(0, 7_64, 0, id="nothing_of_it"),
    ],
)
def test_wet_banenafspraak_6_lid_6_as_a_percentage_of_the_high_rate(share, high_rate, rate):
    """The product is rounded half up to hundredths of a percent point (reading)."""
    assert of_high_rate(share, high_rate) == rate
