"""Rates that are solved: in balance with the bonus, or paying for it (law.md rule 4)."""

from datetime import date
from fractions import Fraction
from types import SimpleNamespace

import attrs
import pyarrow as pa
import pytest

from quotum.errors import RateUnsolvable
from quotum.run.stages import in_order as stages
from quotum.run.terms import read_terms
from tests.spec.tables import ACTIVATED, figures_with, frame

TERMS = read_terms(figures_with(**ACTIVATED), 2026)
IN_BALANCE = attrs.evolve(TERMS, rate="balance", required_share_hundredths=5_00, bonus_rate_cents=3_55)
IN_BUDGET = attrs.evolve(TERMS, rate="budget")
JANUARY = date(2026, 1, 1), date(2026, 1, 31)


def _charged(engine, terms, *returns, bonus_cents=0):
    """The surcharge over returns given as (base in cents, hours, small employer); one employer each."""
    numbers = list(range(1, len(returns) + 1))
    bases = frame(
        engine,
        rsin=numbers,
        payroll_tax_number=[number * 100 + 1 for number in numbers],
        period_start=[JANUARY[0]] * len(numbers),
        period_end=[JANUARY[1]] * len(numbers),
        base_cents=[base for base, *_ in returns],
        base_hours=[hours for _, hours, *_ in returns],
    )
    employers = frame(engine, rsin=numbers, small_employer=pa.array([len(rest) == 3 for rest in returns], pa.bool_()))
    deducted = SimpleNamespace(bases=lambda only: bases.join(only, on="rsin", how="semi"))
    return stages.charge(engine, deducted, employers, bonus_cents, terms)


def _total(engine, charged):
    return sum(engine.collect(charged.lines)["surcharge_cents"].to_pylist())


SMALL = "small"


@pytest.mark.parametrize(
    ("returns", "quotient", "rate"),
    [
        pytest.param([(50_000_00, 1_000)], Fraction("0.355"), 36, id="0.355_rounds_up"),
        pytest.param([(50_000_01, 1_000)], Fraction("0.355") * 50_000_00 / 50_000_01, 35, id="just_below_rounds_down"),
        pytest.param([(30_000_00, 900), (20_000_00, 100)], Fraction("0.355"), 36, id="employers_together"),
        pytest.param([(50_000_00, 1_000), (9_00, 7_000, SMALL)], Fraction("0.355"), 36, id="small_ones_stay_out"),
        pytest.param([(60_000_00, 1_100), (-10_000_00, -100)], Fraction("0.355"), 36, id="negative_ones_are_taken_off"),
        pytest.param([(50_000_00, 0)], Fraction(0), 0, id="no_hours"),
        pytest.param([(1, 0)], Fraction(0), 0, id="a_base_of_one_cent"),
    ],
)
def test_kamerstuk_34352_281_footnote_17_in_balance(engine, returns, quotient, rate):
    """`required_share` of the hours x bonus rate / base: 5% x 1,000 x 3.55 / 50,000 is 0.355%."""
    result = _charged(engine, IN_BALANCE, *returns).rate
    assert (result.hundredths, result.source, result.quotient) == (rate, "balance", quotient)


def test_kamerstuk_34352_281_footnote_17_an_employer_with_the_required_share_pays_what_it_receives(engine):
    """Employers that realise the needed numbers are in balance, but for whole euros and hundredths."""
    terms = attrs.evolve(IN_BALANCE, bonus_rate_cents=4_00)
    charged = _charged(engine, terms, (1_000_000_00, 10_000))
    assert charged.rate.hundredths == 20
    assert _total(engine, charged) == 500 * 4_00


