"""Values of a settlement in Dutch: choices, findings, totals, units; in English they are as in the data."""

from datetime import date
from typing import Any

from quotum.report.reader import Reader
from quotum.run.findings.declared import BY_CODE
from quotum.tables import Column


def in_words(reader: Reader, sheet: str, column: Column, value: Any) -> Any:
    """Returns a value of a sheet in the reader's language.

    Args:
        reader: The reader.
        sheet: Name of the sheet.
        column: Its column.
        value: Text, number, day, yes or no, or nothing.
    """
    if reader.language == "en":
        return value
    if isinstance(value, bool):
        return reader.say("unit.yes" if value else "unit.no")
    if not isinstance(value, str):
        return value
    if sheet == "quality" and column.name == "code":
        return f"{BY_CODE[value].dutch} [{value}]" if value in BY_CODE else value
    if sheet == "totals" and column.name == "name":
        return reader.say(f"column.{value}") if reader.has(f"column.{value}") else value
    if sheet == "parameters":
        return _of_parameter(reader, column.name, value)
    return reader.value(sheet, column.name, value)


def _of_parameter(reader: Reader, column: str, value: str) -> str:
    """Returns what run.json holds of a parameter: value, unit, day and status in Dutch; names and sources are data."""
    if column == "valid_from":
        return reader.day(date.fromisoformat(value))
    if column == "unit":
        return reader.unit(value)
    return reader.plain(value) if column == "value" else reader.value("parameters", column, value)


__all__ = ["in_words"]
