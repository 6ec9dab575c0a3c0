"""Charts of the effect of a figure: both ends of a range, and sweeps over one or two parameters."""

from collections.abc import Sequence
from textwrap import wrap

import altair as alt

from quotum.report.charts import NUMBER, PER_EURO, Row
from quotum.report.drawing import DARK, INK, LIGHT, UNFOLDED, WIDTH, AnyChart, axis, data, draw, euro_unit, folded
from quotum.report.numbered import Series, key, line_of, series_of, spread, together
from quotum.report.parts import Chart
from quotum.report.reader import Reader

_MOST_ACROSS, _MOST_DOWN = 12, 20
"""Largest number of squares with room for a number."""
_HIGH, _NARROWEST = 150, 150
"""Height and least width of a small chart."""
_TITLE = 34
"""Characters of the name of a parameter on a line below a small chart."""
_LABEL_HEIGHT, _EQUAL = 12, 3
"""Height of a number, and the distance within which lines end at the same place."""


def tornado(reader: Reader, name: str, title: str, rows: Sequence[Row]) -> Chart:
    """Draws the outcome with each figure at its low and at its high end, the widest at the top.

    Args:
        reader: The reader.
        name: Identifier on the page.
        title: Title of the chart.
        rows: Rows of `tables.RANGES` of a scenario and outcome, by rank, with `label`.
    """
    amount = rows[0]["outcome"].endswith("_cents")
    ends = [row[f"outcome_{end}"] for row in rows for end in ("low", "middle", "high")]
    size, unit = euro_unit(reader, ends) if amount else (1, reader.say("unit.jobs"))
    format_value = reader.short_euro if amount else reader.jobs
    low, high = reader.say("chart.low_end"), reader.say("chart.high_end")
    points = []
    for row in rows:
        values = {end: row[f"outcome_{end}"] for end in ("low", "middle", "high")}
        backwards = values["low"] > values["high"]
        for end, word in (("low", low), ("high", high)):
            left = (end == "low") != backwards
            points.append(
                {"label": folded(row["label"]), "end": word, "from": values["middle"] / size / PER_EURO,
                 "to": values[end] / size / PER_EURO, "left": left,
                 "at": (min if left else max)(values.values()) / size / PER_EURO,
                 "text": f"{reader.plain(row[f'{end}_value'])}: {format_value(values[end])}"}
            )  # fmt: skip
    edges = [point["at"] for point in points]
    room = 0.9 * ((max(edges) - min(edges)) or 1)
    scale = alt.Scale(domain=[min(edges) - room, max(edges) + room], zero=False, nice=False)
    base = alt.Chart(data(points)).encode(y=alt.Y("label:N", sort=None, axis=axis(None, labelExpr=UNFOLDED)))
    bars = base.mark_bar(stroke=INK, strokeWidth=0.6).encode(
        x=alt.X("to:Q", scale=scale, axis=axis(unit, format=NUMBER, tickCount=6)),
        x2="from:Q",
        fill=alt.Fill("end:N", scale=alt.Scale(domain=[low, high], range=[LIGHT, DARK])),
    )
    behind = base.encode(x=alt.X("at:Q", scale=scale), text="text:N")
    layers = [
        bars,
        behind.transform_filter("datum.left").mark_text(align="right", dx=-4),
        behind.transform_filter("!datum.left").mark_text(align="left", dx=4),
    ]
    middle = (
        alt.Chart(data([{"to": points[0]["from"]}]))
        .mark_rule(stroke=INK, strokeWidth=1.5)
        .encode(x=alt.X("to:Q", scale=scale))
    )
    chart = alt.layer(*layers, middle).properties(width=WIDTH - 160, height=alt.Step(34))
    description = "; ".join(
        f"{row['label']}: {format_value(row['outcome_low'])} – {format_value(row['outcome_high'])}" for row in rows
    )
    return draw(reader, name, title, description, chart)


