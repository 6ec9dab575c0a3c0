"""What an operator reads after a settlement: totals, jobs, and everything assumed; no identifiers."""

from typing import Any, Final

from rich.console import Console
from rich.table import Table
from rich.text import Text

from quotum.law.wet_banenafspraak.savings_loss import SEPARATE
from quotum.law.wfsv.job_count import COUNTED, NATIONAL, NONE
from quotum.money import PERCENT, decimal_text, euro_text
from quotum.output.news import NOTHING, SAID_BEFORE, Said
from quotum.parameters import Figure
from quotum.periods import BASELINE_YEAR
from quotum.run.findings.amounts_at_stake import on_it
from quotum.run.findings.declared import BY_CODE
from quotum.run.preparation import Prepared
from quotum.run.regimes import regime as regimes
from quotum.run.regimes.interface import Amounts, Country
from quotum.run.regimes.macro import exact_text, sectors_json
from quotum.run.settle import Settled
from quotum.words import ENGLISH

WIDTH_WITHOUT_TERMINAL = 200


def _console() -> Console:
    console = Console(highlight=False)
    return console if console.is_terminal else Console(highlight=False, width=WIDTH_WITHOUT_TERMINAL, color_system=None)


def show(settled: Settled, said: Said = NOTHING) -> None:
    """Print the summary of a finished settlement to standard output.

    Args:
        settled: The settlement.
        said: What it rests on and earlier runs have said: it is counted, not said again.
    """
    console, macro, request = _console(), settled.macro, settled.prepared.request
    mark = "SIMULATION: " if macro.simulation else ""
    regime = regimes.named(request.regime)
    console.print(Text(f"{mark}{regime.title} of {request.year}, returns as filed by {request.as_of}", style="bold"))
    if macro.simulation and settled.prepared.scenario is not None:
        console.print(f"Scenario: {settled.prepared.scenario.title}")
    console.print(regime.in_force(macro.terms))
    console.print(_amounts(regime.totals(macro)))
    console.print(_jobs(macro))
    console.print(baseline_line(macro), soft_wrap=True)
    console.print(_savings(macro), soft_wrap=True)
    latest = settled.prepared.archive.latest
    absent = [table.name for table in regime.reads if table.name in regime.without and latest(table) is None]
    _print_list(console, "Not delivered", [f"{name}: {regime.without[name]}" for name in absent])
    euros, findings = settled.hanging, settled.findings.items()
    finding_texts = [(f"{BY_CODE[code].meaning} ({count:,})", on_it(code, euros.get(code))) for code, count in findings]
    _print_list(
        console,
        "Findings",
        ["; ".join(filter(None, finding_text)) for finding_text in finding_texts] + list(settled.used),
    )
    figures, readings = said.new_figures(macro.assumed), said.new_readings(macro.readings)
    _print_list(console, "Assumed figures these results rest on", [assumed_line(figure) for figure in figures])
    _print_list(
        console, "Readings these results rest on", [f"{reading.text} [{reading.provision}]" for reading in readings]
    )
    known = {"figures": len(macro.assumed) - len(figures), "readings": len(macro.readings) - len(readings)}
    if any(known.values()):
        console.print(SAID_BEFORE.words(ENGLISH, year=request.year, **known), soft_wrap=True)
    if not settled.noted:
        console.print(NOT_NOTED)
    state = "Run written" if settled.written else "The same run was there already"
    console.print(f"{state}: {request.out} (sha256 of its tag manifest {settled.digest[:16]}...)")


NOT_NOTED = (
    "The archive cannot be written, or its notes are damaged, so this run is not noted in it: until it is, replay and "
    "verify certify it only by its signature (settle --sign-key, then --public-key). Settle again to the same --out "
    "when the archive can be written: the same run is then noted."
)


def assumed_line(figure: Figure) -> str:
    """One line on an assumed figure."""
    return f"{value_line(figure)} (assumed: {figure.source})"


def value_line(figure: Figure) -> str:
    """A figure with its value and, unless it is a choice, its unit."""
    unit = "" if figure.kind == "choice" else f" {figure.unit}"
    return f"{figure.name} = {figure.value}{unit}"


def _grid(*headings: str) -> Table:
    table = Table(box=None, pad_edge=False, show_header=bool(headings), header_style="")
    for place, heading in enumerate(headings):
        table.add_column(heading, justify="right" if place else "left", no_wrap=True)
    return table


def _amounts(totals: Amounts) -> Table:
    table = _grid("Amounts", "euro")
    for name, value in totals:
        table.add_row(name, value)
    return table


