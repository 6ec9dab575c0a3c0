"""A delivery is copied with its digest, and read from the copy."""

import hashlib
import io
from pathlib import Path

import pytest

from quotum.errors import DeliveryRefused
from quotum.intake.delivery import copies
from quotum.intake.delivery.copies import copy_delivery
from quotum.intake.receive import receive
from tests.helpers import RECEIVED, write_csv
from tests.rows import cells

BYTES = bytes(range(256)) * 2_000


def test_what_is_copied_is_all_of_it_with_its_digest(tmp_path, monkeypatch):
    monkeypatch.setattr(copies, "_CHUNK", 4_099)
    (tmp_path / "delivery").write_bytes(BYTES)
    result = copy_delivery(tmp_path / "delivery", tmp_path / "copy")
    assert (result.sha256, result.size) == (hashlib.sha256(BYTES).hexdigest(), len(BYTES))
    assert (tmp_path / "copy").read_bytes() == BYTES


def test_a_disk_that_fails_is_a_refusal_and_says_so(tmp_path, monkeypatch):
    class Failing(io.BytesIO):
        def read(self, _size: int | None = -1) -> bytes:
            raise OSError(5, "Input/output error")

    monkeypatch.setattr(copies, "_opened", lambda _path: Failing())
    with pytest.raises(DeliveryRefused, match="cannot be read: Input/output error"):
        copy_delivery(tmp_path / "delivery", tmp_path / "copy")


def _rows(folder: Path, name: str, relation: str) -> Path:
    return write_csv(folder / name, "returns", [cells("returns", NumIV=relation)])


def test_a_delivery_that_is_there_already_is_known_by_its_bytes_and_not_by_its_size(tmp_path):
    first, other = _rows(tmp_path, "first.csv", "1"), _rows(tmp_path, "other.csv", "2")
    assert first.stat().st_size == other.stat().st_size
    archive = tmp_path / "archive"
    assert receive([first], archive, RECEIVED).deliveries
    assert receive([first], archive, RECEIVED).known == ("first.csv",)
    assert [delivery.accepted for delivery in receive([other], archive, RECEIVED).deliveries] == [1]
