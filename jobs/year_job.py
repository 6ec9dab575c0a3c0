"""A job over a settled year: its folder, its lock, its steps in order, which are done once."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import frozen

from jobs import words
from jobs.log import Field, Log
from jobs.options import now, stopped_in_order
from quotum.errors import CannotWrite, QuotumError, WrongUse
from quotum.places import NOT_THERE

if TYPE_CHECKING:
    from quotum.output.payments.debtor import Debtor

_IDENTITY = "job.json"


@frozen
class Payment:
    """The payer and the day of a payment order."""

    debtor: "Debtor"
    """Account that is charged."""
    execution_date: date
    """Day on which the bank is to pay."""


@frozen
class Plan:
    """The plan of a job."""

    job: str
    """`preliminary` or `yearly`."""
    archive: Path
    """Folder of the archive."""
    out: Path
    """Folder in which the job makes its own."""
    year: int
    """Calendar year."""
    as_of: date
    """Returns count as filed by the end of this day."""
    scenarios: tuple[str, ...]
    """Files or names of scenarios."""
    simulation: bool
    """Whether everything must say that it is a simulation."""
    known_on: date | None
    """Deliveries and parameters as known on this day."""
    decided_on: date | None
    """Day of the decision."""
    language: str
    """Language of the report and of the lines of the log."""
    threads: int | None
    """Number of threads."""
    memory_limit: str | None
    """Most memory for computing."""
    before_its_day: bool
    """Whether the as-of day may lie ahead."""
    payment: Payment | None = None
    """The payment order; none is made when None."""
    office: str | None = None
    """Office that decides; no decisions are made when None."""

    @property
    def folder(self) -> Path:
        """Folder of the job; its name says that it is a simulation."""
        from quotum.output.list_folder import file_name

        return self.out / file_name(f"{self.job}-{self.year}", simulation=self.simulation)

    @property
    def run(self) -> Path:
        """Folder of the run."""
        return self.folder / "run"


@frozen
class StepResult:
    """The result of a step."""

    message: str
    """Its message for people."""
    fields: Mapping[str, Field]
    """Its figures for programs."""
    code: int = 0
    """Exit code: 0, or 3 when something was set aside."""
    remarks: tuple[str, ...] = ()
    """Remarks for the operator."""


@frozen
class Step:
    """A step of a job."""

    name: str
    """A single word."""
    earlier_result: Callable[[Plan], StepResult | None]
    """Gives its result when it was done before; None when it is still to be done."""
    take: Callable[[Plan, Log], StepResult]
    """Does it: whole or not at all, or so that it goes on when it is done again."""


def last_year() -> int:
    """The calendar year before the present one."""
    return now().year - 1


def work(plan: Plan, steps: Sequence[Step], log: Log) -> int:
    """Do every step that is still to be done, with a log line each, and give the exit code.

    Raises:
        QuotumError: A step failed, with its exit code; the job goes on from there when it is started again.
    """
    stopped_in_order()
    code = 0
    try:
        _require_sound(plan)
        with _hold(plan) as free:
            if not free:
                log.line("info", "busy", words.BUSY.sentence(folder=plan.folder), {})
                return 0
            for step in steps:
                code = max(code, _do(plan, step, log))
    except QuotumError as error:
        log.failed(error)
        raise
    log.line("info", "finished", words.FINISHED.sentence(code=code), {"code": code, "folder": str(plan.folder)})
    log.require_written()
    return code


def _do(plan: Plan, step: Step, log: Log) -> int:
    """Do a step that is still to be done, and log its result; gives the exit code."""
    result = step.earlier_result(plan)
    before = result is not None
    if result is None:
        result = step.take(plan, log)
    for remark in result.remarks:
        log.line("warning", "remark", remark, {"step": step.name, "remark": remark})
    message = (words.DONE_BEFORE if before else words.STEP).sentence(name=step.name, said=result.message)
    fields: dict[str, Field] = {"before": before, **result.fields}
    log.line("warning" if result.code else "info", step.name, message, fields)
    return result.code


def _require_sound(plan: Plan) -> None:
    """Require what can be known before anything is done.

    Raises:
        WrongUse: The day has not come, or the options do not go together.
        ArchiveLacks: The archive is not there: a job makes none.
    """
    from quotum.archive.layout import existing

    if now().date() <= plan.as_of and not plan.before_its_day:
        raise WrongUse(words.DAY_NOT_OVER.sentence(day=plan.as_of))
    if plan.scenarios and not plan.simulation:
        raise WrongUse(words.SCENARIO_SIMULATES.sentence())
    if plan.decided_on and plan.decided_on < plan.as_of:
        raise WrongUse(words.DECIDED_BEFORE.sentence(day=plan.decided_on, as_of=plan.as_of))
    if plan.payment and plan.payment.execution_date < (plan.decided_on or plan.as_of):
        raise WrongUse(words.EXECUTED_BEFORE.sentence())
    existing(plan.archive)
    if not plan.out.is_dir():
        raise CannotWrite(NOT_THERE.sentence(parent=plan.out))


@contextmanager
def _hold(plan: Plan) -> Iterator[bool]:
    """Hold the folder of a job; yields False when another job is at work in it.

    Raises:
        WrongUse: It holds a job with other options, or something else.
        CannotWrite: It cannot be made.
    """
    from quotum.archive.layout import claimed_folder

    with claimed_folder(plan.folder) as free:
        if free:
            _begin(plan)
        yield free


def _begin(plan: Plan) -> None:
    """Say in the folder which job it is; leaves another job alone, unless nothing came of that yet."""
    from quotum.archive.layout import write_durably, writing
    from quotum.run_folder.bag import json_bytes

    place, content = plan.folder / _IDENTITY, json_bytes(_identity(plan))
    if place.is_file() and (plan.run.exists() or place.read_bytes() == content):
        if place.read_bytes() != content:
            options = ", ".join(_differing(place, _identity(plan)))
            raise WrongUse(words.OTHER_OPTIONS.sentence(folder=plan.folder, file=_IDENTITY, options=options))
        return
    if any(not path.name.startswith(".") and path != place for path in plan.folder.iterdir()):
        raise WrongUse(words.HOLDS_OTHER.sentence(folder=plan.folder))
    with writing(plan.folder):
        write_durably(place, content)


_OPTIONS = {"scenarios": "--scenario", "debtor": "--debtor-name, --debtor-iban, --debtor-bic"}
"""Options by their name in the identity, where that is another."""


def _differing(place: Path, asked: dict[str, object]) -> list[str]:
    """Options of which a folder holds other values than are asked; its file when that cannot be read."""
    try:
        held = json.loads(place.read_bytes())
        names = [name for name in asked if held.get(name) != asked[name] and name not in ("format", "job")]
    except (ValueError, AttributeError):
        return [place.name]
    return [_OPTIONS.get(name, f"--{name.replace('_', '-')}") for name in names] or [place.name]


def _identity(plan: Plan) -> dict[str, object]:
    """Identity of a job: every option on which a result depends."""
    payment = plan.payment
    return {
        "format": 1,
        "job": plan.job,
        "year": plan.year,
        "as_of": plan.as_of.isoformat(),
        "scenarios": [_scenario(source) for source in plan.scenarios],
        "simulation": plan.simulation,
        "known_on": plan.known_on and plan.known_on.isoformat(),
        "decided_on": plan.decided_on and plan.decided_on.isoformat(),
        "language": plan.language,
        "office": plan.office,
        "debtor": payment and [payment.debtor.name, payment.debtor.iban, payment.debtor.bic],
        "execution_date": payment and payment.execution_date.isoformat(),
    }


def _scenario(source: str) -> str:
    """Name of a scenario, or the digest of its file."""
    path = Path(source)
    return sha256(path.read_bytes()).hexdigest() if path.is_file() else source


__all__ = ["Payment", "Plan", "Step", "StepResult", "last_year", "work"]
