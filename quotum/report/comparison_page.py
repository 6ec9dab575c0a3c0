"""The page of a comparison, section by section."""

from collections import Counter
from typing import Any, Final

from attrs import frozen

from quotum.comparison.record import BEHAVIOUR, BEHAVIOUR_DUTCH, Comparison
from quotum.comparison.withheld import without_jobs_of_a_part
from quotum.parameters.scenarios_in_dutch import note_in_words
from quotum.report import answers, charts, effect_charts, lines
from quotum.report.basis_sections import assumptions_section, parameters_section, words_section
from quotum.report.parts import Cell, Chart, Heading, Page, Section, Shower, TableView, table
from quotum.report.reader import LAW, Reader
from quotum.report.scenario_names import naming
from quotum.report.sweeps import sweep_section
from quotum.report.years_section import as_if_fact, comparison_title, years_section
from quotum.words import in_language

Row = dict[str, Any]
_AMOUNTS: Final = ("surcharge_cents", "levy_cents", "lkv_cents", "bonus_cents", "guidance_cents")
_MONEY: Final = (
    *_AMOUNTS,
    "unplaced_lkv_cents",
    "unplaced_bonus_cents",
    "measure_cost_cents",
    "net_cents",
    "balance_cents",
)
_ALWAYS: Final = frozenset({"surcharge_cents", "lkv_cents", "bonus_cents", "net_cents", "balance_cents"})
_COUNTS: Final = ("employers", "small_employers", "payers", "receivers", "winners", "losers", "unchanged")
_GROUPED: Final = ("sector", "employees", "wage_bill")
_MOST_ACROSS: Final = 6
"""Largest number of scenarios beside each other in a table."""
_DRAWN: Final = ("sector", "employees")
_TORNADO: Final = ("balance_cents", "surcharge_cents", "savings_loss_cents", "missing_jobs_hundredths")


def _shown() -> list[Chart | TableView]:
    return []


@frozen
class _View:
    """A comparison and its reader."""

    reader: Reader
    shower: Shower
    comparison: Comparison

    def rows(self, name: str, **wanted: Any) -> list[Row]:
        """Returns rows of a table with `label`, the scenario's name on the page."""
        all_rows = getattr(self.comparison, name).to_pylist()
        return [
            row | ({"label": self.reader.scenario(row["scenario"])} if "scenario" in row else {})
            for row in all_rows
            if all(row[key] == value for key, value in wanted.items())
        ]

    @property
    def compared(self) -> list[Row]:
        """Headline figures of the scenarios compared with the law; of the law when it stands alone."""
        rows = self.rows("comparison")
        return [row for row in rows if row["scenario"] != LAW] or rows

    def name(self, row: Row) -> Cell:
        """Returns the scenario of a row."""
        return self.shower.words(self.reader.scenario(row["scenario"]))


def page_of(comparison: Comparison, reader: Reader) -> Page:
    """Makes the page of a comparison."""
    reader, comparison = naming(reader, comparison), without_jobs_of_a_part(comparison)
    latest = comparison.of_year(comparison.law_years[-1])
    view = _View(reader, Shower(reader), latest)
    sections = (
        _answers(view), _scenarios(view), years_section(reader, comparison), _headline(view), _groups(view),
        _distribution(view), _shares(view), _losses(view), sweep_section(reader, latest), _tornado(view), _cliffs(view),
        _measures(view), _panel(view), parameters_section(reader, latest), assumptions_section(reader, latest),
        words_section(reader),
    )  # fmt: skip
    return _page(view, comparison, tuple(section for section in sections if section is not None))


def summary_of(comparison: Comparison, reader: Reader) -> Page:
    """Makes the page of a comparison with its answers and amounts alone, without charts."""
    reader, comparison = naming(reader, comparison), without_jobs_of_a_part(comparison)
    view = _View(reader, Shower(reader), comparison.of_year(comparison.law_years[-1]))
    headline = Section("headline", reader.say("section.headline"), shown=(_money_table(view, view.rows("comparison")),))
    years = years_section(reader, comparison)
    return _page(view, comparison, (_answers(view), *([] if years is None else [years]), headline))


