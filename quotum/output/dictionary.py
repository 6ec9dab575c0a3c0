"""The data dictionary as text and as JSON."""

import json
from collections.abc import Iterable

from quotum.tables import DELIVERIES, Column, Table


def as_text(tables: Iterable[Table]) -> str:
    """Tables and their columns for reading, a line a column."""
    return "\n\n".join("\n".join(_lines(table)) for table in tables)


def _lines(table: Table) -> list[str]:
    delivered = table in DELIVERIES
    lines = [f"{table.name}: one row per {table.meaning}"]
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
        lines.append(f"  {name:<24} {kind:<22} {column.meaning}{' (' + '; '.join(notes) + ')' if notes else ''}")
    return lines


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
