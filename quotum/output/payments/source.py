"""The source of an order: an unaltered run that the archive notes, and the archive as the run read it."""

import json
from pathlib import Path

from attrs import frozen

from quotum.archive.known import Known, known
from quotum.archive.layout import Layout, existing
from quotum.archive.notes import notes
from quotum.archive.run_view import archive_of_run
from quotum.errors import ArchiveLacks, CannotCertify
from quotum.identifiers import masked
from quotum.run_folder.bag import require_unaltered, run_digest
from quotum.run_folder.reader import Finished, noted_archive, read_finished, require_run
from quotum.run_folder.record import years_read
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
        return archive_of_run(known(self.layout, self.run.known_on), self.run.named, years_read(self.run.year))


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
    require_unaltered(folder, "nothing is paid from it")
    place = archive or noted_archive(folder)
    if place is None:
        raise ArchiveLacks(f"{masked(str(folder))} does not say where its archive is; name it with --archive")
    source = Source(folder, run_digest(folder), read_finished(folder), existing(place))
    if source.digest not in {note.digest for note in notes(source.layout)}:
        raise CannotCertify(
            f"the archive has no note of {masked(str(folder))}: it may have been changed and sealed anew, so nothing "
            "is paid from it. Name the archive that it was settled from with --archive, or settle again to the same "
            "place: the run is compared and noted"
        )
    return source


__all__ = ["Source", "open_source"]
