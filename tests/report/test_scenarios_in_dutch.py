"""Titles and notes of shipped scenarios in Dutch, on the terminal and alone or merged."""

import re

import pytest

from quotum.parameters import load_book, read_scenario, shipped_scenarios
from quotum.parameters.scenario import merge_scenarios
from quotum.parameters.scenarios_in_dutch import SCENARIOS, note_in_words, title_in_words
from tests.helpers import ended, quotum
from tests.report.test_in_dutch import english_in

_VALUES = {"hours", "no", "yes"}
"""Values of parameters, and the first half of `no-risk`: as a scenario writes them."""


def test_every_shipped_scenario_has_dutch_words():
    assert set(SCENARIOS) == set(shipped_scenarios())


@pytest.mark.parametrize("name", shipped_scenarios())
def test_note_and_title_are_dutch_with_the_same_numbers_and_parameters(name):
    scenario = read_scenario(name, load_book())
    title, note = title_in_words(scenario.title), note_in_words(scenario.note)
    assert (str(title), str(note)) == (scenario.title, scenario.note)
    assert {*english_in(note.dutch), *english_in(title.dutch)} <= _VALUES
    assert _figures(note.dutch, ".") == _figures(note, ",")


def _figures(text, separator):
    """Numbers without separators, and names of parameters."""
    plain = re.sub(rf"(?<=\d)\{separator}(?=\d\d\d)", "", text)
    return sorted(re.findall(r"\d+|\b[a-z_]+\.[a-z_]+\b", plain))


def test_a_merged_scenario_has_the_words_of_both_and_an_own_one_its_own():
    book = load_book()
    merged, _ = merge_scenarios([read_scenario(name, book) for name in ("sectors-joint", "lkv-without-end")], book)
    assert title_in_words(merged.title).dutch == "Markt en overheid samen beoordeeld + LKV zonder einde"
    assert not english_in(note_in_words(merged.note).dutch)
    assert note_in_words("What I note. LKV without end").dutch == "What I note. LKV without end"


@pytest.mark.parametrize(("language", "shown"), [("en", "LKV without end"), ("nl", "LKV zonder einde")])
def test_the_list_is_in_the_language_of_the_reader(language, shown):
    output = ended(quotum("scenario", "list", "--language", language), 0)
    assert f"lkv-without-end: {shown}" in output
    assert ("Comes from:" in output) is (language == "en")
    assert ("Komt uit:" in output) is (language == "nl")
