"""A sealed folder: a BagIt 1.0 bag (RFC 8493) without dates, written whole or not at all.

A run has its files under `data/`. A simulation has its record and its scenario files there, and what people and
programs read (`index.html`, `comparison.csv`, `tables/`, `charts/`) beside it: tag files to BagIt, which the tag
manifest covers like the rest.
"""

import json
import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from attrs import frozen

from quotum import places
from quotum.archive.hashing import digest_of
from quotum.archive.layout import SEALED_FILE, SEALED_FOLDER
from quotum.engine.scratch import scratch_folder
from quotum.errors import CannotCertify, CannotWrite, SelfCheckFailed, WrongUse
from quotum.identifiers import masked
from quotum.run_folder import words

_MANIFEST, _TAG_MANIFEST = "manifest-sha256.txt", "tagmanifest-sha256.txt"
_TAG_FILES = ("bag-info.txt", "bagit.txt", _MANIFEST)
_LINE = re.compile(r"([0-9a-f]{64})  ([A-Za-z0-9_./-]+)")
TAG_FILES = (*_TAG_FILES, _TAG_MANIFEST)
"""Files that make a folder a bag."""
ENVIRONMENT = "environment.json"
SIGNATURE = "signature.ed25519"
RUN_RECORD = "data/run.json"
SIMULATION_RECORD = "data/simulation.json"
_OF_SIMULATION = (SIMULATION_RECORD, "comparison.parquet", "comparison.csv")

Signer = Callable[[bytes], bytes]


def json_bytes(content: object) -> bytes:
    """JSON as every file of a run has it: sorted keys, one form."""
    return (json.dumps(content, indent=1, sort_keys=True, ensure_ascii=False, default=str) + "\n").encode()


def is_run(folder: Path) -> bool:
    """Whether a folder is a finished run."""
    return (folder / _TAG_MANIFEST).is_file() and (folder / "data" / "run.json").is_file()


def is_simulation(folder: Path) -> bool:
    """Whether a folder is a finished simulation."""
    return (folder / _TAG_MANIFEST).is_file() and (folder / SIMULATION_RECORD).is_file()


def run_digest(folder: Path) -> str:
    """Digest of a run: that of its tag manifest, which covers everything but the environment."""
    return digest_of(folder / _TAG_MANIFEST)


def require_free(out: Path) -> None:
    """The place for a new run is free, or holds a run that may be the same.

    Raises:
        WrongUse: Something else is there.
        CannotWrite: Its folder is not there.
    """
    _require_free(out, "run", is_run)


def require_free_for_simulation(out: Path) -> None:
    """The place for a new simulation is free, or holds a simulation that may be the same.

    Raises:
        WrongUse: Something else is there.
        CannotWrite: Its folder is not there.
    """
    _require_free(out, "simulation", is_simulation)


def _require_free(out: Path, noun: str, may_be_the_same: Callable[[Path], bool]) -> None:
    if not out.parent.is_dir():
        raise CannotWrite(places.NOT_THERE.sentence(parent=out.parent))
    if out.is_symlink() or (out.exists() and not may_be_the_same(out)):
        raise WrongUse(words.OTHER_AT_OUT.sentence(place=out, noun=words.NOUNS[noun].sentence()))


@contextmanager
def staged(out: Path) -> Iterator[Path]:
    """A folder beside `out` to write a run in; thrown away when anything goes wrong.

    Raises:
        CannotWrite: There is no permission or no room.
    """
    try:
        with scratch_folder(out.parent, "partial") as partial:
            (partial / "data").mkdir(mode=0o700)
            yield partial
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise CannotWrite(places.CANNOT_WRITE.sentence(out=out, why=reason)) from error


def seal(
    partial: Path, out: Path, environment: dict[str, object], description: str, sign: Signer | None = None
) -> bool:
    """Turn a written folder into a sealed bag under its final name.

    Args:
        partial: Folder with `data/`, and any files beside it.
        out: Final name.
        environment: What `environment.json` holds; no manifest covers it.
        description: One line about the run.
        sign: Gives the signature of the bytes of the tag manifest; the run is not signed when None.

    Returns:
        False when the same run is already there.

    Raises:
        WrongUse: Another run is there, or the same one without this signature.
    """
    _tag_files(partial, description)
    signature = None if sign is None else sign((partial / _TAG_MANIFEST).read_bytes())
    if out.exists():
        _require_same(partial, out, signature)
        return False
    if signature is not None:
        (partial / SIGNATURE).write_bytes(signature)
    (partial / ENVIRONMENT).write_bytes(json_bytes(environment))
    for path in sorted(partial.rglob("*"), reverse=True):
        _sync(path)
        path.chmod(SEALED_FOLDER if path.is_dir() else SEALED_FILE)
    _sync(partial)
    partial.chmod(SEALED_FOLDER)
    partial.rename(out)
    _sync(out.parent)
    return True


def _require_same(partial: Path, out: Path, signature: bytes | None) -> None:
    """The run in a place is the same as the new run, and is signed when that was asked."""
    if run_digest(partial) != run_digest(out):
        noun = words.NOUNS["simulation" if is_simulation(out) else "run"].sentence()
        raise WrongUse(words.ANOTHER_AT_OUT.sentence(place=out, noun=noun))
    if signature is not None and (not (out / SIGNATURE).is_file() or (out / SIGNATURE).read_bytes() != signature):
        raise WrongUse(words.OTHER_SIGNATURE.sentence(place=out))


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
    beside = {"data", _TAG_MANIFEST, ENVIRONMENT, SIGNATURE}
    others = (path for path in bag.rglob("*") if path.is_file() and path.relative_to(bag).parts[0] not in beside)
    _manifest(bag, sorted(others), _TAG_MANIFEST)


