"""What `quotum explain` says of every kind of run is what it said before, to the letter."""

import pytest

from tests.make_golden_explanations import GOLDEN, explanations

NAMES = sorted(path.stem for path in GOLDEN.glob("*.json"))


@pytest.fixture(scope="module")
def said(tmp_path_factory):
    """Every run explained anew, by name."""
    return dict(explanations(tmp_path_factory.mktemp("golden")))


def test_every_run_has_a_file(said):
    assert sorted(said) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_an_explanation_is_what_it_was(name, said):
    """On a difference: `python -m tests.make_golden_explanations`, look at the difference, and give its reason."""
    assert said[name].splitlines() == (GOLDEN / f"{name}.json").read_text("utf-8").splitlines()
