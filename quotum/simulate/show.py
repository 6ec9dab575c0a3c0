"""A simulation on the terminal: its differences, its basis and its outcome."""

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from typing import Any, Final

from rich.console import Console
from rich.text import Text

from quotum.citations import cited
from quotum.comparison.record import BEHAVIOUR, BEHAVIOUR_DUTCH, Comparison
from quotum.comparison.withheld import without_jobs_of_a_part
from quotum.law.wfsv.job_count import REMARK_HIRED_IN
from quotum.money import count_text, decimal_text, euro_text, percent_text
from quotum.output.layout import Column, paragraph, screen, table
from quotum.parameters.scenarios_in_dutch import title_in_words
from quotum.parameters.units import unit
from quotum.run.findings.declared import OF_JOBS
from quotum.simulate import words
from quotum.simulate.later_figures import print_later_figures
from quotum.simulate.plan import Alternative, Plan
from quotum.simulate.years_words import BEHIND_OPTION, FROM_YEAR, GROWS_BY, ROWS_AS_THEY_ARE
from quotum.terminal import console as console_of_output
from quotum.words import ENGLISH, Sentence, in_language, phrase, stripped, value_in_words

_NONE: Final = "-"


def _jobs(value: int) -> Sentence:
    """Writes hundredths of a job as hundredths of a euro are written."""
    return euro_text(value)


def _named(value: str) -> Sentence:
    return words.NAMES[value].sentence() if value in words.NAMES else _plain(value)


def _plain(value: str) -> Sentence:
    return phrase("{value}", value=value)


_LINES: Final[tuple[tuple[str, Callable[[Any], Sentence]], ...]] = (
    ("rate_hundredths", percent_text),
    ("rate_source", _named),
    ("surcharge_cents", euro_text),
    ("levy_cents", euro_text),
    ("lkv_cents", euro_text),
    ("bonus_cents", euro_text),
    ("guidance_cents", euro_text),
    ("unplaced_lkv_cents", euro_text),
    ("unplaced_bonus_cents", euro_text),
    ("measure_cost_cents", euro_text),
    ("net_cents", euro_text),
    ("balance_cents", euro_text),
    ("gain_cents", euro_text),
    ("break_even_share_hundredths", percent_text),
    ("employers", count_text),
    ("small_employers", count_text),
    ("payers", count_text),
    ("receivers", count_text),
    ("winners", count_text),
    ("losers", count_text),
    ("sectors_judged", _named),
    ("target_jobs_hundredths", _jobs),
    ("realised_jobs_hundredths", _jobs),
    ("baseline_source", _named),
    ("missing_jobs_hundredths", _jobs),
    ("missing_jobs_exact", _plain),
    ("saving_per_job_cents", euro_text),
    ("savings_loss_cents", euro_text),
    ("savings_loss_low_cents", euro_text),
    ("savings_loss_high_cents", euro_text),
    ("one_percent_jobs_hundredths", _jobs),
    ("one_percent_missing_jobs_hundredths", _jobs),
    ("one_percent_savings_loss_cents", euro_text),
    ("one_percent_paid_cents", euro_text),
)
"""Headline figures with their form; `words.LINES` names them."""
_BEHIND_OPTION: Final = ("reading", "note")
_ALWAYS: Final = frozenset({"surcharge_cents", "lkv_cents", "net_cents", "balance_cents", "savings_loss_cents"})


def _say(console: Console, sentence: str, language: str, *, style: str = "", hanging: int = 0) -> None:
    """Prints a sentence, broken between words at the width of the screen."""
    text = paragraph(in_language(sentence, language), screen(), hanging=hanging)
    console.print(Text(text, style=style), soft_wrap=True)


def show_differences(plan: Plan, language: str = ENGLISH) -> None:
    """Prints the differences of each scenario from the law as it is, before anything runs.

    Args:
        plan: The plan.
        language: `en` or `nl`.
    """
    console, request = console_of_output(), plan.request
    _say(console, words.HEAD.sentence(year=request.year, as_of=request.as_of), language, style="bold")
    if request.law_years != (request.year,):
        years = ", ".join(str(year) for year in request.law_years)
        _say(console, ROWS_AS_THEY_ARE.sentence(rows=str(request.year), years=years), language, style="bold")
    for name in plan.names[1:]:
        in_years = [alternative for alternative in plan.scenarios if alternative.name == name]
        _say(console, words.TITLE.sentence(name=name, title=title_in_words(in_years[0].title)), language, style="bold")
        every = [_differences(plan, alternative) for alternative in in_years]
        for number, (alternative, lines) in enumerate(zip(in_years, every, strict=True)):
            if number and lines == every[number - 1]:
                continue
            if any(lines != other for other in every):
                _say(console, FROM_YEAR.sentence(year=str(alternative.year)), language)
            for line in lines:
                _say(console, line, language, hanging=2)


