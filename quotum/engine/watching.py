"""How far the query at work is: asked from another thread, for whoever shows it.

DuckDB keeps the figure in numbers that are read without a lock, so that to ask costs nothing; it keeps none
unless it is told to beforehand, and gives none for a query of less than two seconds.
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
    """Have connections that are opened from now on keep how far their query is."""
    _WATCHED.set()


def query_share() -> float | None:
    """How far the query of the latest connection is, from 0 to 1; None where there is none or that is not known."""
    with _LOCK:
        percentage = _AT_WORK[-1].query_progress() if _AT_WORK else -1
    return percentage / _HUNDRED if percentage >= 0 else None


@contextmanager
def watched(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Let others ask about a connection; nobody does any longer when it is closed afterwards."""
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


__all__ = ["query_share", "watch", "watched"]
