"""Taking deductions off the surcharge base: supplements on benefits that owe no surcharge."""

from collections.abc import Mapping
from datetime import date
from typing import Final

import narwhals as nw
import pyarrow as pa
from attrs import field, frozen

from quotum.engine.interface import Engine
from quotum.frames import Frame
from quotum.law.wet_banenafspraak import surcharge
from quotum.run.stages import tables
from quotum.run.stages.columns import RETURN
from quotum.run.stages.counts import Counted
from quotum.run.stages.outputs import gives

ABOVE_BASE: Final = "deduction_above_base"
WITHOUT_RETURN: Final = "deduction_without_return"


@frozen
class Deducted:
    """What the returns of a year add up to after deductions."""

    counted: Counted
    """What the returns add up to before."""
    deductions: Frame | None
    """Those of the year: return and `deduction_cents`; None when there are none."""
    not_left_out: Mapping[str, Frame] = field(factory=dict)
    """By finding (deductions above the base of their return, and without a return) what is not left out of the base:
    return and `cents`."""

    @gives(tables.BASES)
    def bases(self, only: Frame | None = None) -> Frame:
        """The base of each return, less its deduction, as `Counted.bases`."""
        bases = self.counted.bases(only)
        if self.deductions is None:
            return bases
        lessened = bases.join(self.deductions, on=list(RETURN), how="left").with_columns(
            nw.col("deduction_cents").fill_null(0)
        )
        return lessened.with_columns(base_cents=surcharge.base_after_deduction_cents()).drop("deduction_cents")


@gives(deductions=tables.DEDUCTIONS_OF_YEAR, not_left_out=tables.NOT_LEFT_OUT)
def deduct(engine: Engine, counted: Counted, deductions: pa.Table | None, year: int) -> Deducted:
    """Take the deductions of a year off the bases of its returns (Wet banenafspraak art. 6 lid 4 c).

    Args:
        engine: Where it runs.
        counted: What the returns add up to.
        deductions: As `tables.DEDUCTIONS`; None when never delivered.
        year: Calendar year.
    """
    if deductions is None or not deductions.num_rows:
        return Deducted(counted, None)
    of_year = engine.keep(
        engine.table(deductions)
        .filter((nw.col("period_start") >= date(year, 1, 1)) & (nw.col("period_start") <= date(year, 12, 31)))
        .select(*RETURN, deduction_cents=nw.col("amount_cents"))
    )
    bases = counted.bases(of_year, RETURN).select(*RETURN, "base_cents")
    matched = engine.keep(bases.join(of_year, on=list(RETURN), how="inner"))
    exceeding = matched.filter(surcharge.deduction_exceeds_base())
    without = engine.keep(of_year.join(counted.returns, on=list(RETURN), how="anti"))
    base = nw.when(nw.col("base_cents") > 0).then(nw.col("base_cents")).otherwise(nw.lit(0))
    left = {
        ABOVE_BASE: exceeding.select(*RETURN, cents=nw.col("deduction_cents") - base),
        WITHOUT_RETURN: without.select(*RETURN, cents=nw.col("deduction_cents")),
    }
    return Deducted(counted, of_year, left)
