"""A finished run as it describes itself in `run.json`: all that is needed to repeat it, beside the archive."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from attrs import frozen

from quotum.archive.run_view import RunInputs
from quotum.archive.withdrawals import NamedWithdrawal
from quotum.errors import CannotCertify, ParameterFileWrong, WrongUse
from quotum.identifiers import masked
from quotum.parameters import Figures, Scenario, Setting, figures_from_record
from quotum.run_folder import words
from quotum.run_folder.bag import ENVIRONMENT, RUN_RECORD, looks_like_run, looks_like_simulation
from quotum.run_folder.record import years_read
from quotum.run_folder.request import Request

FORMAT = 1


@frozen
class Input:
    """A delivery that a run read."""

    kind: str
    """Kind of delivery."""
    sha256: str
    """Digest of its bytes."""
    size: int
    """Number of bytes."""


@frozen
class Finished:
    """What a run says of itself."""

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
    baseline: str | None
    """Which baseline decided; None when the run does not say."""
    simulation: bool
    """Whether a scenario set any parameter."""
    scenario: Scenario | None
    """The merged scenarios."""
    figures: Figures
    """Its parameters, and no others."""
    inputs: tuple[Input, ...]
    """The deliveries it read."""
    version: str
    """Version of quotum that made it."""
    code: str
    """Digest of the code that made it."""
    withdrawals: tuple[NamedWithdrawal, ...] = ()
    """The withdrawals that it took into account."""

    @property
    def named(self) -> RunInputs:
        """The deliveries and withdrawals that it names."""
        return RunInputs(frozenset((delivery.kind, delivery.sha256) for delivery in self.inputs), self.withdrawals)

    @property
    def digests(self) -> frozenset[str]:
        """Digests of the deliveries it read."""
        return frozenset(delivery.sha256 for delivery in self.inputs)

    @property
    def years(self) -> tuple[int, ...]:
        """Calendar years whose returns it surely read where they were there."""
        return years_read(self.year)

    def request(self, archive: Path, out: Path, threads: int | None, memory_limit: str | None) -> Request:
        """The same request again."""
        return Request(
            archive=archive,
            year=self.year,
            as_of=self.as_of,
            out=out,
            regime=self.regime,
            known_on=self.known_on,
            decided_on=self.decided_on,
            baseline=self.baseline,
            threads=threads,
            memory_limit=memory_limit,
        )


def require_run(folder: Path) -> None:
    """A folder is a run, which may be damaged.

    Raises:
        WrongUse: It is something else.
    """
    if looks_like_simulation(folder):
        raise WrongUse(
            f"{masked(str(folder))} is a simulation, no run: it settles nothing. `quotum verify` and `quotum replay` "
            "check it; its figures are in index.html and comparison.csv"
        )
    if not looks_like_run(folder):
        raise WrongUse(words.NO_RUN.sentence(place=masked(str(folder))))


def read_finished(folder: Path) -> Finished:
    """Reads the record of a run; `verify` says whether it was altered.

    Raises:
        CannotCertify: Its record cannot be read.
    """
    try:
        record = json.loads((folder / RUN_RECORD).read_text("utf-8"))
        if record["format"] != FORMAT:
            other = words.OTHER_FORMAT.sentence(
                file=RUN_RECORD, found=record["format"], known=FORMAT, version=record["code"]["version"]
            )
            raise CannotCertify(other)
        return _structured(record)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, ParameterFileWrong) as error:
        raise CannotCertify(words.RECORD_UNREADABLE.sentence(file=RUN_RECORD)) from error


def _structured(record: Mapping[str, Any]) -> Finished:
    scenario = None
    if record["scenario"] is not None:
        title, values = record["scenario"]["title"], record["scenario"]["set"]
        settings = tuple(Setting(name, text, title) for name, text in values.items())
        scenario = Scenario(title, record["scenario"]["note"], settings)
    set_names = tuple(setting.name for setting in scenario.settings) if scenario else ()
    return Finished(
        year=int(record["year"]),
        as_of=date.fromisoformat(record["as_of"]),
        known_on=_day(record["known_on"]),
        decided_on=_day(record["decided_on"]),
        regime=record["regime"],
        baseline=record.get("baseline_source"),
        simulation=record["simulation"],
        scenario=scenario,
        figures=figures_from_record(record["parameters"], set_names, record["simulation"]),
        inputs=tuple(Input(delivery["kind"], delivery["sha256"], delivery["bytes"]) for delivery in record["inputs"]),
        version=record["code"]["version"],
        code=record["code"]["sha256"],
        withdrawals=withdrawals_of(record),
    )


def withdrawals_of(record: Mapping[str, Any]) -> tuple[NamedWithdrawal, ...]:
    """The withdrawals that a run took into account, by its record."""
    return tuple(
        NamedWithdrawal(
            datetime.fromisoformat(withdrawal["received"]), tuple(withdrawal["deliveries"]), withdrawal["messages"]
        )
        for withdrawal in record.get("withdrawals", ())
    )


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def noted_archive(folder: Path) -> Path | None:
    """Where the archive of a run was by `environment.json`, which no manifest covers."""
    try:
        return Path(json.loads((folder / ENVIRONMENT).read_text("utf-8"))["archive"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
