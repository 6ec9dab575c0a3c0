"""Sizes of memory as DuckDB writes them."""

import re
from typing import Final

from quotum.errors import WrongUse

# DuckDB accepts a negative size silently.
_ABOVE_ZERO: Final = re.compile(r"\s*(?:[0-9.]*[1-9]|[^-+0-9\s])")


def no_size(text: str) -> WrongUse:
    """Returns the error for a text that is no size."""
    return WrongUse(f"--memory-limit {text!r} is no size; write it as 800MB or 4GB")


def require_above_zero(text: str) -> None:
    """Requires a size above zero; the engine checks whether the text is a size.

    Raises:
        WrongUse: The size is not above zero.
    """
    if not _ABOVE_ZERO.match(text):
        raise no_size(text)


__all__ = ["no_size", "require_above_zero"]
