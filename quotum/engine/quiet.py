"""Suppression of Spark's warning about pandas, which quotum does not use with Spark."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def nothing_of_pandas() -> Iterator[None]:
    """Suppresses Spark's warning that the installed pandas is too new."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "PySpark does not yet fully support pandas", FutureWarning)
        yield


__all__ = ["nothing_of_pandas"]
