"""Worked cases: their arithmetic is right, gives what is expected, and is what the plain reference computes."""

import re
from fractions import Fraction

import pytest

from tests.spec.worked_cases.arithmetic import evaluated, filled, in_unit_of
from tests.spec.worked_cases.every import every
from tests.spec.worked_cases.figures import used
from tests.spec.worked_cases.files import KEYS, expected_tables
from tests.spec.worked_cases.plain import Refused, plain

EVERY = every()
BY_ID = pytest.mark.parametrize("worked", EVERY, ids=lambda worked: worked.id)


def _below(figures):
    for name, value in figures.items():
        yield from _below(value) if isinstance(value, dict) else [(name, value)]


def _expected_of(case, column):
    lines = [row[column] for rows in expected_tables(case).values() for row in rows if column in row]
    return [*lines, *(value for name, value in _below(case.macro or {}) if name == column)]


@BY_ID
def test_each_step_comes_to_its_result_and_to_what_is_expected(worked):
    values = {name: str(figure["value"]) for name, figure in used(worked.case).items()}
    for step in worked.case.steps:
        result = step.result == "true" if step.result in {"true", "false"} else Fraction(step.result)
        assert evaluated(filled(step.formula, values)) == result, step.formula
        if step.gives:
            assert in_unit_of(step.gives, step.result) in _expected_of(worked.case, step.gives), step


@BY_ID
def test_the_plain_reference_gives_what_is_expected(worked):
    case = worked.case
    if case.outcome == "refused":
        with pytest.raises(Refused):
            plain(case)
        return
    result = plain(case)
    for name, rows in expected_tables(case).items():
        lines = {tuple(line[column] for column in KEYS[name]): line for line in result[name]}
        assert len(rows) == len(lines), name
        for row in rows:
            line = lines[tuple(row[column] for column in KEYS[name])]
            assert {column: line[column] for column in row} == row, name
    if case.macro is not None:
        assert _only(result["macro"], case.macro) == case.macro


def _only(result, expected):
    return {
        name: _only(result[name], value) if isinstance(value, dict) else result[name]
        for name, value in expected.items()
    }


def test_each_rule_has_a_provision_and_each_provision_both_sides():
    assert {worked.provision.rule for worked in EVERY} == set(range(10))
    folders = [worked.provision.folder for worked in EVERY]
    assert min(folders.count(folder) for folder in folders) > 1
    assert len({worked.id for worked in EVERY}) == len(EVERY)


def test_each_case_expects_something_and_tells_it_in_two_languages():
    for worked in EVERY:
        case, provision = worked.case, worked.provision
        assert case.outcome == "refused" or expected_tables(case) or case.macro, worked.id
        texts = [case.title, case.explanation, provision.subject, provision.question, provision.note]
        texts += [step.words for step in case.steps]
        assert all(text.english and text.dutch for text in texts), worked.id
        assert case.title.english != case.title.dutch, worked.id


def test_numbers_are_made_up_and_of_one_case_only():
    """Nine digits that begin with 99999 and pass the eleven test."""
    owners = {}
    for worked in EVERY:
        for number in re.findall(r"\b(\d{9})(?=\b|L)", repr(worked.case.deliveries)):
            assert owners.setdefault(number, worked.id) == worked.id
    assert len(owners) > len(EVERY)
    for number in owners:
        assert number.startswith("99999")
        assert sum((9 - place) * int(digit) for place, digit in enumerate(number[:8])) % 11 == int(number[8])


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("half_up(2.5, 0)", 3), ("half_up(-2.5, 0)", -2), ("down(-0.35)", -1), ("down(1.999, 2)", Fraction("1.99")),
        ("min(3 * 2, 7) - 1", 5), ("2026-03-01 <= 2026-02-28", False), ("max(1 / 3, 0)", Fraction(1, 3)),
    ],
)  # fmt: skip
def test_formulas_are_exact(formula, value):
    assert evaluated(formula) == value


@pytest.mark.parametrize("formula", ["__import__('os')", "2 ** 9", "[1]", "'a'"])
def test_a_formula_is_arithmetic_only(formula):
    with pytest.raises((ValueError, KeyError, TypeError)):
        evaluated(formula)


def test_a_result_that_is_no_whole_cent_is_refused():
    with pytest.raises(ValueError, match="is not whole"):
        in_unit_of("lkv_cents", "1.005")
