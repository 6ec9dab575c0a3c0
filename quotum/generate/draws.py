"""Lots: whole numbers that depend on a seed, a purpose and a key, and on nothing else.

Every lot is computed from its subject (an employer, a person, a row), not from earlier lots. So a part of the country
can be generated without the rest, and chunk size, library version and order of the work change nothing.
"""

import zlib
from collections.abc import Sequence
from math import gcd

import numpy as np
import numpy.typing as npt
from attrs import frozen

Whole = npt.NDArray[np.int64]
"""Whole numbers, one per subject."""
Flags = npt.NDArray[np.bool_]
"""Yes or no, one per subject."""

TEN_THOUSAND = 10_000
"""Shares in this package are per ten thousand."""
BILLION = 10**9

_MASK = 2**64 - 1
_STEP = 0x9E3779B97F4A7C15
_FIRST = np.uint64(0xBF58476D1CE4E5B9)
_SECOND = np.uint64(0x94D049BB133111EB)


def _mix(bits: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    """Spreads every bit over all bits (the finalizer of splitmix64)."""
    bits = (bits ^ (bits >> np.uint64(30))) * _FIRST
    bits = (bits ^ (bits >> np.uint64(27))) * _SECOND
    return bits ^ (bits >> np.uint64(31))


@frozen
class Draws:
    """The lots of one country."""

    seed: int
    """Seed of the country: the same seed gives the same lots."""

    def below(self, purpose: str, keys: Whole, limit: int | Whole) -> Whole:
        """Draws a whole number from 0 up to, not including, `limit` for each key.

        Args:
            purpose: Name of the lot; another purpose gives other lots for the same key.
            keys: Subjects.
            limit: At most 2^31, for all or per key.
        """
        salt = (self.seed * _STEP + zlib.crc32(purpose.encode()) * 0xD1342543DE82EF95) & _MASK
        bits = _mix(keys.astype(np.uint64) * np.uint64(_STEP) + np.uint64(salt))
        bits = _mix(bits ^ np.uint64(salt))
        high = (bits >> np.uint64(33)).astype(np.int64)
        drawn: Whole = (high * np.asarray(limit, dtype=np.int64)) >> 31
        return drawn

    def happens(self, purpose: str, keys: Whole, share: int | Whole) -> Flags:
        """Draws whether something happens, with a share per ten thousand."""
        happens: Flags = self.below(purpose, keys, TEN_THOUSAND) < share
        return happens

    def skewed(self, purpose: str, keys: Whole, limit: int | Whole) -> Whole:
        """Draws like `below` with small numbers more often: the lesser of two lots."""
        return np.minimum(self.below(purpose, keys, limit), self.below(f"{purpose}, again", keys, limit))

    def choice(self, purpose: str, keys: Whole, weights: Sequence[int]) -> Whole:
        """Draws the number of a choice, with a weight for each."""
        ends = np.cumsum(np.asarray(weights, dtype=np.int64))
        return np.searchsorted(ends, self.below(purpose, keys, int(ends[-1])), side="right").astype(np.int64)


def walk(numbers: Whole, count: int, offset: int, billionths: int) -> Whole:
    """Permutes 0 up to `count` by equal steps around the circle, as evenly spread as possible.

    Args:
        numbers: Numbers from 0 up to `count`.
        count: Number of numbers; its square must fit in 63 bits.
        offset: Start of the walk.
        billionths: Length of a step, in billionths of the circle; made coprime with `count`.
    """
    step = max(1, count * billionths // BILLION)
    while gcd(step, count) != 1:
        step += 1
    return (numbers * step + offset % count) % count
