"""The result of an order: its files and sums."""

from typing import Final

from attrs import frozen

from quotum.output.payments.naming import Naming
from quotum.output.payments.request import Request
from quotum.output.payments.source import Source
from quotum.tables import NOT_PAYABLE

_NOT_PAYABLE: Final = f"{NOT_PAYABLE.name}.csv"


@frozen
class File:
    """A message of an order."""

    name: str
    """Its name."""
    message: str
    """Its identifier (MsgId)."""
    transactions: int
    """Number of payments (NbOfTxs)."""
    control_sum_cents: int
    """Their sum (CtrlSum)."""
    sha256: str
    """Digest of its bytes."""


@frozen
class OrderResult:
    """The result of an order."""

    request: Request
    """What was asked."""
    run: Source
    """Its source."""
    number: int
    """Number of the order for this run."""
    files: tuple[File, ...]
    """Its messages; none when nobody can be paid."""
    due_cents: int
    """What is due over all employers."""
    not_payable: dict[str, tuple[int, int]]
    """Employers that cannot be paid, by reason: how many, and what is due to them in cents."""
    unnamed: int
    """Payments in which the number of the employer stands for a name that banks cannot take."""
    written: bool
    """False when the same order was there already."""

    @property
    def naming(self) -> Naming:
        """Its identifiers and file names."""
        request, run = self.request, self.run
        return Naming(run.run.year, run.digest, self.number, request.simulation, bool(request.revision_of))

    @property
    def not_payable_name(self) -> str:
        """Name of the file with employers that cannot be paid."""
        return self.naming.other(_NOT_PAYABLE)

    @property
    def transactions(self) -> int:
        """Number of payments."""
        return sum(file.transactions for file in self.files)

    @property
    def control_sum_cents(self) -> int:
        """What is paid."""
        return sum(file.control_sum_cents for file in self.files)


__all__ = ["File", "OrderResult"]
