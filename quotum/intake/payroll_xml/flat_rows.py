"""Conversion of xml2arrow tables to flat rows and totals of payroll returns (loonaangifte), by whole columns."""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from attrs import frozen

from quotum.intake.payroll_xml import mapping as layout
from quotum.intake.payroll_xml.element_rules import in_cents, sound_periods, sound_totals, sound_years, without_zone
from quotum.intake.payroll_xml.income_periods import Periods, flat_periods
from quotum.intake.payroll_xml.lines import ABSENT, Lines, Marks, check_lines, ordered_lines
from quotum.intake.payroll_xml.sections import LINES, UNITS, Faults, Mask, Sections, Whole, filled, sections_of, whole
from quotum.tables import RETURNS, Kind

# xs:string with a pattern or list that allows no white space. XML Schema collapses white space in the rest; names of
# messages and persons are trimmed too, because senders fill them up with blanks.
_STRINGS: Final = frozenset({"LhNr", "SrtIV", *layout.REQUESTS, "IndWAO", "IndWW", "IndZW"})
_NAMES: Final = frozenset({"IdBer", "PersNr"})
_AMOUNTS: Final = frozenset(column.delivered_name for column in RETURNS.columns if column.kind is Kind.EUROS)
_DAYS: Final = frozenset({"DatAanv", "DatEind", "Gebdat"})
_WHITE: Final = " \t\r\n"
_BLANKS: Final = f"{_WHITE}\u00a0"


@frozen
class FlatMessages:
    """Flat rows and totals of a number of messages."""

    rows: pa.Table
    """Rows with the delivered names, `file` (position of the message), `unit`, `row` and `schema_rules.MARKS`."""
    totals: pa.Table
    """One row per section: `file`, `unit`, the totals, `first_row`, `last_row`."""
    faults: dict[int, str]
    """Reasons to refuse, by position of the message; refused messages have no rows here."""


def assemble(
    tables: dict[str, pa.Table], files: int, started: Sequence[int] = (), years: Sequence[int] = ()
) -> FlatMessages:
    """Combines the tables of `files` messages.

    Args:
        tables: By name, as in `mapping`.
        files: Number of messages in the tables.
        started: Units that had lines in an earlier piece, so that they are not empty without lines here.
        years: Year of the schema of each message; unchecked when left out.
    """
    faults = Faults(files)
    lines = pa.concat_tables([tables[name] for name in layout.LINES.values()], promote_options="default")
    lines = lines.combine_chunks()
    sections = sections_of(tables, faults)
    fields = pa.concat_tables([tables[layout.periods_of(kind)] for kind in layout.LINES], promote_options="default")
    fields = fields.combine_chunks()
    before = np.ones(len(lines), np.int64)
    before[len(lines) - len(tables["correction"]) :] += len(layout.DATES)
    marks = Marks.of(lines, fields, before)
    check_lines(tables, lines, marks, faults)
    ordered = ordered_lines(lines, marks, sections, started)
    periods = _periods(fields, sections, ordered, faults)
    dates = _by_section(tables, lines, layout.DATES, sections, faults)
    message = _by_file(tables, faults)
    rows = _rows(lines, ordered, sections, dates, message, periods)
    totals, sound = _totals(lines, marks, ordered, sections, faults)
    marks_found = {
        "periods_sound": sound_periods(periods, len(ordered.section)),
        "totals_sound": sound[ordered.section],
    }
    if years:
        of_section = sound_years(list(dates.values()), np.asarray(years, np.int64)[sections.file])
        marks_found["year_sound"] = of_section[ordered.section]
    for name, values in marks_found.items():
        rows = rows.append_column(name, pa.array(values))
    keep = faults.keep(sections.file[ordered.section])
    if not keep.all():
        rows = rows.filter(pa.array(keep))
        totals = totals.filter(pa.array(faults.keep(whole(totals, "file"))))
    return FlatMessages(rows, totals, faults.reasons)


def _scatter(values: pa.ChunkedArray, target: Whole, size: int) -> tuple[pa.ChunkedArray, Whole]:
    """Puts values at their targets; also returns the targets that got more than one value."""
    present = np.flatnonzero(values.is_valid().to_numpy())
    places = np.full(size, ABSENT, np.int64)
    places[target[present]] = present
    count = np.bincount(target[present], minlength=size) if len(present) else np.zeros(size, np.int64)
    return take(values, places), np.flatnonzero(count > 1).astype(np.int64)


def take(values: pa.ChunkedArray, places: Whole) -> pa.ChunkedArray:
    """Takes values at these places, null for -1."""
    return values.take(pa.array(places, mask=places < 0))


def _by_section(
    tables: dict[str, pa.Table], lines: pa.Table, names: Sequence[str], sections: Sections, faults: Faults
) -> dict[str, pa.ChunkedArray]:
    """Dates of each section, from the return or from the lines of a correction."""
    columns = ["file", "unit", *names]
    source = pa.concat_tables([tables["returns"].select(columns), lines.select(columns)])
    source = source.filter(pa.array(filled(source, names)))
    target = sections.at(source)
    result = {}
    for name in names:
        result[name], double = _scatter(source[name], target, len(sections.key))
        faults.add(sections.file[double], layout.twice(name))
    return result


