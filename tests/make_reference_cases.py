"""Writes the worked cases to `fixtures/reference_cases`: `python -m tests.make_reference_cases`.

With `--output FOLDER` it writes instead what quotum makes of every case, in the form that `check.py` reads.
"""

import shutil
import sys
import tempfile
from collections.abc import Mapping
from itertools import groupby
from pathlib import Path

from tests.helpers import FIXTURES
from tests.spec.worked_cases.every import every
from tests.spec.worked_cases.files import files_of, index_text
from tests.spec.worked_cases.outcomes import outcomes
from tests.spec.worked_cases.pages import page_text

REFERENCE = FIXTURES / "reference_cases"
BY_HAND = ("README.md", "LEESMIJ.md", "check.py")
"""What the command does not make."""


def contents() -> Mapping[str, str]:
    """Every file that the command makes, by name."""
    cases = every()
    result = {f"{worked.id}/{name}": text for worked in cases for name, text in files_of(worked).items()}
    provisions = groupby(cases, key=lambda worked: worked.provision.folder)
    pages = {f"{folder}/README.md": page_text(list(group)) for folder, group in provisions}
    return {"index.csv": index_text(cases)} | pages | result


def write_cases(folder: Path) -> None:
    """Writes the cases anew.

    Args:
        folder: The folder of the cases; what is there is removed first, but for what was written by hand.
    """
    for path in folder.iterdir():
        if path.is_dir():
            shutil.rmtree(path)
        elif path.name not in BY_HAND:
            path.unlink()
    _write(folder, contents())


def write_output(folder: Path, engine: str = "duckdb") -> dict[str, int]:
    """Writes what quotum makes of every case, and gives the exit code of each.

    Args:
        folder: Where to; must not be there.
        engine: `duckdb`, or `arrow` in memory.
    """
    codes = {}
    with tempfile.TemporaryDirectory() as scratch:
        for worked, given in outcomes(every(), Path(scratch), engine):
            _write(folder / worked.id, given.files)
            codes[worked.id] = given.exit_code
    return codes


def _write(folder: Path, files: Mapping[str, str]) -> None:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


def main(arguments: list[str]) -> None:
    """The command.

    Args:
        arguments: Nothing, or `--output FOLDER`.
    """
    match arguments:
        case []:
            write_cases(REFERENCE)
        case ["--output", folder] if not Path(folder).exists():
            write_output(Path(folder))
        case _:
            sys.exit("give nothing, or --output and a folder that is not there")


if __name__ == "__main__":
    main(sys.argv[1:])
