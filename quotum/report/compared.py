"""The page of a comparison, section by section."""

from collections import Counter
from typing import Any, Final

from attrs import frozen

from quotum.comparison.record import BEHAVIOUR, BEHAVIOUR_DUTCH, Comparison
from quotum.report import answers, charts, lines, moving
from quotum.report.parts import Cell, Chart, Heading, Page, Section, Shower, TableView, table
from quotum.report.reader import LAW, Reader
from quotum.report.resting import assumptions_section, parameters_section, words_section
from quotum.report.swept import sweep_section

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
"""Scenarios beside each other in one table."""
_DRAWN: Final = ("sector", "employees")
_TORNADO: Final = ("balance_cents", "surcharge_cents", "savings_loss_cents", "missing_jobs_hundredths")


def _shown() -> list[Chart | TableView]:
    return []


@frozen
class _Told:
    """A comparison with who reads it."""

    reader: Reader
    shower: Shower
    comparison: Comparison

    def rows(self, name: str, **wanted: Any) -> list[Row]:
        """Rows of a table with `label`, the scenario as it is called on the page."""
        found = getattr(self.comparison, name).to_pylist()
        return [
            row | ({"label": self.reader.scenario(row["scenario"])} if "scenario" in row else {})
            for row in found
            if all(row[key] == value for key, value in wanted.items())
        ]

    @property
    def compared(self) -> list[Row]:
        """Headline figures of what is compared with the law; of the law when it stands alone."""
        rows = self.rows("comparison")
        return [row for row in rows if row["scenario"] != LAW] or rows

    def name(self, row: Row) -> Cell:
        """The scenario of a row."""
        return self.shower.words(self.reader.scenario(row["scenario"]))


def page_of(comparison: Comparison, reader: Reader) -> Page:
    """The page of a comparison."""
    told = _Told(reader, Shower(reader), comparison)
    say = reader.say
    facts = [
        say("fact.year", year=comparison.year),
        say("fact.as_of", day=reader.day(comparison.as_of)),
        *([] if comparison.known_on is None else [say("fact.known_on", day=reader.day(comparison.known_on))]),
        say("fact.digest", digest=comparison.digest),
    ]
    made = (
        _answers(told), _scenarios(told), _headline(told), _groups(told), _distribution(told), _shares(told),
        _losses(told), sweep_section(reader, comparison), _tornado(told), _cliffs(told), _measures(told), _panel(told),
        parameters_section(reader, comparison), assumptions_section(reader, comparison), words_section(reader),
    )  # fmt: skip
    return Page(
        title=say("title.comparison", year=comparison.year),
        simulation=True,
        facts=tuple(facts),
        note=BEHAVIOUR_DUTCH if reader.language == "nl" else BEHAVIOUR,
        sections=tuple(section for section in made if section is not None),
    )


def _answers(told: _Told) -> Section:
    asked = answers.questions(told.reader, told.comparison)
    return Section("answers", told.reader.say("section.answers"), questions=asked)


def _scenarios(told: _Told) -> Section:
    """What is compared: names, titles and notes."""
    notes: dict[int, str] = {}
    for row in told.rows("assumptions", kind="note"):
        notes[row["place"]] = " ".join(filter(None, (notes.get(row["place"]), row["text"])))
    texts = (
        ("scenario", told.name),
        ("title", lambda row: told.shower.data(row["title"])),
        ("note", lambda row: told.shower.data(notes.get(row["place"]))),
    )
    caption = told.reader.say("caption.scenarios")
    shown = (table(told.shower, "scenarios-table", caption, texts, (), told.rows("comparison")),)
    return Section("scenarios", told.reader.say("section.scenarios"), shown=shown)


