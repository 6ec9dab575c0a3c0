"""What is due to each employer: `payable_cents` of a run, or of a revision what is due upward only.

Wtl art. 4.4 lid 1: LKV and bonus are paid out. Nothing nets them with the surcharge.
"""

from typing import Protocol

import pyarrow as pa
import pyarrow.compute as pc
from attrs import frozen

from quotum.output.payments.lookup import places_in


class Due(Protocol):
    """What is due, for rows of a settlement."""

    @property
    def total_cents(self) -> int:
        """What is due over all employers."""

    def of(self, rows: pa.RecordBatch) -> pa.Array:
        """Cents due to each employer.

        Args:
            rows: `rsin` (integer) and `payable_cents` of the settlement.
        """


@frozen
class Payable:
    """All that a run settled to be paid."""

    total_cents: int
    """Over all employers."""

    def of(self, rows: pa.RecordBatch) -> pa.Array:
        """`payable_cents` of each employer."""
        return rows.column("payable_cents")


@frozen
class Upward:
    """What a revision comes to upward."""

    employers: pa.Array
    """RSINs, ascending."""
    cents: pa.Array
    """What is due to each."""

    @property
    def total_cents(self) -> int:
        """Over all employers."""
        return int(pc.sum(self.cents).as_py() or 0)

    def of(self, rows: pa.RecordBatch) -> pa.Array:
        """What is due upward to each employer; 0 where nothing is."""
        return pc.fill_null(self.cents.take(places_in(self.employers, rows.column("rsin"))), 0)


__all__ = ["Due", "Payable", "Upward"]
