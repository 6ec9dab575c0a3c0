"""The report of a run, section by section, from the files of the run alone."""

import json
from collections.abc import Callable
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq
from attrs import frozen

from quotum.comparison.small_groups import few
from quotum.law.wfsv.small_employer import limit_cents
from quotum.money import CENTS_PER_EURO, round_half_up
from quotum.output.quality_page import meaning_of, place_of
from quotum.parameters.kinds import Kind, text_hundredths
from quotum.parameters.scenarios_in_dutch import note_in_words, title_in_words
from quotum.replay.shipped_figures import NOT_SHIPPED, OtherFigure, made_by_this_code, other_figures
from quotum.report import charts, lines, run_tables
from quotum.report.basis_sections import assumptions, parameters_of_run, words_section
from quotum.report.comparison_page import bin_label, drawn_bins, shares_table
from quotum.report.parts import Answer, Cell, Chart, Page, Question, Section, Shower, TableView, table
from quotum.report.reader import Reader
from quotum.run.findings.declared import BY_CODE
from quotum.run.regimes import regime as regimes
from quotum.run_folder.bag import require_unaltered, run_digest
from quotum.run_folder.reader import read_finished, require_run
from quotum.words import in_language

Row = dict[str, Any]
_USED: Final = ("data/settlement.parquet", "data/quality.parquet", "data/macro.json", "data/run.json")
_AMOUNTS: Final = ("surcharge_cents", "lkv_cents", "bonus_cents", "payable_cents", "net_cents")
_LEVY: Final = ("quota_levy_cents",)
_SECTORS: Final = ("government", "market", "hired_in", "total")
_JOBS: Final = ("target", "realised", "missing")
_WITHHELD: Final = ("realised_jobs", "missing_jobs", "missing_jobs_exact")
_JOB_COLUMNS: Final = ("baseline", *_JOBS, "december")


@frozen
class _Run:
    """Content of a run for its report."""

    digest: str
    record: Row
    macro: Row
    settlement: pa.Table
    findings: list[Row]
    not_shipped: tuple[OtherFigure, ...]

    @property
    def decides(self) -> bool:
        """Whether its results are decisions, and not figures of a levy only."""
        return regimes.named(self.record["regime"]).decides

    @property
    def amounts(self) -> tuple[str, ...]:
        """Amounts per employer."""
        return _AMOUNTS if self.decides else _LEVY

    @property
    def part_of_the_country(self) -> bool:
        """Whether the jobs are plainly those of a part of the country; unknown without a baseline."""
        counted = self.macro["sectors"]["total"]["realised_jobs"] is not None
        return counted and bool(self.macro["savings_loss_withheld"])

    @property
    def sectors(self) -> Row:
        """The job count by sector; for a plain part of the country without the figures that depend on the baseline."""
        sectors: Row = self.macro["sectors"]
        if not self.part_of_the_country:
            return sectors
        return {name: sector | dict.fromkeys(_WITHHELD) for name, sector in sectors.items()}

    def value(self, name: str) -> str | None:
        """Returns the value of a parameter in the record of the run."""
        values: list[str] = [item["value"] for item in self.record["parameters"] if item["name"] == name]
        return values[0] if values else None


def page_of_run(folder: Path, reader: Reader) -> Page:
    """Makes the report of a run, after a check of the digests of its inputs.

    Raises:
        WrongUse: The folder is no run.
        CannotCertify: An input was altered.
    """
    run = _read(folder)
    sections = (
        _answers(run, reader), _headline(run, reader), _jobs(run, reader), _groups(run, reader),
        _distribution(run, reader), _shares(run, reader), _findings(run, reader), _assumed(run, reader),
        parameters_of_run(reader, run.record["parameters"]), _inputs(run, reader), words_section(reader),
    )  # fmt: skip
    return _page(run, reader, tuple(section for section in sections if section is not None))


def summary_of_run(folder: Path, reader: Reader) -> Page:
    """Makes the report of a run up to its result in plain sentences, after a check of the digests of its inputs.

    Raises:
        WrongUse: The folder is no run.
        CannotCertify: An input was altered.
    """
    run = _read(folder)
    return _page(run, reader, (_answers(run, reader),))


def _page(run: _Run, reader: Reader, sections: tuple[Section, ...]) -> Page:
    say, record = reader.say, run.record
    of_charts = (
        say("fact.year", year=record["year"]),
        say("fact.as_of", day=reader.day(date.fromisoformat(record["as_of"]))),
    )
    facts = [
        *of_charts,
        *(
            say(f"fact.{name}", day=reader.day(date.fromisoformat(record[name])))
            for name in ("known_on", "decided_on")
            if record[name] is not None
        ),
        *(
            []
            if record["scenario"] is None
            else [say("fact.scenario", title=in_language(title_in_words(record["scenario"]["title"]), reader.language))]
        ),
        say("fact.run", digest=run.digest),
    ]
    return Page(
        title=say("title.run" if run.decides else "title.levy", year=record["year"]),
        simulation=record["simulation"],
        facts=tuple(facts),
        chart_facts=of_charts,
        note=" ".join(
            (
                *_warned(run, reader),
                in_language(note_in_words(str((record["scenario"] or {}).get("note") or "")), reader.language),
            )
        ).strip(),
        sections=sections,
    )


