"""BSNs and RSINs that pass the eleven test, each by its place in a row, without a list of them.

Of every seven digits, the eighth can be chosen in at least nine ways so that the check digit is one
digit. So number n is the (n mod 9)-th way of the (n div 9)-th seven digits: no number is tried and
dropped, and no two are alike. BSNs and RSINs come from seven digits that do not overlap.
"""

import numpy as np

from quotum.errors import WrongUse
from quotum.generate.draws import Whole, walk

WAYS = 9
FIRST_BSN = 10_000
"""First seven digits of the lowest BSN: the schema wants other than 000 in front."""
FIRST_RSIN = 8_000_000
AFTER_RSIN = 10_000_000
BSN_COUNT = (FIRST_RSIN - FIRST_BSN) * WAYS
RSIN_COUNT = (AFTER_RSIN - FIRST_RSIN) * WAYS

_STEP_BILLIONTHS = 618_033_989
_SEED_STEP = 7_919_317
_WEIGHTS = (3, 4, 5, 6, 7, 8, 9)
"""Weights of the seventh digit back to the first."""
_INVERSE_OF_TWO = 6
"""In arithmetic modulo eleven."""


def _with_check(places: Whole, first: int) -> Whole:
    sevens = places // WAYS + first
    rest = sevens
    weighted = np.zeros_like(sevens)
    for weight in _WEIGHTS:
        weighted += weight * (rest % 10)
        rest = rest // 10
    # The eighth digit that would give a check digit of ten is left out (ten itself is no digit).
    bad = (10 - weighted) * _INVERSE_OF_TWO % 11
    eighth = places % WAYS
    eighth = eighth + (eighth >= bad)
    return (sevens * 10 + eighth) * 10 + (weighted + 2 * eighth) % 11


def bsns(persons: Whole, seed: int) -> Whole:
    """The BSN of each person, by the number of the person."""
    return _with_check(walk(persons, BSN_COUNT, seed * _SEED_STEP, _STEP_BILLIONTHS), FIRST_BSN)


def rsins(employers: Whole, seed: int) -> Whole:
    """The RSIN of each employer, by the number of the employer."""
    return _with_check(walk(employers, RSIN_COUNT, seed * _SEED_STEP, _STEP_BILLIONTHS), FIRST_RSIN)


def require_room(employers: int, persons: int) -> None:
    """Refuse a country that has more employers or people than there are numbers.

    Raises:
        WrongUse: It has.
    """
    if employers > RSIN_COUNT or persons > BSN_COUNT:
        raise WrongUse(
            f"a country of {employers:,} employers and {persons:,} people is asked for, but there are no more than "
            f"{RSIN_COUNT:,} numbers for employers and {BSN_COUNT:,} for people: ask for fewer employers"
        )
