"""The rate of the inclusivity surcharge: given, or solved over the whole country (Wet banenafspraak art. 6 lid 6).

The rate is never invented: a number is given, or a rule that solves for it. Plain integers and fractions.
"""

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from typing import Final, Protocol

from attrs import frozen

from quotum.errors import RateUnsolvable
from quotum.law.conditions import Question, Text
from quotum.law.readings import BALANCE as IN_BALANCE
from quotum.money import HUNDRED_PERCENT, HUNDREDTHS_PER_PERCENT, round_half_up, round_up

GIVEN, BALANCE, BUDGET, NONE = "given", "balance", "budget", "none"
RATES_AT_ONCE: Final = 64
"""So many rates are tried together, since trying each alone would go over all returns every time."""

RATE: Final = Question(
    "Wet banenafspraak art. 6 lid 6; Wfsv art. 35 lid 1", Text("What is the rate?", "Wat is het tarief?")
)
OF_WAGE: Final = Text("{rate}% of the premium wage", "{rate}% van het premieplichtige loon")
SOLVED_OF_WAGE: Final = Text("{rate}% of the premium wage, solved", "{rate}% van het premieplichtige loon, berekend")
AS_GIVEN: Final = Text("given", "gegeven")
OF_HIGH_RATE: Final = Text("{share}% of the high rate {high}%", "{share}% van het hoge tarief {high}%")
WHAT_IS_SOLVED: Final = {
    BALANCE: Question(
        IN_BALANCE.provision,
        Text(
            "in balance with the bonus: required share x their paid hours x bonus rate = rate x their wage",
            "in evenwicht met de bonus: vereist aandeel x hun verloonde uren x bonus per uur = tarief x hun loon",
        ),
    ),
    BUDGET: Question(
        RATE.provision,
        Text(
            "the smallest rate at which their surcharge pays for the bonus of all employers",
            "het kleinste tarief waarbij hun opslag de bonus van alle werkgevers betaalt",
        ),
    ),
}
EXACT: Final = Text(
    "{exact}% of the premium wage, rounded half up", "{exact}% van het premieplichtige loon, een half naar boven"
)

Surcharges = Callable[[Sequence[int]], Iterable[int]]
"""The total surcharge in cents at each of some rates, in order; may be asked for part of them only."""


@frozen
class Rate:
    """The surcharge rate of a year."""

    hundredths: int
    """Hundredths of a percent point of the premium wage."""
    source: str
    """Where it comes from: `given`, `balance` or `budget`; `none` when no surcharge is due."""
    quotient: Fraction | None = None
    """The exact percentage before rounding, when it was solved in balance."""


class RateTerms(Protocol):
    """Figures of a year, in which a surcharge is due, that the rate takes."""

    @property
    def rate(self) -> int | str:
        """The rate in hundredths, or the rule that solves it: `balance` or `budget`."""

    @property
    def required_share_hundredths(self) -> int:
        """Required share of target-group hours, hundredths of a percent, for the rate in balance."""

    @property
    def bonus_rate_cents(self) -> int:
        """Bonus, cents per hour."""

    @property
    def high_rate_hundredths(self) -> int | None:
        """High Aof rate when the surcharge is a percentage of it; None when it is of the wage."""


def solve(base: int, hours: int, bonus_total: int, terms: RateTerms, surcharges: Surcharges) -> Rate:
    """The rate of a year: given, or solved over the returns of employers that owe.

    Args:
        base: Their base, cents.
        hours: Paid hours of the rows in it.
        bonus_total: Bonus of all employers, cents.
        terms: The figures of the year.
        surcharges: What each rate brings in.

    Raises:
        RateUnsolvable: No rate satisfies the rule.
    """
    if isinstance(terms.rate, int):
        return Rate(of_wage(terms.rate, terms.high_rate_hundredths), GIVEN)
    if terms.rate == BALANCE:
        exact = balance_quotient(terms.required_share_hundredths, hours, terms.bonus_rate_cents, base)
        return Rate(balanced(exact, terms.high_rate_hundredths), BALANCE, exact)
    number = _smallest(base, bonus_total, terms.high_rate_hundredths, surcharges)
    return Rate(of_wage(number, terms.high_rate_hundredths), BUDGET)