def _differences(plan: Plan, alternative: Alternative) -> list[Sentence]:
    differences, scenario = plan.differences(alternative), alternative.scenario
    lines = [
        words.DIFFERENCE.sentence(
            parameter=difference.parameter, value=value_in_words(difference.value),
            unit=unit(difference.unit).sentence(),
            law=words.NO_VALUE.sentence() if difference.law is None else value_in_words(difference.law),
        )
        for difference in differences
    ]  # fmt: skip
    if scenario is None:
        return lines
    if scenario.extra_registrations is not None:
        lines.append(words.SECOND_REGISTER.sentence(name=scenario.extra_registrations.name))
    if scenario.regions:
        lines.append(words.REGIONS.sentence(count=len(scenario.regions)))
    lines += [
        GROWS_BY.sentence(parameter=stated.name, growth=value_in_words(stated.text)) for stated in scenario.growth
    ]
    return lines or [words.NO_DIFFERENCE.sentence()]


def show(
    comparison: Comparison,
    out: object,
    language: str = ENGLISH,
    *,
    written: bool = True,
    assumptions: bool = False,
) -> None:
    """Prints the basis, the proofs and the headline figures, and the place of the files: the amounts come last.

    Args:
        comparison: The comparison.
        out: Its folder.
        language: `en` or `nl`.
        written: False when the same simulation was there already.
        assumptions: Whether readings and the notes of scenarios are printed too.
    """
    console = console_of_output()
    rows = without_jobs_of_a_part(comparison).comparison.to_pylist()
    _print_assumptions(console, comparison, language, assumptions=assumptions)
    print_later_figures(comparison, lambda line: _say(console, line, language, hanging=4), language)
    for row in rows:
        for line in _proof(row, with_year=len(comparison.law_years) > 1):
            _say(console, line, language)
    for line in _withheld(comparison):
        _say(console, line, language)
    _print_ranges(console, comparison, language)
    if comparison.sweep.num_rows:
        _say(console, words.SWEEP.sentence(points=comparison.sweep.num_rows), language)
    _say(console, Sentence(BEHAVIOUR, BEHAVIOUR_DUTCH), language, style="bold")
    for text in _headline(rows, comparison.law_years, language):
        console.print(Text(text), soft_wrap=True)
    state = words.WRITTEN if written else words.THERE_ALREADY
    _say(console, state.sentence(place=out), language)


def _headline(rows: Sequence[dict[str, Any]], years: Sequence[int], language: str) -> list[str]:
    """Returns the headline figures as lines: a column per scenario, or per scenario and year when there are several."""
    shown = [
        (name, format_value)
        for name, format_value in _LINES
        if (name != "missing_jobs_exact" or len(years) == 1)
        and (name in _ALWAYS or any(row[name] not in (None, 0) for row in rows))
    ]
    several = len(years) > 1
    columns = [
        Column(
            f"{row['scenario']} {row['year']}" if several else row["scenario"],
            tuple(
                _NONE if row[name] is None else in_language(format_value(row[name]), language)
                for name, format_value in shown
            ),
        )
        for row in rows
    ]
    corner, labels = words.AMOUNTS.words(language), [words.LINES[name].words(language) for name, _ in shown]
    names = list(dict.fromkeys(row["scenario"] for row in rows)) if several else [None]
    lines: list[str] = []
    for name in names:
        block = [column for column, row in zip(columns, rows, strict=True) if name in (None, row["scenario"])]
        lines += ([""] if lines else []) + table(corner, labels, block, screen())
    return lines


def _proof(row: dict[str, Any], *, with_year: bool) -> Iterator[Sentence]:
    """Yields the proof of a solved rate, or that it balances nothing."""
    scenario = f"{row['scenario']} {row['year']}" if with_year else row["scenario"]
    bonus = row["bonus_cents"] + row["unplaced_bonus_cents"]
    if row["surcharge_due"] and not bonus:
        yield words.NOTHING_BALANCES.sentence(scenario=scenario)
        return
    if row["rate_quotient"] is not None:
        exact = Fraction(row["rate_quotient"])
        about, rate = decimal_text(exact, 6), percent_text(row["rate_hundredths"])
        yield words.IN_BALANCE.sentence(scenario=scenario, exact=exact, about=about, rate=rate)
    if row["rate_below_hundredths"] is not None:
        yield words.PAYS_BONUS.sentence(
            scenario=scenario, rate=percent_text(row["rate_hundredths"]), surcharge=euro_text(row["surcharge_cents"]),
            bonus=euro_text(bonus), below=percent_text(row["rate_below_hundredths"]),
            less=euro_text(row["rate_below_surcharge_cents"]),
        )  # fmt: skip