@pytest.mark.parametrize(
    ("returns", "bonus_cents", "rate"),
    [
        pytest.param([(1_000_000_00, 0)], 3_500_00, 35, id="exactly_0.35"),
        pytest.param([(1_000_000_00, 0)], 3_500_01, 36, id="a_cent_more"),
        pytest.param([(1_000_000_00, 0)], 3_499_99, 35, id="a_cent_less"),
        pytest.param([(1_000_000_00, 0)], 0, 0, id="no_bonus"),
        pytest.param([(285_71, 0)] * 100, 100_00, 36, id="rounding_down_costs_a_hundredth"),
        pytest.param([(100_00, 0)] * 10, 10_01, 2_00, id="whole_euros_cost_a_hundred_hundredths"),
        pytest.param([(1_000_000_00, 0), (9_000_000_00, 0, SMALL)], 3_500_00, 35, id="small_ones_stay_out"),
        pytest.param([(1_000_000_00, 0), (-100_00, 0)], 3_500_00, 36, id="a_negative_return_costs"),
        pytest.param([(100_00, 0)], 100_00, 100_00, id="hundred_percent"),
    ],
)
def test_kamerstuk_34352_281_smallest_rate_that_pays_the_bonus(engine, returns, bonus_cents, rate):
    """The smallest rate, in hundredths, at which the surcharge is at least the bonus: one less does not do."""
    charged = _charged(engine, IN_BUDGET, *returns, bonus_cents=bonus_cents)
    assert (charged.rate.hundredths, charged.rate.source) == (rate, "budget")
    assert _total(engine, charged) >= bonus_cents
    if rate:
        less = _charged(engine, attrs.evolve(TERMS, rate=rate - 1), *returns)
        assert _total(engine, less) < bonus_cents


@pytest.mark.parametrize("terms", [IN_BALANCE, IN_BUDGET], ids=["balance", "budget"])
@pytest.mark.parametrize(
    "returns",
    [
        pytest.param([(0, 100)], id="base_of_zero"),
        pytest.param([(-1, 100)], id="negative_base"),
        pytest.param([(100_00, 100), (-100_00, 100)], id="together_zero"),
        pytest.param([(100_00, 100, SMALL)], id="only_small_employers"),
        pytest.param([], id="nobody"),
    ],
)
def test_wet_banenafspraak_6_lid_6_without_a_positive_base_there_is_no_rate(engine, terms, returns):
    """The rate is never invented."""
    with pytest.raises(RateUnsolvable, match="no positive surcharge base"):
        _charged(engine, terms, *returns, bonus_cents=1_00)


def test_wet_banenafspraak_6_lid_6_a_rate_above_100_percent_is_no_solution(engine):
    """5% x 2,000 x 3.55 is 355.00: over a base of 355.00 that is 100%, over a cent less it rounds to 100.00%."""
    assert _charged(engine, IN_BALANCE, (355_00, 2_000)).rate.hundredths == 100_00
    assert _charged(engine, IN_BALANCE, (354_99, 2_000)).rate.hundredths == 100_00
    with pytest.raises(RateUnsolvable, match="above 100%"):
        _charged(engine, IN_BALANCE, (354_98, 2_000))


def test_wet_banenafspraak_6_lid_6_no_rate_pays_more_than_the_base(engine):
    """A bonus of a cent more than the whole base cannot be paid from it."""
    with pytest.raises(RateUnsolvable, match="above 100%"):
        _charged(engine, IN_BUDGET, (100_00, 0), bonus_cents=100_01)


def test_wet_banenafspraak_6_lid_1_not_due_no_rate_and_no_lines(engine):
    """In a year in which it is not due nobody owes and nothing is solved."""
    charged = _charged(engine, attrs.evolve(IN_BALANCE, due=False), (50_000_00, 1_000))
    assert (charged.rate.hundredths, charged.rate.source) == (0, "none")
    assert engine.collect(charged.lines).num_rows == 0


def test_wet_banenafspraak_6_lid_6_a_given_rate_is_taken_as_it_is(engine):
    """A number, whatever the bonus is; as a share of the high rate it is the product (5% of 7.10 is 0.355)."""
    assert _charged(engine, TERMS, (1_000_000_00, 0), bonus_cents=9_999_99).rate.hundredths == 35
    of_high = attrs.evolve(TERMS, rate=5_00, high_rate_hundredths=7_10)
    assert _charged(engine, of_high, (1_000_000_00, 0)).rate.hundredths == 36
