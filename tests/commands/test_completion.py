"""What Tab offers in a shell, and `python -m quotum`."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from quotum.parameters import shipped_scenarios
from tests.helpers import HOUSE, quotum

_SCRIPT = f"""#!/bin/sh
exec {sys.executable} -m quotum "$@"
"""
_TAB = """
eval "$(_QUOTUM_COMPLETE=bash_source quotum)"
COMP_WORDS=(quotum "$@")
COMP_CWORD=$#
_quotum_completion quotum 2>/dev/null
printf '%s\\n' "${COMPREPLY[@]}"
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """A folder on the search path in which `quotum` is a command."""
    place = tmp_path_factory.mktemp("bin")
    (place / "quotum").write_text(_SCRIPT)
    (place / "quotum").chmod(0o755)
    return place


def environment(folder: Path) -> dict[str, str]:
    return os.environ | {"PATH": f"{folder}:{os.environ['PATH']}", "PYTHONPATH": str(HOUSE)}


def tab(folder: Path, *words: str) -> list[str]:
    """What bash offers after these words."""
    process = subprocess.run(
        ["bash", "-c", _TAB, "bash", *words],  # noqa: S607 - the shell of the user
        cwd=folder, env=environment(folder), capture_output=True, text=True, check=True,
    )  # fmt: skip
    return process.stdout.split()


def test_commands_and_their_options(folder):
    assert tab(folder, "re") == ["receive", "reconcile", "replay", "report"]
    assert tab(folder, "settle", "--known") == ["--known-on"]
    assert tab(folder, "settle", "--regime", "") == ["as-enacted", "quota-levy"]
    assert tab(folder, "archive", "re") == ["rebuild"]


@pytest.mark.parametrize("words", [("settle",), ("simulate",)], ids=" ".join)
def test_names_of_shipped_scenarios(folder, words):
    assert tab(folder, *words, "--scenario", "activated") == ["activated-balance", "activated-budget"]
    assert tab(folder, *words, "--scenario", "") == list(shipped_scenarios())
    assert tab(folder, *words, "--scenario", "activated-budget+no-risk") == ["activated-budget+no-risk-pilot"]


def test_nobody_is_offered(folder):
    """An employer is given in full: the numbers of a run are no list to look through."""
    assert tab(folder, "explain", "run", "") == []


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_each_shell_has_its_script(folder, shell):
    process = subprocess.run(
        ["quotum"],  # noqa: S607 - as in the guide
        env=environment(folder) | {"_QUOTUM_COMPLETE": f"{shell}_source"}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert "_quotum_completion" in process.stdout
    assert f"_QUOTUM_COMPLETE={shell}_complete" in process.stdout


def test_python_m_quotum_is_the_command(folder):
    process = subprocess.run(
        [sys.executable, "-m", "quotum", "settle", "--help"],
        cwd=folder, env=environment(folder), capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert process.stdout.splitlines()[0] == "Usage: quotum settle [OPTIONS]"
    assert process.stdout.split() == quotum("settle", "--help").output.split()
    wrong = subprocess.run(
        [sys.executable, "-m", "quotum", "report", "nowhere"],
        cwd=folder, env=environment(folder), capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (wrong.returncode, wrong.stdout) == (2, "")
    assert wrong.stderr.startswith("quotum: nowhere is no run of quotum")


def test_python_m_quotum_that_is_not_installed(folder):
    """A Python that knows no installed package: it says so, without a traceback."""
    code = "import runpy, sys; sys.path[:] = [p for p in sys.path if 'site-packages' not in p]; " + (
        "from importlib import metadata; metadata.MetadataPathFinder.find_distributions = lambda *_: (); "
        "runpy.run_module('quotum', run_name='__main__')"
    )
    process = subprocess.run([sys.executable, "-c", code], cwd=HOUSE, capture_output=True, text=True, check=False)
    assert (process.returncode, process.stdout) == (1, "")
    assert process.stderr.startswith("quotum: is not installed in this Python")
    assert "Traceback" not in process.stderr
