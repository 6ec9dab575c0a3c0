"""The bytes of an audit file, streamed, and what its lines add up to."""

from collections import Counter
from pathlib import Path
from typing import Any, Final

from attrs import Factory, define

from quotum.archive.layout import open_for_owner
from quotum.errors import SelfCheckFailed
from quotum.output.audit_file.document import TAIL, Books, entry, head, journal
from quotum.output.audit_file.employers import Part, booked, employers
from quotum.output.audit_file.journal import CREDIT, DEBIT, POSTINGS, Line, lines
from quotum.output.employer_names import Names

_SIDES: Final = (DEBIT, CREDIT)


@define
class Tally:
    """What lines of a journal add up to."""

    lines: int = 0
    """How many there are."""
    cents: Counter[tuple[str, str]] = Factory(Counter)
    """Cents by account and side."""

    def add(self, booked_lines: list[Line]) -> None:
        """Count the lines of an entry."""
        self.lines += len(booked_lines)
        for line in booked_lines:
            self.cents[line.account.number, line.side] += line.cents

    def take(self, other: "Tally") -> None:
        """Count the lines of another."""
        self.lines += other.lines
        self.cents.update(other.cents)

    def side(self, side: str) -> int:
        """Sum of a side."""
        return sum(cents for (_, of), cents in self.cents.items() if of == side)

    def balance(self, account: str) -> int:
        """What an account was debited less what it was credited."""
        debited, credited = (self.cents[account, side] for side in _SIDES)
        return debited - credited


def write_part(run: Path, books: Books, part: Part, names: Names, place: Path) -> Tally:
    """Write the audit file of a part of the employers.

    Args:
        run: Folder of the run.
        books: Whose books they are.
        part: The employers.
        names: Their names.
        place: The file.

    Raises:
        SelfCheckFailed: Debits are not credits, or not what the head of the file says.
    """
    amounts, cents = booked(run, part)
    tally = Tally()
    with open_for_owner(place) as stream:
        stream.writelines(piece.encode() for piece in head(books, employers(run, part, names)))
        stream.writelines(piece.encode() for piece in journal(books, amounts, cents))
        for employer in employers(run, part, names):
            own_lines = list(lines(employer.amounts))
            if own_lines:
                stream.write(entry(books, employer.number, own_lines).encode())
                tally.add(own_lines)
        stream.write(TAIL.encode())
    if (tally.lines, tally.side(DEBIT), tally.side(CREDIT)) != (2 * amounts, cents, cents):
        raise SelfCheckFailed("the lines of the audit file do not add up to what its head says of them")
    return tally


def require_totals(tally: Tally, totals: dict[str, Any]) -> None:
    """What is booked is what the run says of the whole country.

    Args:
        tally: All lines.
        totals: `totals` of `macro.json`.

    Raises:
        SelfCheckFailed: An account has another balance.
    """
    for posting in POSTINGS:
        owed = totals[posting.column]
        if (tally.balance(posting.debit.number), tally.balance(posting.credit.number)) != (owed, -owed):
            raise SelfCheckFailed(f"the audit file does not book the {posting.column} that macro.json has in total")


__all__ = ["Tally", "require_totals", "write_part"]
