"""No room left to spill or to write: said with code 14 and without a traceback, and nothing is half there."""

import re
from pathlib import Path

import duckdb
import pytest

from quotum.archive.layout import Layout, write_durably, writing
from quotum.engine.disk_room import room_needed
from quotum.engine.duck import duck_engine
from quotum.errors import CannotWrite, WrongUse
from quotum.generate.country import generate
from quotum.intake import call
from tests.disks import KILOBYTE, leave_room, small_disk
from tests.helpers import AS_OF, deliver, discreet, files_under, kept, process, receive_command, take_in, write_csv
from tests.rows import cells

pytestmark = pytest.mark.slow

SPILLING = "CREATE TEMP TABLE spilled AS SELECT md5(range::VARCHAR) AS text FROM range(3_000_000) ORDER BY text"
LITTLE = ("--memory-limit", "60MB", "--threads", 2)
YEAR = ("--year", 2026, "--as-of", AS_OF)


@pytest.fixture(scope="module")
def country(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A country whose settlement spills when there is little memory, and its archive."""
    folder = tmp_path_factory.mktemp("country")
    generate(3000, 2026, 7, folder / "files", "parquet")
    take_in(folder / "archive", [*folder.glob("files/*.parquet"), *folder.glob("files/*.csv")])
    return folder


def _full(*arguments: object) -> str:
    """Run a command that must say that the disk is full."""
    result = process(*arguments)
    assert result.returncode == 14, result.stderr
    line = result.stderr.splitlines()[-1]
    assert "cannot be written" in line
    assert "disk is full" in line or "No space left" in line
    assert "Traceback" not in result.stderr
    discreet(result.stderr)
    return line


def test_settle_without_room_to_spill(country, tmp_path):
    with small_disk(tmp_path / "disk", 4 * KILOBYTE) as disk:
        scenario = country / "files" / "scenario.toml"
        run = ("settle", "--archive", country / "archive", *YEAR, "--scenario", scenario, "--out", disk / "run")
        assert f"{disk} cannot be written: the disk is full" in _full(*run, *LITTLE)
        assert list(disk.iterdir()) == []


def test_settle_where_no_room_can_be_enough_does_not_begin(country, tmp_path):
    """What is needed and what there is are both named."""
    with small_disk(tmp_path / "disk", 80) as disk:
        output = _full("settle", "--archive", country / "archive", *YEAR, "--out", disk / "run")
        match_ = re.search(r"at least (\S+) MB there and mostly (\S+) MB, and (\S+) MB can be taken", output)
        assert match_ is not None
        at_least, mostly, free = map(float, match_.groups())
        assert free < at_least < mostly
        assert "nothing was begun" in output
        assert list(disk.iterdir()) == []


def test_settle_says_beforehand_where_room_may_not_be_enough(country, tmp_path):
    run = ("settle", "--archive", country / "archive", *YEAR, "--out")
    with small_disk(tmp_path / "disk", 16 * KILOBYTE) as disk:
        result = process(*run, disk / "run")
        assert (result.returncode, "can be taken" in result.stderr) == (0, False)
        leave_room(disk, 4 * KILOBYTE)
        result = process(*run, disk / "again", *LITTLE)
        assert "mostly takes" in result.stderr
        assert "it may not be enough" in result.stderr


@pytest.mark.parametrize(
    ("room", "options"),
    [
        pytest.param(KILOBYTE, LITTLE, id="to_spill"),
        pytest.param(20, (), id="to_keep_its_base"),
    ],
)
def test_simulate_without_room(room, options, country, tmp_path):
    with small_disk(tmp_path / "disk", 32 * KILOBYTE) as disk:
        take_in(disk / "archive", [*country.glob("files/*.parquet"), *country.glob("files/*.csv")])
        before = files_under(disk)
        leave_room(disk, room)
        basis = ("--basis", country / "files" / "targets.toml", "--scenario", "activated-balance")
        _full("simulate", "--archive", disk / "archive", *YEAR, *basis, "--out", tmp_path / "compared", *options)
        assert files_under(disk) == before
        assert not (tmp_path / "compared").exists()


def test_receive_without_room_to_spill(tmp_path, monkeypatch):
    """The last query of a receive call is one that spills, in the folder where all of its queries would."""

    def spilling(connection: duckdb.DuckDBPyConnection, _folder: Path) -> tuple[()]:
        connection.execute("SET memory_limit = '50MB'")
        connection.execute(SPILLING)
        return ()

    more = write_csv(tmp_path / "more.csv", "returns", [cells("returns", IdBer="M2")])
    with small_disk(tmp_path / "disk", 4 * KILOBYTE) as disk:
        archive = disk / "archive"
        take_in(archive, deliver(tmp_path / "files"))
        before = kept(archive)
        monkeypatch.setattr(call, "_count_findings", spilling)
        result = receive_command(archive, more)
        assert (result.exit_code, type(result.exception)) == (14, SystemExit)
        assert "cannot be written: the disk is full" in result.stderr
        assert kept(archive) == before
        assert list(Layout(archive).staging.iterdir()) == []


@pytest.mark.parametrize("room", [200, 1000])
def test_rebuild_without_room(room, country, tmp_path):
    """A file that could not be written to its end is closed without another word."""
    with small_disk(tmp_path / "disk", 32 * KILOBYTE) as disk:
        take_in(disk / "archive", [*country.glob("files/*.parquet"), *country.glob("files/*.csv")])
        before = kept(disk / "archive")
        leave_room(disk, room)
        _full("archive", "rebuild", "--archive", disk / "archive")
        assert kept(disk / "archive") == before


def test_a_file_that_does_not_fit_leaves_nothing(tmp_path):
    with small_disk(tmp_path / "disk", 16) as disk:
        with pytest.raises(CannotWrite, match="No space left"), writing(disk):
            write_durably(disk / "report.html", b"x" * 64 * KILOBYTE)
        assert list(disk.iterdir()) == []


FULL = (
    duckdb.OutOfMemoryException("Out of Memory Error: failed to offload data block of size 192.0 KiB (17 MiB/18 MiB)"),
    duckdb.IOException('IO Error: Could not write file "duckdb_temp_storage_DEFAULT-0.tmp": No space left on device'),
    OSError("Out of Memory Error: failed to offload data block of size 192.0 KiB (0 bytes/0 bytes used)."),
)


@pytest.mark.parametrize("error", FULL, ids=["offload", "write", "while_results_stream"])
def test_what_duckdb_says_of_a_full_disk(error, tmp_path):
    with pytest.raises(CannotWrite, match="the disk is full"), room_needed(tmp_path):
        raise error


def test_what_duckdb_says_of_other_trouble(tmp_path):
    with pytest.raises(CannotWrite, match="Read-only file system"), room_needed(tmp_path):
        raise duckdb.IOException('IO Error: Failed to create directory "x": Read-only file system')
    for too_small in (duckdb.OutOfMemoryException, OSError):
        with pytest.raises(WrongUse, match="memory limit is too small"), duck_engine(tmp_path):
            raise too_small("Out of Memory Error: failed to allocate data of size 16.0 MiB")
    for other in (OSError(5, "Input/output error"), duckdb.IOException("IO Error: No files found"), OSError("other")):
        with pytest.raises(type(other)), room_needed(tmp_path):
            raise other
