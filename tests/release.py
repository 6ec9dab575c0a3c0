"""The table of releases, `quotum/releases.csv`: `python -m tests.release` checks it, `... write` adds a row.

A release is made in two commits, because a commit cannot name itself: the code, and then the row that names the commit
of the code. A row says the version, the day, the digest of the code and the commit.
"""

import argparse
import io
import json
import os
import re
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from quotum.releases import TABLE, Release, read_releases

HOUSE = Path(__file__).resolve().parents[1]
CHANGES = "CHANGELOG.md"
UNRELEASED = "unreleased"
HEADING = re.compile(r"^## (\S+) \(([^)]+)\)$", re.MULTILINE)
_COMMIT = re.compile("[0-9a-f]{40}")
_ASK = "import json; from quotum import version; print(json.dumps([version.__version__, version.code_digest()]))"


def table_of(root: Path) -> Path:
    """The table of releases of a working copy."""
    return root / "quotum" / TABLE


def rows_of(root: Path) -> tuple[Release, ...]:
    """Every release that a working copy names."""
    return read_releases(table_of(root).read_text("utf-8").splitlines())


def version_and_digest(root: Path) -> tuple[str, str]:
    """The version of some code and its digest, as that code counts it."""
    asked = subprocess.run(
        [sys.executable, "-c", _ASK],
        cwd=root,
        # No byte code, neither read nor written: a version of as many letters in the same second would be the old one.
        env={"PYTHONPATH": str(root), "PYTHONDONTWRITEBYTECODE": "1", "PYTHONPYCACHEPREFIX": os.devnull},
        capture_output=True,
        text=True,
        check=True,
    )
    version, digest = json.loads(asked.stdout)
    return version, digest


def _git(root: Path, *arguments: str) -> bytes:
    return subprocess.run(["git", *arguments], cwd=root, capture_output=True, check=True).stdout  # noqa: S607


def has_history(root: Path) -> bool:
    """Whether a folder is a working copy with its whole history."""
    try:
        top = _git(root, "rev-parse", "--show-toplevel").decode().strip()
        return Path(top) == root.resolve() and _git(root, "rev-parse", "--is-shallow-repository").strip() == b"false"
    except (OSError, subprocess.CalledProcessError):
        return False


def of_commit(root: Path, commit: str) -> tuple[str, str] | None:
    """The version and digest of the code of a commit; None when there is no such commit."""
    try:
        packed = _git(root, "archive", "--format=tar", commit, "quotum")
    except subprocess.CalledProcessError:
        return None
    with tempfile.TemporaryDirectory() as folder:
        with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
            archive.extractall(folder, filter="data")
        return version_and_digest(Path(folder))


def problems(root: Path) -> Iterator[str]:
    """What is wrong with the table, the present version or the headings of the changes."""
    try:
        rows = rows_of(root)
    except ValueError as problem:
        yield f"{TABLE} cannot be read: {problem}"
        return
    version, digest = version_and_digest(root)
    versions = [row.version for row in rows]
    if len(set(versions)) < len(versions):
        yield f"{TABLE} names a version twice"
    present = next((row for row in rows if row.version == version), None)
    if present is not None and present.code != digest:
        yield (
            f"{version} is released, and the code is another by now: give the next version a number in "
            f"quotum/version.py and a heading in {CHANGES}"
        )
    yield from _of_headings(root, version, rows)
    if has_history(root):
        yield from (problem for row in rows if (problem := _of_row(root, row)))


def _of_headings(root: Path, version: str, rows: tuple[Release, ...]) -> Iterator[str]:
    headings = HEADING.findall((root / CHANGES).read_text("utf-8"))
    expected = [(row.version, row.released_on.isoformat()) for row in rows]
    if version not in {row.version for row in rows}:
        expected.append((version, UNRELEASED))
    if not headings or headings[0][0] != version:
        yield f"the first heading of {CHANGES} is not that of {version}, the version in quotum/version.py"
    yield from (
        f"{CHANGES} has no heading `## {name} ({when})`" for name, when in expected if (name, when) not in headings
    )


def _of_row(root: Path, row: Release) -> str:
    if not _COMMIT.fullmatch(row.commit):
        return f"{TABLE}: {row.version} names {row.commit}, which is no whole name of a commit"
    code = of_commit(root, row.commit)
    if code is None:
        return f"{TABLE}: {row.version} names the commit {row.commit}, which is not in the history"
    if code != (row.version, row.code):
        held, digest = code
        return f"{TABLE}: {row.commit} holds {held} with the digest {digest}, not {row.version} with {row.code}"
    return ""


def write_row(root: Path, day: date | None = None) -> Release:
    """Writes the row of the present commit, and the day in the heading of the changes.

    Args:
        root: The working copy.
        day: Day of the release; that of the commit when None.

    Raises:
        SystemExit: Something is not committed, or the version is released already.
    """
    if not has_history(root):
        raise SystemExit("a release needs the git history")
    if _git(root, "status", "--porcelain"):
        raise SystemExit("commit or stash everything first: the row names the commit of the code")
    wrong = list(problems(root))
    if wrong:
        raise SystemExit("\n".join(wrong))
    version, digest = version_and_digest(root)
    if version in {row.version for row in rows_of(root)}:
        raise SystemExit(f"{version} is released already")
    commit = _git(root, "rev-parse", "HEAD").decode().strip()
    if of_commit(root, commit) != (version, digest):
        raise SystemExit("the commit does not hold the code that is here: is a file of quotum ignored by git?")
    released_on = day or date.fromisoformat(_git(root, "show", "-s", "--format=%cs").decode().strip())
    with table_of(root).open("a", encoding="utf-8") as stream:
        stream.write(f"{version},{released_on},{digest},{commit}\n")
    changes = root / CHANGES
    text = changes.read_text("utf-8")
    changes.write_text(text.replace(f"## {version} ({UNRELEASED})", f"## {version} ({released_on})", 1), "utf-8")
    return Release(version, released_on, digest, commit)


def main(arguments: list[str]) -> str | int:
    """Checks the table, or writes a row."""
    parser = argparse.ArgumentParser(prog="python -m tests.release", description=__doc__)
    parser.add_argument("what", nargs="?", choices=["check", "write"], default="check")
    parser.add_argument("--on", type=date.fromisoformat, help="day of the release; that of the commit when left out")
    chosen = parser.parse_args(arguments)
    if chosen.what == "check":
        return "\n".join(problems(HOUSE)) or 0
    row = write_row(HOUSE, chosen.on)
    sys.stdout.write(
        f"{row.version} of {row.released_on}: commit {row.commit}, code {row.code}\n"
        f"Commit the row: git commit -m 'Release {row.version}' quotum/{TABLE} {CHANGES}\n"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
