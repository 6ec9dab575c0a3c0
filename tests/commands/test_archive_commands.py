"""`quotum archive`: what is in it, whether it is whole, what is made again, and what must go."""

import json
import os
import shutil
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest

from quotum.archive.layout import existing, writer_lock
from quotum.errors import ArchiveLacks
from quotum.intake.receive import receive
from tests.helpers import (
    EXAMPLES,
    HOUSE,
    RECEIVED,
    deliver,
    discreet,
    ended,
    example,
    example_files,
    files_under,
    kept,
    quotum,
    receive_command,
    results,
    settle_command,
    settled,
    take_in,
    write_csv,
)
from tests.killing import dying
from tests.replay.altering import a_copy, flip, seen, writable
from tests.rows import OTHER_PERSON, cells


def archive_command(archive: Path, what: str, code: int, *more: object) -> str:
    output = ended(quotum("archive", what, "--archive", archive, *more), code)
    discreet(output)
    return output


def returns_of(year: int, **more: str) -> dict[str, str]:
    """A sound row of a return of a year."""
    return cells(
        "returns", IdBer=f"M{year}", DatTdAanm=f"{year}-02-20T10:00:00", DatAanvTv=f"{year}-01-01",
        DatEindTv=f"{year}-01-31", **more,
    )  # fmt: skip


def listed(archive: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in archive_command(archive, "list", 0, "--format", "json").splitlines()]


# list, runs, size, check.


@pytest.fixture(scope="module")
def archive(tmp_path_factory) -> Path:
    """An archive with a worked example and one run, not to be changed."""
    place = tmp_path_factory.mktemp("care") / "archive"
    take_in(place, example_files(EXAMPLES[0]))
    settled(place, place.parent / "run", example(EXAMPLES[0]) / "scenario.toml")
    return place


def test_list_names_each_delivery_with_its_digest_and_place(archive):
    result = listed(archive)
    assert {row["name"]: row["accepted"] for row in result}["returns.csv"] == 603
    assert all((archive / str(row["original"])).is_file() for row in result)
    output = archive_command(archive, "list", 0)
    assert "returns.csv: 603 accepted + 0 rejected of 2026" in output


def test_runs_names_each_run_with_its_as_of_day_and_whether_it_is_there(archive, tmp_path):
    copy = a_copy(archive, tmp_path / "archive")
    first = tmp_path / "one"
    settled(copy, first)
    settled(copy, tmp_path / "two")
    answers = [json.loads(line) for line in archive_command(copy, "runs", 0, "--format", "json").splitlines()]
    assert [(answer["year"], answer["as_of"], answer["simulation"]) for answer in answers] == [
        (2026, "2027-05-01", answer["simulation"]) for answer in answers
    ]
    assert {answer["place"]: answer["state"] for answer in answers} == {
        str(archive.parent / "run"): "there",
        str(first): "there",
        str(tmp_path / "two"): "there",
    }
    first.rename(tmp_path / "moved")
    output = archive_command(copy, "runs", 0, "--year", 2026)
    assert f"{first} (" in output
    assert "not at its place" in output
    assert archive_command(copy, "runs", 0, "--year", 2020) == "no run is noted\n"


@pytest.mark.slow
def test_settling_the_same_run_again_is_noted_once(archive, tmp_path):
    copy = a_copy(archive, tmp_path / "archive")
    for _ in range(2):
        ended(settle_command(copy, tmp_path / "run"), 0)
    assert archive_command(copy, "runs", 0).count(str(tmp_path / "run")) == 1


@pytest.mark.slow
def test_two_settlements_at_once_are_both_noted(archive, tmp_path):
    copy = a_copy(archive, tmp_path / "archive")
    command = [sys.executable, "-m", "jobs.cli", "settle", "--archive", copy, "--year", 2026, "--as-of", "2027-05-01"]
    running = [
        subprocess.Popen(
            [*map(str, command), "--out", str(tmp_path / f"run-{number}")],
            cwd=HOUSE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )
        for number in range(2)
    ]  # fmt: skip
    assert [process.wait() for process in running] == [0, 0]
    assert archive_command(copy, "runs", 0).count("run-") == 2


