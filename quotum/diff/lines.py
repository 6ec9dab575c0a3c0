"""Small pieces of text that the pages of a comparison share."""

from collections.abc import Iterator

from rich.console import Console
from rich.table import Table

from quotum.diff.sides import Pair, Side
from quotum.money import euro_text, hundredths_text

WIDTH_WITHOUT_TERMINAL = 200
SHORT_DIGEST = 16


def console() -> Console:
    """Where a page goes: the terminal, or text without colour."""
    found = Console(highlight=False, markup=False)
    if found.is_terminal:
        return found
    return Console(highlight=False, markup=False, width=WIDTH_WITHOUT_TERMINAL, color_system=None)


def grid(*headings: str, left: int = 1) -> Table:
    """A table without lines, its first columns to the left and the others to the right."""
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), show_header=any(headings), header_style="")
    for place, heading in enumerate(headings):
        table.add_column(heading, justify="left" if place < left else "right", no_wrap=True)
    return table


def heading(pair: Pair, what: str) -> str:
    """The first line: what is compared, and whether it is a simulation."""
    mark = "SIMULATION: " if pair.simulation else ""
    return f"{mark}{what} of {pair.first.year} ({pair.first.regime})"


def side_lines(pair: Pair) -> Iterator[str]:
    """A line on each of the runs, and on what they share."""
    same = pair.first.scenario == pair.second.scenario
    same_baseline = pair.first.baseline_source == pair.second.baseline_source
    for name, side in (("First run: ", pair.first), ("Second run:", pair.second)):
        yield f"{name} {_asked(side, with_scenario=not same, with_baseline=not same_baseline)}"
    if same and pair.first.scenario:
        yield f"Scenario of both: {pair.first.scenario}"


def _asked(side: Side, *, with_scenario: bool, with_baseline: bool) -> str:
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
    """An amount with its sign: "+1,234.56"."""
    return f"{'+' if cents > 0 else ''}{euro_text(cents)}"


def signed(number: int) -> str:
    """A whole number with its sign."""
    return f"{number:+,}" if number else "0"


def percentage(hundredths: int | None) -> str:
    """A rate in hundredths of a percent point."""
    return "none" if hundredths is None else f"{hundredths_text(hundredths)}%"


def employer_name(first: int | None, second: int | None) -> str:
    """An employer by its sequence number in a run: never by RSIN."""
    if second is not None:
        return f"employer {second}"
    return f"employer {first} of the first run"
