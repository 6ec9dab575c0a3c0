"""Transfer of undertaking (Besluit Wfsv 2.15 lid 1 b, 2, 3; 2.19d lid 3, 4)."""

from datetime import date
from fractions import Fraction

import pytest

from quotum.law.wfsv.transfers import (
    CorrectedWage,
    Transfer,
    corrected_wages,
    counts_for_acquirer,
    counts_for_transferor,
)
from tests.spec.tables import (
    ACTIVATED,
    AS_OF,
    EMPLOYER,
    OTHER_EMPLOYER,
    Cases,
    Country,
    employer,
    month,
    row,
    settle,
    transfer,
    wage_bill,
)  # fmt: skip

LIMIT = 25 * 43_300_00
THIRD_EMPLOYER = "000000036"
A, B, C = 1, 2, 3


def _move(share, on, giver=A, taker=B):
    return Transfer(giver, taker, date.fromisoformat(on), Fraction(share))


@pytest.mark.parametrize(
    ("on", "started_on", "years"),
    [
        pytest.param("2025-01-02", None, (2026, 2027), id="2_january_from_the_next_1_january"),
        pytest.param("2025-12-31", None, (2026, 2027), id="31_december_from_the_next_day"),
        pytest.param("2025-01-01", None, (2025, 2026), id="1_january_at_once"),
        pytest.param("2026-01-01", None, (2026, 2027), id="a_day_after_31_december_the_same_years"),
        pytest.param("2025-07-01", date(2025, 6, 30), (2026, 2027), id="employer_a_day_before"),
        pytest.param("2025-07-01", date(2025, 7, 1), (2025, 2026, 2027), id="employer_by_the_transfer_at_once"),
        pytest.param("2025-07-01", date(2025, 7, 2), (2025, 2026, 2027), id="employer_after_it_at_once"),
        pytest.param("2025-01-01", date(2025, 1, 1), (2025, 2026), id="1_january_new_employer_no_year_earlier"),
    ],
)
def test_besluit_wfsv_2_19d_lid_3_years_for_which_a_transfer_counts_for_its_acquirer(on, started_on, years):
    """From 1 January after the transfer, as long as t-2 holds a day before it; at once on 1 January or when new."""
    counting = tuple(year for year in range(2020, 2033) if counts_for_acquirer(_move(1, on), year, started_on))
    assert counting == years


@pytest.mark.parametrize(
    ("on", "years"),
    [
        pytest.param("2025-01-01", (2025, 2026), id="1_january_at_once"),
        pytest.param("2025-01-02", (2026, 2027), id="2_january_from_the_next_1_january"),
        pytest.param("2025-12-31", (2026, 2027), id="31_december_from_the_next_day"),
    ],
)
def test_besluit_wfsv_2_19d_lid_3_years_for_which_a_transfer_counts_for_its_transferor(on, years):
    """It always was an employer already, whatever its acquirer is."""
    assert tuple(year for year in range(2020, 2033) if counts_for_transferor(_move(1, on), year)) == years


@pytest.mark.parametrize(
    ("year", "giver", "taker"),
    [
        pytest.param(2025, None, None, id="before_it_for_neither"),
        pytest.param(2026, None, 1_110, id="in_its_year_for_the_acquirer_alone"),
        pytest.param(2027, 0, 1_110, id="the_year_after_for_both"),
        pytest.param(2028, 0, 1_110, id="and_the_next"),
        pytest.param(2029, None, None, id="no_longer_for_either"),
    ],
)
def test_besluit_wfsv_2_19d_lid_3_each_side_from_its_own_year(year, giver, taker):
    """All to an employer that began by it on 1 May 2026: in 2026 the wage is tested at both."""
    wages = corrected_wages([_move(1, "2026-05-01")], {A: 1_100, B: 10}, {B: date(2026, 5, 1)}, year)
    assert {rsin: wage.known_cents for rsin, wage in wages.items()} == {
        rsin: wage for rsin, wage in ((A, giver), (B, taker)) if wage is not None
    }


NEW = {B: date(2026, 3, 1), C: date(2026, 9, 1)}


