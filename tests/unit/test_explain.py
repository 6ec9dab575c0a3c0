"""What an explanation makes itself: names, days in words, and the words of both languages."""

from datetime import date
from fractions import Fraction
from string import Formatter
from types import SimpleNamespace

import pytest
from attrs import evolve

from quotum.archive.intervals import FAR_DAY
from quotum.errors import WrongUse
from quotum.explanations import words
from quotum.explanations.evidence import Interval, join_intervals
from quotum.explanations.rules import transfers
from quotum.explanations.settled_rows import parse_employer
from quotum.explanations.step import REASONS, SECTIONS, footing_of
from quotum.explanations.telling import Telling
from quotum.law import readings
from quotum.law.conditions import DUTCH, ENGLISH, Text
from quotum.law.wfsv.transfers import Transfer
from quotum.parameters import Figures, load_book

OLD, NEW = 111111110, 222222220


def telling(language=ENGLISH):
    return Telling(language, SimpleNamespace(number_of=lambda _rsin: None), {})


def test_footing_is_the_weakest_thing_a_step_stands_on():
    figure = Figures(load_book()).peek("wtl.jobs_agreement_rate", date(2026, 1, 1))
    assumed = evolve(figure, status="assumed")
    assert footing_of() == "law"
    assert footing_of((figure,)) == "law"
    assert footing_of((figure,), (readings.BALANCE,)) == "reading"
    assert footing_of((assumed,), (readings.BALANCE,)) == "assumed"


@pytest.mark.parametrize(
    "text",
    [
        "12345678", "1234567890", "123456789M01", "123456789L1", "123456789L011", "12345678a", "123456789L0a",
        "123.45.6789", "1234.56.78", "1234.56.789.0", "1234.56789",
    ],
)  # fmt: skip
def test_what_is_no_employer(text):
    with pytest.raises(WrongUse):
        parse_employer(text)


@pytest.mark.parametrize(
    ("text", "employer"),
    [
        ("123456789", (123456789, None)),
        ("1234.56.789", (123456789, None)),
        ("123456789L01", (123456789, 12345678901)),
        ("1234.56.789L01", (123456789, 12345678901)),
        ("123456789l12", (123456789, 12345678912)),
    ],
)
def test_an_employer_by_either_number(text, employer):
    assert parse_employer(text) == employer


def test_registrations_that_contradict_each_other_do_not_say_how_they_ended():
    """Those that follow each other within a day are one, and the last day says how it ended."""
    first = Interval("a", date(2024, 1, 1), date(2024, 6, 30), "other")
    second = Interval("a", date(2024, 7, 1), date(2025, 3, 31), "own_request")
    separate = Interval("a", date(2025, 4, 2), FAR_DAY)
    assert join_intervals([second, first, separate]) == (evolve(second, first=first.first), separate)
    contradicts = evolve(second, ended_by="other")
    assert [join_interval.ended_by for join_interval in join_intervals([first, second, contradicts])] == [""]


@pytest.mark.parametrize(
    ("rsin", "on", "expected"),
    [
        pytest.param(NEW, date(2026, 5, 1), "for an acquirer that was an employer already", id="acquirer_in_year"),
        pytest.param(OLD, date(2026, 5, 1), "for a transferor it counts from 1 January 2027", id="transferor_in_year"),
        pytest.param(OLD, date(2026, 1, 1), "of the transferor is not known", id="on_1_january_at_once"),
        pytest.param(OLD, date(2025, 5, 1), "of the transferor is not known", id="the_year_before"),
        pytest.param(OLD, date(2023, 5, 1), "does not correct the wage for 2026", id="too_long_ago"),
        pytest.param(OLD, date(2027, 5, 1), "does not correct the wage for 2026", id="later"),
    ],
)
def test_a_step_says_why_a_transfer_moves_nothing(rsin, on, expected):
    """Besluit Wfsv art. 2.19d lid 3."""
    assert expected in transfers._why_not(Transfer(OLD, NEW, on, Fraction(1)), rsin, 2026, telling())


def names_of(words_in_a_language):
    return {name for _, name, _, _ in Formatter().parse(words_in_a_language) if name}


def test_every_word_is_there_in_dutch_with_the_same_names_to_be_filled():
    tables = [word for word in vars(words).values() if isinstance(word, dict)]
    texts = [word for word in vars(words).values() if isinstance(word, Text)]
    texts += [text for table in tables for text in table.values() if isinstance(text, Text)]
    texts += [*SECTIONS.values(), *(reason.text for reason in REASONS.values())]
    assert len(texts) > 100
    assert [text.english for text in texts if names_of(text.english) != names_of(text.dutch)] == []
    assert [name for name, dutch in words.LABELS.items() if not dutch] == []


def test_every_reading_is_there_in_dutch():
    result = {
        reading.name: reading.text for reading in vars(readings).values() if isinstance(reading, readings.Reading)
    }
    assert result.keys() == readings.IN_DUTCH.keys()
    assert [name for name, text in result.items() if readings.IN_DUTCH[name] == text] == []


def test_days_and_names_in_both_languages():
    interval = Interval("a", date(2024, 1, 1), FAR_DAY)
    assert telling().days(interval) == "2024-01-01 to now"
    assert telling(DUTCH).days(interval) == "2024-01-01 tot en met heden"
    assert telling().inputs(("kind of work", "x")) == (("kind of work", "x"),)
    assert telling(DUTCH).inputs(("kind of work", "x")) == (("soort werk", "x"),)
