"""`quotum report RUN --workbook FILE`: read back with another library."""

import re
import stat
import zipfile
from datetime import date, datetime

import openpyxl
import pyarrow.parquet as pq
import pytest
import xlsxwriter
from xlsxwriter.exceptions import FileCreateError

from quotum.report.run_workbook import book as workbook_file
from quotum.report.run_workbook.cells import looks_of, write_value
from quotum.tables import (
    BONUS_LINES,
    OTHER_LKV_LINES,
    QUOTA_LINES,
    QUOTA_SETTLEMENT,
    SETTLEMENT,
    SURCHARGE_LINES,
    Column,
    Kind,
)
from tests.commands.test_quota_levy import MARKET_PERCENTAGE, small_country
from tests.helpers import SMALL_SET_SECRETS, deliver, discreet, ended, files_under, quotum, settled, take_in
from tests.rows import cells, numbered

_HEAD = 4
"""Row of the headings."""
FORMULA = "=HYPERLINK(A1) & <b>"
ASKED_TWICE = {"IndAvrLkvAgWn": "J"}


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """A simulation of employers with awkward names, one of them nameless, with every kind of line; and a quota levy."""
    folder = tmp_path_factory.mktemp("workbook")
    rows = {
        "returns": [
            cells("returns"),
            cells("returns", LhNr=f"{numbered(2)}L01", SofiNr=numbered(502), NumIV="2", **ASKED_TWICE),
            cells("returns", LhNr=f"{numbered(3)}L01", NumIV="3"),
        ],
        "register": [cells("register"), cells("register", bsn=numbered(502))],
        "employers": [
            cells("employers", name=FORMULA),
            cells("employers", rsin=numbered(2), name="-Één"),
            cells("employers", rsin=numbered(3), name=""),
        ],
        "wage_bills": [cells("wage_bills", rsin=numbered(number)) for number in (1, 2, 3)],
    }
    files = deliver(folder / "files", **rows)
    declared = folder / "files" / "declarations.csv"
    declared.write_text(f"bsn,category,from,until\n{numbered(502)},disabled,2020-01-01,\n", "utf-8")
    take_in(folder / "archive", [*files, declared])
    scenario = folder / "activated.toml"
    scenario.write_text(
        'title = "Activated"\n[set]\n"wet_banenafspraak.in_force_from" = 2024-01-01\n'
        '"wet_banenafspraak.activated_in" = 2024\n"wet_banenafspraak.surcharge_rate" = "0.35"\n'
        '"wtl.bonus_rate" = "3.76"\n'
    )
    settled(folder / "archive", folder / "run", scenario)
    settled(folder / "archive", folder / "enacted")
    take_in(folder / "levied", deliver(folder / "levy", **small_country()))
    (folder / "market.toml").write_text(MARKET_PERCENTAGE)
    at = ("--archive", folder / "levied", "--year", 2018, "--as-of", "2019-05-01", "--out", folder / "levy_run")
    ended(quotum("settle", *at, "--regime", "quota-levy", "--scenario", folder / "market.toml"), 0)
    return folder


def _book(run, path, *more):
    ended(quotum("report", run, "--workbook", path, *more), 0)
    return openpyxl.load_workbook(path)


def _table(sheet):
    """Names of the columns, and the rows beneath the headings."""
    rows = list(sheet.iter_rows(values_only=True))
    return rows[_HEAD - 2], rows[_HEAD:]


def _expected(value, column):
    if value is None or column.kind in (Kind.TEXT, Kind.RSIN, Kind.BSN, Kind.CHOICE, Kind.PAYROLL_TAX_NUMBER):
        return value
    if isinstance(value, date):
        return datetime.combine(value, datetime.min.time())
    parts = {Kind.CENTS: 100, Kind.HUNDREDTHS: 10_000, Kind.TENTHS: 10}.get(column.kind, 1)
    return value if parts == 1 else pytest.approx(value / parts, abs=0, rel=0)


TABLES = {
    "Settlement": ("run", SETTLEMENT),
    "LKV and bonus": ("run", BONUS_LINES),
    "Other LKV": ("run", OTHER_LKV_LINES),
    "Surcharge lines": ("run", SURCHARGE_LINES),
    "Quota lines": ("levy_run", QUOTA_LINES),
}


