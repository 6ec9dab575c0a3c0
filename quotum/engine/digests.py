"""Digests of files of this machine, several at once: hashing leaves the other processors free otherwise."""

import os
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from hashlib import file_digest
from pathlib import Path


def digests_of(paths: Iterable[Path | str]) -> list[str | None]:
    """SHA-256 of files, in their order; None of a file that cannot be read."""
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return list(pool.map(digest_or_none, paths))


def digest_or_none(path: Path | str) -> str | None:
    """SHA-256 of a file, read piece by piece; None when it cannot be read."""
    try:
        with Path(path).open("rb") as stream:
            return file_digest(stream, "sha256").hexdigest()
    except OSError:
        return None


__all__ = ["digest_or_none", "digests_of"]