def test_damaged_notes_are_not_overwritten(archive, tmp_path):
    copy = a_copy(archive, tmp_path / "archive")
    flip(copy / "notes" / "runs.json", 30)
    before = (copy / "notes" / "runs.json").read_bytes()
    assert "not noted" in ended(settle_command(copy, tmp_path / "run"), 0)
    assert (copy / "notes" / "runs.json").read_bytes() == before
    assert "notes/runs.json" in archive_command(copy, "runs", 13)


def test_size_adds_up(archive):
    output = archive_command(archive, "size", 0)
    numbers = {line[:16].strip(): int(line[16:].split()[0].replace(",", "")) for line in output.splitlines()[:6]}
    total = sum(len(content) for content in files_under(archive).values())
    assert (
        numbers["original bytes"] + numbers["derived bytes"] + numbers["simulation bytes"] + numbers["other bytes"]
        == total
    )
    assert (numbers["receive calls"], numbers["deliveries"]) == (1, 5)
    assert "returns of 2026" in output
    assert "603 rows" in output


def test_check_changes_nothing_and_counts_what_it_read(archive):
    before = seen(archive)
    assert "14 files under a digest, 0 problems" in archive_command(archive, "check", 0)
    assert seen(archive) == before


def test_check_ends_with_13_and_names_what_is_wrong(archive, tmp_path):
    copy = a_copy(archive, tmp_path / "archive")
    flip(copy / "rows" / "000001" / "findings.parquet", 9)
    (copy / "rows" / "000001" / "register-0001.parquet").unlink()
    output = archive_command(copy, "check", 13)
    assert "wrong: rows/000001/findings.parquet was altered" in output
    assert "wrong: rows/000001/register-0001.parquet is missing" in output


