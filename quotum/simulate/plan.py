"""Plan of a simulation: every scenario read and checked, and its differences, before a row is read."""

from collections import Counter
from datetime import date

from attrs import evolve, frozen

from quotum.archive import small_tables
from quotum.archive.known import Known
from quotum.comparison.tables import LAW
from quotum.errors import MissingFigure, ParameterMissing, WrongUse
from quotum.parameters import (
    Figures,
    ParameterBook,
    Scenario,
    ScenarioFiles,
    Setting,
    load_book,
    merge_scenarios,
    read_scenario,
)
from quotum.run.preparation import Prepared, prepare
from quotum.run.regimes.levy_terms import read_levy_terms
from quotum.run.stages import in_order as stages
from quotum.run.terms import SAVINGS, Terms, read_terms
from quotum.simulate.additions import Figured
from quotum.simulate.policy import read_policy
from quotum.simulate.request import SimulationRequest

RATE = "wet_banenafspraak.surcharge_rate"
_JOINED = "+"


@frozen(eq=False)
class Alternative:
    """A scenario of a simulation; the first is the law as it is."""

    place: int
    """Order; 0 is the law as it is."""
    name: str
    """Name under which it was requested."""
    scenario: Scenario | None
    """Its settings; None without settings."""
    figures: Figures
    """The parameters as it sets them, with those read."""
    figured: Figured
    """Figures with which it is computed."""
    remarks: tuple[str, ...] = ()
    """Remarks for the user."""

    @property
    def title(self) -> str:
        """Description in one line."""
        if self.place == 0:
            return "The law as it is" + (f", with: {self.scenario.title}" if self.scenario else "")
        return self.scenario.title if self.scenario else self.name


@frozen
class Difference:
    """A parameter that a scenario sets to another value than the law as it is."""

    parameter: str
    """Name of the parameter."""
    law: str | None
    """Value under the law as it is; None when it has none."""
    value: str
    """Value in the scenario."""
    unit: str
    """Unit."""


@frozen(eq=False)
class Plan:
    """A simulation that can be carried out."""

    request: SimulationRequest
    """The request."""
    book: ParameterBook
    """The parameters."""
    prepared: Prepared[Terms]
    """The settlement of the law as it is."""
    alternatives: tuple[Alternative, ...]
    """The law as it is, then the scenarios."""
    files: ScenarioFiles
    """The files that scenarios and basis were read from."""

    @property
    def law(self) -> Alternative:
        """The law as it is."""
        return self.alternatives[0]

    def differences(self, alternative: Alternative) -> tuple[Difference, ...]:
        """Returns the differences of a scenario from the law as it is, by name."""
        on = date(self.request.year, 1, 1)
        differences = []
        for setting in alternative.scenario.settings if alternative.scenario else ():
            law = self.law.figures.peek(setting.name, on).value if self.law.figures.has(setting.name, on) else None
            if law != setting.text:
                unit = self.book.parameter(setting.name).unit
                differences.append(Difference(setting.name, law, setting.text, unit))
        return tuple(differences)

    def with_setting(self, alternative: Alternative, *settings: Setting) -> Alternative:
        """Returns a scenario with some parameters set to other values.

        Raises:
            QuotumError: The scenario cannot be computed.
        """
        scenario = alternative.scenario or Scenario(title=alternative.name)
        names = {setting.name for setting in settings}
        unchanged = tuple(setting for setting in scenario.settings if setting.name not in names)
        changed = evolve(scenario, settings=(*unchanged, *settings))
        figures, figured = _figured(self.request, self.book, changed, self.prepared)
        return evolve(alternative, scenario=changed, figures=figures, figured=figured)


def plan(request: SimulationRequest, files: ScenarioFiles | None = None, archive: Known | None = None) -> Plan:
    """Reads parameters, scenarios and the archive's receipts, and refuses what cannot be computed.

    Args:
        request: The request.
        files: Finds the files of scenarios and remembers them; those on disk when None.
        archive: The archive as known; read at its place when None.

    Raises:
        QuotumError: Each with its exit code.
    """
    book, files = load_book(), files or ScenarioFiles()
    read = [_read(text, book, files) for text in _requested_scenarios(request)]
    names = _names(read)
    prepared = prepare(request.settlement(), files, archive)
    with prepared.figures.naming_all_missing():
        _require_savings(prepared.figures, request.year)
    law = prepared.scenario
    figured = Figured(prepared.terms, read_policy(prepared.figures, law, request.year, _national(request, book)))
    alternatives = [Alternative(0, LAW, law, prepared.figures, figured, prepared.remarks)]
    lacking: dict[str, MissingFigure] = {}
    for place, (name, (_, scenario, remarks)) in enumerate(zip(names, read, strict=True), start=1):
        under = scenario
        if law is not None:
            merged, _ = merge_scenarios([law, scenario], book)
            under = evolve(merged, title=scenario.title)
        if request.solve:
            unchanged = tuple(setting for setting in under.settings if setting.name != RATE)
            under = evolve(under, settings=(*unchanged, Setting(RATE, request.solve, f"--solve {request.solve}")))
        try:
            figures, chosen = _figured(request, book, under, prepared)
        except ParameterMissing as error:
            _note_missing(lacking, error, name)
            continue
        all_remarks = (*remarks, *_remarks(under, request.year))
        alternatives.append(Alternative(place, name, under, figures, chosen, all_remarks))
    if lacking:
        raise ParameterMissing(tuple(lacking.values()))
    if request.solve and not any(alternative.figured.terms.due for alternative in alternatives):
        raise WrongUse(
            f"--solve {request.solve}: in no scenario is a surcharge due over {request.year}; set "
            "wet_banenafspraak.in_force_from and wet_banenafspraak.activated_in, or take activated-balance or "
            "activated-budget"
        )
    return Plan(request, book, prepared, tuple(alternatives), files)


