"""Settling: one row per employer."""

import narwhals as nw

from quotum.engine.interface import Engine
from quotum.frames import Frame
from quotum.run.stages import tables
from quotum.run.stages.columns import sums_by
from quotum.run.stages.outputs import gives
from quotum.run.stages.surcharges import Charged
from quotum.tables import SETTLEMENT


@gives(tables.SETTLED)
def settle(engine: Engine, employers: Frame, charged: Charged, lines: Frame) -> Frame:
    """One row per employer, as `tables.SETTLEMENT` with `rsin` as an integer.

    Wtl art. 4.4 lid 1: LKV and bonus are paid out; the surcharge is collected with the payroll
    return (Wet banenafspraak art. 6 lid 7). Nothing nets them: `net_cents` is for insight.
    """
    owed = sums_by(charged.lines, ("rsin",), "base_cents", "surcharge_cents").rename(
        {"base_cents": "surcharge_base_cents"}
    )
    granted = sums_by(lines, ("rsin",), "lkv_cents", "bonus_cents")
    amounts = ("surcharge_base_cents", "surcharge_cents", "lkv_cents", "bonus_cents")
    return engine.keep(
        employers.join(owed, on="rsin", how="left")
        .join(granted, on="rsin", how="left")
        .with_columns(*(nw.col(name).fill_null(0) for name in amounts))
        .with_columns(
            target_group_hours=nw.col("target_hours"), payable_cents=nw.col("lkv_cents") + nw.col("bonus_cents")
        )
        .with_columns(net_cents=nw.col("payable_cents") - nw.col("surcharge_cents"))
        .select(*SETTLEMENT.computed)
    )
