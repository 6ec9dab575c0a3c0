"""Containers: what is opened, and what is refused before it can do harm."""

import gc
import gzip
import io
import random
import stat
import tarfile
import tracemalloc
import zipfile
from contextlib import closing
from pathlib import Path

import pytest
import zstandard

from quotum.errors import DeliveryRefused
from quotum.intake.delivery import member as limits
from quotum.intake.delivery import tar_members, unpacking, zip_members
from quotum.intake.delivery.containers import Member, as_file, head, members
from quotum.intake.delivery.litter import is_litter

PLAIN = b"bsn,registered_from\n"
MEGABYTE = 1 << 20


def _zip(*entries: tuple[zipfile.ZipInfo | str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in entries:
            archive.writestr(name, content, compress_type=method)
    return buffer.getvalue()


def _zip_entry(name: str, mode: int) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name)
    entry.create_system = 3
    entry.external_attr = mode << 16
    return entry


def _tar(*entries: tuple[str, bytes | bytes], form: int = tarfile.PAX_FORMAT, **more: object) -> bytes:
    """A tar file; a kind of entry instead of bytes makes a member of that kind."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", format=form) as archive:
        for name, content in entries:
            entry = tarfile.TarInfo(name)
            if len(content) == 1:
                entry.type, entry.linkname = content, "/etc/passwd"
                archive.addfile(entry)
            else:
                entry.size = len(content)
                archive.addfile(entry, io.BytesIO(content))
    return buffer.getvalue()


def _members(tmp_path: Path, content: bytes) -> tuple[Member, ...]:
    path = tmp_path / "delivery"
    path.write_bytes(content)
    return members(path, tmp_path)


def _whole(member: Member) -> bytes:
    with closing(member.open()) as stream:
        return stream.read()


def _refusal(member: Member) -> str:
    with pytest.raises(DeliveryRefused) as refused:
        _whole(member)
    return str(refused.value)


def _refused_whole(tmp_path: Path, content: bytes) -> str:
    with pytest.raises(DeliveryRefused) as refused:
        _members(tmp_path, content)
    return str(refused.value)


PACKED = {
    "zip": _zip,
    "zip_stored": lambda *entries: _zip(*entries, method=zipfile.ZIP_STORED),
    "tar": _tar,
    "tar_of_gnu": lambda *entries: _tar(*entries, form=tarfile.GNU_FORMAT),
    "tar_gz": lambda *entries: gzip.compress(_tar(*entries)),
    "tar_zst": lambda *entries: zstandard.compress(_tar(*entries)),
}


@pytest.mark.parametrize("pack", PACKED.values(), ids=PACKED)
def test_members_in_folders_are_read_in_any_order_and_again(pack, tmp_path):
    big = bytes(range(256)) * 8_000  # more than what is read at once
    long_name = "a" * 90 + "/" + "b" * 150 + ".csv"
    entries = (("2026/01/one.csv", PLAIN), ("big.csv", big), (long_name, b"two\n"), ("empty.csv", b""))
    result = _members(tmp_path, pack(*entries))
    assert [(member.number, member.name, member.packed) for member in result] == [
        (number, name, True) for number, (name, _) in enumerate(entries, start=1)
    ]
    for member, (_, content) in reversed(list(zip(result, entries, strict=True))):
        assert _whole(member) == content
        assert head(member) == content[:65_536]
        with as_file(member, tmp_path / "delivery", tmp_path) as file:
            assert file.read_bytes() == content


def test_folders_are_no_members(tmp_path):
    (tmp_path / "content" / "deep").mkdir(parents=True)
    (tmp_path / "content" / "deep" / "one.csv").write_bytes(PLAIN)
    with tarfile.open(tmp_path / "a.tar", "w") as archive:
        archive.add(tmp_path / "content", "content")
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as packed:
        packed.mkdir("content")
        packed.write(tmp_path / "content" / "deep" / "one.csv", "content/deep/one.csv")
    for name in ("a.tar", "a.zip"):
        (member,) = members(tmp_path / name, tmp_path)
        assert (member.number, member.name, _whole(member)) == (1, "content/deep/one.csv", PLAIN)


def test_more_members_than_a_plain_zip_file_counts(tmp_path):
    """65,535 is where zip64 begins."""
    result = _members(tmp_path, _zip(*((f"{number}.csv", b"") for number in range(65_537)), method=zipfile.ZIP_STORED))
    assert (len(result), result[-1].number, result[-1].name) == (65_537, 65_537, "65536.csv")


def test_sizes_in_the_form_of_zip64(tmp_path):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive, archive.open("one.csv", "w", force_zip64=True) as stream:
        stream.write(PLAIN)
    (member,) = _members(tmp_path, buffer.getvalue())
    assert _whole(member) == PLAIN


def test_thousands_of_zip_files_are_not_open_at_once(tmp_path, monkeypatch):
    """Each can be read in any order, also while it is closed to make room."""
    monkeypatch.setattr(zip_members, "_MOST_OPEN", 3)
    monkeypatch.setattr(zip_members, "_SMALL", 0)  # so that all are read as streams

    def open_files() -> int:
        return len(list(Path("/proc/self/fd").iterdir()))

    before = open_files()
    result = []
    for number in range(20):
        (tmp_path / f"{number}.zip").write_bytes(_zip(("one.csv", b"%d" % number)))
        result += members(tmp_path / f"{number}.zip", tmp_path)
        assert open_files() - before <= 4
    first = result[0].open()
    assert [_whole(member) for member in result] == [b"%d" % number for number in range(20)]
    assert open_files() - before <= 5
    assert first.read() == b"0"
    first.close()
    del result, first
    gc.collect()
    assert open_files() <= before


CLIMBING = [
    "/etc/passwd",
    "../one.csv",
    "a/../../one.csv",
    "C:\\a\\..\\..\\one.csv",
    "a\\..\\b",
]


@pytest.mark.parametrize("name", CLIMBING)
@pytest.mark.parametrize("pack", [_zip, _tar], ids=["zip", "tar"])
def test_a_path_that_leaves_the_container(pack, name, tmp_path):
    """That member is refused alone."""
    bad, good = _members(tmp_path, pack((name, PLAIN), ("a..b/one..csv", PLAIN)))
    assert "path" in _refusal(bad)
    assert _whole(good) == PLAIN


@pytest.mark.parametrize("name", ["C:\\out\\one.csv", "c:one.csv", "\\\\server\\one.csv", "out\\deep\\one.csv"])
@pytest.mark.parametrize("pack", [_zip, _tar], ids=["zip", "tar"])
def test_a_path_as_programs_of_windows_write_it(pack, name, tmp_path):
    """It is shown and never used; a folder that ends in its sign is no member."""
    (member,) = _members(tmp_path, pack((name, PLAIN), *([("out\\", b"")] if pack is _zip else [])))
    assert (member.number, member.name, _whole(member)) == (1, name, PLAIN)


KINDS = {
    "symbolic_link": (stat.S_IFLNK, tarfile.SYMTYPE, "link"),
    "hard_link": (None, tarfile.LNKTYPE, "link"),
    "device": (stat.S_IFCHR, tarfile.CHRTYPE, "device"),
    "pipe": (None, tarfile.FIFOTYPE, "device"),
    "kind_that_is_not_known": (None, b"Z", "special"),
}


@pytest.mark.parametrize(("mode", "kind", "word"), KINDS.values(), ids=KINDS)
def test_a_link_or_device_is_refused_alone(mode, kind, word, tmp_path):
    containers = [_tar(("link.csv", kind), ("one.csv", PLAIN))]
    if mode:
        containers.append(_zip((_zip_entry("link.csv", mode | 0o644), b"/etc/passwd"), ("one.csv", PLAIN)))
    for content in containers:
        bad, good = _members(tmp_path, content)
        assert word in _refusal(bad)
        assert _whole(good) == PLAIN


def test_a_zip_file_made_of_a_pipe(tmp_path):
    """Info-ZIP says of what it read from a pipe that it is one: its bytes are those of any member."""
    (member,) = _members(tmp_path, _zip((_zip_entry("-", stat.S_IFIFO | 0o600), PLAIN)))
    assert _whole(member) == PLAIN


def _tar_of_a_mac() -> bytes:
    """As bsdtar writes it: folders, extended attributes in pax headers, and what macOS knows of the file beside it."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", format=tarfile.PAX_FORMAT) as archive:
        folder = tarfile.TarInfo("./out")
        folder.type = tarfile.DIRTYPE
        archive.addfile(folder)
        for name, content in (("./out/._one.csv", APPLE_DOUBLE), ("./out/one.csv", PLAIN)):
            entry = tarfile.TarInfo(name)
            entry.size, entry.mtime = len(content), 1_780_000_000.25
            entry.pax_headers = {"LIBARCHIVE.xattr.com.apple.provenance": "AQAA", "SCHILY.xattr.a": "b"}
            archive.addfile(entry, io.BytesIO(content))
    return buffer.getvalue()