def _withheld(comparison: Comparison) -> Iterator[Sentence]:
    """Yields why a scenario has no savings loss, or no zero of hired-in work."""
    explanations = {REMARK_HIRED_IN, *(finding.meaning for finding in OF_JOBS)}
    scenarios_by_text: dict[str, list[str]] = {}
    for row in comparison.assumptions.to_pylist():
        if row["kind"] == "remark" and row["text"] in explanations:
            names = scenarios_by_text.setdefault(row["text"], [])
            names += [] if row["scenario"] in names else [row["scenario"]]
    for text, names in scenarios_by_text.items():
        yield words.NOTE.sentence(scenario=", ".join(names), text=_sentence(comparison, text))


def _print_ranges(console: Console, comparison: Comparison, language: str) -> None:
    """Prints the figure that moves each outcome most, and the rounding of a solved rate, which no figure moves."""
    rows = comparison.of_year(comparison.law_years[-1]).ranges.to_pylist()
    moving = [row for row in rows if row["rank"] == 1 and row["width"]]
    if moving:
        several = len(comparison.law_years) > 1
        year = words.IN_YEAR.sentence(year=str(comparison.law_years[-1])) if several else ""
        _say(console, words.RANGES.sentence(year=year), language)
    for row in moving:
        shown = _format_of(row)
        line = words.RANGE.sentence(
            scenario=row["scenario"], outcome=stripped(words.LINES[row["outcome"]].sentence()),
            parameter=row["parameter"], low_value=value_in_words(row["low_value"]),
            high_value=value_in_words(row["high_value"]),
            low=shown(row["outcome_low"]), high=shown(row["outcome_high"]), middle=shown(row["outcome_middle"]),
            unit=(words.JOBS if row["outcome"].endswith("_hundredths") else words.EURO).sentence(),
        )  # fmt: skip
        _say(console, line, language, hanging=2)
    rounded = [row for row in rows if row["rank"] == 1 and row["outcome"] == "balance_cents" and row["rounding"]]
    for row in rounded:
        rounding = words.ROUNDING.sentence(scenario=row["scenario"], euros=euro_text(row["rounding"]))
        _say(console, rounding, language)


def _format_of(row: dict[str, Any]) -> Callable[[Any], Sentence]:
    return _jobs if row["outcome"].endswith("_hundredths") else euro_text


def _print_assumptions(console: Console, comparison: Comparison, language: str, *, assumptions: bool) -> None:
    """Prints assumed figures and remarks, and when asked readings and notes, each once.

    Figures of a later year stand apart, with how they came about: see `print_later_figures`.
    """
    later = {(row["place"], row["parameter"]) for row in comparison.later_figures.to_pylist()}
    rows = [row for row in comparison.assumptions.to_pylist() if (row["place"], row["name"]) not in later]
    left = {kind: len({_line(comparison, row) for row in rows if row["kind"] == kind}) for kind in _BEHIND_OPTION}
    for kind, title in words.KINDS.items():
        if kind in _BEHIND_OPTION and not assumptions:
            continue
        lines = dict.fromkeys(_line(comparison, row) for row in rows if row["kind"] == kind)
        if lines:
            _say(console, phrase("{title}:", title=title.sentence()), language)
        for line in lines:
            _say(console, phrase("  - {line}", line=line), language, hanging=2)
    if not assumptions and any(left.values()):
        _say(console, BEHIND_OPTION.sentence(readings=left["reading"], notes=left["note"]), language)


def _line(comparison: Comparison, row: dict[str, Any]) -> Sentence:
    if row["kind"] == "assumed figure":
        value = _sentence(comparison, row["value"])
        return words.ASSUMED.sentence(name=row["name"], value=value, source=row["source"])
    text = _sentence(comparison, row["text"])
    if row["kind"] == "reading":
        return words.READING.sentence(text=text, source=cited(row["source"]))
    return words.NOTE.sentence(scenario=row["scenario"], text=text)


def _sentence(comparison: Comparison, text: str) -> Sentence:
    """A text of the table of assumptions in both languages, where its Dutch is known."""
    return Sentence(text, comparison.dutch.get(text, text))


__all__ = ["show", "show_differences"]