def test_check_waits_for_who_writes(archive, tmp_path):
    copy = a_copy(archive, tmp_path / "archive")
    with writer_lock(existing(copy), lambda: None):
        waiting = subprocess.Popen(
            [sys.executable, "-m", "jobs.cli", "archive", "check", "--archive", str(copy)],
            cwd=HOUSE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        assert waiting.stderr is not None
        assert "waiting" in waiting.stderr.readline()
        assert waiting.poll() is None
    assert waiting.wait() == 0
    assert waiting.stdout is not None
    assert "0 problems" in waiting.stdout.read()
    waiting.stdout.close()
    waiting.stderr.close()


@pytest.mark.parametrize("what", ["list", "runs", "check", "size", "rebuild", "merge", "receive", "settle", "replay"])
def test_an_archive_of_a_newer_version_is_refused_with_advice(what, archive, tmp_path):
    copy = a_copy(archive, tmp_path / "archive")
    (copy / "quotum-archive.json").write_text('{"format": 2, "more": "than this version knows"}\n')
    before = seen(copy)
    if what == "receive":
        result = receive_command(copy, *deliver(tmp_path / "files"))
    elif what == "settle":
        result = settle_command(copy, tmp_path / "run")
    elif what == "replay":
        result = quotum("replay", archive.parent / "run", "--archive", copy)
    else:
        result = quotum("archive", what, *([archive] if what == "merge" else []), "--archive", copy)
    output = ended(result, 13)
    assert "an archive of format 2" in output
    assert "install a newer quotum" in output
    assert seen(copy) == before


# The receipts.


def test_receipts_name_the_one_before_and_a_lost_one_is_found(tmp_path):
    place = tmp_path / "archive"
    for number, kind in enumerate(("register", "employers", "wage_bills")):
        take_in(place, deliver(tmp_path / str(number), **{kind: [cells(kind)]}))
    assert "0 problems" in archive_command(place, "check", 0)
    second = place / "receipts" / "000002.json"
    content = second.read_bytes()
    second.unlink()
    assert "receipt 000002.json" in archive_command(place, "check", 13)
    # One that was written anew, with a seal that fits, is another than the next one names.
    from quotum.archive.seal import sealed_bytes, sealed_content  # noqa: PLC0415

    second.write_bytes(sealed_bytes(sealed_content(content) | {"received": "2026-01-01T00:00:00"}))
    assert "receipt 000002.json" in archive_command(place, "check", 13)
    second.write_bytes(content)
    assert "0 problems" in archive_command(place, "check", 0)


def test_a_refused_delivery_leaves_no_trace_in_what_is_derived(tmp_path):
    """A file that turns out broken at its end changes no byte of what came with it."""
    sound = deliver(tmp_path / "files")
    broken = write_csv(
        tmp_path / "files" / "broken.csv", "returns", [cells("returns", IdBer=f"B{n}") for n in range(9)]
    )
    broken.write_bytes(broken.read_bytes() + b'"never closed\n')
    assert receive_command(tmp_path / "with", *sound, broken).exit_code == 10
    take_in(tmp_path / "without", sound)
    assert kept(tmp_path / "with") == kept(tmp_path / "without")


# rebuild.


def _mixed(folder: Path) -> Path:
    """An archive of several calls: CSV of two dialects, XML, a zip, rejected rows, a kind asked for."""
    folder.mkdir()
    place = folder / "archive"
    files = deliver(folder / "files")
    bad = write_csv(folder / "bad.csv", "returns", [returns_of(2025, AantVerlU="many"), returns_of(2025)])
    assert receive_command(place, *files, bad).exit_code == 3
    dutch = folder / "dutch.csv"
    dutch.write_text(f"rsin;year;premium_wage\n{cells('employers')['rsin']};2024;12345,67\n")
    ended(receive_command(place, dutch, "--dialect", "nl", "--kind", "wage_bills"), 0)
    ended(receive_command(place, HOUSE / "fixtures" / "loonaangifte-2026-with-correction.xml"), 0)
    register = deliver(folder / "again", register=[cells("register"), cells("register", bsn=OTHER_PERSON)])
    shutil.make_archive(str(folder / "both"), "zip", folder / "again")
    assert register
    ended(receive_command(place, folder / "both.zip"), 0)
    return place


def test_rebuild_makes_the_same_bytes_whatever_the_deliveries(tmp_path):
    place = _mixed(tmp_path / "mixed")
    before = kept(place)
    shutil.rmtree(place / "rows")
    (place / "rows").mkdir()
    output = archive_command(place, "rebuild", 0)
    assert "made again with the same digests: 4 receive calls" in output
    assert output.count("replaced:") == 4
    assert kept(place) == before
    assert "0 problems" in archive_command(place, "check", 0)
    assert archive_command(place, "rebuild", 0) == "made again with the same digests: 4 receive calls\n"


def test_rebuild_of_what_is_damaged_leaves_the_rest_alone(tmp_path):
    place = _mixed(tmp_path / "mixed")
    before = kept(place)
    damaged = next((place / "rows" / "000002").glob("wage_bills*"))
    damaged.chmod(0o600)
    flip(damaged, 5)
    (place / "rows" / "000003" / "more").write_text("too many")
    output = archive_command(place, "rebuild", 0, "--damaged")
    assert "same digests: 2 receive calls" in output
    assert "replaced: the tables of receive call 2," in output
    assert kept(place) == before


def test_rebuild_does_not_trust_a_damaged_original(tmp_path):
    place = a_copy(_mixed(tmp_path / "mixed"), tmp_path / "archive")
    original = next(place / str(entry["original"]) for entry in listed(place) if entry["name"] == "dutch.csv")
    flip(original, 30)
    table = next((place / "rows" / "000002").glob("wage_bills*"))
    table.unlink()
    output = archive_command(place, "rebuild", 13)
    assert "receive call 2: original" in output
    assert not table.exists()


def test_rebuild_by_a_version_that_reads_otherwise_replaces_nothing(tmp_path, monkeypatch):
    from quotum.maintenance import rebuilding  # noqa: PLC0415 (only here)

    place = _mixed(tmp_path / "mixed")
    before = kept(place)
    real = rebuilding.derive_again
    monkeypatch.setattr(rebuilding, "derive_again", lambda *given: real(*given)[1:])
    output = archive_command(place, "rebuild", 13)
    assert "comes out otherwise than it was" in output
    assert kept(place) == before


# forget.


@pytest.fixture(scope="module")
def four_years(tmp_path_factory) -> tuple[Path, Path]:
    """Folder with an archive and two runs, which name their places, and a copy of it to begin each test with.

    Four years of returns over several calls, one file with two of them, and three registers.
    """
    folder = tmp_path_factory.mktemp("years") / "folder"
    place = folder / "archive"

    def came(on: str, name: str, **rows: list[dict[str, str]]) -> None:
        assert receive(deliver(folder / name, **rows), place, datetime.fromisoformat(on)).exit_code == 0

    came("2023-02-01T00:00:00", "a", returns=[returns_of(2022)], register=[cells("register")])
    came("2024-02-01T00:00:00", "b", returns=[returns_of(2023), returns_of(2024)], employers=[cells("employers")])
    came("2024-03-01T00:00:00", "c", register=[cells("register"), cells("register", bsn=OTHER_PERSON)])
    came("2027-02-01T00:00:00", "d", returns=[returns_of(2026)], register=[cells("register", ground="b")])
    settled(place, folder / "run-2026")
    ended(
        quotum("settle", "--archive", place, "--year", 2024, "--as-of", "2025-05-01", "--out", folder / "run-2024"), 0
    )
    return folder, a_copy(folder, folder.parent / "sound")


@pytest.fixture
def years(four_years) -> Path:
    """The archive of four years beside its two runs, as they were made."""
    folder, sound = four_years
    writable(folder)
    shutil.rmtree(folder)
    return a_copy(sound, folder) / "archive"


def names(archive: Path, *, present: bool = True) -> set[str]:
    return {
        f"{entry['name']} {entry['call']}" for entry in listed(archive) if (entry["original"] is not None) == present
    }


def test_forget_says_what_would_go_and_changes_nothing_when_dry(years, tmp_path):
    before = seen(years)
    output = archive_command(years, "forget", 0, "--before", 2024, "--dry-run")
    assert "goes: returns returns.csv" in output
    assert "stays, without its rows of 2023: returns returns.csv" in output
    assert f"can no longer be repeated: {years.parent / 'run-2024'} (2024 as filed by 2025-05-01)" in output
    assert f"may no longer be repeated: {years.parent / 'run-2026'} (2026 as filed by 2027-05-01)" in output
    assert "nothing was removed" in output
    assert seen(years) == before


def test_forget_asks_first_and_wants_the_years_named(years):
    before = seen(years)
    assert "--yes" in archive_command(years, "forget", 2, "--year", 2022)
    assert "knows no period of keeping" in archive_command(years, "forget", 2, "--yes")
    assert seen(years) == before


def test_forgotten_years_are_gone_and_a_receipt_stays(years):
    """Rows, originals that hold nothing else, and a register that had ceased to count before the oldest year kept."""
    before = kept(years)
    output = archive_command(years, "forget", 0, "--before", 2024, "--yes")
    assert "forgotten: 1 deliveries and 2 rows" in output
    assert names(years, present=False) == {"returns.csv 1"}
    gone = next(entry for entry in listed(years) if entry["original"] is None)
    assert not (years / "originals" / str(gone["sha256"])[:2] / str(gone["sha256"])).exists()
    assert "forgotten on" in archive_command(years, "list", 0)
    assert not list((years / "rows").rglob("returns-2022*"))
    assert not list((years / "rows").rglob("returns-2023*"))
    assert list((years / "rows").rglob("returns-2024*"))
    assert {name for name in before if name.startswith("receipts/")} < set(kept(years))
    assert "0 problems" in archive_command(years, "check", 0)
    assert "same digests: 4 receive calls" in archive_command(years, "rebuild", 0)
    # The run that read none of it is what it was; the other one is told what is missing.
    assert "identical" in ended(quotum("replay", years.parent / "run-2026"), 0)
    output = ended(quotum("replay", years.parent / "run-2024"), 21)
    assert "(returns) that the run read was forgotten on" in output


def test_rows_of_a_forgotten_year_are_in_no_table(years):
    """No payroll tax number, period or message of it is left in any derived table."""
    import pyarrow.parquet as pq  # noqa: PLC0415

    archive_command(years, "forget", 0, "--before", 2024, "--yes")
    for path in (years / "rows").rglob("*.parquet"):
        columns = pq.read_schema(path).names
        if "period_start" in columns:
            starts = pq.read_table(path, columns=["period_start"])["period_start"].to_pylist()
            assert {start.year for start in starts} <= {2024, 2026}, path


def test_a_register_goes_once_it_ceased_to_count_before_the_oldest_year_kept(years):
    """The first two registers were replaced before 2026 began or not: in 2024 and 2027."""
    archive_command(years, "forget", 0, "--before", 2026, "--yes")
    assert names(years, present=False) == {"returns.csv 1", "returns.csv 2", "register.csv 1"}
    assert "(returns) that the run read was forgotten on" in ended(quotum("replay", years.parent / "run-2026"), 21)
    assert "0 problems" in archive_command(years, "check", 0)


@pytest.mark.slow
def test_a_run_that_read_part_of_a_delivery_that_stays(years):
    """Its inputs are there with their digests; the rows it read of them are not, and it is told so."""
    archive_command(years, "forget", 0, "--year", 2024, "--yes")
    assert names(years, present=False) == set()
    output = ended(quotum("replay", years.parent / "run-2024"), 21)
    assert "not certified: of receive call 2 the rows of 2024 were forgotten on" in output
    # The other run looked at that year too, and no amount of it rests on it.
    output = ended(quotum("replay", years.parent / "run-2026"), 0)
    assert "remark: of receive call 2 the rows of 2024 were forgotten on" in output
    assert "remark: of receive call 2" in ended(quotum("verify", years.parent / "run-2026"), 0)


@pytest.mark.slow
def test_a_run_made_after_forgetting_is_repeated(years, tmp_path):
    archive_command(years, "forget", 0, "--year", 2024, "--yes")
    settled(years, tmp_path / "after")
    assert "identical" in ended(quotum("replay", tmp_path / "after"), 0)
    assert "identical" in ended(quotum("replay", tmp_path / "after", "--from-originals"), 0)


def test_forgetting_twice_is_forgetting_once_and_more_years_come_on_top(years):
    archive_command(years, "forget", 0, "--year", 2022, "--yes")
    once = kept(years)
    assert "forgotten: 0 deliveries and 0 rows" in archive_command(years, "forget", 0, "--year", 2022, "--yes")
    assert kept(years) == once
    archive_command(years, "forget", 0, "--year", 2023, "--yes")
    archive_command(years, "forget", 0, "--year", 2024, "--yes")
    assert names(years, present=False) >= {"returns.csv 1", "returns.csv 2"}
    assert (years / "receipts" / "000002.2.json").is_file()
    assert "0 problems" in archive_command(years, "check", 0)


def test_forgetting_everything_leaves_receipts_and_what_counts_now(years):
    archive_command(years, "forget", 0, "--before", 2100, "--yes")
    assert names(years) == {"employers.csv 2", "register.csv 4"}
    assert "0 problems" in archive_command(years, "check", 0)
    assert "no returns of 2026" in ended(settle_command(years, years.parent / "none"), 13)
    take_in(years, deliver(years.parent / "back", returns=[returns_of(2026)]))
    assert "0 problems" in archive_command(years, "check", 0)


def test_the_baseline_year_goes_only_when_it_is_named(tmp_path):
    december = returns_of(2012) | {"DatAanvTv": "2012-12-01", "DatEindTv": "2012-12-31"}
    take_in(tmp_path / "archive", deliver(tmp_path / "files", returns=[december]))
    archive_command(tmp_path / "archive", "forget", 0, "--before", 2027, "--yes")
    assert names(tmp_path / "archive") == {"returns.csv 1"}
    archive_command(tmp_path / "archive", "forget", 0, "--year", 2012, "--yes")
    assert names(tmp_path / "archive") == set()


def test_forget_does_not_change_rows_that_stay(years, monkeypatch):
    """A version that reads deliveries otherwise would change runs of years that are kept: it forgets nothing."""
    from quotum.maintenance import forgetting  # noqa: PLC0415 (only here)

    real = forgetting.derive_again

    def other(*given):
        output = real(*given)
        for path in (given[2] / "rows").glob("employers*"):
            path.unlink()
        return tuple(item for item in output if item.table != "employers")

    monkeypatch.setattr(forgetting, "derive_again", other)
    before = kept(years)
    assert "use that version to forget" in archive_command(years, "forget", 13, "--year", 2023, "--yes")
    assert kept(years) == before


@pytest.mark.slow
def test_forget_killed_while_it_changes_files_is_finished_by_the_next(years, tmp_path):
    from tests.commands.test_killed import _changes  # noqa: PLC0415

    once = shutil.copytree(years, tmp_path / "once")
    command = ("archive", "forget", "--before", 2026, "--yes", "--archive")
    changes = _changes(dying(once, 0, *command, once))
    assert changes > 10
    expected = kept(once)
    for deadly in range(2, changes + 1, 3):
        copy = shutil.copytree(years, tmp_path / f"copy-{deadly}")
        assert dying(copy, deadly, *command, copy).returncode < 0
        again = dying(copy, 0, *command, copy)
        assert again.returncode == 0, again.stderr
        assert set(kept(copy)) == set(expected), f"after change {deadly}"
        assert "0 problems" in archive_command(copy, "check", 0)


# Backup, restore, move, merge.


@pytest.mark.slow
def test_a_copy_is_a_backup_and_a_moved_archive_is_the_same_archive(archive, tmp_path):
    """Copied with its times or without, under another name: checked, settled, repeated."""
    copy = shutil.copytree(archive, tmp_path / "elsewhere" / "restored")
    assert "0 problems" in archive_command(copy, "check", 0)
    settled(copy, tmp_path / "run", example(EXAMPLES[0]) / "scenario.toml")
    assert results(tmp_path / "run") == results(archive.parent / "run")
    assert "identical" in ended(quotum("replay", archive.parent / "run", "--archive", copy), 0)


def test_a_copy_without_empty_folders_and_locks_is_whole(archive, tmp_path):
    """Some tools copy neither: the next writer makes them."""
    copy = a_copy(archive, tmp_path / "copy")
    shutil.rmtree(copy / "staging")
    (copy / "lock").unlink()
    (copy / "notes" / "lock").unlink()
    assert "0 problems" in archive_command(copy, "check", 0)
    take_in(copy, deliver(tmp_path / "files"))
    assert "0 problems" in archive_command(copy, "check", 0)


@pytest.mark.slow
def test_two_archives_are_merged_and_runs_of_both_are_repeated(tmp_path):
    item, other, merged = tmp_path / "one", tmp_path / "other", tmp_path / "merged"
    first, second = datetime.fromisoformat("2027-02-01T00:00:00"), datetime.fromisoformat("2027-03-01T00:00:00")
    take_in(item, deliver(tmp_path / "a"), first)
    settled(item, tmp_path / "run-one")
    take_in(item, deliver(tmp_path / "b", register=[cells("register", bsn=OTHER_PERSON)]), RECEIVED)
    settled(item, tmp_path / "run-two")
    take_in(
        other, deliver(tmp_path / "c", returns=[returns_of(2025)], register=[cells("register", ground="c")]), second
    )
    take_in(other, deliver(tmp_path / "a2"), second)
    settled(other, tmp_path / "run-three")
    before = seen(item), seen(other)
    for source in (item, other):
        ended(quotum("archive", "merge", source, "--archive", merged), 0)
    assert (seen(item), seen(other)) == before
    assert "0 problems" in archive_command(merged, "check", 0)
    assert archive_command(merged, "runs", 0).count("run-") == 3
    for run in ("run-one", "run-two", "run-three"):
        assert "identical" in ended(quotum("replay", tmp_path / run, "--archive", merged), 0)
    whole = kept(merged)
    again = ended(quotum("archive", "merge", other, "--archive", merged), 0)
    assert "receive calls: 2, of which 0 added something" in again
    assert kept(merged) == whole


def test_an_archive_is_not_merged_with_itself_or_when_it_is_damaged(archive, tmp_path):
    copy = a_copy(archive, tmp_path / "copy")
    assert "the archive itself" in ended(quotum("archive", "merge", copy, "--archive", copy), 2)
    original = next(path for path in (copy / "originals").rglob("*") if path.is_file())
    flip(original, 3)
    assert "restore it from a backup" in ended(quotum("archive", "merge", copy, "--archive", tmp_path / "new"), 13)


def test_archives_can_be_read_only(archive, tmp_path):
    """Nothing but receive, rebuild, forget and merge writes."""
    copy = shutil.copytree(archive, tmp_path / "copy")
    for path in (copy, *copy.rglob("*")):
        path.chmod(0o500 if path.is_dir() else 0o400)
    try:
        for what in ("list", "runs", "check", "size"):
            archive_command(copy, what, 0)
        assert "identical" in ended(quotum("replay", archive.parent / "run", "--archive", copy), 0)
        if os.geteuid():
            with pytest.raises(ArchiveLacks):
                existing(tmp_path / "nowhere")
    finally:
        for path in (copy, *copy.rglob("*")):
            path.chmod(0o700)
