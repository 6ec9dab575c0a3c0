"""Which employers get a decision: a few that are named, a list, or all."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from attrs import frozen

from quotum.errors import Forbidden, WrongUse
from quotum.identifiers import RSIN_DIGITS, masked, passes_eleven_test
from quotum.output.sequence_numbers import sequence_numbers

_PAYROLL_TAX_NUMBER = 12


@frozen
class Asked:
    """Employers by RSIN, each with the place where it was named."""

    rsins: tuple[str, ...]
    """Fiscal numbers (RSIN)."""
    places: tuple[str, ...]
    """Where each was named, in words without its number."""


def asked_for(named: Sequence[str], listed: Path | None) -> Asked | None:
    """Employers that a command line and a list name; None when neither names any.

    Args:
        named: RSINs or payroll tax numbers.
        listed: Text file with a number on each line; empty lines are passed over.

    Raises:
        WrongUse: A number is none of an employer, or the list names nobody.
        Forbidden: The list may not be read.
    """
    found = [(text, f"employer {place} of the command line") for place, text in enumerate(named, 1)]
    if listed is not None:
        found += _lines(listed)
        if not found:
            raise WrongUse(f"{masked(str(listed))} names no employer; write an RSIN on each line")
    if not found:
        return None
    return Asked(tuple(_rsin(text, place) for text, place in found), tuple(place for _, place in found))


def numbers_of(asked: Asked, settlement: Path) -> tuple[int, ...]:
    """Sequence numbers of employers: their rows in the settlement, from 1, ascending and each once.

    Raises:
        WrongUse: One has no row.
    """
    numbers = sequence_numbers(settlement, asked.rsins)
    for rsin, place in zip(asked.rsins, asked.places, strict=True):
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
    rsin, tail = text[:RSIN_DIGITS], text[RSIN_DIGITS:]
    payroll = len(text) == _PAYROLL_TAX_NUMBER and tail[0] == "L" and tail[1:].isdecimal()
    if not passes_eleven_test(rsin) or not (payroll or not tail):
        raise WrongUse(
            f"{place} is neither an RSIN (nine digits) nor a payroll tax number (nine digits, L, two digits)"
        )
    return rsin


__all__ = ["Asked", "asked_for", "numbers_of"]
