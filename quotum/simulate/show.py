"""A simulation on the terminal: its differences, its outcome and its basis."""

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any, Final

from rich.console import Console
from rich.table import Table
from rich.text import Text

from quotum.comparison.record import BEHAVIOUR, Comparison
from quotum.law.wfsv.job_count import REMARK_HIRED_IN
from quotum.money import decimal_text, euro_text, hundredths_text
from quotum.parameters import load_book, read_scenario, shipped_scenarios
from quotum.run.findings.declared import OF_JOBS
from quotum.simulate.plan import Plan

WIDTH_WITHOUT_TERMINAL: Final = 200
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
_ALWAYS: Final = frozenset({"surcharge_cents", "lkv_cents", "net_cents", "balance_cents", "savings_loss_cents"})


def _console() -> Console:
    console = Console(highlight=False)
    return console if console.is_terminal else Console(highlight=False, width=WIDTH_WITHOUT_TERMINAL, color_system=None)


def show_list() -> None:
    """Prints the scenarios that come with quotum."""
    console, book = _console(), load_book()
    console.print("law: the law as it is, with which every scenario is compared")
    for name in shipped_scenarios():
        scenario = read_scenario(name, book)
        console.print(Text(f"{name}: {scenario.title}", style="bold"), soft_wrap=True)
        console.print(Text(f"  {scenario.note}"), soft_wrap=True)


def show_differences(plan: Plan) -> None:
    """Prints the differences of each scenario from the law as it is, before anything runs."""
    console, request = _console(), plan.request
    head = f"SIMULATION over {request.year}, returns as filed by {request.as_of}: nothing is settled"
    console.print(Text(head, style="bold"))
    for alternative in plan.alternatives[1:]:
        console.print(Text(f"{alternative.name}: {alternative.title}", style="bold"), soft_wrap=True)
        differences = plan.differences(alternative)
        for difference in differences:
            law = "no value" if difference.law is None else difference.law
            console.print(
                Text(f"  {difference.parameter}: {law} -> {difference.value} ({difference.unit})"), soft_wrap=True
            )
        scenario = alternative.scenario
        if scenario is not None and scenario.extra_registrations is not None:
            console.print(f"  a second register: {scenario.extra_registrations.name}")
        if scenario is not None and scenario.regions:
            console.print(f"  a guidance bonus for {len(scenario.regions)} labour market regions")
        if not differences and (scenario is None or not (scenario.extra_registrations or scenario.regions)):
            console.print("  no parameter differs from the law as it is")


def show(comparison: Comparison, out: object, *, written: bool = True) -> None:
    """Prints the headline figures, their basis, and the place of the files.

    Args:
        comparison: The comparison.
        out: Its folder.
        written: False when the same simulation was there already.
    """
    console = _console()
    rows = comparison.comparison.to_pylist()
    console.print(_headline(rows))
    for row in rows:
        _print_proof(console, row)
    _print_withheld(console, comparison)
    _print_ranges(console, comparison)
    if comparison.sweep.num_rows:
        console.print(f"Sweep: {comparison.sweep.num_rows:,} points, in sweep.csv")
    _print_assumptions(console, comparison)
    console.print(Text(BEHAVIOUR, style="bold"), soft_wrap=True)
    console.print(f"Simulation {'written' if written else 'there already, the same'}: {out}")


def _headline(rows: Sequence[dict[str, Any]]) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("SIMULATION, amounts in euro", no_wrap=True)
    for row in rows:
        table.add_column(row["scenario"], justify="right", overflow="fold")
    for words, name, format_value in _LINES:
        values = [row[name] for row in rows]
        if name in _ALWAYS or any(value not in (None, 0) for value in values):
            table.add_row(words, *(_NONE if value is None else format_value(value) for value in values))
    return table