def _read(folder: Path) -> _Run:
    require_run(folder)
    require_unaltered(folder, "nothing in it can be reported", _USED)
    data, not_shipped = folder / "data", _not_shipped(folder)
    return _Run(
        digest=run_digest(folder),
        record=_marked(json.loads((data / "run.json").read_text("utf-8")), not_shipped),
        macro=json.loads((data / "macro.json").read_text("utf-8")),
        settlement=run_tables.read(data / "settlement.parquet"),
        findings=pq.read_table(data / "quality.parquet").to_pylist(),
        not_shipped=not_shipped,
    )


def _not_shipped(folder: Path) -> tuple[OtherFigure, ...]:
    """Returns figures of a run that claims to be made by this code but differ from what this code ships."""
    finished = read_finished(folder)
    if not made_by_this_code(finished.code):
        return ()
    return other_figures(finished.figures, finished.known_on, finished.scenario, simulation=finished.simulation)


def _marked(record: Row, not_shipped: tuple[OtherFigure, ...]) -> Row:
    """Marks those figures in the record, whatever status the run gives them."""
    keys = {(item.name, None if item.valid_from is None else item.valid_from.isoformat()) for item in not_shipped}
    figures = [
        figure | {"status": NOT_SHIPPED} if (figure["name"], figure["valid_from"]) in keys else figure
        for figure in record["parameters"]
    ]
    return record | {"parameters": figures}


def _warned(run: _Run, reader: Reader) -> tuple[str, ...]:
    """Returns the warning at the top when figures are not those that this version ships."""
    if not run.not_shipped:
        return ()
    return (reader.say("run.not_shipped", figures="; ".join(map(str, run.not_shipped))),)


def _answers(run: _Run, reader: Reader) -> Section:
    """Makes the section with the result of the run in plain sentences."""
    say, macro, totals, euro = reader.say, run.macro, run.macro["totals"], reader.short_euro
    counts = {
        name: reader.count(totals[name])
        for name in ("employers", "payers", "receivers", "small_employers")
        if totals.get(name) is not None
    }
    amounts = {name.removesuffix("_cents"): euro(totals[name]) for name in run.amounts}
    if not run.decides:
        sentences = [
            say("run.levy"),
            say("run.levied", payers=counts["payers"], employers=counts["employers"], levy=amounts["quota_levy"]),
        ]
    else:
        due = macro["surcharge_due"]
        sentences = [say("run.due" if due else "run.not_due"), say("run.paid", **counts, **amounts)]
        sentences += [say("run.not_tested")] if totals["small_employers"] is None else []
        if due:
            rate = reader.percent(macro["rate_hundredths"])
            sentences.append(say("run.pays", rate=rate, small=counts["small_employers"], **counts, **amounts))
    questions = (
        Question(say("section.run_headline"), (Answer("", " ".join(sentences)),)),
        Question(say("section.jobs"), (Answer("", " ".join(_sentences_on_jobs(run, reader))),)),
    )
    return Section("answers", say("section.in_short"), questions=questions)


def _sentences_on_jobs(run: _Run, reader: Reader) -> list[str]:
    """Describes target and realised jobs, their baseline, and the savings loss as the product of its factors."""
    say, macro, euro = reader.say, run.macro, reader.exact_euro
    total, source = run.sectors["total"], say(f"run.baseline_{macro['baseline_source']}")
    if run.part_of_the_country:
        return [source, say("run.loss_withheld")]
    if total["realised_jobs"] is None:
        return [source]
    sentences = [
        say("run.jobs", **{name: reader.jobs(_hundredths(total[f"{name}_jobs"]) or 0) for name in _JOBS}),
        source,
    ]
    if macro["savings_loss_cents"] is None:
        return [*sentences, say("run.loss_unknown")]
    if not any(macro[f"savings_loss{end}_cents"] for end in _LOSSES.values()):
        return [*sentences, say("run.no_loss")]
    factors = macro["savings_loss_factors"]

    def amount(cents: int | None) -> str:
        return say("run.no_figure") if cents is None else euro(cents)

    cents = {name: amount(factors[f"saving_per_job{end}_cents"]) for name, end in _SAVINGS.items()}
    losses = {name: amount(macro[f"savings_loss{end}_cents"]) for name, end in _LOSSES.items()}
    return [*sentences, say("run.loss", exact=factors["missing_jobs_exact"], **cents, **losses)]


