"""The reader's words and separators."""

from datetime import date
from string import Formatter

import pytest

from quotum.report import reader
from quotum.report.reader import Reader
from quotum.words import LANGUAGES

ENGLISH, DUTCH = Reader("en"), Reader("nl")
SPACE, MINUS = "\N{NO-BREAK SPACE}", "\N{MINUS SIGN}"
MAY = date(2027, 5, 1)


@pytest.mark.parametrize("key", reader.keys())
def test_both_languages_have_every_entry_with_the_same_blanks(key):
    texts = [reader._book()[key][language] for language in LANGUAGES]
    blanks = [sorted(name for _, name, _, _ in Formatter().parse(text) if name) for text in texts]
    assert all(texts)
    assert blanks[0] == blanks[1]


@pytest.mark.parametrize(
    ("written", "english", "dutch"),
    [
        pytest.param(lambda words: words.euro(123_456_50), "€123,457", "€\N{NO-BREAK SPACE}123.457", id="half_goes_up"),
        pytest.param(lambda words: words.euro(-50), "€0", "€\N{NO-BREAK SPACE}0", id="minus_a_half_is_nothing"),
        pytest.param(lambda words: words.euro(-123_51), f"{MINUS}€124", f"{MINUS}€{SPACE}124", id="minus"),
        pytest.param(lambda words: words.percent(43), "0.43%", "0,43%", id="percent"),
        pytest.param(lambda words: words.jobs(9_132), "91.3", "91,3", id="part_of_a_job"),
        pytest.param(lambda words: words.jobs(59_500), "595", "595", id="whole_jobs"),
        pytest.param(lambda words: words.jobs(1_234_567_89), "1,234,568", "1.234.568", id="many_jobs"),
        pytest.param(lambda words: words.count(999), "999", "999", id="no_separator"),
        pytest.param(lambda words: words.plain("3.76"), "3.76", "3,76", id="number_of_a_scenario"),
        pytest.param(lambda words: words.plain("wtl.bonus_rate"), "wtl.bonus_rate", "wtl.bonus_rate", id="no_number"),
        pytest.param(lambda words: words.plain("2024-01-01"), "2024-01-01", "2024-01-01", id="no_number_either"),
        pytest.param(lambda words: words.day(MAY), f"1{SPACE}May{SPACE}2027", f"1{SPACE}mei{SPACE}2027", id="day"),
        pytest.param(
            lambda words: words.short_euro(2_048_780_00).split("\N{NO-BREAK SPACE}")[-2:],
            ["€2.05", "million"], ["2,05", "miljoen"], id="millions",
        ),
    ],
)  # fmt: skip
def test_numbers_have_the_separators_of_the_reader(written, english, dutch):
    assert (written(ENGLISH), written(DUTCH)) == (english, dutch)


def test_a_million_is_where_short_amounts_begin():
    assert ENGLISH.short_euro(999_999_00) == "€999,999"
    assert ENGLISH.short_euro(1_000_000_00) == "€1.00\N{NO-BREAK SPACE}million"
