"""How commands end: interrupted, with output that cannot be written, and on places that cannot be."""

import errno
import fcntl
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from jobs.cli import main
from jobs.ending import INTERRUPTED, ending
from quotum.errors import Forbidden
from tests.helpers import (
    HOUSE,
    deliver,
    ended,
    files_under,
    quotum,
    receive_command,
    settle_command,
    take_in,
    write_csv,
)
from tests.rows import cells

FULL = Path("/dev/full")
needs_full = pytest.mark.skipif(not FULL.exists(), reason="there is no /dev/full here")


def _into_full(*arguments: object) -> subprocess.CompletedProcess[str]:
    with FULL.open("w") as full:
        return subprocess.run(
            [sys.executable, "-m", "jobs.cli", *map(str, arguments)],
            cwd=HOUSE, stdout=full, stderr=subprocess.PIPE, text=True, check=False,
        )  # fmt: skip


@needs_full
@pytest.mark.parametrize("command", ["--help", "tables", "receive"])
def test_output_to_a_full_disk(command, tmp_path):
    """Code 14 and one line on standard error, before any command runs too; what was received was received."""
    more = [*deliver(tmp_path / "files"), "--archive", tmp_path / "archive"] if command == "receive" else []
    process = _into_full(command, *more)
    assert (process.returncode, process.stderr.count("\n")) == (14, 1)
    assert "No space left on device" in process.stderr
    if more:
        assert "adds nothing" in ended(receive_command(tmp_path / "archive", *more[:-2]), 0)


@needs_full
def test_nightly_under_a_full_log(tmp_path):
    """Every file is received and moved all the same."""
    deliver(tmp_path / "drop")
    process = _into_full(
        "job",
        "nightly",
        "--drop",
        tmp_path / "drop",
        "--archive",
        tmp_path / "archive",
        "--quiet-for",
        0,
        "--new-archive",
    )
    assert (process.returncode, process.stderr.count("\n")) == (14, 1)
    names = {name for name in files_under(tmp_path / "drop") if not name.startswith(".")}
    assert names == {f"done/{kind}.csv" for kind in ("returns", "register", "employers", "wage_bills")}
    assert ended(quotum("archive", "list", "--archive", tmp_path / "archive"), 0).count("sha256") == 4


