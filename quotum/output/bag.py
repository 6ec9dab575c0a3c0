"""The run folder: a BagIt 1.0 bag (RFC 8493) without dates, written whole or not at all, then sealed."""

import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import file_digest
from pathlib import Path

from quotum.errors import CannotWrite, WrongUse

_MANIFEST, _TAG_MANIFEST = "manifest-sha256.txt", "tagmanifest-sha256.txt"
_SEALED_FILE, _SEALED_FOLDER = 0o400, 0o500
ENVIRONMENT = "environment.json"


def json_bytes(content: object) -> bytes:
    """JSON as every file of a run has it: sorted keys, one form."""
    return (json.dumps(content, indent=1, sort_keys=True, ensure_ascii=False, default=str) + "\n").encode()


def digest_of(path: Path) -> str:
    """SHA-256 of a file."""
    with path.open("rb") as stream:
        return file_digest(stream, "sha256").hexdigest()


def is_run(folder: Path) -> bool:
    """Whether a folder is a finished run."""
    return (folder / _TAG_MANIFEST).is_file() and (folder / "data" / "run.json").is_file()


def run_digest(folder: Path) -> str:
    """Digest of a run: that of its tag manifest, which covers everything but the environment."""
    return digest_of(folder / _TAG_MANIFEST)


def require_free(out: Path) -> None:
    """The place for a new run is free, or holds a run that may be the same.

    Raises:
        WrongUse: Something else is there.
        CannotWrite: Its folder is not there.
    """
    if not out.parent.is_dir():
        raise CannotWrite(f"{out.parent} is not there; make the folder first")
    if out.is_symlink() or (out.exists() and not is_run(out)):
        raise WrongUse(f"{out} exists and is no run of quotum; name another place with --out")


@contextmanager
def staged(out: Path) -> Iterator[Path]:
    """A folder beside `out` to write a run in; thrown away when anything goes wrong.

    Raises:
        CannotWrite: There is no permission or no room.
    """
    partial = None
    try:
        partial = Path(tempfile.mkdtemp(prefix=f".{out.name}.partial-", dir=out.parent))
        (partial / "data").mkdir(mode=0o700)
        yield partial
    except OSError as error:
        raise CannotWrite(
            f"{out} cannot be written: {error.strerror or type(error).__name__}. Check permissions and free space; "
            "nothing was left half written."
        ) from error
    finally:
        if partial is not None and partial.exists():
            shutil.rmtree(partial)


def seal(partial: Path, out: Path, environment: dict[str, object], description: str) -> bool:
    """Turn a written folder into a sealed bag under its final name.

    Args:
        partial: Folder with `data/`.
        out: Final name.
        environment: What `environment.json` holds; no manifest covers it.
        description: One line about the run.

    Returns:
        False when the same run is already there.

    Raises:
        WrongUse: Another run is there.
    """
    _tag_files(partial, description)
    if out.exists():
        if run_digest(partial) == run_digest(out):
            return False
        raise WrongUse(f"{out} exists and holds another run; name another place with --out")
    (partial / ENVIRONMENT).write_bytes(json_bytes(environment))
    for path in sorted(partial.rglob("*"), reverse=True):
        _sync(path)
        path.chmod(_SEALED_FOLDER if path.is_dir() else _SEALED_FILE)
    _sync(partial)
    partial.chmod(_SEALED_FOLDER)
    partial.rename(out)
    _sync(out.parent)
    return True


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _tag_files(bag: Path, description: str) -> None:
    payload = sorted(path for path in (bag / "data").rglob("*") if path.is_file())
    size = sum(path.stat().st_size for path in payload)
    (bag / "bagit.txt").write_text("BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n", "utf-8")
    (bag / "bag-info.txt").write_text(
        f"External-Description: {description}\nPayload-Oxum: {size}.{len(payload)}\n", "utf-8"
    )
    _manifest(bag, payload, _MANIFEST)
    _manifest(bag, [bag / name for name in ("bag-info.txt", "bagit.txt", _MANIFEST)], _TAG_MANIFEST)


def _manifest(bag: Path, files: list[Path], name: str) -> None:
    lines = [f"{digest_of(path)}  {path.relative_to(bag).as_posix()}\n" for path in files]
    (bag / name).write_text("".join(lines), "utf-8")