def _page(view: _View, every_year: Comparison, sections: tuple[Section, ...]) -> Page:
    comparison, reader, say = view.comparison, view.reader, view.reader.say
    year, as_of = say("fact.year", year=comparison.year), say("fact.as_of", day=reader.day(comparison.as_of))
    later = every_year.law_years != (every_year.year,)
    facts = [
        year,
        *([as_if_fact(reader, every_year)] if later else []),
        as_of,
        *([] if comparison.known_on is None else [say("fact.known_on", day=reader.day(comparison.known_on))]),
        say("fact.digest", digest=comparison.digest),
    ]
    return Page(
        title=comparison_title(reader, every_year),
        simulation=True,
        facts=tuple(facts),
        chart_facts=(as_if_fact(reader, comparison) if later else year, as_of),
        note=BEHAVIOUR_DUTCH if reader.language == "nl" else BEHAVIOUR,
        sections=sections,
    )


def _answers(view: _View) -> Section:
    questions = answers.questions(view.reader, view.comparison)
    return Section("answers", view.reader.say("section.answers"), questions=questions)


def _note(shower: Shower, note: str) -> Cell:
    """Shows the note of a scenario; what a user wrote is data."""
    words = note_in_words(note)
    return shower.words(in_language(words, shower.reader.language)) if words.dutch != note else shower.data(note)


def _scenarios(view: _View) -> Section:
    """Makes the section with names, titles and notes of the scenarios."""
    notes: dict[int, str] = {}
    for row in view.rows("assumptions", kind="note"):
        notes[row["place"]] = " ".join(filter(None, (notes.get(row["place"]), row["text"])))
    texts = (
        ("scenario", view.name),
        ("key", lambda row: view.shower.data(row["scenario"])),
        ("note", lambda row: _note(view.shower, notes.get(row["place"]) or "")),
    )
    caption = view.reader.say("caption.scenarios")
    shown = (table(view.shower, "scenarios-table", caption, texts, (), view.rows("comparison")),)
    return Section("scenarios", view.reader.say("section.scenarios"), shown=shown)


def _headline(view: _View) -> Section:
    rows, say = view.rows("comparison"), view.reader.say
    amounts = [name for name in _AMOUNTS if any(row[name] for row in rows)]
    name = (("scenario", view.name),)
    jobs = (
        "target_jobs_hundredths", "realised_jobs_hundredths", "missing_jobs_hundredths", "saving_per_job_cents",
        "savings_loss_low_cents", "savings_loss_cents", "savings_loss_high_cents",
    )  # fmt: skip
    exact = (
        ("baseline_source", lambda row: Cell(say(f"baseline.{row['baseline_source']}"))),
        ("missing_jobs_exact", lambda row: Cell(row["missing_jobs_exact"] or "–")),
    )
    shown: tuple[Chart | TableView, ...] = (
        *([charts.amounts(view.reader, "amounts", say("chart.amounts"), rows, amounts[:4])] if amounts else []),
        _money_table(view, rows),
        table(view.shower, "counts-table", say("caption.counts"), name, _COUNTS, rows),
        table(view.shower, "jobs-table", say("caption.jobs"), (*name, *exact), jobs, rows),
    )
    return Section("headline", say("section.headline"), (say("text.headline"),), shown=shown)


def _money_table(view: _View, rows: list[Row]) -> TableView:
    money = [name for name in _MONEY if name in _ALWAYS or any(row[name] for row in rows)]
    rate = ("rate_hundredths",) if any(row["rate_hundredths"] is not None for row in rows) else ()
    name = (("scenario", view.name),)
    return table(view.shower, "money-table", view.reader.say("caption.money"), name, (*rate, *money), rows)


