"""BSNs and RSINs that pass the eleven test, each computed from its number, without a list.

For any seven digits, at least nine choices of the eighth digit give a single-digit check digit. So number n is the
(n mod 9)-th choice for the (n div 9)-th seven digits: no number is tried and dropped, and all are different. BSNs and
RSINs come from ranges of seven digits that do not overlap.
"""

import numpy as np

from quotum.errors import WrongUse
from quotum.generate.draws import Whole, walk

WAYS = 9
FIRST_BSN = 10_000
"""First seven digits of the lowest BSN, which by the schema must not begin with 000."""
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
    # The eighth digit that would give check digit ten is skipped (ten itself is no digit).
    bad = (10 - weighted) * _INVERSE_OF_TWO % 11
    eighth = places % WAYS
    eighth = eighth + (eighth >= bad)
    return (sevens * 10 + eighth) * 10 + (weighted + 2 * eighth) % 11


def bsns(persons: Whole, seed: int) -> Whole:
    """Returns the BSN of each person, by the number of the person."""
    return _with_check(walk(persons, BSN_COUNT, seed * _SEED_STEP, _STEP_BILLIONTHS), FIRST_BSN)


def rsins(employers: Whole, seed: int) -> Whole:
    """Returns the RSIN of each employer, by the number of the employer."""
    return _with_check(walk(employers, RSIN_COUNT, seed * _SEED_STEP, _STEP_BILLIONTHS), FIRST_RSIN)


def require_room(employers: int, persons: int) -> None:
    """Refuses a country with more employers or people than there are numbers.

    Raises:
        WrongUse: There are too many.
    """
    if employers > RSIN_COUNT or persons > BSN_COUNT:
        raise WrongUse(
            f"a country of {employers:,} employers and {persons:,} people is asked for, but there are no more than "
            f"{RSIN_COUNT:,} numbers for employers and {BSN_COUNT:,} for people: ask for fewer employers"
        )