@pytest.mark.parametrize(("title", "run", "table"), [(name, *more) for name, more in TABLES.items()], ids=TABLES)
def test_a_sheet_holds_its_table_with_number_and_name(title, run, table, place, tmp_path):
    names, rows = _table(_book(place / run, tmp_path / "book.xlsx")[title])
    written = pq.read_table(place / run / "data" / f"{table.name}.parquet").to_pylist()
    assert written
    first, *others = table.columns
    assert names == (first.name, "number", "name", *(column.name for column in others))
    for row, expected in zip(rows, written, strict=True):
        values = dict(zip(names, row, strict=True))
        assert {column.name: values[column.name] for column in table.columns} == {
            column.name: _expected(expected[column.name], column) for column in table.columns
        }


def test_percentages_and_parts_of_jobs_of_a_levy(place, tmp_path):
    book = _book(place / "levy_run", tmp_path / "book.xlsx")
    names, rows = _table(book["Settlement"])
    assert names[:3] == ("rsin", "number", "name")
    assert len(names) == len(QUOTA_SETTLEMENT.columns) + 2
    first = dict(zip(names, rows[0], strict=True))
    assert (first["quota_percentage_hundredths"], first["quota_shortage_tenths"], first["quota_levy_cents"]) == (
        0.0193, 1.0, 5_000,
    )  # fmt: skip
    place_of = names.index("quota_percentage_hundredths") + 1
    assert book["Settlement"].cell(_HEAD + 1, place_of).number_format == "0.00%"


def test_names_come_from_the_archive_and_are_no_formulas(place, tmp_path):
    path = tmp_path / "book.xlsx"
    sheet = _book(place / "run", path)["Settlement"]
    names, rows = _table(sheet)
    assert [row[names.index("name")] for row in rows] == [FORMULA, "-Één", None]
    assert [row[names.index("number")] for row in rows] == [1, 2, 3]
    cell = sheet.cell(_HEAD + 1, names.index("name") + 1)
    assert (cell.data_type, cell.quotePrefix) == ("s", True)
    with zipfile.ZipFile(path) as package:
        inside = "".join(package.read(name).decode() for name in package.namelist() if "/sheet" in name)
    assert "<f>" not in inside


def test_identifiers_are_text_and_keep_their_zeros(place, tmp_path):
    sheet = _book(place / "run", tmp_path / "book.xlsx")["LKV and bonus"]
    names, _ = _table(sheet)
    for name in ("rsin", "bsn"):
        cell = sheet.cell(_HEAD + 1, names.index(name) + 1)
        assert re.fullmatch(r"\d{9}", cell.value)
        assert (cell.data_type, cell.number_format) == ("s", "@")


def test_euros_are_numbers_with_two_decimals(place, tmp_path):
    sheet = _book(place / "run", tmp_path / "book.xlsx")["Settlement"]
    names, rows = _table(sheet)
    cell = sheet.cell(_HEAD + 1, names.index("lkv_cents") + 1)
    assert (cell.data_type, cell.value) == ("n", 101.00)
    assert "0.00" in cell.number_format
    totals = dict(
        zip(
            *list(zip(*_table(_book(place / "run", tmp_path / "again.xlsx")["Totals"])[1], strict=True))[:2],
            strict=True,
        )
    )
    assert totals["lkv_cents"] == sum(row[names.index("lkv_cents")] for row in rows)


@pytest.mark.parametrize(
    ("cents", "expected"),
    [
        (1, 0.01),
        (-29, -0.29),
        (10**15 - 1, 9999999999999.99),
        (10**15, "10000000000000.00"),
        (-(2**53), "-90071992547409.92"),
    ],
)
def test_an_amount_is_shown_to_its_last_cent_or_is_text(cents, expected, tmp_path):
    book = xlsxwriter.Workbook(str(tmp_path / "book.xlsx"))
    write_value(book.add_worksheet(), 0, 0, Column("lkv_cents", Kind.CENTS, ""), cents, looks_of(book, "yyyy-mm-dd"))
    book.close()
    value = openpyxl.load_workbook(tmp_path / "book.xlsx").worksheets[0].cell(1, 1).value
    assert value == expected
    assert f"{value:.2f}" == f"{expected:.2f}" if isinstance(expected, float) else isinstance(value, str)