def _groups(view: _View) -> Section | None:
    reader, say, shown = view.reader, view.reader.say, _shown()
    for row in view.compared:
        if row["scenario"] == LAW:
            return None
        groups = [
            group | {"label": reader.group(group["group"]), "part": say(f"grouping.{group['grouping']}")}
            for name in _GROUPED
            for group in view.rows("groups", place=row["place"], grouping=name)
        ]
        if not groups:
            return Section("groups", say("section.groups"), (say("text.few"),))
        several = Counter(group["grouping"] for group in groups)
        drawn = [group for group in groups if group["grouping"] in _DRAWN and several[group["grouping"]] > 1]
        if drawn:
            title = say("chart.winners", scenario=row["label"])
            shown.append(charts.winners(reader, f"winners-{row['place']}", title, drawn))
        texts = (
            ("grouping", lambda group: Cell(group["part"])),
            ("group", lambda group: Cell(group["label"], f"{group['group_place']:04}")),
        )
        numbers = ("employers", "winners", "losers", "gain_cents", "mean_gain_cents", "mean_gain_winners_cents",
                   "mean_gain_losers_cents", "gain_p10_cents", "gain_p50_cents", "gain_p90_cents")  # fmt: skip
        caption = say("caption.groups", scenario=row["label"])
        shown.append(table(view.shower, f"groups-{row['place']}", caption, texts, numbers, groups))
    shown += _regions(view)
    return Section("groups", say("section.groups"), (say("text.groups"),), shown=tuple(shown))


def _regions(view: _View) -> list[TableView]:
    """Returns gains by labour market region, a column per scenario; none where all regions are merged."""
    compared = view.compared[:_MOST_ACROSS]
    gains = {(row["place"], row["group"]): row for row in view.rows("groups", grouping="region")}
    regions = list(dict.fromkeys(group for _, group in gains))
    if len(regions) <= 1:
        return []
    headings = (
        Heading(view.reader.say("column.region")),
        Heading(view.reader.say("column.employers"), number=True),
        *(Heading(row["label"], number=True) for row in compared),
    )
    rows = tuple(
        (
            Cell(view.reader.group(region)),
            view.shower.count(gains[0, region]["employers"]),
            *(view.shower.euro(gains[row["place"], region]["gain_cents"]) for row in compared),
        )
        for region in regions
    )
    return [TableView("regions-table", view.reader.say("caption.regions"), headings, rows)]


def _distribution(view: _View) -> Section:
    reader, say, shown = view.reader, view.reader.say, _shown()
    for row in view.rows("comparison"):
        bin_rows = [
            bin_row | {"bin_label": bin_label(reader, bin_row["from_cents"], bin_row["to_cents"])}
            for bin_row in view.rows("distribution", place=row["place"])
            if bin_row["employers"]
        ]
        if not bin_rows:
            return Section("distribution", say("section.distribution"), (say("text.few"),))
        drawn = drawn_bins([bin_row | {"label": bin_row["bin_label"]} for bin_row in bin_rows])
        nothing = sum(bin_row["employers"] for bin_row in bin_rows if bin_row["from_cents"] == 0)
        if drawn:
            title = say("chart.distribution", scenario=row["label"], nothing=reader.count(nothing))
            shown.append(
                charts.bins(reader, f"distribution-{row['place']}", title, drawn, say("chart.net_per_employee"))
            )
        texts = (("bin", lambda bin_row: Cell(bin_row["bin_label"], str(bin_row["bin"]))),)
        caption = say("caption.distribution", scenario=row["label"])
        name = f"distribution-table-{row['place']}"
        shown.append(table(view.shower, name, caption, texts, ("employers", "employees", "net_cents"), bin_rows))
    return Section("distribution", say("section.distribution"), (say("text.distribution"),), shown=tuple(shown))


def drawn_bins(rows: list[Row]) -> list[Row]:
    """Returns bins to draw, with `below`, without exactly zero; none when a bin holds both losses and gains."""
    mixed = any(
        (row["from_cents"] is None or row["from_cents"] < 0) and (row["to_cents"] is None or row["to_cents"] > 0)
        for row in rows
    )
    nonzero = [row for row in rows if (row["from_cents"], row["to_cents"]) != (0, 1)]
    if mixed or any(row["from_cents"] == 0 for row in nonzero):
        return []
    return [row | {"below": row["to_cents"] is not None and row["to_cents"] <= 0} for row in nonzero]


