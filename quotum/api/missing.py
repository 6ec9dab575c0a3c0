"""Requests that were missed, for a notebook."""

import tempfile
from datetime import date
from pathlib import Path
from typing import Final

import pandas as pd
import pyarrow.parquet as pq
from attrs import asdict, frozen

from quotum.api.arguments import Place, path_or_none, text_or_none, threads_or_none, told_plainly
from quotum.api.frames import frame
from quotum.api.page import as_html
from quotum.api.runs import Run, folder_of
from quotum.output.list_folder import file_name
from quotum.output.missed import Kind, find_missed
from quotum.output.rerun import Means
from quotum.tables import MISSED

_COLUMNS: Final = ("kind", "persons", "employers", "hours", "cents")


@frozen(eq=False, repr=False)
class MissedPeople:
    """People for whom the LKV was not asked, and people asked for who were never registered (Wtl 2.1, 4.7)."""

    totals: pd.DataFrame
    """A row per kind, `not_asked` and `never_registered`: persons, employers, hours, and the cents that hang on it."""
    people: pd.DataFrame
    """A row per employer and person, with the columns of the table `missed`; it holds RSINs and BSNs."""
    correct_until: date
    """Last day on which a return can be corrected for the decision."""
    simulation: bool
    """Whether the run is a simulation."""

    def __repr__(self) -> str:
        """Numbers of people; nobody's number."""
        return f"<{self._title()}>"

    def _title(self) -> str:
        mark = "SIMULATION, " if self.simulation else ""
        counts = ", ".join(f"{kind} {persons}" for kind, persons in zip(*self._counts(), strict=True))
        return f"MissedPeople: {mark}{counts}; returns can be corrected until {self.correct_until}"

    def _counts(self) -> tuple[list[str], list[int]]:
        return self.totals["kind"].tolist(), self.totals["persons"].tolist()

    def _repr_html_(self) -> str:
        return as_html(self._title(), [self.totals])


@told_plainly
def missed(
    run: Run | Place, archive: Place | None = None, *, threads: int | None = None, memory_limit: str | None = None
) -> MissedPeople:
    """Finds people in service for whom the LKV was not asked, and people asked for who were never registered.

    Args:
        run: A run, or its folder; it is only read.
        archive: Folder of the archive; the place that the run notes when None.
        threads: Number of threads; all when None.
        memory_limit: Most memory for computing, such as "4GB".

    Raises:
        QuotumError: The run or the archive is not there, was altered, or has no register.
    """
    folder = folder_of(run)
    means = Means(
        archive=path_or_none("archive", archive),
        threads=threads_or_none(threads),
        memory_limit=text_or_none("memory_limit", memory_limit),
    )
    with tempfile.TemporaryDirectory() as scratch:
        sums = find_missed(folder, Path(scratch) / "missed", means)
        name = file_name(f"{MISSED.name}.parquet", simulation=sums.simulation)
        people = frame(pq.read_table(Path(scratch) / "missed" / name))
    return MissedPeople(_totals(sums.kinds), people, sums.correct_until, sums.simulation)


def _totals(kinds: tuple[Kind, ...]) -> pd.DataFrame:
    rows = [{"kind": row.pop("name"), **row} for row in map(asdict, kinds)]
    return pd.DataFrame(rows, columns=list(_COLUMNS))
