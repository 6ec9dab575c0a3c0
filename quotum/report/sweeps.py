"""The section of a sweep: curves over one parameter, squares over two."""

from typing import Any, Final

from quotum.comparison.record import Comparison
from quotum.report import effect_charts
from quotum.report.parts import Cell, Chart, Section, Shower, TableView, table
from quotum.report.reader import Reader

Row = dict[str, Any]
_OUTCOMES: Final = (
    "rate_hundredths", "balance_cents", "surcharge_cents", "levy_cents", "bonus_cents", "lkv_cents", "payers",
    "missing_jobs_hundredths", "savings_loss_cents",
)  # fmt: skip
_MOST_CURVES: Final = 6
_MOST_SQUARES: Final = 2
MOST_ROWS: Final = 40
"""Largest number of points in the table; all points are in `sweep.csv` and in the workbook."""


def sweep_section(reader: Reader, comparison: Comparison) -> Section | None:
    """Makes the section, or returns none without a sweep."""
    places = {name: place for place, name in enumerate(comparison.scenarios)}
    named = _names(reader, comparison)
    rows = [
        row | {"place": places[row["scenario"]], "label": reader.scenario(row["scenario"]), "at": float(row["value"])}
        for row in comparison.sweep.to_pylist()
    ]
    if not rows:
        return None
    moved = [name for name in _OUTCOMES if len({row[name] for row in rows if row[name] is not None}) > 1]
    draw = _squares if comparison.sweep_parameters[1:] else _curves
    charted = draw(reader, rows, moved, named)
    paragraphs = [reader.say("text.sweep", points=reader.count(len(rows)))]
    unsolved = sum(row["unsolved"] is not None for row in rows)
    if unsolved:
        paragraphs.append(reader.say("text.unsolved", count=reader.count(unsolved)))
    solved = {row["place"] for row in comparison.comparison.to_pylist() if row["rate_source"] in ("balance", "budget")}
    if solved:
        paragraphs.append(reader.say("text.sweep_solved"))
    if not moved:
        paragraphs.append(reader.say("text.sweep_flat"))
    if len(rows) > MOST_ROWS:
        paragraphs.append(reader.say("text.sweep_cut", rows=reader.count(MOST_ROWS)))
    shown: tuple[Chart | TableView, ...] = (*charted, _table(reader, rows[:MOST_ROWS], moved, named))
    return Section("sweep", reader.say("section.sweep"), tuple(paragraphs), shown=shown)


def _names(reader: Reader, comparison: Comparison) -> dict[str, str]:
    """Names the swept parameters: in Dutch by their Dutch term."""
    dutch = {row["parameter"]: row["dutch"] for row in comparison.parameters.to_pylist()}
    if reader.language != "nl":
        return {name: name for name in comparison.sweep_parameters}
    return {name: dutch.get(name) or name for name in comparison.sweep_parameters}


def _curves(reader: Reader, rows: list[Row], moved: list[str], named: dict[str, str]) -> list[Chart]:
    if not moved:
        return []
    across = named[rows[0]["parameter"]]
    title = reader.say("chart.curves", parameter=across)
    return [effect_charts.curve(reader, "curves", title, rows, across, moved[:_MOST_CURVES])]


def _squares(reader: Reader, rows: list[Row], moved: list[str], named: dict[str, str]) -> list[Chart]:
    across = (named[rows[0]["parameter"]], named[rows[0]["parameter_2"]])
    drawings = []
    for number, scenario in enumerate(dict.fromkeys(row["scenario"] for row in rows), start=1):
        scenario_rows = [row for row in rows if row["scenario"] == scenario]
        own = [name for name in moved if len({row[name] for row in scenario_rows if row[name] is not None}) > 1]
        for column in own[:_MOST_SQUARES]:
            outcome = reader.say(f"column.{column}")
            title = reader.say("chart.squares", scenario=scenario_rows[0]["label"], outcome=outcome)
            name = f"squares-{number}-{column.partition('_')[0]}"
            drawings.append(effect_charts.heat(reader, name, title, scenario_rows, across, column))
    return drawings


def _table(reader: Reader, rows: list[Row], moved: list[str], named: dict[str, str]) -> TableView:
    texts: list[tuple[str, Any]] = [
        ("scenario", lambda row: Cell(row["label"])),
        ("value", lambda row: Cell(reader.plain(row["value"]), row["value"])),
    ]
    if rows[0]["parameter_2"] is not None:
        texts.append(("value_2", lambda row: Cell(reader.plain(row["value_2"]), row["value_2"])))
    parameters = " × ".join(named[name] for name in (rows[0]["parameter"], rows[0]["parameter_2"]) if name)
    caption = reader.say("caption.sweep", parameters=parameters)
    return table(Shower(reader), "sweep-table", caption, texts, moved[:_MOST_CURVES], rows)


__all__ = ["sweep_section"]
