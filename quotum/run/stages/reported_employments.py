"""The employments that returns tell of, per employer and person, and those that came over in a transfer."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final

import narwhals as nw
import pyarrow as pa

from quotum.frames import Frame
from quotum.identifiers import SUB_NUMBERS
from quotum.law.wtl.bonus import insured_employment
from quotum.law.wtl.employments import Employment, Said, after_transfer, employments

_SAID: Final = ("rsin", "payroll_tax_number", "bsn", "relation_number", "started_on", "ended_on")
TOLD: Final = pa.schema(
    [(name, pa.date32() if name.endswith("_on") else pa.int64()) for name in _SAID]
    + [("period_start", pa.date32()), ("period_end", pa.date32())]
)
"""What `told` gives."""

Transfer = tuple[date, int, int]
"""A transfer of undertaking: its day, transferor and acquirer."""


def told(rows: Frame) -> Frame:
    """What rows of insured employments say of their start and end, each thing once."""
    return (
        rows.filter(insured_employment())
        .with_columns(rsin=nw.col("payroll_tax_number") // SUB_NUMBERS)
        .group_by(*_SAID)
        .agg(nw.col("period_start").min(), nw.col("period_end").max())
    )


def transfers_by_transferor(transfers: pa.Table | None) -> dict[int, list[Transfer]]:
    """Transfers by the RSIN of who had the undertaking."""
    found: dict[int, list[Transfer]] = {}
    columns = [] if transfers is None else [transfers[name].to_pylist() for name in ("on_day", "from_rsin", "to_rsin")]
    for one in zip(*columns, strict=True):
        found.setdefault(one[1], []).append(one)
    return found


def employments_of(
    said: Mapping[int, Iterable[Said]], transfers: Mapping[int, list[Transfer]]
) -> dict[int, tuple[Employment, ...]]:
    """The employments of one person by employer, as they are after the transfers, in order of their day.

    Who goes over twice would otherwise lose what came before.

    Args:
        said: What rows say of the person, by RSIN.
        transfers: As `transfers_by_transferor`.
    """
    known = {rsin: employments(those) for rsin, those in said.items()}
    over = [one for rsin in known for one in transfers.get(rsin, ()) if one[2] in known]
    for on_day, transferor, acquirer in sorted(over):
        known[acquirer] = after_transfer(known[transferor], known[acquirer], on_day)
    return known


__all__ = ["TOLD", "Transfer", "employments_of", "told", "transfers_by_transferor"]
