"""Text shared by the pages of a comparison."""

from collections.abc import Iterator

from rich.console import Console
from rich.table import Table
from rich.text import Text

from quotum.diff import words
from quotum.diff.sides import Pair, Side
from quotum.money import euro_text, hundredths_text
from quotum.words import Sentence, in_language, joined, marked, phrase

SHORT_DIGEST = 16


def grid(*headings: str, left: int = 1) -> Table:
    """Returns a table without lines, its first columns to the left and the others to the right."""
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), show_header=any(headings), header_style="")
    for place, heading in enumerate(headings):
        table.add_column(heading, justify="left" if place < left else "right", no_wrap=True)
    return table


def show(page: Console, line: str, language: str, *, style: str = "") -> None:
    """Prints a line in a language, however long it is."""
    page.print(Text(in_language(line, language), style=style), soft_wrap=True)


def heading(pair: Pair, subject: str) -> Sentence:
    """Returns the first line: the subject, and whether it is a simulation."""
    mark = marked(pair.simulation)
    return words.HEADING.sentence(mark=mark, subject=subject, year=pair.first.year, regime=pair.first.regime)


def side_lines(pair: Pair) -> Iterator[Sentence]:
    """Yields a line on each of the runs, and on what they share."""
    same_scenario = pair.first.scenario == pair.second.scenario
    same_baseline = pair.first.baseline_source == pair.second.baseline_source
    for text, side in ((words.FIRST_RUN, pair.first), (words.SECOND_RUN, pair.second)):
        yield text.sentence(side=_description(side, with_scenario=not same_scenario, with_baseline=not same_baseline))
    if same_scenario and pair.first.scenario:
        yield words.SCENARIO_OF_BOTH.sentence(title=pair.first.scenario)


def _description(side: Side, *, with_scenario: bool, with_baseline: bool) -> Sentence:
    scenario, baseline = side.scenario or words.NONE.sentence(), words.NOT_SAID.sentence()
    if side.baseline_source:
        baseline = words.BASELINES[side.baseline_source].sentence()
    parts = [
        words.AS_OF.sentence(day=side.as_of),
        *([words.KNOWN_ON.sentence(day=side.known_on)] if side.known_on else []),
        *([words.DECIDED_ON.sentence(day=side.decided_on)] if side.decided_on else []),
        *([words.SCENARIO.sentence(title=scenario)] if with_scenario else []),
        *([words.BASELINE.sentence(name=baseline)] if with_baseline else []),
        f"sha256 {side.digest[:SHORT_DIGEST]}...",
    ]
    return joined(", ", parts)


def signed_euros(cents: int) -> Sentence:
    """Formats an amount with its sign: "+1,234.56"."""
    return phrase("{sign}{euros}", sign="+" if cents > 0 else "", euros=euro_text(cents))


def signed(number: int) -> Sentence:
    """Formats a whole number with its sign."""
    return phrase("{number:+,}", number=number) if number else phrase("0")


def percentage(hundredths: int | None) -> Sentence:
    """Formats a rate in hundredths of a percent point."""
    return words.NONE.sentence() if hundredths is None else phrase("{number}%", number=hundredths_text(hundredths))


def employer_name(first: int | None, second: int | None) -> Sentence:
    """Names an employer by its sequence number in a run: never by RSIN."""
    if second is not None:
        return words.EMPLOYER.sentence(number=second)
    return words.EMPLOYER_OF_FIRST.sentence(number=first)