def test_interrupted(tmp_path):
    """Ctrl-C while it waits for another: 130, one line, nothing half."""
    take_in(tmp_path / "archive", deliver(tmp_path / "files"))
    before = files_under(tmp_path / "archive")
    more = write_csv(tmp_path / "more.csv", "returns", [cells("returns", IdBer="M2")])
    with (tmp_path / "archive" / "lock").open("rb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        running = subprocess.Popen(
            [sys.executable, "-m", "jobs.cli", "receive", str(more), "--archive", str(tmp_path / "archive")],
            cwd=HOUSE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        assert running.stderr is not None
        assert "waiting" in running.stderr.readline()
        time.sleep(0.05)
        running.send_signal(signal.SIGINT)
        _, text = running.communicate(timeout=60)
    assert (running.returncode, text) == (130, "quotum: interrupted; nothing was left half written\n")
    assert files_under(tmp_path / "archive") == before


@pytest.mark.parametrize(
    "error",
    [KeyboardInterrupt(), RuntimeError("Query interrupted"), SystemExit(1)],
    ids=lambda error: type(error).__name__,
)
def test_whatever_a_library_makes_of_ctrl_c_it_is_130(error, capsys):
    """DuckDB and click say it in their own words."""
    with pytest.raises(SystemExit) as end, ending():
        try:
            os.kill(os.getpid(), signal.SIGINT)
            time.sleep(1)
        except KeyboardInterrupt:
            raise error from None
    assert end.value.code == INTERRUPTED
    assert capsys.readouterr().err == "quotum: interrupted; nothing was left half written\n"
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_a_defect_keeps_its_traceback_and_a_forbidden_file_does_not(tmp_path, capsys):
    with pytest.raises(ValueError, match="defect"), ending():
        raise ValueError("a defect")
    with pytest.raises(OSError, match="other"), ending():
        raise OSError(errno.EBADF, "other")
    with pytest.raises(SystemExit) as end, ending():
        raise PermissionError(errno.EACCES, "Permission denied", str(tmp_path / "closed"))
    assert end.value.code == 14
    assert "Permission denied; " in capsys.readouterr().err
    assert "belongs to " in str(Forbidden(tmp_path / "a" / "b"))


@pytest.mark.parametrize("given", ["option", "environment"])
def test_a_place_whose_name_is_not_utf8_is_wrong_use(given, tmp_path):
    """Code 2 and one line; a delivery with such a name is fine."""
    odd = os.fsdecode(os.fsencode(tmp_path) + b"/arch\xe9")
    path = write_csv(Path(f"{odd}.csv"), "returns", [cells("returns")])
    environment = {"QUOTUM_ARCHIVE": odd} if given == "environment" else {"QUOTUM_ARCHIVE": None}
    option = ["--archive", odd] if given == "option" else []
    result = CliRunner(env=environment).invoke(main, ["receive", str(path), *option])
    assert (result.exit_code, result.output.count("\n")) == (2, 1)
    assert "UTF-8" in result.output
    ended(receive_command(tmp_path / "archive", path), 0)


@pytest.mark.parametrize("size", ["-1GB", " -1GB", "-200MB", "0GB"])
def test_a_memory_limit_is_above_zero(size, tmp_path):
    take_in(tmp_path / "archive", deliver(tmp_path / "files"))
    assert "is no size" in ended(settle_command(tmp_path / "archive", tmp_path / "run", f"--memory-limit={size}"), 2)


def test_a_typo_makes_no_archive(tmp_path):
    deliver(tmp_path / "drop")
    job = ("job", "nightly", "--drop", tmp_path / "drop", "--archive", tmp_path / "typo", "--quiet-for", 0)
    assert "--new-archive" in ended(quotum(*job), 13)
    assert not (tmp_path / "typo").exists()
    output = ended(quotum(*job, "--new-archive", "--log-format", "text"), 0)
    assert re.match(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+]0[12]:00 info    received ", output)


def test_rebuild_when_rows_is_gone(tmp_path):
    take_in(tmp_path / "archive", deliver(tmp_path / "files"))
    before = files_under(tmp_path / "archive" / "rows")
    shutil.rmtree(tmp_path / "archive" / "rows")
    assert "replaced" in ended(quotum("archive", "rebuild", "--archive", tmp_path / "archive"), 0)
    assert files_under(tmp_path / "archive" / "rows") == before


def test_done_has_a_retention_of_its_own(tmp_path):
    """Only what has lain there long enough goes; the archive keeps the bytes, and forgetting says what it leaves."""
    deliver(tmp_path / "drop")
    job = ("job", "nightly", "--drop", tmp_path / "drop", "--archive", tmp_path / "archive", "--quiet-for", 0)
    assert "removed from done/: 0 files" in ended(quotum(*job, "--new-archive", "--keep-done", 1), 0)
    assert "removed from done/: 4 files" in ended(quotum(*job, "--keep-done", 0), 0)
    assert list((tmp_path / "drop" / "done").iterdir()) == []
    assert "0 problems" in ended(quotum("archive", "check", "--archive", tmp_path / "archive"), 0)
    forget = quotum("archive", "forget", "--year", 2020, "--archive", tmp_path / "archive", "--dry-run")
    assert "--keep-done" in ended(forget, 0)


def test_reasons_and_log_name_rule_and_row(tmp_path):
    drop = tmp_path / "drop"
    deliver(drop, register=[cells("register"), cells("register", registered_from="NA")])
    job = quotum("job", "nightly", "--drop", drop, "--archive", tmp_path / "archive", "--quiet-for", 0, "--new-archive")
    assert "1 rows rejected by registered_from_form: 1 (row 2)" in ended(job, 3)
    reason = (drop / "done" / "register.csv.reason.txt").read_text()
    assert reason.splitlines()[1] == "register.csv, row 2: reject registered_from_form: NA"


def test_a_dry_run_names_rows_and_rules(tmp_path):
    path = write_csv(
        tmp_path / "register.csv", "register", [cells("register"), cells("register", registered_from="NA")]
    )
    output = ended(receive_command(tmp_path / "archive", path, "--dry-run"), 3)
    assert "  register.csv, row 2: reject registered_from_form\n" in output
    assert not (tmp_path / "archive").exists()


def test_nobody_confirms(tmp_path):
    """That somebody says no is no interrupt."""
    with pytest.raises(click.Abort), ending():
        raise click.Abort
