"""Exempting small employers."""

import narwhals as nw
import pyarrow as pa
from attrs import frozen

from quotum.engine.interface import Engine
from quotum.frames import Frame
from quotum.law import small_employer
from quotum.run.columns import flag, sums_by
from quotum.run.counting import COUNTS
from quotum.run.request import Terms


@frozen
class Wages:
    """Premium wages of year t-2."""

    delivered: Frame
    """`rsin`, `delivered_cents`."""
    summed: Frame
    """`rsin`, `summed_cents`."""


def exempt(engine: Engine, counted: Frame, employers: pa.Table, wages: Wages, terms: Terms) -> Frame:
    """Every employer with whether it is small, and why.

    Returns:
        `rsin`, `sector`, `started_on`, the sums of `COUNTS`, `premium_wage_t2_cents`, `small_ground`,
        `small_employer`, `wages_differ`, `class_contradicts`, `unknown_employer`.
    """
    delivered = engine.table(employers.select(["rsin", "sector", "started_on"])).with_columns(
        listed=nw.lit(1).cast(nw.Int64)
    )
    added = engine.keep(sums_by(counted, ("rsin",), *COUNTS))
    everyone = nw.concat([added.select("rsin"), delivered.select("rsin")], how="vertical").unique()
    joined = everyone
    for other in (delivered, added, wages.delivered, wages.summed):
        joined = joined.join(other, on="rsin", how="left")
    differ = nw.col("delivered_cents") != nw.col("summed_cents")
    return engine.keep(
        joined.with_columns(*(nw.col(name).fill_null(0) for name in (*COUNTS, "listed")))
        .with_columns(
            premium_wage_t2_cents=nw.coalesce("delivered_cents", "summed_cents"),
            wages_differ=flag(differ.fill_null(value=False)),
            unknown_employer=nw.lit(1).cast(nw.Int64) - nw.col("listed"),
        )
        .with_columns(small_ground=small_employer.ground(terms.year))
        .with_columns(small_employer=small_employer.is_small(terms.small_limit_cents))
        .with_columns(class_contradicts=flag(small_employer.contradicts_declared_class()))
    )
