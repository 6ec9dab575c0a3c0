"""The dated figures: every parameter with its values, sources and two time axes.

One axis is the validity of a value (`from`, `until`, `runs_on`), the other the day from which it was known
(`known_from`). A value that was not known yet on a day does not exist on that day: the value before it runs on.
"""

from datetime import date, timedelta
from functools import cached_property
from itertools import combinations
from pathlib import Path
from typing import Any, Final

import attrs
from attrs import field, frozen

from quotum.errors import ParameterFileWrong
from quotum.parameters.kinds import Kind, WrongKind, any_text, as_text, closest, described
from quotum.parameters.toml_files import NOT_A_KEY, Phrase, read_toml, structure

INSTALLED: Final = Path(__file__).parent
STATUSES: Final = ("enacted", "published", "assumed")
SCENARIO: Final = "scenario"
ASSUMED: Final = "assumed"


@frozen
class Figure:
    """A value of a parameter with everything about its origin."""

    name: str
    """File and table: `wtl.bonus_rate`."""
    value: str
    """The value as text, as in the file."""
    kind: Kind
    """Kind of the value."""
    unit: str
    """Unit, and per what."""
    provision: str
    """Article of the parameter."""
    status: str
    """`enacted`, `published`, `assumed`, or `scenario`."""
    source: str
    """Publication of the value; for a scenario its title."""
    valid_from: date | None
    """First day of its validity; none when a scenario set it."""
    valid_until: date | None
    """Last day of its validity, even when that is the day before the next value; none without end."""
    known_from: date | None
    """First day on which it was known; none when a scenario set it."""
    note: str
    """Note for the reader about the parameter."""
    dutch: str
    """The Dutch term."""

    def as_json(self) -> dict[str, str | None]:
        """Returns the figure for a record or a listing, dates as ISO text."""
        return {name: _plain(value) for name, value in attrs.asdict(self, recurse=False).items()}

    def holds(self, on: date) -> bool:
        """Whether the value is valid on a date."""
        return (self.valid_from is None or self.valid_from <= on) and (
            self.valid_until is None or on <= self.valid_until
        )


@frozen
class Value:
    """A dated value in a parameter file."""

    from_: date
    """First day of its validity."""
    value: Any
    """The value as TOML gives it, of the kind of the parameter."""
    status: Phrase
    """`enacted`, `published` or `assumed`."""
    source: Phrase
    """Publication of the value."""
    until: date | None = None
    """Last day of its validity."""
    known_from: date | None = None
    """First day on which it was known; without it the first day of its validity."""

    @property
    def known(self) -> date:
        """First day on which it was known."""
        return self.known_from or self.from_


@frozen
class Parameter:
    """A figure of a statute or of a policy choice, with its values."""

    dutch: Phrase
    """The Dutch term."""
    unit: Phrase
    """Unit, and per what."""
    provision: Phrase
    """Article of the parameter."""
    runs_on: bool
    """True: a value holds until the next; false: only for the calendar year of its `from`."""
    kind: Kind
    """Kind of its values."""
    note: str = ""
    """Note for the reader."""
    source: str = ""
    """Where to ask for a parameter without values."""
    choices: tuple[str, ...] = ()
    """The allowed values of a choice."""
    assumed_in_later_years: bool = False
    """Whether a simulation of a later year without a value takes the last one, and calls it assumed."""
    values: tuple[Value, ...] = ()
    """The dated values."""
    name: str = field(default="", metadata=NOT_A_KEY)
    """File and table."""

    def end(self, value: Value) -> date | None:
        """Returns the last day of a value by itself, whatever follows it."""
        if self.runs_on:
            return value.until
        return min(value.until or date.max, date(value.from_.year, 12, 31))

    def figures(self, known_on: date | None) -> tuple[Figure, ...]:
        """Returns the values known on a day (none: known now), by first day, without overlap."""
        known_values = [value for value in self.values if known_on is None or value.known <= known_on]
        # Of two values with the same first day, the later known corrects the other.
        latest = {value.from_: value for value in sorted(known_values, key=lambda value: (value.from_, value.known))}
        days_before = [day - timedelta(days=1) for day in list(latest)[1:]]
        ends = [*days_before, None][: len(latest)]
        return tuple(self._figure(value, until) for value, until in zip(latest.values(), ends, strict=True))

    def set_to(self, text: str, title: str) -> Figure:
        """Returns the figure for every date when a scenario sets the parameter."""
        return Figure(
            name=self.name,
            value=text,
            kind=self.kind,
            unit=self.unit,
            provision=self.provision,
            status=SCENARIO,
            source=title,
            valid_from=None,
            valid_until=None,
            known_from=None,
            note=self.note,
            dutch=self.dutch,
        )

    def as_json(self) -> dict[str, str | None]:
        """Returns the parameter without a value, with the keys of a figure."""
        empty = dict.fromkeys(("value", "status", "valid_from", "valid_until", "known_from"))
        return self.set_to("", self.source).as_json() | empty | {"source": self.source or None}

    def _figure(self, value: Value, day_before_next: date | None) -> Figure:
        ends = [day for day in (self.end(value), day_before_next) if day is not None]
        return attrs.evolve(
            self.set_to(as_text(self.kind, value.value, self.choices), value.source),
            status=value.status,
            valid_from=value.from_,
            valid_until=min(ends, default=None),
            known_from=value.known,
        )


