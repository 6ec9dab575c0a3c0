"""Shelf for the result of a pass over the rows, beside the archive and by digest: made once, checked when read.

`bases/<digest>/` in the archive holds it; removing it only costs time. Where the archive cannot be written, a
temporary folder replaces it.
"""

import json
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import file_digest, sha256
from pathlib import Path

from attrs import frozen

from quotum.archive.known import Known
from quotum.archive.layout import OWNER_FILE, give_to_owner, make_folder, writing
from quotum.archive.withdrawals import as_named
from quotum.engine.scratch import scratch_folder
from quotum.simulate.request import SimulationRequest
from quotum.version import code_digest

_FORMAT = 1


def digest_of_inputs(request: SimulationRequest, archive: Known, *more: object) -> str:
    """Returns the SHA-256 over everything behind the kept rows: deliveries in order, dates and code.

    Args:
        request: The request; its year and days count.
        archive: The archive as known.
        more: Other inputs, such as the digest of a second register.
    """
    derived = [[table.table, table.year, table.sha256] for receipt in archive.receipts for table in receipt.tables]
    out = [str(as_named(receipt)) for receipt in archive.withdrawals]
    more = (*more, out) if out else more
    content = [_FORMAT, request.year, str(request.as_of), str(request.known_on), derived, code_digest(), list(more)]
    return short_digest(content)


def short_digest(content: object) -> str:
    """Returns the SHA-256 over content that JSON can hold."""
    return sha256(json.dumps(content, sort_keys=True, default=str).encode()).hexdigest()


@frozen
class Shelf:
    """A folder of kept files, each with its digest in a file beside it."""

    folder: Path
    """The folder."""

    def get(self, name: str, make: Callable[[Path], None]) -> Path:
        """Returns a kept file; makes it when it is missing or altered.

        Args:
            name: Name of the file.
            make: Writes the file at a given path.

        Raises:
            CannotWrite: Permission or room is lacking.
        """
        path, seal = self.folder / name, self.folder / f"{name}.sha256"
        if path.is_file() and seal.is_file() and seal.read_text("utf-8") == _digest(path):
            return path
        with writing(self.folder), scratch_folder(self.folder, "partial") as partial:
            new_file = partial / name
            make(new_file)
            new_file.chmod(OWNER_FILE)
            new_seal = partial / seal.name
            new_seal.write_text(_digest(new_file), "utf-8")
            new_seal.chmod(OWNER_FILE)
            seal.unlink(missing_ok=True)
            new_file.replace(path)
            new_seal.replace(seal)
            for file in (path, seal):
                give_to_owner(file)
        return path


@contextmanager
def shelf_of(archive: Known, digest: str) -> Iterator[Shelf]:
    """Yields the shelf of a digest in the folder of an archive, or a temporary shelf where that cannot be written."""
    folder = archive.layout.bases / digest
    try:
        for parent in (archive.layout.bases, folder):
            make_folder(parent)
        shutil.rmtree(tempfile.mkdtemp(prefix=".try-", dir=folder))
    except OSError:
        with scratch_folder(None, "base") as temporary:
            yield Shelf(temporary)
        return
    yield Shelf(folder)


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return file_digest(stream, "sha256").hexdigest()


__all__ = ["Shelf", "digest_of_inputs", "shelf_of", "short_digest"]
