"""Charts as pictures: every chart of a page as SVG and PNG, in the workbook, with heading and mark, always the same."""

import re
import struct
import zipfile
import zlib
from xml.etree import ElementTree as ET

import openpyxl
import pytest

from quotum.comparison import files
from quotum.errors import WrongUse
from quotum.report.comparison_files import writers
from quotum.report.comparison_page import page_of
from quotum.report.page import render
from quotum.report.pictures import PER_POINT, charts_of, pictures
from quotum.report.reader import Reader
from quotum.report.run_file import write_report
from quotum.report.run_page import page_of_run
from tests.helpers import HOUSE, ended, files_under, quotum
from tests.report.html import Parts

pytestmark = pytest.mark.slow

_SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def page(comparison):
    return page_of(comparison, Reader("nl"))


@pytest.fixture(scope="module")
def folder(comparison, tmp_path_factory):
    out = tmp_path_factory.mktemp("pictures") / "compared"
    files.write(comparison, out, writers(Reader("nl")))
    return out


def parsed(svg):
    """Reads a drawing of quotum's own."""
    return ET.fromstring(svg)  # noqa: S314 - quotum wrote it


def size_and_pixels(png):
    """Takes a PNG apart: width, height, and all bytes of its pixels, after a check of each checksum."""
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    at, packed, size = 8, b"", (0, 0)
    while at < len(png):
        length, kind = struct.unpack(">I4s", png[at : at + 8])
        content = png[at + 8 : at + 8 + length]
        assert struct.unpack(">I", png[at + 8 + length : at + 12 + length])[0] == zlib.crc32(kind + content)
        size = struct.unpack(">II", content[:8]) if kind == b"IHDR" else size
        packed += content if kind == b"IDAT" else b""
        at += 12 + length
    return size, zlib.decompress(packed)


def pictures_by_sheet(path):
    """Counts the pictures on each sheet of a workbook that has some."""
    names = openpyxl.load_workbook(path, read_only=True).sheetnames
    held = {}
    with zipfile.ZipFile(path) as book:
        for number, name in enumerate(names, 1):
            links = f"xl/worksheets/_rels/sheet{number}.xml.rels"
            drawing = re.search(rb"drawings/drawing\d+\.xml", book.read(links)) if links in book.namelist() else None
            if drawing:
                held[name] = book.read(f"xl/{drawing[0].decode()}").count(b"<xdr:pic>")
    return names, held


def test_every_chart_of_the_page_is_a_picture_of_two_kinds(folder, page):
    names = [chart.name for chart in charts_of(page)]
    assert len(names) == len(Parts((folder / "index.html").read_bytes()).charts) > 10
    wanted = {f"{name}.{kind}" for name in names for kind in ("svg", "png")}
    assert {path.name for path in (folder / "charts").iterdir()} == wanted
    assert all(path.stat().st_mode & 0o777 == 0o600 for path in (folder / "charts").iterdir())


def test_a_picture_says_what_it_is_about(folder, page):
    for chart in charts_of(page):
        root = parsed((folder / "charts" / f"{chart.name}.svg").read_text("utf-8"))
        assert root.tag == f"{_SVG}svg"
        heading = next(part for part in root.iter(f"{_SVG}g") if part.get("class") == "heading")
        result = [text.text for text in heading.iter(f"{_SVG}text")]
        assert result[0] == "SIMULATIE"
        assert " ".join(result[1:-1]) == chart.title
        assert (
            result[-1]
            == "Kalenderjaar 2026 · Aangiften zoals ingediend tot en met 1\N{NO-BREAK SPACE}mei\N{NO-BREAK SPACE}2027"
        )
        assert root.find(f"{_SVG}title").text == chart.title
        assert root.find(f"{_SVG}desc").text == chart.description


def test_a_png_is_as_large_as_its_drawing_and_not_empty(folder, page):
    for chart in charts_of(page):
        root = parsed((folder / "charts" / f"{chart.name}.svg").read_text("utf-8"))
        (width, height), pixels = size_and_pixels((folder / "charts" / f"{chart.name}.png").read_bytes())
        wanted = [PER_POINT * float(root.get(side)) for side in ("width", "height")]
        assert [width, height] == pytest.approx(wanted, abs=PER_POINT)
        assert len(set(pixels)) > 10