def curve(reader: Reader, name: str, title: str, rows: Sequence[Row], across: str, columns: Sequence[str]) -> Chart:
    """Draws outcomes over the values of a parameter, a small chart each, a line per scenario.

    Args:
        reader: The reader.
        name: Identifier on the page.
        title: Title of the chart.
        rows: Rows of `tables.SWEEP` with `at` (the value as a number), `place` and `label` (the scenario).
        across: The parameter.
        columns: Outcomes to show.
    """
    series = series_of(rows)
    charts = [_small_chart(reader, rows, series, across, column) for column in columns]
    rows_of_two = [alt.hconcat(*charts[place : place + 2], spacing=24) for place in range(0, len(charts), 2)]
    description = "; ".join(_ends_of(reader, rows, line.name, columns, across) for line in series)
    listed = [key(series, lines=True)] if len(series) > 1 else []
    return draw(reader, name, title, description, alt.vconcat(*listed, *rows_of_two, spacing=14))


def _small_chart(reader: Reader, rows: Sequence[Row], series: Sequence[Series], across: str, column: str) -> AnyChart:
    """Draws an outcome, a line per scenario; equal lines have their numbers together at the end."""
    size, unit = _unit_of(reader, column, rows)
    values = [row[column] / size for row in rows if row[column] is not None]
    low, high = min(values), max(values)
    edge = 0.08 * (high - low) or abs(high) * 0.08 or 1
    low, high = low - edge, high + edge
    places = [row["at"] for row in rows]
    span = alt.Scale(domain=[min(places), max(places)], zero=False, nice=False)
    x = alt.X("at:Q", scale=span, axis=axis(wrap(across, _TITLE), format=NUMBER, tickCount=4))
    y = alt.Y(
        "value:Q",
        scale=alt.Scale(domain=[low, high], nice=False, zero=False),
        axis=axis(unit, format=NUMBER, tickCount=5),
    )
    layers: list[alt.Chart] = []
    ends = []
    for line in series:
        points = [
            {"at": row["at"], "value": row[column] / size}
            for row in rows
            if row["place"] == line.number and row[column] is not None
        ]
        if points:
            base = alt.Chart(data(points)).encode(x=x, y=y)
            layers += line_of(line, base, base)
            ends.append((points[-1]["at"], _HIGH * (high - points[-1]["value"]) / (high - low), line.number))
    labels = together(ends, (float("inf"), _EQUAL))
    room = max((len(text) for _, _, text in labels), default=0) * 6
    width = max((WIDTH - 90) // 2 - room, _NARROWEST)
    if len(series) > 1:
        layers += _at_the_ends(labels, (x, y), high, (high - low) / _HIGH, _across(rows) / width)
    return alt.layer(*layers).properties(width=width, height=_HIGH, title=reader.say(f"column.{column}"))


def _across(rows: Sequence[Row]) -> float:
    """Returns how far the values of the parameter run, never nothing."""
    places: list[float] = [row["at"] for row in rows]
    return max(places) - min(places) or 1


def _at_the_ends(
    labels: Sequence[tuple[float, float, str]],
    axes: tuple[alt.X, alt.Y],
    high: float,
    per_down: float,
    per_across: float,
) -> list[alt.Chart]:
    """Draws the numbers behind the ends of the lines, moved apart, each with a thin line to its own end."""
    x, y = axes
    moved = spread([down for _, down, _ in labels], _LABEL_HEIGHT, _HIGH)
    layers: list[alt.Chart] = []
    for (at, down, text), place in zip(labels, moved, strict=True):
        start, end = (at + points * per_across for points in (6, 14))
        ends = [{"at": start, "value": high - down * per_down}, {"at": end, "value": high - place * per_down}]
        layers.append(alt.Chart(data(ends)).mark_line(stroke=INK, strokeWidth=0.7).encode(x=x, y=y))
        label = [ends[1] | {"text": text}]
        layers.append(alt.Chart(data(label)).mark_text(align="left", dx=3).encode(x=x, y=y, text="text:N"))
    return layers


def heat(reader: Reader, name: str, title: str, rows: Sequence[Row], across: tuple[str, str], column: str) -> Chart:
    """Draws an outcome over two parameters: darker is more, with the number inside where there is room.

    Args:
        reader: The reader.
        name: Identifier on the page.
        title: Title of the chart.
        rows: Rows of `tables.SWEEP` of a single scenario.
        across: The two parameters.
        column: Outcome to show.
    """
    size, unit = _unit_of(reader, column, rows)
    points = [
        {"one": reader.plain(row["value"]), "two": reader.plain(row["value_2"]), "value": row[column] / size}
        for row in rows
        if row[column] is not None
    ]
    values = [point["value"] for point in points]
    first, second = (list(dict.fromkeys(reader.plain(row[key]) for row in rows)) for key in ("value", "value_2"))
    middle = (min(values) + max(values)) / 2
    base = alt.Chart(data(points)).encode(
        x=alt.X("one:N", sort=first, axis=axis(across[0], labelAngle=0, labelOverlap=True)),
        y=alt.Y("two:N", sort=second[::-1], axis=axis(across[1], labelOverlap=True)),
    )
    shade = alt.Scale(range=["#f4f6f9", DARK], zero=False, nice=False)
    boxes = base.mark_rect().encode(
        fill=alt.Fill("value:Q", scale=shade, legend=alt.Legend(title=unit, format=NUMBER, gradientLength=220))
    )
    layers = [boxes]
    if len(first) <= _MOST_ACROSS and len(second) <= _MOST_DOWN:
        places = 2 if max(abs(value) for value in values) < 100 else 0  # noqa: PLR2004 - enough digits to compare
        for test, colour in ((">", "white"), ("<=", INK)):
            shaded = base.transform_filter(f"datum.value {test} {middle}")
            layers.append(
                shaded.mark_text(fill=colour, fontSize=10).encode(text=alt.Text("value:Q", format=f",.{places}f"))
            )
    present = [row[column] for row in rows if row[column] is not None]
    ends = {"low": _value_text(reader, column, min(present)), "high": _value_text(reader, column, max(present))}
    description = reader.say("chart.heat_said", outcome=reader.say(f"column.{column}"), **ends)
    height = max(24 * len(second), 90) if len(second) <= _MOST_DOWN else 300
    return draw(reader, name, title, description, alt.layer(*layers).properties(width=WIDTH - 40, height=height))


def _unit_of(reader: Reader, column: str, rows: Sequence[Row]) -> tuple[float, str]:
    if column.endswith("_cents"):
        size, unit = euro_unit(reader, (row[column] for row in rows))
        return size * PER_EURO, unit
    if column.endswith("_hundredths"):
        return PER_EURO, reader.say("unit.jobs") if "jobs" in column else reader.say("unit.percent")
    return 1, reader.say("unit.employers")


def _value_text(reader: Reader, column: str, value: int) -> str:
    if column.endswith("_cents"):
        return reader.short_euro(value)
    if column.endswith("_hundredths"):
        return reader.jobs(value) if "jobs" in column else reader.percent(value)
    return reader.count(value)


def _ends_of(reader: Reader, rows: Sequence[Row], name: str, columns: Sequence[str], across: str) -> str:
    scenario_rows = [row for row in rows if row["label"] == name]
    parts = []
    for column in columns:
        present = [row for row in scenario_rows if row[column] is not None]
        if present:
            parts.append(
                reader.say(
                    "chart.curve_said", outcome=reader.say(f"column.{column}"), across=across,
                    first=reader.plain(present[0]["value"]), last=reader.plain(present[-1]["value"]),
                    at_first=_value_text(reader, column, present[0][column]),
                    at_last=_value_text(reader, column, present[-1][column]),
                )
            )  # fmt: skip
    return f"{name}: {', '.join(parts)}"


__all__ = ["curve", "heat", "tornado"]
