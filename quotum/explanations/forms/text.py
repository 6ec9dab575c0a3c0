"""An explanation as text: the amounts first, then a line per step in columns."""

import textwrap
from collections.abc import Iterator
from typing import Final

from quotum.explanations.explanation import Explanation
from quotum.explanations.forms.layout import Line, Question, sections
from quotum.explanations.forms.totals import adds_up, aligned, amount_text, heading, mark_simulation, totals
from quotum.explanations.words import (
    ANSWER,
    EURO,
    FOOTING_WORDS,
    FOOTINGS,
    NOT_ENACTED,
    RUN_DIGEST,
    STANDS_ON,
)

_WIDTH: Final = 110


def as_text(explanation: Explanation) -> str:
    """The whole explanation."""
    return "".join(f"{line.rstrip()}\n" for line in _lines(explanation))


def _lines(explanation: Explanation) -> Iterator[str]:
    language = explanation.language
    yield mark_simulation(explanation, heading(explanation))
    yield RUN_DIGEST.words(language, digest=explanation.run_digest)
    not_enacted = NOT_ENACTED.words(language)
    yield from (line for figure in explanation.not_shipped for line in _wrapped(f"{not_enacted}: {figure}", ""))
    yield ""
    yield from _wrapped(f"{mark_simulation(explanation, adds_up(explanation))}:", "")
    yield from aligned(totals(explanation))
    yield ""
    yield STANDS_ON.words(language)
    for footing, words in FOOTING_WORDS.items():
        yield f"  {FOOTINGS[footing].words(language):<{_mark_width(language)}}  {words.words(language)}"
    for section, questions in sections(explanation.steps, language):
        title = mark_simulation(explanation, section)
        yield ""
        yield title
        yield "=" * len(title)
        for question in questions:
            yield ""
            yield from _question(question, language)


def _mark_width(language: str) -> int:
    return max(len(words.words(language)) for words in FOOTINGS.values())


def _question(question: Question, language: str) -> Iterator[str]:
    yield from _wrapped(question.question, "")
    yield from _wrapped(f"[{question.article}]", "  ")
    yield from (line for named in question.shared for line in _named(named, "  "))
    if any(line.details for line in question.lines):
        yield from (row for line in question.lines for row in _block(question, line, language))
    else:
        yield from _table(question, language)


def _table(question: Question, language: str) -> Iterator[str]:
    euro = (EURO.words(language),) if question.has_amounts else ()
    head = ("", *question.columns, *euro, ANSWER.words(language))
    rows = [
        (
            FOOTINGS[line.step.footing].words(language),
            *line.cells,
            *(_euro(line, language) for _ in euro),
            line.step.result,
        )
        for line in question.lines
    ]
    shown = [head, *rows] if question.columns else rows
    widths = [max(len(row[place]) for row in shown) for place in range(len(head))]
    widths[0] = _mark_width(language)
    right = {place for place, name in enumerate(head) if name in {*euro, *question.numbers}}
    for row in shown:
        cells = [
            f"{cell:>{width}}" if place in right else f"{cell:<{width}}"
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        yield f"  {'  '.join(cells)}"


def _block(question: Question, line: Line, language: str) -> Iterator[str]:
    """A step with its own inputs: the answer, and the inputs below it."""
    euro, width = EURO.words(language), _mark_width(language)
    amount = f"  {_euro(line, language)} {euro}" if question.has_amounts and _euro(line, language) else ""
    about, footing = "  ".join(cell for cell in line.cells if cell), FOOTINGS[line.step.footing].words(language)
    yield f"  {footing:<{width}}  {about}{'  ' if about else ''}{line.step.result}{amount}"
    yield from (row for named in line.details for row in _named(named, " " * (width + 6)))


def _euro(line: Line, language: str) -> str:
    return "" if line.step.amount_cents is None else amount_text(line.step.amount_cents, language)


def _named(named: tuple[str, str], indent: str) -> Iterator[str]:
    yield from _wrapped(f"{named[0]}: {named[1]}", indent)


def _wrapped(text: str, indent: str) -> Iterator[str]:
    yield from textwrap.wrap(
        text, _WIDTH, initial_indent=indent, subsequent_indent=f"{indent}  ", break_long_words=False,
        break_on_hyphens=False,
    )  # fmt: skip
