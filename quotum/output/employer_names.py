"""Names of the employers of a run: a run holds none, so they come from the delivery that it read."""

from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
from attrs import frozen

from quotum.archive import small_tables
from quotum.run_folder.reader import Finished
from quotum.run_folder.run_archive import archive_read


@frozen
class Names:
    """Names of employers by RSIN, in Arrow: those of a country are small."""

    rsins: pa.Array
    """RSIN, whole numbers."""
    names: pa.Array
    """Name, or null."""

    def of(self, rsins: pa.Array) -> list[str | None]:
        """The names of employers, in their order.

        Args:
            rsins: RSIN as nine digits.
        """
        names: list[str | None] = self.names.take(pc.index_in(rsins.cast(pa.int64()), self.rsins)).to_pylist()
        return names


def names_of(employers: pa.Table | None) -> Names:
    """Names of a delivery of employers; nobody has a name where it is None.

    Args:
        employers: As `tables.EMPLOYERS`, each employer once.
    """
    if employers is None:
        return Names(pa.array([], pa.int64()), pa.array([], pa.string()))
    return Names(employers["rsin"].combine_chunks(), employers["name"].combine_chunks())


def names_in_archive(run: Path, finished: Finished, archive: Path | None) -> Names:
    """Names of the employers of a run, in the delivery that it read.

    Args:
        run: Folder of the run.
        finished: What it says of itself.
        archive: Its archive; the place that it notes when None.

    Raises:
        ArchiveLacks: The archive is not there, or lacks what the run read.
    """
    return names_of(small_tables.employers(archive_read(run, finished, archive)))


__all__ = ["Names", "names_in_archive", "names_of"]