@pytest.mark.parametrize(
    ("transfers", "started_on", "wages"),
    [
        pytest.param(
            [_move(1, "2026-03-01"), _move(1, "2026-09-01", B, C)], NEW, {B: 110, C: 111}, id="chain_of_new_ones"
        ),
        pytest.param(
            [_move(1, "2026-03-01"), _move(1, "2026-09-01", B, C)], {B: NEW[B]}, {B: 110}, id="new_and_then_old"
        ),
        # B took over within the year and was an employer: what came in does not count for it, nor through it.
        pytest.param(
            [_move(1, "2026-03-01"), _move(1, "2026-09-01", B, C)], {C: NEW[C]}, {C: 11}, id="old_and_then_new"
        ),
        pytest.param(
            [_move("0.5", "2026-03-01"), _move("0.5", "2026-09-01", A, C)], NEW, {B: 60, C: 51}, id="two_new_halves"
        ),
        pytest.param(
            [_move("0.5", "2026-03-01"), _move("0.5", "2026-03-01", A, C)], {B: NEW[B]}, {B: 60}, id="new_and_old"
        ),
        # Of the year before half is off; of the rest the new one has all, the transferor too in this year.
        pytest.param(
            [_move("0.5", "2025-06-01", A, C), _move(1, "2026-03-01")], {B: NEW[B]}, {A: 50, B: 60, C: 51},
            id="a_year_apart",
        ),
        pytest.param(
            [_move("0.5", "2026-01-01", A, C), _move("0.5", "2026-03-01")], {B: NEW[B]}, {A: 50, B: 60, C: 51},
            id="1_january_and_later",
        ),
        pytest.param(
            [_move(1, "2026-03-01"), _move("0.5", "2026-09-01", B, A)], {B: NEW[B]}, {B: 110}, id="and_half_of_it_back"
        ),
    ],
)  # fmt: skip
@pytest.mark.parametrize("turn", [1, -1], ids=["as_written", "reversed"])
def test_besluit_wfsv_2_19d_lid_3_several_transfers_whose_sides_count_from_different_years(
    transfers, started_on, wages, turn
):
    """1.00, 0.10 and 0.01 in 2024, tested for 2026, in whatever order they were delivered."""
    result = corrected_wages(transfers[::turn], {A: 100, B: 10, C: 1}, started_on, 2026)
    assert {rsin: wage.known_cents for rsin, wage in result.items()} == wages


@pytest.mark.parametrize(
    ("wage", "share", "moved"),
    [
        pytest.param(1_00, "0.5", 50, id="half"),
        pytest.param(1, "0.5", 1, id="half_a_cent_goes_up"),
        pytest.param(1, "0.499999999999", 0, id="less_goes_down"),
        pytest.param(-1, "0.5", 0, id="minus_half_a_cent_goes_up"),
        pytest.param(100_000_000_000_01, "0.1", 10_000_000_000_00, id="a_tenth_is_exact"),
        pytest.param(3_00, "0.333333333333", 1_00, id="a_third_as_delivered"),
        pytest.param(7_00, "0", 0, id="nothing"),
        pytest.param(7_00, "1.0", 7_00, id="all"),
    ],
)
def test_besluit_wfsv_2_15_lid_2_wage_times_share_in_whole_cents(wage, share, moved):
    """Half up to the cent; what one gets the other loses."""
    wages = corrected_wages([_move(share, "2025-05-01")], {A: wage, B: 10}, {}, 2026)
    assert wages == {A: CorrectedWage(wage - moved), B: CorrectedWage(10 + moved, took_over=True)}


@pytest.mark.parametrize(
    ("transfers", "left"),
    [
        pytest.param([_move("0.5", "2025-03-01"), _move("0.5", "2025-09-01", A, C)], (0, 150, 150), id="two_halves"),
        pytest.param([_move("0.5", "2025-03-01"), _move("0.25", "2025-03-01", A, C)], (25, 150, 125), id="one_day"),
        pytest.param([_move("1", "2025-03-01"), _move("1", "2025-09-01", B, C)], (0, 0, 300), id="chain"),
        pytest.param([_move("1", "2025-03-01"), _move("1", "2025-03-01", B, C)], (0, 100, 200), id="chain_on_one_day"),
        pytest.param(
            [_move("0.5", "2024-03-01"), _move("1", "2025-09-01", A, C)], (0, 150, 150), id="the_rest_a_year_later"
        ),
        pytest.param([_move("0.5", "2025-03-01"), _move("0.5", "2025-04-01")], (0, 200, 100), id="in_two_parts"),
        pytest.param([_move("0.5", "2025-03-01"), _move("1", "2026-03-01", A, C)], (50, 150, 100), id="not_yet"),
        pytest.param([_move("1", "2024-01-01"), _move("0.5", "2025-04-01")], (50, 150, 100), id="no_longer"),
    ],
)
@pytest.mark.parametrize("turn", [1, -1], ids=["as_written", "reversed"])
def test_besluit_wfsv_2_15_lid_1_b_several_transfers(transfers, left, turn):
    """Three employers of 1.00 each in 2024: what is tested for 2026, in whatever order they were delivered."""
    wages = corrected_wages(transfers[::turn], {A: 100, B: 100, C: 100}, {}, 2026)
    assert tuple(wages[rsin].known_cents if rsin in wages else 100 for rsin in (A, B, C)) == left
    assert not any(wage.took_over_too_much or wage.took_over_unknown for wage in wages.values())


