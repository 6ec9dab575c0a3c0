"""The charts of a comparison and of a run: rows of their tables in, a drawing with its text alternative out.

Positions are drawn in euros as binary fractions; every visible number is in the table beside the chart.
"""

from collections.abc import Callable, Sequence
from typing import Any, Final

import altair as alt

from quotum.report.drawing import (
    DARK,
    FOLD,
    INK,
    LIGHT,
    SERIES,
    UNFOLDED,
    WIDTH,
    axis,
    data,
    draw,
    euro_unit,
    folded,
)  # fmt: skip
from quotum.report.parts import Chart
from quotum.report.reader import Reader

Row = dict[str, Any]
NUMBER: Final = ",~f"
PER_EURO: Final = 100
_BAR: Final = 15
_LABEL_LINE: Final = 16
"""Height of a line of a name beside its bars."""


def _with_room(points: Sequence[Row], name: str) -> alt.Scale:
    """Returns a scale from zero with room for the text behind the longest bar."""
    lowest, highest = (edge((point[name] for point in points), default=0) for edge in (min, max))
    return alt.Scale(domain=[min(lowest * 1.3, 0), max(highest * 1.3, 0) or 1], nice=False)


def _fills(names: Sequence[str]) -> alt.Scale:
    return alt.Scale(domain=list(names), range=list(SERIES[: len(names)]))


def amounts(reader: Reader, name: str, title: str, rows: Sequence[Row], columns: Sequence[str]) -> Chart:
    """Draws amounts of each scenario or group beside each other.

    Args:
        reader: The reader.
        name: Identifier on the page.
        title: Title of the chart.
        rows: Each with `label` and the columns, cents.
        columns: Amounts to show.
    """
    scale = euro_unit(reader, (row[column] for row in rows for column in columns))
    return _bars(reader, name, title, rows, columns, (scale[0] * PER_EURO, scale[1]), reader.short_euro)


def jobs(reader: Reader, name: str, title: str, rows: Sequence[Row], columns: Sequence[str]) -> Chart:
    """Draws jobs of each sector beside each other; as `amounts`, in hundredths of a job."""
    return _bars(reader, name, title, rows, columns, (PER_EURO, reader.say("unit.jobs")), reader.jobs)


def _bars(
    reader: Reader,
    name: str,
    title: str,
    rows: Sequence[Row],
    columns: Sequence[str],
    scale: tuple[int, str],
    format_value: Callable[[int], str],
) -> Chart:
    words = {column: reader.say(f"column.{column}") for column in columns}
    labels = {row["label"]: folded(row["label"]) for row in rows}
    points = [
        {
            "label": labels[row["label"]],
            "part": word,
            "value": row[column] / scale[0],
            "text": format_value(row[column]),
        }
        for row in rows
        for column, word in words.items()
    ]
    order = list(words.values())
    base = alt.Chart(data(points)).encode(
        y=alt.Y("label:N", sort=None, axis=axis(None, labelExpr=UNFOLDED)),
        yOffset=alt.YOffset("part:N", sort=order),
        x=alt.X("value:Q", axis=axis(scale[1], format=NUMBER, tickCount=6), scale=_with_room(points, "value")),
    )
    bars = base.mark_bar(stroke=INK, strokeWidth=0.6).encode(fill=alt.Fill("part:N", scale=_fills(order), sort=order))
    amounts_beside = base.mark_text(align="left", dx=4).encode(text="text:N")
    most_lines = max((label.count(FOLD) + 1 for label in labels.values()), default=1)
    step = max(_BAR, _LABEL_LINE * most_lines / len(columns))
    chart = (bars + amounts_beside).properties(width=WIDTH - 60, height=alt.Step(step))
    description = "; ".join(
        f"{row['label']}: {', '.join(f'{word} {format_value(row[column])}' for column, word in words.items())}"
        for row in rows
    )
    return draw(reader, name, title, description, chart)


