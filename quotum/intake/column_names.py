"""Delivered column names: the name of the column, an alias, or its name in CBS SPOLISBUS."""

from collections.abc import Iterable, Mapping
from functools import cache

from attrs import frozen

from quotum.errors import DeliveryRefused
from quotum.intake import words
from quotum.tables import Column, Table


@frozen
class _Names:
    """All names of the columns of a table."""

    exact: Mapping[str, Column]
    """Columns by name or alias."""
    in_any_case: Mapping[str, Column]
    """The same in small letters."""
    spolisbus: Mapping[str, Column]
    """Columns by name in SPOLISBUS, in small letters, with and without the leading S."""


@cache
def _names_of(table: Table) -> _Names:
    exact = {name: column for column in table.columns for name in (column.delivered_name, *column.aliases)}
    spolisbus = {column.spolisbus.lower(): column for column in table.columns if column.spolisbus}
    spolisbus |= {f"s{name}": column for name, column in spolisbus.items()}
    return _Names(exact, {name.lower(): column for name, column in exact.items()}, spolisbus)


def column_named(table: Table, name: str) -> Column | None:
    """Returns the column of a table for a delivered name, in any case; None when there is none."""
    names, name = _names_of(table), name.strip()
    return names.exact.get(name) or names.spolisbus.get(name.lower()) or names.in_any_case.get(name.lower())


def in_spolisbus(table: Table, names: Iterable[str]) -> bool:
    """Whether a delivery uses names of SPOLISBUS, so that its values are written as there.

    A name of SPOLISBUS that is also an older name of the payroll return proves nothing.
    """
    names_of_table = _names_of(table)
    return any(
        name not in names_of_table.exact and name.lower() in names_of_table.spolisbus for name in map(str.strip, names)
    )


def known_names(table: Table) -> list[str]:
    """Lists the names of a table's columns, to find the closest name."""
    return list(_names_of(table).exact)


def missing(table: Table, names: Iterable[str]) -> list[str]:
    """Lists the columns that a delivery lacks, by their proper names."""
    present = {column_named(table, name) for name in names}
    return [column.delivered_name for column in table.columns if not column.optional and column not in present]


def refuse_doubled(table: Table, names: Iterable[str]) -> None:
    """Refuses two columns with the same meaning.

    Raises:
        DeliveryRefused: Two columns mean the same.
    """
    names_by_column: dict[Column, str] = {}
    for name in names:
        column = column_named(table, name)
        if column in names_by_column:
            first = names_by_column[column]
            if first == name:
                raise DeliveryRefused(words.TWICE.sentence(name=first))
            raise DeliveryRefused(words.TWO_OF_A_KIND.sentence(name=first, other=name))
        if column is not None:
            names_by_column[column] = name
