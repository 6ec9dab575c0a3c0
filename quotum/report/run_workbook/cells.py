"""Values of a settlement in the cells of a workbook: numbers in a format of their kind, everything else as text."""

from datetime import date
from typing import Any, Final

import xlsxwriter
from attrs import frozen
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from quotum.tables import Column, Kind

_LARGEST: Final = 10**15 - 1
"""Largest number that a spreadsheet shows exactly: it keeps 15 digits."""
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
"""First characters of a formula, in a cell or in a CSV file made from it."""
_PARTS: Final = {Kind.CENTS: 100, Kind.HUNDREDTHS: 10_000, Kind.TENTHS: 10}
_WIDTHS: Final = {Kind.CENTS: 17, Kind.TEXT: 30, Kind.CHOICE: 16, Kind.PAYROLL_TAX_NUMBER: 15}
_USUAL_WIDTH: Final = 12


@frozen
class Looks:
    """Formats of cells."""

    mark: Format
    title: Format
    note: Format
    heading: Format
    text: Format
    quoted: Format
    whole: Format
    plain: Format
    day: Format
    by_kind: dict[Kind, Format]


def looks_of(book: xlsxwriter.Workbook, day: str) -> Looks:
    """Adds the formats to a workbook and returns them; `day` is how a date is written."""

    def look(**more: Any) -> Format:
        return book.add_format({"font_name": "Arial", "font_size": 10, "valign": "top", **more})

    return Looks(
        mark=look(bold=True, font_color="#8a1c1c", font_size=12),
        title=look(bold=True, font_size=12),
        note=look(italic=True, font_color="#444444"),
        heading=look(bold=True, text_wrap=True, bottom=1, bg_color="#e4ebf2"),
        text=look(num_format="@"),
        quoted=look(num_format="@", quote_prefix=True),
        whole=look(num_format="#,##0"),
        plain=look(num_format="0"),
        day=look(num_format=day),
        by_kind={
            Kind.CENTS: look(num_format='"€" #,##0.00;[Red]-"€" #,##0.00'),
            Kind.HUNDREDTHS: look(num_format="0.00%"),
            Kind.TENTHS: look(num_format="#,##0.0"),
        },
    )


def width(column: Column) -> int:
    """Returns the width of a column, in characters."""
    return _WIDTHS.get(column.kind, _USUAL_WIDTH)


def write_text(sheet: Worksheet, row: int, place: int, text: str, looks: Looks) -> None:
    """Writes a text that stays a text, whatever it begins with."""
    sheet.write_string(row, place, text, looks.quoted if text.startswith(_FORMULA) else looks.text)


def write_value(sheet: Worksheet, row: int, place: int, column: Column, value: Any, looks: Looks) -> None:
    """Writes a value by its kind; nothing for null.

    A number with too many digits for a spreadsheet is written as text, in the unit of its column.
    """
    if value is None:
        return
    if isinstance(value, bool):
        sheet.write_boolean(row, place, value, looks.text)
    elif isinstance(value, date):
        sheet.write_datetime(row, place, value, looks.day)
    elif isinstance(value, int):
        _write_number(sheet, row, place, column, value, looks)
    else:
        write_text(sheet, row, place, str(value), looks)


def _write_number(sheet: Worksheet, row: int, place: int, column: Column, value: int, looks: Looks) -> None:
    parts = _PARTS.get(column.kind, 1)
    if abs(value) > _LARGEST:
        whole, rest = divmod(abs(value), parts)
        decimals = f".{rest:0{len(str(parts)) - 1}d}" if parts > 1 else ""
        write_text(sheet, row, place, f"{'-' if value < 0 else ''}{whole}{decimals}", looks)
        return
    plain = looks.plain if column.kind is Kind.CODE else looks.whole
    sheet.write_number(row, place, value if parts == 1 else value / parts, looks.by_kind.get(column.kind, plain))


__all__ = ["Looks", "looks_of", "width", "write_text", "write_value"]
