"""Sums over the employers of a run, for its report: groups, bins of amounts, shares of hours.

Groups and bins of fewer than ten employers are merged, as in a comparison (`quotum.comparison.small_groups`).
"""

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from quotum.comparison.bins import SHARE_EDGES, bins_of, mean, name_of, share_bins
from quotum.comparison.small_groups import counts, in_a_pool, in_order, split_is_sound
from quotum.comparison.tables import NO_GROUP, WAGE_CLASSES
from quotum.money import round_half_up

Row = dict[str, Any]
Whole = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
_SECTORS: Final = ("overheid", "niet-overheid")
_EUROS: Final = (1, 100, 500, 1_000, 2_500, 5_000, 10_000, 25_000, 100_000, 1_000_000)
_EDGES: Final = (*(-100 * euros for euros in reversed(_EUROS)), 0, 1, *(100 * euros for euros in _EUROS))
_HOURS: Final = 1_000
_WHOLE_SHARE: Final = 10_000
Parts = list[tuple[str, Flags]]
"""Name and employers of each group."""


def read(path: Path) -> pa.Table:
    """Reads `settlement.parquet` without the numbers of employers."""
    names = [name for name in pq.read_schema(path).names if name != "rsin"]
    return pq.read_table(path, columns=names)


def _column(table: pa.Table, name: str) -> Whole:
    values: Whole = pc.fill_null(pc.cast(table[name], pa.int64()), 0).to_numpy().astype(np.int64, copy=False)
    return values


def groups(table: pa.Table, amounts: tuple[str, ...], limit_cents: int | None) -> list[Row]:
    """Adds up amounts by sector and, where there is a limit, by the wage bill against it.

    Args:
        table: The settlement.
        amounts: Columns in cents to add up.
        limit_cents: Largest premium wage of a small employer; None when the run has none.

    Returns:
        Rows with `grouping`, `group`, `employers`, `payers`, `receivers` and the amounts.
    """
    columns = {name: _column(table, name) for name in amounts}
    marks = [values != 0 for values in columns.values()]
    partitions = {"sector": _sectors(table, marks)}
    if limit_cents is not None:
        partitions["wage_bill"] = _wage_bills(table, marks, limit_cents)
        small = _column(table, "small_employer").astype(np.bool_)
        if split_is_sound([members for _, members in partitions["wage_bill"]], small, marks):
            partitions["small"] = _put_together(("small", "not small"), (~small).astype(np.int64), marks)
    return [
        {"grouping": grouping, "group": name, **_sums(columns, members)}
        for grouping, parts in partitions.items()
        for name, members in parts
    ]


def _sectors(table: pa.Table, marks: Sequence[Flags]) -> Parts:
    names = (*_SECTORS, NO_GROUP)
    sector = pc.fill_null(table["sector"], NO_GROUP).to_numpy(zero_copy_only=False)
    places = np.select([sector == name for name in names], range(len(names)), len(_SECTORS))
    return _put_together(names, places, marks, ordered=False)


