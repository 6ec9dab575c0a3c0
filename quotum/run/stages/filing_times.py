"""What is remarkable about how returns were filed: after they came in, or about the same days twice."""

from typing import Final

import narwhals as nw
import pyarrow as pa

from quotum.archive.known import Known
from quotum.archive.receipts import PIECES_PER_CALL
from quotum.engine.interface import Engine
from quotum.frames import Frame, each_once
from quotum.law.returns import filed_after_receipt, overlapping_periods, received_by
from quotum.periods import Period, only_four_weeks
from quotum.run.stages.columns import RETURN

AFTER_RECEIPT: Final = "message_after_receipt"
OVERLAP: Final = "periods_overlap"


def after_receipt(engine: Engine, archive: Known, fragments: Frame) -> Frame:
    """Messages that were made or filed later than they were received; they count as the day they bear.

    Args:
        engine: Where it runs.
        archive: The archive as known.
        fragments: The fragments that count, as `tables.FRAGMENTS`.

    Returns:
        `payroll_tax_number`, `message_id`, `filed_at`, each message once.
    """
    calls = pa.table(
        {
            "call": pa.array([receipt.sequence for receipt in archive.receipts], pa.int64()),
            "received_by": pa.array(
                [received_by(receipt.received) for receipt in archive.receipts], pa.timestamp("us")
            ),
        }
    )
    late = (
        fragments.with_columns(call=nw.col("fragment") // PIECES_PER_CALL)
        .join(engine.table(calls), on="call", how="inner")
        .filter(filed_after_receipt())
    )
    return each_once(late, "payroll_tax_number", "message_id", "filed_at")


def overlapping(engine: Engine, returns: Frame, year: int) -> Frame:
    """Returns in force of one payroll tax number whose periods overlap: a month and four weeks. Both count.

    Args:
        engine: Where it runs.
        returns: As `InForce.returns`.
        year: Their calendar year.

    Returns:
        `RETURN`, each return once.
    """
    beside = engine.table(_beside(overlapping_periods(year)))
    # Few payroll tax numbers change calendar, so that only theirs are looked at.
    filers = returns.join(engine.table(_periods(only_four_weeks(year))), on=list(RETURN[1:]), how="semi")
    candidates = engine.keep(
        returns.select(*RETURN).join(each_once(filers, "payroll_tax_number"), on="payroll_tax_number", how="semi")
    )
    other_one = {"period_start": "other_start", "period_end": "other_end"}
    overlapping_ones = candidates.join(beside, on=list(RETURN[1:]), how="inner").join(
        candidates.rename(other_one), on=["payroll_tax_number", *other_one.values()], how="semi"
    )
    return each_once(overlapping_ones, *RETURN)


def _periods(periods: tuple[Period, ...]) -> pa.Table:
    return pa.table(
        {
            "period_start": pa.array([period.start for period in periods], pa.date32()),
            "period_end": pa.array([period.end for period in periods], pa.date32()),
        }
    )


def _beside(pairs: tuple[tuple[Period, Period], ...]) -> pa.Table:
    """Each period with one that overlaps it."""
    table = _periods(tuple(period for period, _ in pairs))
    neighbours = _periods(tuple(neighbour for _, neighbour in pairs))
    for name, column in zip(("other_start", "other_end"), neighbours.columns, strict=True):
        table = table.append_column(name, column)
    return table


__all__ = ["AFTER_RECEIPT", "OVERLAP", "after_receipt", "overlapping"]
