"""A simulation on the terminal: its differences, its basis and its outcome."""

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any, Final

from rich.console import Console
from rich.text import Text

from quotum.comparison.record import BEHAVIOUR, Comparison
from quotum.law.wfsv.job_count import REMARK_HIRED_IN
from quotum.money import decimal_text, euro_text, hundredths_text
from quotum.output.layout import WIDTH_WITHOUT_TERMINAL, Column, paragraph, screen, table
from quotum.run.findings.declared import OF_JOBS
from quotum.simulate.later_figures import print_later_figures
from quotum.simulate.plan import Alternative, Plan
from quotum.simulate.years_words import BEHIND_OPTION, FROM_YEAR, GROWS_BY, ROWS_AS_THEY_ARE
from quotum.words import ENGLISH

_NONE: Final = "-"


def _jobs(value: int) -> str:
    whole, _, rest = decimal_text(Fraction(value, 100)).partition(".")
    return f"{int(whole):,}.{rest}" if not whole.startswith("-") else f"-{int(whole[1:]):,}.{rest}"


def _count(value: int) -> str:
    return f"{value:,}"


def _rate(value: int) -> str:
    return f"{hundredths_text(value)}%"


_LINES: Final[tuple[tuple[str, str, Callable[[Any], str]], ...]] = (
    ("Surcharge rate", "rate_hundredths", _rate),
    ("  where it comes from", "rate_source", str),
    ("Surcharge (inclusiviteitsopslag)", "surcharge_cents", euro_text),
    ("Quota levy (quotumheffing)", "levy_cents", euro_text),
    ("LKV (loonkostenvoordeel)", "lkv_cents", euro_text),
    ("Bonus (banenafspraakbonus)", "bonus_cents", euro_text),
    ("Guidance bonus (begeleidingsbonus)", "guidance_cents", euro_text),
    ("LKV of people without employer", "unplaced_lkv_cents", euro_text),
    ("Bonus of people without employer", "unplaced_bonus_cents", euro_text),
    ("Cost of measures", "measure_cost_cents", euro_text),
    ("Net for employers, for insight", "net_cents", euro_text),
    ("Balance: what the state keeps", "balance_cents", euro_text),
    ("Gain of employers against the law", "gain_cents", euro_text),
    ("Break-even share of hours", "break_even_share_hundredths", _rate),
    ("Employers", "employers", _count),
    ("  small, exempt from a surcharge", "small_employers", _count),
    ("  paying", "payers", _count),
    ("  receiving", "receivers", _count),
    ("  winning against the law", "winners", _count),
    ("  losing against the law", "losers", _count),
    ("Sectors judged", "sectors_judged", str),
    ("Extra jobs agreed", "target_jobs_hundredths", _jobs),
    ("Extra jobs realised", "realised_jobs_hundredths", _jobs),
    ("  above the baseline", "baseline_source", str),
    ("Missing jobs", "missing_jobs_hundredths", _jobs),
    ("  exact", "missing_jobs_exact", str),
    ("  times the saving per job (assumed)", "saving_per_job_cents", euro_text),
    ("Savings loss (besparingsverlies)", "savings_loss_cents", euro_text),
    ("  low end", "savings_loss_low_cents", euro_text),
    ("  high end", "savings_loss_high_cents", euro_text),
    ("One percent more jobs", "one_percent_jobs_hundredths", _jobs),
    ("  would change missing jobs by", "one_percent_missing_jobs_hundredths", _jobs),
    ("  would change the savings loss by", "one_percent_savings_loss_cents", euro_text),
    ("  would change LKV and bonus by", "one_percent_paid_cents", euro_text),
)
_WORDS: Final = {name: words for words, name, _ in _LINES}
_BEHIND_OPTION: Final = ("reading", "note")
_ALWAYS: Final = frozenset({"surcharge_cents", "lkv_cents", "net_cents", "balance_cents", "savings_loss_cents"})


def _console() -> Console:
    """Returns a console that breaks no line: `_say` breaks them between words."""
    console = Console(highlight=False)
    return console if console.is_terminal else Console(highlight=False, width=WIDTH_WITHOUT_TERMINAL, color_system=None)


def _say(console: Console, sentence: str, *, style: str = "", hanging: int = 0) -> None:
    """Prints a sentence, broken between words at the width of the screen."""
    console.print(Text(paragraph(sentence, screen(), hanging=hanging), style=style), soft_wrap=True)


