"""The pages in a real browser: no complaints, no network, tables that sort, charts with names, A4 in print."""

import re

import pytest

from quotum.report.comparison_page import page_of
from quotum.report.page import render
from quotum.report.reader import Reader
from quotum.report.run_page import page_of_run
from tests.report import browser
from tests.simulate.conftest import archive, country, targets

__all__ = ["archive", "country", "targets"]

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(browser.CHROMIUM is None, reason=browser.WHY_NOT),
]

_A4 = (595, 842)
"""Points."""
_MOST_PAGES = {"comparison": 26, "run": 12}
_CUT_OFF = """
Array.from(document.querySelectorAll("svg text")).filter(text => text.getClientRects().length).filter(text => {
  const box = text.getBoundingClientRect(), room = text.closest("figure").getBoundingClientRect();
  return text.textContent.trim() && (box.left < room.left - 1 || box.right > room.right + 1);
}).map(text => text.textContent)
"""
_OVERLAP = """
Array.from(document.querySelectorAll("svg")).flatMap(svg => {
  const boxes = Array.from(svg.querySelectorAll("text"))
    .filter(text => text.textContent.trim() && text.getAttribute("opacity") !== "0")
    .filter(text => text.getClientRects().length && !(text.getAttribute("transform") || "").includes("rotate"))
    .map(text => [text.textContent, text.getBoundingClientRect()]);
  const found = [];
  boxes.forEach(([said, one], place) => boxes.slice(place + 1).forEach(([other, two]) => {
    const across = Math.min(one.right, two.right) - Math.max(one.left, two.left);
    const down = Math.min(one.bottom, two.bottom) - Math.max(one.top, two.top);
    if (across > 3 && down > 5) { found.push(svg.querySelector("title").textContent + ": " + said + " / " + other); }
  }));
  return found;
})
"""
_NAMES = """
Array.from(document.querySelectorAll("svg")).map(svg => [
  svg.getAttribute("role"),
  svg.getAttribute("aria-labelledby").split(" ").map(id => document.getElementById(id).textContent)
])
"""


@pytest.fixture(scope="module", params=["comparison-en", "comparison-nl", "run-en", "run-nl"])
def shown(request, comparison, run, tmp_path_factory):
    """A page in a browser: what it is of, and the tab."""
    what, _, language = request.param.partition("-")
    reader = Reader(language)
    page = page_of(comparison, reader) if what == "comparison" else page_of_run(run, reader)
    path = tmp_path_factory.mktemp("page") / "index.html"
    path.write_bytes(render(page, reader))
    with browser.tab() as tab:
        tab.open(path)
        yield what, tab, path


def test_nothing_is_complained_of_and_nothing_asked_for(shown):
    _, tab, path = shown
    tab.printed()
    assert tab.problems() == []
    assert tab.asked_for() == [path.as_uri()]


@pytest.mark.parametrize("width", [1100, 390])
def test_it_fits_the_screen(width, shown):
    _, tab, _ = shown
    tab.width(width)
    assert tab.evaluate("document.documentElement.scrollWidth") <= width


def test_no_text_of_a_chart_is_cut_off_or_lies_over_another(shown):
    _, tab, _ = shown
    tab.width(1100)
    assert tab.evaluate(_CUT_OFF) == []
    assert tab.evaluate(_OVERLAP) == []


def test_charts_have_names_for_who_cannot_see_them(shown):
    _, tab, _ = shown
    result = tab.evaluate(_NAMES)
    assert len(result) >= 4
    for role, (title, description) in result:
        assert role == "img"
        assert title
        assert description
    assert browser.soon(lambda: sum(map(bool, tab.images())) >= len(result))


_SAVED = """
(async () => {
  const saved = [];
  const waiting = [];
  URL.createObjectURL = content => { waiting.push(content.arrayBuffer().then(bytes => saved.push(
    [content.type, Array.from(new Uint8Array(bytes.slice(0, 8))), new TextDecoder().decode(bytes)]))); return "#"; };
  const click = HTMLAnchorElement.prototype.click;
  const names = [];
  HTMLAnchorElement.prototype.click = function () { names.push(this.download); };
  document.querySelector(".save button[data-kind=svg]").click();
  document.querySelector(".save button[data-kind=png]").click();
  while (names.length < 2) { await new Promise(done => setTimeout(done, 50)); }
  await Promise.all(waiting);
  HTMLAnchorElement.prototype.click = click;
  return [names, saved];
})()
"""