APPLE_DOUBLE = b"\x00\x05\x16\x07\x00\x02\x00\x00Mac OS X        " + bytes(80)


def _zip_into_a_pipe() -> bytes:
    """Sizes stand behind each member, as nothing could be written before it."""
    unseekable = io.BytesIO()
    unseekable.seekable = lambda: False  # type: ignore[method-assign]
    with zipfile.ZipFile(unseekable, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("one.csv", PLAIN)
    return unseekable.getvalue()


def _zstandard_of_unknown_size() -> bytes:
    packer = zstandard.ZstdCompressor(write_content_size=False).compressobj()
    return packer.compress(PLAIN) + packer.flush()


def _gzip_with_a_name() -> bytes:
    buffer = io.BytesIO()
    with gzip.GzipFile("one.csv", "wb", fileobj=buffer, mtime=1) as packed:
        packed.write(PLAIN[:5])
    return buffer.getvalue() + gzip.compress(PLAIN[5:])


ORDINARY = {
    "tar_of_a_mac": _tar_of_a_mac(),
    "zip_into_a_pipe": _zip_into_a_pipe(),
    "zstandard_of_unknown_size": _zstandard_of_unknown_size(),
    "gzip_with_a_name_in_two_parts": _gzip_with_a_name(),
}


@pytest.mark.parametrize("packed", ORDINARY.values(), ids=ORDINARY)
def test_what_ordinary_programs_write(packed, tmp_path):
    *beside, member = _members(tmp_path, packed)
    assert _whole(member) == PLAIN
    assert [is_litter(file.name, _whole(file)) for file in beside] == [True] * len(beside)


def test_a_sparse_member_is_refused(tmp_path):
    """A few bytes that say that they are many."""
    (tmp_path / "sparse").write_bytes(b"")
    with (tmp_path / "sparse").open("r+b") as file:
        file.truncate(1 << 30)
    header = tarfile.TarInfo("sparse.csv")
    header.type = tarfile.GNUTYPE_SPARSE
    block = bytearray(header.tobuf(tarfile.GNU_FORMAT))
    block[386:398], block[398:410] = b"%011o\0" % 0, b"%011o\0" % 1  # one piece of one byte
    block[483:495] = b"%011o\0" % (1 << 30)  # of a file of a gigabyte
    block[148:156] = b"        "
    block[148:156] = b"%06o\0 " % sum(block)
    (bad,) = _members(tmp_path, bytes(block) + b"\0" * 1024)
    assert "special" in _refusal(bad)


SKIPPED = b"\x5f\x2a\x4d\x18\x04\0\0\0abcd"


@pytest.mark.parametrize("count", [1, 2])
def test_frames_to_be_skipped_before_a_zstandard_file(count, tmp_path):
    """Some programs that pack put a note of their own first."""
    (member,) = _members(tmp_path, SKIPPED * count + zstandard.compress(PLAIN))
    assert _whole(member) == PLAIN


INNER = {
    "gzip": gzip.compress(PLAIN),
    "zstandard": zstandard.compress(PLAIN),
    "zstandard_after_a_frame_to_be_skipped": SKIPPED + zstandard.compress(PLAIN),
    "zip": _zip(("one.csv", PLAIN)),
    "zip_of_nothing": _zip(),
    "tar": _tar(("one.csv", PLAIN)),
}


@pytest.mark.parametrize("inner", INNER.values(), ids=INNER)
def test_a_container_in_a_container_is_refused_alone(inner, tmp_path):
    for content in (_zip(("a", inner), ("b", PLAIN)), _tar(("a", inner), ("b", PLAIN))):
        bad, good = _members(tmp_path, content)
        assert "container within a container" in _refusal(bad)
        with pytest.raises(DeliveryRefused, match="container within a container"):
            head(bad)
        assert _whole(good) == PLAIN


@pytest.mark.parametrize("inner", [name for name in INNER if name != "tar"])
@pytest.mark.parametrize("pack", [gzip.compress, zstandard.compress], ids=["gzip", "zstandard"])
def test_a_container_packed_once_more(pack, inner, tmp_path):
    (bad,) = _members(tmp_path, pack(INNER[inner]))
    assert "container within a container" in _refusal(bad)


def test_a_big_container_in_a_zip_file(tmp_path, monkeypatch):
    """Also when the member is read as a stream."""
    monkeypatch.setattr(zip_members, "_SMALL", 4)
    (bad,) = _members(tmp_path, _zip(("a", INNER["tar"])))
    assert "container within a container" in _refusal(bad)


# What unpacks to too much. The bounds are made small, so that the tests are.


@pytest.fixture
def narrow(monkeypatch):
    """A megabyte is always allowed."""
    monkeypatch.setattr(limits, "ALWAYS_ALLOWED", MEGABYTE)


BOMBS = {
    "gzip": gzip.compress,
    "zstandard": zstandard.compress,
    "zip": lambda content: _zip(("a.csv", content)),
}


@pytest.mark.parametrize("pack", BOMBS.values(), ids=BOMBS)
def test_what_unpacks_to_too_much_is_refused(pack, narrow, tmp_path):
    """Two megabytes of one sign out of some hundred bytes; one megabyte of it is small enough to be allowed."""
    (fine,) = _members(tmp_path, pack(b"1" * MEGABYTE))
    assert len(_whole(fine)) == MEGABYTE
    packed = pack(b"1" * (2 * MEGABYTE))
    assert len(packed) * 250 < 2 * MEGABYTE
    text = ""
    try:
        (bad,) = _members(tmp_path, packed)
        with pytest.raises(DeliveryRefused) as refused:
            _whole(bad)
        text = str(refused.value)
    except DeliveryRefused as error:  # a zip file says at once what it unpacks to
        text = str(error)
    assert "unpacks to more than 250 times" in text


@pytest.mark.parametrize("pack", [gzip.compress, zstandard.compress], ids=["gzip", "zstandard"])
def test_a_tar_file_that_unpacks_to_too_much_never_fills_the_disk(pack, narrow, tmp_path):
    output = _refused_whole(tmp_path, pack(_tar(("one.csv", b"1" * (20 * MEGABYTE)))))
    assert "unpacks to more than" in output
    assert max(path.stat().st_size for path in tmp_path.iterdir()) <= 6 * MEGABYTE


def test_one_member_of_a_zip_file_that_unpacks_to_too_much(narrow, tmp_path):
    """Beside noise the whole is in proportion, the member is not."""
    noise = random.Random(1).randbytes(20_000)  # noqa: S311 (the same each time)
    bad, good = _members(tmp_path, _zip(("bad.csv", b"1" * (2 * MEGABYTE)), ("noise.csv", noise)))
    with pytest.raises(DeliveryRefused):  # before any of it is unpacked
        head(bad)
    assert "unpacks to more than" in _refusal(bad)
    assert _whole(good) == noise


def test_a_bomb_beside_sound_members_is_refused_alone(narrow, tmp_path):
    """What is refused by itself is not counted with the rest."""
    bad, good = _members(tmp_path, _zip(("bad.csv", b"1" * (9 * MEGABYTE)), ("good.csv", PLAIN)))
    assert "unpacks to more than" in _refusal(bad)
    assert _whole(good) == PLAIN


@pytest.mark.parametrize("tail", [b"x", b"junk" * 10, b"\0" * 70_000], ids=["a_sign", "some", "much"])
def test_something_after_the_end_of_a_zip_file(tail, tmp_path):
    """A file that is another file at its end is not sound; a comment belongs to it."""
    content = _zip(("a.csv", PLAIN))
    assert "send it again" in _refused_whole(tmp_path, content + tail)
    commented = io.BytesIO(content)
    with zipfile.ZipFile(commented, "a") as archive:
        archive.comment = b"made by a program"
    (member,) = _members(tmp_path, commented.getvalue())
    assert _whole(member) == PLAIN


@pytest.mark.parametrize("name", ["[Content_Types].xml", "META-INF/manifest.xml"])
def test_a_workbook_is_no_container(name, tmp_path):
    output = _refused_whole(tmp_path, _zip((name, b"<Types/>"), ("xl/workbook.xml", b"<workbook/>")))
    assert "save it as CSV" in output


def test_members_that_share_their_packed_bytes(narrow, tmp_path):
    """Each is small enough; all together they are not."""
    content = _zip(("a.csv", b"1" * (MEGABYTE // 2)))
    start, end = content.index(b"PK\x01\x02"), content.index(b"PK\x05\x06")
    entries = content[start:end] * 9
    tail = bytearray(content[end:])
    tail[8:10] = tail[10:12] = (9).to_bytes(2, "little")
    tail[12:16] = len(entries).to_bytes(4, "little")
    output = _refused_whole(tmp_path, content[:start] + entries + bytes(tail))
    assert "unpacks to more than" in output


def test_a_zstandard_file_that_swells_takes_little_memory(tmp_path):
    """A gigabyte in 33 kilobytes: at most what half a kilobyte can become is in memory."""
    packer = zstandard.ZstdCompressor().compressobj()
    packed = b"".join(packer.compress(b"\0" * (16 * MEGABYTE)) for _ in range(64)) + packer.flush()
    tracemalloc.start()
    (bad,) = _members(tmp_path, packed)
    assert "unpacks to more than" in _refusal(bad)
    assert tracemalloc.get_traced_memory()[1] < 160 * MEGABYTE
    tracemalloc.stop()


def test_a_zstandard_file_that_asks_for_much_memory(tmp_path):
    parameters = zstandard.ZstdCompressionParameters.from_level(1, window_log=28)
    packer = zstandard.ZstdCompressor(compression_params=parameters).compressobj()
    packed = packer.compress(PLAIN) + packer.flush()
    assert "--long=27" in _refused_whole(tmp_path, packed)


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA], ids=["bzip2", "lzma"])
def test_a_zip_file_packed_in_a_way_that_cannot_be_bounded(method, tmp_path):
    (bad,) = _members(tmp_path, _zip(("one.csv", PLAIN), method=method))
    message = _refusal(bad)
    assert "unpacks deflate only" in message
    assert {zipfile.ZIP_BZIP2: "bzip2", zipfile.ZIP_LZMA: "LZMA"}[method] in message
    assert ".zst" in message


def test_a_zip_file_of_windows_explorer(tmp_path):
    """Above 2 GB it packs by Deflate64: made anew there it is the same."""
    content = _zip(("one.csv", PLAIN)).replace(b"\x14\0\0\0\x08\0", b"\x15\0\0\0\x09\0")
    (bad,) = _members(tmp_path, content)
    message = _refusal(bad)
    assert "Deflate64" in message
    assert "made anew there it is the same" in message


# Broken containers.

TAR = _tar(("one.csv", PLAIN), ("two.csv", b"x" * 700))


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(TAR[: 512 + len(PLAIN) - 1], id="cut_in_the_first_member"),
        pytest.param(TAR[:1024], id="cut_between_members"),
        pytest.param(TAR[: 1024 + 512 + 600], id="cut_in_the_last_member"),
        pytest.param(TAR[: 1024 + 512 + 1024], id="cut_before_its_end"),
        pytest.param(TAR[:1024] + b"\x07" * 512 + TAR[1536:], id="broken_header"),
        pytest.param(TAR + TAR, id="two_put_together"),
        pytest.param(TAR + b"more", id="something_after_it"),
    ],
)
def test_a_tar_file_that_is_not_whole(content, tmp_path):
    """The library stops without a word at most of these, and members would be lost."""
    for packed in (content, gzip.compress(content)):
        assert "send it again" in _refused_whole(tmp_path, packed)