def test_besluit_wfsv_2_15_unknown_wages_stay_unknown():
    """What is known is a lower bound: it decides only when it is above the limit already."""
    wages = corrected_wages([_move(1, "2025-05-01")], {B: 1_000_00}, {}, 2026)
    assert wages == {B: CorrectedWage(1_000_00, known=False, took_over=True, took_over_unknown=True)}
    assert wages[B].decisive_cents(1_000_00) is None
    assert wages[B].decisive_cents(999_99) == 1_000_00


def test_besluit_wfsv_2_15_an_unknown_wage_passes_on_as_unknown():
    """A chain of which the first wage is unknown leaves the last one unknown."""
    chain = [_move(1, "2025-03-01"), _move(1, "2025-09-01", B, C)]
    wages = corrected_wages(chain, {B: 1, C: 2}, {}, 2026)
    assert wages[C] == CorrectedWage(3, known=False, took_over=True, took_over_unknown=True)


@pytest.mark.parametrize(
    ("started_on", "known"),
    [pytest.param(date(2024, 12, 31), False, id="in_t2"), pytest.param(date(2025, 1, 1), True, id="after_t2")],
)
def test_besluit_wfsv_2_15_who_began_after_t2_had_no_wage_then(started_on, known):
    """Without a wage of t-2: none when the employer began later, unknown otherwise."""
    wages = corrected_wages([_move(1, "2025-05-01")], {A: 7}, {B: started_on}, 2026)
    assert wages[B] == CorrectedWage(7, known=known, took_over=True)


@pytest.mark.parametrize(
    ("shares", "on", "too_much"),
    [
        pytest.param(("0.5", "0.5"), "2025-09-01", False, id="exactly_the_whole"),
        pytest.param(("0.5", "0.500000000001"), "2025-09-01", True, id="more_than_the_whole"),
        pytest.param(("0.5", "0.6"), "2024-09-01", False, id="in_two_years"),
    ],
)
def test_besluit_wfsv_2_15_lid_2_shares_of_one_year_above_the_whole(shares, on, too_much):
    """The shares that one employer passes on in a calendar year are of the same whole."""
    transfers = [_move(shares[0], "2025-03-01"), _move(shares[1], on, A, C)]
    wages = corrected_wages(transfers, {A: 100, B: 100, C: 100}, {}, 2026)
    assert [wages[rsin].took_over_too_much for rsin in (B, C)] == [too_much, too_much]


@pytest.mark.parametrize("days", [("2025-03-01", "2025-09-01"), ("2025-09-01", "2025-03-01")])
def test_besluit_wfsv_2_15_what_was_taken_over_wrongly_is_not_mended_by_another_transfer(days):
    """From an employer of unknown wage, or of one that passed on more than the whole: before a sound one and after."""
    sound = _move(1, days[1], C)
    unknown = corrected_wages([_move(1, days[0]), sound], {B: 1, C: 2}, {}, 2026)[B]
    assert (unknown.took_over_unknown, unknown.took_over_too_much) == (True, False)
    too_much = corrected_wages([_move("1.5", days[0]), sound], {A: 4, B: 1, C: 2}, {}, 2026)[B]
    assert (too_much.took_over_unknown, too_much.took_over_too_much) == (False, True)
    assert too_much.known_cents == 4 + 2 + 2 + 1


def _case(expected, *rows, bills=(), employers=(), transfers=()):
    return Country(rows, (), employers, bills, (), transfers), expected


HIGH, LOW = row(PrlnAofAnwHg="1000.00"), row(PrlnAofAnwLg="1000.00")
OTHER_LOW = row(PrlnAofAnwLg="1000.00", LhNr=f"{OTHER_EMPLOYER}L01")
BILLS = [wage_bill("500000.00"), wage_bill("1165000.00", rsin=OTHER_EMPLOYER)]
A_CENT_MORE = [wage_bill("500000.00"), wage_bill("1165000.02", rsin=OTHER_EMPLOYER)]
COMPLETE = [
    row(**month(number, 2024), IdBer=f"T{number}", PrlnAofAnwHg="50000.00", LhNr=f"{OTHER_EMPLOYER}L01")
    for number in range(1, 13)
]
STARTER = [employer(started_on="2025-07-01"), employer(OTHER_EMPLOYER)]

