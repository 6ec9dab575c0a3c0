"""Years to come beside each other: a column a year per scenario, and the figures assumed for them."""

from collections.abc import Sequence
from typing import Any, Final

from quotum.comparison.record import Comparison
from quotum.report.parts import Cell, Heading, Section, Shower, TableView, table
from quotum.report.reader import Reader

Row = dict[str, Any]
FIGURES: Final = (
    "rate_hundredths", "surcharge_cents", "levy_cents", "lkv_cents", "bonus_cents", "guidance_cents",
    "unplaced_lkv_cents", "unplaced_bonus_cents", "measure_cost_cents", "net_cents", "balance_cents", "gain_cents",
    "employers", "small_employers", "payers", "receivers", "winners", "losers", "target_jobs_hundredths",
    "realised_jobs_hundredths", "missing_jobs_hundredths", "savings_loss_low_cents", "savings_loss_cents",
    "savings_loss_high_cents",
)  # fmt: skip
"""Headline figures in order; those that are nothing in every year and scenario are left out."""
ALWAYS: Final = frozenset({"surcharge_cents", "lkv_cents", "bonus_cents", "net_cents", "balance_cents"})


def figures_shown(rows: Sequence[Row]) -> tuple[str, ...]:
    """Returns the headline figures that are something in any year of any scenario, and those always shown."""
    return tuple(name for name in FIGURES if name in ALWAYS or any(row[name] not in (None, 0) for row in rows))


def years_section(reader: Reader, comparison: Comparison) -> Section | None:
    """Makes the section of the years; None where the law is that of the year of the rows alone.

    Args:
        reader: The reader.
        comparison: The comparison, with every year.
    """
    if comparison.law_years == (comparison.year,):
        return None
    say, shower = reader.say, Shower(reader)
    rows = comparison.comparison.to_pylist()
    names = figures_shown(rows)
    shown = [
        _path(shower, f"years-{number}", scenario, names, [row for row in rows if row["scenario"] == scenario])
        for number, scenario in enumerate(comparison.scenarios)
    ]
    later = comparison.later_figures.to_pylist()
    if later:
        shown.append(_later_figures(shower, later))
    years = reader.together([str(year) for year in comparison.law_years])
    paragraphs = (
        say("text.years", rows=comparison.year, years=years),
        *((say("text.years_last", year=comparison.law_years[-1]),) if len(comparison.law_years) > 1 else ()),
    )
    return Section("years", say("section.years"), paragraphs, shown=tuple(shown))


def comparison_title(reader: Reader, comparison: Comparison) -> str:
    """Returns the title of a comparison, with the year of the law, or the first and the last of several."""
    first, last = comparison.law_years[0], comparison.law_years[-1]
    return reader.say("title.comparison", year=str(first) if first == last else f"{first}–{last}")


def as_if_fact(reader: Reader, comparison: Comparison) -> str:
    """Says which years the law and the figures are of."""
    years = reader.together([str(year) for year in comparison.law_years])
    return reader.say("fact.as_if", years=years, rows=comparison.year)


def _path(shower: Shower, name: str, scenario: str, names: Sequence[str], rows: Sequence[Row]) -> TableView:
    reader = shower.reader
    headings = (
        Heading(reader.say("column.figure")),
        *(Heading(str(row["year"]), number=True) for row in rows),
    )
    cells = tuple(
        (Cell(reader.say(f"column.{figure}")), *(shower.by_unit(figure)(row[figure]) for row in rows))
        for figure in names
    )
    caption = reader.say("caption.years", scenario=reader.scenario(scenario))
    return TableView(name, caption, headings, cells)


def _later_figures(shower: Shower, rows: Sequence[Row]) -> TableView:
    reader = shower.reader

    def origin(row: Row) -> str:
        value, year = reader.plain(row["from_value"]), row["from_year"]
        if row["growth"] is None:
            return reader.say("later.runs_on", value=value, year=year)
        return reader.say("later.grows", value=value, year=year, growth=reader.plain(row["growth"]))

    texts = (
        ("scenario", lambda row: Cell(reader.scenario(row["scenario"]))),
        ("year", lambda row: Cell(str(row["year"]))),
        (
            "parameter",
            lambda row: Cell(row["dutch"] if reader.language == "nl" else row["parameter"], row["parameter"]),
        ),
        ("value", lambda row: Cell(reader.plain(row["value"]), row["value"])),
        ("unit", lambda row: Cell(reader.unit(row["unit"]))),
        ("origin", lambda row: Cell(origin(row))),
        ("source", lambda row: shower.data(row["from_source"])),
    )
    return table(shower, "later-figures-table", reader.say("caption.later_figures"), texts, (), rows)


__all__ = ["as_if_fact", "comparison_title", "figures_shown", "years_section"]
