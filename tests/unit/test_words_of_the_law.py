"""The words of the law: everything that is told stands in both languages, with the same values to fill in."""

import importlib
from collections.abc import Iterator
from string import Formatter

import attrs
import pytest

from quotum.explanations.step import REASONS
from quotum.law.conditions import DUTCH, ENGLISH, Condition, Question, Reason, Text
from quotum.law.revision import Consequence
from tests.mutation.mutants import modules


def _values(value: object) -> Iterator[object]:
    """A value of a module with everything in it."""
    if isinstance(value, dict):
        for part in value.values():
            yield from _values(part)
    elif isinstance(value, tuple):
        for part in value:
            yield from _values(part)
    elif isinstance(value, Text | Reason | Question | Condition | Consequence):
        yield value
        for field in attrs.fields(type(value)):
            yield from _values(getattr(value, field.name))


def _words(kind):
    result = {}
    for name in modules():
        for variable, value in vars(importlib.import_module(f"quotum.law.{name}")).items():
            for place, item in enumerate(_values(value)):
                if isinstance(item, kind):
                    result.setdefault(id(item), (f"{name}.{variable}.{place}", item))
    return [pytest.param(element, id=name) for name, element in result.values()]


def _names(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("text", _words(Text))
def test_both_languages_tell_the_same(text):
    assert _names(text.english) == _names(text.dutch)
    assert text.english.strip()
    assert text.dutch.strip()
    filled = dict.fromkeys(_names(text.english), "7")
    assert text.words(ENGLISH, **filled) == text.english.format(**filled)
    assert text.words(DUTCH, **filled) == text.dutch.format(**filled)


def test_a_code_has_the_same_words_everywhere():
    words = {}
    for item in (param.values[0] for param in _words(Reason)):
        assert words.setdefault(item.code, item.text) == item.text
    assert len(words) > 10
    assert {code for code in words if code in REASONS and words[code] != REASONS[code].text} == set()


@pytest.mark.parametrize("condition", _words(Condition))
def test_a_condition_is_named_after_its_function_and_tells_what_it_rests_on(condition):
    assert condition.name == condition.decide.__name__
    assert condition.decide.__doc__
    assert condition.provision
    assert condition.question.english.endswith("?")
    assert condition.question.dutch.endswith("?")
