"""The employments that returns tell of, per employer and person, and those that came over in a transfer."""

from typing import Final

import narwhals as nw
import pyarrow as pa

from quotum.frames import Frame
from quotum.identifiers import SUB_NUMBERS
from quotum.law.wtl.bonus import insured_employment
from quotum.law.wtl.employments import Transfer
from quotum.run.stages import tables
from quotum.run.stages.outputs import gives

_REPORT_COLUMNS: Final = ("rsin", "payroll_tax_number", "bsn", "relation_number", "started_on", "ended_on")
TOLD: Final = pa.schema(
    [(name, pa.date32() if name.endswith("_on") else pa.int64()) for name in _REPORT_COLUMNS]
    + [("period_start", pa.date32()), ("period_end", pa.date32())]
)
"""What `told` gives."""


@gives(tables.TOLD)
def employment_reports(rows: Frame) -> Frame:
    """What rows of insured employments say of their start and end, each thing once."""
    return (
        rows.filter(insured_employment())
        .with_columns(rsin=nw.col("payroll_tax_number") // SUB_NUMBERS)
        .group_by(*_REPORT_COLUMNS)
        .agg(nw.col("period_start").min(), nw.col("period_end").max())
    )


def transfers_by_transferor(transfers: pa.Table | None) -> dict[int, list[Transfer]]:
    """Transfers by the RSIN of who had the undertaking."""
    result: dict[int, list[Transfer]] = {}
    columns = [] if transfers is None else [transfers[name].to_pylist() for name in ("on_day", "from_rsin", "to_rsin")]
    for transfer in zip(*columns, strict=True):
        result.setdefault(transfer[1], []).append(transfer)
    return result


__all__ = ["TOLD", "employment_reports", "transfers_by_transferor"]