def _manifest(bag: Path, files: list[Path], name: str) -> None:
    """Writes a manifest of files.

    Raises:
        SelfCheckFailed: The name of a file could not be read back.
    """
    lines = [f"{digest_of(path)}  {path.relative_to(bag).as_posix()}\n" for path in files]
    wrong = [line for line in lines if not _LINE.fullmatch(line.rstrip("\n"))]
    if wrong:
        raise SelfCheckFailed(f"a file to be sealed has a name that no manifest can hold: {wrong[0][66:].strip()}")
    (bag / name).write_text("".join(lines), "utf-8")


@frozen
class Fault:
    """A file of a run that is not as it was sealed."""

    name: str
    """Path within the run."""
    what: str
    """The damage, in words that follow the name."""


def looks_like_run(folder: Path) -> bool:
    """Whether a folder has anything of a run, which may be damaged."""
    return any((folder / name).is_file() for name in (_MANIFEST, _TAG_MANIFEST, RUN_RECORD))


def looks_like_simulation(folder: Path) -> bool:
    """Whether a folder has anything of a simulation, which may be damaged, and no record of a run."""
    return not (folder / RUN_RECORD).is_file() and any((folder / name).is_file() for name in _OF_SIMULATION)


def signed_bytes(folder: Path) -> bytes:
    """The bytes that the signature of a run is over: its tag manifest."""
    return (folder / _TAG_MANIFEST).read_bytes()


def faults(folder: Path) -> tuple[Fault, ...]:
    """Every file of a run that is altered, missing or too many; `environment.json` is covered by no manifest."""
    result: list[Fault] = []
    listed: dict[str, str] = {}
    for manifest in (_TAG_MANIFEST, _MANIFEST):
        try:
            digests = _read_manifest(folder / manifest)
        except OSError:
            result.append(Fault(manifest, words.NOT_READ.sentence()))
            continue
        except ValueError as problem:
            result.append(Fault(manifest, words.MANIFEST_ALTERED.sentence(problem=problem.args[0])))
            continue
        result += _altered(folder, manifest, digests)
        listed |= digests
    if set(_TAG_FILES) - set(listed):
        result.append(Fault(_TAG_MANIFEST, words.NOT_EVERY_TAG_FILE.sentence()))
    expected = {*listed, *_TAG_FILES, _TAG_MANIFEST, ENVIRONMENT, SIGNATURE}
    folders = {"data", *(parent.as_posix() for name in listed for parent in PurePosixPath(name).parents)}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink() or name not in (folders if path.is_dir() else expected):
            result.append(Fault(name, words.TOO_MANY.sentence()))
    if not (folder / ENVIRONMENT).is_file():
        result.append(Fault(ENVIRONMENT, words.MISSING.sentence()))
    return tuple(dict.fromkeys(result))


def require_unaltered(folder: Path, so: str, names: tuple[str, ...] | None = None) -> None:
    """Files of a run are as they were sealed, by its manifests.

    Args:
        folder: The run.
        so: What is not done with an altered one, in words that end the sentence.
        names: Paths within the run; None for every file that a manifest names.

    Raises:
        CannotCertify: One was altered or is missing.
    """
    _require_listed(folder, _TAG_MANIFEST, None if names is None else (_MANIFEST,), so)
    _require_listed(folder, _MANIFEST, names, so)


def _require_listed(folder: Path, manifest: str, names: tuple[str, ...] | None, so: str) -> None:
    shown = masked(str(folder))
    try:
        digests = _read_manifest(folder / manifest)
    except (OSError, ValueError) as error:
        raise CannotCertify(words.DAMAGED.sentence(run=shown, manifest=manifest, so=so)) from error
    always = (RUN_RECORD,) if manifest == _MANIFEST else (_MANIFEST,)
    for name in (*digests, *always) if names is None else names:
        path = folder / name
        if not path.is_file() or digest_of(path) != digests.get(name):
            raise CannotCertify(words.ALTERED.sentence(run=shown, name=name, manifest=manifest, so=so))


def sealed_digests(folder: Path) -> dict[str, str]:
    """The digest of each file as the folder was sealed; only of a folder whose manifests are sound."""
    return _read_manifest(folder / _TAG_MANIFEST) | _read_manifest(folder / _MANIFEST)


def _read_manifest(path: Path) -> dict[str, str]:
    """Digests by name.

    Raises:
        OSError: It cannot be read.
        ValueError: It is not as quotum writes it.
    """
    text = path.read_bytes().decode("ascii")
    digests = {}
    for number, line in enumerate(text.splitlines(), 1):
        match = _LINE.fullmatch(line)
        if match is None:
            raise ValueError(words.NO_DIGEST_ON_LINE.sentence(number=number))
        digests[match[2]] = match[1]
    if text != "".join(f"{digest}  {name}\n" for name, digest in digests.items()):
        raise ValueError(words.NOT_AS_WRITTEN.sentence())
    return digests


def _altered(folder: Path, manifest: str, digests: dict[str, str]) -> Iterator[Fault]:
    blame = words.IT_OR_MANIFEST if manifest == _TAG_MANIFEST else words.ALTERED_AFTER
    for name, digest in digests.items():
        path = folder / name
        if not path.is_file():
            yield Fault(name, words.MISSING.sentence())
        elif digest_of(path) != digest:
            yield Fault(name, blame.sentence(manifest=manifest))