def _headline(told: _Told) -> Section:
    rows, say = told.rows("comparison"), told.reader.say
    amounts = [name for name in _AMOUNTS if any(row[name] for row in rows)]
    money = [name for name in _MONEY if name in _ALWAYS or any(row[name] for row in rows)]
    rate = ("rate_hundredths",) if any(row["rate_hundredths"] is not None for row in rows) else ()
    name = (("scenario", told.name),)
    jobs = (
        "target_jobs_hundredths", "realised_jobs_hundredths", "missing_jobs_hundredths", "saving_per_job_cents",
        "savings_loss_low_cents", "savings_loss_cents", "savings_loss_high_cents",
    )  # fmt: skip
    exact = (
        ("baseline_source", lambda row: Cell(say(f"baseline.{row['baseline_source']}"))),
        ("missing_jobs_exact", lambda row: Cell(row["missing_jobs_exact"] or "–")),
    )
    shown: tuple[Chart | TableView, ...] = (
        *([charts.amounts(told.reader, "amounts", say("chart.amounts"), rows, amounts[:4])] if amounts else []),
        table(told.shower, "money-table", say("caption.money"), name, (*rate, *money), rows),
        table(told.shower, "counts-table", say("caption.counts"), name, _COUNTS, rows),
        table(told.shower, "jobs-table", say("caption.jobs"), (*name, *exact), jobs, rows),
    )
    return Section("headline", say("section.headline"), (say("text.headline"),), shown=shown)


def _groups(told: _Told) -> Section | None:
    reader, say, shown = told.reader, told.reader.say, _shown()
    for row in told.compared:
        if row["scenario"] == LAW:
            return None
        groups = [
            one | {"label": reader.group(one["group"]), "part": say(f"grouping.{one['grouping']}")}
            for name in _GROUPED
            for one in told.rows("groups", place=row["place"], grouping=name)
        ]
        if not groups:
            return Section("groups", say("section.groups"), (say("text.few"),))
        several = Counter(one["grouping"] for one in groups)
        drawn = [one for one in groups if one["grouping"] in _DRAWN and several[one["grouping"]] > 1]
        if drawn:
            title = say("chart.winners", scenario=row["label"])
            shown.append(charts.winners(reader, f"winners-{row['place']}", title, drawn))
        texts = (
            ("grouping", lambda one: Cell(one["part"])),
            ("group", lambda one: Cell(one["label"], f"{one['group_place']:04}")),
        )
        numbers = ("employers", "winners", "losers", "gain_cents", "mean_gain_cents", "mean_gain_winners_cents",
                   "mean_gain_losers_cents", "gain_p10_cents", "gain_p50_cents", "gain_p90_cents")  # fmt: skip
        caption = say("caption.groups", scenario=row["label"])
        shown.append(table(told.shower, f"groups-{row['place']}", caption, texts, numbers, groups))
    shown += _regions(told)
    return Section("groups", say("section.groups"), (say("text.groups"),), shown=tuple(shown))


def _regions(told: _Told) -> list[TableView]:
    """Gain by labour market region, a column per scenario; none where all regions are put together."""
    compared = told.compared[:_MOST_ACROSS]
    gains = {(row["place"], row["group"]): row for row in told.rows("groups", grouping="region")}
    regions = list(dict.fromkeys(group for _, group in gains))
    if len(regions) <= 1:
        return []
    headings = (
        Heading(told.reader.say("column.region")),
        Heading(told.reader.say("column.employers"), number=True),
        *(Heading(row["label"], number=True) for row in compared),
    )
    rows = tuple(
        (
            Cell(told.reader.group(region)),
            told.shower.count(gains[0, region]["employers"]),
            *(told.shower.euro(gains[row["place"], region]["gain_cents"]) for row in compared),
        )
        for region in regions
    )
    return [TableView("regions-table", told.reader.say("caption.regions"), headings, rows)]


