"""What an operator reads after a settlement: totals, jobs, and everything assumed; no identifiers."""

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from quotum.citations import cited
from quotum.law.readings import Reading
from quotum.law.wet_banenafspraak.savings_loss import SEPARATE
from quotum.money import PERCENT, decimal_text, euro_text, number_text
from quotum.output import words
from quotum.output.news import NOTHING, SAID_BEFORE, EarlierRuns
from quotum.parameters import Figure
from quotum.parameters.scenarios_in_dutch import title_in_words
from quotum.parameters.units import unit as unit_of
from quotum.parameters.words import STATUSES
from quotum.periods import BASELINE_YEAR
from quotum.run.findings.amounts_at_stake import on_it
from quotum.run.findings.declared import BY_CODE
from quotum.run.preparation import Prepared
from quotum.run.regimes import regime as regimes
from quotum.run.regimes.interface import Amounts, Country
from quotum.run.regimes.macro import exact_text, sectors_json
from quotum.run.settle import Settled
from quotum.run_folder.request import Request
from quotum.terminal import console as console_of_output
from quotum.words import ENGLISH, Sentence, in_language, joined, marked, phrase, value_in_words
from quotum.words import Text as Words


def show(settled: Settled, earlier: EarlierRuns = NOTHING, language: str = ENGLISH) -> None:
    """Print the summary of a finished settlement to standard output.

    Args:
        settled: The settlement.
        earlier: What it rests on and earlier runs have said: it is counted, not said again.
        language: `en` or `nl`.
    """
    console, macro, request = console_of_output(), settled.macro, settled.prepared.request
    regime = regimes.named(request.regime)
    _print(console, _title(words.TITLE, macro.simulation, regime.title, request), language, style="bold")
    if macro.simulation and settled.prepared.scenario is not None:
        _print(console, words.SCENARIO.sentence(title=title_in_words(settled.prepared.scenario.title)), language)
    _print(console, regime.in_force(macro.terms), language)
    console.print(_amounts(regime.totals(macro), language))
    console.print(_jobs(macro, language))
    _print(console, baseline_line(macro), language, soft_wrap=True)
    _print(console, _savings(macro), language, soft_wrap=True)
    latest = settled.prepared.archive.latest
    absent = [table.name for table in regime.reads if table.name in regime.without and latest(table) is None]
    without = [phrase("{name}: {without}", name=name, without=regime.without[name]) for name in absent]
    _print_list(console, words.NOT_DELIVERED, without, language)
    _print_list(console, words.FINDINGS, [*_findings(settled), *settled.used], language)
    figures, readings = earlier.new_figures(macro.assumed), earlier.new_readings(macro.readings)
    _print_list(console, words.ASSUMED_FIGURES, [assumed_line(figure) for figure in figures], language)
    _print_list(console, words.READINGS, [_reading_line(reading) for reading in readings], language)
    known = {"figures": len(macro.assumed) - len(figures), "readings": len(macro.readings) - len(readings)}
    if any(known.values()):
        _print(console, SAID_BEFORE.sentence(year=request.year, **known), language, soft_wrap=True)
    if not settled.noted:
        _print(console, words.NOT_NOTED.sentence(), language)
    state = words.RUN_WRITTEN if settled.written else words.RUN_THERE
    _print(console, state.sentence(place=request.out, digest=settled.digest[:16]), language)


def _title(text: Words, simulation: bool, title: str, request: Request) -> Sentence:
    return text.sentence(mark=marked(simulation), title=title, year=request.year, as_of=request.as_of)


def _findings(settled: Settled) -> Iterator[Sentence]:
    """What was found, how often, and the most that hangs on it."""
    for code, count in settled.findings.items():
        count_line = phrase("{said} ({count:,})", said=BY_CODE[code].sentence, count=count)
        yield joined("; ", filter(None, (count_line, on_it(code, settled.hanging.get(code)))))


def _reading_line(reading: Reading) -> Sentence:
    return phrase("{said} [{provision}]", said=reading.sentence, provision=cited(reading.provision))


def assumed_line(figure: Figure) -> Sentence:
    """One line on an assumed figure."""
    return words.ASSUMED_LINE.sentence(line=value_line(figure), source=figure.source)


def value_line(figure: Figure) -> Sentence:
    """A figure with its value and, unless it is a choice, its unit."""
    unit = "" if figure.kind == "choice" else phrase(" {unit}", unit=unit_of(figure.unit).sentence())
    return phrase("{name} = {value}{unit}", name=figure.name, value=value_in_words(figure.value), unit=unit)


def _print(console: Console, line: str, language: str, *, style: str = "", soft_wrap: bool = False) -> None:
    console.print(Text(in_language(line, language), style=style), soft_wrap=soft_wrap)


def _grid(headings: Iterable[Words], language: str) -> Table:
    table = Table(box=None, pad_edge=False, show_header=True, header_style="")
    for place, heading in enumerate(headings):
        table.add_column(heading.words(language), justify="right" if place else "left", no_wrap=True)
    return table


def _amounts(totals: Amounts, language: str) -> Table:
    table = _grid(words.AMOUNTS, language)
    for name, value in totals:
        table.add_row(in_language(name, language), in_language(value, language))
    return table


