"""What a settlement is made from, read and checked before anything is computed."""

from collections.abc import Iterable, Mapping
from typing import Generic, TypeVar

from attrs import evolve, frozen

from quotum.archive.known import Known, known
from quotum.archive.layout import existing
from quotum.errors import ArchiveLacks, WrongUse
from quotum.law import calendar_days
from quotum.law.wfsv.job_count import COUNTED, chosen_baseline
from quotum.parameters import Figures, Scenario, ScenarioFiles, load_book, merge_scenarios, read_scenario
from quotum.periods import BASELINE_YEAR
from quotum.run import words
from quotum.run.stages import in_order as stages
from quotum.run.terms import Terms, read_terms
from quotum.run_folder.request import Request
from quotum.tables import (
    ALLOCATIONS,
    DECLARATIONS,
    DEDUCTIONS,
    EMPLOYERS,
    REGISTER,
    TRAITS,
    TRANSFERS,
    WAGE_BILLS,
    Table,
)
from quotum.words import Text

USED = (REGISTER, EMPLOYERS, WAGE_BILLS, TRAITS, DECLARATIONS)
OPTIONAL = (TRANSFERS, DEDUCTIONS)
NOT_USED = (ALLOCATIONS,)
WITHOUT_OPTIONAL = {name: text.sentence() for name, text in words.WITHOUT_OPTIONAL.items()}


T = TypeVar("T")


@frozen
class Prepared(Generic[T]):
    """Everything read and checked before anything is computed, with the figures of a regime."""

    request: Request
    """What was asked."""
    archive: Known
    """The archive as known."""
    figures: Figures
    """The parameters, with those read so far."""
    scenario: Scenario | None
    """The merged scenarios."""
    terms: T
    """The figures of the year."""
    remarks: tuple[str, ...]
    """What the user should know: overriding scenarios, missing deliveries."""
    late: tuple[str, ...] = ()
    """Legal days that the decision is later than; noted in the run too."""
    unused: tuple[str, ...] = ()
    """Deliveries of which nothing is read: said with the first run of a year, or when asked."""


def prepare(request: Request, files: ScenarioFiles | None = None, archive: Known | None = None) -> Prepared[Terms]:
    """Read parameters and the archive's receipts, and refuse what cannot be settled.

    Args:
        request: What was asked.
        files: Finds the files of scenarios and remembers them; those on disk when None.
        archive: The archive as known; read at its place when None.

    Raises:
        QuotumError: Each with its exit code.
    """
    figures, scenario, overriding = read_figures(request, files)
    _read_all(figures, request.year)
    if archive is None:
        archive = evolve(known(existing(request.archive), request.known_on), strict=request.strict)
    return prepare_from(request, archive, figures, scenario, overriding)


def prepare_from(
    request: Request, archive: Known, figures: Figures, scenario: Scenario | None, overriding: tuple[str, ...] = ()
) -> Prepared[Terms]:
    """What a settlement is made from, when figures and archive are read already.

    Raises:
        QuotumError: Each with its exit code.
    """
    terms = _read_all(figures, request.year)
    require_returns(request, archive, request.year)
    require_baseline(request, archive)
    late = late_decision(request)
    remarks = (*overriding, *_lacking(archive), *late)
    return Prepared(request, archive, figures, scenario, terms, remarks, late, _unused(archive))


def _read_all(figures: Figures, year: int) -> Terms:
    """The terms of a year, after every figure that the stages take was read: all that lack are named at once."""
    with figures.naming_all_missing():
        terms = read_terms(figures, year)
        stages.pension_limits(year, figures)
    return terms


def read_figures(
    request: Request, files: ScenarioFiles | None = None
) -> tuple[Figures, Scenario | None, tuple[str, ...]]:
    """The parameters as the scenarios of a request set them, the merged scenario, and what a later one overrode.

    Args:
        request: What was asked.
        files: Finds the files of scenarios and remembers them; those on disk when None.

    Raises:
        QuotumError: A scenario is wrong, or asks for what a settlement cannot take into account.
    """
    book = load_book()
    chosen = [read_scenario(name, book, files) for name in request.scenarios]
    scenario, overriding = merge_scenarios(chosen, book) if chosen else (None, ())
    if scenario is not None and scenario.extra_registrations is not None:
        raise WrongUse("[files] extra_registrations: this version of quotum does not read it yet")
    if scenario is not None and scenario.regions:
        raise WrongUse("[regions] belongs to a simulation of policy: a settlement cannot take it into account")
    figures = Figures(book, request.known_on, scenario)
    ignored = [name for name in _policy_names(scenario) if figures.is_set(name)]
    if ignored:
        raise WrongUse(f"{ignored[0]} belongs to a simulation of policy: a settlement cannot take it into account")
    return figures, scenario, tuple(overriding)


def require_returns(request: Request, archive: Known, year: int, purpose: str = "") -> None:
    """The archive holds returns of a year.

    Raises:
        ArchiveLacks: It holds none.
    """
    if year not in archive.years():
        known_by = words.KNOWN_ON.sentence(day=request.known_on) if request.known_on else ""
        lacks = words.NO_RETURNS.sentence(archive=request.archive, year=year, known=known_by, purpose=purpose)
        raise ArchiveLacks(lacks)


def require_baseline(request: Request, archive: Known) -> None:
    """A baseline that is to be counted can be.

    Raises:
        ArchiveLacks: The archive holds no returns of 2012.
    """
    if request.baseline == COUNTED and BASELINE_YEAR not in archive.years():
        chosen_baseline(COUNTED, None)


def late_decision(request: Request) -> tuple[str, ...]:
    """A remark when the decision is later than the law has it."""
    decided_on, year = request.decided_on, request.year
    if decided_on is None or not calendar_days.decided_late(year, decided_on):
        return ()
    last = calendar_days.last_day_of_decision(year)
    return (words.DECIDED_LATE.sentence(day=decided_on, last=last, year=year),)


def _policy_names(scenario: Scenario | None) -> list[str]:
    settings = scenario.settings if scenario else ()
    return [setting.name for setting in settings if setting.name.startswith("policy.")]


def _lacking(archive: Known) -> list[str]:
    return lacking_of(archive, USED, words.WITHOUT)


def _unused(archive: Known) -> tuple[str, ...]:
    return tuple(words.ONLY_LEVY_USES.sentence(table=table.name) for table in NOT_USED if archive.latest(table))


def lacking_of(archive: Known, used: Iterable[Table], without: Mapping[str, Text]) -> list[str]:
    """What does not happen for lack of deliveries, in words.

    Args:
        archive: The archive as known.
        used: Tables that are used when they are there.
        without: What does not happen without each, by name.
    """
    return [
        words.NOT_DELIVERED.sentence(table=table.name, without=without[table.name].sentence())
        for table in used
        if archive.latest(table) is None
    ]


__all__ = [
    "OPTIONAL",
    "USED",
    "WITHOUT_OPTIONAL",
    "Prepared",
    "lacking_of",
    "prepare",
    "prepare_from",
    "read_figures",
    "require_baseline",
    "require_returns",
]
