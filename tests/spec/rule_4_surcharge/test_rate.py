"""The rate of the surcharge in plain numbers: a total of the surcharge at each rate is all it asks (law.md rule 4)."""

from fractions import Fraction

import pytest
from attrs import frozen

from quotum.errors import RateUnsolvable
from quotum.law.wet_banenafspraak.rate import RATES_AT_ONCE, Rate, balanced, of_wage, solve

HIGH_RATE = 7_63


@frozen
class Terms:
    """What the rate takes of the figures of a year."""

    rate: int | str
    """A number or a rule."""
    high_rate_hundredths: int | None = None
    """When the surcharge is a percentage of the high rate."""
    required_share_hundredths: int = 5_00
    """Required share."""
    bonus_rate_cents: int = 3_55
    """Bonus, cents per hour."""


def _over(*bases):
    """The total surcharge at rates over returns, in whole euros each."""
    return lambda rates: [sum(base * rate // 1_000_000 * 100 for base in bases) for rate in rates]


def _not_asked(_rates):
    raise AssertionError


@pytest.mark.parametrize(
    ("terms", "rate"),
    [
        pytest.param(Terms(35), 35, id="of_the_wage"),
        pytest.param(Terms(5_00, HIGH_RATE), 38, id="5.00_percent_of_7.63_is_0.3815"),
        pytest.param(Terms(0), 0, id="nothing"),
    ],
)
def test_wet_banenafspraak_6_lid_6_a_rate_that_is_given(terms, rate):
    assert solve(0, 0, 0, terms, _not_asked) == Rate(rate, "given")


@pytest.mark.parametrize(
    ("high_rate", "rate"),
    [
        pytest.param(None, 36, id="0.355_rounds_half_up"),
        # 0.355 / 7.63 is 4.6527%, given as 4.65%: 0.354795%.
        pytest.param(HIGH_RATE, 35, id="rounded_as_a_share_first"),
    ],
)
def test_kamerstuk_34352_281_footnote_17_in_balance(high_rate, rate):
    """5% x 1,000 hours x 3.55 / 50,000 is 0.355%."""
    exact = Fraction("0.355")
    assert solve(50_000_00, 1_000, 0, Terms("balance", high_rate), _not_asked) == Rate(rate, "balance", exact)
    assert balanced(exact, high_rate) == rate


@pytest.mark.parametrize("high_rate", [None, HIGH_RATE])
@pytest.mark.parametrize(
    ("bases", "bonus_cents"),
    [
        pytest.param((1_000_000_00,), 3_500_00, id="exact"),
        pytest.param((1_000_000_00,), 3_500_01, id="a_cent_more"),
        pytest.param((100_00,) * 10, 10_01, id="whole_euros_cost_much"),
        pytest.param((100_99,) * 5 + (-100_00,), 4_00, id="a_negative_return"),
    ],
)
def test_kamerstuk_34352_281_the_smallest_rate_that_pays_the_bonus(bases, bonus_cents, high_rate):
    """The first of all rates that can be given, tried one after the other."""
    total = _over(*bases)
    expected = next(
        of_wage(given, high_rate) for given in range(100_00 + 1) if total([of_wage(given, high_rate)])[0] >= bonus_cents
    )
    assert solve(sum(bases), 0, bonus_cents, Terms("budget", high_rate), total) == Rate(expected, "budget")


def test_kamerstuk_34352_281_the_search_goes_on_until_a_rate_pays():
    """Ten returns of 100.00 pay a euro each at 1.00%: no rate before it brings in anything."""
    asked = []

    def total(rates):
        asked.append((rates[0], rates[-1]))
        return _over(*(100_00,) * 10)(rates)

    assert solve(1_000_00, 0, 10, Terms("budget"), total).hundredths == 1_00
    assert asked == [(1, RATES_AT_ONCE), (RATES_AT_ONCE + 1, 2 * RATES_AT_ONCE)]


@pytest.mark.parametrize(
    ("bonus_cents", "first", "rate"),
    [
        pytest.param(3_500_00, 33, 35, id="two_below_the_exact_quotient"),
        pytest.param(0, 0, 0, id="not_below_zero"),
    ],
)
def test_kamerstuk_34352_281_the_search_begins_just_below_the_exact_share(bonus_cents, first, rate):
    """A share of a high rate of 100% is a rate of the wage; two lower, since a share is rounded half up."""
    asked = []

    def total(rates):
        asked.append(rates[0])
        return _over(1_000_000_00)(rates)

    assert solve(1_000_000_00, 0, bonus_cents, Terms("budget", 100_00), total).hundredths == rate
    assert asked == [first]


def test_kamerstuk_34352_281_no_search_over_a_base_that_is_not_positive():
    with pytest.raises(RateUnsolvable, match="no positive surcharge base"):
        solve(0, 0, 1, Terms("budget"), _not_asked)


def test_kamerstuk_34352_281_a_bonus_below_zero_asks_for_no_rate():
    assert solve(100_00, 0, -1_00, Terms("budget"), _over(100_00)) == Rate(0, "budget")