_SAVINGS: Final = {"saving": "", "saving_low": "_low", "saving_high": "_high"}
_LOSSES: Final = {"loss": "", "low": "_low", "high": "_high"}


def _headline(run: _Run, reader: Reader) -> Section:
    shower, totals, say = Shower(reader), run.macro["totals"], reader.say
    row = totals | {"label": str(run.record["year"])}
    year = (("year", lambda cells: Cell(cells["label"])),)
    counts = tuple(
        name for name in ("employers", "small_employers", "payers", "receivers") if totals.get(name) is not None
    )
    shown: list[Chart | TableView] = []
    drawn = run.amounts[:3]
    if any(totals[name] for name in drawn):
        shown.append(charts.amounts(reader, "amounts", say("chart.run_amounts"), [row], drawn))
    shown.append(table(shower, "money-table", say("caption.run_money"), year, run.amounts, [row]))
    shown.append(table(shower, "counts-table", say("caption.run_counts"), year, counts, [row]))
    return Section("headline", say("section.run_headline"), shown=tuple(shown))


def _jobs(run: _Run, reader: Reader) -> Section:
    say, sectors = reader.say, run.sectors
    rows = [
        {"label": reader.either("group", sector), "exact": sectors[sector]["missing_jobs_exact"]}
        | {f"{name}_jobs_hundredths": _hundredths(sectors[sector][f"{name}_jobs"]) for name in _JOB_COLUMNS}
        for sector in _SECTORS
    ]
    names = [f"{name}_jobs_hundredths" for name in _JOBS]
    shower, sector_of = Shower(reader), (("sector", lambda cells: Cell(cells["label"])),)
    columns = tuple(f"{name}_jobs_hundredths" for name in _JOB_COLUMNS)
    shown: list[Chart | TableView] = []
    if sectors["total"]["realised_jobs"] is not None and sectors["hired_in"]["realised_jobs"] is not None:
        shown.append(charts.jobs(reader, "jobs-chart", say("chart.jobs"), rows, names))
    shown.append(table(shower, "jobs-table", say("caption.run_jobs"), sector_of, columns, rows))
    exact = (*sector_of, ("missing_jobs_exact", lambda cells: Cell(cells["exact"] or "–")))
    shown.append(table(shower, "exact-table", say("caption.run_exact"), exact, (), rows))
    texts = (say("text.jobs"), say("text.hired_in", share=_share(run, reader)), *_sentences_on_jobs(run, reader)[1:])
    return Section("jobs", say("section.jobs"), texts, shown=tuple(shown))


def _share(run: _Run, reader: Reader) -> str:
    """Returns the share of hired-in work for government where the sectors are judged separately."""
    return reader.percent(text_hundredths(run.value("wet_banenafspraak.agency_share_government") or "0"))


def _groups(run: _Run, reader: Reader) -> Section:
    say = reader.say
    rows = [
        row | {"label": reader.group(row["group"]), "part": say(f"grouping.{row['grouping']}")}
        for row in run_tables.groups(run.settlement, run.amounts, _limit(run))
    ]
    if not rows:
        return Section("groups", say("section.run_groups"), (say("text.few"),))
    texts: tuple[tuple[str, Callable[[Any], Cell]], ...] = (
        ("grouping", lambda row: Cell(row["part"])),
        ("group", lambda row: Cell(row["label"])),
    )
    counted = ("employers", "payers", "receivers") if run.decides else ("employers", "payers")
    drawn = [row for row in rows if row["grouping"] in ("sector", "wage_bill")]
    shown: list[Chart | TableView] = []
    if any(row[name] for row in drawn for name in run.amounts[:3]):
        shown.append(charts.amounts(reader, "groups-chart", say("chart.run_groups"), drawn, run.amounts[:3]))
    shown.append(
        table(Shower(reader), "groups-table", say("caption.run_groups"), texts, (*counted, *run.amounts), rows)
    )
    text = "text.run_groups_levy" if _limit(run) is None else "text.run_groups"
    return Section("groups", say("section.run_groups"), (say(text),), shown=tuple(shown))


def _limit(run: _Run) -> int | None:
    """Returns the largest premium wage of a small employer, from the parameters of the run; a levy tests none."""
    average, factor = run.value("wfsv.average_premium_wage"), run.value("wfsv.small_employer_factor")
    if not run.decides or average is None or factor is None:
        return None
    return limit_cents(text_hundredths(average), Fraction(factor))


