"""A comparison as an Excel workbook: a sheet per table with the exact figures, and a sheet with the charts of each."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import xlsxwriter
from attrs import evolve, frozen
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from quotum.comparison.record import BEHAVIOUR, BEHAVIOUR_DUTCH, Comparison
from quotum.comparison.tables import AS_OUTCOME, SIMULATION_TABLES
from quotum.report.pictures import Picture, put_pictures
from quotum.report.reader import LAW, Reader
from quotum.report.scenario_names import naming
from quotum.report.table_words import in_words, title_of
from quotum.report.years_section import as_if_fact, comparison_title
from quotum.report.years_sheet import write_years
from quotum.tables import Column, Kind, Table

_MADE: Final = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
"""Moment of making in every workbook: the same tables give the same bytes."""
_HEAD: Final = 4
"""Row of the headings, counted from 0, below the mark, the meaning of the table and the note."""
_NARROW, _WIDE = 9, 60
_PARTS: Final = 100
_PERCENT: Final = "percent point"
_WITHOUT_SEPARATOR: Final = ("year", "from_year", "place")


@frozen
class _Looks:
    """Formats of cells."""

    mark: Format
    title: Format
    note: Format
    heading: Format
    unit: Format
    text: Format
    whole: Format
    euro: Format
    percent: Format
    hundredths: Format


def write_workbook(comparison: Comparison, path: Path, reader: Reader, drawn: Sequence[Picture] = ()) -> None:
    """Writes the workbook.

    Args:
        comparison: The comparison.
        path: The file.
        reader: The reader.
        drawn: The charts of the page, as pictures.
    """
    book = xlsxwriter.Workbook(
        str(path), {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    )
    book.set_properties({"title": comparison_title(reader, comparison), "created": _MADE})
    reader, looks = naming(reader, comparison), _looks(book)
    _about(book.add_worksheet(reader.say("sheet.about")), comparison, reader, looks, drawn)
    if comparison.law_years != (comparison.year,):
        write_years(book.add_worksheet(reader.say("sheet.years")), comparison, reader, looks, _note(reader))
    for declared in SIMULATION_TABLES:
        title, _ = reader.sheet(declared)
        _sheet(book.add_worksheet(title), declared, comparison, reader, looks)
        charts = _charts_of(declared, drawn)
        if charts:
            _charts(book.add_worksheet(reader.say("sheet.charts", sheet=title)), title, charts, reader, looks)
    book.close()


_CHARTS_OF: Final = {
    "comparison": ("amounts", "losses"),
    "groups": ("winners",),
    "cliffs": ("cliffs",),
    "distribution": ("distribution",),
    "shares": ("shares",),
    "sweep": ("curves", "squares"),
    "ranges": ("tornado",),
    "panel": ("past",),
}
"""First parts of the names of the charts that are drawn from a table."""


def _charts_of(declared: Table, drawn: Sequence[Picture]) -> list[Picture]:
    """Returns the pictures of a table; what belongs to no table is with the headline figures."""
    own = _CHARTS_OF.get(declared.name, ())
    others = {name for names in _CHARTS_OF.values() for name in names}
    first = declared.name == SIMULATION_TABLES[0].name
    return [
        picture
        for picture in drawn
        if (kind := picture.name.partition("-")[0]) in own or (first and kind not in others)
    ]


def _charts(sheet: Worksheet, title: str, charts: Sequence[Picture], reader: Reader, looks: _Looks) -> None:
    """Puts pictures one under another, each with its text for who cannot see it."""
    sheet.write(0, 0, reader.say("mark.simulation"), looks.mark)
    sheet.write(1, 0, reader.say("sheet.charts_of", sheet=title), looks.title)
    sheet.write_url(2, 0, f"internal:'{title}'!A1", string=title)
    sheet.hide_gridlines(2)
    put_pictures(sheet, _HEAD, charts)
    _printed(sheet, reader, landscape=False)


def _looks(book: xlsxwriter.Workbook) -> _Looks:
    def look(**more: Any) -> Format:
        return book.add_format({"font_name": "Arial", "font_size": 10, "valign": "top", **more})

    head = {"bold": True, "text_wrap": True, "bottom": 1, "bg_color": "#e4ebf2"}
    return _Looks(
        mark=look(bold=True, font_color="#8a1c1c", font_size=12),
        title=look(bold=True, font_size=12),
        note=look(italic=True),
        heading=look(**head),
        unit=look(italic=True, font_color="#444444", text_wrap=True, bottom=1),
        text=look(text_wrap=True),
        whole=look(num_format="#,##0"),
        euro=look(num_format='"€" #,##0.00;[Red]-"€" #,##0.00'),
        percent=look(num_format="0.00%"),
        hundredths=look(num_format="#,##0.00"),
    )


def _about(sheet: Worksheet, comparison: Comparison, reader: Reader, looks: _Looks, drawn: Sequence[Picture]) -> None:
    """Writes the first sheet: the subject, its limits, and the contents of each sheet."""
    say = reader.say
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 100)
    sheet.write(0, 0, say("mark.simulation"), looks.mark)
    sheet.write(0, 1, say("mark.simulation_long"), looks.mark)
    lines = [
        comparison_title(reader, comparison),
        *([] if comparison.law_years == (comparison.year,) else [as_if_fact(reader, comparison)]),
        say("fact.as_of", day=reader.day(comparison.as_of)),
        *([] if comparison.known_on is None else [say("fact.known_on", day=reader.day(comparison.known_on))]),
        say("fact.digest", digest=comparison.digest),
        _note(reader),
    ]
    row = 1
    for line in lines:
        sheet.write(row, 1, line, looks.text)
        row += 1
    row += 1
    for scenario in comparison.comparison.to_pylist():
        name = scenario["scenario"]
        sheet.write(row, 0, reader.scenario(LAW) if name == LAW else name, looks.title)
        sheet.write(row, 1, title_of(reader, scenario), looks.text)
        row += 1
    row += 1
    for declared in SIMULATION_TABLES:
        title, meaning = reader.sheet(declared)
        sheet.write_url(row, 0, f"internal:'{title}'!A1", string=title)
        sheet.write(row, 1, meaning, looks.text)
        row += 1
        charts = reader.say("sheet.charts", sheet=title)
        if _charts_of(declared, drawn):
            sheet.write_url(row, 0, f"internal:'{charts}'!A1", string=charts)
            sheet.write(row, 1, reader.say("sheet.charts_of", sheet=title), looks.text)
            row += 1
    _printed(sheet, reader, landscape=False)


def _sheet(book_sheet: Worksheet, declared: Table, comparison: Comparison, reader: Reader, looks: _Looks) -> None:
    """Writes a table: headings that stay in view, a filter, and every value with its unit."""
    sheet, rows = book_sheet, comparison.table(declared).to_pylist()
    sheet.write(0, 0, reader.say("mark.simulation"), looks.mark)
    sheet.write(1, 0, ": ".join(reader.sheet(declared)), looks.title)
    sheet.write(2, 0, _note(reader), looks.note)
    for place, column in enumerate(declared.columns):
        sheet.write(_HEAD - 1, place, reader.meaning(declared, column), looks.unit)
        sheet.write(_HEAD, place, _heading(column, reader), looks.heading)
        values = [in_words(reader, declared, column, row) for row in rows]
        sheet.set_column(place, place, _width(column, values))
        for number, (row, value) in enumerate(zip(rows, values, strict=True), start=_HEAD + 1):
            _write(sheet, number, place, of_outcome(column, row), value, looks)
    sheet.set_row(_HEAD - 1, 60)
    sheet.set_row(_HEAD, 30)
    sheet.freeze_panes(_HEAD + 1, 2 if declared.columns[0].name == "place" else 1)
    sheet.autofilter(_HEAD, 0, _HEAD + max(len(rows), 1), len(declared.columns) - 1)
    sheet.repeat_rows(_HEAD)
    _printed(sheet, reader, landscape=True)


def _printed(sheet: Worksheet, reader: Reader, *, landscape: bool) -> None:
    sheet.set_paper(9)
    if landscape:
        sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_header(f'&C&"Arial,Bold"{reader.say("mark.simulation")}')


def _note(reader: Reader) -> str:
    return BEHAVIOUR_DUTCH if reader.language == "nl" else BEHAVIOUR


_HEADINGS: Final = {"place": "order", "bin": "bin_number"}
"""Columns with another heading here: the page shows a bin by its bounds, the workbook by its number."""


def _heading(column: Column, reader: Reader) -> str:
    """Returns the name on the page when there is one, else the name of the column; unique within a sheet."""
    key = f"column.{_HEADINGS.get(column.name, column.name)}"
    if reader.has(key):
        return reader.say(key)
    plain = column.name.removesuffix("_cents").removesuffix("_hundredths").replace("_", " ")
    return reader.heading(column.name) or plain


def of_outcome(column: Column, row: dict[str, Any]) -> Column:
    """Returns the column in the unit of the outcome of its row, if it is about an outcome: euros or jobs."""
    if column.unit != AS_OUTCOME:
        return column
    return evolve(column, kind=Kind.CENTS if row["outcome"].endswith("_cents") else Kind.HUNDREDTHS)


def _write(sheet: Worksheet, row: int, place: int, column: Column, value: Any, looks: _Looks) -> None:
    if value is None:
        sheet.write_blank(row, place, None, looks.text)
    elif isinstance(value, str):
        sheet.write_string(row, place, value, looks.text)
    elif column.kind is Kind.CENTS:
        sheet.write_number(row, place, value / _PARTS, looks.euro)
    elif column.kind is Kind.HUNDREDTHS and _PERCENT in column.unit:
        sheet.write_number(row, place, value / _PARTS / _PARTS, looks.percent)
    elif column.kind is Kind.HUNDREDTHS:
        sheet.write_number(row, place, value / _PARTS, looks.hundredths)
    elif isinstance(value, bool):
        sheet.write_boolean(row, place, value, looks.text)
    else:
        sheet.write_number(row, place, value, looks.text if column.name in _WITHOUT_SEPARATOR else looks.whole)


def _width(column: Column, values: list[Any]) -> int:
    """Returns a width with room for the longest value, within bounds: long text wraps."""
    if column.kind in (Kind.CENTS, Kind.HUNDREDTHS) or column.unit == AS_OUTCOME:
        return 16
    longest = max((len(str(value)) for value in values if value is not None), default=0)
    return min(max(longest + 2, _NARROW, len(column.name) // 2), _WIDE)


__all__ = ["of_outcome", "write_workbook"]
