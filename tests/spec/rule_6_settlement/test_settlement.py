"""What is paid out and what is collected (Wtl 4.4 lid 1; Wet banenafspraak 6 lid 7)."""

import pytest

from tests.spec.tables import (
    ACTIVATED,
    EMPLOYER,
    OTHER_EMPLOYER,
    OTHER_PERSON,
    PERSON,
    Cases,
    Country,
    employer,
    month,
    registered,
    row,
    wage_bill,
)  # fmt: skip

REGISTER = (registered(), registered(bsn=OTHER_PERSON))
LISTED = (employer(),)
NOT_SMALL, SMALL = wage_bill("9000000.00"), wage_bill("1.00")
TWO_PEOPLE = (
    row(AantVerlU=2_500, PrlnAofAnwHg="30000.00"),
    row(SofiNr=OTHER_PERSON, AantVerlU=1_000, PrlnAofAnwHg="20000.00"),
    row(SofiNr="000000999", AantVerlU=1_700, PrlnAofAnwHg="950000.00"),
)


def _case(expected, *rows, bills=(NOT_SMALL,), employers=LISTED):
    return Country(rows, REGISTER, employers, bills), expected


CASES = Cases(
    {
        "owes_and_receives": _case(
            {
                "paid_hours": 2_500 + 1_000 + 1_700,
                "target_group_hours": 2_500 + 1_000,
                "surcharge_base_cents": 1_000_000_00,
                "surcharge_cents": 3_500_00,
                "lkv_cents": 2_000_00 + 1_000 * 1_01,
                "bonus_cents": (2_500 + 1_000) * 3_76,
                "payable_cents": 2_000_00 + 1_000 * 1_01 + 3_500 * 3_76,
                "net_cents": 2_000_00 + 1_000 * 1_01 + 3_500 * 3_76 - 3_500_00,
            },
            *TWO_PEOPLE,
        ),
        "a_small_one_gets_the_bonus_too": _case(
            {
                "surcharge_base_cents": 0,
                "surcharge_cents": 0,
                "payable_cents": 2_000_00 + 1_000 * 1_01 + 3_500 * 3_76,
                "net_cents": 2_000_00 + 1_000 * 1_01 + 3_500 * 3_76,
            },
            *TWO_PEOPLE,
            bills=[SMALL],
        ),
        "owes_more_than_it_receives": _case(
            {
                "surcharge_cents": 3_500_00,
                "payable_cents": 10 * (1_01 + 3_76),
                "net_cents": 10 * (1_01 + 3_76) - 3_500_00,
            },
            row(AantVerlU=10, PrlnAofAnwHg="1000000.00"),
        ),
        "only_owes": _case(
            {"lkv_cents": 0, "bonus_cents": 0, "payable_cents": 0, "net_cents": -3_500_00},
            row(SofiNr="000000999", PrlnAofAnwHg="1000000.00"),
        ),
        "without_returns": _case(
            {"sector": "niet-overheid", "paid_hours": 0, "surcharge_cents": 0, "payable_cents": 0, "net_cents": 0},
        ),
        "sector_as_delivered": _case({"sector": "overheid"}, row(), employers=[employer(sector="overheid")]),
        "not_listed_no_sector": _case({"sector": None, "paid_hours": 8}, row(AantVerlU=8), employers=()),
        "hours_over_numbers_and_periods": _case(
            {"paid_hours": 10 + 20 + 40 - 5, "target_group_hours": 10 + 20 + 40 - 5},
            row(AantVerlU=10),
            row(LhNr=f"{EMPLOYER}L02", AantVerlU=20),
            row(**month(2), IdBer="M2", AantVerlU=40),
            row(NumIV=2, AantVerlU=-5),
        ),
        "another_employer_stays_apart": _case(
            {"paid_hours": 10, "surcharge_cents": 0},
            row(AantVerlU=10),
            row(LhNr=f"{OTHER_EMPLOYER}L01", AantVerlU=99, PrlnAofAnwHg="1000.00"),
        ),
    },
    settings=ACTIVATED,
)


@pytest.mark.parametrize(("name", "expected"), CASES.parameters())
def test_wtl_4_4_lid_1_wet_banenafspraak_6_lid_7_nothing_nets_them(engine, name, expected):
    """LKV and bonus are paid out, the surcharge is collected with the return; `net` is for insight."""
    line = CASES.settled(engine, name).settlement[EMPLOYER]
    assert {column: line[column] for column in expected} == expected


def test_wtl_4_4_lid_1_every_employer_has_one_row(engine):
    """Every employer with a return in force or in the employers delivery; no other."""
    assert list(CASES.settled(engine, "another_employer_stays_apart").settlement) in (
        [EMPLOYER, OTHER_EMPLOYER],
        [OTHER_EMPLOYER, EMPLOYER],
    )
    assert list(CASES.settled(engine, "without_returns").settlement) == [EMPLOYER]


def test_wtl_4_4_lid_1_lines_belong_to_persons(engine):
    """The lines of a settlement add up to it."""
    result = CASES.settled(engine, "owes_and_receives")
    assert set(result.bonus) == {(EMPLOYER, PERSON), (EMPLOYER, OTHER_PERSON)}
    assert sum(line["lkv_cents"] for line in result.bonus.values()) == result.settlement[EMPLOYER]["lkv_cents"]
    assert sum(line["bonus_cents"] for line in result.bonus.values()) == result.settlement[EMPLOYER]["bonus_cents"]
