"""The selection of employers that get a decision: a few that are named, a list, or all."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from attrs import frozen

from quotum.errors import Forbidden, WrongUse
from quotum.identifiers import employer_number, masked, passes_eleven_test
from quotum.output.sequence_numbers import sequence_numbers


@frozen
class Selection:
    """Employers by RSIN, with the places where they were named."""

    rsins: tuple[str, ...]
    """Fiscal numbers (RSIN)."""
    places: tuple[str, ...]
    """Places where they were named, in words without the number."""


def selection_of(named: Sequence[str], listed: Path | None) -> Selection | None:
    """Selection of the employers that a command line and a list name; None when neither names any.

    Args:
        named: RSINs or payroll tax numbers.
        listed: Text file with a number on each line; empty lines are passed over.

    Raises:
        WrongUse: A number is not that of an employer, or the list names nobody.
        Forbidden: The list may not be read.
    """
    numbers = [(text, f"employer {place} of the command line") for place, text in enumerate(named, 1)]
    if listed is not None:
        numbers += _lines(listed)
        if not numbers:
            raise WrongUse(f"{masked(str(listed))} names no employer; write an RSIN on each line")
    if not numbers:
        return None
    return Selection(tuple(_rsin(text, place) for text, place in numbers), tuple(place for _, place in numbers))


def numbers_of(selection: Selection, settlement: Path) -> tuple[int, ...]:
    """Sequence numbers of employers: their rows in the settlement, from 1, ascending and without repetition.

    Raises:
        WrongUse: An employer has no row.
    """
    numbers = sequence_numbers(settlement, selection.rsins)
    for rsin, place in zip(selection.rsins, selection.places, strict=True):
        if rsin not in numbers:
            raise WrongUse(f"{place} has no row in the settlement of this run; correct its number or leave it out")
    return tuple(sorted(numbers.values()))


def _lines(listed: Path) -> Iterable[tuple[str, str]]:
    try:
        lines = listed.read_text("utf-8-sig").splitlines()
    except PermissionError as error:
        raise Forbidden(listed) from error
    except (OSError, UnicodeDecodeError) as error:
        raise WrongUse(f"{masked(str(listed))} cannot be read as a list: give a text file, an RSIN a line") from error
    name = masked(listed.name)
    return [(line.strip(), f"line {number} of {name}") for number, line in enumerate(lines, 1) if line.strip()]


def _rsin(text: str, place: str) -> str:
    """The RSIN in an RSIN or a payroll tax number."""
    number = employer_number(text)
    if number is None or not passes_eleven_test(number[0]):
        raise WrongUse(
            f"{place} is neither an RSIN (nine digits) nor a payroll tax number (nine digits, L, two digits)"
        )
    return number[0]


__all__ = ["Selection", "numbers_of", "selection_of"]
