"""Identifiers, texts and file names of an order: they follow from the run, and none holds an RSIN."""

from typing import Final

from attrs import frozen

from quotum.errors import WrongUse

SIMULATION: Final = "SIMULATION"
_ORDINARY: Final = "LKV"
_DIGEST_SIGNS: Final = 8
MOST_ORDERS: Final = 99
"""Most orders for a run: with more, an identifier of a simulation has more than 35 characters."""
MOST_FILES: Final = 9_999
"""Most files of an order."""


@frozen
class Naming:
    """The parts of the identifiers of an order."""

    year: int
    """Calendar year that was settled."""
    run: str
    """Digest of the run."""
    order: int
    """Number of the order for this run, from 1."""
    simulation: bool
    """Whether everything must say that nothing is to be paid."""
    revision: bool
    """Whether only what is due upward is paid."""

    @property
    def _begins(self) -> str:
        return f"{self._mark}-{self.year}-{self.run[:_DIGEST_SIGNS]}-{self.order}"

    @property
    def _mark(self) -> str:
        return SIMULATION if self.simulation else _ORDINARY

    def message(self, file: int) -> str:
        """Identifier of a message (MsgId), at most 35 characters; `file` counts from 1."""
        return f"{self._begins}-F{file:04d}"

    def block(self, file: int) -> str:
        """Identifier of the payment information block of a file (PmtInfId), at most 35 characters."""
        return f"{self._begins}-P{file:04d}"

    def payment(self, number: int) -> str:
        """Identifier of a payment (EndToEndId), at most 35 characters; `number` is that of the employer."""
        return f"{self._begins}-{number:07d}"

    def text(self, number: int) -> str:
        """What the employer reads on its statement, in Dutch."""
        mark = f"{SIMULATION} " if self.simulation else ""
        what = "herziening " if self.revision else ""
        return f"{mark}{what}LKV banenafspraak {self.year}, volgnummer {number}"

    def file(self, file: int) -> str:
        """Name of a file of payments."""
        return f"{self.message(file)}.xml"

    def other(self, name: str) -> str:
        """Name of a file that is no message."""
        return f"{SIMULATION}-{name}" if self.simulation else name


def require_countable(orders: int = 1, files: int = 1) -> None:
    """The numbers fit in identifiers of 35 characters.

    Raises:
        WrongUse: There are too many orders or files.
    """
    if orders > MOST_ORDERS:
        raise WrongUse(f"the run has {MOST_ORDERS} orders already; settle the year again for another")
    if files > MOST_FILES:
        raise WrongUse(f"the order would have more than {MOST_FILES:,} files; raise --transactions")


__all__ = ["MOST_FILES", "MOST_ORDERS", "SIMULATION", "Naming", "require_countable"]
