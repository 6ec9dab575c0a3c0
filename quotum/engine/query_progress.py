"""Progress of the running query, for display by another thread.

DuckDB keeps the figure in numbers that can be read without a lock, so asking costs nothing. It keeps them only when
told beforehand, and gives none for a query of less than two seconds.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import duckdb

_LOCK = threading.Lock()
_AT_WORK: list[duckdb.DuckDBPyConnection] = []
_WATCHED = threading.Event()
_HUNDRED = 100


def watch() -> None:
    """Makes connections that are opened from now on keep the progress of their query."""
    _WATCHED.set()


def query_share() -> float | None:
    """Returns the progress of the query on the latest connection, from 0 to 1; None without a known progress."""
    with _LOCK:
        percentage = _AT_WORK[-1].query_progress() if _AT_WORK else -1
    return percentage / _HUNDRED if percentage >= 0 else None


@contextmanager
def progress_available(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Makes the progress of a connection available, until the context ends before it is closed."""
    if not _WATCHED.is_set():
        yield
        return
    connection.execute("SET enable_progress_bar = true; SET enable_progress_bar_print = false")
    with _LOCK:
        _AT_WORK.append(connection)
    try:
        yield
    finally:
        with _LOCK:
            _AT_WORK.remove(connection)


__all__ = ["progress_available", "query_share", "watch"]
