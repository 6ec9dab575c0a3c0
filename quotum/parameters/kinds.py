"""The kinds of value a parameter can have, and the one text in which each is written."""

import re
from collections.abc import Iterable
from datetime import date, datetime
from difflib import get_close_matches
from enum import StrEnum
from fractions import Fraction
from typing import Final

from attrs import frozen

from quotum.money import HUNDREDTHS_PER_PERCENT


class Kind(StrEnum):
    """What the value of a parameter is."""

    EURO = "euro"
    PERCENT = "percent"
    NUMBER = "number"
    MONTHS = "months"
    YEAR = "year"
    DATE = "date"
    CHOICE = "choice"
    PERCENT_OR_RULE = "percent or rule"


RATE_RULES: Final = ("balance", "budget")

_TWO_DECIMALS: Final = re.compile(r"[0-9]{1,13}(\.[0-9]{1,2})?")
_DECIMAL: Final = re.compile(r"[0-9]{1,13}(\.[0-9]{1,9})?")
_LARGEST_WHOLE: Final = 10**13 - 1
_YEARS: Final = range(1900, 3000)


class WrongKind(ValueError):
    """A value is not of the kind that was expected; the message says what was found and expected."""


@frozen
class WrittenFloat:
    """A float as it was written in a TOML file: kept as text only to be refused by name."""

    text: str
    """The characters in the file."""


def found(raw: object) -> str:
    """A value of a TOML file in words, for a message."""
    if isinstance(raw, WrittenFloat):
        return f"the float {raw.text}"
    if isinstance(raw, bool):
        return str(raw).lower()
    if isinstance(raw, str):
        return f'"{raw}"'
    if isinstance(raw, datetime):
        return f"the date and time {raw.isoformat()}"
    if isinstance(raw, int | date):
        return str(raw)
    return "a table" if isinstance(raw, dict) else "a list" if isinstance(raw, list) else f"a {type(raw).__name__}"


def closest(name: str, known: Iterable[str]) -> str:
    """The end of a message about an unknown name: the closest known one, when there is any."""
    matches = get_close_matches(name, list(known), n=1, cutoff=0.0)
    return f'; the closest known one is "{matches[0]}"' if matches else ""


def require_date(raw: object) -> date:
    """A TOML date; a string, or a date with a time, is another kind."""
    if isinstance(raw, date) and not isinstance(raw, datetime):
        return raw
    raise WrongKind(f"expected a date without quotes and without a time, such as 2026-01-01; found {found(raw)}")


def as_text(kind: Kind, raw: object, choices: tuple[str, ...] = ()) -> str:
    """The text of a value after checking that it is of its kind.

    Args:
        kind: What the value must be.
        raw: The value as TOML gives it.
        choices: The allowed values of a choice.

    Raises:
        WrongKind: It is of another kind.
    """
    match kind:
        case Kind.EURO | Kind.PERCENT:
            return _matching(raw, _TWO_DECIMALS, f"a {kind} as a string with at most two decimals")
        case Kind.NUMBER:
            return str(raw) if _is_whole(raw) else _matching(raw, _DECIMAL, "a whole number, or a decimal as a string")
        case Kind.MONTHS | Kind.YEAR:
            return _whole(raw, kind)
        case Kind.DATE:
            return require_date(raw).isoformat()
        case Kind.CHOICE:
            return _chosen(raw, choices)
        case Kind.PERCENT_OR_RULE:
            rules = " or ".join(f'"{rule}"' for rule in RATE_RULES)
            expected = f"a percent as a string with at most two decimals, or {rules}"
            return str(raw) if raw in RATE_RULES else _matching(raw, _TWO_DECIMALS, expected)


def text_hundredths(text: str) -> int:
    """Text with at most two decimals as hundredths, so euros as cents: "0.35" is 35."""
    return int(Fraction(text) * HUNDREDTHS_PER_PERCENT)


def in_a_scenario(kind: Kind, choices: tuple[str, ...] = ()) -> str:
    """What stands for a value in the line that gives it in a scenario, in the form that the kind is written in."""
    match kind:
        case Kind.MONTHS | Kind.YEAR:
            return "..."
        case Kind.DATE:
            return "YYYY-MM-DD"
        case Kind.CHOICE if choices:
            first, *others = (f'"{one}"' for one in choices)
            return f"{first}  # or {', '.join(others)}" if others else first
        case _:
            return '"..."'


def any_text(kind: Kind, choices: tuple[str, ...] = ()) -> str:
    """Some text of a kind: of a value that is to be replaced."""
    match kind:
        case Kind.YEAR | Kind.DATE:
            return str(_YEARS.start) if kind is Kind.YEAR else date.min.isoformat()
        case Kind.CHOICE:
            return choices[0] if choices else ""
        case _:
            return "1"


def _is_whole(raw: object) -> bool:
    return isinstance(raw, int) and not isinstance(raw, bool) and 0 <= raw <= _LARGEST_WHOLE


def _whole(raw: object, kind: Kind) -> str:
    if _is_whole(raw) and (kind is not Kind.YEAR or raw in _YEARS):
        return str(raw)
    of_years = f", {_YEARS.start} to {_YEARS.stop - 1}" if kind is Kind.YEAR else ""
    raise WrongKind(f"expected a whole number without quotes ({kind}{of_years}); found {found(raw)}")


def _matching(raw: object, pattern: re.Pattern[str], expected: str) -> str:
    if isinstance(raw, str) and pattern.fullmatch(raw):
        return raw
    advice = f': write it as a string, "{raw.text}"' if isinstance(raw, WrittenFloat) else ""
    raise WrongKind(f"expected {expected}; found {found(raw)}{advice}")


def _chosen(raw: object, choices: tuple[str, ...]) -> str:
    if isinstance(raw, str) and raw in choices:
        return raw
    near = closest(raw, choices) if isinstance(raw, str) else ""
    raise WrongKind(f"expected one of {', '.join(choices)}; found {found(raw)}{near}")
