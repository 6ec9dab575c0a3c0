"""Keeping what one pass over the rows gave, beside the archive and by digest: made once, checked when read.

`bases/<digest>/` in the archive holds it; whoever throws it away loses time only. Where
the archive cannot be written, a folder for the time being stands in.
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
    """SHA-256 over all that the rows are brought together from: deliveries in their order, dates and code.

    Args:
        request: What is asked; of it the year and the days count.
        archive: The archive as known.
        more: What else bears on it, such as the digest of a second register.
    """
    derived = [[one.table, one.year, one.sha256] for receipt in archive.receipts for one in receipt.tables]
    out = [str(as_named(one)) for one in archive.withdrawals]
    more = (*more, out) if out else more
    content = [_FORMAT, request.year, str(request.as_of), str(request.known_on), derived, code_digest(), list(more)]
    return short_digest(content)


def short_digest(content: object) -> str:
    """SHA-256 over content that JSON can hold."""
    return sha256(json.dumps(content, sort_keys=True, default=str).encode()).hexdigest()


@frozen
class Shelf:
    """A folder with kept files, each beside its digest."""

    folder: Path
    """The folder."""

    def get(self, name: str, make: Callable[[Path], None]) -> Path:
        """A kept file; made when it is not there, or not as it was written.

        Args:
            name: Name of the file.
            make: Writes it at the path it is given.

        Raises:
            CannotWrite: There is no permission or no room.
        """
        path, seal = self.folder / name, self.folder / f"{name}.sha256"
        if path.is_file() and seal.is_file() and seal.read_text("utf-8") == _digest(path):
            return path
        with writing(self.folder), scratch_folder(self.folder, "partial") as partial:
            made = partial / name
            make(made)
            made.chmod(OWNER_FILE)
            written = partial / seal.name
            written.write_text(_digest(made), "utf-8")
            written.chmod(OWNER_FILE)
            seal.unlink(missing_ok=True)
            made.replace(path)
            written.replace(seal)
            for each in (path, seal):
                give_to_owner(each)
        return path


@contextmanager
def shelf_of(archive: Known, digest: str) -> Iterator[Shelf]:
    """The shelf of a digest in the folder of an archive; one for the time being where that cannot be written."""
    folder = archive.layout.bases / digest
    try:
        for each in (archive.layout.bases, folder):
            make_folder(each)
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
