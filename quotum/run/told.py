"""The employments that returns tell of, per employer and person, and those that came over in a transfer."""

from collections.abc import Iterable, Mapping
from operator import itemgetter
from typing import Final

import narwhals as nw
import pyarrow as pa

from quotum.frames import Frame
from quotum.identifiers import SUB_NUMBERS
from quotum.law.bonus import insured_employment
from quotum.law.employments import Employment, Said, after_transfer, employments

_SAID: Final = ("rsin", "payroll_tax_number", "bsn", "relation_number", "started_on", "ended_on")
TOLD: Final = pa.schema(
    [(name, pa.date32() if name.endswith("_on") else pa.int64()) for name in _SAID]
    + [("period_start", pa.date32()), ("period_end", pa.date32())]
)
"""What `told` gives."""

ByEmployer = dict[int, dict[int, tuple[Employment, ...]]]
"""Employments by RSIN and BSN."""


def told(rows: Frame) -> Frame:
    """What rows of insured employments say of their start and end, each thing once."""
    return (
        rows.filter(insured_employment())
        .with_columns(rsin=nw.col("payroll_tax_number") // SUB_NUMBERS)
        .group_by(*_SAID)
        .agg(nw.col("period_start").min(), nw.col("period_end").max())
    )


def employments_in(rows: Iterable[Mapping[str, object]], transfers: pa.Table | None) -> ByEmployer:
    """The employments that rows of `TOLD` speak of, as they are after the transfers."""
    known = {rsin: {bsn: employments(those) for bsn, those in persons.items()} for rsin, persons in _said(rows).items()}
    _pass_on(known, transfers)
    return known


def _said(rows: Iterable[Mapping[str, object]]) -> dict[int, dict[int, list[Said]]]:
    found: dict[int, dict[int, list[Said]]] = {}
    for row in rows:
        rsin, number, bsn, relation, started, ended, first, last = (
            row[name] for name in (*_SAID, "period_start", "period_end")
        )
        said = Said(number, relation, started, ended, first, last)  # type: ignore[arg-type]
        found.setdefault(rsin, {}).setdefault(bsn, []).append(said)  # type: ignore[arg-type]
    return found


def _pass_on(known: ByEmployer, transfers: pa.Table | None) -> None:
    """Make of employments with acquirers what they are after the transfers, in order of their day.

    The archive gives them by employer: who goes over twice would lose what came before.
    """
    delivered = [] if transfers is None else transfers.to_pylist()
    for transfer in sorted(delivered, key=itemgetter("on_day", "from_rsin", "to_rsin")):
        here, there = known.get(transfer["from_rsin"], {}), known.get(transfer["to_rsin"], {})
        for bsn in here.keys() & there.keys():
            there[bsn] = after_transfer(here[bsn], there[bsn], transfer["on_day"])


__all__ = ["TOLD", "ByEmployer", "employments_in", "told"]
