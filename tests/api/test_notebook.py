"""The guide for advisers: its notebook holds the outputs of a run, and its example runs."""

import contextlib
import json
import re

import pytest

from tests.make_notebook import NOTEBOOK, new_notebook, text_of, without_digests
from tests.notebook_cells import CELLS

GUIDE = NOTEBOOK.with_name("adviser.md")
HOURS = 12 * 120


@pytest.fixture(scope="module")
def again():
    return new_notebook()


def outputs(notebook):
    return [cell["outputs"] for cell in notebook["cells"] if cell["cell_type"] == "code"]


def test_the_notebook_holds_the_outputs_of_a_run(again):
    written = NOTEBOOK.read_text("utf-8")
    assert without_digests(written) == without_digests(text_of(again)), "make it anew: python -m tests.make_notebook"


def test_a_digest_is_all_that_may_differ():
    digest = "0123456789abcdef" * 4
    assert without_digests(f"sha256 {digest}; digest {digest[:16]}...") == "sha256 (digest); digest (digest)..."
    assert without_digests("145440 1,454.40 100050104") == "145440 1,454.40 100050104"


def test_its_amounts_are_those_of_the_law(again):
    """1.01 euro an hour for the person asked for, and the same for the person not asked for."""
    shown = [json.dumps(output) for output in outputs(again)]
    assert f"{HOURS * 101}" in shown[3]
    assert f"not_asked        {HOURS}  {HOURS * 101}" in shown[5]
    # Activated: 3.76 euro an hour, and of each return 0.35% of 4 x 2,450.00 in whole euros, twelve times.
    assert f"{HOURS * 101}       {HOURS * 376}            {12 * (4 * 245_000 * 35 // 1_000_000) * 100}" in shown[8]


def test_its_form_is_that_of_notebooks(again):
    assert (again["nbformat"], again["nbformat_minor"]) == (4, 5)
    names = [cell["id"] for cell in again["cells"]]
    assert len(names) == len(set(names)) == len(CELLS)
    for cell in again["cells"]:
        assert ("outputs" in cell) == ("execution_count" in cell) == (cell["cell_type"] == "code")
        assert isinstance(cell["source"], list)
    assert len(NOTEBOOK.read_bytes()) < 40_000


def test_no_place_of_a_machine_is_in_it():
    assert not re.search(r"/tmp|/root|/home|/work", NOTEBOOK.read_text("utf-8"))  # noqa: S108 - looked for, not used


def test_the_example_of_the_guide_runs(tmp_path):
    (block,) = re.findall(r"```python\n(.*?)```", GUIDE.read_text("utf-8"), re.DOTALL)
    company = next(source for kind, source in CELLS if kind == "code")
    names = {}
    with contextlib.chdir(tmp_path):
        exec(company, {})  # noqa: S102 - the cells stand in this folder
        exec(block, names)  # noqa: S102 - so does the guide
    assert names["run"].settlement["lkv_cents"].tolist() == [HOURS * 101]


@pytest.mark.parametrize("link", sorted(set(re.findall(r"\]\(([^)]+)\)", GUIDE.read_text("utf-8")))))
def test_what_the_guide_points_to_is_there(link):
    assert (GUIDE.parent / link).exists()
