"""The report of one run, section by section, from the files of the run alone."""

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
from quotum.parameters.kinds import Kind, text_hundredths
from quotum.replay.shipped_figures import NOT_SHIPPED, OtherFigure, made_by_this_code, other_figures
from quotum.report import charts, lines, run_tables
from quotum.report.compared import bin_label, drawn_bins, shares_table
from quotum.report.parts import Answer, Cell, Chart, Page, Question, Section, Shower, TableView, table
from quotum.report.reader import Reader
from quotum.report.resting import assumptions, parameters_of_run, words_section
from quotum.run.findings.declared import BY_CODE
from quotum.run.regimes import regime as regimes
from quotum.run_folder.bag import require_unaltered, run_digest
from quotum.run_folder.reader import read_finished, require_run

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
    """What a run holds for its report."""

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
        """Whether the jobs are plainly those of a part of the country; without a baseline nobody can tell."""
        counted = self.macro["sectors"]["total"]["realised_jobs"] is not None
        return counted and bool(self.macro["savings_loss_withheld"])

    @property
    def sectors(self) -> Row:
        """The job count by sector; of plainly a part of the country without what its baseline decides."""
        sectors: Row = self.macro["sectors"]
        if not self.part_of_the_country:
            return sectors
        return {name: one | dict.fromkeys(_WITHHELD) for name, one in sectors.items()}

    def value(self, name: str) -> str | None:
        """The value of a parameter that it read, as the record has it."""
        found: list[str] = [one["value"] for one in self.record["parameters"] if one["name"] == name]
        return found[0] if found else None


def page_of_run(folder: Path, reader: Reader) -> Page:
    """The report of a run, after the digests of what it is read from were checked.

    Raises:
        WrongUse: It is no run.
        CannotCertify: A byte of what is read was altered.
    """
    run = _read(folder)
    say, record = reader.say, run.record
    facts = [
        say("fact.year", year=record["year"]),
        say("fact.as_of", day=reader.day(date.fromisoformat(record["as_of"]))),
        *(
            say(f"fact.{name}", day=reader.day(date.fromisoformat(record[name])))
            for name in ("known_on", "decided_on")
            if record[name] is not None
        ),
        *([] if record["scenario"] is None else [say("fact.scenario", title=record["scenario"]["title"])]),
        say("fact.run", digest=run.digest),
    ]
    made = (
        _answers(run, reader), _headline(run, reader), _jobs(run, reader), _groups(run, reader),
        _distribution(run, reader), _shares(run, reader), _findings(run, reader), _assumed(run, reader),
        parameters_of_run(reader, record["parameters"]), _inputs(run, reader), words_section(reader),
    )  # fmt: skip
    return Page(
        title=say("title.run" if run.decides else "title.levy", year=record["year"]),
        simulation=record["simulation"],
        facts=tuple(facts),
        note=" ".join((*_warned(run, reader), str((record["scenario"] or {}).get("note") or ""))).strip(),
        sections=tuple(section for section in made if section is not None),
    )


def _read(folder: Path) -> _Run:
    require_run(folder)
    require_unaltered(folder, "nothing in it can be reported", _USED)
    data, other = folder / "data", _not_shipped(folder)
    return _Run(
        digest=run_digest(folder),
        record=_marked(json.loads((data / "run.json").read_text("utf-8")), other),
        macro=json.loads((data / "macro.json").read_text("utf-8")),
        settlement=run_tables.read(data / "settlement.parquet"),
        findings=pq.read_table(data / "quality.parquet").to_pylist(),
        not_shipped=other,
    )


def _not_shipped(folder: Path) -> tuple[OtherFigure, ...]:
    """Figures of a run that says it was made by this code, and that this code does not ship."""
    said = read_finished(folder)
    if not made_by_this_code(said.code):
        return ()
    return other_figures(said.figures, said.known_on, said.scenario, simulation=said.simulation)


def _marked(record: Row, other: tuple[OtherFigure, ...]) -> Row:
    """The record in which those figures say so, whatever status the run gives them."""
    keys = {(one.name, None if one.valid_from is None else one.valid_from.isoformat()) for one in other}
    figures = [
        one | {"status": NOT_SHIPPED} if (one["name"], one["valid_from"]) in keys else one
        for one in record["parameters"]
    ]
    return record | {"parameters": figures}


def _warned(run: _Run, reader: Reader) -> tuple[str, ...]:
    """What stands above everything else when figures are not those that this version ships."""
    if not run.not_shipped:
        return ()
    return (reader.say("run.not_shipped", figures="; ".join(map(str, run.not_shipped))),)


def _answers(run: _Run, reader: Reader) -> Section:
    """What the run comes to, in plain sentences."""
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
    asked = (
        Question(say("section.run_headline"), (Answer("", " ".join(sentences)),)),
        Question(say("section.jobs"), (Answer("", " ".join(_said_of_jobs(run, reader))),)),
    )
    return Section("answers", say("section.in_short"), questions=asked)


