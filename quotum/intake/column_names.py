"""Which column a delivered name means: its own name, an alias, or its name in CBS SPOLISBUS."""

from collections.abc import Iterable, Mapping
from functools import cache

from attrs import frozen

from quotum.errors import DeliveryRefused
from quotum.tables import Column, Table


@frozen
class _Names:
    """Every name of every column of a table."""

    exact: Mapping[str, Column]
    """By its own name or an alias."""
    in_any_case: Mapping[str, Column]
    """The same in small letters."""
    spolisbus: Mapping[str, Column]
    """By its name in SPOLISBUS, in small letters, with and without the leading S."""


@cache
def _names_of(table: Table) -> _Names:
    exact = {name: column for column in table.columns for name in (column.delivered_name, *column.aliases)}
    spolisbus = {column.spolisbus.lower(): column for column in table.columns if column.spolisbus}
    spolisbus |= {f"s{name}": column for name, column in spolisbus.items()}
    return _Names(exact, {name.lower(): column for name, column in exact.items()}, spolisbus)


def meant(table: Table, name: str) -> Column | None:
    """The column of a table that a delivered name means, in any case; None when it has none."""
    names, name = _names_of(table), name.strip()
    return names.exact.get(name) or names.spolisbus.get(name.lower()) or names.in_any_case.get(name.lower())


def in_spolisbus(table: Table, names: Iterable[str]) -> bool:
    """Whether a delivery has names of SPOLISBUS, so that its values are written as there.

    One of its names is also an older one of the payroll return, so that by itself it tells nothing.
    """
    known = _names_of(table)
    return any(name not in known.exact and name.lower() in known.spolisbus for name in map(str.strip, names))


def known_names(table: Table) -> list[str]:
    """Names of a table's columns, to find the closest one."""
    return list(_names_of(table).exact)


def missing(table: Table, names: Iterable[str]) -> list[str]:
    """Columns that a delivery lacks, by the names they should have."""
    found = {meant(table, name) for name in names}
    return [column.delivered_name for column in table.columns if not column.optional and column not in found]


def refuse_doubled(table: Table, names: Iterable[str]) -> None:
    """Refuse two columns with one meaning, of which one would have to be chosen.

    Raises:
        DeliveryRefused: There are such.
    """
    found: dict[Column, str] = {}
    for name in names:
        column = meant(table, name)
        if column in found:
            again = "more than once" if found[column] == name else f"and {name!r}, which mean the same: leave one out"
            raise DeliveryRefused(f"has the column {found[column]!r} {again}")
        if column is not None:
            found[column] = name
