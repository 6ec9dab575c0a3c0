"""Scenarios by number in a chart: a key of numbers and names, and labels that lie over no other label.

With many scenarios names beside lines and points lie over each other, and equal lines hide each other. A number is
short, and the numbers of equal lines stand together.
"""

from collections.abc import Iterable, Sequence
from textwrap import wrap
from typing import Any, Final

import altair as alt
from attrs import frozen

from quotum.report.drawing import DARK, DASHES, INK, MIDDLE, SHAPES, AnyChart, data

Row = dict[str, Any]
_LINE: Final = 17
"""Height of a line of the key, and the room that a label takes, in points of the drawing."""
_CHARACTER, _WIDE = 5.9, 600
_SAMPLE: Final = 44
_LONGEST: Final = 80


@frozen
class Series:
    """A scenario in a chart."""

    number: int
    """Its place on the page: 0 is the law as it is."""
    name: str
    """Its name on the page."""
    place: int
    """Its place in the chart, from 0, which chooses its line and its mark."""

    @property
    def dash(self) -> list[int]:
        """Dashes of its line."""
        return DASHES[self.place % len(DASHES)]

    @property
    def shape(self) -> str:
        """Shape of its mark."""
        return SHAPES[self.place % len(SHAPES)]

    @property
    def fill(self) -> str:
        """Fill of its mark: open after every shape was used once."""
        return "#ffffff" if self.place // len(SHAPES) % 2 else self.stroke

    @property
    def stroke(self) -> str:
        """Colour of its line."""
        return (DARK, MIDDLE)[self.place // len(DASHES) % 2]


def series_of(rows: Iterable[Row]) -> list[Series]:
    """Returns the scenarios of rows with `place` and `label`, in order."""
    names = {row["place"]: row["label"] for row in rows}
    return [Series(number, name, place) for place, (number, name) in enumerate(sorted(names.items()))]


def in_short(numbers: Iterable[int]) -> str:
    """Writes numbers in order, three or more in a row as first and last: `1–4 6 7`."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    whole = (f"{run[0]}–{run[-1]}" if len(run) > 2 else " ".join(map(str, run)) for run in runs)  # noqa: PLR2004
    return " ".join(whole)


def together(points: Iterable[tuple[float, float, int]], room: tuple[float, float]) -> list[tuple[float, float, str]]:
    """Joins the numbers of points that have no room for a label each.

    Args:
        points: Place across and down, in points of the drawing, and the number.
        room: Width and height that a label takes.

    Returns:
        Labels, each with the place of the highest of its points.
    """
    clusters: list[tuple[float, float, list[int]]] = []
    for across, down, number in sorted(points, key=lambda point: (point[1], point[0], point[2])):
        for first_across, first_down, numbers in clusters:
            if abs(across - first_across) < room[0] and down - first_down < room[1]:
                numbers.append(number)
                break
        else:
            clusters.append((across, down, [number]))
    return [(across, down, in_short(numbers)) for across, down, numbers in clusters]


def spread(downs: Sequence[float], room: float, height: float) -> list[float]:
    """Moves labels apart that are in order from the top, no further than needed and inside the chart if they fit.

    Args:
        downs: Places from the top, in order.
        room: Height that a label takes.
        height: Height of the chart.
    """
    moved: list[float] = []
    for down in downs:
        moved.append(max(down, moved[-1] + room) if moved else down)
    lowest = max(height, room * (len(downs) - 1))
    for place in range(len(moved) - 1, -1, -1):
        moved[place] = min(moved[place], lowest)
        lowest = moved[place] - room
    return moved


def key(series: Sequence[Series], *, lines: bool) -> AnyChart:
    """Draws the key: the number of each scenario before its name, and its line when it has one."""
    names = [wrap(f"{scenario.number}  {scenario.name}", _LONGEST) for scenario in series]
    width = max(len(line) for name in names for line in name) * _CHARACTER + _SAMPLE
    columns = max(min(int(_WIDE // width), len(series)), 1)
    down = -(-len(series) // columns)
    heights = [max(len(name) for name in names[row::down]) for row in range(down)]
    points: list[Row] = [
        {"x": (place // down) * _WIDE / columns, "y": sum(heights[: place % down]) * _LINE + _LINE / 2,
         "text": "\n".join(names[place])}
        for place in range(len(series))
    ]  # fmt: skip
    left = _SAMPLE if lines else 0
    texts = [point | {"x": point["x"] + left} for point in points]
    x, y = (alt.X("x:Q", scale=None, axis=None), alt.Y("y:Q", scale=None, axis=None))
    layers: list[Any] = [
        alt.Chart(data(texts))
        .mark_text(align="left", lineBreak="\n", baseline="middle")
        .encode(x=x, y=y, text="text:N")
    ]
    for scenario, point in zip(series, points, strict=True):
        if lines:
            ends = [point | {"x": point["x"] + at} for at in (0, _SAMPLE - 8)]
            middle = [point | {"x": point["x"] + (_SAMPLE - 8) / 2}]
            layers += line_of(
                scenario, alt.Chart(data(ends)).encode(x=x, y=y), alt.Chart(data(middle)).encode(x=x, y=y)
            )
    return alt.layer(*layers).properties(width=_WIDE, height=sum(heights) * _LINE)


def line_of(series: Series, line: alt.Chart, marks: alt.Chart) -> list[alt.Chart]:
    """Draws the line of a scenario and its marks."""
    return [
        line.mark_line(stroke=series.stroke, strokeDash=series.dash, strokeWidth=1.8),
        marks.mark_point(
            filled=True, shape=series.shape, fill=series.fill, stroke=INK, strokeWidth=0.9, size=42, opacity=1
        ),
    ]


__all__ = ["Series", "in_short", "key", "line_of", "series_of", "spread", "together"]
