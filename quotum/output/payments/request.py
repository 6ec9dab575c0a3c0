"""What is asked of a payment order."""

from datetime import date
from pathlib import Path
from typing import Final

from attrs import frozen

from quotum.output.payments.debtor import Debtor

MOST_TRANSACTIONS: Final = 100_000
"""Payments in a file, unless another number is asked."""


@frozen
class Request:
    """What is asked."""

    run: Path
    """Folder of the run."""
    archive: Path | None
    """Folder of the archive; the place that the run notes when None."""
    out: Path
    """Folder of the order."""
    debtor: Debtor
    """Who pays."""
    execution_date: date
    """Day on which the bank is to pay."""
    transactions: int = MOST_TRANSACTIONS
    """Most payments in a file."""
    revision_of: tuple[Path, ...] = ()
    """Runs of the year that were ordered before: only what is due upward is paid."""
    with_unpaid: bool = False
    """Whether a revision pays in whole who could not be paid before."""
    simulation: bool = False
    """Whether everything must say that nothing is to be paid."""
    again: bool = False
    """Whether an order is made although there is one."""


__all__ = ["MOST_TRANSACTIONS", "Request"]
