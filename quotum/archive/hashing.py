"""Digests of many files at once, so that hashing uses all processors."""

import os
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from hashlib import file_digest
from pathlib import Path
from typing import TypeVar

from quotum.archive import words
from quotum.errors import Forbidden

T = TypeVar("T")
R = TypeVar("R")


def in_threads(check: Callable[[T], R], items: Iterable[T], progress: Callable[[int], None]) -> list[R]:
    """Runs a check on each item and returns the results in order.

    Args:
        check: The check.
        items: The items.
        progress: Called with the number of items done since the last call.
    """
    outcomes = []
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for outcome in pool.map(check, items):
            progress(1)
            outcomes.append(outcome)
    return outcomes


def digest_of(path: Path) -> str:
    """Returns the SHA-256 of a file."""
    with path.open("rb") as stream:
        return file_digest(stream, "sha256").hexdigest()


def digest_problem(path: Path, digest: str) -> str:
    """Returns the problem of a file that must have a digest; empty when there is none."""
    try:
        return "" if digest_of(path) == digest else words.ALTERED.sentence()
    except FileNotFoundError:
        return words.MISSING.sentence()
    except PermissionError as error:
        raise Forbidden(path) from error
    except OSError as error:
        return words.UNREADABLE.sentence(why=error.strerror)
