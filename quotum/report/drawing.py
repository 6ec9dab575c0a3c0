"""Charts from altair to SVG inside a page: the same style, readable in black and white, the same bytes each time."""

import re
from collections.abc import Iterable
from textwrap import wrap
from typing import Any, Final

import altair as alt
import vl_convert
from markupsafe import escape

from quotum.report.parts import Chart
from quotum.report.reader import Reader

WIDTH: Final = 560
"""Width of the plot: with its axis it fits between the margins of A4."""
DARK, MIDDLE, LIGHT, PALE = "#1c3557", "#5f86ad", "#b5c9dd", "#e4ebf2"
SERIES: Final = (DARK, MIDDLE, LIGHT, PALE)
"""Fills from dark to light, each with a dark edge; the middle two are hatched, so that they differ without colour."""
_HATCHES: Final = {
    MIDDLE: '<path d="M0,6 L6,0" stroke="#ffffff" stroke-width="1.6"/>',
    LIGHT: '<circle cx="3" cy="3" r="1" fill="#1b1b1b"/>',
}
"""Drawing on top of a fill, in squares of six by six."""
INK: Final = "#1b1b1b"
DASHES: Final = ([1, 0], [6, 3], [2, 2], [8, 3, 2, 3])
SHAPES: Final = ("circle", "square", "triangle-up", "diamond", "cross", "triangle-down", "triangle-right")
_ROOM: Final = 9
"""Eighths: text is laid out as if it were this much wider than drawn, because a reader's font may be wider."""
_SIZES: Final = (11, 12)
FONT: Final = "Liberation Sans, Arial, Helvetica, sans-serif"
_LOCALES: Final = {
    "en": {"decimal": ".", "thousands": ",", "grouping": [3], "currency": ["€", ""], "minus": "\N{MINUS SIGN}"},
    "nl": {"decimal": ",", "thousands": ".", "grouping": [3], "currency": ["€ ", ""], "minus": "\N{MINUS SIGN}"},
}
_SCALES: Final = (("billion_euro", 10**9), ("million_euro", 10**6), ("thousand_euro", 10**4), ("euro", 1))

FOLD: Final = "|"
UNFOLDED: Final = f"split(datum.value, '{FOLD}')"
"""Expression of an axis that shows a folded name on its lines."""
_LABEL: Final = 26
"""Characters of a name on a line beside its bar."""

AnyChart = Any
"""A chart of altair, layered, concatenated or single."""


def euro_unit(reader: Reader, cents: Iterable[int | None]) -> tuple[int, str]:
    """Returns the unit for drawing amounts: how many euros, and its words."""
    largest = max((abs(amount) for amount in cents if amount is not None), default=0)
    name, size = next((name, size) for name, size in _SCALES if largest >= size * 100 or size == 1)
    size = 1_000 if name == "thousand_euro" else size
    return size, reader.say(f"unit.{name}")


def axis(title: str | list[str] | None, **more: Any) -> alt.Axis:
    """Returns an axis with its unit as title."""
    return alt.Axis(title=title, **more)


def data(rows: list[dict[str, Any]]) -> alt.InlineData:
    """Returns rows as data inside the chart."""
    return alt.InlineData(values=rows)


def folded(name: str) -> str:
    """Breaks a name over lines, for the label of a bar."""
    return FOLD.join(wrap(name.replace(FOLD, "/"), _LABEL))


def draw(reader: Reader, name: str, title: str, description: str, chart: AnyChart) -> Chart:
    """Renders a chart as SVG with its text alternative.

    Args:
        reader: The reader.
        name: Identifier on the page.
        title: Title of the chart.
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
        "font": FONT,
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
    """Adds name and description to a drawing, with identifiers that no other chart of the page has."""
    identifiers: dict[str, str] = {}
    for old in re.findall(r'\bid="([^"]+)"', svg):
        identifiers.setdefault(old, f"{name}-{len(identifiers)}")
    svg = re.sub(r'\bid="([^"]+)"', lambda match: f'id="{identifiers[match[1]]}"', svg)
    svg = re.sub(r"url\(#([^)]+)\)", lambda match: f"url(#{identifiers.get(match[1], match[1])})", svg)
    svg = re.sub(r'href="#([^"]+)"', lambda match: f'href="#{identifiers.get(match[1], match[1])}"', svg)
    svg = _hatched(svg, name)
    for size in _SIZES:
        svg = svg.replace(f'font-size="{_roomy(size):g}px"', f'font-size="{size}px"')
    # The content is a single picture: only the whole has a role, a name and a description.
    svg = re.sub(r' (?:role|aria-[a-z]+)="[^"]*"', "", svg)
    head, _, rest = svg.partition(">")
    label = (
        f' role="img" aria-labelledby="{name}-title {name}-desc">'
        f'<title id="{name}-title">{escape(title)}</title><desc id="{name}-desc">{escape(description)}</desc>'
    )
    return head + label + rest


def _hatched(svg: str, name: str) -> str:
    """Draws hatches in the bars of the middle shades: in black and white a shade alone does not tell them apart."""
    patterns = ""
    for place, (fill, hatch) in enumerate(_HATCHES.items()):
        identifier = f"{name}-hatch-{place}"
        hatched = svg.replace(f' fill="{fill}"', f' fill="url(#{identifier})"')
        if hatched != svg:
            square = f'<rect width="6" height="6" fill="{fill}"/>{hatch}'
            patterns += (
                f'<pattern id="{identifier}" width="6" height="6" patternUnits="userSpaceOnUse">{square}</pattern>'
            )
        svg = hatched
    head, end, rest = svg.partition(">")
    return f"{head}{end}<defs>{patterns}</defs>{rest}" if patterns else svg


__all__ = [
    "DARK", "DASHES", "FOLD", "FONT", "INK", "LIGHT", "MIDDLE", "PALE", "SERIES", "SHAPES", "UNFOLDED", "WIDTH", "axis",
    "data", "draw", "euro_unit", "folded",
]  # fmt: skip
