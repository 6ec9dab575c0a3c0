"""Deliveries in containers, end to end: each member is accepted or refused on its own."""

import gzip
import io
import tarfile
import zipfile

import pytest
import zstandard

from tests.helpers import (
    FIXTURES,
    KINDS,
    deliver,
    discreet,
    ended,
    files_under,
    kept,
    quotum,
    receive_command,
    settled,
    take_in,
    write_parquet,
)
from tests.helpers import results as results_of
from tests.rows import PERSON, cells, csv_text, numbered

XML = FIXTURES / "loonaangifte-2026-with-correction.xml"
RETURNS = csv_text("returns", [cells("returns")]).encode()


def _tar(*entries: tuple[str, bytes | None]) -> bytes:
    """Members with their bytes; none is a link."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for name, content in entries:
            entry = tarfile.TarInfo(name)
            if content is None:
                entry.type, entry.linkname = tarfile.SYMTYPE, "/etc/passwd"
            else:
                entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content or b""))
    return buffer.getvalue()


def _zip(*entries: tuple[str, bytes | None]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries:
            entry = zipfile.ZipInfo(name)
            entry.external_attr = (0o120777 if content is None else 0o100644) << 16
            archive.writestr(entry, b"/etc/passwd" if content is None else content)
    return buffer.getvalue()


PACKED = {
    "zip": _zip,
    "tar": _tar,
    "tar_gz": lambda *entries: gzip.compress(_tar(*entries)),
    "tar_zst": lambda *entries: zstandard.compress(_tar(*entries)),
}


@pytest.fixture(scope="module")
def plain(tmp_path_factory):
    """Deliveries of every kind of form, and the results of a settlement of them."""
    folder = tmp_path_factory.mktemp("plain")
    files = deliver(folder / "files", **{kind: [cells(kind)] for kind in KINDS if kind not in ("traits", "returns")})
    rows = [cells("returns", NumIV=str(number), SofiNr=numbered(500 + number)) for number in range(1, 30)]
    files += [write_parquet(folder / "files" / "returns.parquet", "returns", rows), XML]
    take_in(folder / "archive", files)
    settled(folder / "archive", folder / "run")
    return files, results_of(folder / "run")


@pytest.mark.parametrize(
    "pack",
    [pytest.param(pack, id=name, marks=[] if name == "zip" else pytest.mark.slow) for name, pack in PACKED.items()],
)
def test_packed_deliveries_give_the_results_of_plain_ones(pack, plain, tmp_path):
    files, results = plain
    path = tmp_path / "all"
    path.write_bytes(pack(*((f"2026/deep/{file.name}", file.read_bytes()) for file in files)))
    take_in(tmp_path / "archive", [path])
    settled(tmp_path / "archive", tmp_path / "run")
    assert results_of(tmp_path / "run") == results
    assert files_under(tmp_path / "archive" / "staging") == {}


@pytest.mark.parametrize("pack", PACKED.values(), ids=PACKED)
def test_members_that_may_not_be_are_refused_one_by_one(pack, tmp_path):
    path = tmp_path / "all"
    nested = _zip(("one.csv", RETURNS))
    entries = [("link.csv", None), ("/etc/one.csv", RETURNS), (f"../{PERSON}.csv", RETURNS), ("in.zip", nested)]
    path.write_bytes(pack(*entries, ("good.csv", RETURNS)))
    output = ended(receive_command(tmp_path / "archive", path), 3)
    assert "all: returns, 1 rows received = 1 accepted + 0 rejected" in output
    assert "member 1 (link.csv): is a link" in output
    assert "member 2 (/etc/one.csv): has an absolute path" in output
    assert "member 3 (../*********.csv): has a path that climbs" in output
    assert "member 4 (in.zip): is a container within a container" in output
    assert "reject   member_refused: 4" in output
    discreet(output)
    printed_text = ended(
        quotum("archive", "findings", "--archive", tmp_path / "archive", "--rule", "member_refused"), 0
    )
    assert printed_text.splitlines() == [
        f"all, member {number}, the whole of it: reject member_refused" for number in range(1, 5)
    ]


@pytest.mark.parametrize("pack", PACKED.values(), ids=PACKED)
def test_when_all_members_are_refused_the_delivery_is(pack, tmp_path):
    path = tmp_path / "all"
    path.write_bytes(pack(("link.csv", None), ("../one.csv", RETURNS)))
    output = ended(receive_command(tmp_path / "archive", path), 10)
    assert "has no member that can be read; the first: all, member 1 (link.csv): is a link" in output
    assert kept(tmp_path / "archive") == {}


@pytest.mark.parametrize("tar", [False, True], ids=["plain", "tar"])
def test_a_bomb_is_refused_and_leaves_nothing(tar, tmp_path):
    """A hundred megabytes in less than half a megabyte: it stops after 64."""
    header = csv_text("register", [cells("register")]).encode()
    content = header + f"{PERSON},2020-01-01,,a\n".encode() * 4_000_000
    path = tmp_path / "register.zst"
    packed = zstandard.compress(_tar(("register.csv", content)) if tar else content, 1)
    assert len(packed) * 250 < len(content)
    path.write_bytes(packed)
    output = ended(receive_command(tmp_path / "archive", path), 10)
    assert "unpacks to more than 250 times its" in output
    assert kept(tmp_path / "archive") == {}
    assert files_under(tmp_path / "archive" / "staging") == {}
