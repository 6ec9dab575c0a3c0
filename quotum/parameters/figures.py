"""Figures of a run: the value of a parameter on a date, and a list of all figures read."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from fractions import Fraction
from typing import Any

from quotum.citations import cited
from quotum.errors import MissingFigure, ParameterFileWrong, ParameterMissing
from quotum.parameters.book import ASSUMED, SCENARIO, STATUSES, Figure, Parameter, ParameterBook, stand_in
from quotum.parameters.kinds import RATE_RULES, Kind, WrongKind, as_text, described, in_a_scenario, text_hundredths
from quotum.parameters.later_years import AssumedFigure, LaterYear, assumed_figures, with_assumed
from quotum.parameters.scenario import Scenario
from quotum.parameters.toml_files import structure
from quotum.parameters.units import unit as unit_of
from quotum.words import Sentence, phrase

_DATES = ("valid_from", "valid_until", "known_from")


class Figures:
    """The parameters of one run: as known on a day, and as its scenario sets them."""

    def __init__(
        self,
        book: ParameterBook,
        known_on: date | None = None,
        scenario: Scenario | None = None,
        later: LaterYear | None = None,
    ) -> None:
        """Takes the figures of the parameter files.

        Args:
            book: The parameters.
            known_on: Only values known on this day exist; by default all values.
            scenario: Sets parameters for every date, whatever was known.
            later: A later year: what it lacks runs on or grows, and is assumed.
        """
        self._lines = dict(book.figures(known_on))
        self._known_later = {} if known_on is None else book.figures(None)
        settings = scenario.settings if scenario else ()
        for setting in settings:
            self._lines[setting.name] = (book.parameter(setting.name).set_to(setting.text, setting.title),)
        self._assumed: tuple[AssumedFigure, ...] = ()
        if later is not None and later.years_later:
            growth = scenario.growth if scenario else ()
            self._assumed = assumed_figures(self._lines, book.parameters, growth, later)
            for assumed in self._assumed:
                name = assumed.figure.name
                self._lines[name] = with_assumed(self._lines[name], assumed.figure)
        self._kinds = {parameter.name: parameter.kind for parameter in book.parameters}
        self._parameters = {parameter.name: parameter for parameter in book.parameters}
        self._missing: list[MissingFigure] | None = None
        self._set_names = frozenset(setting.name for setting in settings)
        self._simulation = bool(settings) or (scenario is not None and _adds(scenario))
        self._used: dict[tuple[str, date], Figure] = {}

    @property
    def simulation(self) -> bool:
        """Whether a scenario sets a parameter, or adds registrations."""
        return self._simulation

    @property
    def used(self) -> tuple[Figure, ...]:
        """All figures read so far, once each, by name and first day."""
        return tuple(self._used[key] for key in sorted(self._used))

    @property
    def assumed_for_later_year(self) -> tuple[AssumedFigure, ...]:
        """All figures read so far that run on or grow into a later year, by name."""
        names = {figure.name for figure in self._used.values() if figure.status == ASSUMED}
        return tuple(assumed for assumed in self._assumed if assumed.figure.name in names)

    @property
    def every(self) -> tuple[Figure, ...]:
        """All figures, by name and first day; they do not count as read."""
        return tuple(figure for name in sorted(self._lines) for figure in self._lines[name])

    @property
    def set_names(self) -> frozenset[str]:
        """All parameters that the scenario sets, read or not."""
        return self._set_names

    def is_set(self, name: str) -> bool:
        """Whether the scenario sets the parameter."""
        return name in self._set_names

    def has(self, name: str, on: date) -> bool:
        """Whether the parameter has a value on a date; does not count as reading it."""
        return self._holding(name, on) is not None

    def peek(self, name: str, on: date) -> Figure:
        """Returns the figure on a date, without counting it as read.

        Raises:
            ParameterMissing: There is no value on that date.
        """
        figure = self._holding(name, on)
        return self._lacking(name, on) if figure is None else figure

    @contextmanager
    def naming_all_missing(self) -> Iterator[None]:
        """Collects missing figures without stopping the reading, and names all of them at the end.

        Results from a missing figure must not be used; within another such context the outer context names the figures.

        Raises:
            ParameterMissing: A figure was missing; raised at the end.
        """
        if self._missing is not None:
            yield
            return
        self._missing = []
        try:
            yield
            if self._missing:
                raise ParameterMissing(self._missing)
        finally:
            self._missing = None

    def all_of(self, name: str) -> tuple[Figure, ...]:
        """Returns all values of a parameter by first day, without counting them as read."""
        self._require_known(name)
        return self._lines.get(name, ())

    def cents(self, name: str, on: date) -> int:
        """Returns an amount in cents."""
        return text_hundredths(self._text(name, on, Kind.EURO))

    def hundredths(self, name: str, on: date) -> int:
        """Returns a percentage in hundredths of a percent point: "0.35" is 35."""
        return text_hundredths(self._text(name, on, Kind.PERCENT))

    def number(self, name: str, on: date) -> Fraction:
        """Returns an exact number."""
        return Fraction(self._text(name, on, Kind.NUMBER))

    def whole(self, name: str, on: date) -> int:
        """Returns a number, months or a year that must be whole.

        Raises:
            ParameterFileWrong: The value has decimals.
        """
        value = Fraction(self._text(name, on, Kind.NUMBER, Kind.MONTHS, Kind.YEAR))
        if value.denominator != 1:
            figure = self.peek(name, on)
            raise ParameterFileWrong(f'{name}: expected a whole number; found "{figure.value}" ({figure.source})')
        return value.numerator

    def choice(self, name: str, on: date) -> str:
        """Returns the chosen value."""
        return self._text(name, on, Kind.CHOICE)

    def day(self, name: str, on: date) -> date:
        """Returns a date."""
        return date.fromisoformat(self._text(name, on, Kind.DATE))

    def rate_or_rule(self, name: str, on: date) -> int | str:
        """Returns a percentage in hundredths of a percent point, or the rule that solves for it."""
        text = self._text(name, on, Kind.PERCENT_OR_RULE)
        return text if text in RATE_RULES else text_hundredths(text)

    def _text(self, name: str, on: date, *kinds: Kind) -> str:
        """Reads the text of a value; asking for another kind is a mistake in the program."""
        kind = self._kinds.get(name, kinds[0])
        if kind not in kinds:
            raise TypeError(f"{name} is of the kind {kind}, not {' or '.join(kinds)}")
        figure = self._holding(name, on)
        if figure is None:
            return self._lacking(name, on, kind).value
        self._used[name, figure.valid_from or date.min] = figure
        return figure.value

    def _lacking(self, name: str, on: date, kind: Kind = Kind.NUMBER) -> Figure:
        """Returns a substitute for a missing figure while missing figures are being collected.

        Raises:
            ParameterMissing: Missing figures are not being collected.
        """
        parameter = self._parameters.get(name)
        later = (value.known_from for value in self._known_later.get(name, ()) if value.holds(on))
        about = "" if parameter is None else _about(parameter.unit, parameter.provision)
        kind, choices = (kind, ()) if parameter is None else (parameter.kind, parameter.choices)
        missing = MissingFigure(name, on, next(later, None), about, in_a_scenario(kind, choices))
        if self._missing is None:
            raise ParameterMissing([missing])
        self._missing.append(missing)
        return stand_in(name, kind, choices)

    def _holding(self, name: str, on: date) -> Figure | None:
        return next((figure for figure in self.all_of(name) if figure.holds(on)), None)

    def _require_known(self, name: str) -> None:
        if name not in self._kinds:
            raise KeyError(f"no parameter is named {name}")


class RecordedFigures(Figures):
    """The parameters of a finished run: only the figures in its record exist."""

    def __init__(self, figures: Iterable[Figure], set_names: Collection[str], simulation: bool) -> None:
        """Takes the figures of a record.

        Args:
            figures: Figures in the record.
            set_names: All parameters that the scenario of the run set, read or not.
            simulation: Whether the run was a simulation.
        """
        lines: dict[str, tuple[Figure, ...]] = {}
        for figure in figures:
            lines[figure.name] = (*lines.get(figure.name, ()), figure)
        self._lines = lines
        self._assumed = ()
        self._known_later = {}
        self._parameters = {}
        self._missing = None
        self._kinds = {name: recorded[0].kind for name, recorded in lines.items()}
        set_and_read = {name for name, recorded in lines.items() if recorded[0].status == SCENARIO}
        self._set_names = frozenset(set_names) | set_and_read
        self._simulation = simulation or bool(self._set_names)
        self._used = {}

    def _require_known(self, name: str) -> None:
        """Accepts any name: an unrecorded parameter has no value."""


def _adds(scenario: Scenario) -> bool:
    """Whether a scenario adds anything besides parameters."""
    return scenario.extra_registrations is not None or bool(scenario.regions)


def figures_from_record(
    records: list[dict[str, Any]], set_names: Collection[str] = (), simulation: bool = False
) -> Figures:
    """Returns the figures of a run from its record alone, never from the installed files.

    Args:
        records: Results of `Figure.as_json` for each figure used.
        set_names: The keys of `set` in the record of the scenario; they need not all have been read.
        simulation: Whether the run was a simulation; a figure set by a scenario makes it a simulation anyway.

    Raises:
        ParameterFileWrong: The record differs from what quotum writes.
    """
    return RecordedFigures([_from_json(record) for record in records], set_names, simulation)


def listed(book: ParameterBook, figures: Figures, on: date | None) -> tuple[Figure | Parameter, ...]:
    """Lists every parameter with its value on a date, or with all its values; the parameter itself when it has none."""
    lines: list[Figure | Parameter] = []
    for parameter in book.parameters:
        values = [figure for figure in figures.all_of(parameter.name) if on is None or figure.holds(on)]
        lines += values or [parameter]
    return tuple(lines)


def _from_json(record: Mapping[str, Any]) -> Figure:
    """Reads a recorded figure, with dates as ISO text, and checks it like a file."""
    place = f'run record, parameter "{record.get("name")}"'
    try:
        dates = {key: date.fromisoformat(record[key]) for key in _DATES if record.get(key) is not None}
    except (TypeError, ValueError) as problem:
        raise ParameterFileWrong(f"{place}: a date is not written as year-month-day: {problem}") from problem
    figure = structure({**record, **dates}, Figure, place)
    if figure.status not in (*STATUSES, SCENARIO):
        raise ParameterFileWrong(f'{place}: key "status": unknown; found {described(figure.status)}')
    _check_text(figure, place)
    return figure


def _check_text(figure: Figure, place: str) -> None:
    """Checks that the recorded text is a value of the recorded kind."""
    raw: object = figure.value
    try:
        if figure.kind in (Kind.MONTHS, Kind.YEAR):
            raw = int(figure.value)
        elif figure.kind is Kind.DATE:
            raw = date.fromisoformat(figure.value)
        as_text(figure.kind, raw, (figure.value,))
    except (WrongKind, ValueError) as problem:
        raise ParameterFileWrong(f'{place}: key "value": {problem}') from problem


def _about(unit: str, provision: str) -> Sentence:
    return phrase("{unit}; {provision}", unit=unit_of(unit).sentence(), provision=cited(provision))
