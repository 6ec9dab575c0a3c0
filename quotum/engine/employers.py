"""Arrow in memory, over the rows of a few employers."""

from collections.abc import Collection, Iterable
from pathlib import Path

import pyarrow as pa

from quotum.engine.arrow import ArrowEngine
from quotum.engine.lookup import EmployerCondition, matching_rows
from quotum.frames import Frame


class EmployerEngine(ArrowEngine):
    """Runs frames in memory, on the rows of some employers only; reads each file once.

    The many small queries of the stages are faster in memory than on DuckDB.
    """

    def __init__(self, employers: Collection[int]) -> None:
        """Chooses the employers.

        Args:
            employers: Employers by RSIN.
        """
        self._employers = EmployerCondition(employers)
        self._read: dict[tuple[str, ...], pa.Table] = {}

    def scan(self, paths: Iterable[Path | str], schema: pa.Schema) -> Frame:
        """Reads the rows of these employers from Parquet files.

        Raises:
            ArchiveLacks: A file is damaged.
        """
        files = tuple(str(path) for path in paths)
        if not files:
            return self.table(schema.empty_table())
        if files not in self._read:
            self._read[files] = matching_rows(files, (self._employers,), schema.names).cast(schema)
        return self.table(self._read[files])
