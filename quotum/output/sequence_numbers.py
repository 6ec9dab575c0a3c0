"""Sequence numbers of employers in a run: their rows in its settlement, from 1."""

from collections.abc import Iterable
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

_ROWS: Final = 1 << 16


def sequence_numbers(settlement: Path, rsins: Iterable[str]) -> dict[str, int]:
    """The sequence number of each of some employers, by RSIN; those without a row are left out.

    Args:
        settlement: The file `settlement.parquet` of a run, read in batches.
        rsins: RSIN as nine digits.
    """
    wanted, numbers, first = pa.array(sorted(set(rsins)), pa.string()), dict[str, int](), 1
    if not len(wanted):
        return numbers
    for batch in pq.ParquetFile(settlement).iter_batches(_ROWS, columns=["rsin"]):
        places = pc.indices_nonzero(pc.is_in(batch["rsin"], wanted))
        rows = zip(places.to_pylist(), batch["rsin"].take(places).to_pylist(), strict=True)
        numbers |= {rsin: first + place for place, rsin in rows}
        first += batch.num_rows
    return numbers


__all__ = ["sequence_numbers"]
