"""Codes of the payroll return that the official schemas list, read from `codes.toml`."""

import tomllib
from functools import cache
from importlib.resources import files

from attrs import frozen


@frozen
class CodeList:
    """Values allowed in a coded element."""

    element: str
    """Name of the element."""
    source: str
    """Schema that lists them."""
    first_year: int
    """First calendar year that the list covers."""
    last_year: int
    """Last calendar year that the list covers."""
    codes: tuple[int, ...]
    """The values, in order."""


@cache
def code_lists() -> dict[str, CodeList]:
    """Returns the lists by name of the element."""
    entries = tomllib.loads((files("quotum.intake") / "codes.toml").read_text("utf-8"))
    return {
        name: CodeList(name, entry["source"], entry["first_year"], entry["last_year"], tuple(entry["codes"]))
        for name, entry in entries.items()
    }


__all__ = ["CodeList", "code_lists"]
