"""An explanation as text: the amounts first, then a line per step in columns."""

import textwrap
from collections.abc import Iterator
from typing import Final

from quotum.explain.explanation import Explanation
from quotum.explain.layout import Line, Named, Question, sections
from quotum.explain.totals import adds_up, heading, totals
from quotum.money import euro_text

_WIDTH: Final = 110
_MARK_WIDTH: Final = len("reading")
FOOTINGS: Final = {
    "law": "read in the provision named",
    "reading": "the provision is silent: what is held stands above the lines",
    "assumed": "rests on a figure that is only assumed, that a scenario set, or that this version does not ship",
}
NOT_ENACTED: Final = "Not enacted: a figure of this run is not what the version that it names ships"
_EURO, _ANSWER = "euro", "answer"


def as_text(explanation: Explanation) -> str:
    """The whole explanation."""
    return "".join(f"{line.rstrip()}\n" for line in _lines(explanation))


def _lines(explanation: Explanation) -> Iterator[str]:
    mark = "SIMULATION: " if explanation.simulation else ""
    yield f"{mark}{heading(explanation)}"
    yield f"Run with tag manifest sha256 {explanation.run_digest}"
    yield from (line for one in explanation.not_shipped for line in _wrapped(f"{NOT_ENACTED}: {one}", ""))
    yield ""
    yield from _wrapped(f"{mark}{adds_up(explanation)}:", "")
    yield from _totals(totals(explanation))
    yield ""
    yield "Every step begins with what it stands on:"
    yield from (f"  {footing:<{_MARK_WIDTH}}  {words}" for footing, words in FOOTINGS.items())
    for title, questions in sections(explanation.steps):
        yield ""
        yield f"{mark}{title}"
        yield "=" * len(f"{mark}{title}")
        for question in questions:
            yield ""
            yield from _question(question)


def _totals(named: Named) -> Iterator[str]:
    widest = max((len(name) for name, _ in named), default=0)
    right = max((len(value) for _, value in named), default=0)
    yield from (f"  {name:<{widest}}  {value:>{right}}" for name, value in named)


def _question(question: Question) -> Iterator[str]:
    yield from _wrapped(question.question, "")
    yield from _wrapped(f"[{question.article}]", "  ")
    yield from (line for named in question.shared for line in _named(named, "  "))
    if any(line.details for line in question.lines):
        yield from (row for line in question.lines for row in _block(question, line))
    else:
        yield from _table(question)


def _table(question: Question) -> Iterator[str]:
    euro = (_EURO,) if question.has_amounts else ()
    head = ("", *question.columns, *euro, _ANSWER)
    rows = [(line.step.footing, *line.cells, *(_euro(line) for _ in euro), line.step.result) for line in question.lines]
    shown = [head, *rows] if question.columns else rows
    widths = [max(len(row[place]) for row in shown) for place in range(len(head))]
    widths[0] = _MARK_WIDTH
    right = {place for place, name in enumerate(head) if name in {_EURO, *question.numbers}}
    for row in shown:
        cells = [
            f"{cell:>{width}}" if place in right else f"{cell:<{width}}"
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        yield f"  {'  '.join(cells)}"


def _block(question: Question, line: Line) -> Iterator[str]:
    """A step with inputs of its own: its answer, and what it follows from below it."""
    amount = f"  {_euro(line)} euro" if question.has_amounts and _euro(line) else ""
    about = "  ".join(cell for cell in line.cells if cell)
    yield f"  {line.step.footing:<{_MARK_WIDTH}}  {about}{'  ' if about else ''}{line.step.result}{amount}"
    yield from (row for named in line.details for row in _named(named, " " * (_MARK_WIDTH + 6)))


def _euro(line: Line) -> str:
    return "" if line.step.amount_cents is None else euro_text(line.step.amount_cents)


def _named(named: tuple[str, str], indent: str) -> Iterator[str]:
    yield from _wrapped(f"{named[0]}: {named[1]}", indent)


def _wrapped(text: str, indent: str) -> Iterator[str]:
    yield from textwrap.wrap(
        text, _WIDTH, initial_indent=indent, subsequent_indent=f"{indent}  ", break_long_words=False,
        break_on_hyphens=False,
    )  # fmt: skip