def show_differences(plan: Plan, language: str = ENGLISH) -> None:
    """Prints the differences of each scenario from the law as it is, before anything runs.

    Args:
        plan: The plan.
        language: `en` or `nl`.
    """
    console, request = _console(), plan.request
    head = f"SIMULATION over {request.year}, returns as filed by {request.as_of}: nothing is settled"
    _say(console, head, style="bold")
    if request.law_years != (request.year,):
        years = ", ".join(str(year) for year in request.law_years)
        _say(console, ROWS_AS_THEY_ARE.words(language, rows=str(request.year), years=years), style="bold")
    for name in plan.names[1:]:
        in_years = [alternative for alternative in plan.scenarios if alternative.name == name]
        _say(console, f"{name}: {in_years[0].title}", style="bold")
        every = [_differences(plan, alternative, language) for alternative in in_years]
        for number, (alternative, lines) in enumerate(zip(in_years, every, strict=True)):
            if number and lines == every[number - 1]:
                continue
            if any(lines != other for other in every):
                _say(console, FROM_YEAR.words(language, year=str(alternative.year)))
            for line in lines:
                _say(console, line, hanging=2)


def _differences(plan: Plan, alternative: Alternative, language: str) -> list[str]:
    differences, scenario = plan.differences(alternative), alternative.scenario
    lines = [
        f"  {difference.parameter}: {'no value' if difference.law is None else difference.law} -> {difference.value} "
        f"({difference.unit})"
        for difference in differences
    ]
    if scenario is None:
        return lines
    if scenario.extra_registrations is not None:
        lines.append(f"  a second register: {scenario.extra_registrations.name}")
    if scenario.regions:
        lines.append(f"  a guidance bonus for {len(scenario.regions)} labour market regions")
    lines += [GROWS_BY.words(language, parameter=stated.name, growth=stated.text) for stated in scenario.growth]
    return lines or ["  no parameter differs from the law as it is"]


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
    console = _console()
    rows = comparison.comparison.to_pylist()
    _print_assumptions(console, comparison, language, assumptions=assumptions)
    print_later_figures(comparison, lambda line: _say(console, line, hanging=4), language)
    for row in rows:
        _print_proof(console, row, with_year=len(comparison.law_years) > 1)
    _print_withheld(console, comparison)
    _print_ranges(console, comparison)
    if comparison.sweep.num_rows:
        console.print(f"Sweep: {comparison.sweep.num_rows:,} points, in sweep.csv")
    _say(console, BEHAVIOUR, style="bold")
    for line in _headline(rows, comparison.law_years):
        console.print(Text(line), soft_wrap=True)
    _say(console, f"Simulation {'written' if written else 'there already, the same'}: {out}")


def _headline(rows: Sequence[dict[str, Any]], years: Sequence[int]) -> list[str]:
    """Returns the headline figures as lines: a column per scenario, or per scenario and year when there are several."""
    shown = [
        (words, name, format_value)
        for words, name, format_value in _LINES
        if (name != "missing_jobs_exact" or len(years) == 1)
        and (name in _ALWAYS or any(row[name] not in (None, 0) for row in rows))
    ]
    several = len(years) > 1
    columns = [
        Column(
            f"{row['scenario']} {row['year']}" if several else row["scenario"],
            tuple(_NONE if row[name] is None else format_value(row[name]) for _, name, format_value in shown),
        )
        for row in rows
    ]
    corner, labels = "SIMULATION, amounts in euro", [words for words, _, _ in shown]
    names = list(dict.fromkeys(row["scenario"] for row in rows)) if several else [None]
    lines: list[str] = []
    for name in names:
        block = [column for column, row in zip(columns, rows, strict=True) if name in (None, row["scenario"])]
        lines += ([""] if lines else []) + table(corner, labels, block, screen())
    return lines


def _print_proof(console: Console, row: dict[str, Any], *, with_year: bool) -> None:
    """Prints the proof of a solved rate, or that it balances nothing."""
    who = f"{row['scenario']} {row['year']}" if with_year else row["scenario"]
    if row["surcharge_due"] and not row["bonus_cents"] + row["unplaced_bonus_cents"]:
        _say(console, f"{who}: nothing balances: nobody has a right to a bonus")
        return
    if row["rate_quotient"] is not None:
        exact = Fraction(row["rate_quotient"])
        _say(
            console,
            f"{who}: in balance at exactly {exact} percent (about {decimal_text(exact, 6)}), rounded half "
            f"up to {_rate(row['rate_hundredths'])}",
        )
    if row["rate_below_hundredths"] is not None:
        bonus = row["bonus_cents"] + row["unplaced_bonus_cents"]
        _say(
            console,
            f"{who}: {_rate(row['rate_hundredths'])} brings in {euro_text(row['surcharge_cents'])} and "
            f"pays the bonus of {euro_text(bonus)}; {_rate(row['rate_below_hundredths'])} would bring in "
            f"{euro_text(row['rate_below_surcharge_cents'])} and does not",
        )