SETTLED = Cases(
    {
        # 500,000.00 + half of 1,165,000.00 is 1,082,500.00; half of a cent more goes up.
        "taken_over_to_the_limit": _case((True, "transfer", LIMIT), HIGH, bills=BILLS, transfers=[transfer("0.5")]),
        "one_cent_more": _case((False, "transfer", LIMIT + 1), LOW, bills=A_CENT_MORE, transfers=[transfer("0.5")]),
        "does_not_count_yet": _case(
            (True, "wage_bill", 500_000_00), HIGH, bills=A_CENT_MORE, transfers=[transfer("0.5", on="2026-01-02")]
        ),
        "counts_at_once_on_1_january": _case(
            (False, "transfer", LIMIT + 1), LOW, bills=A_CENT_MORE, transfers=[transfer("0.5", on="2026-01-01")]
        ),
        "counts_two_years": _case(
            (False, "transfer", LIMIT + 1), LOW, bills=A_CENT_MORE, transfers=[transfer("0.5", on="2024-01-02")]
        ),
        "counts_no_longer": _case(
            (True, "wage_bill", 500_000_00), HIGH, bills=A_CENT_MORE, transfers=[transfer("0.5", on="2024-01-01")]
        ),
        "summed_wage_of_the_transferor": _case(
            (False, "transfer", 1_100_000_00), LOW, *COMPLETE, bills=BILLS[:1], transfers=[transfer("1")]
        ),
        "starter_that_took_over_a_large_one_is_not_small": _case(
            (False, "transfer", 2_000_000_00), LOW, employers=STARTER,
            bills=[wage_bill("2000000.00", rsin=OTHER_EMPLOYER)], transfers=[transfer("1")],
        ),
        "starter_that_took_over_an_unknown_one_is_no_starter": _case(
            (False, "declared_class", None), HIGH, employers=STARTER, transfers=[transfer("1")]
        ),
        "starter_without_a_transfer": _case((True, "starter", None), HIGH, employers=STARTER),
        "began_by_the_transfer_this_year": _case(
            (False, "transfer", 2_000_000_00), LOW, employers=[employer(started_on="2026-07-01")],
            bills=[wage_bill("2000000.00", rsin=OTHER_EMPLOYER)], transfers=[transfer("1", on="2026-07-01")],
        ),
        "was_an_employer_already_this_year": _case(
            (True, "starter", None), HIGH, employers=[employer(started_on="2026-06-30")],
            bills=[wage_bill("2000000.00", rsin=OTHER_EMPLOYER)], transfers=[transfer("1", on="2026-07-01")],
        ),
        # A start with a transfer is no starter, whatever it had before; one that passes on started without one.
        "starter_with_a_wage_that_took_over": _case(
            (False, "transfer", LIMIT + 1), LOW, employers=STARTER,
            bills=[wage_bill("1082500.01"), wage_bill("0.00", rsin=OTHER_EMPLOYER)], transfers=[transfer("1")],
        ),
        "starter_that_passes_on": _case(
            (True, "starter", 1_000_000_00), HIGH, employers=[employer(started_on="2025-03-01")],
            bills=[wage_bill("2000000.00")],
            transfers=[transfer("0.5", giver=EMPLOYER, taker=OTHER_EMPLOYER)],
        ),
        "starter_of_t2_that_passes_on": _case(
            (False, "transfer", LIMIT + 1), LOW, employers=[employer(started_on="2024-12-31")],
            bills=[wage_bill("2165000.02")],
            transfers=[transfer("0.5", giver=EMPLOYER, taker=OTHER_EMPLOYER)],
        ),
        "own_wage_unknown_and_what_came_is_above_the_limit": _case(
            (False, "transfer", LIMIT + 1), LOW, bills=[wage_bill("1082500.01", rsin=OTHER_EMPLOYER)],
            transfers=[transfer("1")],
        ),
        "own_wage_unknown_and_what_came_is_not": _case(
            (False, "declared_class", None), HIGH, bills=[wage_bill("1082500.00", rsin=OTHER_EMPLOYER)],
            transfers=[transfer("1")],
        ),
        "transferor_unknown_own_wage_small": _case(
            (False, "declared_class", None), HIGH, bills=BILLS[:1], transfers=[transfer("1")]
        ),
    }
)  # fmt: skip