def _distribution(run: _Run, reader: Reader) -> Section:
    say, name = reader.say, run.amounts[-1]
    rows = [
        row | {"label": bin_label(reader, row["from_cents"], row["to_cents"])}
        for row in run_tables.bins(run.settlement, name)
    ]
    if not rows:
        return Section("distribution", say("section.run_distribution"), (say("text.few"),))
    drawn = drawn_bins(rows)
    nothing = reader.count(sum(row["employers"] for row in rows if row["from_cents"] == 0))
    shown: list[Chart | TableView] = []
    if drawn:
        across = say("chart.net_per_employer" if run.decides else "chart.levy_per_employer")
        title = say("chart.run_distribution", nothing=nothing)
        shown.append(charts.bins(reader, "distribution-chart", title, drawn, across, signed=run.decides))
    texts = (("amount_bin", lambda row: Cell(row["label"], str(row["bin"]))),)
    numbers = ("employers", name)
    shown.append(table(Shower(reader), "distribution-table", say("caption.run_distribution"), texts, numbers, rows))
    text = say("text.run_distribution" if run.decides else "text.levy_distribution")
    return Section("distribution", say("section.run_distribution"), (text,), shown=tuple(shown))


def _shares(run: _Run, reader: Reader) -> Section | None:
    if not run.decides or not run.macro["surcharge_due"]:
        return None
    rows, say = run_tables.shares(run.settlement, _limit(run)), reader.say
    rate = run.value("wtl.bonus_rate")
    share = run_tables.break_even(rows, None if rate is None else text_hundredths(rate))
    if not rows:
        return None
    shown = (
        lines.break_even(reader, "shares-chart", say("chart.shares_of_run"), rows, share),
        shares_table(Shower(reader), "shares-table", say("caption.run_shares"), rows),
    )
    return Section("shares", say("section.shares"), (say("text.shares"),), shown=shown)


def _findings(run: _Run, reader: Reader) -> Section:
    say, shower = reader.say, Shower(reader)
    if not run.findings:
        return Section("findings", say("section.findings"), (say("text.no_findings"),))
    texts = (
        ("finding", lambda row: _meaning(shower, row["code"])),
        ("place", lambda row: shower.words(in_language(place_of(row["place"]), reader.language))),
        ("hanging_on", lambda row: shower.words(say(f"hanging.{BY_CODE[row['code']].stake}") if row["cents"] else "")),
    )
    rows = [row | {"hanging_cents": row["cents"]} for row in map(_of_enough, run.findings)]
    shown = (table(shower, "findings-table", say("caption.findings"), texts, ("count", "hanging_cents"), rows),)
    return Section("findings", say("section.findings"), (say("text.findings"), say("text.hanging")), shown=shown)


def _meaning(shower: Shower, code: str) -> Cell:
    """What a finding says in the reader's language, with the name by which `quotum quality` lists it."""
    return shower.words(f"{in_language(meaning_of(code), shower.reader.language)} [{code}]")


def _of_enough(finding: Row) -> Row:
    """Removes the euros of a finding that would be those of fewer than may be shown."""
    return finding | {"cents": None} if few(finding["count"]) else finding


def _assumed(run: _Run, reader: Reader) -> Section:
    parameters = {figure["name"]: figure for figure in run.record["parameters"]}
    rows = [
        {"kind": "assumed figure", "name": figure["name"], "value": _with_unit(figure, parameters),
         "text": parameters.get(figure["name"], {}).get("dutch", ""), "source": figure["source"]}
        for figure in run.macro["assumed"]
    ]  # fmt: skip
    rows += [
        {
            "kind": "reading",
            "name": reading["name"],
            "value": None,
            "text": reading["text"],
            "source": reading["provision"],
        }
        for reading in run.macro["readings"]
    ]
    rows += [_remark(text) for text in run.record["remarks"]]
    return assumptions(reader, rows)


def _with_unit(figure: Row, parameters: dict[str, Row]) -> str:
    """Returns the value of an assumed figure with its unit; the unit of a choice only lists the choices."""
    choice = parameters.get(figure["name"], {}).get("kind") == Kind.CHOICE
    return str(figure["value"]) if choice else f"{figure['value']} {figure['unit']}"


def _remark(text: str) -> Row:
    return {"kind": "remark", "name": None, "value": None, "text": text, "source": None}


def _inputs(run: _Run, reader: Reader) -> Section:
    texts = (
        ("kind", lambda row: Cell(reader.value("inputs", "kind", row["kind"]))),
        ("sha256", lambda row: Cell(row["sha256"])),
    )
    say, rows = reader.say, run.record["inputs"]
    shown = (table(Shower(reader), "inputs-table", say("caption.inputs"), texts, ("accepted", "rejected"), rows),)
    return Section("inputs", say("section.inputs"), (say("text.inputs"),), shown=shown)


def _hundredths(jobs: str | None) -> int | None:
    """Converts a number of jobs with two decimals to hundredths; None without one."""
    return None if jobs is None else round_half_up(Fraction(jobs) * CENTS_PER_EURO)


__all__ = ["page_of_run"]
