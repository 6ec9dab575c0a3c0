"""Small groups: a published figure never rests on fewer than ten employers, in any form of output.

Groups are merged before a figure is added up, so that page, workbook, Parquet and CSV follow. Merged groups still form
a partition: nothing left out can be computed back from a total minus the visible groups. The totals of the whole
delivery are no group and are always shown, so a delivery of fewer than ten employers shows its own totals.
"""

from collections.abc import Iterable, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

Whole = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

FEWEST: Final = 10
"""Smallest number of employers in a published group: a figure of fewer is nearly that of a single employer.

Not a figure of the law, but the promise that published groups have at least ten employers or persons.
"""

Together = list[tuple[int, ...]]
"""Numbers of the merged parts, for each group."""


def few(count: int) -> bool:
    """Whether a number is above zero and below the smallest group that may be shown."""
    return 0 < count < FEWEST


def counts(places: Whole, parts: int, marks: Sequence[Flags]) -> Whole:
    """Counts the employers of each part, in all and by each mark: the basis of each figure of the part.

    Args:
        places: Number of the part of each employer.
        parts: Number of parts.
        marks: Marks of the employers that contribute to a figure.

    Returns:
        A row per part; the first column counts all its employers.
    """
    everyone = np.ones(len(places), np.bool_)
    columns = [np.bincount(places[mark], minlength=parts) for mark in (everyone, *marks)]
    return np.stack(columns, axis=1).astype(np.int64)


def sound(row: Whole) -> bool:
    """Whether every figure of a group rests on nobody or on enough employers."""
    return not any(few(int(count)) for count in row)


def in_order(counted: Whole) -> Together:
    """Merges neighbours until every group is large enough; parts with nobody stay as they are.

    Args:
        counted: Result of `counts`, with the parts in a meaningful order, such as size.

    Returns:
        Groups in order. A single group of everything when only the whole is large enough; none when even that is small.
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
    """Merges parts that are too small into a group, with the smallest other part where that is not enough.

    Args:
        counted: Result of `counts`, with the parts in no meaningful order, such as regions.

    Returns:
        Groups in order of their first part, as in `in_order`.
    """
    small = [number for number, row in enumerate(counted) if not sound(row)]
    large = sorted((place for place in range(len(counted)) if place not in small), key=lambda place: counted[place, 0])
    while small and large and not sound(_sum(counted, small)):
        small.append(large.pop(0))
    if small and not sound(_sum(counted, small)):
        return _everything(counted)
    return sorted([*((number,) for number in large), *([tuple(sorted(small))] if small else [])])


def split_is_sound(groups: Sequence[Flags], flag: Flags, marks: Sequence[Flags]) -> bool:
    """Whether a total by a flag reveals no small number, beside visible groups.

    The total over employers with the flag, minus the groups in which everybody has it, is the part of them in the other
    groups; and those groups minus that part is the rest.

    Args:
        groups: Employers of each group of a grouping.
        flag: Employers with the flag.
        marks: Marks of the employers that contribute to a figure.
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