def _print_proof(console: Console, row: dict[str, Any]) -> None:
    """Prints the proof of a solved rate, or that it balances nothing."""
    if row["surcharge_due"] and not row["bonus_cents"] + row["unplaced_bonus_cents"]:
        console.print(f"{row['scenario']}: nothing balances: nobody has a right to a bonus", soft_wrap=True)
        return
    if row["rate_quotient"] is not None:
        exact = Fraction(row["rate_quotient"])
        console.print(
            f"{row['scenario']}: in balance at exactly {exact} percent (about {decimal_text(exact, 6)}), rounded half "
            f"up to {_rate(row['rate_hundredths'])}",
            soft_wrap=True,
        )
    if row["rate_below_hundredths"] is not None:
        bonus = row["bonus_cents"] + row["unplaced_bonus_cents"]
        console.print(
            f"{row['scenario']}: {_rate(row['rate_hundredths'])} brings in {euro_text(row['surcharge_cents'])} and "
            f"pays the bonus of {euro_text(bonus)}; {_rate(row['rate_below_hundredths'])} would bring in "
            f"{euro_text(row['rate_below_surcharge_cents'])} and does not",
            soft_wrap=True,
        )


def _print_withheld(console: Console, comparison: Comparison) -> None:
    """Prints why a scenario has no savings loss, or no zero of hired-in work."""
    explanations = {REMARK_HIRED_IN, *(finding.meaning for finding in OF_JOBS)}
    scenarios_by_text: dict[str, list[str]] = {}
    for row in comparison.assumptions.to_pylist():
        if row["kind"] == "remark" and row["text"] in explanations:
            scenarios_by_text.setdefault(row["text"], []).append(row["scenario"])
    for text, names in scenarios_by_text.items():
        console.print(Text(f"{', '.join(names)}: {text}"), soft_wrap=True)


def _print_ranges(console: Console, comparison: Comparison) -> None:
    """Prints the figure that moves each outcome most, and the rounding of a solved rate, which no figure moves."""
    rows = comparison.ranges.to_pylist()
    moving = [row for row in rows if row["rank"] == 1 and row["width"]]
    if moving:
        console.print("Figures given as a range, the one that moves an outcome most:")
    for row in moving:
        format_value = _format_of(row)
        unit = "jobs" if row["outcome"].endswith("_hundredths") else "euro"
        ends = f"{format_value(row['outcome_low'])} to {format_value(row['outcome_high'])} {unit}"
        figure = f"{row['parameter']} {row['low_value']} to {row['high_value']}"
        itself = f"{format_value(row['outcome_middle'])} in the scenario itself"
        console.print(
            Text(f"  - {row['scenario']}, {_WORDS[row['outcome']]}: {figure}: {ends}; {itself}"), soft_wrap=True
        )
    rounded = [row for row in rows if row["rank"] == 1 and row["outcome"] == "balance_cents" and row["rounding"]]
    for row in rounded:
        console.print(
            f"{row['scenario']}: {euro_text(row['rounding'])} euro of the balance is the rounding of the solved rate "
            "and of each return to whole euros; no figure moves it, so the ends of a range hold it too",
            soft_wrap=True,
        )


def _format_of(row: dict[str, Any]) -> Callable[[Any], str]:
    return _jobs if row["outcome"].endswith("_hundredths") else euro_text


def _print_assumptions(console: Console, comparison: Comparison) -> None:
    """Prints assumed figures, readings and notes, each once."""
    rows = comparison.assumptions.to_pylist()
    titles = {
        "assumed figure": "Assumed figures these results rest on",
        "reading": "Readings these results rest on",
        "note": "Notes of the scenarios",
        "remark": "Remarks",
    }
    for kind, title in titles.items():
        lines = dict.fromkeys(_line(row) for row in rows if row["kind"] == kind)
        if lines:
            console.print(f"{title}:")
        for line in lines:
            console.print(Text(f"  - {line}"), soft_wrap=True)


def _line(row: dict[str, Any]) -> str:
    if row["kind"] == "assumed figure":
        return f"{row['name']} = {row['value']} (assumed: {row['source']})"
    if row["kind"] == "reading":
        return f"{row['text']} [{row['source']}]"
    return f"{row['scenario']}: {row['text']}"


__all__ = ["show", "show_differences", "show_list"]
