"""Text shared by the pages of a comparison."""

from collections.abc import Iterator

from rich.console import Console
from rich.table import Table

from quotum.diff.sides import Pair, Side
from quotum.money import euro_text, hundredths_text

WIDTH_WITHOUT_TERMINAL = 200
SHORT_DIGEST = 16


def console() -> Console:
    """Returns the console for a page: the terminal, or text without colour."""
    terminal = Console(highlight=False, markup=False)
    if terminal.is_terminal:
        return terminal
    return Console(highlight=False, markup=False, width=WIDTH_WITHOUT_TERMINAL, color_system=None)


def grid(*headings: str, left: int = 1) -> Table:
    """Returns a table without lines, its first columns to the left and the others to the right."""
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), show_header=any(headings), header_style="")
    for place, heading in enumerate(headings):
        table.add_column(heading, justify="left" if place < left else "right", no_wrap=True)
    return table


def heading(pair: Pair, subject: str) -> str:
    """Returns the first line: the subject, and whether it is a simulation."""
    mark = "SIMULATION: " if pair.simulation else ""
    return f"{mark}{subject} of {pair.first.year} ({pair.first.regime})"


def side_lines(pair: Pair) -> Iterator[str]:
    """Yields a line on each of the runs, and on what they share."""
    same_scenario = pair.first.scenario == pair.second.scenario
    same_baseline = pair.first.baseline_source == pair.second.baseline_source
    for name, side in (("First run: ", pair.first), ("Second run:", pair.second)):
        yield f"{name} {_description(side, with_scenario=not same_scenario, with_baseline=not same_baseline)}"
    if same_scenario and pair.first.scenario:
        yield f"Scenario of both: {pair.first.scenario}"


def _description(side: Side, *, with_scenario: bool, with_baseline: bool) -> str:
    parts = [
        f"returns as filed by {side.as_of}",
        *([f"as known on {side.known_on}"] if side.known_on else []),
        *([f"decided on {side.decided_on}"] if side.decided_on else []),
        *([f"scenario: {side.scenario or 'none'}"] if with_scenario else []),
        *([f"baseline {side.baseline_source or 'not said'}"] if with_baseline else []),
        f"sha256 {side.digest[:SHORT_DIGEST]}...",
    ]
    return ", ".join(parts)


def signed_euros(cents: int) -> str:
    """Formats an amount with its sign: "+1,234.56"."""
    return f"{'+' if cents > 0 else ''}{euro_text(cents)}"


def signed(number: int) -> str:
    """Formats a whole number with its sign."""
    return f"{number:+,}" if number else "0"


def percentage(hundredths: int | None) -> str:
    """Formats a rate in hundredths of a percent point."""
    return "none" if hundredths is None else f"{hundredths_text(hundredths)}%"


def employer_name(first: int | None, second: int | None) -> str:
    """Names an employer by its sequence number in a run: never by RSIN."""
    if second is not None:
        return f"employer {second}"
    return f"employer {first} of the first run"
