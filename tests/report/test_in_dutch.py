"""Nothing English is left on Dutch pages, charts and workbooks, but for names, notes and sources, which are data."""

import json
import re
import tomllib
from html.parser import HTMLParser
from importlib import resources

import openpyxl
import pytest

from quotum.comparison.tables import SIMULATION_TABLES
from quotum.parameters.units import IN_DUTCH, unit
from quotum.report import reader as reading
from quotum.report.comparison_page import page_of
from quotum.report.page import render
from quotum.report.reader import Reader
from quotum.report.run_page import page_of_run
from quotum.report.workbook import _heading, write_workbook
from tests.helpers import ended, quotum
from tests.report.conftest import AWKWARD

_ENGLISH = frozenset(
    [
        "the",
        "of",
        "and",
        "are",
        "is",
        "was",
        "were",
        "which",
        "whether",
        "amount",
        "amounts",
        "employer",
        "employers",
        "employee",
        "employees",
        "year",
        "years",
        "job",
        "jobs",
        "hours",
        "surcharge",
        "levy",
        "balance",
        "loss",
        "missing",
        "target",
        "group",
        "groups",
        "unknown",
        "market",
        "government",
        "law",
        "without",
        "with",
        "within",
        "from",
        "to",
        "or",
        "other",
        "others",
        "none",
        "nothing",
        "empty",
        "yes",
        "no",
        "true",
        "false",
        "paid",
        "payers",
        "rate",
        "share",
        "low",
        "high",
        "middle",
        "below",
        "above",
        "half",
        "limit",
        "more",
        "less",
        "than",
        "all",
        "each",
        "every",
        "given",
        "read",
        "assumed",
        "published",
        "enacted",
        "source",
        "unit",
        "value",
        "parameter's",
        "scroll",
        "save",
        "chart",
        "charts",
        "sheet",
        "table",
        "page",
    ]
) - {"is", "was", "of", "half", "page", "charts"}
"""English words that are no Dutch ones."""
_NAMES = re.compile(
    r"[\w-]+\.(?:csv|parquet|toml)|[a-z_]+\.[a-z_0-9]+|[a-z0-9]+(?:_[a-z0-9]+)+|--[a-z]+(?: [a-z]+)?|\[[a-z_]+\]"
)
"""Names of files, parameters and options in running text."""


def english_in(text):
    """English words in a text, names in it left out."""
    words = re.findall(r"[a-z']+", _NAMES.sub(" ", text.replace(AWKWARD, " ")).lower())
    return sorted(_ENGLISH & set(words))


class _Shown(HTMLParser):
    """Every text that a reader of a page sees or hears, but for what is marked as English."""

    def __init__(self, page):
        super().__init__()
        self.texts, self._open, self._broken = [], [], False
        self.feed(page.decode())

    def handle_starttag(self, tag, attrs):
        self._broken = tag == "wbr"
        if tag not in ("meta", "link", "wbr", "br"):
            self._open.append((tag, tag != "html" and dict(attrs).get("lang") == "en"))
        self.texts += [value for name, value in attrs if name in ("title", "aria-label", "alt") and value]

    def handle_startendtag(self, tag, attrs):
        pass

    def handle_endtag(self, tag):
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        if not any(english or tag in ("script", "style") for tag, english in self._open):
            if self._broken:
                self.texts[-1] += data
            else:
                self.texts.append(data)
        self._broken = False


def left_over(page):
    """Texts of a page that are English; of a unit the words that a scenario writes are so in any language."""
    texts = [text.strip() for text in _Shown(page).texts]
    return [(text, english_in(text)) for text in texts if english_in(text) and text not in _UNITS]


_UNITS = frozenset(IN_DUTCH.values())


def test_a_page_of_a_comparison_is_dutch(comparison):
    assert left_over(render(page_of(comparison, Reader("nl")), Reader("nl"))) == []


def test_a_page_of_a_run_is_dutch(run):
    """But for title and note of its scenario, which are as they were written."""
    note = json.loads((run / "data" / "run.json").read_text("utf-8"))["scenario"]["note"].strip()
    result = left_over(render(page_of_run(run, Reader("nl")), Reader("nl")))
    assert [text for text, _ in result if text != note] == []


def test_an_english_page_would_be_noticed(comparison):
    assert len(left_over(render(page_of(comparison, Reader("en")), Reader("en")))) > 50


_AS_DATA = {
    "Bron",
    "Naam",
    "Toelichting",
    "Niet berekend",
    "Nederlandse term",
    "Bepaling",
    "Waarde",
    "Wet zoals die is",
    "Parameter",
}
"""Headings of columns that are as in the data: names, notes, sources, and words that a scenario writes."""


def cells_left_over(path, names_in=0):
    """Cells of a workbook that are English; a row can hold the names of columns in files."""
    result = []
    for sheet in openpyxl.load_workbook(path).worksheets:
        for column in sheet.iter_cols():
            cells = [cell for cell in column if isinstance(cell.value, str) and cell.row != names_in]
            if not {cell.value for cell in cells} & _AS_DATA:
                result += [
                    (sheet.title, cell.coordinate, cell.value)
                    for cell in cells
                    if cell.value not in _UNITS and english_in(cell.value)
                ]
    return result


def test_a_workbook_of_a_comparison_is_dutch(comparison, tmp_path):
    write_workbook(comparison, tmp_path / "nl.xlsx", Reader("nl"))
    as_written = {row["text"] for row in comparison.assumptions.to_pylist() if row["kind"] in ("note", "remark")}
    as_written |= {row[name] for row in comparison.comparison.to_pylist() for name in ("scenario", "title")}
    assert [row for row in cells_left_over(tmp_path / "nl.xlsx") if row[2] not in as_written] == []


def test_a_workbook_of_a_run_is_dutch(run, larger, tmp_path):
    command = ("report", run, "--workbook", tmp_path / "nl.xlsx", "--archive", larger / "archive", "--language", "nl")
    ended(quotum(*command), 0)
    assert cells_left_over(tmp_path / "nl.xlsx", names_in=3) == []


@pytest.mark.parametrize("declared", SIMULATION_TABLES, ids=lambda table: table.name)
def test_every_table_column_and_choice_has_dutch(declared):
    dutch = Reader("nl")
    assert all(dutch.sheet(declared))
    for column in declared.columns:
        assert dutch.meaning(declared, column)
        assert dutch.has(f"column.{column.name}") or dutch.heading(column.name) is not None
        for choice in column.choices:
            known = reading._of_table(reading._tables()["value"], declared.name, column.name)
            assert choice in known, (declared.name, column.name, choice)


def test_headings_of_a_dutch_sheet_differ():
    for declared in SIMULATION_TABLES:
        headings = [_heading(column, Reader("nl")) for column in declared.columns]
        assert len(set(headings)) == len(headings), declared.name


def test_every_unit_of_a_parameter_has_dutch_and_no_other_is_listed():
    units = set()
    folder = resources.files("quotum.parameters")
    for file in folder.iterdir():
        if file.name.endswith(".toml"):
            units |= _units(tomllib.loads(file.read_text("utf-8")))
    assert units == set(IN_DUTCH)
    assert unit("euro per paid hour").words("nl") == "euro per verloond uur"
    assert unit("euro per paid hour").words("en") == "euro per paid hour"
    assert unit("percent of the moon").words("nl") == "percent of the moon"


def _units(read):
    if isinstance(read, dict):
        own = {read["unit"]} if isinstance(read.get("unit"), str) else set()
        return own.union(*map(_units, read.values()))
    return set().union(*map(_units, read)) if isinstance(read, list) else set()
