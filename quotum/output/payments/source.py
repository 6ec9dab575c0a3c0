"""The source of an order: an unaltered run that the archive notes, and the archive as the run read it."""

import json
from pathlib import Path

from attrs import frozen

from quotum.archive.known import Known
from quotum.archive.layout import Layout, existing
from quotum.output import words
from quotum.run_folder.bag import require_unaltered, run_digest
from quotum.run_folder.reader import Finished, read_finished, require_run
from quotum.run_folder.run_archive import archive_place, archive_read, require_noted
from quotum.tables import BONUS_LINES, SETTLEMENT, Table


@frozen
class Source:
    """A run to pay from."""

    folder: Path
    """Folder of the run."""
    digest: str
    """Digest of the run."""
    run: Finished
    """What it says of itself."""
    layout: Layout
    """Its archive."""

    @property
    def settlement(self) -> Path:
        """Its table of employers."""
        return self._table(SETTLEMENT)

    @property
    def bonus_lines(self) -> Path:
        """Its table of employers and persons."""
        return self._table(BONUS_LINES)

    def _table(self, table: Table) -> Path:
        return self.folder / "data" / f"{table.name}.parquet"

    @property
    def payable_cents(self) -> int:
        """What it settled to be paid, over all employers."""
        macro = json.loads((self.folder / "data" / "macro.json").read_text("utf-8"))
        return int(macro["totals"]["payable_cents"])

    def archive(self) -> Known:
        """Its archive as it read it.

        Raises:
            ArchiveLacks: A delivery that it read is not there.
        """
        return archive_read(self.folder, self.run, self.layout.root)


def open_source(folder: Path, archive: Path | None) -> Source:
    """Open a run to pay from.

    Args:
        folder: The run.
        archive: The archive of the run; the place that the run notes when None.

    Raises:
        WrongUse: It is no run.
        CannotCertify: A byte of it was altered, or the archive does not note it.
        ArchiveLacks: The archive is not there.
    """
    require_run(folder)
    require_unaltered(folder, words.NOT_PAID.sentence())
    source = Source(folder, run_digest(folder), read_finished(folder), existing(archive_place(folder, archive)))
    require_noted(folder, source.digest, source.layout, words.NOT_PAID.sentence())
    return source


__all__ = ["Source", "open_source"]
