"""The sheet of the years in the workbook: a row per headline figure, a column a year per scenario."""

from typing import Any, Final

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from quotum.comparison.record import Comparison
from quotum.report.reader import Reader
from quotum.report.years_section import figures_shown

_FIRST: Final = 5
_HUNDRED: Final = 100


def write_years(sheet: Worksheet, comparison: Comparison, reader: Reader, looks: Any, note: str) -> None:
    """Writes the sheet, with the mark of a simulation, what it shows, and the note on behaviour.

    Args:
        sheet: The empty sheet.
        comparison: The comparison, with every year.
        reader: The reader.
        looks: Formats of the workbook.
        note: The note on behaviour.
    """
    rows = comparison.comparison.to_pylist()
    years = reader.together([str(year) for year in comparison.law_years])
    sheet.write(0, 0, reader.say("mark.simulation"), looks.mark)
    sheet.write(1, 0, reader.say("text.years", rows=comparison.year, years=years), looks.title)
    sheet.write(2, 0, note, looks.note)
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, len(rows), 18)
    sheet.write(_FIRST - 1, 0, reader.say("column.figure"), looks.heading)
    for place, row in enumerate(rows, start=1):
        sheet.write(_FIRST - 2, place, reader.scenario(row["scenario"]), looks.heading)
        sheet.write_number(_FIRST - 1, place, row["year"], looks.heading)
    for number, name in enumerate(figures_shown(rows), start=_FIRST):
        sheet.write(number, 0, reader.say(f"column.{name}"), looks.text)
        for place, row in enumerate(rows, start=1):
            if row[name] is None:
                sheet.write_blank(number, place, None, looks.text)
            else:
                sheet.write_number(number, place, *_number(name, row[name], looks))
    sheet.freeze_panes(_FIRST, 1)


def _number(name: str, value: int, looks: Any) -> tuple[float, Format]:
    """Returns a value in the unit of people, with the format of it."""
    if name.startswith("rate_"):
        return value / _HUNDRED / _HUNDRED, looks.percent
    if name.endswith("_cents"):
        return value / _HUNDRED, looks.euro
    return (value / _HUNDRED, looks.hundredths) if name.endswith("_hundredths") else (value, looks.whole)


__all__ = ["write_years"]
