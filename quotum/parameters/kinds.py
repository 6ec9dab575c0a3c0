"""The kinds of parameter values, and the single text form of each."""

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
    """Kind of a parameter value."""

    EURO = "euro"
    PERCENT = "percent"
    NUMBER = "number"
    MONTHS = "months"
    YEAR = "year"
    DATE = "date"
    CHOICE = "choice"
    PERCENT_OR_RULE = "percent or rule"


_NUMBERS: Final = (Kind.EURO, Kind.PERCENT, Kind.NUMBER, Kind.MONTHS, Kind.YEAR, Kind.PERCENT_OR_RULE)
RATE_RULES: Final = ("balance", "budget")

_TWO_DECIMALS: Final = re.compile(r"[0-9]{1,13}(\.[0-9]{1,2})?")
_SIGNED: Final = re.compile(r"-[0-9]{1,13}(\.[0-9]{1,9})?")
_DECIMAL: Final = re.compile(r"[0-9]{1,13}(\.[0-9]{1,9})?")
_LARGEST_WHOLE: Final = 10**13 - 1
_YEARS: Final = range(1900, 3000)


class WrongKind(ValueError):
    """A value of another kind than expected; the message says which value and what was expected."""


@frozen
class WrittenFloat:
    """A float of a TOML file as text, kept only to name it in a refusal."""

    text: str
    """The characters in the file."""


def described(raw: object) -> str:
    """Describes a value of a TOML file in words, for a message."""
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


def closest(name: str, known_names: Iterable[str]) -> str:
    """Returns the end of a message about an unknown name: the closest known name, if any."""
    matches = get_close_matches(name, list(known_names), n=1, cutoff=0.0)
    return f'; the closest known one is "{matches[0]}"' if matches else ""


def require_date(raw: object) -> date:
    """Requires a TOML date; a string, or a date with a time, is another kind."""
    if isinstance(raw, date) and not isinstance(raw, datetime):
        return raw
    raise WrongKind(f"expected a date without quotes and without a time, such as 2026-01-01; found {described(raw)}")


def as_text(kind: Kind, raw: object, choices: tuple[str, ...] = ()) -> str:
    """Returns the text of a value after checking its kind.

    Args:
        kind: Kind required.
        raw: The value as TOML gives it.
        choices: The allowed values of a choice.

    Raises:
        WrongKind: The value is of another kind.
    """
    _refuse_below_zero(kind, raw)
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
    """Converts text with at most two decimals to hundredths, so euros to cents: "0.35" is 35."""
    return int(Fraction(text) * HUNDREDTHS_PER_PERCENT)


def in_a_scenario(kind: Kind, choices: tuple[str, ...] = ()) -> str:
    """Returns a placeholder for a value in a scenario line, in the form of its kind."""
    match kind:
        case Kind.MONTHS | Kind.YEAR:
            return "..."
        case Kind.DATE:
            return "YYYY-MM-DD"
        case Kind.CHOICE if choices:
            first, *others = (f'"{choice}"' for choice in choices)
            return f"{first}  # or {', '.join(others)}" if others else first
        case _:
            return '"..."'


def any_text(kind: Kind, choices: tuple[str, ...] = ()) -> str:
    """Returns an arbitrary text of a kind, for a value that will be replaced."""
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
    raise WrongKind(f"expected a whole number without quotes ({kind}{of_years}); found {described(raw)}")


def _refuse_below_zero(kind: Kind, raw: object) -> None:
    """Refuses a number below zero for that reason: no figure of the law or of a policy choice can be."""
    text = raw.text if isinstance(raw, WrittenFloat) else raw if isinstance(raw, str | int) else ""
    if kind in _NUMBERS and _SIGNED.fullmatch(str(text)) and Fraction(str(text)) < 0:
        of_kind = Kind.PERCENT if kind is Kind.PERCENT_OR_RULE else kind
        raise WrongKind(f"expected a {of_kind} of zero or more; found {described(raw)}, which is below zero")


def _matching(raw: object, pattern: re.Pattern[str], expected: str) -> str:
    if isinstance(raw, str) and pattern.fullmatch(raw):
        return raw
    advice = f': write it as a string, "{raw.text}"' if isinstance(raw, WrittenFloat) else ""
    raise WrongKind(f"expected {expected}; found {described(raw)}{advice}")


def _chosen(raw: object, choices: tuple[str, ...]) -> str:
    if isinstance(raw, str) and raw in choices:
        return raw
    near = closest(raw, choices) if isinstance(raw, str) else ""
    raise WrongKind(f"expected one of {', '.join(choices)}; found {described(raw)}{near}")