def _print_withheld(console: Console, comparison: Comparison) -> None:
    """Prints why a scenario has no savings loss, or no zero of hired-in work."""
    explanations = {REMARK_HIRED_IN, *(finding.meaning for finding in OF_JOBS)}
    scenarios_by_text: dict[str, list[str]] = {}
    for row in comparison.assumptions.to_pylist():
        if row["kind"] == "remark" and row["text"] in explanations:
            names = scenarios_by_text.setdefault(row["text"], [])
            names += [] if row["scenario"] in names else [row["scenario"]]
    for text, names in scenarios_by_text.items():
        _say(console, f"{', '.join(names)}: {text}")


def _print_ranges(console: Console, comparison: Comparison) -> None:
    """Prints the figure that moves each outcome most, and the rounding of a solved rate, which no figure moves."""
    rows = comparison.of_year(comparison.law_years[-1]).ranges.to_pylist()
    moving = [row for row in rows if row["rank"] == 1 and row["width"]]
    if moving:
        year = f" in {comparison.law_years[-1]}" if len(comparison.law_years) > 1 else ""
        _say(console, f"Figures given as a range, the one that moves an outcome most{year}:")
    for row in moving:
        format_value = _format_of(row)
        unit = "jobs" if row["outcome"].endswith("_hundredths") else "euro"
        ends = f"{format_value(row['outcome_low'])} to {format_value(row['outcome_high'])} {unit}"
        figure = f"{row['parameter']} {row['low_value']} to {row['high_value']}"
        itself = f"{format_value(row['outcome_middle'])} in the scenario itself"
        _say(console, f"  - {row['scenario']}, {_WORDS[row['outcome']].strip()}: {figure}: {ends}; {itself}", hanging=2)
    rounded = [row for row in rows if row["rank"] == 1 and row["outcome"] == "balance_cents" and row["rounding"]]
    for row in rounded:
        _say(
            console,
            f"{row['scenario']}: {euro_text(row['rounding'])} euro of the balance is the rounding of the solved rate "
            "and of each return to whole euros; no figure moves it, so the ends of a range hold it too",
        )


def _format_of(row: dict[str, Any]) -> Callable[[Any], str]:
    return _jobs if row["outcome"].endswith("_hundredths") else euro_text


def _print_assumptions(console: Console, comparison: Comparison, language: str, *, assumptions: bool) -> None:
    """Prints assumed figures and remarks, and when asked readings and notes, each once.

    Figures of a later year stand apart, with how they came about: see `print_later_figures`.
    """
    later = {(row["place"], row["parameter"]) for row in comparison.later_figures.to_pylist()}
    rows = [row for row in comparison.assumptions.to_pylist() if (row["place"], row["name"]) not in later]
    left = {kind: len({_line(row) for row in rows if row["kind"] == kind}) for kind in _BEHIND_OPTION}
    titles = {
        "assumed figure": "Assumed figures these results rest on",
        "reading": "Readings these results rest on",
        "note": "Notes of the scenarios",
        "remark": "Remarks",
    }
    for kind, title in titles.items():
        if kind in _BEHIND_OPTION and not assumptions:
            continue
        lines = dict.fromkeys(_line(row) for row in rows if row["kind"] == kind)
        if lines:
            console.print(f"{title}:")
        for line in lines:
            _say(console, f"  - {line}", hanging=2)
    if not assumptions and any(left.values()):
        _say(console, BEHIND_OPTION.words(language, readings=left["reading"], notes=left["note"]))


def _line(row: dict[str, Any]) -> str:
    if row["kind"] == "assumed figure":
        return f"{row['name']} = {row['value']} (assumed: {row['source']})"
    if row["kind"] == "reading":
        return f"{row['text']} [{row['source']}]"
    return f"{row['scenario']}: {row['text']}"


__all__ = ["show", "show_differences"]
