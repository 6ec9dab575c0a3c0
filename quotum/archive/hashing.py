"""Digests of many files at once: hashing leaves the other processors free otherwise."""

import os
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from hashlib import file_digest
from pathlib import Path
from typing import TypeVar

from quotum.errors import Forbidden

T = TypeVar("T")
R = TypeVar("R")


def in_threads(check: Callable[[T], R], those: Iterable[T], progress: Callable[[int], None]) -> list[R]:
    """The outcome of a check of each, in their order.

    Args:
        check: What is done with each.
        those: What is checked.
        progress: Told the number that are done since the last call.
    """
    found = []
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for outcome in pool.map(check, those):
            progress(1)
            found.append(outcome)
    return found


def digest_of(path: Path) -> str:
    """SHA-256 of a file."""
    with path.open("rb") as stream:
        return file_digest(stream, "sha256").hexdigest()


def not_as(path: Path, digest: str) -> str:
    """What is the matter with a file that must have a digest; empty when nothing is."""
    try:
        return "" if digest_of(path) == digest else "was altered: its SHA-256 is another"
    except FileNotFoundError:
        return "is missing"
    except PermissionError as error:
        raise Forbidden(path) from error
    except OSError as error:
        return f"cannot be read: {error.strerror}"
