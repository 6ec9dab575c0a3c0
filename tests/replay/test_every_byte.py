"""One flipped byte anywhere in an archive or run, a file too many or too few: found, and named."""

import shutil
from pathlib import Path

import pytest

from quotum.archive.care import check
from quotum.archive.layout import existing
from quotum.errors import ArchiveLacks
from quotum.replay.verification import verify
from tests.helpers import deliver, ended, files_under, quotum, settle_command, settled, take_in, write_csv
from tests.replay.altering import a_copy, flip
from tests.replay.keys import keys
from tests.rows import cells

pytestmark = pytest.mark.slow

# In turn: its lowest bit at the start, in the middle and at the end, and all its bits in the middle.
FLIPS = ((0, 0x01), (0.5, 0x01), (-1, 0x01), (0.5, 0xFF), (-1, 0x20))


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """A small archive of two receive calls, one of which was forgotten in part, and a signed run of it."""
    folder = tmp_path_factory.mktemp("bytes")
    old = [
        cells("returns", IdBer="M0", DatTdAanm="2021-02-20T10:00:00", DatAanvTv="2021-01-01", DatEindTv="2021-01-31")
    ]
    file = write_csv(folder / "both.csv", "returns", [*old, cells("returns")])
    take_in(folder / "archive", [file, *deliver(folder / "files", register=[cells("register")])])
    take_in(folder / "archive", deliver(folder / "more", employers=[cells("employers")]))
    ended(quotum("archive", "forget", "--archive", folder / "archive", "--year", 2021, "--yes"), 0)
    private, public = keys(folder)
    ended(settle_command(folder / "archive", folder / "run", "--threads", 1, "--sign-key", private), 0)
    return folder, public


def problems(archive: Path) -> list[str]:
    """What `quotum archive check` says of an archive."""
    try:
        return list(check(existing(archive)).problems)
    except ArchiveLacks as problem:
        return [str(problem)]


def test_the_archive_and_the_run_are_whole(small):
    folder, public = small
    assert problems(folder / "archive") == []
    result = verify(folder / "run", public_key=public)
    assert result.reasons == ()
    assert result.signature.startswith("made with the key")
    kinds = {name.partition("/")[0] for name in files_under(folder / "archive")}
    assert kinds == {"lock", "notes", "originals", "quotum-archive.json", "receipts", "rows"}
    assert (folder / "archive" / "receipts" / "000001.1.json").is_file()


def test_a_flipped_byte_in_every_file_of_an_archive_is_found_and_named(small, tmp_path):
    folder, _ = small
    copy = a_copy(folder / "archive", tmp_path / "archive")
    flipped = 0
    for name, content in files_under(copy).items():
        for place, mask in FLIPS if content else ():
            flip(copy / name, int(len(content) * place) if place == 0.5 else int(place), mask)
            reasons = problems(copy)
            assert reasons, f"{name} at {place} with {mask:#x} was not found"
            assert any(Path(name).name in reason for reason in reasons), (name, reasons)
            (copy / name).write_bytes(content)
            flipped += 1
    assert flipped == 5 * sum(bool(content) for content in files_under(copy).values())
    assert flipped > 60
    assert problems(copy) == []


def test_a_flipped_byte_in_every_file_of_a_run_is_found_and_named(small, tmp_path):
    """All but environment.json, of which `verify` says that no manifest covers it."""
    folder, public = small
    copy = a_copy(folder / "run", tmp_path / "run")
    for name, content in files_under(copy).items():
        for place, mask in FLIPS:
            flip(copy / name, int(len(content) * place) if place == 0.5 else int(place), mask)
            reasons = verify(copy, folder / "archive", public).reasons
            if name == "environment.json":
                assert reasons == ()
            else:
                assert any(Path(name).name in reason for reason in reasons), (
                    f"{name} at {place} with {mask:#x}: {reasons}"
                )
            (copy / name).write_bytes(content)
    reasons = ended(quotum("verify", copy, "--archive", folder / "archive", "--public-key", public), 0)
    assert "not covered: environment.json" in reasons


def test_every_byte_of_the_small_files_of_a_run_matters(small, tmp_path):
    """The files by which all others are judged, byte by byte."""
    folder, public = small
    copy = a_copy(folder / "run", tmp_path / "run")
    for name in ("bagit.txt", "tagmanifest-sha256.txt", "signature.ed25519"):
        content = (copy / name).read_bytes()
        for place in range(len(content)):
            flip(copy / name, place)
            assert verify(copy, folder / "archive", public).reasons, f"{name}, byte {place}"
            (copy / name).write_bytes(content)


@pytest.mark.parametrize("manifest", ["tagmanifest-sha256.txt", "manifest-sha256.txt"])
def test_a_line_too_few_or_twice_in_a_manifest_is_found(manifest, small, tmp_path):
    """A file that no manifest names any more would be free to change."""
    folder, _ = small
    copy = a_copy(folder / "run", tmp_path / "run")
    lines = (copy / manifest).read_text().splitlines(keepends=True)
    for changed in ([*lines[:1], *lines[2:]], [*lines, lines[0]], lines[:-1], [*lines[:-1], lines[-1].rstrip()]):
        (copy / manifest).write_text("".join(changed))
        assert any(manifest in reason for reason in verify(copy, folder / "archive").reasons)