def test_the_workbook_holds_every_picture_beside_its_table(folder, page):
    names, held = pictures_by_sheet(folder / "comparison.xlsx")
    kinds = [chart.name.partition("-")[0] for chart in charts_of(page)]
    assert sum(held.values()) == len(kinds)
    assert held["groepen, grafieken"] == kinds.count("winners") > 1
    assert held["vergelijking, grafieken"] == kinds.count("amounts") + kinds.count("losses")
    assert all(names[names.index(name) - 1] == name.removesuffix(", grafieken") for name in held)


def test_the_same_comparison_gives_the_same_bytes(folder, comparison, tmp_path):
    files.write(comparison, tmp_path / "again", writers(Reader("nl")))
    assert files_under(tmp_path / "again") == files_under(folder)


def test_the_chart_on_the_page_is_the_picture_without_its_heading(page):
    text = render(page, Reader("nl")).decode()
    for picture in pictures(page, Reader("nl")):
        whole = parsed(picture.svg).get("viewBox")
        assert f'<svg data-whole="{whole}"' in text
        assert f'data-kind="png" data-name="{picture.name}"' in text
    assert text.count('<p class="save" hidden>') == text.count("<figure")


def test_the_report_of_a_run_gives_its_charts(run, tmp_path):
    ended(quotum("report", run, "--out", tmp_path / "report.html", "--charts", tmp_path / "charts"), 0)
    names = {chart.name for chart in charts_of(page_of_run(run, Reader("en")))}
    assert len(names) == 5
    before = files_under(tmp_path)
    assert {path.name for path in (tmp_path / "charts").iterdir()} == {
        f"{name}.{kind}" for name in names for kind in ("svg", "png")
    }
    assert (tmp_path / "charts").stat().st_mode & 0o777 == 0o700
    ended(quotum("report", run, "--out", tmp_path / "report.html", "--charts", tmp_path / "charts"), 0)
    assert files_under(tmp_path) == before


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(lambda folder: folder.write_text("notes"), id="a_file"),
        pytest.param(lambda folder: (folder.mkdir(), (folder / "notes").write_text("mine")), id="another_folder"),
        pytest.param(lambda folder: folder.symlink_to(folder.parent), id="a_link"),
    ],
)
def test_nothing_is_written_where_something_else_is(spoil, run, tmp_path):
    spoil(tmp_path / "charts")
    with pytest.raises(WrongUse, match="--charts"):
        write_report(run, tmp_path / "report.html", "en", tmp_path / "charts")
    assert not (tmp_path / "report.html").exists()


def test_charts_and_workbook_do_not_go_together(run, tmp_path):
    output = ended(quotum("report", run, "--charts", tmp_path / "charts", "--workbook", tmp_path / "run.xlsx"), 2)
    assert "--workbook and --charts" in output


def test_the_workbook_of_a_run_holds_the_charts_of_its_report(run, larger, tmp_path):
    command = ("report", run, "--workbook", tmp_path / "run.xlsx", "--archive", larger / "archive")
    ended(quotum(*command), 0)
    names, held = pictures_by_sheet(tmp_path / "run.xlsx")
    assert names[:2] == ["About", "Charts"]
    assert held == {"Charts": len(list(charts_of(page_of_run(run, Reader("en")))))}


def test_the_guide_names_files_and_options_that_are_there(folder):
    guide = (HOUSE / "jobs" / "guide" / "policy_maker.md").read_text("utf-8")
    for name in ("index.html", "comparison.xlsx", "charts"):
        assert name in guide
        assert (folder / name).exists()
    output = ended(quotum("report", "--help"), 0) + ended(quotum("simulate", "--help"), 0)
    section = guide.partition("## Charts for a letter or a slide")[2]
    options = set(re.findall(r"--[a-z]+", section))
    assert {"--charts", "--workbook", "--language", "--out"} <= options
    assert all(option in output for option in options)