@frozen(slots=False)
class ParameterBook:
    """Every parameter, by name."""

    parameters: tuple[Parameter, ...]
    """All parameters, in order of name."""

    @cached_property
    def _by_name(self) -> dict[str, Parameter]:
        return {parameter.name: parameter for parameter in self.parameters}

    @cached_property
    def _lines(self) -> dict[date | None, dict[str, tuple[Figure, ...]]]:
        return {}

    def figures(self, known_on: date | None) -> dict[str, tuple[Figure, ...]]:
        """Returns the values of every parameter known on a day, by name; made once per day, for reading only."""
        if known_on not in self._lines:
            self._lines[known_on] = {parameter.name: parameter.figures(known_on) for parameter in self.parameters}
        return self._lines[known_on]

    @property
    def names(self) -> tuple[str, ...]:
        """All names, sorted."""
        return tuple(self._by_name)

    def __contains__(self, name: object) -> bool:
        """Whether there is a parameter of this name."""
        return name in self._by_name

    def parameter(self, name: str) -> Parameter:
        """Returns the parameter of an existing name."""
        return self._by_name[name]


def stand_in(name: str, kind: Kind, choices: tuple[str, ...]) -> Figure:
    """Returns a figure that replaces a missing figure, so that reading can go on."""
    return Figure(
        name=name, value=any_text(kind, choices), kind=kind, unit="", provision="", status=ASSUMED, source="",
        valid_from=None, valid_until=None, known_from=None, note="", dutch="",
    )  # fmt: skip


def load_book(directory: Path = INSTALLED) -> ParameterBook:
    """Loads the parameters of all TOML files in a folder; by default the installed files.

    Raises:
        ParameterFileWrong: A file is wrong; the message names file, table and key.
    """
    paths = sorted(directory.glob("*.toml"))
    if not paths:
        raise ParameterFileWrong(f"{directory}: holds no parameter file (*.toml). Give the folder that does.")
    parameters = [_parameter(path, table, raw) for path in paths for table, raw in read_toml(path).items()]
    return ParameterBook(tuple(sorted(parameters, key=lambda parameter: parameter.name)))


def _parameter(path: Path, table: str, raw: object) -> Parameter:
    """Reads and checks a table of a file."""
    place = f"{path}: [{table}]"
    if not isinstance(raw, dict):
        raise ParameterFileWrong(f'{path}: key "{table}": expected the table of a parameter; found {described(raw)}')
    parameter = attrs.evolve(structure(raw, Parameter, place), name=f"{path.stem}.{table}")
    _check_choices(parameter, place)
    for number, value in enumerate(parameter.values, start=1):
        _check_value(parameter, value, place, f'of entry {number} of key "values"')
    _check_overlap(parameter, place)
    return parameter


def _check_choices(parameter: Parameter, place: str) -> None:
    """Checks that a choice, and nothing else, lists its allowed values."""
    if bool(parameter.choices) != (parameter.kind is Kind.CHOICE):
        raise ParameterFileWrong(
            f'{place}: key "choices": a parameter of the kind choice lists its allowed values, and only such a one'
        )


def _check_value(parameter: Parameter, value: Value, place: str, entry: str) -> None:
    """Checks status, kind and dates of a value."""
    if value.status not in STATUSES:
        near = closest(value.status, STATUSES)
        raise ParameterFileWrong(
            f'{place}: key "status" {entry}: expected one of {", ".join(STATUSES)}; '
            f"found {described(value.status)}{near}"
        )
    try:
        as_text(parameter.kind, value.value, parameter.choices)
    except WrongKind as problem:
        raise ParameterFileWrong(f'{place}: key "value" {entry}: {problem}') from problem
    if value.until is not None and value.until < value.from_:
        raise ParameterFileWrong(f'{place}: key "until" {entry}: {value.until} lies before its from, {value.from_}')
    if value.until is not None and not parameter.runs_on and value.until.year > value.from_.year:
        raise ParameterFileWrong(
            f'{place}: key "until" {entry}: {value.until} lies after the calendar year of {value.from_}; '
            "where runs_on is false, a value holds for that year alone"
        )


def _check_overlap(parameter: Parameter, place: str) -> None:
    """Checks that no two values overlap, except a correction: the same first day, known later."""
    for first, second in combinations(sorted(parameter.values, key=lambda value: value.from_), 2):
        end = parameter.end(first)
        is_duplicate = first.from_ == second.from_ and first.known == second.known
        if is_duplicate or (first.from_ < second.from_ and end is not None and end >= second.from_):
            raise ParameterFileWrong(
                f'{place}: key "values": the dates of the values from {first.from_} and from {second.from_} overlap. '
                "End the first before the second starts; a correction has the same from and a later known_from."
            )


def _plain(value: object) -> str | None:
    return None if value is None else value.isoformat() if isinstance(value, date) else str(value)