def _note_missing(lacking: dict[str, MissingFigure], error: ParameterMissing, scenario: str) -> None:
    """Collects missing figures of a scenario by name, so that all scenarios are named at once."""
    for figure in error.missing:
        earlier = lacking.setdefault(figure.name, figure)
        lacking[figure.name] = evolve(earlier, scenarios=(*earlier.scenarios, scenario))


def _requested_scenarios(request: SimulationRequest) -> tuple[str, ...]:
    """Returns the requested scenarios; a rate to solve without a scenario means that of an activation."""
    if not request.scenarios and request.solve:
        return (f"activated-{request.solve}",)
    return request.scenarios


def parts_of(text: str, files: ScenarioFiles) -> tuple[str, ...]:
    """Returns the scenarios that an alternative names: a single one, or several joined by `+`."""
    whole = _JOINED not in text or files.is_file(text)
    return (text,) if whole else tuple(text.split(_JOINED))


def kept_text(text: str, files: ScenarioFiles) -> str:
    """Returns an alternative as a record names it: shipped names, and kept files instead of paths."""
    return _JOINED.join(files.reference(part) for part in parts_of(text, files))


def _read(text: str, book: ParameterBook, files: ScenarioFiles) -> tuple[str, Scenario, tuple[str, ...]]:
    """Reads an alternative: a file or name, or several joined by `+`, merged from left to right."""
    parts = parts_of(text, files)
    merged, remarks = merge_scenarios([read_scenario(part, book, files) for part in parts], book)
    return _JOINED.join(files.name(part) for part in parts), merged, remarks


def _names(read: list[tuple[str, Scenario, tuple[str, ...]]]) -> list[str]:
    """Makes names distinct: a second scenario of the same name gets a number."""
    uses: Counter[str] = Counter({LAW: 1})
    names = []
    for name, _, _ in read:
        uses[name] += 1
        names.append(name if uses[name] == 1 else f"{name} ({uses[name]})")
    return names


def _figured(
    request: SimulationRequest, book: ParameterBook, scenario: Scenario, prepared: Prepared[Terms]
) -> tuple[Figures, Figured]:
    figures = Figures(book, request.known_on, scenario)
    with figures.naming_all_missing():
        policy = read_policy(figures, scenario, request.year, _national(request, book))
        levy = None
        if policy.levied:
            listed = small_tables.employers(prepared.archive)
            sectors = frozenset(() if listed is None else listed["sector"].unique().to_pylist())
            levy = read_levy_terms(figures, request.year, sectors)
        terms = read_terms(figures, request.year)
        stages.pension_limits(request.year, figures)
        _require_savings(figures, request.year)
    return figures, Figured(terms, policy, levy)


def _national(request: SimulationRequest, book: ParameterBook) -> Figures:
    """Returns the figures as published by the day, without a scenario or a basis."""
    return Figures(book, request.known_on)


def _require_savings(figures: Figures, year: int) -> None:
    """Requires the saving per job: a simulation, unlike a settlement, compares the savings loss."""
    for name in SAVINGS:
        figures.cents(name, date(year, 1, 1))


def _remarks(scenario: Scenario, year: int) -> tuple[str, ...]:
    """Remarks on overlap between a scenario and the present law (Wfsv art. 38b lid 1 c and g, lid 2)."""
    widened = scenario.extra_registrations is not None
    names = {setting.name for setting in scenario.settings}
    remarks = []
    if year >= _WIDER_SINCE and (widened or "policy.extra_people" in names):
        counted = (
            "a delivered registration that overlaps one of the register counts once"
            if widened
            else ("give the number of those who are not in the register yet")
        )
        remarks.append(
            f"part of the wider target group is law since 1 January {_WIDER_SINCE} (Wfsv art. 38b lid 1 c and g, lid "
            f"2) and is in the register: {counted}, so that nobody counts twice"
        )
    if widened and "policy.extra_people" in names:
        remarks.append("extra registrations are delivered, so the number of extra people is not used")
    return tuple(remarks)


_WIDER_SINCE = 2026

__all__ = ["Alternative", "Difference", "Plan", "kept_text", "parts_of", "plan"]
