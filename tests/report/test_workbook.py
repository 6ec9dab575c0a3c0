"""The workbook, read back with another library."""

import openpyxl
import pytest

from quotum.comparison.record import BEHAVIOUR, BEHAVIOUR_DUTCH
from quotum.comparison.tables import SIMULATION_TABLES
from quotum.report.reader import Reader
from quotum.report.workbook import of_outcome, write_workbook
from quotum.tables import Kind

_HEAD = 5
"""Row of the headings."""


@pytest.fixture(scope="module")
def path(comparison, tmp_path_factory):
    place = tmp_path_factory.mktemp("workbook") / "comparison.xlsx"
    write_workbook(comparison, place, Reader("en"))
    return place


@pytest.fixture(scope="module")
def book(path):
    return openpyxl.load_workbook(path)


def test_a_sheet_per_table_and_one_that_says_what_this_is(book):
    assert book.sheetnames == ["About", *(declared.name for declared in SIMULATION_TABLES)]
    about = " ".join(str(cell.value) for row in book["About"].iter_rows() for cell in row if cell.value)
    assert "Activated & <script>" in about


@pytest.mark.parametrize("declared", SIMULATION_TABLES, ids=lambda table: table.name)
def test_a_sheet_holds_its_table(declared, book, comparison):
    sheet, rows = book[declared.name], comparison.table(declared).to_pylist()
    assert sheet["A1"].value == "SIMULATION"
    assert BEHAVIOUR in sheet["A3"].value
    assert sheet.freeze_panes is not None
    assert int("".join(filter(str.isdigit, sheet.freeze_panes))) == _HEAD + 1
    headings = [cell.value for cell in sheet[_HEAD]][: len(declared.columns)]
    assert len(set(headings)) == len(headings)
    assert sheet.max_row in (_HEAD + len(rows), _HEAD + max(len(rows), 1))
    for place, column in enumerate(declared.columns, start=1):
        cells = [sheet.cell(_HEAD + 1 + number, place) for number in range(len(rows))]
        for row, cell in zip(rows, cells, strict=True):
            _require_equal(of_outcome(column, row), row[column.name], cell)


@pytest.mark.parametrize("name", ["shares", "distribution"])
def test_the_number_of_a_bin_is_no_amount(name, book):
    headings = [cell.value for cell in book[name][_HEAD]]
    assert "Number of the bin" in headings
    assert Reader("en").say("column.bin") not in headings


def test_outcomes_of_a_range_are_in_euros_or_jobs_and_not_in_hundredths(book, comparison):
    """Cents beside euros on other sheets would be read as euros."""
    sheet, rows = book["ranges"], comparison.ranges.to_pylist()
    place = [cell.value for cell in sheet[_HEAD]].index("Scenario itself") + 1
    cells = [sheet.cell(_HEAD + 1 + number, place) for number in range(len(rows))]
    assert {row["outcome"].rpartition("_")[2] for row in rows} == {"cents", "hundredths"}
    for row, cell in zip(rows, cells, strict=True):
        assert cell.value == pytest.approx(row["outcome_middle"] / 100)
        assert ("€" in cell.number_format) == row["outcome"].endswith("_cents")


def _require_equal(column, value, cell):
    if value is None:
        assert cell.value is None
    elif column.kind is Kind.CENTS:
        assert round(cell.value * 100) == value
        assert "€" in cell.number_format
    elif column.kind is Kind.HUNDREDTHS and "percent" in column.unit:
        assert round(cell.value * 10_000) == value
        assert cell.number_format == "0.00%"
    elif column.kind is Kind.HUNDREDTHS:
        assert round(cell.value * 100) == value
    else:
        assert cell.value == value


def test_the_same_comparison_gives_the_same_bytes(path, comparison, tmp_path):
    write_workbook(comparison, tmp_path / "again.xlsx", Reader("en"))
    assert (tmp_path / "again.xlsx").read_bytes() == path.read_bytes()


def test_dutch_words(comparison, tmp_path):
    write_workbook(comparison, tmp_path / "nl.xlsx", Reader("nl"))
    book = openpyxl.load_workbook(tmp_path / "nl.xlsx")
    assert book.sheetnames[:3] == ["Over", "vergelijking", "groepen"]
    rows = list(book["vergelijking"].iter_rows(min_row=_HEAD, values_only=True))
    row = dict(zip(rows[0], rows[1], strict=True))
    assert row["Regeling"] == "zoals vastgesteld"
    assert (row["Opslag verschuldigd"], row["Simulatie"]) == ("nee", "ja")
    assert row["Toelichting"] == BEHAVIOUR_DUTCH
    parameters = list(book["parameters"].iter_rows(min_row=_HEAD, values_only=True))
    place = parameters[0].index("Eenheid")
    assert "euro per verloond uur" in {row[place] for row in parameters}
