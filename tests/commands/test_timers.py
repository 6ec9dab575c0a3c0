"""The timers and cron lines of jobs/README.md: systemd takes them, and each command is understood."""

import configparser
import os
import re
import shutil
import subprocess
from importlib import import_module
from pathlib import Path

import pytest

from tests.helpers import HOUSE

_TEXT = (HOUSE / "jobs" / "README.md").read_text("utf-8")
_UNITS = dict(re.findall(r"`/etc/systemd/system/([\w.-]+)`\n\n```ini\n(.*?)```", _TEXT, re.DOTALL))
_CRON = [line for line in _TEXT.splitlines() if " quotum QUOTUM_ARCHIVE=" in line]
_SYSTEMD = shutil.which("systemd-analyze")
_PLACE = "/opt/quotum/bin/quotum"
# In place of quotum: says what it was called with.
_SAYS = '#!/bin/sh\nfor word in "$@"; do echo "$word"; done\n'

with_systemd = pytest.mark.skipif(_SYSTEMD is None, reason="systemd-analyze is not installed (Debian: systemd)")


def test_there_are_timers_and_lines_for_each_scheduled_job():
    names = ("nightly", "preliminary", "yearly")
    assert sorted(_UNITS) == sorted(f"quotum-{name}.{kind}" for name in names for kind in ("service", "timer"))
    assert [next(name for name in names if f" job {name} " in line) for line in _CRON] == list(names)


def _says(folder: Path) -> Path:
    place = folder / "quotum"
    place.write_text(_SAYS)
    place.chmod(0o755)
    return place


@with_systemd
def test_systemd_takes_the_units(tmp_path):
    says = _says(tmp_path)
    for name, text in _UNITS.items():
        (tmp_path / name).write_text(text.replace(_PLACE, str(says)).replace("User=quotum\n", ""))
    process = subprocess.run(
        [str(_SYSTEMD), "verify", "--man=no", "--recursive-errors=no", *(str(tmp_path / name) for name in _UNITS)],
        capture_output=True, text=True, check=False, env=os.environ | {"SYSTEMD_LOG_LEVEL": "warning"},
    )  # fmt: skip
    about_them = [line for line in (process.stdout + process.stderr).splitlines() if "quotum" in line]
    assert about_them == []
    assert process.returncode == 0, process.stderr


@with_systemd
@pytest.mark.parametrize("name", sorted(name for name in _UNITS if name.endswith(".timer")))
def test_systemd_understands_the_day(name):
    day = re.search(r"OnCalendar=(.*)", _UNITS[name])
    assert day is not None
    process = subprocess.run(
        [str(_SYSTEMD), "calendar", "--iterations=1", day[1]], capture_output=True, text=True, check=False
    )
    assert process.returncode == 0, process.stderr


def _called(folder: Path, line: str) -> list[str]:
    """What quotum is called with by a line of a shell."""
    process = subprocess.run(
        ["/bin/sh", "-c", line.replace(_PLACE, str(_says(folder)))],
        capture_output=True, text=True, check=True, env={"PATH": os.environ["PATH"]},
    )  # fmt: skip
    return process.stdout.splitlines()


def _by_systemd(name: str) -> str:
    """The command of a service as a line of a shell: `$$` and `%%` are systemd's way of writing a sign."""
    parser = configparser.RawConfigParser(strict=False)
    parser.read_string(_UNITS[name])
    return parser["Service"]["ExecStart"].replace("$$", "$").replace("%%", "%")


def _by_cron(line: str) -> str:
    """The command of a line of cron, without where its output goes: `\\%` is cron's way of writing a sign."""
    return re.split(r"\s+", line, maxsplit=6)[6].replace(r"\%", "%").split(" >> ")[0]


@pytest.mark.parametrize("job", ["preliminary", "yearly", "nightly"])
def test_both_call_a_command_that_is_understood(tmp_path, job):
    line = next(line for line in _CRON if f" job {job} " in line)
    called = _called(tmp_path, _by_cron(line))
    assert called[:2] == ["job", job]
    for text in (called, _called(tmp_path, _by_systemd(f"quotum-{job}.service"))):
        command = import_module(f"jobs.job_{job}").command
        context = command.make_context(job, [*text[2:], "--archive", "archive"])
        assert context.params["log_format"] == "json"
        if job == "yearly":
            decided, paid = context.params["decided_on"], context.params["execution_date"]
            assert (decided.month, decided.day, paid.month, paid.day) == (7, 1, 7, 15)


@pytest.mark.parametrize("line", _CRON, ids=lambda line: line.split(" job ")[1].split()[0])
def test_a_line_of_cron_has_five_fields_and_a_user(line):
    fields = line.split()
    bounds = ((0, 59), (0, 23), (1, 31), (1, 12), (0, 7))
    for text, (low, high) in zip(fields[:5], bounds, strict=True):
        assert text == "*" or all(low <= int(part) <= high for part in text.split("-"))
    assert fields[5] == "quotum"
    assert not re.search(r"(?<!\\)%", line), "cron ends the line at a bare %"
