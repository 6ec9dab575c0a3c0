"""Quoting of our own paths for SQL."""

from collections.abc import Sequence
from pathlib import Path


def quoted(path: Path) -> str:
    """Returns a path as an SQL text."""
    return "'" + str(path).replace("'", "''") + "'"


def listed(paths: Sequence[Path]) -> str:
    """Returns paths as an SQL list."""
    return f"[{', '.join(map(quoted, paths))}]"


__all__ = ["listed", "quoted"]