def test_a_simulation_says_so_on_every_sheet_and_the_law_as_it_is_does_not(place, tmp_path):
    for sheet in _book(place / "run", tmp_path / "run.xlsx"):
        assert sheet["A1"].value == "SIMULATION"
        assert "SIMULATION" in sheet.oddHeader.center.text
    for sheet in _book(place / "enacted", tmp_path / "enacted.xlsx"):
        assert not sheet["A1"].value
        assert sheet.oddHeader.center.text is None


def test_headings_in_two_languages(place, tmp_path):
    for language, title, headings in (
        ("en", "Settlement", ("RSIN", "Number in the run", "Name", "Sector", "Small employer")),
        ("nl", "Vaststelling", ("RSIN", "Nummer in de run", "Naam", "Sector", "Kleine werkgever")),
    ):
        book = _book(place / "run", tmp_path / f"{language}.xlsx", "--language", language)
        assert tuple(cell.value for cell in book[title][_HEAD])[:5] == headings
        assert book[title].freeze_panes == f"D{_HEAD + 1}"
        assert book[title].auto_filter.ref == f"A{_HEAD}:P{_HEAD + 3}"
        for sheet in book.worksheets[1:]:
            assert sheet.title in ("Charts", "Grafieken") or all(cell.value for cell in sheet[_HEAD])


@pytest.mark.parametrize(("most", "counts"), [(3, [3]), (2, [2, 1]), (1, [1, 1, 1])])
def test_a_table_of_more_rows_than_a_sheet_goes_on_on_the_next(most, counts, place, tmp_path, monkeypatch):
    monkeypatch.setattr(workbook_file, "MOST_ROWS", most)
    book = _book(place / "run", tmp_path / "book.xlsx")
    names = ["Settlement", *(f"Settlement {number}" for number in range(2, len(counts) + 1))]
    assert [name for name in book.sheetnames if name.startswith("Settlement")] == names
    assert [len(_table(book[name])[1]) for name in names] == counts
    numbers = [row[1] for name in names for row in _table(book[name])[1]]
    assert numbers == [1, 2, 3]
    assert {cell.value for cell in book["About"]["A"]} >= set(names)


def test_a_sheet_is_full_at_its_last_row():
    assert workbook_file.MOST_ROWS + _HEAD == 1_048_576


def test_the_same_run_gives_the_same_bytes_for_its_owner_only(place, tmp_path):
    for name in ("one", "two", "one"):
        output = ended(quotum("report", place / "run", "--workbook", tmp_path / f"{name}.xlsx"), 0)
        discreet(output, SMALL_SET_SECRETS)
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()
    assert stat.S_IMODE((tmp_path / "one.xlsx").stat().st_mode) == 0o600
    assert sorted(files_under(tmp_path)) == ["one.xlsx", "two.xlsx"]


def test_wrong_use_writes_nothing(place, tmp_path):
    book = tmp_path / "book.xlsx"
    ended(quotum("report", place / "run", "--workbook", book, "--out", tmp_path / "page.html"), 2)
    assert "lies in the run" in ended(quotum("report", place / "run", "--workbook", place / "run" / "book.xlsx"), 2)
    ended(quotum("report", tmp_path, "--workbook", book), 2)
    ended(quotum("report", place / "run", "--workbook", tmp_path / "nowhere" / "book.xlsx"), 14)
    ended(quotum("report", place / "run", "--workbook", book, "--archive", tmp_path / "nowhere"), 13)
    assert list(tmp_path.iterdir()) == []
    book.write_bytes(b"mine")
    assert "is not this workbook" in ended(quotum("report", place / "run", "--workbook", book), 2)
    assert files_under(tmp_path) == {"book.xlsx": b"mine"}


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), FileCreateError("No space left on device")])
def test_a_full_disk_leaves_nothing(error, place, tmp_path, monkeypatch):
    def full(*_arguments: object) -> None:
        raise error

    monkeypatch.setattr(workbook_file, "_print_on_paper", full)
    assert "No space left" in ended(quotum("report", place / "run", "--workbook", tmp_path / "book.xlsx"), 14)
    assert list(tmp_path.iterdir()) == []
