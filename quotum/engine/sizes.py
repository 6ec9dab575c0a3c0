"""Sizes of memory as DuckDB writes them."""

import re
from typing import Final

from quotum.errors import WrongUse

# DuckDB takes a size below zero without a word.
_ABOVE_ZERO: Final = re.compile(r"\s*(?:[0-9.]*[1-9]|[^-+0-9\s])")


def no_size(text: str) -> WrongUse:
    """What a user is told who gives something else."""
    return WrongUse(f"--memory-limit {text!r} is no size; write it as 800MB or 4GB")


def require_above_zero(text: str) -> None:
    """A size is above zero; whether it is one, an engine says.

    Raises:
        WrongUse: It is not.
    """
    if not _ABOVE_ZERO.match(text):
        raise no_size(text)


__all__ = ["no_size", "require_above_zero"]
