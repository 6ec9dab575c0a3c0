"""What a stage gives, declared beside it: so that tests can hold each table that passes between stages to its words.

In production a declaration costs a look at an empty list, a few times in a settlement.
"""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Final, ParamSpec, TypeVar

import narwhals as nw

from quotum.frames import Frame
from quotum.tables import Table

Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")
Watcher = Callable[[str, Table, Frame], None]
"""Gets the name of a stage, or of a part of what it gives, with its declaration and the table."""

WATCHERS: Final[list[Watcher]] = []
"""Who looks at what stages give: nobody, but for tests."""

DECLARED: Final[dict[str, Table]] = {}
"""The declarations by name of the stage, or of the part of what it gives."""


def gives(
    table: Table | None = None, **parts: Table
) -> Callable[[Callable[Parameters, Result]], Callable[Parameters, Result]]:
    """Declare what a stage gives.

    Args:
        table: The table it gives.
        parts: The tables that are fields of the record it gives; of a field with tables by name, that of each.
    """

    def declare(stage: Callable[Parameters, Result]) -> Callable[Parameters, Result]:
        named = {stage.__name__: table} if table is not None else {}
        DECLARED.update(named | {f"{stage.__name__}.{part}": of_part for part, of_part in parts.items()})

        @wraps(stage)
        def run(*arguments: Parameters.args, **named: Parameters.kwargs) -> Result:
            result = stage(*arguments, **named)
            for watch in WATCHERS:
                _show(watch, stage.__name__, result, table, parts)
            return result

        return run

    return declare


def _show(watch: Watcher, name: str, result: object, table: Table | None, parts: Mapping[str, Table]) -> None:
    if table is not None and isinstance(result, nw.LazyFrame):
        watch(name, table, result)
    for part, of_part in parts.items():
        value = getattr(result, part)
        for frame in value.values() if isinstance(value, Mapping) else [value]:
            if frame is not None:
                watch(f"{name}.{part}", of_part, frame)


__all__ = ["DECLARED", "WATCHERS", "Watcher", "gives"]