def _distribution(told: _Told) -> Section:
    reader, say, shown = told.reader, told.reader.say, _shown()
    for row in told.rows("comparison"):
        found = [
            one | {"bin_label": bin_label(reader, one["from_cents"], one["to_cents"])}
            for one in told.rows("distribution", place=row["place"])
            if one["employers"]
        ]
        if not found:
            return Section("distribution", say("section.distribution"), (say("text.few"),))
        drawn = drawn_bins([one | {"label": one["bin_label"]} for one in found])
        nothing = sum(one["employers"] for one in found if one["from_cents"] == 0)
        if drawn:
            title = say("chart.distribution", scenario=row["label"], nothing=reader.count(nothing))
            shown.append(
                charts.bins(reader, f"distribution-{row['place']}", title, drawn, say("chart.net_per_employee"))
            )
        texts = (("bin", lambda one: Cell(one["bin_label"], str(one["bin"]))),)
        caption = say("caption.distribution", scenario=row["label"])
        name = f"distribution-table-{row['place']}"
        shown.append(table(told.shower, name, caption, texts, ("employers", "employees", "net_cents"), found))
    return Section("distribution", say("section.distribution"), (say("text.distribution"),), shown=tuple(shown))


def drawn_bins(rows: list[Row]) -> list[Row]:
    """Bins as they are drawn, with `below`: without exactly nothing; none when a bin holds losses and gains both."""
    mixed = any(
        (row["from_cents"] is None or row["from_cents"] < 0) and (row["to_cents"] is None or row["to_cents"] > 0)
        for row in rows
    )
    kept = [row for row in rows if (row["from_cents"], row["to_cents"]) != (0, 1)]
    if mixed or any(row["from_cents"] == 0 for row in kept):
        return []
    return [row | {"below": row["to_cents"] is not None and row["to_cents"] <= 0} for row in kept]


def bin_label(reader: Reader, low: int | None, high: int | None) -> str:
    """A bin of amounts in whole euros: both ends, or the one it has; exactly nothing is a bin of its own."""
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


def _shares(told: _Told) -> Section | None:
    reader, say, shown = told.reader, told.reader.say, _shown()
    for row in told.rows("comparison"):
        found = [one for one in told.rows("shares", place=row["place"]) if one["employers"]]
        if not found:
            continue
        title = say("chart.shares", scenario=row["label"])
        share = row["break_even_share_hundredths"]
        shown.append(lines.break_even(reader, f"shares-{row['place']}", title, found, share))
        caption = say("caption.shares", scenario=row["label"])
        shown.append(shares_table(told.shower, f"shares-table-{row['place']}", caption, found))
    return Section("shares", say("section.shares"), (say("text.shares"),), shown=tuple(shown)) if shown else None


def shares_table(shower: Shower, name: str, caption: str, rows: list[Row]) -> TableView:
    """Surcharge against bonus by share of target-group hours."""
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


def _losses(told: _Told) -> Section:
    say, every = told.reader.say, told.rows("comparison")
    rows = [row for row in every if row["savings_loss_cents"] is not None]
    shown = (lines.losses(told.reader, "losses-chart", say("chart.losses"), rows),) if rows else ()
    withheld = () if len(rows) == len(every) else (say("text.losses_withheld"),)
    return Section("losses", say("section.losses"), (*((say("text.losses"),) if rows else ()), *withheld), shown=shown)


def _tornado(told: _Told) -> Section:
    reader, say = told.reader, told.reader.say
    dutch = {row["parameter"]: row["dutch"] for row in told.rows("parameters")}
    shown: list[Chart | TableView] = []
    moved: list[Row] = []
    for row in told.rows("comparison"):
        for outcome in _TORNADO:
            found = [one for one in told.rows("ranges", place=row["place"], outcome=outcome) if one["width"]]
            if found:
                labelled = [one | {"label": _short(reader, dutch, one["parameter"])} for one in found]
                title = say("chart.tornado", scenario=row["label"], outcome=say(f"outcome.{outcome}"))
                name = f"tornado-{row['place']}-{outcome.partition('_')[0]}"
                shown.append(moving.tornado(reader, name, title, labelled))
                moved += found
    if moved:
        shown.append(_ranges_table(told, moved, dutch))
    text = "text.tornado" if moved else "text.tornado_none"
    return Section("tornado", say("section.tornado"), (say(text),), shown=tuple(shown))


def _short(reader: Reader, dutch: dict[str, str], name: str) -> str:
    """A parameter as it is called beside a bar."""
    return dutch[name] if reader.language == "nl" and name in dutch else name.partition(".")[2].replace("_", " ")


