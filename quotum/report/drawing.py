"""Charts from altair to SVG inside a page: one look, readable in black and white, the same bytes each time."""

import re
from collections.abc import Iterable
from typing import Any, Final

import altair as alt
import vl_convert
from markupsafe import escape

from quotum.report.parts import Chart
from quotum.report.reader import Reader

WIDTH: Final = 560
"""Width of the plot, so that with its axis it fits between the margins of A4."""
DARK, MIDDLE, LIGHT, PALE = "#1c3557", "#5f86ad", "#b5c9dd", "#e4ebf2"
SERIES: Final = (DARK, MIDDLE, LIGHT, PALE)
"""Fills from dark to light: they stay apart without colour. Each has a dark edge."""
INK: Final = "#1b1b1b"
DASHES: Final = ([1, 0], [6, 3], [2, 2], [8, 3, 2, 3])
SHAPES: Final = ("circle", "square", "triangle-up", "diamond")
_ROOM: Final = 9
"""Eighths: text is laid out as if it were this much wider than it is drawn, because a reader's font may be wider."""
_SIZES: Final = (11, 12)
_FONT: Final = "Liberation Sans, Arial, Helvetica, sans-serif"
_LOCALES: Final = {
    "en": {"decimal": ".", "thousands": ",", "grouping": [3], "currency": ["€", ""], "minus": "\N{MINUS SIGN}"},
    "nl": {"decimal": ",", "thousands": ".", "grouping": [3], "currency": ["€ ", ""], "minus": "\N{MINUS SIGN}"},
}
_SCALES: Final = (("billion_euro", 10**9), ("million_euro", 10**6), ("thousand_euro", 10**4), ("euro", 1))

AnyChart = Any
"""A chart of altair, layered, concatenated or single."""


def euro_unit(reader: Reader, cents: Iterable[int | None]) -> tuple[int, str]:
    """The unit in which amounts are drawn: how many euros, and its words."""
    largest = max((abs(one) for one in cents if one is not None), default=0)
    name, size = next((name, size) for name, size in _SCALES if largest >= size * 100 or size == 1)
    size = 1_000 if name == "thousand_euro" else size
    return size, reader.say(f"unit.{name}")


def axis(title: str | None, **more: Any) -> alt.Axis:
    """An axis with its unit as title."""
    return alt.Axis(title=title, **more)


def data(rows: list[dict[str, Any]]) -> alt.InlineData:
    """Rows inside the chart."""
    return alt.InlineData(values=rows)


def drawn(reader: Reader, name: str, title: str, description: str, chart: AnyChart) -> Chart:
    """A chart as SVG with its text alternative.

    Args:
        reader: Who reads.
        name: Identifier on the page.
        title: What it shows.
        description: The same in words.
        chart: The chart of altair.
    """
    spec = chart.configure(**_look()).to_dict()
    svg = vl_convert.vegalite_to_svg(spec, format_locale=_LOCALES[reader.language], allowed_base_urls=[])
    return Chart(name, title, description, _accessible(svg, name, title, description))


def _roomy(size: int) -> float:
    return size * _ROOM / 8


def _texts() -> dict[str, Any]:
    return {"labelFontSize": _roomy(12), "labelColor": INK, "titleFontSize": _roomy(12)}


def _look() -> dict[str, Any]:
    return {
        "aria": False,
        "background": "transparent",
        "padding": {"left": 12, "right": 24, "top": 6, "bottom": 6},
        "font": _FONT,
        "view": alt.ViewConfig(stroke=None),
        "axis": alt.AxisConfig(
            **_texts(), titleFontWeight="normal", titleColor=INK,
            gridColor="#dddddd", domainColor="#555555", tickColor="#555555", labelLimit=260, titlePadding=8,
        ),
        "legend": alt.LegendConfig(
            **_texts(), orient="top", direction="horizontal", title=None,
            labelLimit=300, symbolStrokeColor=INK,
        ),
        "header": alt.HeaderConfig(**_texts(), labelLimit=300),
        "text": alt.MarkConfig(fontSize=_roomy(11), color=INK),
        "title": alt.TitleConfig(fontSize=_roomy(12), color=INK, anchor="start", fontWeight="bold", limit=600),
    }  # fmt: skip


def _accessible(svg: str, name: str, title: str, description: str) -> str:
    """The drawing with its name and description, and identifiers that no other chart of the page has."""
    seen: dict[str, str] = {}
    for old in re.findall(r'\bid="([^"]+)"', svg):
        seen.setdefault(old, f"{name}-{len(seen)}")
    svg = re.sub(r'\bid="([^"]+)"', lambda found: f'id="{seen[found[1]]}"', svg)
    svg = re.sub(r"url\(#([^)]+)\)", lambda found: f"url(#{seen.get(found[1], found[1])})", svg)
    svg = re.sub(r'href="#([^"]+)"', lambda found: f'href="#{seen.get(found[1], found[1])}"', svg)
    for size in _SIZES:
        svg = svg.replace(f'font-size="{_roomy(size):g}px"', f'font-size="{size}px"')
    # What is inside is one picture: only the whole has a role, a name and a description.
    svg = re.sub(r' (?:role|aria-[a-z]+)="[^"]*"', "", svg)
    head, _, rest = svg.partition(">")
    said = (
        f' role="img" aria-labelledby="{name}-title {name}-desc">'
        f'<title id="{name}-title">{escape(title)}</title><desc id="{name}-desc">{escape(description)}</desc>'
    )
    return head + said + rest


__all__ = [
    "DARK", "DASHES", "INK", "LIGHT", "MIDDLE", "PALE", "SERIES", "SHAPES", "WIDTH", "axis", "data", "drawn",
    "euro_unit",
]  # fmt: skip
