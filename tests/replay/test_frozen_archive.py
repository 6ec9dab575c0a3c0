"""An archive and runs of format 1, made once and never again: every later version reads and repeats them."""

import json
import shutil
from pathlib import Path

import pytest

from quotum.archive.layout import FORMAT
from quotum.version import code_digest
from tests.helpers import FIXTURES, deliver, ended, quotum, receive_command, settle_command
from tests.make_frozen_archive import FROZEN, RUNS, make
from tests.replay.altering import a_copy


@pytest.fixture
def frozen(tmp_path):
    """A copy, so that nothing is ever written in the fixtures."""
    return a_copy(FROZEN, tmp_path / "frozen")


def test_the_archive_is_of_format_1_and_whole(frozen):
    assert json.loads((frozen / "archive" / "quotum-archive.json").read_text()) == {"format": 1}
    assert FORMAT >= 1
    assert "0 problems" in ended(quotum("archive", "check", "--archive", frozen / "archive"), 0)
    assert "(forgotten on 2027-08-01)" not in ended(quotum("archive", "list", "--archive", frozen / "archive"), 0)
    assert (frozen / "archive" / "receipts" / "000002.1.json").is_file()


@pytest.mark.parametrize("name", RUNS)
def test_its_runs_are_repeated_by_this_version_with_the_same_results(name, frozen):
    """By other code than made them, so 21; and the results are the same."""
    record = json.loads((frozen / name / "data" / "run.json").read_text())
    other = record["code"]["sha256"] != code_digest()
    output = ended(quotum("replay", frozen / name, "--archive", frozen / "archive"), 21 if other else 0)
    assert ("cannot be certified; results are the same" if other else "identical") in output
    assert "every file of the run as it was sealed" in ended(
        quotum("verify", frozen / name, "--archive", frozen / "archive"), 0
    )


def test_its_deliveries_are_read_by_this_version_to_the_same_results(frozen):
    """From the original bytes: the tables may be written otherwise, no row of them differs."""
    result = quotum("replay", frozen / "run", "--archive", frozen / "archive", "--from-originals")
    output = ended(result, result.exit_code)
    assert result.exit_code in (0, 21)
    assert "results are the same" in output or "identical" in output


def test_a_year_of_it_is_forgotten(frozen):
    """The rows that stay come out of the originals as they were, or nothing would be forgotten."""
    text = ("archive", "forget", "--year", "2026", "--yes", "--archive", frozen / "archive")
    assert "forgotten" in ended(quotum(*text), 0)
    assert not list((frozen / "archive" / "rows").rglob("returns-2026*"))


def test_it_is_added_to_and_settled(frozen, tmp_path):
    archive = frozen / "archive"
    assert receive_command(archive, *deliver(tmp_path / "files")).exit_code == 0
    ended(settle_command(archive, tmp_path / "run"), 0)
    assert "0 problems" in ended(quotum("archive", "check", "--archive", archive), 0)
    assert "identical" in ended(quotum("replay", tmp_path / "run"), 0)


def test_how_it_was_made_still_makes_such_an_archive(tmp_path):
    """What is kept has the same names and originals; the bytes of the tables are of the version that wrote them."""
    make(tmp_path)
    result = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()}
    values = {path.relative_to(FROZEN).as_posix() for path in FROZEN.rglob("*") if path.is_file()}
    # Runs of then stopped at a message that contradicts itself, and so list none that was set aside.
    runs = {Path(name).parent for name in values if name.endswith("/quality.parquet")}
    assert result == values | {f"{run.as_posix()}/set_aside.parquet" for run in runs}
    assert FROZEN.parent == FIXTURES
    shutil.rmtree(tmp_path / "archive")
