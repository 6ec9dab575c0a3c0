"""What pages and help say about commands runs, and shows what they show; links lead somewhere."""

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest

from jobs.cli import main
from jobs.examples import EXAMPLES, HEADING
from tests.helpers import HOUSE, quotum
from tests.operator.documents import broken_links, commands, is_shown, pages

MOST_LINES_OF_README = 120

# Pages that are being written.
AWAITED: frozenset[str] = frozenset()

# Names that a page gives to what its reader has, as they are called after `make demo`.
CALLED = {
    "RUN": "demo/run-2026",
    "ARCHIVE": "demo/archive",
    "OTHER": "demo/other",
    "PAGE.html": "demo/page.html",
    "Y": "2026",
    "KEY": "demo/key.pem",
    "/srv/quotum": "demo/srv",
}
# What ends otherwise than with 0, by how it begins.
CODES: dict[str, int] = {}
# What a page asks its reader to set.
VARIABLES = {"quotum/archive/README.md": {"QUOTUM_ARCHIVE": "demo/archive"}}
# What cannot run here, by what stands in it, and why.
NOT_HERE = {
    "...": "names what its reader fills in",
    "--engine spark": "needs Spark, or a cluster: tests/spark runs it",
    "archive withdraw 2": "a receive call that no demo has: tests/commands/test_put_right.py withdraws one",
    "archive withdraw M17": "a message that no demo has: tests/commands/test_put_right.py withdraws one",
    "archive withdraw 620f6222": "a digest that no demo has: tests/commands/test_put_right.py withdraws a delivery",
    "archive forget --before 2020              #": "asks at a terminal: tests/commands answers it",
    "--out /srv/quotum/years": "a year of which a demo has nothing: tests/commands/test_year_jobs.py",
}  # fmt: skip


def _commands(command: click.Command, path: tuple[str, ...] = ()):
    yield path, command
    if isinstance(command, click.Group):
        context = click.Context(command, info_name=" ".join(path))
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            assert below is not None
            yield from _commands(below, (*path, name))


BY_PATH = dict(_commands(main))
SHOWN = [shown for page in pages() for shown in commands(page)]


def test_the_readme_is_short():
    assert len((HOUSE / "README.md").read_text("utf-8").splitlines()) <= MOST_LINES_OF_README


def test_every_link_leads_somewhere():
    broken = [link for page in pages() for link in broken_links(page)]
    assert [link for link in broken if link.split(": ")[1] not in AWAITED] == []


def test_a_link_to_nowhere_is_seen(tmp_path, monkeypatch):
    page = HOUSE / "jobs" / "guide" / "operator.md"
    text = "[a](nowhere.md) [b](operator.md#no-such-heading) [c](operator.md) `[d](code.md)` [e](https://example.org)\n"
    read = Path.read_text
    monkeypatch.setattr(Path, "read_text", lambda path, *more: text if path == page else read(path, *more))
    assert [link.split(": ")[1] for link in broken_links(page)] == ["nowhere.md", "operator.md#no-such-heading"]


@pytest.mark.parametrize("path", [path for path in BY_PATH if path], ids=" ".join)
def test_every_command_has_an_example_in_its_help(path):
    assert HEADING in quotum(*path, "--help").output


def test_every_example_is_of_a_command():
    names = {path[-1].replace("-", "_") if len(path) == 1 else "_".join(path) for path in BY_PATH if path}
    assert {name.replace("-", "_") for name in names} == set(EXAMPLES)


def _unknown_words(line: str) -> list[str]:
    """Commands and options of a line that quotum does not have."""
    words = shlex.split(line.replace("\\\n", " "), comments=True)
    words = words[words.index("quotum") + 1 :]
    path: tuple[str, ...] = ()
    while words and (*path, words[0]) in BY_PATH:
        path = (*path, words.pop(0))
    if not path and words and not words[0].startswith("-"):
        return words[:1]
    known = {name for option in BY_PATH[path].params for name in option.opts} | {"--help", "-h"}
    return [word for word in words if re.match(r"--?[a-z]", word) and word.split("=")[0] not in known]


