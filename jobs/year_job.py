"""A job over a settled year: its folder, its lock, its steps in order, each of them done once."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import frozen

from jobs.log import Field, Log
from jobs.options import now, stopped_in_order
from quotum.errors import CannotWrite, QuotumError, WrongUse

if TYPE_CHECKING:
    from quotum.output.payments.debtor import Debtor

_IDENTITY = "job.json"


@frozen
class Payment:
    """Who pays, and when."""

    debtor: "Debtor"
    """Account that is charged."""
    execution_date: date
    """Day on which the bank is to pay."""


@frozen
class Plan:
    """What a job is asked to do."""

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
    """Language of the report."""
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
class Told:
    """What a step says of itself."""

    said: str
    """For people."""
    fields: Mapping[str, Field]
    """For programs."""
    code: int = 0
    """Exit code: 0, or 3 when something was set aside."""
    remarks: tuple[str, ...] = ()
    """What the operator must look at."""


@frozen
class Step:
    """A step of a job."""

    name: str
    """In one word."""
    there: Callable[[Plan], Told | None]
    """What is said of it when it was done before; None when it is still to be done."""
    take: Callable[[Plan, Log], Told]
    """Do it: whole or not at all, or so that it goes on when it is done again."""


def last_year() -> int:
    """The calendar year before the present one."""
    return now().year - 1


def work(plan: Plan, steps: Sequence[Step], log: Log) -> int:
    """Do every step that is still to be done, with a log line each; gives the exit code.

    Raises:
        QuotumError: A step failed, with its exit code; the job goes on from there when it is started again.
    """
    stopped_in_order()
    code = 0
    try:
        _require_sound(plan)
        with _held(plan) as mine:
            if not mine:
                log.line("info", "busy", f"another job is at work in {plan.folder}; nothing done", {})
                return 0
            for step in steps:
                code = max(code, _taken(plan, step, log))
    except QuotumError as error:
        log.failed(error)
        raise
    log.line("info", "finished", f"finished with code {code}", {"code": code, "folder": str(plan.folder)})
    log.require_written()
    return code


def _taken(plan: Plan, step: Step, log: Log) -> int:
    told = step.there(plan)
    before = told is not None
    if told is None:
        told = step.take(plan, log)
    for remark in told.remarks:
        log.line("warning", "remark", remark, {"step": step.name, "remark": remark})
    said = f"{step.name}: {'done before: ' if before else ''}{told.said}"
    fields: dict[str, Field] = {"before": before, **told.fields}
    log.line("warning" if told.code else "info", step.name, said, fields)
    return told.code


def _require_sound(plan: Plan) -> None:
    """What can be known before anything is done.

    Raises:
        WrongUse: The day has not come, or the options do not go together.
        ArchiveLacks: The archive is not there: a job makes none.
    """
    from quotum.archive.layout import existing

    if now().date() <= plan.as_of and not plan.before_its_day:
        raise WrongUse(
            f"the as-of day {plan.as_of} is not over, and returns that are filed on it count: nothing was done. Start "
            "the job after it, or give --before-its-day"
        )
    if plan.scenarios and not plan.simulation:
        raise WrongUse("a scenario makes a simulation: give --simulation, or leave --scenario out; nothing was done")
    if plan.decided_on and plan.decided_on < plan.as_of:
        raise WrongUse(f"--decided-on {plan.decided_on} lies before the as-of day {plan.as_of}; nothing was done")
    if plan.payment and plan.payment.execution_date < (plan.decided_on or plan.as_of):
        raise WrongUse("--execution-date lies before the day of the decision or the as-of day; nothing was done")
    existing(plan.archive)
    if not plan.out.is_dir():
        raise CannotWrite(f"{plan.out} is not there; make the folder first")


@contextmanager
def _held(plan: Plan) -> Iterator[bool]:
    """Hold the folder of a job; yields False when another job is at work in it.

    Raises:
        WrongUse: It holds a job with other options, or something else.
        CannotWrite: It cannot be made.
    """
    from quotum.archive.layout import claimed_folder

    with claimed_folder(plan.folder) as mine:
        if mine:
            _begin(plan)
        yield mine


def _begin(plan: Plan) -> None:
    """Say in the folder which job it is; another one is left alone, unless nothing came of it yet."""
    from quotum.archive.layout import write_durably, writing
    from quotum.run_folder.bag import json_bytes

    place, content = plan.folder / _IDENTITY, json_bytes(_identity(plan))
    if place.is_file() and (plan.run.exists() or place.read_bytes() == content):
        if place.read_bytes() != content:
            raise WrongUse(
                f"{plan.folder} holds this job with other options ({_IDENTITY} has them); give the same ones to go on, "
                "or name another folder with --out"
            )
        return
    if any(not path.name.startswith(".") and path != place for path in plan.folder.iterdir()):
        raise WrongUse(f"{plan.folder} exists and holds something else; name another folder with --out")
    with writing(plan.folder):
        write_durably(place, content)


def _identity(plan: Plan) -> dict[str, object]:
    """What makes a job this job: every option on which a result depends."""
    payment = plan.payment
    return {
        "format": 1,
        "job": plan.job,
        "year": plan.year,
        "as_of": plan.as_of.isoformat(),
        "scenarios": [_scenario(one) for one in plan.scenarios],
        "simulation": plan.simulation,
        "known_on": plan.known_on and plan.known_on.isoformat(),
        "decided_on": plan.decided_on and plan.decided_on.isoformat(),
        "language": plan.language,
        "office": plan.office,
        "debtor": payment and [payment.debtor.name, payment.debtor.iban, payment.debtor.bic],
        "execution_date": payment and payment.execution_date.isoformat(),
    }


def _scenario(source: str) -> str:
    """A scenario by its name, or by what is in its file."""
    path = Path(source)
    return sha256(path.read_bytes()).hexdigest() if path.is_file() else source


__all__ = ["Payment", "Plan", "Step", "Told", "last_year", "work"]