def _by_file(tables: dict[str, pa.Table], faults: Faults) -> dict[str, pa.ChunkedArray]:
    """Identification data of each message."""
    result = {}
    for name, table in (("IdBer", "parts"), ("DatTdAanm", "parts"), ("LhNr", "units")):
        values, double = _scatter(tables[table][name], whole(tables[table], "file"), faults.files)
        faults.add(double, layout.twice(name))
        result[name] = values
    return result


def _periods(fields: pa.Table, sections: Sections, ordered: Lines, faults: Faults) -> Periods:
    """Joins income periods (Inkomstenperiode) to their lines."""
    key = sections.at(fields) * LINES + whole(fields, "line")
    first = whole(fields, "item") == 0
    number = np.cumsum(first) - 1
    columns = {}
    for name in layout.PERIOD:
        columns[name], double = _scatter(fields[name], number, int(first.sum()))
        faults.add(whole(fields, "file")[first][double], layout.twice(name))
    line = np.searchsorted(ordered.key, key[first]).astype(np.int64)
    return Periods(line, columns)


def _rows(
    lines: pa.Table,
    ordered: Lines,
    sections: Sections,
    dates: dict[str, pa.ChunkedArray],
    message: dict[str, pa.ChunkedArray],
    periods: Periods,
) -> pa.Table:
    """Makes the flat rows, in the column order of RETURNS."""
    file = sections.file[ordered.section]
    columns = {name: take(lines[name], ordered.source) for name in layout.RELATION}
    if ordered.withdrawn.any():
        for name in layout.WITHDRAWN:
            columns[name] = pc.coalesce(columns[name], take(lines[layout.withdrawn(name)], ordered.source))
    columns |= {name: values.take(pa.array(ordered.section)) for name, values in dates.items()}
    columns |= {name: values.take(pa.array(file)) for name, values in message.items()}
    columns = {name: _trimmed(name, values) for name, values in columns.items()}
    columns |= {name: _trimmed(name, v) for name, v in flat_periods(periods, columns, len(file)).items()}
    columns["Soort"] = pa.array(sections.kind).take(pa.array(ordered.section))
    action = np.where(ordered.withdrawn, 1, 0)
    columns["Actie"] = pa.array(["I", "X"]).take(pa.array(action, mask=ordered.source < 0))
    columns["Ingediend"] = pa.nulls(len(file), pa.string())
    names = [column.delivered_name for column in RETURNS.columns]
    own = {"file": file, "unit": sections.key[ordered.section] % UNITS, "row": _numbers(file)}
    return pa.table({name: columns[name] for name in names} | {name: pa.array(values) for name, values in own.items()})


def _trimmed(name: str, values: Any) -> Any:  # arrow has no common type for arrays and chunked arrays
    if name in _STRINGS:
        return values
    if name in _NAMES:
        return _without_blanks(values)
    trimmed = pc.ascii_trim(values, _WHITE)
    if name in _AMOUNTS:
        return in_cents(trimmed)
    return without_zone(trimmed) if name in _DAYS else trimmed


def _without_blanks(names: Any) -> Any:  # arrow has no common type for arrays and chunked arrays
    """Strips blanks from names of messages and persons, as in a flat delivery; a blank name becomes null."""
    trimmed = pc.utf8_trim(names, _BLANKS)
    if pc.min(pc.binary_length(trimmed)).as_py() != 0:
        return trimmed
    return pc.if_else(pc.equal(trimmed, ""), pa.scalar(None, trimmed.type), trimmed)


def _numbers(file: Whole) -> Whole:
    """Number of each line within its message, from 1."""
    return np.arange(len(file)) - np.searchsorted(file, file) + 1


def _totals(lines: pa.Table, marks: Marks, ordered: Lines, sections: Sections, faults: Faults) -> tuple[pa.Table, Mask]:
    """Declared totals of each section with its rows, and whether they have the form that the schema requires."""
    total_lines = lines.filter(pa.array(marks.total))
    target = sections.at(total_lines)
    count = np.bincount(target, minlength=len(sections.key))
    faults.add(sections.file[count > 1], layout.twice("CollectieveAangifte"))
    numbers = _numbers(sections.file[ordered.section])
    places = np.arange(len(sections.key))
    has = np.isin(places, ordered.section)
    first = np.searchsorted(ordered.section, places)[has]
    last = np.searchsorted(ordered.section, places, side="right")[has] - 1
    columns: dict[str, Any] = {"file": sections.file[has], "unit": (sections.key % UNITS)[has]}
    columns |= {"first_row": numbers[first], "last_row": numbers[last]}
    declared = {name: _scatter(total_lines[name], target, len(sections.key))[0] for name in layout.TOTALS}
    columns |= {name: _trimmed(name, values.filter(pa.array(has))) for name, values in declared.items()}
    return pa.table(columns), sound_totals(list(declared.values()))
