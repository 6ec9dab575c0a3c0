"""Small groups: what is published never rests on fewer than ten employers, in any form of output.

Groups are put together before a figure is added up, so that page, workbook, Parquet and CSV follow. What is
put together stays a partition: nothing left out can be computed back from a total less the groups shown.

The totals of all that is delivered are no group and are always shown, so a delivery of fewer than ten
employers shows its own totals.
"""

from collections.abc import Iterable, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

Whole = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

FEWEST: Final = 10
"""Fewer employers than this are no group that is published: a figure of so few is nearly that of one.

No figure of the law: the promise that published groups have at least ten employers or persons.
"""

Together = list[tuple[int, ...]]
"""Numbers of the parts that are put together, for each group."""


def few(count: int) -> bool:
    """Whether there are some, and fewer than may be shown."""
    return 0 < count < FEWEST


def counts(places: Whole, parts: int, marks: Sequence[Flags]) -> Whole:
    """Employers of each part, in all and by each mark: what a figure of the part rests on.

    Args:
        places: Number of the part of each employer.
        parts: Number of parts.
        marks: Which employers bring something to a figure.

    Returns:
        A row per part; the first column counts all its employers.
    """
    everyone = np.ones(len(places), np.bool_)
    found = [np.bincount(places[mark], minlength=parts) for mark in (everyone, *marks)]
    return np.stack(found, axis=1).astype(np.int64)


def sound(row: Whole) -> bool:
    """Whether every figure of a group rests on nobody or on enough."""
    return not any(few(int(count)) for count in row)


def in_order(counted: Whole) -> Together:
    """Neighbours put together until every group is large enough; parts with nobody stay as they are.

    Args:
        counted: As `counts` gives, the parts in an order that means something, such as size.

    Returns:
        Groups in order. One of everything when only the whole will do; none when that is too few as well.
    """
    groups: Together = []
    waiting: tuple[int, ...] = ()
    for number in range(len(counted)):
        waiting = (*waiting, number)
        if sound(_sum(counted, waiting)):
            groups.append(waiting)
            waiting = ()
    while waiting and groups:
        waiting = (*groups.pop(), *waiting)
        if sound(_sum(counted, waiting)):
            groups.append(waiting)
            waiting = ()
    return groups if not waiting else _everything(counted)


def in_a_pool(counted: Whole) -> Together:
    """Parts that are too small put together in one group, with the smallest other one where that is not enough.

    Args:
        counted: As `counts` gives, the parts in no order that means anything, such as regions.

    Returns:
        Groups in order of their first part, as `in_order`.
    """
    small = [number for number, row in enumerate(counted) if not sound(row)]
    large = sorted((number for number in range(len(counted)) if number not in small), key=lambda one: counted[one, 0])
    while small and large and not sound(_sum(counted, small)):
        small.append(large.pop(0))
    if small and not sound(_sum(counted, small)):
        return _everything(counted)
    return sorted([*((number,) for number in large), *([tuple(sorted(small))] if small else [])])


def split_is_sound(groups: Sequence[Flags], flag: Flags, marks: Sequence[Flags]) -> bool:
    """Whether a total by a flag gives away no few, beside groups that are shown.

    The total of who has the flag, less the groups in which everybody has it, is what the other groups hold of
    them; and those groups less that is the rest.

    Args:
        groups: Employers of each group of one grouping.
        flag: Who has the flag.
        marks: Which employers bring something to a figure.
    """
    mixed = np.zeros(len(flag), np.bool_)
    for group in groups:
        if (group & flag).any() and (group & ~flag).any():
            mixed |= group
    sides = (mixed & flag, mixed & ~flag)
    return not any(few(int((side & mark).sum())) for side in sides for mark in (side, *marks))


def _everything(counted: Whole) -> Together:
    whole = tuple(range(len(counted)))
    return [whole] if _sum(counted, whole)[0] >= FEWEST else []


def _sum(counted: Whole, numbers: Iterable[int]) -> Whole:
    total: Whole = counted[list(numbers)].sum(axis=0)
    return total


__all__ = ["FEWEST", "Together", "counts", "few", "in_a_pool", "in_order", "sound", "split_is_sound"]
