"""Charts of a page as pictures that can leave it: with title, year and mark, as SVG and as PNG.

Beside its title a chart on a page has no more than the drawing. A picture that travels alone says itself what it is
about, and that it is a simulation.
"""

import re
from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path
from textwrap import wrap
from typing import Final

import vl_convert
from attrs import frozen
from markupsafe import escape
from xlsxwriter.worksheet import Worksheet

from quotum.archive.layout import OWNER_FILE, OWNER_FOLDER
from quotum.report.drawing import FONT, INK
from quotum.report.parts import Chart, Page
from quotum.report.reader import Reader

FOLDER: Final = "charts"
"""Folder of the pictures beside a page."""
PER_POINT: Final = 2
"""Pixels of a PNG for each point of the drawing: sharp enough for print."""
_MARGIN, _LINE, _CHARACTER = 12, 17, 7.2
_NARROWEST: Final = 480
_ROW: Final = 20
"""Height of a row of a sheet, in pixels."""
_LONGEST_DESCRIPTION: Final = 255
"""Characters of a text that a spreadsheet keeps for a picture."""


@frozen
class Picture:
    """A chart as a picture."""

    name: str
    """Identifier of the chart on its page, and name of its files."""
    title: str
    """Title of the chart."""
    description: str
    """The chart in words."""
    svg: str
    """The picture as SVG."""
    png: bytes
    """The picture as PNG."""

    @property
    def height(self) -> int:
        """Its height in points of the drawing: from the header of the PNG."""
        return int.from_bytes(self.png[20:24]) // PER_POINT


def charts_of(page: Page) -> Iterator[Chart]:
    """Yields the charts of a page in order."""
    for section in page.sections:
        yield from (shown for shown in section.shown if isinstance(shown, Chart))


def pictures(page: Page, reader: Reader) -> tuple[Picture, ...]:
    """Draws every chart of a page as a picture; the same page gives the same bytes."""
    return tuple(_picture(chart, page, reader) for chart in charts_of(page))


def _picture(chart: Chart, page: Page, reader: Reader) -> Picture:
    svg = as_picture(chart, page, reader)
    png = vl_convert.svg_to_png(svg, scale=PER_POINT)
    return Picture(chart.name, chart.title, chart.description, svg, png)


def write_pictures(drawn: Sequence[Picture], folder: Path) -> None:
    """Writes each picture as SVG and PNG in a new folder that only its owner can read."""
    folder.mkdir(mode=OWNER_FOLDER)
    for name, content in files_of(drawn).items():
        place = folder / name
        place.touch(mode=OWNER_FILE)
        place.write_bytes(content)


def files_of(drawn: Sequence[Picture]) -> dict[str, bytes]:
    """Returns the files of pictures by name: two of each."""
    vectors = {f"{picture.name}.svg": picture.svg.encode() for picture in drawn}
    return vectors | {f"{picture.name}.png": picture.png for picture in drawn}


def put_pictures(sheet: Worksheet, first_row: int, drawn: Sequence[Picture]) -> None:
    """Puts pictures on a sheet of a workbook, one under another, each with its text for who cannot see it."""
    row = first_row
    for picture in drawn:
        image = {
            "image_data": BytesIO(picture.png), "x_scale": 1 / PER_POINT, "y_scale": 1 / PER_POINT,
            "description": f"{picture.title}. {picture.description}"[:_LONGEST_DESCRIPTION], "object_position": 3,
        }  # fmt: skip
        sheet.insert_image(row, 0, f"{picture.name}.png", image)
        row += -(-picture.height // _ROW) + 2


def as_picture(chart: Chart, page: Page, reader: Reader) -> str:
    """Returns a chart as an SVG file with a heading above the drawing."""
    svg, (left, top, width, height) = _with_heading(chart, page, reader)
    opening = f'width="{width:g}" height="{height:g}" viewBox="{left:g} {top:g} {width:g} {height:g}"'
    return _SIZE.sub(opening, svg, count=1)


def on_the_page(chart: Chart, page: Page, reader: Reader) -> str:
    """Returns a chart for its page: the heading is in it but outside the view, for who saves the chart."""
    svg, whole = _with_heading(chart, page, reader)
    return svg.replace("<svg ", f'<svg data-whole="{" ".join(f"{side:g}" for side in whole)}" ', 1)


_SIZE: Final = re.compile(r'width="([\d.]+)" height="([\d.]+)" viewBox="0 0 [\d.]+ [\d.]+"')


def _with_heading(chart: Chart, page: Page, reader: Reader) -> tuple[str, tuple[float, float, float, float]]:
    """Puts a heading above the drawing; returns it with the view of all of it: left, top, width and height."""
    size = _SIZE.search(chart.svg)
    if size is None:
        raise ValueError(f"the drawing of {chart.name} has no size")
    width, height = (float(side) for side in size.groups())
    width = max(width, _NARROWEST)
    lines = [(line, "bold") for line in wrap(chart.title, int((width - 2 * _MARGIN) / _CHARACTER))]
    lines.append((" · ".join(page.chart_facts), "normal"))
    if page.simulation:
        lines.insert(0, (reader.say("mark.simulation"), "bold"))
    above = len(lines) * _LINE + _MARGIN
    texts = "".join(
        f'<text x="{_MARGIN}" y="{(place + 1) * _LINE - above}" font-weight="{weight}">{escape(line)}</text>'
        for place, (line, weight) in enumerate(lines)
    )
    heading = (
        f'<g class="heading" font-family="{FONT}" font-size="12px" fill="{INK}">'
        f'<rect x="0" y="{-above}" width="{width:g}" height="{height + above:g}" fill="#ffffff"/>{texts}</g>'
    )
    return chart.svg.replace("</desc>", f"</desc>{heading}", 1), (0, -above, width, height + above)


__all__ = [
    "FOLDER",
    "PER_POINT",
    "Picture",
    "as_picture",
    "charts_of",
    "files_of",
    "on_the_page",
    "pictures",
    "put_pictures",
    "write_pictures",
]
