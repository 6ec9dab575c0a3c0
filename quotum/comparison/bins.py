"""Bins of amounts and of shares, means, and the names of groups that are put together."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Final

from quotum.comparison.small_groups import Flags, Together, Whole, counts, few, in_order
from quotum.comparison.tables import ALL, JOINED, OTHERS
from quotum.money import round_half_up

SHARE_EDGES: Final = (0, 1, 50, 100, 150, 200, 250, 300, 400, 500, 750, 1_000, 2_000)
"""Ends of the bins of a share of target-group hours, hundredths of a percent point."""
_MOST_NAMES: Final = 3
"""As many names as stand for a group of several; more are the others."""


def mean(total: int, count: int) -> int | None:
    """A mean in whole cents, rounded half up; None over nothing."""
    return round_half_up(Fraction(total, count)) if count else None


def name_of(names: Sequence[str], every: int) -> str:
    """The name of parts that are put together, of so many parts in all."""
    if len(names) <= _MOST_NAMES:
        return JOINED.join(names)
    return ALL if len(names) == every else OTHERS


def bins_of(places: Whole, edges: Sequence[int]) -> Iterator[tuple[tuple[int, ...], int | None, int | None]]:
    """Bins of an amount, those of fewer than ten employers put together: their numbers and both ends.

    Losses stay apart from gains, and both from exactly nothing, where each side has enough employers.

    Args:
        places: Bin of each employer, by `searchsorted`.
        edges: Ends of the bins, in cents.
    """
    counted = counts(places, len(edges) + 1, ())
    nothing = edges.index(0) + 1
    sides = (range(nothing), range(nothing, nothing + 1), range(nothing + 1, len(counted)))
    apart = all(not few(int(counted[list(side), 0].sum())) for side in sides)
    ends = (None, *edges, None)
    for side in sides if apart else (range(len(counted)),):
        for numbers in in_order(counted[list(side)]):
            chosen = tuple(side[number] for number in numbers)
            yield chosen, ends[chosen[0]], ends[chosen[-1] + 1]


def share_bins(bins: Whole, marks: Sequence[Flags], others: Sequence[Flags]) -> Together:
    """Bins of shares, those that rest on fewer than ten employers put together.

    None at all where the employers outside are a few: the totals less the bins would give them away.

    Args:
        bins: Bin of each employer that owes.
        marks: Which of these bring something to a figure.
        others: Employers of the whole country that are in no bin, and which of those bring something.
    """
    if any(few(int(other.sum())) for other in others):
        return []
    return in_order(counts(bins, len(SHARE_EDGES), marks))


__all__ = ["SHARE_EDGES", "bins_of", "mean", "name_of", "share_bins"]