def _wage_bills(table: pa.Table, marks: Sequence[Flags], limit_cents: int) -> Parts:
    wages = table["premium_wage_t2_cents"]
    ends = (limit_cents // 2 + 1, limit_cents + 1, 2 * limit_cents + 1)
    classes = np.searchsorted(ends, _column(table, "premium_wage_t2_cents"), side="right")
    classes = np.where(wages.is_null().to_numpy(), len(WAGE_CLASSES), classes)
    return _put_together((*WAGE_CLASSES, NO_GROUP), classes, marks)


def _put_together(names: tuple[str, ...], places: Whole, marks: Sequence[Flags], *, ordered: bool = True) -> Parts:
    """Returns the groups of a grouping, with those that rest on fewer than ten merged: name and employers of each."""
    counted = counts(places, len(names), marks)
    filled = [number for number, row in enumerate(counted) if row[0]]
    groups_found = []
    for numbers in (in_order if ordered else in_a_pool)(counted[filled]):
        parts = [filled[number] for number in numbers]
        groups_found.append((name_of([names[number] for number in parts], len(filled)), np.isin(places, parts)))
    return groups_found


def _sums(columns: dict[str, Whole], members: Flags) -> Row:
    charged = columns.get("surcharge_cents", columns.get("quota_levy_cents"))
    paid = columns.get("payable_cents")
    return {
        "employers": int(members.sum()),
        "payers": 0 if charged is None else int((charged[members] > 0).sum()),
        "receivers": 0 if paid is None else int((paid[members] > 0).sum()),
        **{name: int(values[members].sum()) for name, values in columns.items()},
    }


def bins(table: pa.Table, name: str) -> list[Row]:
    """Counts employers and adds up an amount by its bins; exactly zero is a separate bin.

    Args:
        table: The settlement.
        name: Column in cents.

    Returns:
        Rows with `bin`, `from_cents`, `to_cents`, `employers` and the sum; bins without employers are left out.
    """
    values = _column(table, name)
    places = np.searchsorted(_EDGES, values, side="right")
    rows = []
    for numbers, low, high in bins_of(places, _EDGES):
        in_bin = np.isin(places, numbers)
        if in_bin.any():
            row = {"bin": numbers[0], "from_cents": low, "to_cents": high}
            rows.append(row | {"employers": int(in_bin.sum()), name: int(values[in_bin].sum())})
    return rows


def shares(table: pa.Table, limit_cents: int | None = None) -> list[Row]:
    """Compares surcharge and bonus of employers that are not small, by share of target-group hours.

    Args:
        table: The settlement.
        limit_cents: Largest premium wage of a small employer, for groups that are visible as well.
    """
    owing = ~_column(table, "small_employer").astype(np.bool_) & (_column(table, "paid_hours") > 0)
    names = ("paid_hours", "target_group_hours", "surcharge_cents", "bonus_cents")
    columns = {name: _column(table, name)[owing] for name in names}
    share = columns["target_group_hours"] * _WHOLE_SHARE // np.maximum(columns["paid_hours"], 1)
    places = np.searchsorted(SHARE_EDGES, share, side="right") - 1
    marks = [columns[name] != 0 for name in names[1:]]
    everywhere = [_column(table, name) != 0 for name in names[1:]]
    others = [~owing & mark for mark in everywhere]
    if limit_cents is not None:
        money = [_column(table, name) != 0 for name in ("surcharge_cents", "lkv_cents", "bonus_cents", "net_cents")]
        wage_bills = [members for _, members in _wage_bills(table, money, limit_cents)]
        if not split_is_sound(wage_bills, owing, everywhere):
            return []
    rows = []
    for numbers in share_bins(places, marks, [~owing, *others]):
        in_bin = np.isin(places, numbers)
        if in_bin.any():
            row: Row = {name: int(values[in_bin].sum()) for name, values in columns.items()}
            row |= {"bin": numbers[0], "from_hundredths": SHARE_EDGES[numbers[0]], "employers": int(in_bin.sum())}
            row["to_hundredths"] = (*SHARE_EDGES, None)[numbers[-1] + 1]
            for part in ("surcharge", "bonus"):
                row[f"{part}_per_1000_hours_cents"] = mean(row[f"{part}_cents"] * _HOURS, row["paid_hours"])
            rows.append(row)
    return rows


def break_even(rows: list[Row], bonus_rate_cents: int | None) -> int | None:
    """Returns the share of hours at which owing employers together get their surcharge back as bonus; None if none.

    Args:
        rows: Result of `shares`.
        bonus_rate_cents: Bonus per paid hour.
    """
    hours, surcharge = (sum(row[name] for row in rows) for name in ("paid_hours", "surcharge_cents"))
    if not hours or not surcharge or not bonus_rate_cents:
        return None
    return round_half_up(Fraction(surcharge * _WHOLE_SHARE, hours * bonus_rate_cents))


__all__ = ["bins", "break_even", "groups", "read", "shares"]