def _jobs(macro: Country, language: str) -> Table:
    jobs = macro.jobs
    table = _grid(words.JOBS, language)
    withheld = ("realised", "missing") if jobs.part_of_the_country else ()
    for part, name in words.PARTS.items():
        sectors = sectors_json(jobs, macro.missing)[part]
        numbers = [
            "-" if column in withheld else _with_separators(sectors[f"{column}_jobs"])
            for column in ("target", "baseline", "realised", "missing", "december")
        ]
        named = _how(macro).words(language, part=name.words(language)) if part == "total" else name.words(language)
        table.add_row(named, *(in_language(number, language) for number in numbers))
    if jobs.extra_government is not None:
        against = words.AGAINST_YEAR_BEFORE.words(language, year=macro.terms.year - 1)
        table.add_row(against, "", "", in_language(number_text(jobs.extra_government), language), "", "")
    return table


def _with_separators(jobs: str | None) -> Sentence | str:
    """Writes a number of jobs with separators between thousands; a dash where there is none."""
    return "-" if jobs is None else number_text(Fraction(jobs))


def _how(macro: Country) -> Words:
    return words.SEPARATELY if macro.terms.sectors == SEPARATE else words.JOINTLY


def baseline_line(macro: Country) -> Sentence:
    """One line on where the baseline comes from, and on what becomes of hired-in work."""
    counts, source = macro.jobs.counts, words.BASELINES[macro.jobs.baseline_source].sentence()
    if counts is None:
        return source
    if counts.hired_in is None:
        return words.HIRED_IN_UNKNOWN.sentence(source=source)
    share = macro.terms.agency_share * PERCENT
    return words.HIRED_IN_SHARED.sentence(source=source, share=decimal_text(share), rest=decimal_text(PERCENT - share))


def _savings(macro: Country) -> Sentence:
    stated = {part: cents for part, cents in macro.savings_loss_booked_cents.items() if cents is not None}
    booked = (
        words.BOOKED.sentence(part=words.BOOKED_PARTS[part].sentence(), euros=euro_text(cents))
        for part, cents in stated.items()
    )
    return words.SAVINGS_LOSS.sentence(loss=_loss(macro), booked=joined("", booked))


def _loss(macro: Country) -> Sentence:
    """The savings loss as the product of its factors, so that it can be done again by hand."""
    if macro.missing is None:
        return words.NO_BASELINE.sentence()
    if macro.savings_loss is None:
        return words.WITHHELD.sentence()
    if macro.missing > 0 and all(loss == 0 for loss in macro.savings_loss):
        return words.NO_LOSS.sentence()
    if macro.savings_loss[1] is None:
        return words.NO_SAVING.sentence()
    (low, middle, high), saving = map(_euros, macro.savings_loss), [*map(_euros, macro.terms.saving_per_job_cents)]
    return words.LOSS.sentence(
        missing=exact_text(macro.missing), saving=saving[1], middle=middle, low=low, high=high, saving_low=saving[0],
        saving_high=saving[2],
    )  # fmt: skip


def _euros(cents: int | None) -> Sentence:
    return words.UNKNOWN.sentence() if cents is None else euro_text(cents)


def _print_list(console: Console, title: Words, lines: Sequence[str], language: str) -> None:
    if lines:
        console.print(f"{title.words(language)}:")
        for line in lines:
            console.print(Text(f"  - {in_language(line, language)}"), soft_wrap=True)


def _planned_baseline(prepared: Prepared[Any]) -> Sentence:
    asked, held = prepared.request.baseline, BASELINE_YEAR in prepared.archive.years()
    if asked is not None:
        return words.PLANNED_BASELINE.sentence(name=words.BASELINE_NAMES[asked].sentence())
    return (words.BASELINE_OF_2012 if held else words.BASELINE_NATIONAL).sentence()


def show_plan(prepared: Prepared[Any], language: str = ENGLISH) -> None:
    """Print what a settlement would read, and every parameter with its source.

    Args:
        prepared: What it is made from.
        language: `en` or `nl`.
    """
    console, request, regime = console_of_output(), prepared.request, regimes.named(prepared.request.regime)
    title = _title(words.DRY_TITLE, prepared.figures.simulation, regime.title, request)
    _print(console, title, language, style="bold")
    _print(console, regime.in_force(prepared.terms), language)
    _print(console, _planned_baseline(prepared), language)
    _print(console, words.WOULD_READ.sentence(), language)
    returns = [
        delivery
        for receipt in prepared.archive.receipts
        for delivery in receipt.deliveries
        if delivery.kind in ("returns", "loonaangifte")
    ]
    rows = sum(delivery.accepted for delivery in returns)
    _print(console, words.RETURNS_TO_READ.sentence(deliveries=len(returns), rows=rows), language)
    for table in regime.reads:
        latest = prepared.archive.latest(table)
        if latest is None:
            _print(console, words.NO_TABLE_TO_READ.sentence(name=table.name), language)
        else:
            _print(console, words.TABLE_TO_READ.sentence(name=table.name, moment=str(latest[0].received)), language)
    _print(console, words.PARAMETERS.sentence(), language)
    for figure in prepared.figures.used:
        line = phrase(
            "  - {line} [{provision}] {status}: {source}", line=value_line(figure), provision=cited(figure.provision),
            status=STATUSES[figure.status].sentence(), source=figure.source,
        )  # fmt: skip
        _print(console, line, language, soft_wrap=True)
    _print(console, words.NOTHING_WRITTEN.sentence(), language)
