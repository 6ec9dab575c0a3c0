"""What stages give, held against its declaration: columns and types, nothing twice that is a key, no null unasked."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

import pyarrow as pa

from quotum.run.stages import in_order, jobs, quota_levy, rows_in_force
from quotum.run.stages.outputs import DECLARED, WATCHERS

STAGES = (in_order, jobs, quota_levy, rows_in_force)
"""Modules that bring in every stage, and so every declaration."""
SEEN: Counter[str] = Counter()
"""How often each declared table was held against its declaration, with rows in it."""


class NotAsDeclared(AssertionError):
    """A stage gives something else than it declares."""


def hold(name, table, frame):
    """Hold what a stage gives against its declaration.

    Raises:
        NotAsDeclared: It is something else.
    """
    names, pandas = frame.collect_schema().names(), frame.implementation.is_pandas()
    # From pandas a filtered frame brings its index along as a column.
    result = frame.collect(backend="pyarrow").to_native().select(names)
    values = {column.name: column.inside for column in table.columns}
    given = {column.name: _type(column.type) for column in result.schema}
    if pandas:
        given |= {
            name: _of_whole(result[name], values.get(name)) for name, kind in given.items() if kind == pa.float64()
        }
        # A column of texts without any value has no type there.
        given |= {name: values.get(name) for name, kind in given.items() if kind == pa.null()}
    if values != given:
        differing = sorted(set(values.items()) ^ set(given.items()), key=str)
        raise NotAsDeclared(f"{name}: columns differ: {differing}")
    empty = [column.name for column in table.columns if not column.null and result[column.name].null_count]
    if empty:
        raise NotAsDeclared(f"{name}: without a value: {empty}")
    if table.key and result.group_by(list(table.key)).aggregate([]).num_rows < result.num_rows:
        raise NotAsDeclared(f"{name}: not each once by {table.key}")
    SEEN[name] += result.num_rows > 0


def _type(kind):
    return pa.string() if kind == pa.large_string() else kind


def _of_whole(column, kind):
    """The type that a column of floats stands for: in pandas whole numbers are floats where a value lacks."""
    return column.cast(kind, safe=True).type if kind == pa.int64() else column.type


@contextmanager
def held() -> Iterator[None]:
    """Hold everything that stages give against its declaration, as long as it lasts."""
    WATCHERS.append(hold)
    try:
        yield
    finally:
        WATCHERS.remove(hold)


__all__ = ["DECLARED", "SEEN", "NotAsDeclared", "held", "hold"]
