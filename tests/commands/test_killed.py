"""Killed at any moment, `quotum receive` and `quotum settle` leave nothing half, and run again as if nothing was."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.helpers import (
    EXAMPLES,
    HOUSE,
    RECEIVED,
    deliver,
    example,
    example_files,
    files_under,
    kept,
    record_and_results,
    settled,
    take_in,
)
from tests.killing import dying

KILLS = 50


def _receive(archive: Path, files: list[Path], deadly: int = 0) -> subprocess.CompletedProcess[str]:
    return dying(archive, deadly, "receive", *files, "--archive", archive, "--received", RECEIVED.isoformat())


def _changes(process: subprocess.CompletedProcess[str]) -> int:
    assert process.returncode == 0, process.stderr
    return int(process.stderr.rpartition("changes: ")[2])


def _sample(changes: int, chance: random.Random, number: int) -> list[int]:
    """Some of the changes: by chance, and those at the end, where things get their final names."""
    return sorted({*chance.sample(range(1, changes + 1), min(number, changes)), *range(changes - 3, changes + 1)})


def _counted(archive: Path) -> dict[str, bytes]:
    """What counts in an archive: all but work in progress."""
    return {name: content for name, content in kept(archive).items() if not name.startswith("staging/")}


def _assert_like_once(archive: Path, once: Path) -> None:
    """The same originals, rows and receipts to the byte, and no work in progress."""
    assert kept(archive) == kept(once)
    assert list((archive / "staging").iterdir()) == []


def test_an_archive_that_was_only_half_made_is_made_whole(tmp_path):
    """Killed while the folders of a new archive are made, before the file that says it is one."""
    files = deliver(tmp_path / "files")
    assert _receive(tmp_path / "archive", files, 3).returncode == -signal.SIGKILL
    assert (tmp_path / "archive").is_dir()
    assert not (tmp_path / "archive" / "quotum-archive.json").exists()
    take_in(tmp_path / "archive", files)
    take_in(tmp_path / "once", files)
    _assert_like_once(tmp_path / "archive", tmp_path / "once")


@pytest.mark.slow
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("present", [False, True], ids=["new_archive", "archive_that_was_there"])
def test_receive_killed_while_it_changes_files(present, tmp_path):
    first = deliver(tmp_path / "first", register=[{"bsn": "", "registered_from": "2020-01-01"}])
    files = deliver(tmp_path / "files")

    def prepared(place: Path) -> Path:
        if present:
            assert _receive(place, first).returncode == 3
        return place

    once = prepared(tmp_path / "once")
    changes = _changes(_receive(once, files))
    assert changes > 20
    for deadly in _sample(changes, random.Random(7), KILLS):  # noqa: S311 (the same each time)
        archive = prepared(tmp_path / f"archive-{deadly}")
        before = _counted(archive)
        assert _receive(archive, files, deadly).returncode == -signal.SIGKILL
        if not (archive / "receipts" / f"00000{2 if present else 1}.json").exists():
            assert {name: content for name, content in _counted(archive).items() if name in before} == before
        again = _receive(archive, files)
        assert again.returncode == 0, f"after change {deadly}: {again.stderr}"
        _assert_like_once(archive, once)


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_receive_killed_at_random_moments(tmp_path):
    files = example_files(EXAMPLES[1])
    started = time.monotonic()
    assert _receive(tmp_path / "once", files).returncode == 0
    lasts = time.monotonic() - started
    chance = random.Random(20260101)  # noqa: S311 (the same each time)
    killed = 0
    for number in range(KILLS):
        archive = tmp_path / f"archive-{number}"
        command = [sys.executable, "-m", "jobs.cli", "receive", *map(str, files), "--archive", str(archive)]
        with subprocess.Popen(
            [*command, "--received", RECEIVED.isoformat()],
            cwd=HOUSE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        ) as running:  # fmt: skip
            time.sleep(lasts * chance.uniform(0.1, 0.9))
            os.kill(running.pid, signal.SIGKILL)
            killed += running.wait() == -signal.SIGKILL
        again = _receive(archive, files)
        assert again.returncode == 0, again.stderr
        _assert_like_once(archive, tmp_path / "once")
    assert killed > KILLS // 2


@pytest.mark.slow
def test_what_a_killed_settle_left_beside_its_run_goes_with_the_next(tmp_path):
    """Half a run and what it spilled can hold personal data."""
    name, out = EXAMPLES[0], tmp_path / "runs"
    out.mkdir()
    take_in(tmp_path / "archive", example_files(name))
    settle = ("settle", "--archive", tmp_path / "archive", "--year", 2026, "--as-of", "2027-05-01", "--out")
    assert dying(out, 5, *settle, out / "killed").returncode == -signal.SIGKILL
    assert {path.name.split("-")[1] for path in out.iterdir()} == {"partial", "spill"}
    again = dying(out, 0, *settle, out / "run")
    assert again.returncode == 0, again.stderr
    assert [path.name for path in out.iterdir()] == ["run"]


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_settle_killed_while_it_changes_files(tmp_path):
    """The run is there whole or not at all, and settling again gives the same run."""
    name = EXAMPLES[0]
    archive, out = tmp_path / "archive", tmp_path / "runs"
    take_in(archive, example_files(name))
    settled(archive, tmp_path / "once", example(name) / "scenario.toml")
    expected = record_and_results(tmp_path / "once")

    def settle(place: Path, deadly: int = 0) -> subprocess.CompletedProcess[str]:
        return dying(
            out, deadly, "settle", "--archive", archive, "--year", 2026, "--as-of", "2027-05-01",
            "--scenario", example(name) / "scenario.toml", "--out", place,
        )  # fmt: skip

    out.mkdir()
    changes = _changes(settle(out / "whole"))
    assert changes > 10
    for deadly in _sample(changes, random.Random(8), 10):  # noqa: S311 (the same each time)
        run = out / f"run-{deadly}"
        assert settle(run, deadly).returncode == -signal.SIGKILL
        if run.exists():
            assert record_and_results(run) == expected
        again = settle(run)
        assert again.returncode == 0, f"after change {deadly}: {again.stderr}"
        assert record_and_results(run) == expected
        assert run.stat().st_mode & 0o777 == 0o500
        assert list(out.glob(".*")) == []
        assert files_under(archive)
