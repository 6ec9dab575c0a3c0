"""The rules of the house that a machine can hold: help everywhere, a quick start, no figures in the law."""

import ast
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

HOUSE = Path(__file__).parents[2]
LAW_MODULES = sorted((HOUSE / "quotum" / "law").rglob("*.py"))

# The days of a leap year: what a calendar needs, and less than any statutory amount or limit.
LARGEST_PLAIN_NUMBER = 366


def _commands(command: click.Command, name: str) -> Iterator[tuple[str, click.Command]]:
    yield name, command
    if isinstance(command, click.Group):
        context = click.Context(command, info_name=name)
        for below in command.list_commands(context):
            output = command.get_command(context, below)
            assert output is not None, f"{name} lists {below} and does not have it"
            yield from _commands(output, f"{name} {below}")


def test_every_command_option_and_argument_has_help():
    from jobs.cli import main  # noqa: PLC0415 (a broken command line must not hide the other tests)

    commands = list(_commands(main, "quotum"))
    silent = [name for name, command in commands if not command.help]
    for name, command in commands:
        options = (option for option in command.params if isinstance(option, click.Option))
        silent += [f"{name} {option.opts[0]}" for option in options if not option.help]
        arguments = (argument for argument in command.params if isinstance(argument, click.Argument))
        silent += [
            f"{name} {argument.human_readable_name}"
            for argument in arguments
            if argument.human_readable_name not in (command.help or "")
        ]
    assert silent == []


@pytest.mark.parametrize("arguments", [["--help"], ["settle", "--help"]], ids=" ".join)
def test_help_starts_without_what_computes(arguments):
    script = """
import sys
from jobs.cli import main
try:
    main(sys.argv[1:], prog_name="quotum")
except SystemExit as end:
    heavy = {"duckdb", "lxml", "narwhals", "pandas", "pyarrow", "pyspark"} & set(sys.modules)
    sys.exit(f"imported {sorted(heavy)}" if heavy else end.code)
"""
    process = subprocess.run(
        [sys.executable, "-c", script, *arguments], cwd=HOUSE, capture_output=True, text=True, check=False
    )
    assert (process.returncode, process.stderr) == (0, "")
    assert "Usage: quotum" in process.stdout


def test_readme_has_at_most_120_lines():
    assert len((HOUSE / "README.md").read_text(encoding="utf-8").splitlines()) <= 120


def _numbers(tree: ast.Module) -> Iterator[ast.Constant]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, int | float | complex):
            yield node


@pytest.mark.parametrize("path", LAW_MODULES, ids=lambda path: path.stem)
def test_law_has_no_statutory_figure(path):
    """No amount, rate, limit or duration of a statute in code: those are parameters; and no floats."""
    result = [
        f"{path.name}:{number.lineno}: {number.value!r}"
        for number in _numbers(ast.parse(path.read_text(encoding="utf-8")))
        if not isinstance(number.value, int) or number.value > LARGEST_PLAIN_NUMBER
    ]
    assert result == []


def test_lock_files_name_no_address_and_hash_everything():
    for path in sorted((HOUSE / "requirements").glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        assert "://" not in text
        assert "--index-url" not in text
        packages = [line for line in text.splitlines() if "==" in line and not line.lstrip().startswith("#")]
        assert packages
        assert all(line.endswith("\\") for line in packages)


def test_pyproject_and_lock_agree():
    """What pyproject asks for outright is what the lock file holds."""
    project = tomllib.loads((HOUSE / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    wanted = {name.partition("==")[0] for name in [*project["dependencies"], *extras["test"], *extras["check"]]}
    lock = (HOUSE / "requirements" / "lock.txt").read_text(encoding="utf-8")
    locked = {line.partition("==")[0] for line in lock.splitlines() if "==" in line}
    assert wanted <= locked
