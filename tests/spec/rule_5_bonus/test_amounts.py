"""LKV and bonus per person, employer and calendar year (Wtl 2.13)."""

import narwhals as nw
import pytest

from quotum.law.wtl.bonus import capped_cents, is_capped
from tests.spec.tables import (
    ACTIVATED,
    EMPLOYER,
    OTHER_EMPLOYER,
    OTHER_PERSON,
    PERSON,
    Cases,
    Country,
    frame,
    month,
    registered,
    row,
    settle,
    values,
)  # fmt: skip

REGISTER = (registered(), registered(bsn=OTHER_PERSON))
LATER = {"IdBer": "M2", **month(2)}


def _case(expected, *rows, register=REGISTER):
    return Country(rows, register), expected


CASES = Cases(
    {
        "1500_hours": _case({(EMPLOYER, PERSON): (1_500, 1_500 * 1_01, False)}, row(AantVerlU=1_500)),
        "1664_hours": _case({(EMPLOYER, PERSON): (1_664, 1_664 * 1_01, False)}, row(AantVerlU=1_664)),
        "1980_hours": _case({(EMPLOYER, PERSON): (1_980, 1_980 * 1_01, False)}, row(AantVerlU=1_980)),
        "1981_hours_2000.81_capped": _case({(EMPLOYER, PERSON): (1_981, 2_000_00, True)}, row(AantVerlU=1_981)),
        "1800_hours_not_in_the_target_group": _case({}, row(AantVerlU=1_800), register=()),
        "1500_hours_not_asked_for": _case({}, row(AantVerlU=1_500, IndAvrLkvDgBaf="N")),
        "no_hours": _case({(EMPLOYER, PERSON): (0, 0, False)}, row(AantVerlU=0)),
        "negative_hours": _case({(EMPLOYER, PERSON): (-30, 0, False)}, row(AantVerlU=-30)),
        "negative_hours_are_taken_off_within_the_year": _case(
            {(EMPLOYER, PERSON): (70, 70 * 1_01, False)}, row(AantVerlU=100), row(**LATER, AantVerlU=-30)
        ),
        "taken_off_before_the_maximum": _case(
            {(EMPLOYER, PERSON): (1_900, 1_900 * 1_01, False)}, row(AantVerlU=3_000), row(**LATER, AantVerlU=-1_100)
        ),
        "one_maximum_over_the_periods_of_a_year": _case(
            {(EMPLOYER, PERSON): (2_000, 2_000_00, True)}, row(AantVerlU=1_000), row(**LATER, AantVerlU=1_000)
        ),
        "two_employers_each_their_own_maximum": _case(
            {(EMPLOYER, PERSON): (1_981, 2_000_00, True), (OTHER_EMPLOYER, PERSON): (1_500, 1_500 * 1_01, False)},
            row(AantVerlU=1_981),
            row(LhNr=f"{OTHER_EMPLOYER}L01", AantVerlU=1_500),
        ),
        "two_payroll_tax_numbers_one_maximum": _case(
            {(EMPLOYER, PERSON): (2_000, 2_000_00, True)},
            row(AantVerlU=1_000),
            row(LhNr=f"{EMPLOYER}L02", AantVerlU=1_000),
        ),
        "two_relations_one_maximum": _case(
            {(EMPLOYER, PERSON): (2_000, 2_000_00, True)}, row(AantVerlU=1_000), row(NumIV=2, AantVerlU=1_000)
        ),
        "two_persons_each_their_own_maximum": _case(
            {(EMPLOYER, PERSON): (1_981, 2_000_00, True), (EMPLOYER, OTHER_PERSON): (1_500, 1_500 * 1_01, False)},
            row(AantVerlU=1_981),
            row(SofiNr=OTHER_PERSON, AantVerlU=1_500),
        ),
        "only_periods_in_which_registered": _case(
            {(EMPLOYER, PERSON): (100, 100 * 1_01, False)},
            row(AantVerlU=100),
            row(**LATER, AantVerlU=50),
            register=[registered(until="2026-01-01")],
        ),
        "only_rows_for_which_it_was_asked": _case(
            {(EMPLOYER, PERSON): (100, 100 * 1_01, False)},
            row(AantVerlU=100),
            row(**LATER, AantVerlU=50, IndAvrLkvDgBaf="N"),
        ),
    },
    settings=ACTIVATED,
)


@pytest.mark.parametrize(("name", "expected"), CASES.parameters())
def test_wtl_2_13_lid_1_lkv_per_person_per_employer_per_calendar_year(engine, name, expected):
    """1.01 euro per paid hour, at most 2,000 euro, exact in cents, never below zero."""
    lines = CASES.settled(engine, name).bonus
    result = {key: (line["paid_hours"], line["lkv_cents"], line["lkv_capped"]) for key, line in lines.items()}
    assert result == expected


@pytest.mark.parametrize(("name", "expected"), CASES.parameters())
def test_wtl_2_13_lid_2_bonus_over_the_same_hours(engine, name, expected):
    """Bonus rate x the same hours, without a maximum, never below zero."""
    lines = CASES.settled(engine, name).bonus
    assert {key: line["bonus_cents"] for key, line in lines.items()} == {
        key: max(hours, 0) * 3_76 for key, (hours, *_) in expected.items()
    }


@pytest.mark.parametrize(
    ("hours", "cap_cents", "amount_cents", "capped"),
    [
        pytest.param(1_000, 0, 1_000 * 3_76, False, id="no_maximum"),
        pytest.param(1_000, 3_760_00, 3_760_00, False, id="exactly_the_maximum_is_not_cut_off"),
        pytest.param(1_000, 3_759_99, 3_759_99, True, id="a_cent_above_the_maximum"),
        pytest.param(-1_000, 3_760_00, 0, False, id="negative_with_a_maximum"),
        pytest.param(-1_000, 0, 0, False, id="negative_without_a_maximum"),
    ],
)
def test_wtl_2_13_lid_2_a_maximum_counts_when_it_is_not_zero(engine, hours, cap_cents, amount_cents, capped):
    """At most `wtl.bonus_cap` when that is not 0."""
    paid = frame(engine, hours=[hours])
    amount, cut = capped_cents(nw.col("hours"), 3_76, cap_cents), is_capped(nw.col("hours"), 3_76, cap_cents)
    assert values(engine, paid, amount=amount, cut=cut) == [[amount_cents], [capped]]


def test_wtl_2_13_lid_2_no_bonus_in_a_year_without_surcharge(engine):
    """As enacted: LKV and no bonus, no surcharge, for every employer."""
    rows = [row(AantVerlU=1_500, PrlnAofAnwHg="90000.00")]
    result = settle(engine, Country(rows, REGISTER), settings={})
    assert result.bonus[EMPLOYER, PERSON]["bonus_cents"] == 0
    assert result.bonus[EMPLOYER, PERSON]["lkv_cents"] == 1_500 * 1_01
    assert (result.surcharge, result.settlement[EMPLOYER]["surcharge_cents"]) == ({}, 0)
