"""quotum: settles the quota regime of the Dutch jobs agreement (banenafspraak).

In a notebook or a program:

    receive     deliveries into an archive
    settle      a year, into a run
    read_run    a run that was settled before
    explain     how the amounts of an employer came about
    missed      whom the LKV was not asked for, and who was asked for and never registered
    compare     scenarios beside the law as it is
    columns     what the columns of a table mean

`help(quotum.settle)` tells the arguments; `QuotumError` is what a user can put right. `quotum.api` has an example.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from quotum.version import __version__

if TYPE_CHECKING:
    from quotum.api import columns, compare, explain, missed, read_run, receive, settle
    from quotum.errors import QuotumError

__all__ = [
    "QuotumError",
    "__version__",
    "columns",
    "compare",
    "explain",
    "missed",
    "read_run",
    "receive",
    "settle",
]


def __getattr__(name: str) -> Any:
    """What notebooks use, imported when it is asked for: `import quotum` stays quick."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module("quotum.errors" if name == "QuotumError" else "quotum.api"), name)


def __dir__() -> list[str]:
    """The names for users: tab completion shows them before they are imported, and nothing else."""
    return sorted(__all__)