def test_a_button_saves_the_chart_with_its_heading(shown):
    _, tab, path = shown
    assert tab.evaluate("Array.from(document.querySelectorAll('.save')).every(part => !part.hidden)")
    names, ((svg, _, text), (png, first, _)) = tab.evaluate(_SAVED)
    assert names == ["amounts.svg", "amounts.png"]
    assert (svg, png) == ("image/svg+xml", "image/png")
    assert bytes(first) == b"\x89PNG\r\n\x1a\n"
    title = tab.evaluate("document.querySelector('figcaption').textContent")
    assert title in re.findall(r"<text[^>]*>([^<]*)</text>", text)[:3]
    assert "data-whole" not in text
    tab.open(path)


@pytest.mark.parametrize("width", [1100, 390])
def test_a_table_says_that_it_scrolls_when_it_does_and_only_then(width, shown):
    _, tab, _ = shown
    tab.width(width)
    tab.evaluate("window.dispatchEvent(new Event('resize'))")
    tables = tab.evaluate(
        "Array.from(document.querySelectorAll('.table')).map(place => [place.scrollWidth > place.clientWidth + 1, "
        "place.previousElementSibling.offsetHeight > 0, place.tabIndex])"
    )
    assert all(scrolls == announced and reachable == 0 for scrolls, announced, reachable in tables)
    assert width == 1100 or any(announced for _, announced, _ in tables)


def cells(tab, table, place):
    return tab.evaluate(
        f"Array.from(document.querySelectorAll('#{table} tbody tr')).map(row => row.cells[{place}].dataset.order "
        f"?? row.cells[{place}].textContent.trim())"
    )


def press(tab, table, place):
    """Press the heading with the keyboard alone."""
    tab.evaluate(f"document.querySelectorAll('#{table} thead button')[{place}].focus()")
    for kind in ("keyDown", "keyUp"):
        tab.call("Input.dispatchKeyEvent", type=kind, key="Enter", code="Enter", windowsVirtualKeyCode=13, text="\r")


def test_tables_sort_by_keyboard_numbers_as_numbers(shown):
    what, tab, _ = shown
    table, place = ("groups-1", 5) if what == "comparison" else ("groups-table", 2)
    before = [int(cell) for cell in cells(tab, table, place)]
    press(tab, table, place)
    assert [int(cell) for cell in cells(tab, table, place)] == sorted(before) != before
    heading = f"document.querySelectorAll('#{table} thead tr:last-child th')[{place}].getAttribute('aria-sort')"
    assert tab.evaluate(heading) == "ascending"
    press(tab, table, place)
    assert [int(cell) for cell in cells(tab, table, place)] == sorted(before, reverse=True)
    assert tab.evaluate(heading) == "descending"


def test_every_table_has_a_heading_to_press_for_every_column(shown):
    _, tab, _ = shown
    assert tab.evaluate(
        "Array.from(document.querySelectorAll('table')).every(table => Array.from(table.tBodies[0].rows).every("
        "row => row.cells.length === table.querySelectorAll('thead button').length))"
    )


def test_it_prints_on_a4(shown):
    what, tab, _ = shown
    printed = tab.printed()
    boxes = {
        tuple(round(float(word)) for word in box.split()) for box in re.findall(rb"/MediaBox\s*\[([^\]]*)\]", printed)
    }
    assert boxes == {(0, 0, *_A4)}
    pages = len(re.findall(rb"/Type\s*/Page\b", printed))
    assert 3 < pages <= _MOST_PAGES[what]


def test_no_chart_or_table_is_wider_than_the_paper(shown):
    _, tab, _ = shown
    tab.call("Emulation.setEmulatedMedia", media="print")
    inside = round((210 - 2 * 13) / 25.4 * 96)
    tab.width(inside)
    wide = tab.evaluate(
        "Array.from(document.querySelectorAll('svg, table')).filter(one => one.getBoundingClientRect().right > "
        f"{inside} + 1).map(one => one.id || one.querySelector('title').textContent)"
    )
    tab.call("Emulation.setEmulatedMedia", media="")
    assert wide == []
