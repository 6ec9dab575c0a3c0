"""Arrow in memory over the rows of a few employers, which are looked up in the files."""

from collections.abc import Collection, Iterable
from pathlib import Path

import pyarrow as pa

from quotum.engine.arrow import ArrowEngine
from quotum.engine.lookup import OfAny, looked_up
from quotum.frames import Frame


class OfEmployers(ArrowEngine):
    """Runs frames in memory; of files it reads the rows of some employers alone, each file once.

    The many small queries of the stages take less in memory than on DuckDB.
    """

    def __init__(self, employers: Collection[int]) -> None:
        """Say whose rows are read.

        Args:
            employers: By RSIN.
        """
        super().__init__()
        self._employers = OfAny(employers)
        self._read: dict[tuple[str, ...], pa.Table] = {}

    def scan(self, paths: Iterable[Path | str], schema: pa.Schema) -> Frame:
        """The rows of these employers in Parquet files.

        Raises:
            ArchiveLacks: A file is damaged.
        """
        files = tuple(str(path) for path in paths)
        if not files:
            return self.table(schema.empty_table())
        if files not in self._read:
            self._read[files] = looked_up(files, (self._employers,), schema.names).cast(schema)
        return self.table(self._read[files])
