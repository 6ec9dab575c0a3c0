"""Batches: folders of documents for a thousand sequence numbers; a folder gets its name once it is whole."""

import os
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from itertools import groupby
from pathlib import Path
from typing import Final

from attrs import frozen

from quotum.archive.hashing import digest_of
from quotum.archive.layout import SEALED_FILE, SEALED_FOLDER, open_for_owner, sync_folder, writing
from quotum.engine.scratch import scratch_folder
from quotum.errors import CannotCertify
from quotum.identifiers import masked
from quotum.output.decisions.decision import Decision, Terms
from quotum.output.decisions.page import as_page
from quotum.output.decisions.record import as_json
from quotum.output.list_folder import file_name

SIZE: Final = 1_000
"""Sequence numbers in a folder."""
_MANIFEST: Final = "manifest-sha256.txt"


@frozen
class Batch:
    """A folder of documents that is whole."""

    folder: str
    """Its name: the first and last sequence number that fit in it."""
    decisions: int
    """Employers in it; each has a page and a record."""
    sha256: str
    """Digest of its manifest, which has the digests of the documents."""


def decisions_by_folder(decisions: Iterable[Decision]) -> Iterator[tuple[str, Iterator[Decision]]]:
    """Decisions by the folder they belong in.

    Args:
        decisions: In order of sequence number.
    """
    return groupby(decisions, key=lambda decision: _folder(decision.number))


def write_batch(out: Path, folder: str, terms: Terms, decisions: Iterable[Decision]) -> Batch:
    """Write a folder of documents; it gets its name when every document is in it.

    Raises:
        CannotWrite: There is no permission or no room; nothing of the folder is left.
    """
    with writing(out), scratch_folder(out, "partial") as partial:
        digests: dict[str, str] = {}
        for decision in decisions:
            for name, content in _documents(terms, decision):
                digests[name] = _write(partial / name, content)
        _write(partial / _MANIFEST, _manifest(digests))
        sync_folder(partial)
        partial.chmod(SEALED_FOLDER)
        partial.rename(out / folder)
        sync_folder(out)
    return Batch(folder, len(digests) // 2, digest_of(out / folder / _MANIFEST))


def finished_batch(out: Path, folder: str) -> Batch | None:
    """Check a folder against its manifest; None when it is not there.

    Raises:
        CannotCertify: A document is missing, altered or too many.
    """
    place = out / folder
    if not place.is_dir():
        return None
    try:
        raw = (place / _MANIFEST).read_bytes()
        digests = {name: digest for digest, name in (line.split("  ", 1) for line in raw.decode().splitlines())}
        documents = {path.name: digest_of(path) for path in place.iterdir() if path.name != _MANIFEST}
    except (OSError, ValueError, TypeError) as error:
        raise _alteration(place) from error
    if documents != digests or raw != _manifest(digests):
        raise _alteration(place)
    return Batch(folder, len(digests) // 2, sha256(raw).hexdigest())


def _alteration(place: Path) -> CannotCertify:
    return CannotCertify(
        f"{masked(str(place))}: its documents are not those that its manifest names; where none of them was sent, "
        "take the folder away and run the same command again: it is made anew"
    )


def _folder(number: int) -> str:
    first = (number - 1) // SIZE * SIZE
    return f"{first + 1:07d}-{first + SIZE:07d}"


def _documents(terms: Terms, decision: Decision) -> Iterator[tuple[str, bytes]]:
    """Files of a decision, named by the sequence number of the employer."""
    yield file_name(f"{decision.number:07d}.html", simulation=terms.simulation), as_page(terms, decision)
    yield file_name(f"{decision.number:07d}.json", simulation=terms.simulation), as_json(terms, decision)


def _write(path: Path, content: bytes) -> str:
    """Write a file that only its owner can read; gives its digest."""
    with open_for_owner(path) as stream:
        stream.write(content)
        os.fchmod(stream.fileno(), SEALED_FILE)
    return sha256(content).hexdigest()


def _manifest(digests: Mapping[str, str]) -> bytes:
    return "".join(f"{digests[name]}  {name}\n" for name in sorted(digests)).encode()


__all__ = ["SIZE", "Batch", "decisions_by_folder", "finished_batch", "write_batch"]
