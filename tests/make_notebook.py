"""Makes `jobs/guide/adviser.ipynb` by running its cells: `python -m tests.make_notebook`.

The cells stand here. Their outputs are what a run of them gives, in a folder of its own; a test runs them again and
compares. Digests of runs change with the code, so they are compared as digests only.
"""

import ast
import contextlib
import io
import json
import os
import re
import tempfile
from pathlib import Path
from typing import Any, Final

import pandas as pd

from tests.notebook_cells import CELLS

NOTEBOOK = Path(__file__).resolve().parents[1] / "jobs" / "guide" / "adviser.ipynb"
_DIGEST: Final = re.compile(r"\b[0-9a-f]{64}\b|(?<=digest )[0-9a-f]{16}\b")
_METADATA: Final = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def without_digests(text: str) -> str:
    """Text with every digest replaced by the word."""
    return _DIGEST.sub("(digest)", text)


def new_notebook() -> dict[str, Any]:
    """The notebook after a run of its cells in an empty folder."""
    names: dict[str, Any] = {}
    cells, number = [], 0
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        for place, (kind, source) in enumerate(CELLS, 1):
            cell = {"cell_type": kind, "id": f"cell-{place:02}", "metadata": {}, "source": _lines(source)}
            if kind == "code":
                number += 1
                cell |= {"execution_count": number, "outputs": _outputs(source, names, number)}
            cells.append(cell)
    return {"cells": cells, "metadata": _METADATA, "nbformat": 4, "nbformat_minor": 5}


def text_of(notebook: dict[str, Any]) -> str:
    """A notebook as it is written."""
    return json.dumps(notebook, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def _outputs(source: str, names: dict[str, Any], number: int) -> list[dict[str, Any]]:
    """What a cell prints, and the value of its last line when that is an expression."""
    tree, value = ast.parse(source), None
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed), pd.option_context("display.max_columns", 20, "display.width", 100):
        exec(compile(tree, "<cell>", "exec"), names)  # noqa: S102 - the cells stand in this folder
        if last is not None:
            value = eval(compile(ast.Expression(last.value), "<cell>", "eval"), names)  # noqa: S307 - the same
        data = {} if value is None else _data(value)
    outputs: list[dict[str, Any]] = []
    if printed.getvalue():
        outputs.append({"name": "stdout", "output_type": "stream", "text": _lines(printed.getvalue())})
    if data:
        outputs.append({"data": data, "execution_count": number, "metadata": {}, "output_type": "execute_result"})
    return outputs


def _data(value: object) -> dict[str, list[str]]:
    html = getattr(value, "_repr_html_", None)
    rich = {} if html is None else {"text/html": _lines(html())}
    return rich | {"text/plain": _lines(repr(value))}


def _lines(text: str) -> list[str]:
    return text.splitlines(keepends=True)


if __name__ == "__main__":
    os.environ.pop("QUOTUM_ARCHIVE", None)
    NOTEBOOK.write_text(text_of(new_notebook()), encoding="utf-8")
