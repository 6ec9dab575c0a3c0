"""The charts of a comparison and of a run: rows of its tables in, a drawing with its text alternative out.

Positions are drawn in euros as binary fractions; every number that is read stands in the table beside it.
"""

from collections.abc import Sequence
from typing import Any, Final

import altair as alt

from quotum.report.drawing import (
    DARK,
    DASHES,
    INK,
    LIGHT,
    MIDDLE,
    PALE,
    SERIES,
    SHAPES,
    WIDTH,
    axis,
    data,
    drawn,
    euro_unit,
)  # fmt: skip
from quotum.report.parts import Chart
from quotum.report.reader import Reader

Row = dict[str, Any]
_NUMBER: Final = ",~f"
_PER_EURO: Final = 100
_BAR: Final = 15
_ZERO = alt.datum(0)


def _fills(names: Sequence[str]) -> alt.Scale:
    return alt.Scale(domain=list(names), range=list(SERIES[: len(names)]))


def amounts(reader: Reader, name: str, title: str, rows: Sequence[Row], columns: Sequence[str]) -> Chart:
    """Amounts of each scenario beside each other.

    Args:
        reader: Who reads.
        name: Identifier on the page.
        title: What it shows.
        rows: Each with `label` and the columns, cents.
        columns: Amounts to show.
    """
    size, unit = euro_unit(reader, (row[column] for row in rows for column in columns))
    words = [reader.say(f"column.{column}") for column in columns]
    points = [
        {"label": row["label"], "part": word, "value": row[column] / size / _PER_EURO, "text": reader.short_euro(row[column])}
        for row in rows
        for column, word in zip(columns, words, strict=True)
    ]  # fmt: skip
    base = alt.Chart(data(points)).encode(
        y=alt.Y("label:N", sort=None, axis=axis(None)),
        yOffset=alt.YOffset("part:N", sort=words),
        x=alt.X("value:Q", axis=axis(unit, format=_NUMBER), scale=alt.Scale(padding=70)),
    )
    bars = base.mark_bar(stroke=INK, strokeWidth=0.6).encode(fill=alt.Fill("part:N", scale=_fills(words), sort=words))
    labels = base.mark_text(align="left", dx=4).encode(text="text:N")
    chart = (bars + labels).properties(width=WIDTH - 60, height=alt.Step(_BAR))
    said = "; ".join(
        f"{row['label']}: "
        + ", ".join(f"{word} {reader.short_euro(row[c])}" for c, word in zip(columns, words, strict=True))
        for row in rows
    )
    return drawn(reader, name, title, said, chart)


