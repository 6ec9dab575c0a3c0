"""What makes the stages of a run once more refuses a run that decides nothing, was altered, or has no archive."""

import shutil
from pathlib import Path

import pytest

from tests.commands.test_quota_levy import MARKET_PERCENTAGE, small_country
from tests.helpers import deliver, discreet, ended, files_under, quotum, settled, take_in
from tests.rows import EMPLOYER, PERSON

COMMANDS = ("overview", "missed", "reconcile")


@pytest.fixture(scope="module")
def run(tmp_path_factory) -> Path:
    """A run of one employer."""
    folder = tmp_path_factory.mktemp("refused")
    take_in(folder / "archive", deliver(folder / "files"))
    settled(folder / "archive", folder / "run")
    return folder / "run"


@pytest.fixture(scope="module")
def levied(tmp_path_factory) -> Path:
    """A run of the quota levy."""
    folder = tmp_path_factory.mktemp("levied")
    take_in(folder / "archive", deliver(folder / "files", **small_country()))
    (folder / "market.toml").write_text(MARKET_PERCENTAGE)
    place = ("--archive", folder / "archive", "--year", 2018, "--as-of", "2019-05-01", "--out", folder / "run")
    ended(quotum("settle", *place, "--regime", "quota-levy", "--scenario", folder / "market.toml"), 0)
    return folder / "run"


def _asked(command: str, run: Path, folder: Path, *more: object):
    folder.mkdir(exist_ok=True)
    decision = folder / "decision.csv"
    decision.write_text(f"bsn,lkv\n{PERSON},1.00\n")
    of_file = ("--decision", decision, "--employer", EMPLOYER) if command == "reconcile" else ()
    return quotum(command, run, "--out", folder / "made", *of_file, *more)


@pytest.mark.parametrize("command", COMMANDS)
def test_a_run_that_is_sound_is_taken(run, tmp_path, command):
    before = files_under(run)
    discreet(ended(_asked(command, run, tmp_path), 0))
    assert (tmp_path / "made").is_dir()
    assert files_under(run) == before


@pytest.mark.parametrize("command", COMMANDS)
def test_a_run_of_the_quota_levy_decides_nothing(levied, tmp_path, command):
    assert "no decision" in ended(_asked(command, levied, tmp_path), 2)
    assert not (tmp_path / "made").exists()


@pytest.mark.parametrize("command", COMMANDS)
def test_a_folder_that_is_no_run_is_wrong_use(tmp_path, command):
    ended(_asked(command, tmp_path, tmp_path / "more"), 2)


@pytest.mark.parametrize("command", COMMANDS)
def test_an_altered_run_is_not_read(run, tmp_path, command):
    altered = tmp_path / "run"
    shutil.copytree(run, altered)
    path = altered / "data" / "bonus_lines.parquet"
    path.chmod(0o600)
    path.write_bytes(path.read_bytes() + b"\n")
    discreet(ended(_asked(command, altered, tmp_path / "more"), 21))


@pytest.mark.parametrize("command", COMMANDS)
def test_an_archive_that_is_not_there_or_another(run, levied, tmp_path, command):
    ended(_asked(command, run, tmp_path, "--archive", tmp_path / "nothing"), 13)
    ended(_asked(command, run, tmp_path, "--archive", levied.parent / "archive"), 13)
    assert not (tmp_path / "made").exists()