@pytest.mark.parametrize("shown", SHOWN, ids=str)
def test_every_command_that_a_page_shows_has_these_options(shown):
    before = re.split(r"(?:^|\s)quotum ", shown.command, maxsplit=1)[1]
    assert _unknown_words(f"quotum {before}") == []


def test_an_option_that_is_not_there_is_seen():
    assert _unknown_words("quotum settle --archive a --yeer 2026") == ["--yeer"]
    assert _unknown_words("quotum setle --archive a") == ["setle"]


@pytest.mark.parametrize(
    ("output", "expected", "equal"),
    [
        ((), ["a"], True),
        (("a", "..."), ["a", "b", "c"], True),
        (("a", "...", "c"), ["a", "b", "c"], True),
        (("a", "...", "c"), ["a", "c", "d"], False),
        (("a",), ["a", "b"], False),
        (("...", "b"), ["a", "b"], True),
    ],
)
def test_output_is_compared_where_it_is_shown(output, expected, equal):
    assert is_shown(output, expected) is equal


def test_what_cannot_run_here_is_still_somewhere():
    assert [part for part in NOT_HERE if not any(part in shown.command for shown in SHOWN)] == []


@pytest.fixture(scope="session")
def shell(tmp_path_factory):
    """Runs a line in a folder with `quotum` on the path."""
    folder = tmp_path_factory.mktemp("path")
    command = folder / "quotum"
    command.write_text(f'#!/bin/sh\nPYTHONPATH={HOUSE} exec {sys.executable} -m jobs.cli "$@"\n')
    command.chmod(0o755)

    def run(line: str, place: Path, **more: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [shutil.which("bash") or "bash", "-c", line], cwd=place,
            env={"PATH": f"{folder}:/usr/bin:/bin"} | more,
            capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL,
        )  # fmt: skip

    return run


@pytest.fixture(scope="session")
def demo(tmp_path_factory, shell) -> Path:
    """A folder with what `make demo` makes, by the very lines of the Makefile."""
    place = tmp_path_factory.mktemp("after_make_demo")
    process = shell(f"make -f {HOUSE}/Makefile demo READY= QUOTUM=quotum", place)
    assert process.returncode == 0, process.stderr
    return place


@pytest.fixture
def after_demo(demo, tmp_path) -> Path:
    """A copy of it: pages are read by different readers. The archive of a run is named by where it was."""
    place = tmp_path / "after"
    shutil.copytree(demo, place, symlinks=True)
    for name in ("done", "refused"):
        (place / "demo" / "srv" / "drop" / name).mkdir(parents=True)
    shutil.copytree(place / "demo" / "archive", place / "demo" / "srv" / "archive")
    shutil.copytree(place / "demo" / "archive", place / "demo" / "other")
    return place


def _called(command: str) -> str:
    for name, stands_for in CALLED.items():
        command = re.sub(rf"(?<![\w/.-]){re.escape(name)}(?![\w.-])", stands_for, command)
    return command


@pytest.mark.slow
@pytest.mark.parametrize("page", sorted({shown.page for shown in SHOWN}))
def test_every_command_that_a_page_shows_runs_after_the_demo(page, after_demo, shell):
    wrong = []
    for shown in SHOWN:
        if shown.page != page or any(part in shown.command for part in NOT_HERE):
            continue
        process = shell(_called(shown.command), after_demo, **VARIABLES.get(page, {}))
        code = next((code for start, code in CODES.items() if shown.command.startswith(start)), 0)
        if process.returncode != code or not is_shown(shown.output, process.stdout.splitlines()):
            wrong.append(f"{shown}\nended with {process.returncode}\n{process.stdout[-1500:]}{process.stderr[-1500:]}")
    assert not wrong, "\n\n".join(wrong)


@pytest.mark.slow
def test_every_example_of_the_help_runs_after_the_demo(after_demo, shell):
    wrong = []
    for name, lines in EXAMPLES.items():
        for line in "\n".join(lines).replace("\\\n", " ").splitlines():
            process = shell(line, after_demo)
            if process.returncode:
                wrong.append(
                    f"{name}: {line}\nended with {process.returncode}\n{process.stdout[-500:]}{process.stderr[-1500:]}"
                )
    assert not wrong, "\n\n".join(wrong)
