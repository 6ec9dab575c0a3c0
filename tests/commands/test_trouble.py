"""Receiving on a bad day: full disks, archives that can only be read, files that cannot, and others at work."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from quotum.archive import layout as archive_layout
from quotum.archive.layout import Layout, prepare_layout, writer_lock
from quotum.archive.receipts import receipts
from quotum.engine import scratch
from quotum.errors import CannotWrite
from quotum.intake import receive as receiving
from tests.disks import KILOBYTE, change, leave_room, small_disk
from tests.helpers import (
    HOUSE,
    deliver,
    discreet,
    ended,
    files_under,
    kept,
    process,
    receive_command,
    take_in,
    write_csv,
)
from tests.rows import cells, csv_text


@pytest.fixture
def many(tmp_path) -> Path:
    """A delivery of some hundred kilobytes that packs badly."""
    rows = [
        cells("returns", IdBer="M2", NumIV=str(number), PersNr=f"{number * 7919 % 10007}", SofiNr="")
        for number in range(1, 1_500)
    ]
    return write_csv(tmp_path / "many.csv", "returns", rows)


def test_a_disk_that_is_full_at_any_point(many, tmp_path):
    """Room for less and less: either it is said and the archive is as it was, or all of it is there."""
    files = deliver(tmp_path / "files")
    full = set()
    with small_disk(tmp_path / "disk", 4 * KILOBYTE) as disk:
        archive = disk / "archive"
        take_in(archive, files)
        before = kept(archive)
        needed = many.stat().st_size // KILOBYTE
        for room in (needed // 3, needed - 8, needed + 8, needed + 24, needed + 40, needed + 56):
            leave_room(disk, room)
            result = receive_command(archive, many)
            full.add(result.exit_code)
            if result.exit_code == 0:
                break
            output = ended(result, 14)
            assert "cannot be written" in output
            assert "No space left" in output
            discreet(output)
            assert kept(archive) == before
        assert 14 in full
        change(disk, f"size={8 * KILOBYTE}k")
        if 0 not in full:
            take_in(archive, [many])
        take_in(tmp_path / "once", files)
        take_in(tmp_path / "once", [many])
        assert kept(archive) == kept(tmp_path / "once")


STEPS = ("sync_folder", "write_durably", "receipt_bytes")


@pytest.mark.parametrize("step", STEPS)
def test_the_disk_is_full_when_things_get_their_places(step, tmp_path, monkeypatch):
    """Originals and rows that were in place already are taken back."""
    archive = tmp_path / "archive"
    take_in(archive, deliver(tmp_path / "files"))
    before = kept(archive)
    more = write_csv(tmp_path / "more.csv", "returns", [cells("returns", IdBer="M2")])

    def no_room(*_arguments: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(receiving, step, no_room)
        assert "No space left" in ended(receive_command(archive, more), 14)
    assert kept(archive) == before
    take_in(archive, [more])


def test_a_receipt_that_is_there_keeps_what_it_names(tmp_path, monkeypatch):
    """The system complains after the receipt got its name: then the delivery counts, and nothing is taken back."""
    archive = tmp_path / "archive"
    take_in(archive, deliver(tmp_path / "files"))
    more = write_csv(tmp_path / "more.csv", "returns", [cells("returns", IdBer="M2")])
    write = receiving.write_durably

    def complaining(*arguments: object) -> None:
        write(*arguments)
        raise OSError(5, "Input/output error")

    with monkeypatch.context() as patched:
        patched.setattr(receiving, "write_durably", complaining)
        ended(receive_command(archive, more), 14)
    assert "in the archive already" in ended(receive_command(archive, more), 0)
    assert {receipt.sequence for receipt in receipts(Layout(archive))} == {1, 2}
    assert (archive / "rows" / "000002" / "returns-2026-0001.parquet").is_file()


def test_an_archive_that_can_only_be_read(tmp_path):
    files = deliver(tmp_path / "files")
    more = write_csv(tmp_path / "more.csv", "returns", [cells("returns", IdBer="M2")])
    with small_disk(tmp_path / "disk", 4 * KILOBYTE) as disk:
        archive = disk / "archive"
        take_in(archive, files)
        before = files_under(archive)
        change(disk, "ro")
        output = ended(receive_command(archive, more), 14)
        assert "Read-only file system" in output
        discreet(output)
        assert files_under(archive) == before
        # Looking only is possible.
        assert "1 rows received = 1 accepted" in ended(receive_command(archive, more, "--dry-run"), 0)


def test_a_dry_run_without_room_for_its_work(tmp_path, monkeypatch):
    """It works in the system's folder for temporary files; that it is full is said as well."""
    more = write_csv(tmp_path / "more.csv", "returns", [cells("returns")])

    def no_room(*_arguments: object, **_more: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(scratch.tempfile, "mkdtemp", no_room)
    assert "No space left" in ended(receive_command(tmp_path / "archive", more, "--dry-run"), 14)


def test_a_file_that_opens_and_cannot_be_read(tmp_path):
    """As on a bad disk or a lost network drive. The other file is received."""
    unreadable = Path("/proc/self/mem")
    if not unreadable.exists():
        pytest.skip("there is no /proc/self/mem, which opens and gives an error when it is read")
    archive = tmp_path / "archive"
    output = ended(receive_command(archive, unreadable, *deliver(tmp_path / "files")), 10)
    assert "mem: cannot be read: Input/output error" in output
    assert len(list((archive / "originals").glob("*/*"))) == 4


def test_whether_a_file_can_be_read_shows_when_it_is_read(tmp_path, monkeypatch):
    """Not before, as wrong use: the other files are to be received."""
    monkeypatch.setattr(os, "access", lambda *_args, **_kwargs: False)
    ended(receive_command(tmp_path / "archive", *deliver(tmp_path / "files")), 0)


def test_asked_to_stop_it_leaves_nothing_behind(tmp_path):
    """What a dry run copies can hold personal data."""
    row = csv_text("returns", [cells("returns")]).splitlines(keepends=True)
    (tmp_path / "large.csv").write_text(row[0] + row[1] * 300_000)
    (tmp_path / "work").mkdir()
    command = [
        sys.executable,
        "-m",
        "jobs.cli",
        "receive",
        tmp_path / "large.csv",
        "--archive",
        tmp_path / "a",
        "--dry-run",
    ]
    running = subprocess.Popen(list(map(str, command)), cwd=HOUSE, env=os.environ | {"TMPDIR": str(tmp_path / "work")})
    while not any((tmp_path / "work").glob(".quotum-*/rows/*")):
        assert running.poll() is None
        time.sleep(0.01)
    running.terminate()
    assert running.wait() == 128 + signal.SIGTERM
    assert list((tmp_path / "work").iterdir()) == []


@pytest.mark.parametrize("place", ["pipe", "/dev/zero", "/dev/null"])
def test_what_never_ends_is_no_file(place, tmp_path):
    """A pipe without a writer would be waited for, and /dev/zero fill the disk. The other file is received."""
    os.mkfifo(tmp_path / "pipe")
    archive = tmp_path / "archive"
    command = ("receive", tmp_path / place, *deliver(tmp_path / "files"), "--archive", archive)
    result = process(*command, timeout=60)
    assert result.returncode == 10
    assert "is no file but a pipe or a device" in result.stderr
    assert len(list((archive / "originals").glob("*/*"))) == 4


def test_a_second_receive_waits_and_says_so(tmp_path):
    archive = tmp_path / "archive"
    files = deliver(tmp_path / "files")
    take_in(archive, files)
    more = write_csv(tmp_path / "more.csv", "returns", [cells("returns", IdBer="M2")])
    command = [sys.executable, "-m", "jobs.cli", "receive", str(more), "--archive", str(archive)]
    with writer_lock(Layout(archive), lambda: None):
        second = subprocess.Popen(command, cwd=HOUSE, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert second.stderr is not None
        assert "waiting" in second.stderr.readline()
        assert second.poll() is None
        assert len(receipts(Layout(archive))) == 1
    out, _ = second.communicate(timeout=60)
    assert second.returncode == 0
    assert "more.csv: returns, 1 rows received = 1 accepted" in out
    assert len(receipts(Layout(archive))) == 2


@pytest.mark.slow
def test_several_receives_into_a_new_archive_all_succeed(tmp_path):
    """They make it together, and each adds its own."""
    files = deliver(tmp_path / "files")
    archive = tmp_path / "archive"
    running = [
        subprocess.Popen(
            [sys.executable, "-m", "jobs.cli", "receive", str(path), "--archive", str(archive)],
            cwd=HOUSE, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
        )
        for path in files
    ]  # fmt: skip
    outputs = [result.communicate(timeout=100)[1] for result in running]
    assert [result.returncode for result in running] == [0] * len(files), outputs
    assert sorted(receipt.sequence for receipt in receipts(Layout(archive))) == [1, 2, 3, 4]


def test_an_archive_that_many_make_at_once_is_made_once(tmp_path, monkeypatch):
    """One is stopped while it makes the folders, another comes and waits for it."""
    root = tmp_path / "archive"
    event, going_on = threading.Event(), threading.Event()
    write = archive_layout.write_durably
    written = []

    def slow(*arguments):
        event.set()
        assert going_on.wait(20)
        written.append(arguments)
        write(*arguments)

    monkeypatch.setattr(archive_layout, "write_durably", slow)
    result = []
    threads = [threading.Thread(target=lambda: result.append(prepare_layout(root))) for _ in range(3)]
    for thread in threads:
        thread.start()
    assert event.wait(20)
    going_on.set()
    for thread in threads:
        thread.join(20)
    assert result == [Layout(root)] * 3
    assert [path.name for path, _ in written] == ["runs.json", "quotum-archive.json"]


def test_a_folder_of_something_else_is_left_alone(tmp_path):
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "mine.txt").write_text("mine")
    with pytest.raises(CannotWrite, match="no archive of quotum"):
        prepare_layout(tmp_path / "other")
    assert files_under(tmp_path) == {"other/mine.txt": b"mine"}


@pytest.mark.parametrize("sign", [b"BZh9", b"\xfd7zXZ\x00", b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a\x07"])
def test_what_is_packed_otherwise_is_named(sign, tmp_path):
    (tmp_path / "delivery").write_bytes(sign + bytes(range(256)))
    output = ended(receive_command(tmp_path / "archive", tmp_path / "delivery"), 10)
    assert "which quotum does not unpack; pack it as .zip, .gz, .zst or .tar" in output


def test_a_delivery_of_another_kind_than_was_expected(tmp_path):
    register = write_csv(tmp_path / "register.csv", "register", [cells("register")])
    output = ended(receive_command(tmp_path / "archive", register, "--kind", "employers"), 10)
    assert "has the columns of register; expected employers" in output
    nonsense = tmp_path / "letter.csv"
    nonsense.write_text("Dear sir\n")
    assert "no column quotum knows; expected employers" in ended(
        receive_command(tmp_path / "archive", nonsense, "--kind", "employers"), 10
    )


def test_csv_that_is_not_utf8_says_what_to_do(tmp_path):
    rows = [cells("employers", name="Zo\u00ebterwoude")]
    latin = tmp_path / "employers.csv"
    latin.write_bytes(csv_text("employers", rows).encode("latin-1"))
    output = ended(receive_command(tmp_path / "archive", latin), 10)
    assert "it is not UTF-8 (it may be Latin-1). Have it made anew, in UTF-8" in output


@pytest.mark.parametrize(("last", "expected"), [("2015-01-01", False), ("2014-12-31", True)], ids=["a_day", "before"])
def test_an_employer_that_ended_before_it_started_is_a_finding(last, expected, tmp_path):
    """The row stays: without it the employer would lose its sector."""
    employers = write_csv(tmp_path / "employers.csv", "employers", [cells("employers", ended_on=last)])
    output = ended(receive_command(tmp_path / "archive", employers), 0)
    assert ("ended_on_not_before_started_on: 1" in output) == expected
    assert "1 accepted" in output
