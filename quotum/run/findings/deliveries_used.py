"""Findings about what a settlement was made from: deliveries with rejected rows, and messages that were set aside."""

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from quotum.archive.known import Known
from quotum.archive.receipts import Delivery
from quotum.archive.setting_aside import returns_aside
from quotum.engine.parquet_writer import write_parquet
from quotum.identifiers import SUB_NUMBERS, masked, payroll_tax_number_text
from quotum.money import hundredths_text
from quotum.run import words
from quotum.tables import SET_ASIDE
from quotum.words import Sentence, joined

REJECTED: Final = "delivery_rows_rejected"
CONTRADICTS: Final = "message_contradicts_itself"
_SHOWN: Final = 5
_HUNDREDTHS: Final = 10_000


def write_set_aside(archive: Known, path: Path, *, simulation: bool) -> None:
    """Write `set_aside.parquet`: each return of which a message was set aside, without rows when there is none."""
    rows = returns_aside(archive)
    numbers = [payroll_tax_number_text(number) for number in rows["payroll_tax_number"].to_pylist()]
    columns = [pa.array(numbers, pa.string()), *rows.columns[1:], pa.repeat(pa.scalar(simulation), rows.num_rows)]
    table = pa.table(columns, schema=SET_ASIDE.written_schema)
    write_parquet([table], SET_ASIDE.written_schema, path)


def places_aside(archive: Known) -> tuple[str, ...]:
    """The messages that were set aside, by file and row, and how many returns are concerned."""
    rows = returns_aside(archive)
    if not rows.num_rows:
        return ()
    messages = rows.group_by(["delivery", "member", "row"], use_threads=False).aggregate([]).num_rows
    employers = pc.count_distinct(pc.divide(rows["payroll_tax_number"], SUB_NUMBERS)).as_py()
    places = list(archive.contradicting)
    more = [words.MORE_ROWS.sentence(count=len(places) - _SHOWN)] if len(places) > _SHOWN else []
    shown = joined("; ", [*places[:_SHOWN], *more])
    aside = words.PLACES_ASIDE.sentence(messages=messages, returns=rows.num_rows, employers=employers, places=shown)
    return (aside,)


def rejected(archive: Known, digests: Collection[str]) -> dict[str, Delivery]:
    """The deliveries among some of which rows or members were rejected, by digest."""
    return {
        delivery.sha256: delivery
        for receipt in archive.receipts
        for delivery in receipt.deliveries
        if delivery.sha256 in digests and (delivery.rejected or delivery.refused_members)
    }


def rejected_lines(archive: Known, digests: Collection[str]) -> tuple[str, ...]:
    """A line for each delivery of which rows or members were rejected, with number and share."""
    return tuple(_rejected_line(delivery) for _, delivery in sorted(rejected(archive, digests).items()))


def _rejected_line(delivery: Delivery) -> Sentence:
    parts = []
    if delivery.rejected:
        share = delivery.rejected * _HUNDREDTHS // delivery.received
        parts.append(
            words.ROWS_REJECTED.sentence(
                rejected=delivery.rejected, received=delivery.received, share=hundredths_text(share)
            )
        )
    if delivery.refused_members:
        parts.append(words.MEMBERS_REFUSED.sentence(count=delivery.refused_members))
    return words.REJECTED_IN.sentence(kind=delivery.kind, parts=joined(", ", parts), name=masked(delivery.name))


def counted(archive: Known, digests: Collection[str]) -> Mapping[tuple[str, str], int]:
    """How many rows of each delivery were rejected, by code and place as `quality.parquet` has them."""
    return {
        (REJECTED, f"delivery {digest}"): delivery.rejected
        for digest, delivery in rejected(archive, digests).items()
        if delivery.rejected
    }


__all__ = [
    "CONTRADICTS",
    "REJECTED",
    "counted",
    "places_aside",
    "rejected_lines",
    "write_set_aside",
]
