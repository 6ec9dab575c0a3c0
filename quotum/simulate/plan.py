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
    LaterYear,
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
from quotum.simulate import words
from quotum.simulate.additions import Figured
from quotum.simulate.policy import read_policy
from quotum.simulate.request import SimulationRequest
from quotum.simulate.years_words import GROWTH_IDLE

RATE = "wet_banenafspraak.surcharge_rate"
_JOINED = "+"
MOST_YEARS = 10
"""Most years of one simulation: every scenario is held in memory once for each."""


@frozen(eq=False)
class Alternative:
    """A scenario of a simulation over the law and figures of a year; the first is the law as it is."""

    place: int
    """Order: the law as it is in every year, then every scenario in every year."""
    name: str
    """Name under which it was requested."""
    scenario: Scenario | None
    """Its settings; None without settings."""
    figures: Figures
    """The parameters as it sets them, with those read."""
    figured: Figured
    """Figures with which it is computed."""
    year: int
    """Calendar year of the law and the figures."""
    remarks: tuple[str, ...] = ()
    """Remarks for the user."""

    @property
    def title(self) -> str:
        """Description in one line."""
        if self.name == LAW:
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
    """The law as it is in every year, then the scenarios in every year."""
    files: ScenarioFiles
    """The files that scenarios and basis were read from."""

    @property
    def scenarios(self) -> tuple[Alternative, ...]:
        """The scenarios, without the law as it is."""
        return tuple(alternative for alternative in self.alternatives if alternative.name != LAW)

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the law as it is and the scenarios, each once, in order."""
        return tuple(dict.fromkeys(alternative.name for alternative in self.alternatives))

    def law(self, year: int) -> Alternative:
        """The law as it is in a year."""
        return next(alternative for alternative in self.alternatives if alternative.year == year)

    def differences(self, alternative: Alternative) -> tuple[Difference, ...]:
        """Returns the differences of a scenario from the law as it is, by name."""
        on, law_figures = date(alternative.year, 1, 1), self.law(alternative.year).figures
        differences = []
        for setting in alternative.scenario.settings if alternative.scenario else ():
            law = law_figures.peek(setting.name, on).value if law_figures.has(setting.name, on) else None
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
        figures, figured = _figured(self.request, self.book, changed, self.prepared, alternative.year)
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
    _require_later(request)
    book, files = load_book(), files or ScenarioFiles()
    read = [_read(text, book, files) for text in _requested_scenarios(request)]
    names = _names(read)
    prepared = prepare(request.settlement(), files, archive)
    law = prepared.scenario
    wanted: list[tuple[str, Scenario | None, tuple[str, ...]]] = [(LAW, law, prepared.remarks)]
    for name, (_, scenario, remarks) in zip(names, read, strict=True):
        under = scenario
        if law is not None:
            merged, _ = merge_scenarios([law, scenario], book)
            under = evolve(merged, title=scenario.title)
        if request.solve:
            unchanged = tuple(setting for setting in under.settings if setting.name != RATE)
            under = evolve(under, settings=(*unchanged, Setting(RATE, request.solve, f"--solve {request.solve}")))
        wanted.append((name, under, (*remarks, *_remarks(under, request))))
    alternatives: list[Alternative] = []
    lacking: dict[str, MissingFigure] = {}
    for name, settings, remarks in wanted:
        for year in request.law_years:
            try:
                figures, chosen = _figured(request, book, settings, prepared, year)
            except ParameterMissing as error:
                _note_missing(lacking, error, name)
                continue
            alternatives.append(Alternative(len(alternatives), name, settings, figures, chosen, year, remarks))
    if lacking:
        raise ParameterMissing(tuple(lacking.values()))
    if request.solve and not any(alternative.figured.terms.due for alternative in alternatives):
        raise WrongUse(
            f"--solve {request.solve}: in no scenario is a surcharge due over {_years(request)}; set "
            "wet_banenafspraak.in_force_from and wet_banenafspraak.activated_in, or take activated-balance or "
            "activated-budget"
        )
    return Plan(request, book, prepared, tuple(alternatives), files)


def _require_later(request: SimulationRequest) -> None:
    """Requires that no year of the law lies before the year of the rows.

    Raises:
        WrongUse: One does.
    """
    if request.law_years[0] < request.year:
        raise WrongUse(
            f"--as-if {request.law_years[0]}: that is before {request.year}, the year of the rows; name that year or "
            "later ones"
        )
    if len(request.law_years) > MOST_YEARS:
        raise WrongUse(f"--as-if: {len(request.law_years)} years are too many; at most {MOST_YEARS}, a column each")


def _years(request: SimulationRequest) -> str:
    return ", ".join(str(year) for year in request.law_years)


def _note_missing(lacking: dict[str, MissingFigure], error: ParameterMissing, scenario: str) -> None:
    """Collects missing figures of a scenario by name, so that all scenarios are named at once."""
    for figure in error.missing:
        earlier = lacking.setdefault(figure.name, figure)
        names = tuple(dict.fromkeys((*earlier.scenarios, scenario)))
        lacking[figure.name] = evolve(earlier, scenarios=names)


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
    request: SimulationRequest, book: ParameterBook, scenario: Scenario | None, prepared: Prepared[Terms], year: int
) -> tuple[Figures, Figured]:
    """Reads the figures of a scenario in a year; of the law as it is over the year of the rows they are at hand."""
    if scenario is prepared.scenario and year == request.year:
        figures, national = prepared.figures, _national(request, book)
        with figures.naming_all_missing():
            _require_savings(figures, year)
        return figures, Figured(prepared.terms, read_policy(figures, scenario, year, national, request.year))
    later = LaterYear(year, request.year)
    figures = Figures(book, request.known_on, scenario, later)
    with figures.naming_all_missing():
        policy = read_policy(figures, scenario, year, _national(request, book), request.year)
        levy = None
        if policy.levied:
            listed = small_tables.employers(prepared.archive)
            sectors = frozenset(() if listed is None else listed["sector"].unique().to_pylist())
            levy = read_levy_terms(figures, year, sectors)
        terms = read_terms(figures, year)
        stages.pension_limits(request.year, figures, later.years_later)
        _require_savings(figures, year)
    return figures, Figured(terms, policy, levy)


def _national(request: SimulationRequest, book: ParameterBook) -> Figures:
    """Returns the figures as published by the day, without a scenario or a basis."""
    return Figures(book, request.known_on)


def _require_savings(figures: Figures, year: int) -> None:
    """Requires the saving per job: a simulation, unlike a settlement, compares the savings loss."""
    for name in SAVINGS:
        figures.cents(name, date(year, 1, 1))


def _remarks(scenario: Scenario, request: SimulationRequest) -> tuple[str, ...]:
    """Remarks on overlap between a scenario and the present law (Wfsv art. 38b lid 1 c and g, lid 2)."""
    widened = scenario.extra_registrations is not None
    names = {setting.name for setting in scenario.settings}
    remarks: list[str] = []
    if request.year >= _WIDER_SINCE and (widened or "policy.extra_people" in names):
        counted = (words.COUNTS_ONCE if widened else words.GIVE_THE_REST).sentence()
        remarks.append(words.WIDER_BY_LAW.sentence(year=_WIDER_SINCE, counted=counted))
    if widened and "policy.extra_people" in names:
        remarks.append(words.NUMBER_NOT_USED.sentence())
    if scenario.growth and request.law_years[-1] == request.year:
        remarks.append(GROWTH_IDLE.sentence())
    return tuple(remarks)


_WIDER_SINCE = 2026

__all__ = ["Alternative", "Difference", "Plan", "kept_text", "parts_of", "plan"]
