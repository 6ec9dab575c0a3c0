"""Values of a settlement in Dutch: choices, findings, totals, units; in English they are as in the data."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final

from quotum.output.quality_page import meaning_of, place_of
from quotum.report.reader import Reader
from quotum.tables import Column
from quotum.words import in_language


def in_words(reader: Reader, sheet: str, column: Column, value: Any) -> Any:
    """Returns a value of a sheet in the reader's language.

    Args:
        reader: The reader.
        sheet: Name of the sheet.
        column: Its column.
        value: Text, number, day, yes or no, or nothing.
    """
    if reader.language == "en" or not isinstance(value, (bool, str)):
        return value
    if isinstance(value, bool):
        return reader.say("unit.yes" if value else "unit.no")
    words = _SHEETS.get(sheet)
    return reader.value(sheet, column.name, value) if words is None else words(reader, column.name, value)


def _of_finding(reader: Reader, column: str, value: str) -> str:
    """Returns a finding in Dutch with its code, by which explanations and files name it."""
    if column == "code":
        words = in_language(meaning_of(value), reader.language)
        return value if words == value else f"{words} [{value}]"
    if column == "place":
        return in_language(place_of(value, len(value)), reader.language)
    return reader.value("quality", column, value)


def _of_total(reader: Reader, column: str, value: str) -> str:
    return reader.say(f"column.{value}") if column == "name" and reader.has(f"column.{value}") else value


def _of_parameter(reader: Reader, column: str, value: str) -> str:
    """Returns what run.json holds of a parameter: value, unit, day and status in Dutch; names and sources are data."""
    if column == "valid_from":
        return reader.day(date.fromisoformat(value))
    if column == "unit":
        return reader.unit(value)
    return reader.plain(value) if column == "value" else reader.value("parameters", column, value)


_SHEETS: Final[Mapping[str, Callable[[Reader, str, str], str]]] = {
    "quality": _of_finding,
    "totals": _of_total,
    "parameters": _of_parameter,
}
"""Words of sheets that hold more than choices."""

__all__ = ["in_words"]