def bin_label(reader: Reader, low: int | None, high: int | None) -> str:
    """Names a bin of amounts in whole euros by its ends; exactly zero is a separate bin."""
    if low == 0 and high == 1:
        return reader.euro(0)
    if low is None and high is None:
        return reader.say("chart.any_amount")
    if high == 1:
        return reader.say("chart.to_nothing", low=reader.euro(low)) if low is not None else reader.say("chart.no_more")
    if low is None:
        return reader.say("chart.less_than", amount=reader.euro(high or 0))
    if high is None:
        return reader.say("chart.at_least", amount=reader.euro(low))
    return reader.say("chart.to", low=reader.euro(low if low != 1 else 0), high=reader.euro(high))


def _shares(view: _View) -> Section | None:
    reader, say, shown = view.reader, view.reader.say, _shown()
    for row in view.rows("comparison"):
        bin_rows = [bin_row for bin_row in view.rows("shares", place=row["place"]) if bin_row["employers"]]
        if not bin_rows:
            continue
        title = say("chart.shares", scenario=row["label"])
        share = row["break_even_share_hundredths"]
        shown.append(lines.break_even(reader, f"shares-{row['place']}", title, bin_rows, share))
        caption = say("caption.shares", scenario=row["label"])
        shown.append(shares_table(view.shower, f"shares-table-{row['place']}", caption, bin_rows))
    return Section("shares", say("section.shares"), (say("text.shares"),), shown=tuple(shown)) if shown else None


def shares_table(shower: Shower, name: str, caption: str, rows: list[Row]) -> TableView:
    """Makes the table of surcharge against bonus by share of target-group hours."""
    reader = shower.reader

    def label(row: Row) -> Cell:
        low, high = row["from_hundredths"], row["to_hundredths"]
        if high is None:
            return Cell(reader.say("chart.at_least", amount=reader.percent(low)), str(row["bin"]))
        return Cell(
            reader.percent(0) if high == 1 else f"{reader.percent(low)} – {reader.percent(high)}", str(row["bin"])
        )

    numbers = ("employers", "paid_hours", "target_group_hours", "surcharge_cents", "bonus_cents",
               "surcharge_per_1000_hours_cents", "bonus_per_1000_hours_cents")  # fmt: skip
    return table(shower, name, caption, (("share", label),), numbers, rows)


def _losses(view: _View) -> Section:
    say, all_rows = view.reader.say, view.rows("comparison")
    rows = [row for row in all_rows if row["savings_loss_cents"] is not None]
    shown = (lines.losses(view.reader, "losses-chart", say("chart.losses"), rows),) if rows else ()
    withheld = () if len(rows) == len(all_rows) else (say("text.losses_withheld"),)
    return Section("losses", say("section.losses"), (*((say("text.losses"),) if rows else ()), *withheld), shown=shown)


def _tornado(view: _View) -> Section:
    reader, say = view.reader, view.reader.say
    dutch = {row["parameter"]: row["dutch"] for row in view.rows("parameters")}
    shown: list[Chart | TableView] = []
    moved: list[Row] = []
    for row in view.rows("comparison"):
        for outcome in _TORNADO:
            range_rows = [
                range_row
                for range_row in view.rows("ranges", place=row["place"], outcome=outcome)
                if range_row["width"]
            ]
            if range_rows:
                labelled = [
                    range_row | {"label": _short(reader, dutch, range_row["parameter"])} for range_row in range_rows
                ]
                title = say("chart.tornado", scenario=row["label"], outcome=say(f"outcome.{outcome}"))
                name = f"tornado-{row['place']}-{outcome.partition('_')[0]}"
                shown.append(effect_charts.tornado(reader, name, title, labelled))
                moved += range_rows
    if moved:
        shown.append(_ranges_table(view, moved, dutch))
    text = "text.tornado" if moved else "text.tornado_none"
    return Section("tornado", say("section.tornado"), (say(text),), shown=tuple(shown))


def _short(reader: Reader, dutch: dict[str, str], name: str) -> str:
    """Names a parameter for the label of a bar."""
    return dutch[name] if reader.language == "nl" and name in dutch else name.partition(".")[2].replace("_", " ")


