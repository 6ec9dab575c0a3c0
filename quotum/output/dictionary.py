"""The data dictionary as text and as JSON."""

import json
from collections.abc import Iterable, Iterator

from quotum.output.layout import Screen, paragraph
from quotum.tables import DELIVERIES, Column, Table


def as_text(tables: Iterable[Table], on: Screen | None = None) -> str:
    """Tables and their columns for reading.

    Args:
        tables: The tables.
        on: The screen, between whose sides every line stays; None: a line a column, however long.
    """
    return "\n\n".join("\n".join(_lines(table) if on is None else _narrow(table, on)) for table in tables)


def _narrow(table: Table, on: Screen) -> list[str]:
    lines = [paragraph(f"{table.name}: one row per {table.meaning}", on, hanging=2)]
    for name, kind, meaning in _columns(table):
        lines += [paragraph(f"  {name}  [{kind}]", on, hanging=4), paragraph(f"      {meaning}", on)]
    return lines


def _lines(table: Table) -> list[str]:
    columns = (f"  {name:<24} {kind:<22} {meaning}" for name, kind, meaning in _columns(table))
    return [f"{table.name}: one row per {table.meaning}", *columns]


def _columns(table: Table) -> Iterator[tuple[str, str, str]]:
    """Yields name, kind with unit, and meaning with notes of every column."""
    delivered = table in DELIVERIES
    for column in table.columns:
        name = column.delivered_name if delivered else column.name
        kind = f"{column.kind}{', ' + column.unit if column.unit and not delivered else ''}"
        notes = [
            *(["may be empty"] if column.null else []),
            *(["may be left out"] if column.optional else []),
            *([f"also {', '.join(column.aliases)}"] if column.aliases else []),
            *([f"in SPOLISBUS S{column.spolisbus}"] if column.spolisbus else []),
            *([f"one of {', '.join(column.choices)}"] if column.choices else []),
        ]
        yield name, kind, f"{column.meaning}{' (' + '; '.join(notes) + ')' if notes else ''}"


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
