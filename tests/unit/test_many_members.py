"""Very many members and files: nothing is done once per member that grows with their number, or needs all of one."""

import contextlib
import os
import time
import tracemalloc
import zipfile
from pathlib import Path

import pytest

from quotum.errors import DeliveryRefused
from quotum.intake.delivery.containers import members
from quotum.intake.delivery.recognition import DIALECTS
from quotum.intake.entrance import DeliveredFile, Entrance, split_known

MEGABYTE = 1 << 20


def _packed(path: Path, number: int, content: bytes = b"<x/>") -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for place in range(number):
            archive.writestr(f"{place}.xml", content)
    return path


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED], ids=["deflated", "stored"])
@pytest.mark.parametrize("size", [1, 300, 4096, 65_536, MEGABYTE])
@pytest.mark.parametrize("name", ["a.xml", "x" * 300], ids=["short_name", "long_name"])
def test_the_first_bytes_are_those_of_the_whole(method, size, name, tmp_path):
    content = bytes(range(256)) * 1_000
    for kind, whole in {"long": content, "short": b"<x/>", "empty": b"", "noise": os.urandom(100_000)}.items():
        with zipfile.ZipFile(tmp_path / f"{kind}.zip", "w", method) as archive:
            archive.writestr(name, whole)
        (member,) = members(tmp_path / f"{kind}.zip", tmp_path)
        assert member.first(size) == whole[:size]


def test_a_member_is_recognised_by_its_first_bytes_alone(tmp_path, monkeypatch):
    """Of a small one the rest is not unpacked before it is read."""
    path = _packed(tmp_path / "a.zip", 3, b"<x>" + b" " * (MEGABYTE // 2) + b"</x>")
    result = members(path, tmp_path)
    monkeypatch.setattr(zipfile.ZipFile, "read", None)
    seen = []
    update = zipfile.ZipExtFile._update_crc
    monkeypatch.setattr(
        zipfile.ZipExtFile, "_update_crc", lambda self, data: (seen.append(len(data)), update(self, data))
    )
    assert [member.first(10_000)[:3] for member in result] == [b"<x>"] * 3
    assert 3 <= sum(seen) < 3 * 20_000


@pytest.mark.parametrize("place", [26, 28, 30, 45])
def test_a_local_header_that_lies_is_refused(place, tmp_path):
    """Glanced at it may look like anything; opened it is refused."""
    path = _packed(tmp_path / "a.zip", 1, b"<x>" + os.urandom(100).hex().encode() + b"</x>")
    content = bytearray(path.read_bytes())
    content[place] ^= 0xFF
    path.write_bytes(content)
    (member,) = members(path, tmp_path)
    with contextlib.suppress(DeliveryRefused):
        member.first(4096)
    with pytest.raises(DeliveryRefused):
        member.open().read()


def test_members_that_broke_a_schema_are_left_out_in_a_time_that_grows_with_their_number(tmp_path):
    """A tuple that is searched for each of them takes minutes."""
    path = _packed(tmp_path / "a.zip", 40_000)
    entrance = Entrance(tmp_path, "auto", DIALECTS[""])
    start = time.process_time()
    result = entrance.recognised(DeliveredFile(path, "a.zip", "0" * 64, 1, left_out=tuple(range(2, 40_001))))
    assert time.process_time() - start < 10
    assert [piece.member.number for piece in result.pieces] == [1]
    assert len(result.problems) == 39_999


def test_many_files_of_which_half_are_known():
    """Each is looked up, not compared with all others."""
    files = [DeliveredFile(Path(str(number)), "a", f"{number:064d}", 1) for number in range(20_000)]
    start = time.process_time()
    fresh, old = split_known([*files, files[0]], frozenset(place.sha256 for place in files[10_000:]))
    assert time.process_time() - start < 5
    assert fresh == files[:10_000]
    assert old == [files[0], *files[10_000:]]


def test_a_member_waits_in_little_memory(tmp_path):
    path = _packed(tmp_path / "a.zip", 10_000)
    entrance = Entrance(tmp_path, "auto", DIALECTS[""])
    tracemalloc.start()
    result = entrance.recognised(DeliveredFile(path, "a.zip", "0" * 64, 1))
    held, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(result.pieces) == 10_000
    assert held < 10_000 * 900
