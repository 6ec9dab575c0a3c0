"""The words of an explanation: its language, and the names of persons and employers."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from attrs import frozen

from quotum.archive.intervals import FAR_DAY
from quotum.citations import cited
from quotum.explanations.evidence import Interval
from quotum.explanations.settled_rows import RunRecord
from quotum.explanations.step import REASONS, Footing, Step, footing_of
from quotum.explanations.words import (
    CITED,
    ENDED_BY,
    ENDINGS,
    FROM_TO,
    NO,
    NO_BSN,
    NOT_IN_RUN,
    NOW,
    NUMBERED_EMPLOYER,
    NUMBERED_PERSON,
    OTHER_PERSON,
    YES,
    label,
)
from quotum.identifiers import nine_digits, payroll_tax_number_text
from quotum.law.conditions import Condition, Question, Rule, Text
from quotum.law.readings import Reading
from quotum.law.wtl.bonus import PRODUCT
from quotum.money import count_text, euro_text
from quotum.parameters import Figure
from quotum.parameters.units import unit as unit_of
from quotum.parameters.words import STATUSES
from quotum.periods import Period
from quotum.words import in_language, phrase, value_in_words

Pairs = tuple[tuple[str, str], ...]
"""Names and values."""
NO_VALUES: Final[Mapping[str, object]] = {}


@frozen
class Telling:
    """The language, and the names of everybody in an explanation."""

    language: str
    """`en` or `nl`."""
    run: RunRecord
    """The run: other employers are named by their number in it."""
    persons: Mapping[int, str]
    """Names by BSN."""

    def say(self, text: Text, **values: object) -> str:
        """Words in the language, with values filled in."""
        return text.words(self.language, **values)

    def label(self, english: str) -> str:
        """A name of an input."""
        return label(english, self.language)

    def inputs(self, *named: tuple[str, str]) -> Pairs:
        """Inputs with their names in the language."""
        return tuple((self.label(name), value) for name, value in named)

    def yes_no(self, answer: bool) -> str:
        """An answer in a word."""
        return self.say(YES if answer else NO)

    def why_not(self, reasons: Iterable[str]) -> str:
        """Reasons in words, by their codes."""
        return "; ".join(self.say(REASONS[code].text) for code in reasons)

    def citations(self, *figures: Figure) -> Pairs:
        """Figures as inputs, with where they come from."""
        return tuple((figure.name, self._figure(figure)) for figure in figures)

    def _figure(self, figure: Figure) -> str:
        unit = "" if figure.kind == "choice" else f" {unit_of(figure.unit).words(self.language)}"
        status = self.say(STATUSES[figure.status]) if figure.status in STATUSES else figure.status
        return self.say(CITED, value=value_in_words(figure.value), unit=unit, status=status, source=figure.source)

    def read_as(self, *readings: Reading) -> Pairs:
        """Readings as inputs."""
        return tuple(
            (
                self.label("reading"),
                phrase("{text} [{provision}]", text=reading.sentence, provision=cited(reading.provision)),
            )
            for reading in readings
        )

    def step(
        self,
        rule: str,
        asked: Question | Condition[..., Any] | Rule,
        inputs: Pairs,
        result: str,
        *,
        question_values: Mapping[str, object] = NO_VALUES,
        article: str = "",
        figures: Iterable[Figure] = (),
        readings: Iterable[Reading] = (),
        footing: Footing | None = None,
        about: tuple[int, Period] | None = None,
        amount_cents: int | None = None,
        adds_to: str | None = None,
        not_given: tuple[str, ...] = (),
        person: str | None = None,
    ) -> Step:
        """A step of the explanation, with its figures and readings as its last inputs.

        Args:
            rule: Section it belongs to, a key of `SECTIONS`.
            asked: Question and provision.
            inputs: What the answer follows from: name and value.
            result: The answer.
            question_values: Values for the names in braces of the question.
            article: Provision to name instead of the one of the question.
            figures: Figures that the answer stands on.
            readings: Readings that the answer stands on.
            footing: What the answer stands on; the weakest of figures and readings when None.
            about: Payroll tax number and return period.
            amount_cents: The amount it comes to.
            adds_to: Column of the settlement of which the amount is a part.
            not_given: Keys of `REASONS`.
            person: Name of the person.
        """
        figures, readings = tuple(figures), tuple(readings)
        return Step(
            rule=rule,
            question=self.say(asked.text if isinstance(asked, Question) else asked.question, **question_values),
            article=in_language(cited(article or asked.provision), self.language),
            footing=footing or footing_of(figures, readings),
            inputs=tuple(
                (name, in_language(value, self.language))
                for name, value in (*inputs, *self.citations(*figures), *self.read_as(*readings))
            ),
            result=in_language(result, self.language),
            amount_cents=amount_cents,
            adds_to=adds_to,
            not_given=not_given,
            person=person,
            payroll_tax_number=None if about is None else payroll_tax_number_text(about[0]),
            period=None if about is None else about[1],
        )

    def person(self, bsn: int | None) -> str:
        """The person of a row."""
        return self.say(NO_BSN) if bsn is None else self.persons[bsn]

    def employer(self, rsin: int) -> str:
        """Another employer."""
        number = self.run.number_of(rsin)
        return self.say(NOT_IN_RUN) if number is None else self.say(NUMBERED_EMPLOYER, number=number)

    def days(self, interval: Interval) -> str:
        """The days of an interval."""
        last = self.say(NOW) if interval.last == FAR_DAY else interval.last
        how = self.say(ENDED_BY, how=self.say(ENDINGS[interval.ended_by])) if interval.ended_by else ""
        return self.from_to(interval.first, last) + how

    def from_to(self, first: object, last: object) -> str:
        """Two days."""
        return self.say(FROM_TO, first=first, last=last)

    def interval_list(self, intervals: Iterable[Interval], none: str) -> str:
        """Intervals in words."""
        return "; ".join(map(self.days, intervals)) or none


def product_words(hours: int, rate_cents: int, telling: Telling) -> str:
    """Hours times an amount per hour, and the product, in words."""
    rate, product = euro_text(rate_cents), euro_text(hours * rate_cents)
    return telling.say(PRODUCT, hours=count_text(hours), rate=rate, product=product)


def telling_of(
    language: str, run: RunRecord, lines: Mapping[int, int], others: Iterable[int], asked: int | None
) -> Telling:
    """Names persons by sequence number, and by BSN only the person asked for.

    Args:
        language: `en` or `nl`.
        run: The run.
        lines: Sequence number in the run by BSN, of those who have a line in it.
        others: Everybody else, by BSN.
        asked: The person asked for, by BSN.
    """
    names = {bsn: NUMBERED_PERSON.words(language, number=number) for bsn, number in lines.items()}
    rest = sorted(set(others) - names.keys())
    other = OTHER_PERSON if names else NUMBERED_PERSON
    names |= {bsn: other.words(language, number=place) for place, bsn in enumerate(rest, 1)}
    if asked is not None:
        names[asked] = nine_digits(asked)
    return Telling(language, run, names)
