"""Digests of local files, several at once, so that hashing uses all processors."""

import os
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from hashlib import file_digest
from pathlib import Path


def digests_of(paths: Iterable[Path | str]) -> list[str | None]:
    """Returns the SHA-256 of files, in their order; None for an unreadable file."""
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return list(pool.map(digest_or_none, paths))


def digest_or_none(path: Path | str) -> str | None:
    """Returns the SHA-256 of a file, read in pieces; None when it cannot be read."""
    try:
        with Path(path).open("rb") as stream:
            return file_digest(stream, "sha256").hexdigest()
    except OSError:
        return None


__all__ = ["digest_or_none", "digests_of"]
