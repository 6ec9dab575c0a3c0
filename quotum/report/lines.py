"""Charts with lines: the break-even share, the savings loss, and the past."""

from collections.abc import Sequence
from typing import Literal

import altair as alt

from quotum.report.charts import NUMBER, PER_EURO, Row
from quotum.report.drawing import (
    DARK,
    DASHES,
    INK,
    LIGHT,
    MIDDLE,
    PALE,
    SHAPES,
    WIDTH,
    axis,
    data,
    draw,
    euro_unit,
)  # fmt: skip
from quotum.report.numbered import key, series_of, together
from quotum.report.parts import Chart
from quotum.report.reader import Reader

_HIGH = 220
"""Height of the chart of the savings loss."""
_LABEL_WIDTH, _LABEL_HEIGHT = 120, 16
"""Room for the numbers beside a point."""
_MIDDLE = 0.25
"""Part of a root scale that is its middle."""


def break_even(reader: Reader, name: str, title: str, rows: Sequence[Row], share: int | None) -> Chart:
    """Draws surcharge and bonus per 1,000 paid hours by share of target-group hours, with the break-even line.

    Args:
        reader: The reader.
        name: Identifier on the page.
        title: Title of the chart.
        rows: Rows of `tables.SHARES`, or of a run, with hours.
        share: Break-even share, hundredths of a percent point; None when there is none.
    """
    surcharge, bonus = reader.say("column.surcharge_cents"), reader.say("column.bonus_cents")
    points = [
        {"share": 100 * row["target_group_hours"] / row["paid_hours"], "part": part, "value": row[column] / PER_EURO}
        for row in rows
        if row["paid_hours"] > 0
        for part, column in (
            (surcharge, "surcharge_per_1000_hours_cents"),
            (bonus, "bonus_per_1000_hours_cents"),
        )
    ]
    # Most employers have a small share: a root scale gives them room and keeps the few with a large share.
    ticks = [0, 0.5, 1, 2, 3, 4, 5, 7.5, 10, 15, 20, 30, 50, 100]
    edge = max((point["share"] for point in points), default=1)
    x = alt.X(
        "share:Q",
        scale=alt.Scale(type="sqrt", nice=False, domain=[0, max(edge, (share or 0) / PER_EURO) * 1.03]),
        axis=axis(reader.say("chart.share_of_hours"), values=ticks, format=",.1~f"),
    )
    base = alt.Chart(data(points)).encode(
        x=x, y=alt.Y("value:Q", axis=axis(reader.say("chart.per_1000_hours"), format=NUMBER))
    )
    parts = [surcharge, bonus]
    lines = base.mark_line(stroke=INK, strokeWidth=1.8).encode(
        strokeDash=alt.StrokeDash("part:N", scale=alt.Scale(domain=parts, range=[DASHES[1], DASHES[0]]), legend=None)
    )
    # A scale that is shared would take the missing key of the lines over.
    dots = base.mark_point(filled=True, size=70, stroke=INK, strokeWidth=0.8, opacity=1).encode(
        shape=alt.Shape("part:N", scale=alt.Scale(domain=parts, range=list(SHAPES[:2]))),
        fill=alt.Fill("part:N", scale=alt.Scale(domain=parts, range=[LIGHT, DARK])),
    )
    description = reader.say("chart.break_even_none")
    layers = [lines, dots]
    if share is not None:
        description = reader.say("chart.break_even_said", share=reader.percent(share))
        # The text is on the side of the line with more room.
        side: Literal["left", "right"] = "right" if share / PER_EURO > _MIDDLE * edge else "left"
        mark = [{"share": share / PER_EURO, "text": reader.say("chart.break_even", share=reader.percent(share))}]
        rule = alt.Chart(data(mark)).encode(x=x)
        layers += [
            rule.mark_rule(stroke=INK, strokeDash=[3, 3], strokeWidth=1.5),
            rule.mark_text(align=side, dx=-6 if side == "right" else 6, fontWeight="bold").encode(
                text="text:N", y=alt.value(8)
            ),
        ]
    chart = alt.layer(*layers).resolve_scale(fill="independent", shape="independent")
    return draw(reader, name, title, description, chart.properties(width=WIDTH, height=240))


