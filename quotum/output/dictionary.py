"""The data dictionary as text and as JSON."""

import json
from collections.abc import Iterable, Iterator

from quotum.output import words
from quotum.output.layout import Screen, paragraph
from quotum.tables import DELIVERIES, Column, Table
from quotum.tables_in_dutch import meaning
from quotum.words import ENGLISH, in_language, joined, phrase


def as_text(tables: Iterable[Table], on: Screen | None = None, language: str = ENGLISH) -> str:
    """Tables and their columns for reading.

    Args:
        tables: The tables.
        on: The screen, between whose sides every line stays; None: a line a column, however long.
        language: `en` or `nl`; names are the same in both.
    """
    every = (_lines(table, language) if on is None else _narrow(table, on, language) for table in tables)
    return "\n\n".join("\n".join(lines) for lines in every)


def _narrow(table: Table, on: Screen, language: str) -> list[str]:
    lines = [paragraph(_heading(table, language), on, hanging=2)]
    for name, kind, meaning_and_notes in _columns(table, language):
        lines += [paragraph(f"  {name}  [{kind}]", on, hanging=4), paragraph(f"      {meaning_and_notes}", on)]
    return lines


def _lines(table: Table, language: str) -> list[str]:
    columns = (f"  {name:<24} {kind:<22} {text}" for name, kind, text in _columns(table, language))
    return [_heading(table, language), *columns]


def _heading(table: Table, language: str) -> str:
    return words.ONE_ROW_PER.words(language, name=table.name, meaning=meaning(table.meaning))


def _columns(table: Table, language: str) -> Iterator[tuple[str, str, str]]:
    """Yields name, kind with unit, and meaning with notes of every column."""
    delivered = table in DELIVERIES
    for column in table.columns:
        name = column.delivered_name if delivered else column.name
        unit = (meaning(column.unit),) if column.unit and not delivered else ()
        kind = joined(", ", (meaning(column.kind), *unit))
        notes = [
            *([words.MAY_BE_EMPTY.sentence()] if column.null else []),
            *([words.MAY_BE_LEFT_OUT.sentence()] if column.optional else []),
            *([words.ALSO.sentence(names=", ".join(column.aliases))] if column.aliases else []),
            *([words.IN_SPOLISBUS.sentence(name=column.spolisbus)] if column.spolisbus else []),
            *([words.ONE_OF.sentence(names=", ".join(column.choices))] if column.choices else []),
        ]
        in_brackets = phrase(" ({notes})", notes=joined("; ", notes)) if notes else ""
        text = phrase("{meaning}{notes}", meaning=meaning(column.meaning), notes=in_brackets)
        yield name, in_language(kind, language), in_language(text, language)


def as_json(tables: Iterable[Table]) -> str:
    """Tables and their columns for programs."""
    return json.dumps([_table_json(table) for table in tables], indent=1, ensure_ascii=False)


def _table_json(table: Table) -> dict[str, object]:
    return {
        "name": table.name,
        "meaning": table.meaning,
        "key": list(table.key),
        "columns": [_column_json(column) for column in table.columns],
    }


def _column_json(column: Column) -> dict[str, object]:
    return {
        "name": column.name,
        "delivered_name": column.delivered_name,
        "kind": str(column.kind),
        "unit": column.unit,
        "type": str(column.written),
        "null": column.null,
        "optional": column.optional,
        "choices": list(column.choices),
        "meaning": column.meaning,
        "source": column.source,
    }
