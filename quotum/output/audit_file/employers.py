"""The employers of a settlement with their amounts, as a stream; their names come from the archive."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from attrs import frozen

from quotum.output.audit_file.journal import POSTINGS
from quotum.output.employer_names import Names
from quotum.tables import SETTLEMENT

_AT_A_TIME: Final = 20_000
AMOUNTS: Final = tuple(posting.column for posting in POSTINGS)
"""Columns that are booked."""


@frozen
class Part:
    """Successive employers of a run."""

    first: int
    """Sequence number of the first, from 1."""
    count: int
    """How many."""


@frozen
class Employer:
    """An employer as a relation of the books."""

    number: int
    """Sequence number in the run, from 1: line of `settlement.csv` without its header."""
    rsin: str
    """Fiscal number, which can contain a BSN: nothing but the field for tax numbers holds it."""
    name: str | None
    """Name in the delivery that the run read; None when it has none."""
    amounts: dict[str, int]
    """Cents by column of `AMOUNTS`."""


def parts(run: Path, most: int | None) -> tuple[Part, ...]:
    """The employers of a run in parts; a single part when no size is given or the run has no employers."""
    count = pq.read_metadata(_settlement(run)).num_rows
    size = most or max(count, 1)
    return tuple(Part(first + 1, min(size, count - first)) for first in range(0, max(count, 1), size))


def employers(run: Path, part: Part, names: Names) -> Iterator[Employer]:
    """The employers of a part, in order of the run, in bounded memory."""
    for first, batch in _batches(run, part, ("rsin", *AMOUNTS)):
        called = names.of(batch["rsin"])
        columns = [batch[name].to_pylist() for name in AMOUNTS]
        for place, (rsin, name, *cents) in enumerate(zip(batch["rsin"].to_pylist(), called, *columns, strict=True)):
            yield Employer(first + place, rsin, name, dict(zip(AMOUNTS, cents, strict=True)))


def booked(run: Path, part: Part) -> tuple[int, int]:
    """How many amounts of a part are not nothing, and their sum in cents without their signs."""
    count = cents = 0
    for _, batch in _batches(run, part, AMOUNTS):
        for name in AMOUNTS:
            count += pc.sum(pc.not_equal(batch[name], 0)).as_py() or 0
            cents += pc.sum(pc.abs(batch[name])).as_py() or 0
    return count, cents


def _batches(run: Path, part: Part, columns: tuple[str, ...]) -> Iterator[tuple[int, pa.RecordBatch]]:
    """Rows of a part with the sequence number of the first of each batch."""
    number, end = 1, part.first + part.count
    for batch in pq.ParquetFile(_settlement(run)).iter_batches(_AT_A_TIME, columns=list(columns)):
        first, last = max(number, part.first), min(number + batch.num_rows, end)
        if first < last:
            yield first, batch.slice(first - number, last - first)
        number += batch.num_rows


def _settlement(run: Path) -> Path:
    return run / "data" / f"{SETTLEMENT.name}.parquet"


__all__ = ["AMOUNTS", "Employer", "Part", "booked", "employers", "parts"]
