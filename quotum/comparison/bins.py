"""Bins of amounts and of shares, means, and names of merged groups."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Final

from quotum.comparison.small_groups import Flags, Together, Whole, counts, few, in_order
from quotum.comparison.tables import ALL, JOINED, OTHERS
from quotum.money import round_half_up

SHARE_EDGES: Final = (0, 1, 50, 100, 150, 200, 250, 300, 400, 500, 750, 1_000, 2_000)
"""Ends of the bins of a share of target-group hours, hundredths of a percent point."""
_MOST_NAMES: Final = 3
"""Largest number of names of a merged group; a larger group is called the others."""


def mean(total: int, count: int) -> int | None:
    """Returns a mean in whole cents, rounded half up; None over nothing."""
    return round_half_up(Fraction(total, count)) if count else None


def name_of(names: Sequence[str], parts: int) -> str:
    """Returns the name of merged parts, given the number of all parts."""
    if len(names) <= _MOST_NAMES:
        return JOINED.join(names)
    return ALL if len(names) == parts else OTHERS


def bins_of(places: Whole, edges: Sequence[int]) -> Iterator[tuple[tuple[int, ...], int | None, int | None]]:
    """Yields bins of an amount, with those of fewer than ten employers merged: their numbers and both ends.

    Losses, gains and exactly nothing stay separate where each of the three has enough employers.

    Args:
        places: Bin of each employer, by `searchsorted`.
        edges: Ends of the bins, in cents.
    """
    counted = counts(places, len(edges) + 1, ())
    nothing = edges.index(0) + 1
    sides = (range(nothing), range(nothing, nothing + 1), range(nothing + 1, len(counted)))
    has_separate_sides = all(not few(int(counted[list(side), 0].sum())) for side in sides)
    ends = (None, *edges, None)
    for side in sides if has_separate_sides else (range(len(counted)),):
        for numbers in in_order(counted[list(side)]):
            chosen = tuple(side[number] for number in numbers)
            yield chosen, ends[chosen[0]], ends[chosen[-1] + 1]


def share_bins(bins: Whole, marks: Sequence[Flags], others: Sequence[Flags]) -> Together:
    """Returns bins of shares, with those that rest on fewer than ten employers merged.

    Returns none where few employers are outside the bins: the totals minus the bins would reveal them.

    Args:
        bins: Bin of each owing employer.
        marks: Marks of those that contribute to a figure.
        others: Employers of the whole country outside the bins, and which of those contribute.
    """
    if any(few(int(other.sum())) for other in others):
        return []
    return in_order(counts(bins, len(SHARE_EDGES), marks))


__all__ = ["SHARE_EDGES", "bins_of", "mean", "name_of", "share_bins"]