def _said_of_jobs(run: _Run, reader: Reader) -> list[str]:
    """Target and realised jobs, the baseline they stand on, and the savings loss as the product of its factors."""
    say, macro, euro = reader.say, run.macro, reader.exact_euro
    total, source = run.sectors["total"], say(f"run.baseline_{macro['baseline_source']}")
    if run.part_of_the_country:
        return [source, say("run.loss_withheld")]
    if total["realised_jobs"] is None:
        return [source]
    said = [say("run.jobs", **{name: reader.jobs(_hundredths(total[f"{name}_jobs"]) or 0) for name in _JOBS}), source]
    if macro["savings_loss_cents"] is None:
        return [*said, say("run.loss_unknown")]
    if not any(macro[f"savings_loss{end}_cents"] for end in _LOSSES.values()):
        return [*said, say("run.no_loss")]
    factors = macro["savings_loss_factors"]

    def known(cents: int | None) -> str:
        return say("run.no_figure") if cents is None else euro(cents)

    cents = {name: known(factors[f"saving_per_job{end}_cents"]) for name, end in _SAVINGS.items()}
    losses = {name: known(macro[f"savings_loss{end}_cents"]) for name, end in _LOSSES.items()}
    return [*said, say("run.loss", exact=factors["missing_jobs_exact"], **cents, **losses)]


_SAVINGS: Final = {"saving": "", "saving_low": "_low", "saving_high": "_high"}
_LOSSES: Final = {"loss": "", "low": "_low", "high": "_high"}


def _headline(run: _Run, reader: Reader) -> Section:
    shower, totals, say = Shower(reader), run.macro["totals"], reader.say
    row = totals | {"label": str(run.record["year"])}
    year = (("year", lambda one: Cell(one["label"])),)
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
    shower, sector_of = Shower(reader), (("sector", lambda one: Cell(one["label"])),)
    columns = tuple(f"{name}_jobs_hundredths" for name in _JOB_COLUMNS)
    shown: list[Chart | TableView] = []
    if sectors["total"]["realised_jobs"] is not None and sectors["hired_in"]["realised_jobs"] is not None:
        shown.append(charts.jobs(reader, "jobs-chart", say("chart.jobs"), rows, names))
    shown.append(table(shower, "jobs-table", say("caption.run_jobs"), sector_of, columns, rows))
    exact = (*sector_of, ("missing_jobs_exact", lambda one: Cell(one["exact"] or "–")))
    shown.append(table(shower, "exact-table", say("caption.run_exact"), exact, (), rows))
    texts = (say("text.jobs"), say("text.hired_in", share=_share(run, reader)), *_said_of_jobs(run, reader)[1:])
    return Section("jobs", say("section.jobs"), texts, shown=tuple(shown))


def _share(run: _Run, reader: Reader) -> str:
    """Share of hired-in work that goes to government where the sectors are judged apart."""
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
    """Largest premium wage of a small employer, from the parameters of the run; a levy tests none."""
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
        ("place", lambda row: shower.data(row["place"])),
        ("hanging_on", lambda row: shower.words(say(f"hanging.{BY_CODE[row['code']].stake}") if row["cents"] else "")),
    )
    rows = [row | {"hanging_cents": row["cents"]} for row in map(_of_enough, run.findings)]
    shown = (table(shower, "findings-table", say("caption.findings"), texts, ("count", "hanging_cents"), rows),)
    return Section("findings", say("section.findings"), (say("text.findings"), say("text.hanging")), shown=shown)


def _meaning(shower: Shower, code: str) -> Cell:
    """What a finding says in the reader's language; of a rule of intake its name."""
    if code not in BY_CODE:
        return shower.data(code.replace("_", " "))
    found = BY_CODE[code]
    return shower.words(found.dutch if shower.reader.language == "nl" else found.meaning)


def _of_enough(finding: Row) -> Row:
    """A finding without its euros where these would be those of fewer than may be shown."""
    return finding | {"cents": None} if few(finding["count"]) else finding


def _assumed(run: _Run, reader: Reader) -> Section:
    said = {one["name"]: one for one in run.record["parameters"]}
    rows = [
        {"kind": "assumed figure", "name": one["name"], "value": _with_unit(one, said),
         "text": said.get(one["name"], {}).get("dutch", ""), "source": one["source"]}
        for one in run.macro["assumed"]
    ]  # fmt: skip
    rows += [
        {"kind": "reading", "name": one["name"], "value": None, "text": one["text"], "source": one["provision"]}
        for one in run.macro["readings"]
    ]
    rows += [_remark(text) for text in run.record["remarks"]]
    return assumptions(reader, rows)


def _with_unit(figure: Row, said: dict[str, Row]) -> str:
    """The value of an assumed figure with its unit; the unit of a choice only says what can be chosen."""
    choice = said.get(figure["name"], {}).get("kind") == Kind.CHOICE
    return str(figure["value"]) if choice else f"{figure['value']} {figure['unit']}"


def _remark(text: str) -> Row:
    return {"kind": "remark", "name": None, "value": None, "text": text, "source": None}


def _inputs(run: _Run, reader: Reader) -> Section:
    texts = (("kind", lambda row: Cell(row["kind"])), ("sha256", lambda row: Cell(row["sha256"])))
    say, rows = reader.say, run.record["inputs"]
    shown = (table(Shower(reader), "inputs-table", say("caption.inputs"), texts, ("accepted", "rejected"), rows),)
    return Section("inputs", say("section.inputs"), (say("text.inputs"),), shown=shown)


def _hundredths(jobs: str | None) -> int | None:
    """A number of jobs with two decimals as hundredths; None without one."""
    return None if jobs is None else round_half_up(Fraction(jobs) * CENTS_PER_EURO)


__all__ = ["page_of_run"]