def _ranges_table(told: _Told, rows: list[Row], dutch: dict[str, str]) -> TableView:
    reader = told.reader

    def written(row: Row, end: str) -> Cell:
        return told.shower.by_unit(row["outcome"])(row[end])

    texts = (
        ("scenario", told.name),
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
        ("outcome_low", lambda row: written(row, "outcome_low")),
        ("outcome_middle", lambda row: written(row, "outcome_middle")),
        ("outcome_high", lambda row: written(row, "outcome_high")),
    )
    return table(told.shower, "ranges-table", reader.say("caption.ranges"), texts, (), rows)


def _down_the_limit(row: Row) -> tuple[int, bool]:
    return row["band_percent"], row["side"] == "above"


def _cliffs(told: _Told) -> Section | None:
    reader, say = told.reader, told.reader.say
    charged = [row for row in told.rows("comparison") if row["surcharge_cents"] or row["levy_cents"]]
    shown: list[Chart | TableView] = []
    for row in charged:
        found = sorted(told.rows("cliffs", place=row["place"]), key=_down_the_limit)
        if all(one["employers"] == 0 for one in found):
            continue
        limit = found[0]
        value = (
            reader.euro(limit["limit_value"])
            if limit["unit"] == "cents"
            else say("unit.hours", count=reader.count(limit["limit_value"]))
        )
        title = say("chart.cliffs", scenario=row["label"], limit=say(f"limit.{limit['limit']}"), value=value)
        known = [one for one in found if not one["left_out"]]
        if any(one["employers"] for one in known):
            shown.append(charts.cliff(reader, f"cliffs-{row['place']}", title, known))
        texts = (
            ("band", lambda one: Cell(say("chart.band", percent=one["band_percent"]), str(one["band_percent"]))),
            ("side", lambda one: Cell(say(f"chart.{one['side']}_limit"))),
        )
        numbers = ("employers", "payers", "charge_cents", "mean_charge_cents", "mean_net_cents", "mean_gain_cents")
        shown.append(
            table(
                told.shower,
                f"cliffs-table-{row['place']}",
                say("caption.cliffs", scenario=row["label"]),
                texts,
                numbers,
                found,
            )
        )
    return Section("cliffs", say("section.cliffs"), (say("text.cliffs"),), shown=tuple(shown)) if shown else None


def _measures(told: _Told) -> Section | None:
    rows, reader = told.rows("measures"), told.reader
    if not rows:
        return None
    texts = (
        ("scenario", told.name),
        ("measure", lambda row: Cell(reader.say(f"measure.{row['measure']}"))),
        ("group", lambda row: told.shower.data(row["group"])),
    )
    numbers = ("people_hundredths", "jobs_hundredths", "cost_cents", "cost_per_person_cents")
    shown = (table(told.shower, "measures-table", reader.say("caption.measures"), texts, numbers, rows),)
    return Section("measures", reader.say("section.measures"), (reader.say("text.measures"),), shown=shown)


def _panel(told: _Told) -> Section | None:
    rows, say = told.rows("panel"), told.reader.say
    if not rows:
        return None
    year = (("year", lambda row: Cell(str(row["year"]))),)
    jobs = ("target_hundredths", "realised_hundredths", "missing_government_hundredths", "missing_market_hundredths",
            "missing_separate_hundredths", "missing_joint_hundredths")  # fmt: skip
    losses = tuple(f"savings_loss_{how}{end}_cents" for how in ("separate", "joint") for end in ("_low", "", "_high"))
    shown = (
        lines.past(told.reader, "past-chart", say("chart.past"), rows),
        table(told.shower, "past-table", say("caption.past"), year, jobs, rows),
        table(told.shower, "past-losses", say("caption.past_losses"), year, losses, rows),
    )
    return Section("past", say("section.past"), (say("text.past"),), shown=shown)


__all__ = ["bin_label", "drawn_bins", "page_of", "shares_table"]
