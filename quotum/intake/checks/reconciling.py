"""Received is accepted and rejected: in rows, hours and cents of premium wage, per member of a delivery."""

from collections.abc import Iterable
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from attrs import fields, frozen

from quotum.archive.receipts import Amounts
from quotum.errors import SelfCheckFailed
from quotum.intake.rows import equals, numbers, whole
from quotum.tables import RETURNS, Table

Place = tuple[int, int]
"""Delivery and member."""
Lines = npt.NDArray[np.int64]
"""A line per place: delivery and member, and then the values of its `Tally`. Of very many members it is small."""

_PLACE: Final = 2
_MEMBERS: Final = 32
_ENOUGH: Final = 1_000


@frozen
class Tally:
    """Rows added up."""

    rows: int = 0
    """Number of rows."""
    hours: int = 0
    """Paid hours, of rows whose hours can be read."""
    cents: int = 0
    """Premium wage (low and high class), of rows of which both can be read."""
    no_hours: int = 0
    """Rows that report and whose hours cannot be read."""
    no_cents: int = 0
    """Rows that report and whose premium wage cannot be read."""


_NAMES: Final = tuple(one.name for one in fields(Tally))
_NOTHING: Final = np.zeros((0, _PLACE + len(_NAMES)), np.int64)


class Tallied:
    """What was added up so far, by delivery and member."""

    def __init__(self) -> None:
        """Start with nothing."""
        self._parts: list[Lines] = []

    def add(self, more: Lines) -> None:
        """Take more rows into account."""
        self._parts.append(more)
        if len(self._parts) >= _ENOUGH:
            self.lines()

    def lines(self) -> Lines:
        """A line for each place, in order."""
        self._parts = [_grouped(np.concatenate([_NOTHING, *self._parts]))]
        return self._parts[0]

    def rows(self, places: set[Place]) -> int:
        """The number of rows of some places."""
        lines = self.lines()
        return int(lines[are_in(lines, places), _PLACE].sum())


def tallies(rows: pa.Table, table: Table) -> Lines:
    """Rows added up by delivery and member.

    Args:
        rows: Rows as understood, by delivery, member and row.
        table: What they are; only returns have hours and wages.
    """
    if not rows.num_rows:
        return _NOTHING
    delivery, member = (numbers(whole(rows[name])) for name in ("delivery", "member"))
    heads = np.zeros(1, np.int64)
    if (delivery[0], member[0]) != (delivery[-1], member[-1]):
        heads = np.flatnonzero(np.append(True, (np.diff(delivery) != 0) | (np.diff(member) != 0)))
    lines = np.zeros((len(heads), _NOTHING.shape[1]), np.int64)
    lines[:, 0], lines[:, 1] = delivery[heads], member[heads]
    lines[:, _PLACE] = np.diff(np.append(heads, rows.num_rows))
    if table is RETURNS:
        for place, each in enumerate(_amounts(rows), start=_PLACE + 1):
            lines[:, place] = 0 if each is None else _summed(each, heads)
    return lines


def _summed(values: pa.Array, heads: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    if len(heads) == 1:
        return np.array([pc.sum(values).as_py() or 0], np.int64)
    return np.add.reduceat(numbers(values, 0), heads)


def _amounts(rows: pa.Table) -> Iterable[pa.Array | None]:
    """Hours and cents of each row, and whether they are lacking where a row reports; None where that is nowhere so."""
    found = [whole(rows["paid_hours"]), pc.add(*(whole(rows[f"premium_wage_{one}_cents"]) for one in ("low", "high")))]
    yield from found
    reports = pc.fill_null(pc.invert(equals(whole(rows["action"]), "X")), fill_value=False)
    for each in found:
        lacking = pc.and_(reports, each.is_null()) if each.null_count else None
        yield lacking.cast(pa.int64()) if lacking is not None and lacking.true_count else None


def reconcile(received: Lines, accepted: Lines, rejected: Lines) -> None:
    """Hold what came in against what became of it.

    Raises:
        SelfCheckFailed: Rows, hours or cents were lost or doubled on the way.
    """
    went = np.concatenate([accepted, rejected])
    went[:, _PLACE:] *= -1
    left = _grouped(np.concatenate([received, went]))
    for wrong in left[left[:, _PLACE:].any(axis=1)]:
        names = [name for name, value in zip(_NAMES, wrong[_PLACE:], strict=True) if value]
        raise SelfCheckFailed(
            f"accepted and rejected do not add up to received in delivery {wrong[0]}, member {wrong[1]}: "
            f"{', '.join(names)}"
        )


def together(lines: Lines, void: set[Place]) -> dict[int, Tally]:
    """What was added up per delivery, without void members."""
    counting = lines[~are_in(lines, void)]
    counting[:, 1] = 0
    return {int(line[0]): Tally(*line[_PLACE:].tolist()) for line in _grouped(counting)}


def _grouped(lines: Lines) -> Lines:
    """The lines of each place added up, in order of place."""
    if not len(lines):
        return lines
    ordered = lines[np.lexsort((lines[:, 1], lines[:, 0]))]
    heads = np.flatnonzero(np.append(True, np.diff(ordered[:, :_PLACE], axis=0).any(axis=1)))
    return np.concatenate([ordered[heads, :_PLACE], np.add.reduceat(ordered[:, _PLACE:], heads)], axis=1)


def are_in(lines: Lines, places: set[Place]) -> npt.NDArray[np.bool_]:
    """Which lines are of some places; they begin with delivery and member."""
    wanted = np.array([(delivery << _MEMBERS) + member for delivery, member in places], np.int64)
    return np.isin((lines[:, 0] << _MEMBERS) + lines[:, 1], wanted)


def amounts_of(received: Tally, accepted: Tally, rejected: Tally) -> Amounts:
    """Hours and premium wage of a delivery, as its receipt keeps them."""
    return Amounts(
        received.hours, accepted.hours, rejected.hours, received.cents, accepted.cents, rejected.cents,
        rejected.no_hours, rejected.no_cents,
    )  # fmt: skip


__all__ = ["Lines", "Place", "Tallied", "Tally", "amounts_of", "are_in", "reconcile", "tallies", "together"]