def test_every_byte_of_the_marker_the_notes_and_the_receipts_matters(small, tmp_path):
    folder, _ = small
    copy = a_copy(folder / "archive", tmp_path / "archive")
    for name in ("quotum-archive.json", "notes/runs.json", "receipts/000002.json"):
        content = (copy / name).read_bytes()
        for place in range(0, len(content), 1 if len(content) < 100 else 7):
            flip(copy / name, place)
            assert problems(copy), f"{name}, byte {place}"
            (copy / name).write_bytes(content)


def test_a_file_too_few_in_an_archive_is_found_and_named(small, tmp_path):
    """Each in turn; without an empty lock nothing is lost: the next writer makes it."""
    folder, _ = small
    copy = a_copy(folder / "archive", tmp_path / "archive")
    for name, content in files_under(copy).items():
        (copy / name).unlink()
        reasons = problems(copy)
        if name.endswith("lock"):
            assert reasons == []
        else:
            assert reasons, name
            text = "000002" if name == "receipts/000002.json" else Path(name).name
            text = "000001" if name == "receipts/000001.1.json" else text
            assert any(text in reason for reason in reasons) or name == "quotum-archive.json", (name, reasons)
        (copy / name).write_bytes(content)


TOO_MANY = (
    "more.txt",
    "originals/ab/" + "ab" * 32,
    "originals/more",
    "rows/000001.1/more.parquet",
    "rows/000003/a.parquet",
    "rows/000001/a.parquet",
    "receipts/000009.json",
    "receipts/more.txt",
    "receipts/.000003.json.partial",
    "notes/2026-more.json",
    "folder/more",
)


@pytest.mark.parametrize("name", TOO_MANY)
def test_a_file_too_many_in_an_archive_is_found_and_named(name, small, tmp_path):
    folder, _ = small
    copy = a_copy(folder / "archive", tmp_path / "archive")
    (copy / name).parent.mkdir(parents=True, exist_ok=True)
    (copy / name).write_bytes(b"more")
    assert any(Path(name).name in problem for problem in problems(copy))


def test_something_in_a_lock_is_found_and_work_in_progress_is_remarked_on(small, tmp_path):
    folder, _ = small
    copy = a_copy(folder / "archive", tmp_path / "archive")
    (copy / "notes" / "lock").write_bytes(b"x")
    assert problems(copy) == ["notes/lock must be empty and is not"]
    (copy / "notes" / "lock").write_bytes(b"")
    (copy / "staging").mkdir(exist_ok=True)
    (copy / "staging" / "left").write_bytes(b"x")
    output = ended(quotum("archive", "check", "--archive", copy), 0)
    assert "remark: 1 files in staging were left" in output


def test_a_link_in_place_of_a_file_is_found(small, tmp_path):
    folder, public = small
    copy = a_copy(folder / "archive", tmp_path / "archive")
    receipt = copy / "receipts" / "000002.json"
    receipt.rename(tmp_path / "elsewhere.json")
    receipt.symlink_to(tmp_path / "elsewhere.json")
    assert problems(copy) == ["receipts/000002.json is a link: an archive has none"]
    run = a_copy(folder / "run", tmp_path / "run")
    (run / "data" / "macro.json").rename(tmp_path / "macro.json")
    (run / "data" / "macro.json").symlink_to(tmp_path / "macro.json")
    assert any("data/macro.json" in reason for reason in verify(run, folder / "archive", public).reasons)


def test_a_file_too_few_or_too_many_in_a_run_is_found_and_named(small, tmp_path):
    folder, public = small
    copy = a_copy(folder / "run", tmp_path / "run")
    for name, content in files_under(copy).items():
        (copy / name).unlink()
        reasons = verify(copy, folder / "archive", public).reasons
        assert any(Path(name).name in reason for reason in reasons), (name, reasons)
        (copy / name).write_bytes(content)
    for name in ("more.txt", "data/more.csv", "data/more/more.csv", "more/more.csv"):
        (copy / name).parent.mkdir(exist_ok=True)
        (copy / name).write_bytes(b"")
        assert any(name in reason for reason in verify(copy, folder / "archive", public).reasons)
        (copy / name).unlink()
        if (copy / name).parent not in (copy, copy / "data"):
            (copy / name).parent.rmdir()
    assert verify(copy, folder / "archive", public).reasons == ()


def test_an_original_or_table_that_the_run_read_is_named_by_verify(small, tmp_path):
    folder, _ = small
    copy = a_copy(folder / "archive", tmp_path / "archive")
    for name, content in files_under(copy).items():
        if name.startswith(("originals/", "rows/")):
            flip(copy / name, len(content) // 2)
            output = ended(quotum("verify", folder / "run", "--archive", copy), 21)
            assert Path(name).name in output
            (copy / name).write_bytes(content)


def test_settle_refuses_an_altered_receipt(small, tmp_path):
    folder, _ = small
    copy = a_copy(folder / "archive", tmp_path / "archive")
    content = (copy / "receipts" / "000002.json").read_text()
    assert "employers" in content
    (copy / "receipts" / "000002.json").write_text(content.replace("2027-05-02", "2026-05-02"))
    with pytest.raises(ArchiveLacks, match=r"receipt 000002\.json"):
        settled(copy, tmp_path / "run")
    shutil.rmtree(copy)