def losses(reader: Reader, name: str, title: str, rows: Sequence[Row]) -> Chart:
    """Draws savings loss against missing jobs: the lines of the assumed saving per job, and the place of each scenario.

    Args:
        reader: The reader.
        name: Identifier on the page.
        title: Title of the chart.
        rows: Rows of `tables.COMPARISON` with `label`; points at the same place share a label.
    """
    size, unit = euro_unit(reader, (row["savings_loss_high_cents"] for row in rows))
    scale = size * PER_EURO
    points: list[Row] = [
        {"number": row["place"], "jobs": row["missing_jobs_hundredths"] / PER_EURO,
         "low": row["savings_loss_low_cents"] / scale, "loss": row["savings_loss_cents"] / scale,
         "high": row["savings_loss_high_cents"] / scale}
        for row in rows
    ]  # fmt: skip
    most, highest = (max(point[name] for point in points) or 1 for name in ("jobs", "high"))
    edges = {"jobs": most * 1.05, "loss": highest * 1.05}
    x = alt.X(
        "jobs:Q",
        axis=axis(reader.say("column.missing_jobs_hundredths"), format=NUMBER),
        scale=alt.Scale(domain=[0, edges["jobs"]], nice=False),
    )
    loss_scale = alt.Scale(domain=[0, edges["loss"]], nice=False)
    y = alt.Y(
        "loss:Q", axis=axis(f"{reader.say('column.savings_loss_cents')}, {unit}", format=NUMBER), scale=loss_scale
    )
    layers = []
    steepest = max(
        (point for point in points if point["loss"] and point["jobs"]), key=lambda point: point["jobs"], default=None
    )
    if steepest is not None:
        band = [{"jobs": 0, "low": 0, "loss": 0, "high": 0}, steepest]
        fan = alt.Chart(data(band)).encode(x=x)
        layers += [
            fan.mark_area(fill=PALE, stroke=None).encode(y=alt.Y("low:Q", scale=loss_scale), y2="high:Q"),
            fan.mark_line(stroke=MIDDLE, strokeWidth=1.2).encode(y=y),
        ]
    base = alt.Chart(data(points)).encode(x=x)
    layers += [
        base.mark_rule(stroke=INK, strokeWidth=1.4).encode(y=alt.Y("low:Q", scale=loss_scale), y2="high:Q"),
        base.mark_point(filled=True, fill=DARK, stroke=INK, size=90, opacity=1).encode(y=y),
    ]
    # A label is behind its point unless the chart ends there; points at the same place share a label.
    near_the_end = (1 - _LABEL_WIDTH / 2 / WIDTH) * edges["jobs"]
    placed = [
        (point["jobs"] / edges["jobs"] * WIDTH, (1 - point["loss"] / edges["loss"]) * _HIGH, point["number"])
        for point in points
    ]
    labels = [
        {"jobs": across / WIDTH * edges["jobs"], "loss": (1 - down / _HIGH) * edges["loss"], "text": text}
        for across, down, text in together(placed, (_LABEL_WIDTH, _LABEL_HEIGHT))
    ]
    named = alt.Chart(data(labels)).encode(x=x, y=y, text="text:N")
    layers += [
        named.transform_filter(f"datum.jobs > {near_the_end}").mark_text(
            align="right", dx=-10, dy=-8, fontWeight="bold"
        ),
        named.transform_filter(f"datum.jobs <= {near_the_end}").mark_text(
            align="left", dx=10, dy=-8, fontWeight="bold"
        ),
    ]
    plot = alt.layer(*layers).properties(width=WIDTH, height=_HIGH)
    chart = alt.vconcat(key(series_of(rows), lines=False), plot, spacing=10)
    return draw(reader, name, title, _losses_said(reader, rows), chart)


def _losses_said(reader: Reader, rows: Sequence[Row]) -> str:
    """Says the points in words; equal points once."""
    names_by_point: dict[tuple[int, int, int, int], list[str]] = {}
    for row in rows:
        low, middle, high = (row[f"savings_loss{end}_cents"] for end in ("_low", "", "_high"))
        names_by_point.setdefault((row["missing_jobs_hundredths"], low, middle, high), []).append(row["label"])
    return "; ".join(
        reader.say(
            "chart.losses_said", names=" / ".join(names), jobs=reader.jobs(jobs), loss=reader.short_euro(loss),
            low=reader.short_euro(low), high=reader.short_euro(high),
        )
        for (jobs, low, loss, high), names in sorted(names_by_point.items())
    )  # fmt: skip


def past(reader: Reader, name: str, title: str, rows: Sequence[Row]) -> Chart:
    """Draws extra jobs agreed, realised and missing by year.

    Args:
        reader: The reader.
        name: Identifier on the page.
        title: Title of the chart.
        rows: Rows of `tables.PANEL`.
    """
    target, realised = reader.say("column.target_jobs_hundredths"), reader.say("column.realised_jobs_hundredths")
    missing = reader.say("chart.missing_joint")
    points = [
        {"year": str(row["year"]), "part": part, "value": row[column] / PER_EURO / 1_000}
        for row in rows
        for part, column in ((target, "target_hundredths"), (realised, "realised_hundredths"))
    ]
    lacking = [
        {"year": str(row["year"]), "part": missing, "value": row["missing_joint_hundredths"] / 100_000} for row in rows
    ]
    x = alt.X("year:O", axis=axis(None, labelAngle=0))
    y = alt.Y("value:Q", axis=axis(reader.say("unit.thousand_jobs"), format=NUMBER))
    bars = (
        alt.Chart(data(lacking))
        .mark_bar(stroke=INK, strokeWidth=0.6, size=26)
        .encode(x=x, y=y, fill=alt.Fill("part:N", scale=alt.Scale(domain=[missing], range=[LIGHT])))
    )
    base = alt.Chart(data(points)).encode(x=x, y=y)
    parts = [target, realised]
    lines = base.mark_line(stroke=INK, strokeWidth=1.8).encode(
        strokeDash=alt.StrokeDash("part:N", scale=alt.Scale(domain=parts, range=[DASHES[1], DASHES[0]]), legend=None)
    )
    dots = base.mark_point(filled=True, size=70, stroke=INK, strokeWidth=0.8, opacity=1, fill=DARK).encode(
        shape=alt.Shape("part:N", scale=alt.Scale(domain=parts, range=list(SHAPES[:2])))
    )
    chart = alt.layer(bars, lines, dots).resolve_scale(fill="independent", shape="independent")
    description = "; ".join(
        reader.say(
            "chart.past_said", year=row["year"], target=reader.jobs(row["target_hundredths"]),
            realised=reader.jobs(row["realised_hundredths"]), missing=reader.jobs(row["missing_joint_hundredths"]),
        )
        for row in rows
    )  # fmt: skip
    return draw(reader, name, title, description, chart.properties(width=WIDTH, height=230))


__all__ = ["break_even", "losses", "past"]
