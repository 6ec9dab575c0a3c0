"""quotum: settles the quota regime of the Dutch jobs agreement (banenafspraak).

In a notebook: `quotum.compare`, `quotum.read_run` and `quotum.columns`, see `quotum.api`.
"""

from importlib import import_module
from typing import Any

from quotum.version import __version__

_FOR_NOTEBOOKS = ("columns", "compare", "read_run")


def __getattr__(name: str) -> Any:
    """What notebooks use, imported when it is asked for: `import quotum` stays quick."""
    if name in _FOR_NOTEBOOKS:
        return getattr(import_module("quotum.api"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


__all__ = ["__version__"]
