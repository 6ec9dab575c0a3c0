"""The mistakes that `make mutants` makes are mistakes, and its list of survivors names what there is."""

import ast
import tomllib

import pytest

from tests.mutation.mutants import modules, mutants_of, path_of
from tests.mutation.places import RULES, SURVIVORS


@pytest.mark.slow
@pytest.mark.parametrize("module", modules())
def test_every_mutant_is_another_program(module):
    result = mutants_of(module)
    assert result
    sources = [mutant.source for mutant in result]
    assert ast.unparse(ast.parse(path_of(module).read_text("utf-8"))) not in sources
    assert len({mutant.name for mutant in result}) == len(result)
    for source in sources:
        compile(source, module, "exec")


def test_every_module_of_the_law_has_its_rules():
    assert sorted(RULES) == modules()


@pytest.mark.slow
def test_every_survivor_is_a_mutant_and_has_a_reason():
    reasons = tomllib.loads(SURVIVORS.read_text("utf-8"))
    names = {mutant.name for module in modules() for mutant in mutants_of(module)}
    assert set(reasons) <= names
    assert all(len(reason.split()) > 3 for reason in reasons.values())
