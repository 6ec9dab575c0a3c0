"""Reconciliation: received equals accepted plus rejected in rows, hours and premium wage cents of each member."""

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
"""A line per place: delivery and member, then the values of its `Tally`. Stays small for very many members."""

_PLACE: Final = 2
_MEMBERS: Final = 32
_ENOUGH: Final = 1_000


@frozen
class Tally:
    """Sums over rows."""

    rows: int = 0
    """Number of rows."""
    hours: int = 0
    """Paid hours, of rows with readable hours."""
    cents: int = 0
    """Premium wage (low and high class), of rows in which both can be read."""
    no_hours: int = 0
    """Reporting rows with unreadable hours."""
    no_cents: int = 0
    """Reporting rows with an unreadable premium wage."""


_NAMES: Final = tuple(attribute.name for attribute in fields(Tally))
_NOTHING: Final = np.zeros((0, _PLACE + len(_NAMES)), np.int64)


class Tallies:
    """Running sums by delivery and member."""

    def __init__(self) -> None:
        """Starts with nothing."""
        self._parts: list[Lines] = []

    def add(self, more: Lines) -> None:
        """Adds more lines."""
        self._parts.append(more)
        if len(self._parts) >= _ENOUGH:
            self.lines()

    def lines(self) -> Lines:
        """Returns a line for each place, in order."""
        self._parts = [_grouped(np.concatenate([_NOTHING, *self._parts]))]
        return self._parts[0]

    def rows(self, places: set[Place]) -> int:
        """Returns the number of rows of some places."""
        lines = self.lines()
        return int(lines[are_in(lines, places), _PLACE].sum())


def tallies(rows: pa.Table, table: Table) -> Lines:
    """Adds up rows by delivery and member.

    Args:
        rows: Rows as understood, by delivery, member and row.
        table: The declared table; only returns have hours and wages.
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
        for place, values in enumerate(_amounts(rows), start=_PLACE + 1):
            lines[:, place] = 0 if values is None else _summed(values, heads)
    return lines


def _summed(values: pa.Array, heads: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    if len(heads) == 1:
        return np.array([pc.sum(values).as_py() or 0], np.int64)
    return np.add.reduceat(numbers(values, 0), heads)


def _amounts(rows: pa.Table) -> Iterable[pa.Array | None]:
    """Yields hours and cents of each row, then where a reporting row lacks them; None when it never does."""
    amounts = [
        whole(rows["paid_hours"]),
        pc.add(*(whole(rows[f"premium_wage_{wage_class}_cents"]) for wage_class in ("low", "high"))),
    ]
    yield from amounts
    reports = pc.fill_null(pc.invert(equals(whole(rows["action"]), "X")), fill_value=False)
    for values in amounts:
        lacking = pc.and_(reports, values.is_null()) if values.null_count else None
        yield lacking.cast(pa.int64()) if lacking is not None and lacking.true_count else None


def reconcile(received: Lines, accepted: Lines, rejected: Lines) -> None:
    """Checks that accepted and rejected add up to received.

    Raises:
        SelfCheckFailed: Rows, hours or cents were lost or doubled on the way.
    """
    outcome = np.concatenate([accepted, rejected])
    outcome[:, _PLACE:] *= -1
    difference = _grouped(np.concatenate([received, outcome]))
    for wrong in difference[difference[:, _PLACE:].any(axis=1)]:
        names = [name for name, value in zip(_NAMES, wrong[_PLACE:], strict=True) if value]
        raise SelfCheckFailed(
            f"accepted and rejected do not add up to received in delivery {wrong[0]}, member {wrong[1]}: "
            f"{', '.join(names)}"
        )


def sums_by_delivery(lines: Lines, void: set[Place]) -> dict[int, Tally]:
    """Returns the sums of each delivery, without void members."""
    counted = lines[~are_in(lines, void)]
    counted[:, 1] = 0
    return {int(line[0]): Tally(*line[_PLACE:].tolist()) for line in _grouped(counted)}


def _grouped(lines: Lines) -> Lines:
    """Adds up the lines of each place, in order of place."""
    if not len(lines):
        return lines
    ordered = lines[np.lexsort((lines[:, 1], lines[:, 0]))]
    heads = np.flatnonzero(np.append(True, np.diff(ordered[:, :_PLACE], axis=0).any(axis=1)))
    return np.concatenate([ordered[heads, :_PLACE], np.add.reduceat(ordered[:, _PLACE:], heads)], axis=1)


def are_in(lines: Lines, places: set[Place]) -> npt.NDArray[np.bool_]:
    """Marks the lines of some places; lines begin with delivery and member."""
    wanted = np.array([(delivery << _MEMBERS) + member for delivery, member in places], np.int64)
    return np.isin((lines[:, 0] << _MEMBERS) + lines[:, 1], wanted)


def amounts_of(received: Tally, accepted: Tally, rejected: Tally) -> Amounts:
    """Returns hours and premium wage of a delivery, as its receipt keeps them."""
    return Amounts(
        received.hours, accepted.hours, rejected.hours, received.cents, accepted.cents, rejected.cents,
        rejected.no_hours, rejected.no_cents,
    )  # fmt: skip


__all__ = ["Lines", "Place", "Tallies", "Tally", "amounts_of", "are_in", "reconcile", "sums_by_delivery", "tallies"]
