"""How persons and employers are named: by sequence number, and by BSN only when that was asked for."""

from collections.abc import Iterable

from attrs import frozen

from quotum.explain.records import Row
from quotum.explain.settled import RunRecord
from quotum.identifiers import nine_digits


@frozen
class Naming:
    """Names of everybody in an explanation."""

    run: RunRecord
    """The run: other employers are named by their number in it."""
    persons: dict[int, str]
    """Names by BSN."""

    def of_row(self, row: Row) -> str:
        """The person of a row."""
        return "somebody without BSN" if row.bsn is None else self.persons[row.bsn]

    def employer(self, rsin: int) -> str:
        """Another employer."""
        number = self.run.number_of(rsin)
        return "an employer that is not in the run" if number is None else f"employer {number} of the run"


def naming(run: RunRecord, lines: dict[int, int], others: Iterable[int], asked: int | None) -> Naming:
    """Name persons.

    Args:
        run: The run.
        lines: Sequence number in the run by BSN, of those who have a line in it.
        others: Everybody else, by BSN.
        asked: The person that was asked for, who is named by BSN.
    """
    names = {bsn: f"person {number}" for bsn, number in lines.items()}
    rest = sorted(set(others) - names.keys())
    other = "other person" if names else "person"
    names |= {bsn: f"{other} {place}" for place, bsn in enumerate(rest, 1)}
    if asked is not None:
        names[asked] = nine_digits(asked)
    return Naming(run, names)
