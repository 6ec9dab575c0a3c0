"""Values of the tables of a comparison in Dutch: choices, units, readings, yes and no; in English as in the data."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from quotum.citations import cited
from quotum.comparison.record import BEHAVIOUR_DUTCH
from quotum.report.basis_sections import assumption_text
from quotum.report.reader import LAW, Reader
from quotum.report.scenario_names import title_for
from quotum.tables import Column, Table
from quotum.words import in_language

Row = dict[str, Any]


def in_words(reader: Reader, table: Table, column: Column, row: Row) -> Any:
    """Returns a value of a table in the reader's language.

    Args:
        reader: The reader.
        table: The table.
        column: Its column.
        row: The row of the value.
    """
    value = row[column.name]
    if reader.language == "en" or not isinstance(value, (bool, str)):
        return value
    if isinstance(value, bool):
        return reader.say("unit.yes" if value else "unit.no")
    words = _WORDS.get(f"{table.name}.{column.name}", _WORDS.get(column.name))
    return reader.value(table.name, column.name, value) if words is None else words(reader, row, value)


def title_of(reader: Reader, row: Row) -> str:
    """Returns the title of a scenario in the reader's language; of the law with what holds for it too."""
    if row["scenario"] != LAW or reader.language == "en":
        return title_for(reader, row["title"])
    _, _, besides = row["title"].partition(": ")
    return ": ".join(part for part in (reader.scenario(LAW), besides) if part)


def _of_value(reader: Reader, _row: Row, value: str) -> str:
    return reader.with_unit(value)


_WORDS: Final[Mapping[str, Callable[[Reader, Row, str], str]]] = {
    "scenario": lambda reader, _, value: reader.scenario(value),
    "title": lambda reader, row, _: title_of(reader, row),
    "note": lambda *_: BEHAVIOUR_DUTCH,
    "groups.group": lambda reader, _, value: reader.group(value),
    "later_figures.unit": lambda reader, _, value: reader.unit(value),
    "parameters.unit": lambda reader, _, value: reader.unit(value),
    "provision": lambda reader, _, value: in_language(cited(value), reader.language),
    "text": lambda reader, row, value: assumption_text(reader, row["kind"], row["name"], value),
    "value": _of_value,
    "value_2": _of_value,
    "law_value": _of_value,
    "from_value": _of_value,
    "low_value": _of_value,
    "high_value": _of_value,
}
"""Words of columns that are no choice."""

__all__ = ["in_words", "title_of"]