def of_wage(hundredths: int, high_rate_hundredths: int | None) -> int:
    """A rate as hundredths of a percent point of the wage.

    Args:
        hundredths: The rate as it is given.
        high_rate_hundredths: High Aof rate when it is a percentage of that; None when it is of the wage.
    """
    return hundredths if high_rate_hundredths is None else of_high_rate(hundredths, high_rate_hundredths)


def of_high_rate(share_hundredths: int, high_rate_hundredths: int) -> int:
    """A percentage of the high Aof rate as hundredths of a percent point of the wage, rounded half up."""
    return round_half_up(Fraction(share_hundredths * high_rate_hundredths, HUNDRED_PERCENT))


def balance_quotient(required_share_hundredths: int, hours: int, bonus_rate_cents: int, base: int) -> Fraction:
    """The percentage at which employers with the required share pay what they receive, exact.

    Kamerstuk 34 352 nr. 281, footnote 17: then "is de heffing in evenwicht met de bonus".

    Args:
        required_share_hundredths: Required share of paid hours, hundredths of a percent.
        hours: Paid hours of the rows in the base, of employers that owe.
        bonus_rate_cents: Bonus, cents per hour.
        base: Surcharge base of employers that owe, cents.

    Raises:
        RateUnsolvable: There is no positive base.
    """
    require_base(base)
    return Fraction(required_share_hundredths * hours * bonus_rate_cents, base * HUNDREDTHS_PER_PERCENT)


def balanced(exact: Fraction, high_rate_hundredths: int | None) -> int:
    """The rate in balance in hundredths of a percent point of the wage, rounded half up as it is given.

    Args:
        exact: The exact percentage of the wage.
        high_rate_hundredths: High Aof rate when the rate is a percentage of that; None when it is of the wage.

    Raises:
        RateUnsolvable: It is above one hundred percent.
    """
    given = exact if high_rate_hundredths is None else exact * HUNDRED_PERCENT / high_rate_hundredths
    return of_wage(require_possible(round_half_up(given * HUNDREDTHS_PER_PERCENT)), high_rate_hundredths)


def _smallest(base: int, bonus_total: int, high_rate_hundredths: int | None, surcharges: Surcharges) -> int:
    """The smallest rate, as it is given, at which the surcharge is at least the bonus.

    Rounding down per return never adds, so no rate below the exact quotient can do: search from there.
    """
    require_base(base)
    first = max(round_up(Fraction(bonus_total * HUNDRED_PERCENT, base)), 0)
    if high_rate_hundredths is not None:
        first = max(first * HUNDRED_PERCENT // high_rate_hundredths - 2, 0)
    while True:
        require_possible(first)
        given = range(first, first + RATES_AT_ONCE)
        rates = sorted({of_wage(number, high_rate_hundredths) for number in given})
        totals = zip(rates, surcharges(rates), strict=False)
        enough = next((rate for rate, total in totals if total >= bonus_total), None)
        if enough is not None:
            return require_possible(next(number for number in given if of_wage(number, high_rate_hundredths) >= enough))
        first += RATES_AT_ONCE


def require_base(base: int) -> None:
    """A rate can only be solved over a positive base.

    Raises:
        RateUnsolvable: It is zero or negative.
    """
    if base <= 0:
        raise RateUnsolvable(
            "the surcharge rate cannot be solved: the employers that owe have no positive surcharge base; "
            "give wet_banenafspraak.surcharge_rate as a number in a scenario"
        )


def require_possible(hundredths: int) -> int:
    """A solved rate of at most one hundred percent.

    Raises:
        RateUnsolvable: It is above.
    """
    if hundredths > HUNDRED_PERCENT:
        raise RateUnsolvable(
            "the surcharge rate cannot be solved: it would be above 100%; look at required_share, the bonus and "
            "the employers that owe, or give wet_banenafspraak.surcharge_rate as a number"
        )
    return hundredths
