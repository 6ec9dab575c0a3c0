"""A finished run as frames."""

import json
from functools import cached_property
from pathlib import Path
from typing import Any, Final

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from attrs import frozen

from quotum.api.arguments import Place, choice, path, told_plainly
from quotum.api.frames import frame
from quotum.api.messages import NO_TABLE
from quotum.errors import WrongUse
from quotum.report.fragment import as_fragment
from quotum.report.parts import Page
from quotum.report.reader import Reader
from quotum.report.run_page import summary_of_run
from quotum.run_folder.bag import require_unaltered, run_digest
from quotum.run_folder.reader import require_run
from quotum.words import LANGUAGES

_DIGITS: Final = 16


@frozen(eq=False, slots=False, repr=False)
class Run:
    """A finished run; each frame has the columns of the table of the same name (`quotum.columns`).

    A frame is read, and its digest checked, when it is first asked for.
    """

    folder: Path
    """Folder of the run."""
    year: int
    """Calendar year."""
    as_of: str
    """Returns count as filed by the end of this day."""
    simulation: bool
    """Whether a scenario set any parameter."""
    digest: str
    """Digest of the run."""
    macro: dict[str, Any]
    """What `macro.json` holds; jobs are strings with two decimals."""
    parameters: pd.DataFrame
    """A row per parameter used."""
    summary: Page
    """Its result in sentences, as in its report."""
    language: str = "en"
    """Language of the summary."""
    remarks: tuple[str, ...] = ()
    """What to know of how it was settled just now; empty when it was only read."""

    @cached_property
    def settlement(self) -> pd.DataFrame:
        """A row per employer; under the quota levy with columns of its own."""
        return self._table("settlement")

    @cached_property
    def bonus_lines(self) -> pd.DataFrame:
        """A row per employer and person."""
        return self._table("bonus_lines")

    @cached_property
    def other_lkv_lines(self) -> pd.DataFrame:
        """A row per employer, person and other category."""
        return self._table("other_lkv_lines")

    @cached_property
    def surcharge_lines(self) -> pd.DataFrame:
        """A row per payroll tax number and period of employers that owe."""
        return self._table("surcharge_lines")

    @cached_property
    def quota_lines(self) -> pd.DataFrame:
        """A row per employer: from hours to the variables of the quota levy; of such a run only."""
        return self._table("quota_lines")

    @cached_property
    def quality(self) -> pd.DataFrame:
        """A row per finding."""
        return self._table("quality")

    def _table(self, name: str) -> pd.DataFrame:
        file = f"data/{name}.parquet"
        if not (self.folder / file).exists():
            held = ", ".join(sorted(place.stem for place in (self.folder / "data").glob("*.parquet")))
            raise WrongUse(NO_TABLE.sentence(table=name, held=held or "-"))
        require_unaltered(self.folder, "nothing of it is read", (file,))
        return frame(pq.read_table(self.folder / file))

    def __repr__(self) -> str:
        """Year, day and digest; nobody's number."""
        mark = "SIMULATION, " if self.simulation else ""
        return f"<Run of {self.year}: {mark}as filed by {self.as_of}, digest {self.digest[:_DIGITS]}...>"

    def _repr_html_(self) -> str:
        return as_fragment(self.summary, Reader(self.language))


@told_plainly
def read_run(path: Place, *, language: str = "en") -> Run:
    """Reads a finished run, checked against its digests.

    Args:
        path: Folder of the run.
        language: `en` or `nl`, of its summary.

    Raises:
        WrongUse: It is no run of quotum.
        CannotCertify: A byte of it was altered.
    """
    return run_of(_folder(path), choice("language", language, LANGUAGES))


def run_of(folder: Path, language: str, remarks: tuple[str, ...] = ()) -> Run:
    """A finished run, checked against its digests.

    Args:
        folder: Folder of the run.
        language: `en` or `nl`, of its summary.
        remarks: What to know of how it was settled.

    Raises:
        WrongUse: It is no run of quotum.
        CannotCertify: A byte of it was altered.
    """
    require_run(folder)
    require_unaltered(folder, "nothing of it is read")
    data = folder / "data"
    record = json.loads((data / "run.json").read_text("utf-8"))
    return Run(
        folder=folder,
        year=record["year"],
        as_of=record["as_of"],
        simulation=record["simulation"],
        digest=run_digest(folder),
        macro=json.loads((data / "macro.json").read_text("utf-8")),
        parameters=frame(pa.Table.from_pylist(record["parameters"])),
        summary=summary_of_run(folder, Reader(language)),
        language=language,
        remarks=remarks,
    )


def folder_of(run: Run | Place) -> Path:
    """The folder of a run that is given as an object or by its path.

    Raises:
        WrongUse: It is neither.
    """
    return run.folder if isinstance(run, Run) else path("run", run)


def _folder(place: Place) -> Path:
    return path("path", place)
