"""The released versions of quotum: the code of each by its digest, and the commit where it is.

`releases.csv` is no part of the digest of the code, which could not hold itself. `python -m tests.release` writes a row
once the code is committed, and checks every row.
"""

import csv
from collections.abc import Iterable
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Final

from attrs import frozen

from quotum.words import Sentence, Text

TABLE: Final = "releases.csv"
COLUMNS: Final = ("version", "released_on", "code_sha256", "commit")


_RELEASED: Final = Text("{commit} (release {version} of {day})", "{commit} (versie {version} van {day})")
_IN_DEVELOPMENT: Final = Text(
    "none: {version} is in development, and no release has this code",
    "geen: {version} is in ontwikkeling, en geen uitgebrachte versie heeft deze code",
)
_CHANGED: Final = Text(
    "none: this code is not that of release {version}, it was changed since",
    "geen: deze code is niet die van de uitgebrachte versie {version}, zij is sindsdien veranderd",
)


@frozen
class Release:
    """A released version."""

    version: str
    """Its version."""
    released_on: date
    """Day of the release."""
    code: str
    """Digest of its code, as a run names it."""
    commit: str
    """Commit that holds the code."""


def read_releases(lines: Iterable[str]) -> tuple[Release, ...]:
    """Reads the table of releases, the first release first.

    Raises:
        ValueError: A line is not as it should be.
    """
    rows = csv.reader(lines)
    if tuple(next(rows, ())) != COLUMNS:
        raise ValueError(f"{TABLE}: the first line names the columns {', '.join(COLUMNS)}")
    return tuple(Release(version, date.fromisoformat(day), code, commit) for version, day, code, commit in rows)


@cache
def releases() -> tuple[Release, ...]:
    """Returns every release that this version knows, the first release first."""
    return read_releases(files("quotum").joinpath(TABLE).read_text("utf-8").splitlines())


def release_of(code: str) -> Release | None:
    """Returns the release whose code has a digest; None when no release has it."""
    return next((release for release in releases() if release.code == code), None)


def commit_of(version: str, code: str) -> Sentence:
    """Says in which commit some code is: that of its release, or why there is none.

    Args:
        version: Version that the code gives itself.
        code: Its digest.
    """
    release = release_of(code)
    if release is not None:
        return _RELEASED.sentence(commit=release.commit, version=release.version, day=release.released_on)
    known = version in {release.version for release in releases()}
    return (_CHANGED if known else _IN_DEVELOPMENT).sentence(version=version)


__all__ = ["COLUMNS", "TABLE", "Release", "commit_of", "read_releases", "release_of", "releases"]
