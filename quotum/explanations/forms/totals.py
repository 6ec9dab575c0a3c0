"""What was settled for an employer, in words: the amounts, or what a decision on a quota levy would state."""

from collections.abc import Iterator
from fractions import Fraction

from quotum.explanations.explanation import Explanation
from quotum.explanations.settled_rows import Record
from quotum.explanations.telling import Pairs
from quotum.explanations.words import (
    ABOUT_LEVY,
    ABOUT_PERSON,
    ADDS_UP,
    ADDS_UP_WITH_OTHERS,
    ADDS_UP_WITH_REST,
    AMOUNTS,
    HEADING,
    NONE,
    OF_LEVY,
    SETTLED,
    SIMULATION_OF,
    UNKNOWN,
    WOULD_STATE,
)
from quotum.money import count_text, decimal_text, euro_text, percent_text
from quotum.words import in_language

_TENTHS = 10


def totals(explanation: Explanation) -> Pairs:
    """Names and values, in the order in which they are read."""
    row, hours, language = explanation.settled.employer, explanation.settled.hours, explanation.language
    if hours is not None:
        values = _levy(row, hours, language)
        return tuple((words.words(language), in_language(values[name], language)) for name, words in OF_LEVY.items())
    return tuple((words.words(language), amount_text(row[name], language)) for name, words in AMOUNTS.items())


def amount_text(cents: int, language: str) -> str:
    """An amount with the separators of a language."""
    return in_language(euro_text(cents), language)


def mark_simulation(explanation: Explanation, words: str) -> str:
    """Words, marked when the run is a simulation."""
    return SIMULATION_OF.words(explanation.language, what=words) if explanation.simulation else words


def aligned(pairs: Pairs) -> Iterator[str]:
    """Names and values in two columns of text."""
    widest = max((len(name) for name, _ in pairs), default=0)
    right = max((len(value) for _, value in pairs), default=0)
    yield from (f"  {name:<{widest}}  {value:>{right}}" for name, value in pairs)


def heading(explanation: Explanation) -> str:
    """The heading."""
    language, person = explanation.language, explanation.person
    return HEADING.words(
        language,
        employer=explanation.employer,
        person="" if person is None else ABOUT_PERSON.words(language, person=person),
        year=explanation.year,
        levy="" if explanation.settled.hours is None else ABOUT_LEVY.words(language),
        as_of=explanation.as_of,
    )


def adds_up(explanation: Explanation) -> str:
    """What the totals are; an explanation that does not add up is never shown."""
    language = explanation.language
    what = (SETTLED if explanation.settled.hours is None else WOULD_STATE).words(language)
    whole = ADDS_UP if explanation.person is None else ADDS_UP_WITH_OTHERS
    return (ADDS_UP_WITH_REST if explanation.only else whole).words(language, what=what)


def _levy(row: Record, hours: Record, language: str) -> dict[str, str]:
    percentage = row["quota_percentage_hundredths"]
    numbers = {name: count_text(value) for name, value in {**hours, **row}.items() if isinstance(value, int)}
    return numbers | {
        "sector": row["sector"] or UNKNOWN.words(language),
        "percentage": NONE.words(language) if percentage is None else percent_text(percentage),
        "shortage": decimal_text(Fraction(row["quota_shortage_tenths"], _TENTHS), 1),
        "levy": euro_text(row["quota_levy_cents"]),
    }