def _jobs(macro: Country) -> Table:
    jobs = macro.jobs
    table = _grid("Jobs (banen)", "target", "baseline", "realised", "missing", "jobs in December")
    withheld = ("realised", "missing") if jobs.part_of_the_country else ()
    for name, part in _PARTS.items():
        sectors = sectors_json(jobs, macro.missing)[part]
        numbers = [
            "-" if column in withheld else sectors[f"{column}_jobs"] or "-"
            for column in ("target", "baseline", "realised", "missing", "december")
        ]
        table.add_row(f"{name}{_how(macro) if part == 'total' else ''}", *numbers)
    if jobs.extra_government is not None:
        against = f"government against December of {macro.terms.year - 1}"
        table.add_row(against, "", "", decimal_text(jobs.extra_government), "", "")
    return table


_PARTS: Final = {
    "government (overheid)": "government",
    "market (niet-overheid)": "market",
    "hired-in (ingeleend)": "hired_in",
    "total, judged": "total",
}


def _how(macro: Country) -> str:
    return " per sector" if macro.terms.sectors == SEPARATE else " jointly"


def baseline_line(macro: Country) -> str:
    """One line on where the baseline comes from, and on what becomes of hired-in work."""
    counts, source = macro.jobs.counts, _SOURCES[macro.jobs.baseline_source]
    if counts is None:
        return source
    if counts.hired_in is None:
        return f"{source} The zero of hired-in work is not known on this day: hired-in work is left out."
    share = macro.terms.agency_share * PERCENT
    return (
        f"{source} Judged apart, {decimal_text(share)}% of hired-in work goes to government and "
        f"{decimal_text(PERCENT - share)}% to the market (Regeling Wfsv art. 3.34): what they miss follows from that."
    )


_SOURCES: Final = {
    COUNTED: "Baseline counted from the returns of December 2012 (--baseline counted).",
    NATIONAL: "Baseline national, as fixed in Regeling Wfsv art. 3.33 (--baseline national).",
    NONE: "No baseline (--baseline none): realised and missing jobs are not computed.",
}


def _savings(macro: Country) -> str:
    stated = {part: cents for part, cents in macro.savings_loss_booked_cents.items() if cents is not None}
    booked = "".join(f"; booked for {part}: {euro_text(cents)}" for part, cents in stated.items())
    return f"Savings loss (besparingsverlies): {_loss(macro)}{booked}"


def _loss(macro: Country) -> str:
    """The savings loss as the product of its factors, so that it can be done again by hand."""
    if macro.missing is None:
        return "not computed, there is no baseline"
    if macro.savings_loss is None:
        return (
            "withheld, as realised and missing jobs are: the archive is plainly a part of the country (fewer jobs than "
            "the baseline, or a counted baseline below the fixed one of the market alone)"
        )
    if macro.missing > 0 and all(loss == 0 for loss in macro.savings_loss):
        return "none, the quota regime brings in revenue"
    if macro.savings_loss[1] is None:
        return "not known, the saving per job has no figure in this year"
    (low, middle, high), saving = map(_euros, macro.savings_loss), [*map(_euros, macro.terms.saving_per_job_cents)]
    factors = f"{exact_text(macro.missing)} missing jobs x {saving[1]} per job (assumed)"
    return f"{factors} = {middle} euro (range {low} to {high}, at {saving[0]} to {saving[2]} per job)"


def _euros(cents: int | None) -> str:
    return "unknown" if cents is None else euro_text(cents)


def _print_list(console: Console, title: str, lines: list[str]) -> None:
    if lines:
        console.print(f"{title}:")
        for line in lines:
            console.print(Text(f"  - {line}"), soft_wrap=True)


def _planned_baseline(prepared: Prepared[Any]) -> str:
    asked, held = prepared.request.baseline, BASELINE_YEAR in prepared.archive.years()
    if asked is not None:
        return f"Baseline: {asked}."
    if held:
        return "Baseline: counted when a return of December 2012 is in force (the archive holds 2012), else national."
    return "Baseline: national, the archive holds no returns of December 2012."


def show_plan(prepared: Prepared[Any]) -> None:
    """Print what a settlement would read, and every parameter with its source."""
    console, request, regime = _console(), prepared.request, regimes.named(prepared.request.regime)
    mark = "SIMULATION: " if prepared.figures.simulation else ""
    console.print(
        Text(f"{mark}dry run: {regime.title} of {request.year}, returns as filed by {request.as_of}", style="bold")
    )
    console.print(regime.in_force(prepared.terms))
    console.print(_planned_baseline(prepared))
    console.print("Would read:")
    returns = [
        delivery
        for receipt in prepared.archive.receipts
        for delivery in receipt.deliveries
        if delivery.kind in ("returns", "loonaangifte")
    ]
    console.print(f"  - returns: {len(returns)} deliveries, {sum(delivery.accepted for delivery in returns):,} rows")
    for table in regime.reads:
        latest = prepared.archive.latest(table)
        what = "none delivered" if latest is None else f"as received {latest[0].received}"
        console.print(f"  - {table.name}: {what}")
    console.print("Parameters:")
    for figure in prepared.figures.used:
        line = f"  - {value_line(figure)} [{figure.provision}] {figure.status}: {figure.source}"
        console.print(Text(line), soft_wrap=True)
    console.print("Nothing was written.")
