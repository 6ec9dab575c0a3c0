"""What `quotum explain` says of every kind of run is what it said before, to the letter."""

import pytest

from tests.make_golden_explanations import CHARGED, GOLDEN, RUNS, explanations

NAMES = sorted(path.stem for path in GOLDEN.glob("*.json"))
QUICK = (CHARGED, "2026-put-right", "2019-quota-levy-given")
"""A run of each kind of archive; the others only with `make test-all`."""


def run_of(name):
    """The run that a file is about: of one of them there are several files."""
    return CHARGED if name.startswith(CHARGED) else name


@pytest.fixture(scope="module")
def texts(tmp_path_factory):
    """Gives the texts of a run by the name of their file; each run is made once."""
    by_run = {}

    def texts_of(run):
        if run not in by_run:
            by_run[run] = dict(explanations(tmp_path_factory.mktemp("golden"), [run]))
        return by_run[run]

    return texts_of


def test_every_run_has_a_file():
    assert {run_of(name) for name in NAMES} == {run.name for runs in RUNS.values() for run in runs}


@pytest.mark.parametrize(
    "name", [name if run_of(name) in QUICK else pytest.param(name, marks=pytest.mark.slow) for name in NAMES]
)
def test_an_explanation_is_what_it_was(name, texts):
    """On a difference: `python -m tests.make_golden_explanations`, look at the difference, and give its reason."""
    of_run = texts(run_of(name))
    assert set(of_run) <= set(NAMES)
    assert of_run[name].splitlines() == (GOLDEN / f"{name}.json").read_text("utf-8").splitlines()
