"""Received is accepted and rejected: in rows, hours and cents of premium wage, per member of a delivery."""

from collections.abc import Iterable, Mapping

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

    def __add__(self, other: "Tally") -> "Tally":
        """Both together."""
        return Tally(*(getattr(self, one.name) + getattr(other, one.name) for one in fields(Tally)))


def tallies(rows: pa.Table, table: Table) -> dict[Place, Tally]:
    """Rows added up by delivery and member.

    Args:
        rows: Rows as understood, by delivery, member and row.
        table: What they are; only returns have hours and wages.
    """
    if not rows.num_rows:
        return {}
    delivery, member = (numbers(whole(rows[name])) for name in ("delivery", "member"))
    heads = np.zeros(1, np.int64)
    if (delivery[0], member[0]) != (delivery[-1], member[-1]):
        heads = np.flatnonzero(np.append(True, (np.diff(delivery) != 0) | (np.diff(member) != 0)))
    columns = [np.diff(np.append(heads, rows.num_rows))]
    if table is RETURNS:
        nothing = np.zeros(len(heads), np.int64)
        columns += [nothing if each is None else _summed(each, heads) for each in _amounts(rows)]
    keys = zip(delivery[heads].tolist(), member[heads].tolist(), strict=True)
    added: dict[Place, Tally] = {}
    for key, values in zip(keys, zip(*(each.tolist() for each in columns), strict=True), strict=True):
        added[key] = added.get(key, Tally()) + Tally(*values)
    return added


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


def add_up(into: dict[Place, Tally], more: Mapping[Place, Tally]) -> None:
    """Take more rows into account."""
    for key, tally in more.items():
        into[key] = into.get(key, Tally()) + tally


def reconcile(
    received: Mapping[Place, Tally], accepted: Mapping[Place, Tally], rejected: Mapping[Place, Tally]
) -> None:
    """Hold what came in against what became of it.

    Raises:
        SelfCheckFailed: Rows, hours or cents were lost or doubled on the way.
    """
    for key in {*received, *accepted, *rejected}:
        came = received.get(key, Tally())
        went = accepted.get(key, Tally()) + rejected.get(key, Tally())
        if came != went:
            names = [one.name for one in fields(Tally) if getattr(came, one.name) != getattr(went, one.name)]
            raise SelfCheckFailed(
                f"accepted and rejected do not add up to received in delivery {key[0]}, member {key[1]}: "
                f"{', '.join(names)}"
            )


def together(tallied: Mapping[Place, Tally], void: set[Place]) -> dict[int, Tally]:
    """What was added up per delivery, without void members."""
    found: dict[int, Tally] = {}
    for (delivery, member), tally in tallied.items():
        if (delivery, member) not in void:
            found[delivery] = found.get(delivery, Tally()) + tally
    return found


def amounts_of(received: Tally, accepted: Tally, rejected: Tally) -> Amounts:
    """Hours and premium wage of a delivery, as its receipt keeps them."""
    return Amounts(
        received.hours, accepted.hours, rejected.hours, received.cents, accepted.cents, rejected.cents,
        rejected.no_hours, rejected.no_cents,
    )  # fmt: skip


__all__ = ["Place", "Tally", "add_up", "amounts_of", "reconcile", "tallies", "together"]