def winners(reader: Reader, name: str, title: str, rows: Sequence[Row]) -> Chart:
    """Draws winners to the right and losers to the left, as a percentage of the employers of a group.

    Args:
        reader: The reader.
        name: Identifier on the page.
        title: Title of the chart.
        rows: Each with `label`, `part` (the grouping), `employers`, `winners` and `losers`.
    """
    win, lose = reader.say("column.winners"), reader.say("column.losers")
    points = []
    for row in rows:
        for word, count, sign in ((lose, row["losers"], -1), (win, row["winners"], 1)):
            share = 100 * count / max(row["employers"], 1)
            points.append(
                {"label": row["label"], "part": row["part"], "side": word, "value": sign * share, "zero": 0,
                 "text": reader.say("chart.of", count=reader.count(count), all=reader.count(row["employers"]))}
            )  # fmt: skip
    edge = max((abs(point["value"]) for point in points), default=1) or 1
    domain = alt.Scale(domain=[-1.4 * edge, 1.4 * edge])
    groups = list(dict.fromkeys(row["part"] for row in rows))
    layers = []
    for part in groups:
        part_points = [point for point in points if point["part"] == part]
        base = alt.Chart(data(part_points)).encode(
            y=alt.Y("label:N", sort=None, axis=axis(None, minExtent=150)),
            x=alt.X(
                "value:Q",
                scale=domain,
                axis=axis(
                    reader.say("chart.percent_of_group"), labelExpr=f"format(abs(datum.value), '{NUMBER}') + '%'"
                ),
            ),
        )
        bars = base.mark_bar(stroke=INK, strokeWidth=0.6).encode(
            fill=alt.Fill("side:N", scale=alt.Scale(domain=[lose, win], range=[LIGHT, DARK]))
        )
        right = base.transform_filter(f"datum.side == '{win}'").mark_text(align="left", dx=4).encode(text="text:N")
        left = base.transform_filter(f"datum.side == '{lose}'").mark_text(align="right", dx=-4).encode(text="text:N")
        layers.append((bars + right + left).properties(width=WIDTH - 90, height=alt.Step(22), title=part))
    description = "; ".join(
        reader.say(
            "chart.winners_said", group=row["label"], winners=reader.count(row["winners"]),
            losers=reader.count(row["losers"]), employers=reader.count(row["employers"]),
        )
        for row in rows
    )  # fmt: skip
    return draw(reader, name, title, description, alt.vconcat(*layers, spacing=12))


def bins(reader: Reader, name: str, title: str, rows: Sequence[Row], across: str, *, signed: bool = True) -> Chart:
    """Draws the number of employers by bin.

    Args:
        reader: The reader.
        name: Identifier on the page.
        title: Title of the chart.
        rows: Each with `label`, `employers` and `below` (whether the bin is below zero).
        across: Quantity of the bins.
        signed: Whether bins below and above zero look different.
    """
    below, above = reader.say("chart.below_zero"), reader.say("chart.above_zero")
    points = [
        {"label": row["label"], "value": row["employers"], "text": reader.count(row["employers"]),
         "side": below if row["below"] else above}
        for row in rows
    ]  # fmt: skip
    order = [row["label"] for row in rows]
    legend = alt.Legend() if signed else None
    base = alt.Chart(data(points)).encode(
        x=alt.X("label:N", sort=order, axis=axis(across, labelAngle=-50)),
        y=alt.Y("value:Q", axis=axis(reader.say("column.employers"), format=NUMBER, tickMinStep=1)),
    )
    bars = base.mark_bar(stroke=INK, strokeWidth=0.6).encode(
        fill=alt.Fill("side:N", scale=alt.Scale(domain=[below, above], range=[LIGHT, DARK]), legend=legend)
    )
    chart = (bars + base.mark_text(dy=-7).encode(text="text:N")).properties(width=WIDTH, height=210)
    description = "; ".join(f"{row['label']}: {reader.count(row['employers'])}" for row in rows)
    return draw(reader, name, title, f"{reader.say('column.employers')} · {across}: {description}", chart)


def cliff(reader: Reader, name: str, title: str, rows: Sequence[Row]) -> Chart:
    """Draws the mean charge just below and just above a limit, by width of the band.

    Args:
        reader: The reader.
        name: Identifier on the page.
        title: Title of the chart.
        rows: Rows of `tables.CLIFFS` of a single scenario.
    """
    below, above = reader.say("chart.below_limit"), reader.say("chart.above_limit")
    size, unit = euro_unit(reader, (row["mean_charge_cents"] for row in rows))
    points = [
        {"band": reader.say("chart.band", percent=row["band_percent"]),
         "side": below if row["side"] == "below" else above,
         "value": (row["mean_charge_cents"] or 0) / size / PER_EURO,
         "text": reader.say("chart.mean_of", count=reader.count(row["employers"]),
                            mean="–" if row["mean_charge_cents"] is None else reader.euro(row["mean_charge_cents"]))}
        for row in sorted(rows, key=lambda row: (row["band_percent"], row["side"] == "above"))
    ]  # fmt: skip
    base = alt.Chart(data(points)).encode(
        y=alt.Y("band:N", sort=None, axis=axis(None)),
        yOffset=alt.YOffset("side:N", sort=[below, above]),
        x=alt.X(
            "value:Q",
            axis=axis(f"{reader.say('chart.mean_charge')}, {unit}", format=NUMBER, tickCount=6),
            scale=_with_room(points, "value"),
        ),
    )
    bars = base.mark_bar(stroke=INK, strokeWidth=0.6).encode(
        fill=alt.Fill("side:N", scale=alt.Scale(domain=[below, above], range=[LIGHT, DARK]), sort=[below, above])
    )
    chart = (bars + base.mark_text(align="left", dx=4).encode(text="text:N")).properties(
        width=WIDTH - 60, height=alt.Step(18)
    )
    description = "; ".join(f"{point['band']}, {point['side']}: {point['text']}" for point in points)
    return draw(reader, name, title, description, chart)


__all__ = ["NUMBER", "PER_EURO", "Row", "amounts", "bins", "cliff", "jobs", "winners"]
