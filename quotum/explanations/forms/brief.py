"""An explanation for a screen: the amounts, what decided them, and what was not granted and why."""

import textwrap
from collections.abc import Iterable, Iterator
from typing import Final

from quotum.explanations.explanation import Explanation
from quotum.explanations.forms.totals import aligned, heading, mark_simulation, totals
from quotum.explanations.step import REASONS, SECTIONS, SETTLEMENT, Step
from quotum.explanations.words import (
    DECIDED_BY,
    GRANTED,
    IN_FULL,
    NOT_GRANTED,
    OF_EMPLOYER,
    OF_ROWS,
    OF_STEPS,
    PERSONS_WITH,
)
from quotum.money import count_text, euro_text

_WIDTH: Final = 110


def as_brief(explanation: Explanation) -> str:
    """The explanation in short, as text."""
    return "".join(f"{line.rstrip()}\n" for line in _lines(explanation))


def _lines(explanation: Explanation) -> Iterator[str]:
    language, steps = explanation.language, explanation.steps
    yield mark_simulation(explanation, heading(explanation))
    yield ""
    if explanation.person is not None:
        yield OF_EMPLOYER.words(language)
    yield from aligned(totals(explanation))
    for title, lines in (
        (DECIDED_BY, _decision_lines(steps)),
        (GRANTED, _granted_lines(steps, language)),
        (NOT_GRANTED, _refused_lines(steps, language)),
    ):
        section = list(lines)
        if section:
            yield ""
            yield f"{title.words(language)}:"
            yield from section
    yield ""
    yield IN_FULL.words(language)


def _decision_lines(steps: Iterable[Step]) -> Iterator[str]:
    """The steps about the employer as a whole, not about a person or a return."""
    for step in steps:
        if step.person is None and step.period is None and step.rule != SETTLEMENT:
            yield from textwrap.wrap(
                f"{step.question} {step.result}", _WIDTH, initial_indent="  ", subsequent_indent="    "
            )


def _granted_lines(steps: Iterable[Step], language: str) -> Iterator[str]:
    """Amounts that persons get, by question."""
    given: dict[str, list[Step]] = {}
    for step in steps:
        if step.person is not None and step.period is None and step.amount_cents and step.adds_to:
            given.setdefault(step.question, []).append(step)
    for question, steps_of_question in given.items():
        amount = euro_text(sum(step.amount_cents or 0 for step in steps_of_question))
        persons = len({step.person for step in steps_of_question})
        yield f"  {question} {PERSONS_WITH.words(language, persons=count_text(persons), amount=amount)}"


def _refused_lines(steps: Iterable[Step], language: str) -> Iterator[str]:
    """How often each reason was given, under its section."""
    groups: dict[str, dict[str, list[Step]]] = {}
    for step in steps:
        for reason in step.not_given:
            groups.setdefault(step.rule, {}).setdefault(reason, []).append(step)
    for rule, title in SECTIONS.items():
        if rule in groups:
            yield f"  {title.words(language)}"
            reasons = [code for code in REASONS if code in groups[rule]]
            named = tuple(
                (REASONS[code].text.words(language), _count_words(groups[rule][code], language)) for code in reasons
            )
            yield from (f"  {line}" for line in aligned(named))


def _count_words(steps: list[Step], language: str) -> str:
    rows, persons = sum(step.period is not None for step in steps), len({step.person for step in steps} - {None})
    if rows and persons:
        return OF_ROWS.words(language, persons=count_text(persons), rows=count_text(rows))
    return OF_STEPS.words(language, steps=count_text(len(steps)))
