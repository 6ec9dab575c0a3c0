"""What is put in questions in SQL: paths of our own, within quotes."""

from collections.abc import Sequence
from pathlib import Path


def quoted(path: Path) -> str:
    """A path as a text of SQL."""
    return "'" + str(path).replace("'", "''") + "'"


def listed(paths: Sequence[Path]) -> str:
    """Paths as a list of SQL."""
    return f"[{', '.join(map(quoted, paths))}]"


__all__ = ["listed", "quoted"]
