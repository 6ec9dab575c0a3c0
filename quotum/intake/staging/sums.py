"""Sums of the rows of each fragment: most returns are settled from these, without opening a row.

The sums depend on no rule: rows are separated by the natures of employment that the law knows, and added up.
Settlement of a year decides which of them count.
"""

from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from quotum.intake.rows import numbers, whole
from quotum.law.kinds_of_work import DECISIVE_NATURES
from quotum.law.wtl.bonus import EMPLOYMENTS
from quotum.money import MAGNITUDE_STEP
from quotum.tables import SUMS

_WAGES: Final = ("premium_wage_low_cents", "premium_wage_high_cents")
_ADDED: Final = tuple(name for name in SUMS.names if name.endswith(("_rows", "_cents", "_magnitude", "_hours", "_bsn")))
_RETURN: Final = ("payroll_tax_number", "period_start", "period_end")
_NO_ROWS: Final = SUMS.inside_schema.empty_table()


def sums_of(rows: pa.Table, fragments: pa.Table, year: int) -> pa.Table:
    """Adds up rows by fragment and nature, as `tables.SUMS`, in order of both.

    Every fragment has a row without nature, of zeros when there is nothing to add, so that each return has a row.

    Args:
        rows: As `tables.INCOME_RELATIONS`: all rows of a calendar year.
        fragments: Their fragments and others, numbered consecutively.
        year: The calendar year.
    """
    added = _added(rows, fragments)
    of_year = fragments.filter(pc.equal(pc.year(fragments["period_start"]), year))
    present = added.filter(added["employment_nature"].is_null())["fragment"]
    empty = of_year.filter(pc.invert(pc.is_in(of_year["fragment"], present.combine_chunks())))
    if not empty.num_rows:
        return added
    zeros = pa.array(np.zeros(empty.num_rows, np.int64))
    columns = {name: empty[name] if name in ("fragment", *_RETURN) else zeros for name in SUMS.names}
    columns["employment_nature"] = pa.nulls(empty.num_rows, pa.int64())
    return pa.concat_tables([added, pa.table(columns).cast(SUMS.inside_schema)]).sort_by(
        [("fragment", "ascending"), ("employment_nature", "ascending")]
    )


def _added(rows: pa.Table, fragments: pa.Table) -> pa.Table:
    initial = rows.filter(pc.equal(rows["action"], "I"))
    if not initial.num_rows:
        return _NO_ROWS
    first = fragments["fragment"][0].as_py()
    kinds = len(DECISIVE_NATURES) + 1
    nature = pc.fill_null(pc.index_in(initial["employment_nature"], pa.array(DECISIVE_NATURES, pa.int64())), -1)
    key = (numbers(whole(initial["fragment"])) - first) * kinds + numbers(whole(nature)).astype(np.int64) + 1
    added = _measured(initial).append_column("key", pa.array(key))
    grouped = added.group_by("key", use_threads=False).aggregate([(name, "sum") for name in _ADDED]).sort_by("key")
    keys = grouped["key"].to_numpy()
    place = pa.array(keys // kinds)
    columns = {name: fragments[name].take(place) for name in ("fragment", *_RETURN)}
    columns |= {name: grouped[f"{name}_sum"] for name in _ADDED}
    told_apart = pa.array([None, *DECISIVE_NATURES], pa.int64())
    columns["employment_nature"] = told_apart.take(pa.array(keys % kinds))
    return pa.table({name: columns[name] for name in SUMS.names}).cast(SUMS.inside_schema)


def _measured(rows: pa.Table) -> pa.Table:
    """Returns the contribution of each row."""
    low, high = (numbers(whole(rows[name])) for name in _WAGES)
    added = {
        "all_rows": np.ones(rows.num_rows, np.int64),
        "rows_without_bsn": rows["bsn"].is_null(),
        "employment_rows": pc.is_in(rows["income_kind"], pa.array(EMPLOYMENTS, pa.int64())),
        "high_rows": high != 0,
        "low_rows": low != 0,
        "paid_hours": rows["paid_hours"],
        "premium_wage_low_cents": rows["premium_wage_low_cents"],
        "premium_wage_high_cents": rows["premium_wage_high_cents"],
        "wage_magnitude": (np.abs(low) + np.abs(high)) // MAGNITUDE_STEP,
    }
    return pa.table(
        {name: pa.array(values) if isinstance(values, np.ndarray) else values for name, values in added.items()}
    )


__all__ = ["sums_of"]
