"""A delivery that is read while it is copied."""

import contextlib
import hashlib
import io
import threading
from pathlib import Path

import pytest

from quotum.errors import DeliveryRefused
from quotum.intake.delivery import copying
from quotum.intake.delivery.copying import Coming
from quotum.intake.receive import receive
from tests.helpers import RECEIVED, cells, write_csv

BYTES = bytes(range(256)) * 20_000


@pytest.fixture(autouse=True)
def _small_steps(monkeypatch):
    monkeypatch.setattr(copying, "_CHUNK", 4_099)
    monkeypatch.setattr(copying, "_BEHIND", 100_000)
    monkeypatch.setattr(copying, "_AT_HAND", 10_000)
    monkeypatch.setattr(copying, "_BUFFER", 500)


def _file(folder: Path, content: bytes = BYTES) -> Path:
    path = folder / "delivery"
    path.write_bytes(content)
    return path


def test_what_is_read_while_it_comes_is_what_is_kept(tmp_path):
    coming = Coming(_file(tmp_path), tmp_path / "copy")
    with contextlib.closing(coming.open()) as first, contextlib.closing(coming.open()) as second:
        assert first.read() == BYTES
        assert second.read(777) == BYTES[:777]
    arrived = coming.arrived()
    assert (arrived.sha256, arrived.size) == (hashlib.sha256(BYTES).hexdigest(), len(BYTES))
    assert (tmp_path / "copy").read_bytes() == BYTES


def test_who_reads_waits_for_what_is_on_its_way(tmp_path, monkeypatch):
    may_go_on = threading.Event()

    class Slow(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            if self.tell():
                may_go_on.wait(60)
            return super().read(size)

    monkeypatch.setattr(copying, "_opened", lambda _path: Slow(BYTES))
    coming = Coming(_file(tmp_path), tmp_path / "copy")
    with contextlib.closing(coming.open()) as stream:
        assert stream.read(1) == BYTES[:1]
        threading.Timer(0.05, may_go_on.set).start()
        assert stream.read() == BYTES[1:]


@pytest.mark.parametrize("wrong", [DeliveryRefused("cannot be read: gone"), OSError(28, "No space left on device")])
def test_what_goes_wrong_with_copying_comes_to_who_reads(tmp_path, monkeypatch, wrong):
    def broken(source, digest):
        yield BYTES[:1000]
        raise wrong

    monkeypatch.setattr(copying, "_chunks", broken)
    coming = Coming(_file(tmp_path), tmp_path / "copy")
    with contextlib.closing(coming.open()) as stream, pytest.raises(type(wrong)):
        while stream.read(100):
            pass
    with pytest.raises(type(wrong)):
        coming.arrived()


def test_copying_stays_just_ahead_of_who_reads_and_nothing_is_read_back(tmp_path, monkeypatch):
    coming = Coming(_file(tmp_path), tmp_path / "copy")
    with contextlib.closing(coming.open()) as stream:
        monkeypatch.setattr(stream.raw._file, "readinto", None)
        read = b""
        for size in (1, 4_098, 5_000, 99_999):
            read += stream.read(size)
            assert (tmp_path / "copy").stat().st_size <= len(read) + 500 + 10_000
        assert read + stream.read() == BYTES
    assert coming.arrived().size == len(BYTES)


def test_all_of_it_comes_when_it_is_awaited_whoever_reads(tmp_path):
    coming = Coming(_file(tmp_path), tmp_path / "copy")
    with contextlib.closing(coming.open()) as stream:
        assert stream.read(7) == BYTES[:7]
        assert coming.arrived().size == len(BYTES)
        assert stream.read() == BYTES[7:]


def test_who_begins_anew_reads_back_what_is_no_longer_at_hand(tmp_path):
    coming = Coming(_file(tmp_path), tmp_path / "copy")
    with contextlib.closing(coming.open()) as stalled, contextlib.closing(coming.open()) as anew:
        stalled.read(500_000)
        assert anew.read() == BYTES
    coming.stop()


def test_nobody_wants_the_rest(tmp_path, monkeypatch):
    coming = Coming(_file(tmp_path, BYTES * 20), tmp_path / "copy")
    coming.stop()
    assert (tmp_path / "copy").stat().st_size <= len(BYTES) * 20
    coming.stop()


def _rows(folder: Path, name: str, relation: str) -> Path:
    return write_csv(folder / name, "returns", [cells("returns", NumIV=relation)])


def test_a_delivery_that_is_there_already_is_known_by_its_bytes_and_not_by_its_size(tmp_path):
    first, other = _rows(tmp_path, "first.csv", "1"), _rows(tmp_path, "other.csv", "2")
    assert first.stat().st_size == other.stat().st_size
    archive = tmp_path / "archive"
    assert receive([first], archive, RECEIVED).deliveries
    assert receive([first], archive, RECEIVED).known == ("first.csv",)
    assert [one.accepted for one in receive([other], archive, RECEIVED).deliveries] == [1]


def test_a_file_that_became_a_known_one_while_it_was_read_adds_nothing(tmp_path, monkeypatch):
    """Its size said that it was new."""
    first = _rows(tmp_path, "first.csv", "1")
    archive = tmp_path / "archive"
    receive([first], archive, RECEIVED)
    monkeypatch.setattr("quotum.intake.call._is_new", lambda _path, _known: True)
    again = receive([first], archive, RECEIVED)
    assert (again.known, again.deliveries) == (("first.csv",), ())
    assert len(list((archive / "rows").iterdir())) == 1
