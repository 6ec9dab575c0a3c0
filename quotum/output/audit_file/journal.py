"""The journal entries of a settlement: ledger accounts, and which amount is booked between which two.

Nothing is netted (Wtl art. 4.4 lid 1; Wet banenafspraak art. 6 lid 7): what an employer owes and what it receives stand
on accounts of their own.
"""

from collections.abc import Iterator, Mapping
from typing import Final

from attrs import frozen

BALANCE, PROFIT = "B", "P"
DEBIT, CREDIT = "D", "C"


@frozen
class Account:
    """A ledger account (grootboekrekening)."""

    number: str
    """Number in the ledger."""
    name: str
    """What it holds, in Dutch."""
    kind: str
    """`B` for the balance sheet, `P` for profit and loss."""


@frozen
class Posting:
    """An amount of the settlement and the two accounts it is booked on."""

    column: str
    """Column of `settlement.parquet`, cents."""
    name: str
    """What is booked, in Dutch."""
    debit: Account
    """Debited by an amount above zero."""
    credit: Account
    """Credited by an amount above zero."""


@frozen
class Line:
    """A line of a journal entry (journaalpostregel)."""

    account: Account
    """The account."""
    name: str
    """What is booked."""
    cents: int
    """The amount, above zero."""
    side: str
    """`D` or `C`."""

    @property
    def of_relation(self) -> bool:
        """Whether it is about the employer: what it owes or has to receive stands on the balance sheet."""
        return self.account.kind == BALANCE


POSTINGS: Final = (
    Posting(
        "surcharge_cents",
        "Inclusiviteitsopslag",
        Account("1300", "Te vorderen inclusiviteitsopslag", BALANCE),
        Account("8000", "Inclusiviteitsopslag", PROFIT),
    ),
    Posting(
        "lkv_cents",
        "Loonkostenvoordeel doelgroep banenafspraak",
        Account("4000", "Loonkostenvoordeel doelgroep banenafspraak", PROFIT),
        Account("1600", "Te betalen loonkostenvoordeel", BALANCE),
    ),
    Posting(
        "bonus_cents",
        "Banenafspraakbonus",
        Account("4010", "Banenafspraakbonus", PROFIT),
        Account("1610", "Te betalen banenafspraakbonus", BALANCE),
    ),
)
"""What is booked of each employer, in this order."""
ACCOUNTS: Final = tuple(
    sorted(
        {side for posting in POSTINGS for side in (posting.debit, posting.credit)}, key=lambda account: account.number
    )
)
"""The ledger."""


def lines(amounts: Mapping[str, int]) -> Iterator[Line]:
    """Lines of the entry of an employer; a zero amount has no line, a negative amount swaps the sides.

    Args:
        amounts: Cents by column of the settlement.
    """
    for posting in POSTINGS:
        cents = amounts[posting.column]
        if cents:
            first, second = (DEBIT, CREDIT) if cents > 0 else (CREDIT, DEBIT)
            yield Line(posting.debit, posting.name, abs(cents), first)
            yield Line(posting.credit, posting.name, abs(cents), second)


__all__ = ["ACCOUNTS", "CREDIT", "DEBIT", "POSTINGS", "Account", "Line", "Posting", "lines"]
