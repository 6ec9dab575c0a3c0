"""Codes of the payroll return that the official schemas list, read from `codes.toml`."""

import tomllib
from functools import cache
from importlib.resources import files

from attrs import frozen


@frozen
class CodeList:
    """The values that a coded element may have."""

    element: str
    """Name of the element."""
    source: str
    """Schema that lists them."""
    first_year: int
    """First calendar year of which the list is known."""
    last_year: int
    """Last calendar year of which the list is known."""
    codes: tuple[int, ...]
    """The values, in order."""


@cache
def code_lists() -> dict[str, CodeList]:
    """The lists by name of the element."""
    found = tomllib.loads((files("quotum.intake") / "codes.toml").read_text("utf-8"))
    return {
        name: CodeList(name, one["source"], one["first_year"], one["last_year"], tuple(one["codes"]))
        for name, one in found.items()
    }


__all__ = ["CodeList", "code_lists"]