def _ranges_table(view: _View, rows: list[Row], dutch: dict[str, str]) -> TableView:
    reader = view.reader

    def end_cell(row: Row, end: str) -> Cell:
        return view.shower.by_unit(row["outcome"])(row[end])

    texts = (
        ("scenario", view.name),
        ("outcome", lambda row: Cell(reader.say(f"outcome.{row['outcome']}"))),
        (
            "parameter",
            lambda row: (
                Cell(dutch.get(row["parameter"], row["parameter"]))
                if reader.language == "nl"
                else Cell(row["parameter"])
            ),
        ),
        (
            "range",
            lambda row: Cell(f"{reader.plain(row['low_value'])} – {reader.plain(row['high_value'])}", row["low_value"]),
        ),
        ("outcome_low", lambda row: end_cell(row, "outcome_low")),
        ("outcome_middle", lambda row: end_cell(row, "outcome_middle")),
        ("outcome_high", lambda row: end_cell(row, "outcome_high")),
    )
    return table(view.shower, "ranges-table", reader.say("caption.ranges"), texts, (), rows)


def _down_the_limit(row: Row) -> tuple[int, bool]:
    return row["band_percent"], row["side"] == "above"


def _cliffs(view: _View) -> Section | None:
    reader, say = view.reader, view.reader.say
    charged = [row for row in view.rows("comparison") if row["surcharge_cents"] or row["levy_cents"]]
    shown: list[Chart | TableView] = []
    for row in charged:
        bands = sorted(view.rows("cliffs", place=row["place"]), key=_down_the_limit)
        if all(band["employers"] == 0 for band in bands):
            continue
        limit = bands[0]
        value = (
            reader.euro(limit["limit_value"])
            if limit["unit"] == "cents"
            else say("unit.hours", count=reader.count(limit["limit_value"]))
        )
        title = say("chart.cliffs", scenario=row["label"], limit=say(f"limit.{limit['limit']}"), value=value)
        complete = [band for band in bands if not band["left_out"]]
        if any(band["employers"] for band in complete):
            shown.append(charts.cliff(reader, f"cliffs-{row['place']}", title, complete))
        texts = (
            ("band", lambda band: Cell(say("chart.band", percent=band["band_percent"]), str(band["band_percent"]))),
            ("side", lambda band: Cell(say(f"chart.{band['side']}_limit"))),
        )
        numbers = ("employers", "payers", "charge_cents", "mean_charge_cents", "mean_net_cents", "mean_gain_cents")
        shown.append(
            table(
                view.shower,
                f"cliffs-table-{row['place']}",
                say("caption.cliffs", scenario=row["label"]),
                texts,
                numbers,
                bands,
            )
        )
    return Section("cliffs", say("section.cliffs"), (say("text.cliffs"),), shown=tuple(shown)) if shown else None


def _measures(view: _View) -> Section | None:
    rows, reader = view.rows("measures"), view.reader
    if not rows:
        return None
    texts = (
        ("scenario", view.name),
        ("measure", lambda row: Cell(reader.say(f"measure.{row['measure']}"))),
        ("group", lambda row: view.shower.data(row["group"])),
    )
    numbers = ("people_hundredths", "jobs_hundredths", "cost_cents", "cost_per_person_cents")
    shown = (table(view.shower, "measures-table", reader.say("caption.measures"), texts, numbers, rows),)
    return Section("measures", reader.say("section.measures"), (reader.say("text.measures"),), shown=shown)


def _panel(view: _View) -> Section | None:
    rows, say = view.rows("panel"), view.reader.say
    if not rows:
        return None
    year = (("year", lambda row: Cell(str(row["year"]))),)
    jobs = ("target_hundredths", "realised_hundredths", "missing_government_hundredths", "missing_market_hundredths",
            "missing_separate_hundredths", "missing_joint_hundredths")  # fmt: skip
    losses = tuple(f"savings_loss_{way}{end}_cents" for way in ("separate", "joint") for end in ("_low", "", "_high"))
    shown = (
        lines.past(view.reader, "past-chart", say("chart.past"), rows),
        table(view.shower, "past-table", say("caption.past"), year, jobs, rows),
        table(view.shower, "past-losses", say("caption.past_losses"), year, losses, rows),
    )
    return Section("past", say("section.past"), (say("text.past"),), shown=shown)


__all__ = ["bin_label", "drawn_bins", "page_of", "shares_table"]
