"""What Spark says of pandas, which has no part in what quotum asks of it."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def nothing_of_pandas() -> Iterator[None]:
    """Keeps Spark from saying that the pandas that is installed is too new for it."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "PySpark does not yet fully support pandas", FutureWarning)
        yield


__all__ = ["nothing_of_pandas"]
