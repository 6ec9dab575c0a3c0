"""Folders for work in progress: what a process that was killed left is taken away, what a living one has is not."""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from quotum.engine import duck, scratch
from quotum.engine.duck import duck_engine
from quotum.engine.scratch import clear_left_over, is_scratch, scratch_folder
from quotum.errors import CannotWrite
from tests.disks import KILOBYTE, small_disk
from tests.helpers import HOUSE

HOLDS = """
import sys
from pathlib import Path
from quotum.engine.scratch import scratch_folder
with scratch_folder(Path(sys.argv[1]), "spill") as folder:
    (folder / "spilled").write_bytes(b"x" * 100)
    (folder / "data").mkdir()
    (folder / "data" / "sealed").write_bytes(b"x")
    (folder / "data").chmod(0o500)
    print(folder, flush=True)
    sys.stdin.read()
"""


class Holder:
    """Another process with a folder of its own."""

    def __init__(self, place: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", HOLDS, str(place)],
            cwd=HOUSE, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        assert self.process.stdout is not None
        self.folder = Path(self.process.stdout.readline().strip())

    def kill(self) -> None:
        self.process.kill()
        assert self.process.wait() == -signal.SIGKILL


@pytest.fixture
def holder(tmp_path):
    process_holder = Holder(tmp_path)
    yield process_holder
    process_holder.process.kill()
    process_holder.process.communicate()


def test_what_a_killed_process_left_goes_with_the_next_and_not_before(holder, tmp_path):
    with scratch_folder(tmp_path, "replay") as other:
        assert (holder.folder / "spilled").is_file()
    assert not other.exists()
    holder.kill()
    assert (holder.folder / "data" / "sealed").is_file()
    with scratch_folder(tmp_path, "replay") as other:
        assert list(tmp_path.iterdir()) == [other]
    assert list(tmp_path.iterdir()) == []


def test_an_engine_takes_away_what_another_left(holder, tmp_path):
    holder.kill()
    with duck_engine(tmp_path):
        assert not holder.folder.exists()
    assert list(tmp_path.iterdir()) == []


def test_what_has_its_final_name_stays_and_so_does_what_others_made(tmp_path):
    others = [tmp_path / name for name in (".quotum-spill-short", "quotum-spill-abcd1234", ".other-spill-abcd1234")]
    for other in others:
        other.mkdir()
    (tmp_path / ".quotum-spill-afileabc").write_text("no folder")
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "kept").touch()
    (tmp_path / ".quotum-spill-alinkabc").symlink_to(tmp_path / "elsewhere")
    before = sorted(tmp_path.rglob("*"))
    with scratch_folder(tmp_path, "partial") as folder:
        folder.rename(tmp_path / "run")
    clear_left_over(tmp_path)
    assert sorted(tmp_path.rglob("*")) == sorted([*before, tmp_path / "run"])


def test_nothing_of_somebody_else_is_taken_away(tmp_path, monkeypatch):
    left = tmp_path / ".quotum-spill-abcd1234"
    left.mkdir()
    monkeypatch.setattr(scratch.os, "geteuid", lambda: os.getuid() + 1)
    clear_left_over(tmp_path)
    assert left.is_dir()
    monkeypatch.undo()
    clear_left_over(tmp_path)
    assert not left.exists()


def test_a_folder_that_was_cleared_before_it_was_held_is_made_anew(tmp_path, monkeypatch):
    """Somebody else clears between the two steps of making it."""
    real, result = scratch.tempfile.mkdtemp, []

    def cleared(*arguments: object, **more: object) -> str:
        result.append(real(*arguments, **more))
        if len(result) < 3:
            shutil.rmtree(result[-1])
        return result[-1]

    monkeypatch.setattr(scratch.tempfile, "mkdtemp", cleared)
    with scratch_folder(tmp_path, "spill") as folder:
        assert folder == Path(result[2])
        assert is_scratch(folder.name)


def test_many_at_once_take_nothing_of_each_other_away(tmp_path):
    turns = """
import sys
from pathlib import Path
from quotum.engine.scratch import scratch_folder
for _ in range(300):
    with scratch_folder(Path(sys.argv[1]), "spill") as folder:
        (folder / "mine").write_bytes(b"x")
        assert (folder / "mine").read_bytes() == b"x"
"""
    several = [subprocess.Popen([sys.executable, "-c", turns, str(tmp_path)], cwd=HOUSE) for _ in range(4)]
    assert [process.wait() for process in several] == [0] * 4
    assert list(tmp_path.iterdir()) == []


def test_an_engine_leaves_room_to_others_for_what_it_shelves_too(tmp_path, monkeypatch):
    """Of the room that was free it takes a share, whatever it puts there."""
    with small_disk(tmp_path / "disk", 8 * KILOBYTE) as disk:
        monkeypatch.setattr(duck, "SHARE_OF_ROOM", 0.5)
        with pytest.raises(CannotWrite, match="the disk is full"), duck_engine(disk, 1, "60MB") as engine:
            text = "SELECT current_setting('max_temp_directory_size')"
            assert engine._connection.execute(text).fetchall() == [("4.0 MiB",)]
            rows = engine._connection.sql("SELECT md5(range::VARCHAR) AS text FROM range(50_000)")
            engine.shelve(duck.nw.from_native(rows))
            assert engine._connection.execute(text).fetchall() < [("2.9 MiB",)]
            engine._connection.execute(
                "CREATE TEMP TABLE spilled AS SELECT md5(range::VARCHAR) AS text FROM range(3_000_000) ORDER BY text"
            )
        assert list(disk.iterdir()) == []