def test_a_tar_file_whose_header_would_fill_the_memory(tmp_path):
    header = tarfile.TarInfo("long")
    header.type, header.size = tarfile.GNUTYPE_LONGNAME, 2 * MEGABYTE
    content = header.tobuf(tarfile.GNU_FORMAT) + b"a" * (2 * MEGABYTE) + TAR
    assert "header of more than a megabyte" in _refused_whole(tmp_path, content)


def test_containers_of_nothing(tmp_path):
    folder = tarfile.TarInfo("folder")
    folder.type = tarfile.DIRTYPE
    assert "without members" in _refused_whole(tmp_path, folder.tobuf() + b"\0" * 1024)
    assert "without members" in _refused_whole(tmp_path, _zip())


def test_a_name_that_would_break_the_line_of_a_message(tmp_path):
    (member,) = _members(tmp_path, _tar(("one\n\x1b[31m.csv", PLAIN)))
    assert member.name == "one??[31m.csv"


def test_a_stream_reads_the_end_of_what_is_too_long_in_one_piece(tmp_path, monkeypatch):
    """Small pieces, so that every stream is put together from many."""
    monkeypatch.setattr(unpacking, "_ZSTD_PIECE", 7)
    monkeypatch.setattr(tar_members, "CHUNK", 512)
    content = bytes(range(256)) * 40
    for packed in (zstandard.compress(content), _tar(("one.csv", content))):
        (member,) = _members(tmp_path, packed)
        assert _whole(member) == content
