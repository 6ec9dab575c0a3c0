"""The two runs of a comparison, read after a check of their digests, and refused when they do not match."""

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from attrs import frozen

from quotum.archive.run_view import RunInputs
from quotum.archive.withdrawals import NamedWithdrawal
from quotum.diff import words
from quotum.errors import CannotCertify, WrongUse
from quotum.identifiers import masked
from quotum.run.regimes import regime as regimes
from quotum.run_folder.bag import require_unaltered, run_digest
from quotum.run_folder.reader import noted_archive, require_run, withdrawals_of
from quotum.tables import Table

FIRST, SECOND = "first", "second"
FORMAT = 1
_RECORD = "data/run.json"
_AGREE_ON = ("year", "regime")


@frozen
class Input:
    """A delivery in the inputs of a run."""

    kind: str
    """Kind of delivery."""
    sha256: str
    """Digest of its bytes."""


@frozen
class UsedFigure:
    """A figure in the computation of a run."""

    name: str
    """File and table: `wtl.bonus_rate`."""
    valid_from: str
    """First day of its validity, as text; empty when a scenario set it."""
    value: str
    """The value."""
    source: str
    """Publication of the value; for a scenario its title."""


@frozen
class Side:
    """A run, as it describes itself."""

    folder: Path
    """Folder of the run."""
    digest: str
    """Digest of the run."""
    year: int
    """Calendar year."""
    as_of: date
    """Returns count as filed by the end of this day."""
    known_on: date | None
    """Deliveries and parameters as known on this day."""
    decided_on: date | None
    """Day of the decision."""
    regime: str
    """`as-enacted` or `quota-levy`."""
    simulation: bool
    """Whether a scenario set any parameter."""
    scenario: str | None
    """Title of the scenario."""
    figures: tuple[UsedFigure, ...]
    """Figures of its computation."""
    inputs: frozenset[Input]
    """Deliveries that it read."""
    code: str
    """Digest of the code that made it."""
    version: str
    """Version of quotum that made it."""
    rate_hundredths: int | None
    """Rate of the surcharge, hundredths of a percent point; None under the quota levy."""
    rate_source: str
    """Source of that rate."""
    baseline_source: str | None
    """Baseline of its job count; None when the run does not say."""
    archive: Path | None
    """Place of its archive."""
    withdrawals: tuple[NamedWithdrawal, ...] = ()
    """Withdrawals taken into account."""

    @property
    def settlement(self) -> Table:
        """Declaration of its table of employers."""
        return regimes.named(self.regime).tables[0]

    @property
    def named(self) -> RunInputs:
        """Inputs that it names."""
        return RunInputs(frozenset((delivery.kind, delivery.sha256) for delivery in self.inputs), self.withdrawals)

    def table(self, name: str) -> Path:
        """Returns the file of a table."""
        return self.folder / "data" / f"{name}.parquet"


@frozen
class Pair:
    """Two runs of the same year and regime."""

    first: Side
    """The earlier run, named first."""
    second: Side
    """The later run, named second."""

    @property
    def simulation(self) -> bool:
        """Whether either is a simulation."""
        return self.first.simulation or self.second.simulation


def read_pair(first: Path, second: Path) -> Pair:
    """Reads two runs that can be compared.

    Raises:
        WrongUse: A folder is no run, or the runs are of different years or regimes.
        CannotCertify: A run was altered after it was made.
    """
    pair = Pair(_read(first), _read(second))
    for term in _AGREE_ON:
        first_value, second_value = getattr(pair.first, term), getattr(pair.second, term)
        if first_value != second_value:
            other = words.OTHER_TERM.sentence(
                term=words.TERMS[term].sentence(), first_run=masked(str(first)), first=first_value,
                second_run=masked(str(second)), second=second_value,
            )  # fmt: skip
            raise WrongUse(other)
    return pair


def _read(folder: Path) -> Side:
    require_run(folder)
    require_unaltered(folder, words.SO.sentence())
    record = json.loads((folder / _RECORD).read_text("utf-8"))
    if record["format"] != FORMAT:
        raise CannotCertify(
            f"{masked(str(folder))} is a run of format {record['format']}, this version of quotum knows {FORMAT}: "
            "install a newer quotum"
        )
    macro = json.loads((folder / "data" / "macro.json").read_text("utf-8"))
    return Side(
        folder=folder,
        digest=run_digest(folder),
        year=record["year"],
        as_of=date.fromisoformat(record["as_of"]),
        known_on=_day(record["known_on"]),
        decided_on=_day(record["decided_on"]),
        regime=record["regime"],
        simulation=record["simulation"],
        scenario=None if record["scenario"] is None else record["scenario"]["title"],
        figures=tuple(_used(figure) for figure in record["parameters"]),
        inputs=frozenset(Input(delivery["kind"], delivery["sha256"]) for delivery in record["inputs"]),
        code=record["code"]["sha256"],
        version=record["code"]["version"],
        rate_hundredths=macro.get("rate_hundredths"),
        rate_source=macro.get("rate_source", ""),
        baseline_source=record.get("baseline_source"),
        archive=noted_archive(folder),
        withdrawals=withdrawals_of(record),
    )


def _used(figure: Mapping[str, Any]) -> UsedFigure:
    return UsedFigure(figure["name"], figure["valid_from"] or "", figure["value"], figure["source"])


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
