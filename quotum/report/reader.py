"""The reader's language: words from `words.toml`, and numbers with the separators of the language."""

import tomllib
from datetime import date
from fractions import Fraction
from functools import cache
from importlib import resources
from typing import Any, Final

from attrs import frozen

from quotum.comparison.tables import JOINED
from quotum.money import CENTS_PER_EURO, decimal_text, round_half_up
from quotum.parameters.units import unit as unit_of
from quotum.tables import Column, Table

LAW: Final = "law"
_MINUS: Final = "\N{MINUS SIGN}"
_SPACE: Final = "\N{NO-BREAK SPACE}"
_SEPARATORS: Final = {"en": (",", "."), "nl": (".", ",")}
_UNITS: Final = (("billion", 10**9), ("million", 10**6))
_GROUP: Final = 3


@cache
def _book() -> dict[str, dict[str, str]]:
    text = resources.files("quotum.report").joinpath("words.toml").read_text("utf-8")
    return {f"{part}.{key}": words for part, entries in tomllib.loads(text).items() for key, words in entries.items()}


@cache
def _tables() -> dict[str, dict[str, Any]]:
    text = resources.files("quotum.report").joinpath("tables.toml").read_text("utf-8")
    return tomllib.loads(text)


def keys() -> tuple[str, ...]:
    """Returns every entry of the word list, as `part.key`."""
    return tuple(_book())


@frozen
class Reader:
    """The reader: the language of words, separators and charts."""

    language: str
    """`en` or `nl`."""
    titles: tuple[tuple[str, str], ...] = ()
    """Scenarios by name, with the title that they have on the page; without one a scenario goes by its name."""

    def say(self, key: str, **values: object) -> str:
        """Returns an entry of the word list, with its blanks filled.

        Raises:
            KeyError: There is no such entry, or a blank has no value.
        """
        return _book()[key][self.language].format(**values)

    def has(self, key: str) -> bool:
        """Whether the word list has an entry."""
        return key in _book()

    def scenario(self, name: str) -> str:
        """Names a scenario as on the page."""
        return self.say("scenario.law") if name == LAW else dict(self.titles).get(name, name)

    def either(self, part: str, value: str) -> str:
        """Translates a value when the word list has it; otherwise returns the value itself."""
        key = f"{part}.{value.replace(' ', '_')}"
        return self.say(key) if self.has(key) else value

    def sheet(self, table: Table) -> tuple[str, str]:
        """Names a table for a workbook, and says what it holds."""
        if self.language == "en":
            return table.name, table.meaning
        words = _tables()["table"][table.name]
        return words["title"], words["meaning"]

    def meaning(self, table: Table, column: Column) -> str:
        """Says what a column of a table holds."""
        if self.language == "en":
            return column.meaning
        words: str = _of_table(_tables()["meaning"], table.name, column.name)
        return words

    def heading(self, column: str) -> str | None:
        """Returns the heading of a column that the page does not show; None when only its name is known."""
        heading: str | None = _tables()["heading"].get(column) if self.language == "nl" else None
        return heading

    def value(self, table: str, column: str, value: str) -> str:
        """Translates a value of a choice; a value without a translation stays as it is in the data."""
        if self.language == "en":
            return value
        known: dict[str, str] = _of_table(_tables()["value"], table, column) or {}
        return known.get(value, value)

    def group(self, name: str) -> str:
        """Names a group of employers, or several merged groups."""
        return JOINED.join(self.either("group", part) for part in name.split(JOINED))

    def decimal(self, value: Fraction, places: int) -> str:
        """Formats a fraction with a fixed number of decimals, rounded half up."""
        thousands, point = _SEPARATORS[self.language]
        text = decimal_text(value, places)
        sign = _MINUS if text.startswith("-") else ""
        whole, _, rest = text.lstrip("-").partition(".")
        first = len(whole) % _GROUP or _GROUP
        groups = [whole[:first], *(whole[place : place + _GROUP] for place in range(first, len(whole), _GROUP))]
        return sign + thousands.join(groups) + (point + rest if rest else "")

    def count(self, value: int) -> str:
        """Formats a whole number."""
        return self.decimal(Fraction(value), 0)

    def jobs(self, hundredths: int) -> str:
        """Formats hundredths of a job, with a decimal only for small fractions."""
        value = Fraction(hundredths, CENTS_PER_EURO)
        few = abs(value) < 10_000 and value.denominator > 1  # noqa: PLR2004 - many jobs need no decimal
        return self.decimal(value, 1 if few else 0)

    def percent(self, hundredths: int) -> str:
        """Formats hundredths of a percent point."""
        return f"{self.decimal(Fraction(hundredths, CENTS_PER_EURO), 2)}%"

    def euro(self, cents: int) -> str:
        """Formats an amount in whole euros, rounded half up."""
        return self._with_sign(self.count(round_half_up(Fraction(cents, CENTS_PER_EURO))))

    def exact_euro(self, cents: int) -> str:
        """Formats an amount to the cent."""
        return self._with_sign(self.decimal(Fraction(cents, CENTS_PER_EURO), 2))

    def short_euro(self, cents: int) -> str:
        """Formats an amount for a sentence: millions and billions with two decimals, smaller amounts in whole euros."""
        for unit, size in _UNITS:
            if abs(cents) >= size * CENTS_PER_EURO:
                number = self._with_sign(self.decimal(Fraction(cents, size * CENTS_PER_EURO), 2))
                return f"{number}{_SPACE}{self.say(f'unit.{unit}')}"
        return self.euro(cents)

    def plain(self, value: str) -> str:
        """Formats a value of a scenario, with the reader's decimal separator when it is a number."""
        whole, point, rest = value.removeprefix("-").partition(".")
        number = point and whole.isdecimal() and rest.isdecimal()
        return value.replace(".", _SEPARATORS[self.language][1]) if number else value

    def unit(self, unit: str) -> str:
        """Names the unit of a parameter."""
        return unit_of(unit).words(self.language)

    def with_unit(self, value: str) -> str:
        """Formats a value of a parameter that may have its unit behind it."""
        number, _, unit = value.partition(" ")
        return f"{self.plain(number)} {self.unit(unit)}".strip()

    def day(self, day: date) -> str:
        """Formats a day in words."""
        return f"{day.day}{_SPACE}{self.say(f'month.m{day.month}')}{_SPACE}{day.year}"

    def together(self, names: list[str]) -> str:
        """Joins names as a list in a sentence."""
        if len(names) < 2:  # noqa: PLR2004 - a pair is what `and` joins
            return "".join(names)
        return f"{', '.join(names[:-1])} {self.say('unit.and')} {names[-1]}"

    def _with_sign(self, number: str) -> str:
        space = _SPACE if self.language == "nl" else ""
        sign = _MINUS if number.startswith(_MINUS) else ""
        return f"{sign}€{space}{number.removeprefix(_MINUS)}"


def _of_table(words: dict[str, Any], table: str, column: str) -> Any:
    """Returns the words of a column: of its own table first, else of every table that has it."""
    return words.get(f"{table}.{column}", words.get(column))


__all__ = ["LAW", "Reader", "keys"]
