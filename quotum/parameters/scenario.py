"""Scenarios: strict TOML files that set parameters for a whole run."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any, Final

import attrs
from attrs import field, frozen

from quotum.errors import ParameterFileWrong
from quotum.money import PERCENT
from quotum.parameters import words
from quotum.parameters.book import Parameter, ParameterBook
from quotum.parameters.kinds import RATE_RULES, Kind, WrongKind, as_text, closest, described
from quotum.parameters.scenario_files import ScenarioFiles
from quotum.parameters.toml_files import Phrase, read_toml, structure
from quotum.parameters.units import unit as unit_of

NEWEST_VERSION: Final = 1
ENDS: Final = ("low", "high")


@frozen
class Setting:
    """A parameter and the value a scenario gives it."""

    name: str
    """The parameter."""
    text: str
    """Its value, as text."""
    title: str
    """Title of the scenario that gives it."""


@frozen
class Range:
    """A parameter and the ends of its range."""

    name: str
    """The parameter."""
    low: str
    """The lower end, as text."""
    high: str
    """The higher end, as text."""


@frozen
class Growth:
    """A parameter and its growth from the year of the rows to a later year."""

    name: str
    """The parameter: an amount in euros."""
    text: str
    """Percent a year, as text."""


@frozen
class RegionAmount:
    """A labour market region (arbeidsmarktregio) and its guidance bonus."""

    region: str
    """The region, as employers name it."""
    text: str
    """Euros per person per year, as text."""


@frozen
class Scenario:
    """Settings of a run, or of an alternative in a simulation."""

    title: str
    """Description in one line."""
    note: str = ""
    """Note for the reader."""
    settings: tuple[Setting, ...] = ()
    """The parameters that are set, by name."""
    ranges: tuple[Range, ...] = ()
    """The parameters with a range, by name."""
    extra_registrations: Path | None = None
    """A second register for this scenario only."""
    regions: tuple[RegionAmount, ...] = ()
    """Guidance bonus per labour market region, by region."""
    growth: tuple[Growth, ...] = ()
    """Amounts that grow to a later year, by name."""

    def as_json(self) -> dict[str, Any]:
        """Returns title, note and settings for the record of a run; no paths."""
        regions = {region.region: region.text for region in self.regions}
        return {
            "title": self.title,
            "note": self.note,
            "set": {setting.name: setting.text for setting in self.settings},
            **({"regions": regions} if regions else {}),
            **({"growth": {stated.name: stated.text for stated in self.growth}} if self.growth else {}),
        }


@frozen
class _Files:
    """The table `[files]` of a scenario."""

    extra_registrations: Phrase | None = None
    """File with a second register, relative to the scenario."""


@frozen
class _ScenarioFile:
    """Content of a scenario file."""

    title: Phrase
    """Description in one line."""
    version: int = NEWEST_VERSION
    """Version of the format."""
    note: str = ""
    """Note for the reader."""
    base: Phrase | None = None
    """Another scenario to start from."""
    set_: dict[str, Any] = field(factory=dict)
    """Parameter = value."""
    range_: dict[str, Any] = field(factory=dict)
    """Parameter = low and high."""
    files: _Files = _Files()
    """Deliveries that only this scenario uses."""
    regions: dict[str, Any] = field(factory=dict)
    """Labour market region = guidance bonus, euros per person per year."""
    growth: dict[str, Any] = field(factory=dict)
    """Parameter = percent a year."""


def read_scenario(source: str | Path, book: ParameterBook, files: ScenarioFiles | None = None) -> Scenario:
    """Reads a scenario from a file, or a shipped scenario by its name, on top of its base.

    Args:
        source: Path or name.
        book: The parameters that it can set.
        files: Finds the files and remembers them; those on disk when None.

    Raises:
        ParameterFileWrong: There is no such scenario, or it is wrong.
    """
    files = files or ScenarioFiles()
    return _read(files.scenario(str(source), None, "scenario"), book, files, ())


def merge_scenarios(scenarios: Sequence[Scenario], book: ParameterBook) -> tuple[Scenario, tuple[str, ...]]:
    """Merges scenarios, at least one, from left to right: a later value wins, with a remark.

    Args:
        scenarios: In the order in which they were given.
        book: The parameters that are set.

    Returns:
        The merged scenario, and a remark for each value that a later scenario replaced.
    """
    merged, remarks = scenarios[0], list[str]()
    for later in scenarios[1:]:
        remarks += _overrides(merged, later, book)
        merged = _on_top(later, merged, title=f"{merged.title} + {later.title}", note=_joined(merged.note, later.note))
    return merged, tuple(remarks)


def _overrides(earlier: Scenario, later: Scenario, book: ParameterBook) -> list[str]:
    """Makes a remark for each value of `earlier` that `later` changes."""
    old_settings = {setting.name: setting for setting in earlier.settings}
    old_ranges = {ends.name: ends for ends in earlier.ranges}
    remarks: list[str] = [
        words.VALUE_REPLACED.sentence(
            name=new.name,
            new=new.text,
            later=later.title,
            old=old.text,
            earlier=old.title,
            unit=unit_of(book.parameter(new.name).unit).sentence(),
        )
        for new in later.settings
        if (old := old_settings.get(new.name)) and old.text != new.text
    ]
    remarks += [
        words.RANGE_REPLACED.sentence(
            name=new.name, low=new.low, high=new.high, later=later.title, old_low=old_range.low, old_high=old_range.high
        )
        for new in later.ranges
        if (old_range := old_ranges.get(new.name)) and old_range != new
    ]
    old_growth = {stated.name: stated.text for stated in earlier.growth}
    remarks += [
        f'{new.name}: the growth of "{new.text}" percent a year of scenario "{later.title}" replaces '
        f'"{old_growth[new.name]}"'
        for new in later.growth
        if old_growth.get(new.name, new.text) != new.text
    ]
    if earlier.extra_registrations and later.extra_registrations not in (None, earlier.extra_registrations):
        remarks.append(words.FILE_REPLACED.sentence(later=later.title))
    return remarks


def _on_top(upper: Scenario, lower: Scenario, title: str, note: str) -> Scenario:
    """Combines two scenarios; the settings of `upper` overrule those of `lower`."""
    settings = {setting.name: setting for setting in (*lower.settings, *upper.settings)}
    ranges = {ends.name: ends for ends in (*lower.ranges, *upper.ranges)}
    growth = {stated.name: stated for stated in (*lower.growth, *upper.growth)}
    return Scenario(
        title=title,
        note=note,
        settings=tuple(settings[name] for name in sorted(settings)),
        ranges=tuple(ranges[name] for name in sorted(ranges)),
        extra_registrations=upper.extra_registrations or lower.extra_registrations,
        regions=upper.regions or lower.regions,
        growth=tuple(growth[name] for name in sorted(growth)),
    )


def _joined(*notes: str) -> str:
    return " ".join(note.strip() for note in notes if note.strip())


def _read(path: Path, book: ParameterBook, files: ScenarioFiles, above: tuple[Path, ...]) -> Scenario:
    """Reads a scenario on top of its base; `above` are the files that led here by `base`."""
    if path.resolve() in above:
        chain = " -> ".join(step.name for step in (*above, path))
        raise ParameterFileWrong(
            f'{path}: key "base": the scenarios start from each other: {chain}. Take one base out.'
        )
    raw = read_toml(path)
    _check_version(raw.get("version", NEWEST_VERSION), path)
    file = structure(raw, _ScenarioFile, str(path))
    own = Scenario(
        title=file.title,
        note=file.note,
        settings=tuple(_setting(name, file.set_[name], file.title, book, path) for name in sorted(file.set_)),
        ranges=tuple(_range(name, file.range_[name], book, path) for name in sorted(file.range_)),
        extra_registrations=_extra_registrations(file.files, path, files),
        regions=tuple(_region(name, file.regions[name], path) for name in sorted(file.regions)),
        growth=tuple(_growth(name, file.growth[name], book, path) for name in sorted(file.growth)),
    )
    if file.base is None:
        return own
    base_path = files.scenario(file.base, path, f'{path}: key "base"')
    base = _read(base_path, book, files, (*above, path.resolve()))
    # A reader of the run sees a single scenario, so settings of the base carry its title.
    base = attrs.evolve(base, settings=tuple(attrs.evolve(setting, title=own.title) for setting in base.settings))
    return _on_top(own, base, title=own.title, note=_joined(own.note, base.note))


def _check_version(version: object, path: Path) -> None:
    """Checks that this quotum knows the version; comes first, since a newer version may have other keys."""
    if type(version) is not int or version < 1:
        raise ParameterFileWrong(f'{path}: key "version": expected a whole number from 1; found {described(version)}')
    if version > NEWEST_VERSION:
        raise ParameterFileWrong(
            f'{path}: key "version": {version} is newer than this quotum reads ({NEWEST_VERSION}). '
            "Install a newer quotum, or write the scenario in the older version."
        )


def _parameter(name: str, raw: object, book: ParameterBook, place: str) -> Parameter:
    """Returns the parameter for a key of `[set]` or `[range]`."""
    if name in book:
        return book.parameter(name)
    if isinstance(raw, dict) and raw:
        inner = f"{name}.{next(iter(raw))}"
        raise ParameterFileWrong(
            f'{place}: key "{name}": a name with a dot stands in quotes: "{inner}" = ...{closest(inner, book.names)}'
        )
    raise ParameterFileWrong(f'{place}: key "{name}": no parameter has this name{closest(name, book.names)}')


def _text(parameter: Parameter, raw: object, place: str) -> str:
    try:
        return as_text(parameter.kind, raw, parameter.choices)
    except WrongKind as problem:
        raise ParameterFileWrong(f'{place}: key "{parameter.name}": {problem}') from problem


def _setting(name: str, raw: object, title: str, book: ParameterBook, path: Path) -> Setting:
    place = f"{path}: [set]"
    return Setting(name, _text(_parameter(name, raw, book, place), raw, place), title)


def _range(name: str, raw: object, book: ParameterBook, path: Path) -> Range:
    """Reads low and high of a parameter whose values have an order."""
    place = f"{path}: [range]"
    parameter = _parameter(name, raw, book, place)
    if parameter.kind is Kind.CHOICE:
        raise ParameterFileWrong(f'{place}: key "{name}": a choice has no low and high; give each its own scenario')
    if not isinstance(raw, list) or len(raw) != len(ENDS):
        raise ParameterFileWrong(f'{place}: key "{name}": expected a list of two, low and high; found {_list(raw)}')
    low, high = (_text(parameter, end, place) for end in raw)
    if parameter.kind is Kind.PERCENT_OR_RULE and {low, high} & set(RATE_RULES):
        raise ParameterFileWrong(f'{place}: key "{name}": a rule is no end of a range; give two percentages')
    if _order(parameter.kind, low) > _order(parameter.kind, high):
        raise ParameterFileWrong(f'{place}: key "{name}": the low end {low} lies above the high end {high}; turn them')
    return Range(name, low, high)


def _growth(name: str, raw: object, book: ParameterBook, path: Path) -> Growth:
    """Reads the growth of an amount: a percentage of zero to a hundred a year."""
    place = f"{path}: [growth]"
    kind = _parameter(name, raw, book, place).kind
    if kind is not Kind.EURO:
        raise ParameterFileWrong(
            f'{place}: key "{name}": only an amount in euros grows, and this is a {kind}; give another value its own '
            "scenario with [set]"
        )
    try:
        text = as_text(Kind.PERCENT, raw)
    except WrongKind as problem:
        raise ParameterFileWrong(f'{place}: key "{name}": {problem}') from problem
    if Fraction(text) > PERCENT:
        raise ParameterFileWrong(f'{place}: key "{name}": expected at most {PERCENT} percent a year; found "{text}"')
    return Growth(name, text)


def _region(name: str, raw: object, path: Path) -> RegionAmount:
    """Reads a region and its amount in euros."""
    try:
        return RegionAmount(name, as_text(Kind.EURO, raw))
    except WrongKind as problem:
        raise ParameterFileWrong(f'{path}: [regions]: key "{name}": {problem}') from problem


def _list(raw: object) -> str:
    return f"a list of {len(raw)}" if isinstance(raw, list) else described(raw)


def _order(kind: Kind, text: str) -> Fraction:
    return Fraction(date.fromisoformat(text).toordinal() if kind is Kind.DATE else text)


def _extra_registrations(named: _Files, path: Path, files: ScenarioFiles) -> Path | None:
    """Returns the second register, relative to the scenario; it must exist."""
    return None if named.extra_registrations is None else files.register(named.extra_registrations, path)
