"""Figures assumed for later years on the terminal: a line for each, with its value in every year and its origin."""

from collections.abc import Callable
from typing import Any

from quotum.comparison.record import Comparison
from quotum.parameters.units import unit as unit_of
from quotum.simulate.years_words import GROWS, RUNS_ON, TITLE
from quotum.words import ENGLISH, in_language, value_in_words

Row = dict[str, Any]


def print_later_figures(comparison: Comparison, say: Callable[[str], None], language: str = ENGLISH) -> None:
    """Prints the figures that are assumed for later years, each once for the scenarios that share it.

    Args:
        comparison: The comparison.
        say: Prints a line.
        language: `en` or `nl`.
    """
    rows = comparison.later_figures.to_pylist()
    if rows:
        say(TITLE.words(language))
    by_scenario: dict[tuple[str, str, str], list[Row]] = {}
    for row in rows:
        by_scenario.setdefault((row["parameter"], _origin(row, language), row["scenario"]), []).append(row)
    sharing: dict[str, list[str]] = {}
    for (parameter, origin, scenario), figures in by_scenario.items():
        values = ", ".join(f"{row['year']} {_value(row['value'], language)}" for row in figures)
        unit = unit_of(figures[0]["unit"]).words(language)
        line = f"  - {parameter} ({figures[0]['dutch']}), {unit}: {values}: {origin}"
        sharing.setdefault(line, []).append(scenario)
    for line, scenarios in sharing.items():
        say(line if len(scenarios) == len(comparison.scenarios) else f"{line} [{', '.join(scenarios)}]")


def _origin(row: Row, language: str) -> str:
    words = RUNS_ON if row["growth"] is None else GROWS
    value, growth = _value(row["from_value"], language), row["growth"] and _value(row["growth"], language)
    how = words.words(language, value=value, year=str(row["from_year"]), growth=growth)
    return f"{how} ({row['from_source']})"


def _value(value: str, language: str) -> str:
    return in_language(value_in_words(value), language)


__all__ = ["print_later_figures"]