def winners(reader: Reader, name: str, title: str, rows: Sequence[Row]) -> Chart:
    """Winners to the right, losers to the left, percent of the employers of a group.

    Args:
        reader: Who reads.
        name: Identifier on the page.
        title: What it shows.
        rows: Each with `label`, `part` (what is grouped by), `employers`, `winners` and `losers`.
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
        mine = [point for point in points if point["part"] == part]
        base = alt.Chart(data(mine)).encode(
            y=alt.Y("label:N", sort=None, axis=axis(None, minExtent=150)),
            x=alt.X(
                "value:Q",
                scale=domain,
                axis=axis(
                    reader.say("chart.percent_of_group"), labelExpr=f"format(abs(datum.value), '{_NUMBER}') + '%'"
                ),
            ),
        )
        bars = base.mark_bar(stroke=INK, strokeWidth=0.6).encode(
            fill=alt.Fill("side:N", scale=alt.Scale(domain=[lose, win], range=[LIGHT, DARK]))
        )
        right = base.transform_filter(f"datum.side == '{win}'").mark_text(align="left", dx=4).encode(text="text:N")
        left = base.transform_filter(f"datum.side == '{lose}'").mark_text(align="right", dx=-4).encode(text="text:N")
        layers.append((bars + right + left).properties(width=WIDTH - 90, height=alt.Step(22), title=part))
    said = "; ".join(
        reader.say(
            "chart.winners_said", group=row["label"], winners=reader.count(row["winners"]),
            losers=reader.count(row["losers"]), employers=reader.count(row["employers"]),
        )
        for row in rows
    )  # fmt: skip
    return drawn(reader, name, title, said, alt.vconcat(*layers, spacing=12))


def bins(reader: Reader, name: str, title: str, rows: Sequence[Row], across: str) -> Chart:
    """Number of employers by bin.

    Args:
        reader: Who reads.
        name: Identifier on the page.
        title: What it shows.
        rows: Each with `label`, `employers` and `below` (whether the bin is below zero).
        across: What the bins are of.
    """
    below, above = reader.say("chart.below_zero"), reader.say("chart.above_zero")
    points = [
        {"label": row["label"], "value": row["employers"], "text": reader.count(row["employers"]),
         "side": below if row["below"] else above}
        for row in rows
    ]  # fmt: skip
    order = [row["label"] for row in rows]
    base = alt.Chart(data(points)).encode(
        x=alt.X("label:N", sort=order, axis=axis(across, labelAngle=-50)),
        y=alt.Y("value:Q", axis=axis(reader.say("column.employers"), format=_NUMBER, tickMinStep=1)),
    )
    bars = base.mark_bar(stroke=INK, strokeWidth=0.6).encode(
        fill=alt.Fill("side:N", scale=alt.Scale(domain=[below, above], range=[LIGHT, DARK]))
    )
    chart = (bars + base.mark_text(dy=-7).encode(text="text:N")).properties(width=WIDTH, height=210)
    said = "; ".join(f"{row['label']}: {reader.count(row['employers'])}" for row in rows)
    return drawn(reader, name, title, f"{reader.say('column.employers')} · {across}: {said}", chart)


def break_even(reader: Reader, name: str, title: str, rows: Sequence[Row], share: int | None) -> Chart:
    """Surcharge and bonus per 1,000 paid hours by share of target-group hours, with the break-even line.

    Args:
        reader: Who reads.
        name: Identifier on the page.
        title: What it shows.
        rows: Rows of `tables.SHARES`, or of a run, with hours.
        share: Break-even share, hundredths of a percent point; None when there is none.
    """
    surcharge, bonus = reader.say("column.surcharge_cents"), reader.say("column.bonus_cents")
    points = [
        {"share": 100 * row["target_group_hours"] / row["paid_hours"], "part": part, "value": row[column] / _PER_EURO}
        for row in rows
        if row["paid_hours"] > 0
        for part, column in (
            (surcharge, "surcharge_per_1000_hours_cents"),
            (bonus, "bonus_per_1000_hours_cents"),
        )
    ]
    # Most employers have a small share: the root gives them room without leaving out the few with a large one.
    ticks = [0, 0.5, 1, 2, 3, 4, 5, 7.5, 10, 15, 20, 30, 50, 100]
    edge = max((point["share"] for point in points), default=1)
    x = alt.X(
        "share:Q",
        scale=alt.Scale(type="sqrt", nice=False, domain=[0, max(edge, (share or 0) / _PER_EURO) * 1.03]),
        axis=axis(reader.say("chart.share_of_hours"), values=ticks, format=_NUMBER),
    )
    base = alt.Chart(data(points)).encode(
        x=x, y=alt.Y("value:Q", axis=axis(reader.say("chart.per_1000_hours"), format=_NUMBER))
    )
    parts = [surcharge, bonus]
    lines = base.mark_line(stroke=INK, strokeWidth=1.8).encode(
        strokeDash=alt.StrokeDash("part:N", scale=alt.Scale(domain=parts, range=[DASHES[1], DASHES[0]]), legend=None)
    )
    dots = base.mark_point(filled=True, size=70, stroke=INK, strokeWidth=0.8, opacity=1).encode(
        shape=alt.Shape("part:N", scale=alt.Scale(domain=parts, range=list(SHAPES[:2]))),
        fill=alt.Fill("part:N", scale=alt.Scale(domain=parts, range=[LIGHT, DARK])),
    )
    said = reader.say("chart.break_even_none")
    layers = [lines, dots]
    if share is not None:
        said = reader.say("chart.break_even_said", share=reader.percent(share))
        mark = [{"share": share / _PER_EURO, "text": reader.say("chart.break_even", share=reader.percent(share))}]
        rule = alt.Chart(data(mark)).encode(x=x)
        layers += [
            rule.mark_rule(stroke=INK, strokeDash=[3, 3], strokeWidth=1.5),
            rule.mark_text(align="right", dx=-6, fontWeight="bold").encode(text="text:N", y=alt.value(8)),
        ]
    return drawn(reader, name, title, said, alt.layer(*layers).properties(width=WIDTH, height=240))


def losses(reader: Reader, name: str, title: str, rows: Sequence[Row]) -> Chart:
    """Savings loss against missing jobs: the lines of the assumed saving per job, and where each scenario stands.

    Args:
        reader: Who reads.
        name: Identifier on the page.
        title: What it shows.
        rows: Rows of `tables.COMPARISON` with `label`; equal points carry their names together.
    """
    size, unit = euro_unit(reader, (row["savings_loss_high_cents"] for row in rows))
    together: dict[tuple[int, int, int, int], list[str]] = {}
    for row in rows:
        place = (
            row["missing_jobs_hundredths"],
            *(row[f"savings_loss{end}_cents"] for end in ("_low", "", "_high")),
        )
        together.setdefault(place, []).append(row["label"])  # type: ignore[arg-type]
    scale = size * _PER_EURO
    points = [
        {"jobs": jobs / _PER_EURO, "low": low / scale, "loss": loss / scale, "high": high / scale,
         "text": _folded(names)}
        for (jobs, low, loss, high), names in sorted(together.items())
    ]  # fmt: skip
    most = max(point["jobs"] for point in points)
    x = alt.X(
        "jobs:Q",
        axis=axis(reader.say("column.missing_jobs_hundredths"), format=_NUMBER),
        scale=alt.Scale(domain=[0, most * 1.05 or 1], nice=False),
    )
    y = alt.Y("loss:Q", axis=axis(f"{reader.say('column.savings_loss_cents')}, {unit}", format=_NUMBER))
    layers = []
    steepest = max(
        (point for point in points if point["loss"] and point["jobs"]), key=lambda one: one["jobs"], default=None
    )
    if steepest is not None:
        band = [{"jobs": 0, "low": 0, "loss": 0, "high": 0}, steepest]
        fan = alt.Chart(data(band)).encode(x=x)
        layers += [
            fan.mark_area(fill=PALE, stroke=None).encode(y=alt.Y("low:Q"), y2="high:Q"),
            fan.mark_line(stroke=MIDDLE, strokeWidth=1.2).encode(y=y),
        ]
    base = alt.Chart(data(points)).encode(x=x)
    layers += [
        base.mark_rule(stroke=INK, strokeWidth=1.4).encode(y=alt.Y("low:Q"), y2="high:Q"),
        base.mark_point(filled=True, fill=DARK, stroke=INK, size=90, opacity=1).encode(y=y),
        base.mark_text(align="right", dx=-10, dy=-8, lineBreak="\n").encode(y=y, text="text:N"),
    ]
    said = "; ".join(
        reader.say(
            "chart.losses_said", names=", ".join(names), jobs=reader.jobs(jobs), loss=reader.short_euro(loss),
            low=reader.short_euro(low), high=reader.short_euro(high),
        )
        for (jobs, low, loss, high), names in sorted(together.items())
    )  # fmt: skip
    return drawn(reader, name, title, said, alt.layer(*layers).properties(width=WIDTH, height=220))


def _folded(names: Sequence[str]) -> str:
    """Names on as many lines as keep them short."""
    lines: list[str] = []
    for name in names:
        if lines and len(lines[-1]) + len(name) < 60:  # noqa: PLR2004 - what fits beside a point
            lines[-1] += f", {name}"
        else:
            lines.append(name)
    return "\n".join(lines)


def tornado(reader: Reader, name: str, title: str, rows: Sequence[Row]) -> Chart:
    """Outcome with each figure at its low and at its high end, the widest at the top.

    Args:
        reader: Who reads.
        name: Identifier on the page.
        title: What it shows.
        rows: Rows of `tables.RANGES` of one scenario and outcome, by rank, with `label`.
    """
    amount = rows[0]["outcome"].endswith("_cents")
    ends = [row[f"outcome_{end}"] for row in rows for end in ("low", "middle", "high")]
    size, unit = euro_unit(reader, ends) if amount else (1, reader.say("unit.jobs"))
    written = reader.short_euro if amount else reader.jobs
    low, high = reader.say("chart.low_end"), reader.say("chart.high_end")
    points = []
    for row in rows:
        for end, word in (("low", low), ("high", high)):
            points.append(
                {"label": row["label"], "end": word, "from": row["outcome_middle"] / size / _PER_EURO,
                 "to": row[f"outcome_{end}"] / size / _PER_EURO,
                 "text": f"{row[f'{end}_value']}: {written(row[f'outcome_{end}'])}",
                 "left": row[f"outcome_{end}"] < row["outcome_middle"] or (
                     row[f"outcome_{end}"] == row["outcome_middle"] and end == "low")}
            )  # fmt: skip
    values = [point[key] for point in points for key in ("from", "to")]
    room = 0.6 * ((max(values) - min(values)) or 1)
    scale = alt.Scale(domain=[min(values) - room, max(values) + room], zero=False, nice=False)
    base = alt.Chart(data(points)).encode(
        y=alt.Y("label:N", sort=None, axis=axis(None, labelLimit=240)),
        x=alt.X("to:Q", scale=scale, axis=axis(unit, format=_NUMBER)),
    )
    bars = base.mark_bar(stroke=INK, strokeWidth=0.6).encode(
        x2="from:Q", fill=alt.Fill("end:N", scale=alt.Scale(domain=[low, high], range=[LIGHT, DARK]))
    )
    layers = [bars]
    for left, place in (("true", {"align": "right", "dx": -4}), ("false", {"align": "left", "dx": 4})):
        layers.append(base.transform_filter(f"datum.left == {left}").mark_text(**place).encode(text="text:N"))
    middle = (
        alt.Chart(data([{"to": points[0]["from"]}]))
        .mark_rule(stroke=INK, strokeWidth=1.5)
        .encode(x=alt.X("to:Q", scale=scale))
    )
    chart = alt.layer(*layers, middle).properties(width=WIDTH - 160, height=alt.Step(26))
    said = "; ".join(f"{row['label']}: {written(row['outcome_low'])} – {written(row['outcome_high'])}" for row in rows)
    return drawn(reader, name, title, said, chart)


def cliff(reader: Reader, name: str, title: str, rows: Sequence[Row]) -> Chart:
    """Mean charge just below and just above a limit, by width of the band.

    Args:
        reader: Who reads.
        name: Identifier on the page.
        title: What it shows.
        rows: Rows of `tables.CLIFFS` of one scenario.
    """
    below, above = reader.say("chart.below_limit"), reader.say("chart.above_limit")
    size, unit = euro_unit(reader, (row["mean_charge_cents"] for row in rows))
    points = [
        {"band": reader.say("chart.band", percent=row["band_percent"]), "side": below if row["side"] == "below" else above,
         "value": (row["mean_charge_cents"] or 0) / size / _PER_EURO,
         "text": reader.say("chart.mean_of", count=reader.count(row["employers"]),
                            mean="–" if row["mean_charge_cents"] is None else reader.euro(row["mean_charge_cents"]))}
        for row in sorted(rows, key=lambda row: (row["band_percent"], row["side"] == "above"))
    ]  # fmt: skip
    base = alt.Chart(data(points)).encode(
        y=alt.Y("band:N", sort=None, axis=axis(None)),
        yOffset=alt.YOffset("side:N", sort=[below, above]),
        x=alt.X(
            "value:Q",
            axis=axis(f"{reader.say('chart.mean_charge')}, {unit}", format=_NUMBER),
            scale=alt.Scale(padding=90),
        ),
    )
    bars = base.mark_bar(stroke=INK, strokeWidth=0.6).encode(
        fill=alt.Fill("side:N", scale=alt.Scale(domain=[below, above], range=[LIGHT, DARK]), sort=[below, above])
    )
    chart = (bars + base.mark_text(align="left", dx=4).encode(text="text:N")).properties(
        width=WIDTH - 60, height=alt.Step(18)
    )
    said = "; ".join(f"{point['band']}, {point['side']}: {point['text']}" for point in points)
    return drawn(reader, name, title, said, chart)


def past(reader: Reader, name: str, title: str, rows: Sequence[Row]) -> Chart:
    """Extra jobs agreed, realised and missing by year.

    Args:
        reader: Who reads.
        name: Identifier on the page.
        title: What it shows.
        rows: Rows of `tables.PANEL`.
    """
    target, realised = reader.say("column.target_jobs_hundredths"), reader.say("column.realised_jobs_hundredths")
    missing = reader.say("chart.missing_joint")
    points = [
        {"year": str(row["year"]), "part": part, "value": row[column] / _PER_EURO / 1_000}
        for row in rows
        for part, column in ((target, "target_hundredths"), (realised, "realised_hundredths"))
    ]
    lacking = [
        {"year": str(row["year"]), "part": missing, "value": row["missing_joint_hundredths"] / 100_000} for row in rows
    ]
    x = alt.X("year:O", axis=axis(None, labelAngle=0))
    y = alt.Y("value:Q", axis=axis(reader.say("unit.thousand_jobs"), format=_NUMBER))
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
    said = "; ".join(
        reader.say(
            "chart.past_said", year=row["year"], target=reader.jobs(row["target_hundredths"]),
            realised=reader.jobs(row["realised_hundredths"]), missing=reader.jobs(row["missing_joint_hundredths"]),
        )
        for row in rows
    )  # fmt: skip
    return drawn(reader, name, title, said, chart.properties(width=WIDTH, height=230))


def curve(reader: Reader, name: str, title: str, rows: Sequence[Row], across: str, columns: Sequence[str]) -> Chart:
    """Outcomes over the values of one parameter, one small chart each, a line per scenario.

    Args:
        reader: Who reads.
        name: Identifier on the page.
        title: What it shows.
        rows: Rows of `tables.SWEEP` with `at` (the value as a number) and `label` (the scenario).
        across: The parameter.
        columns: Outcomes to show.
    """
    names = list(dict.fromkeys(row["label"] for row in rows))
    dashes = [DASHES[place % len(DASHES)] for place in range(len(names))]
    shades = [(DARK, MIDDLE)[place // len(DASHES) % 2] for place in range(len(names))]
    charts = []
    for place, column in enumerate(columns):
        size, unit = _unit_of(reader, column, rows)
        points = [
            {"at": row["at"], "name": row["label"], "value": row[column] / size}
            for row in rows
            if row[column] is not None
        ]
        charts.append(
            alt.Chart(data(points), title=reader.say(f"column.{column}"))
            .mark_line(strokeWidth=2)
            .encode(
                x=alt.X(
                    "at:Q", scale=alt.Scale(zero=False, nice=False), axis=axis(across, format=_NUMBER, tickCount=5)
                ),
                y=alt.Y("value:Q", scale=alt.Scale(zero=False), axis=axis(unit, format=_NUMBER, tickCount=5)),
                strokeDash=alt.StrokeDash("name:N", scale=alt.Scale(domain=names, range=dashes), sort=names),
                stroke=alt.Stroke("name:N", scale=alt.Scale(domain=names, range=shades), sort=names),
            )
            .properties(width=(WIDTH - 70) // 2, height=150)
        )
    rows_of_two = [alt.hconcat(*charts[place : place + 2], spacing=24) for place in range(0, len(charts), 2)]
    said = "; ".join(_ends_of(reader, rows, one, columns, across) for one in names)
    return drawn(reader, name, title, said, alt.vconcat(*rows_of_two, spacing=14))


def heat(reader: Reader, name: str, title: str, rows: Sequence[Row], across: tuple[str, str], column: str) -> Chart:
    """One outcome over two parameters: darker is more, with the number inside where there is room.

    Args:
        reader: Who reads.
        name: Identifier on the page.
        title: What it shows.
        rows: Rows of `tables.SWEEP` of one scenario.
        across: The two parameters.
        column: Outcome to show.
    """
    size, unit = _unit_of(reader, column, rows)
    points = [
        {"one": row["value"], "two": row["value_2"], "value": row[column] / size}
        for row in rows
        if row[column] is not None
    ]
    values = [point["value"] for point in points]
    first, second = (list(dict.fromkeys(row[key] for row in rows)) for key in ("value", "value_2"))
    middle = (min(values) + max(values)) / 2
    base = alt.Chart(data(points)).encode(
        x=alt.X("one:N", sort=first, axis=axis(across[0], labelAngle=0, labelOverlap=True)),
        y=alt.Y("two:N", sort=second[::-1], axis=axis(across[1], labelOverlap=True)),
    )
    shade = alt.Scale(range=["#f4f6f9", DARK], zero=False, nice=False)
    boxes = base.mark_rect().encode(
        fill=alt.Fill("value:Q", scale=shade, legend=alt.Legend(title=unit, format=_NUMBER, gradientLength=220))
    )
    layers = [boxes]
    if len(first) <= 12 and len(second) <= 20:  # noqa: PLR2004 - as many numbers as fit
        places = 2 if max(abs(one) for one in values) < 100 else 0  # noqa: PLR2004 - enough digits to compare
        for test, colour in ((">", "white"), ("<=", INK)):
            some = base.transform_filter(f"datum.value {test} {middle}")
            layers.append(
                some.mark_text(fill=colour, fontSize=10).encode(text=alt.Text("value:Q", format=f",.{places}f"))
            )
    said = reader.say(
        "chart.heat_said", outcome=reader.say(f"column.{column}"), low=_written(reader, column, min(r[column] for r in rows if r[column] is not None)),
        high=_written(reader, column, max(r[column] for r in rows if r[column] is not None)),
    )  # fmt: skip
    return drawn(
        reader, name, title, said, alt.layer(*layers).properties(width=WIDTH - 40, height=max(24 * len(second), 90) if len(second) <= 20 else 300)  # noqa: PLR2004
    )  # fmt: skip


def _unit_of(reader: Reader, column: str, rows: Sequence[Row]) -> tuple[float, str]:
    if column.endswith("_cents"):
        size, unit = euro_unit(reader, (row[column] for row in rows))
        return size * _PER_EURO, unit
    if column.endswith("_hundredths"):
        return _PER_EURO, reader.say("unit.jobs") if "jobs" in column else reader.say("unit.percent")
    return 1, reader.say("unit.employers")


def _written(reader: Reader, column: str, value: int) -> str:
    if column.endswith("_cents"):
        return reader.short_euro(value)
    if column.endswith("_hundredths"):
        return reader.jobs(value) if "jobs" in column else reader.percent(value)
    return reader.count(value)


def _ends_of(reader: Reader, rows: Sequence[Row], name: str, columns: Sequence[str], across: str) -> str:
    mine = [row for row in rows if row["label"] == name]
    parts = []
    for column in columns:
        known = [row for row in mine if row[column] is not None]
        if known:
            parts.append(
                reader.say(
                    "chart.curve_said", outcome=reader.say(f"column.{column}"), across=across,
                    first=known[0]["value"], last=known[-1]["value"],
                    at_first=_written(reader, column, known[0][column]), at_last=_written(reader, column, known[-1][column]),
                )
            )  # fmt: skip
    return f"{name}: {', '.join(parts)}"


__all__ = ["amounts", "bins", "break_even", "cliff", "curve", "heat", "losses", "past", "tornado", "winners"]