@pytest.mark.parametrize(("name", "expected"), SETTLED.parameters())
def test_besluit_wfsv_2_15_corrects_the_wage_before_it_is_tested(engine, name, expected):
    """The ground is `transfer`, and the wage in the settlement is the one that was tested."""
    line = SETTLED.settled(engine, name).settlement[EMPLOYER]
    assert (line["small_employer"], line["small_ground"], line["premium_wage_t2_cents"]) == expected


def test_besluit_wfsv_2_15_taken_off_the_transferor(engine):
    """What passed over is off the transferor's wage (a reading): it can become small by it."""
    bills = [wage_bill("2000000.00"), wage_bill("2165000.00", rsin=OTHER_EMPLOYER)]
    settlement = settle(engine, Country([LOW, OTHER_LOW], (), (), bills, (), [transfer("0.5")])).settlement
    lines = {
        rsin: (line["small_employer"], line["small_ground"], line["premium_wage_t2_cents"])
        for rsin, line in settlement.items()
    }
    assert lines == {
        EMPLOYER: (False, "transfer", 2_000_000_00 + 1_082_500_00),
        OTHER_EMPLOYER: (True, "transfer", 1_082_500_00),
    }


def test_besluit_wfsv_2_15_findings(engine):
    """A transferor whose wage is unknown, and shares of a year above the whole."""
    unknown = settle(engine, Country([HIGH], (), [employer()], BILLS[:1], (), [transfer("1")])).findings()
    assert unknown["took_over_unknown_wage"] == 1
    shares = [transfer("0.6"), transfer("0.6", taker=THIRD_EMPLOYER)]
    listed = [employer(), employer(OTHER_EMPLOYER), employer(THIRD_EMPLOYER)]
    bills = [*BILLS, wage_bill("1.00", rsin=THIRD_EMPLOYER)]
    above = settle(engine, Country([HIGH], (), listed, bills, (), shares)).findings()
    assert above["took_over_more_than_whole"] == 2
    assert "took_over_unknown_wage" not in above
    sound = settle(engine, Country([HIGH], (), listed, bills, (), [transfer("1")])).findings()
    assert not {"took_over_more_than_whole", "took_over_unknown_wage"} & set(sound)


def _months(number, rsin, **changes):
    lines = [
        row(**month(month_number), IdBer=f"M{month_number}", LhNr=f"{rsin}L01", **changes)
        for month_number in range(1, number + 1)
    ]
    return [line | {"DatTdAanm": "2027-01-20T09:00:00"} for line in lines]


@pytest.mark.parametrize(
    ("started_on", "acquirer"),
    [
        pytest.param("2026-05-01", (False, "transfer", 1_100_000_00), id="no_employer_before"),
        pytest.param("2026-04-30", (True, "starter", None), id="an_employer_since_the_day_before"),
    ],
)
def test_besluit_wfsv_2_19d_lid_3_a_transferor_is_not_small_a_year_early(engine, started_on, acquirer):
    """All of 1,100,000.00 of 2024 to another on 1 May 2026, 90,000.00 a month until April at 0.35%: 4 x 315.00."""
    employers = [employer(), employer(OTHER_EMPLOYER, started_on=started_on)]
    moved = [transfer("1", "2026-05-01", EMPLOYER, OTHER_EMPLOYER)]
    paid = _months(4, EMPLOYER, PrlnAofAnwHg="90000.00")
    result = settle(engine, Country(paid, (), employers, [wage_bill("1100000.00")], (), moved))
    lines = {
        rsin: (line["small_employer"], line["small_ground"], line["premium_wage_t2_cents"])
        for rsin, line in result.settlement.items()
    }
    assert lines == {EMPLOYER: (False, "wage_bill", 1_100_000_00), OTHER_EMPLOYER: acquirer}
    assert result.settlement[EMPLOYER]["surcharge_cents"] == 4 * 315_00


def test_besluit_wfsv_2_19d_lid_3_from_the_next_year_its_wage_is_0(engine):
    """Over 2027, with the limit of 2026: what it had of 2025 is off, and at its acquirer."""
    employers = [employer(), employer(OTHER_EMPLOYER, started_on="2026-05-01")]
    moved = [transfer("1", "2026-05-01", EMPLOYER, OTHER_EMPLOYER)]
    bills = [wage_bill("1100000.00", year=2025)]
    settings = ACTIVATED | {"wfsv.average_premium_wage": "43300"}
    country = Country((), (), employers, bills, (), moved)
    settlement = settle(engine, country, AS_OF.replace(year=2028), 2027, settings).settlement
    assert [
        (line["small_employer"], line["small_ground"], line["premium_wage_t2_cents"]) for line in settlement.values()
    ] == [
        (True, "transfer", 0),
        (False, "transfer", 1_100_000_00),
    ]
