"""A running simulation: the base collected or taken from the shelf, and scenarios computed over it."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from functools import cached_property
from hashlib import file_digest
from pathlib import Path

import pyarrow as pa
from attrs import evolve, field, frozen

from quotum import engine
from quotum.archive import small_tables
from quotum.archive.known import Known, known
from quotum.archive.layout import existing
from quotum.engine.interface import Engine
from quotum.engine.scratch import scratch_folder
from quotum.errors import DeliveryRefused
from quotum.intake.receive import receive
from quotum.run.lkv_terms import LkvTerms, use_month_before
from quotum.run.stages.jobs import few_registered_then
from quotum.run.stages.rows_in_force import People, people_of
from quotum.simulate.country import Country, Lines, load, load_lines
from quotum.simulate.levy import LevyHours, levy_hours
from quotum.simulate.outcome import Outcome, Reckoner
from quotum.simulate.plan import Alternative, Plan
from quotum.simulate.reduce import Base, reduced_base
from quotum.simulate.right_hours import RightHours, lines_of
from quotum.simulate.shelf import Shelf, digest_of_inputs, shelf_of
from quotum.simulate.wider_register import widened_base

STAGES = (
    "base", "in force", "count", "employers", "jobs", "persons", "rights", "scenarios", "sweep", "tables", "write",
)  # fmt: skip
"""Stages of a simulation without kept files, in order."""


@frozen(eq=False)
class _Place:
    """A base with everything derived from it."""

    digest: str
    shelf: Shelf
    people: People
    base: Base
    reckoner: Reckoner
    lines: dict[Path, Lines] = field(factory=dict)
    right_hours: dict[object, RightHours] = field(factory=dict)

    @property
    def country(self) -> Country:
        """Its employers."""
        return self.reckoner.country


class Session:
    """Computes the scenarios of a plan."""

    def __init__(self, plan: Plan, stack: ExitStack, progress: Callable[[str], None]) -> None:
        """Starts a session in which nothing is read yet.

        Args:
            plan: The plan.
            stack: Closes resources at the end.
            progress: Called with the name of each stage as it begins.
        """
        self.plan = plan
        self._stack, self._progress = stack, progress
        self._places: dict[Path | None, _Place] = {}
        self._engine: Engine | None = None

    @property
    def country(self) -> Country:
        """Employers under the register as it is."""
        return self._place(None).country

    @property
    def digests(self) -> tuple[str, ...]:
        """Digests of the bases used, each once, in order."""
        return tuple(sorted(place.digest for place in self._places.values()))

    def levy_hours(self, alternative: Alternative) -> LevyHours | None:
        """Returns hours of both years for a computed scenario under the older regime; None for other scenarios."""
        extra = alternative.scenario.extra_registrations if alternative.scenario else None
        return self._place(extra).reckoner.levy if alternative.figured.levy is not None else None

    def outcome(self, alternative: Alternative) -> Outcome:
        """Computes the outcome of a scenario.

        Raises:
            QuotumError: The scenario cannot be computed.
        """
        extra = alternative.scenario.extra_registrations if alternative.scenario else None
        place = self._place(extra)
        jobs_of = place if alternative.figured.policy.working_count_as_extra else self._place(None)
        if alternative.figured.levy is not None:
            place = self._with_levy(extra, place)
        lines = self._lines(place, alternative)
        return place.reckoner.outcome(alternative.figured, lines, jobs_of.country)

    def _place(self, extra: Path | None) -> _Place:
        if extra not in self._places:
            self._places[extra] = self._new_place(extra)
        return self._places[extra]

    def _new_place(self, extra: Path | None) -> _Place:
        self._progress("base")
        prepared = self.plan.prepared
        people = people_of(prepared.archive)
        if extra is None:
            digest = digest_of_inputs(self.plan.request, prepared.archive)
            shelf = self._stack.enter_context(shelf_of(prepared.archive, digest))
            base = reduced_base(self._opened(shelf), self.plan.prepared, people, shelf, self._progress)
            return _Place(digest, shelf, people, base, Reckoner(self._loaded(base, people)))
        before = self._place(None)
        digest = digest_of_inputs(self.plan.request, prepared.archive, _digest(extra))
        shelf = self._stack.enter_context(shelf_of(prepared.archive, digest))
        added = _register(extra)
        wider = evolve(people, register=small_tables.merged_register(pa.concat_tables([people.register, added])))
        base = widened_base(self._opened(shelf), self.plan.prepared, people, wider, added, before.base, shelf)
        return _Place(digest, shelf, wider, base, Reckoner(self._loaded(base, wider)))

    def _loaded(self, base: Base, people: People) -> Country:
        request = self.plan.request
        few = few_registered_then(people, request.year)
        return load(base, request.year, request.baseline, few_registered_then=few)

    def _with_levy(self, extra: Path | None, place: _Place) -> _Place:
        if place.reckoner.levy is None:
            hours = levy_hours(self._opened(place.shelf), self.plan.prepared, place.people, place.shelf, place.country)
            place = evolve(
                place, reckoner=Reckoner(place.country, hours), lines=place.lines, right_hours=place.right_hours
            )
            self._places[extra] = place
        return place

    def _lines(self, place: _Place, alternative: Alternative) -> Lines:
        lkv: LkvTerms = alternative.figured.terms.lkv
        set_here = alternative.scenario.settings if alternative.scenario else ()
        ages = tuple(setting.text for setting in set_here if setting.name.startswith("aow."))
        years_later = alternative.year - self.plan.request.year
        key = (lkv, ages, years_later)
        use_month_before(alternative.figures, lkv, self._declarations)
        if key not in place.right_hours:
            self._progress("rights")
            place.right_hours[key] = lines_of(
                self._opened(place.shelf), self.plan.prepared, place.people, place.base, place.shelf, lkv,
                alternative.figures, years_later,
            )  # fmt: skip
        kept_lines = place.right_hours[key]
        if kept_lines.lines not in place.lines:
            place.lines[kept_lines.lines] = load_lines(kept_lines, place.country)
        return place.lines[kept_lines.lines]

    @cached_property
    def _declarations(self) -> pa.Table | None:
        return small_tables.declarations(self.plan.prepared.archive)

    def _opened(self, shelf: Shelf) -> Engine:
        """Opens the engine, which reads the archive from then on."""
        if self._engine is None:
            request, prepared = self.plan.request, self.plan.prepared
            opening = engine.open(request.engine, shelf.folder, request.threads, request.memory_limit)
            self._engine = self._stack.enter_context(opening)
            archive = prepared.archive.read_by(self._engine.digests, request.rows)
            self.plan = evolve(self.plan, prepared=evolve(prepared, archive=archive))
        return self._engine


@contextmanager
def session(plan: Plan, progress: Callable[[str], None] = lambda _stage: None) -> Iterator[Session]:
    """Opens a session for the duration of a context."""
    with ExitStack() as stack:
        yield Session(plan, stack, progress)


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return file_digest(stream, "sha256").hexdigest()


def _register(extra: Path) -> pa.Table:
    """Reads a second register, in the form of the archive's own.

    Raises:
        DeliveryRefused: The file is no register, or has a faulty row.
    """
    with scratch_folder(None, "register") as folder:
        archive = folder / "archive"
        reception = receive([extra], archive, datetime(2000, 1, 1))  # noqa: DTZ001 - any local moment will do
        second_archive: Known = known(existing(archive), None)
        added = small_tables.register(second_archive)
    if reception.exit_code or added is None:
        raise DeliveryRefused(
            f"[files] extra_registrations: {extra.name} is no sound register: expected bsn, registered_from, "
            "registered_until and ground, every row accepted; `quotum receive --dry-run` on it says what is wrong"
        )
    return added


__all__ = ["STAGES", "Session", "session"]
