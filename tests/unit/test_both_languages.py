"""What is printed stands in both languages: every catalogue, with the same values to fill in, and every declaration."""

import copy
import importlib
import json
import pickle
from string import Formatter

import click
import pyarrow as pa
import pytest

from quotum.citations import cited
from quotum.comparison.tables import SIMULATION_TABLES
from quotum.intake.checks.row_rules import MESSAGES, OF_CALLS, all_rules
from quotum.law.readings import IN_DUTCH as READINGS
from quotum.law.readings import Reading
from quotum.money import decimal_text, euro_text
from quotum.parameters import Figures, listed, load_book
from quotum.parameters.units import IN_DUTCH as UNITS
from quotum.run.findings.declared import FINDINGS
from quotum.simulate.words import READINGS as READINGS_OF_SIMULATIONS
from quotum.tables import ALL_TABLES
from quotum.tables_in_dutch import IN_DUTCH
from quotum.words import DUTCH, ENGLISH, Sentence, Text, in_language, joined, marked, numeral, phrase, stripped
from tests.dutch import DECLARED, FIXED, PRINTING_NOTHING, commands, english_left_over, module_names, texts, words_of

TEXTS = texts()
ALIKE = frozenset({"exact"})
"""Words that are the same in both languages and stand in no other text."""


def _names(text: str) -> set[tuple[str, str]]:
    return {(name, conversion or "") for _, name, _, conversion in Formatter().parse(text) if name is not None}


def test_the_catalogues_are_found():
    assert len(TEXTS) > 500
    modules = {name.rsplit(".", 2)[0] for name in TEXTS}
    assert {"jobs.words", "quotum.output.words", "quotum.diff.words", "quotum.intake.checks.words"} <= modules


@pytest.mark.parametrize("name", sorted(TEXTS))
def test_both_languages_have_the_same_values(name):
    text = TEXTS[name]
    assert _names(text.english) == _names(text.dutch)
    assert bool(text.english.strip()) == bool(text.dutch.strip())


def test_a_sentence_is_english_to_programs_and_dutch_to_a_reader():
    rows = Text("{count:,} rows of {who}", "{count:,} regels van {who}")
    who = Text("the employer", "de werkgever").sentence()
    sentence = rows.sentence(count=1_234_567, who=who)
    assert sentence == "1,234,567 rows of the employer"
    assert in_language(sentence, DUTCH) == "1.234.567 regels van de werkgever"
    assert type(in_language(sentence, ENGLISH)) is str
    assert json.dumps([sentence]) == '["1,234,567 rows of the employer"]'
    assert pa.array([sentence])[0].as_py() == str(sentence)
    for again in (copy.copy(sentence), pickle.loads(pickle.dumps(sentence))):  # noqa: S301 - made just now
        assert (again, again.dutch) == (sentence, sentence.dutch)


@pytest.mark.parametrize(
    ("text", "dutch"),
    [
        pytest.param(euro_text(-1_234_567_89), "-1.234.567,89", id="euros"),
        pytest.param(decimal_text(7, 2), "7,00", id="a number"),
        pytest.param(numeral("1,234.5"), "1.234,5", id="a numeral"),
        pytest.param(phrase("{share:>8}%", share=numeral("12.50")), "   12,50%", id="a numeral with its width"),
        pytest.param(joined(" = ", [euro_text(100_00), "x"]), "100,00 = x", id="joined"),
        pytest.param(stripped(phrase("  {euros}", euros=euro_text(1))), "0,01", id="without blanks"),
        pytest.param(marked(simulation=True), "SIMULATIE: ", id="a simulation"),
        pytest.param(marked(simulation=False), "", id="no simulation"),
        pytest.param("settlement.csv", "settlement.csv", id="a name"),
    ],
)
def test_dutch_has_its_own_separators(text, dutch):
    assert in_language(text, DUTCH) == dutch
    assert in_language(text, ENGLISH) == str(text)


def test_every_table_column_kind_and_unit_has_its_dutch():
    result = {table.meaning for table in (*ALL_TABLES, *SIMULATION_TABLES)}
    for table in (*ALL_TABLES, *SIMULATION_TABLES):
        result |= {phrase for column in table.columns for phrase in (column.meaning, str(column.kind), column.unit)}
    assert result - {""} == set(IN_DUTCH)


def test_every_unit_of_a_parameter_has_its_dutch():
    book = load_book()
    units = {line.as_json()["unit"] for line in listed(book, Figures(book), None)}
    assert units - {"", None} == set(UNITS)


def test_what_is_asked_and_cited_has_its_dutch():
    rules = [rule.reason for rule in (*all_rules(), *MESSAGES, *OF_CALLS)]
    assert [reason for reason in rules if not isinstance(reason, Sentence) or reason.dutch == reason] == []
    book = load_book()
    provisions = {line.as_json()["provision"] for line in listed(book, Figures(book), None)} - {None}
    provisions |= {finding.provision for finding in FINDINGS} | {rule.source for rule in all_rules()}
    assert english_left_over("\n".join(in_language(cited(text), DUTCH) for text in provisions)) == {}
    assert english_left_over("\n".join([*READINGS.values(), *(finding.dutch for finding in FINDINGS)])) == {}


def test_every_command_that_prints_takes_a_language():
    without = [name for name, command in commands() if name not in PRINTING_NOTHING and not _takes_language(command)]
    assert without == []


def _takes_language(command: click.Command) -> bool:
    options = [option for option in command.params if isinstance(option, click.Option) and option.name == "language"]
    return [(option.envvar, option.default) for option in options] == [("QUOTUM_LANGUAGE", ENGLISH)]


def test_what_is_the_same_in_both_has_no_english():
    """Words of a text that is the same in both languages stand in a Dutch text that is not, or are listed."""
    differing = " ".join(text.dutch for text in TEXTS.values() if text.english != text.dutch)
    known = {word.lower() for word in words_of(differing)} | ALIKE | FIXED | DECLARED
    alike = {name: text.dutch for name, text in TEXTS.items() if text.english == text.dutch}
    assert {name: text for name, text in alike.items() if {word.lower() for word in words_of(text)} - known} == {}


def test_every_reading_has_its_dutch():
    modules = (importlib.import_module(name) for name in module_names())
    readings = {value.name for module in modules for value in vars(module).values() if isinstance(value, Reading)}
    assert readings == {*READINGS, *READINGS_OF_SIMULATIONS}
    assert len(readings) > 30
