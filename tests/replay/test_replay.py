"""`quotum replay`: the same bytes years later, or exactly why not."""

import json
import shutil
from datetime import date, datetime
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from quotum.replay import recompute as replay_module
from quotum.replay import shipped_figures as shipped_module
from quotum.replay import verification as verifying
from quotum.version import __version__
from tests.helpers import (
    EXAMPLES,
    deliver,
    discreet,
    ended,
    example,
    example_files,
    personal_values,
    process,
    quotum,
    receive_command,
    record_and_results,
    settle_command,
    settled,
    table_rows,
    take_in,
    write_csv,
)
from tests.replay.altering import a_copy, change_rows, flip, seal_again, seen
from tests.rows import OTHER_PERSON, cells

EIGHT = EXAMPLES[0]
SECRETS = personal_values(example_files(EIGHT))


def replay(run, archive, code, *more):
    output = ended(quotum("replay", run, "--archive", archive, "--threads", 1, *more), code)
    discreet(output, SECRETS)
    return output


# Identical.


def test_a_run_is_repeated_byte_for_byte_and_nothing_is_written(run, archive, tmp_path):
    """Neither the archive nor the run changes, and what was made is thrown away."""
    before = seen(run), seen(archive)
    output = replay(run, archive, 0, "--scratch", tmp_path)
    assert "5 of 5 deliveries, 9 of 9 derived tables" in output
    assert "6 files, the same" in output
    assert "outcome    identical" in output
    assert (seen(run), seen(archive)) == before
    assert list(tmp_path.iterdir()) == []


def test_from_originals_makes_the_derived_tables_again(run, archive, tmp_path, monkeypatch):
    result = []
    real = replay_module.derive_again
    monkeypatch.setattr(replay_module, "derive_again", lambda *given: result.append(given[1].sequence) or real(*given))
    before = seen(archive)
    assert "identical" in replay(run, archive, 0)
    assert result == []
    assert "from derived tables made again" in replay(run, archive, 0, "--from-originals")
    assert result == [1]
    assert seen(archive) == before


def test_the_archive_is_where_the_run_noted_it_or_where_it_is_said_to_be(run, archive, tmp_path):
    assert "identical" in ended(quotum("replay", run), 0)
    moved = shutil.copytree(archive, tmp_path / "moved")
    assert "identical" in replay(run, moved, 0)


def test_parameters_come_from_the_run_and_never_from_the_installed_figures(run, archive, monkeypatch):
    """By other code, whose figures are not even read; by this code they are read only to be compared."""

    def no_book():
        raise AssertionError("the installed figures are not asked")

    monkeypatch.setattr(shipped_module, "code_digest", lambda: "0" * 64)
    monkeypatch.setattr(shipped_module, "load_book", no_book)
    output = replay(run, archive, 21)
    assert "figures    not compared" in output
    assert "results are the same" in output


@pytest.mark.slow
def test_threads_memory_and_surroundings_change_nothing(run, archive):
    result = process(
        "replay", run, "--archive", archive, "--threads", 2, "--memory-limit", "200MB",
        environment={"PYTHONHASHSEED": "99", "LC_ALL": "tr_TR.UTF-8", "TZ": "Pacific/Kiritimati"},
    )  # fmt: skip
    assert (result.returncode, result.stderr) == (0, ""), result.stdout


def test_memory_that_is_no_size_is_wrong_use(run, archive):
    assert "no size" in replay(run, archive, 2, "--memory-limit", "much")


def test_a_folder_that_is_no_run_is_wrong_use(archive, tmp_path):
    assert "no run of quotum" in replay(tmp_path, archive, 2)


# What came later does not change what was.


@pytest.fixture
def grown(archive, run, tmp_path):
    """The archive, with deliveries that came after the run: a later return, another register, old years."""
    place = a_copy(archive, tmp_path / "grown")
    later = write_csv(
        tmp_path / "late.csv", "returns", [cells("returns", IdBer="LATE", DatTdAanm="2026-02-21T10:00:00")]
    )
    old = write_csv(
        tmp_path / "old.csv",
        "returns",
        [
            cells(
                "returns", IdBer="OLD", DatTdAanm="2020-02-21T10:00:00", DatAanvTv="2020-01-01", DatEindTv="2020-01-31"
            )
        ],
    )
    files = [later, old, *deliver(tmp_path / "new", register=[cells("register", bsn="")])]
    assert receive_command(place, *files).exit_code == 3
    return place


def test_deliveries_that_came_after_the_run_are_left_out(grown, run):
    assert "identical" in replay(run, grown, 0)


@pytest.mark.slow
def test_a_run_made_after_them_is_another_and_is_repeated_too(grown, run, tmp_path):
    """Returns of years that a run does not look at came in the same call as those it read."""
    settled(grown, tmp_path / "run", example(EIGHT) / "scenario.toml")
    assert record_and_results(tmp_path / "run") != record_and_results(run)
    assert "identical" in replay(tmp_path / "run", grown, 0)


@pytest.mark.slow
def test_a_run_as_known_on_a_day_is_repeated(grown, run, tmp_path):
    settled(grown, tmp_path / "run", example(EIGHT) / "scenario.toml", known_on=date(2027, 5, 2))
    assert "identical" in replay(tmp_path / "run", grown, 0)


@pytest.mark.slow
def test_a_container_that_came_again_with_later_returns(tmp_path):
    """A later call has a delivery that the run names beside one it does not: nothing of that call was read."""
    register = cells("register")
    deliver(tmp_path / "both", returns=[cells("returns")], register=[register])
    file = Path(shutil.make_archive(str(tmp_path / "both"), "zip", tmp_path / "both"))
    place = tmp_path / "archive"
    take_in(place, [file])
    settled(place, tmp_path / "run")
    later = deliver(
        tmp_path / "later",
        returns=[cells("returns", IdBer="LATER", DatTdAanm="2026-03-20T10:00:00", AantVerlU="7")],
        register=[register, cells("register", bsn=OTHER_PERSON)],
    )
    take_in(place, [file, *later])
    listed = quotum("archive", "list", "--archive", place).output
    assert listed.count("both.zip") == 2
    assert "identical" in ended(quotum("replay", tmp_path / "run"), 0)


@pytest.mark.slow
def test_runs_with_declarations_and_with_a_late_decision_are_repeated(tmp_path):
    """A year that reads every year before it, from several calls, with a remark in its record."""
    files = deliver(tmp_path / "first")
    declarations = tmp_path / "declarations.csv"
    declarations.write_text(f"bsn,category,from,until\n{cells('register')['bsn']},older,2025-01-01,\n")
    old = write_csv(
        tmp_path / "old.csv",
        "returns",
        [
            cells(
                "returns", IdBer="OLD", DatTdAanm="2021-02-21T10:00:00", DatAanvTv="2021-01-01", DatEindTv="2021-01-31"
            )
        ],
    )
    place = tmp_path / "archive"
    take_in(place, [*files, old])
    take_in(place, [declarations])
    settled(place, tmp_path / "run", decided_on=date(2027, 12, 1))
    record = json.loads((tmp_path / "run" / "data" / "run.json").read_text())
    assert len(record["inputs"]) == 6
    assert record["remarks"]
    assert "identical" in ended(quotum("replay", tmp_path / "run"), 0)
    assert "identical" in ended(quotum("replay", tmp_path / "run", "--from-originals"), 0)


def test_a_quota_levy_is_repeated(tmp_path):
    before = cells(
        "returns", IdBer="M0", DatTdAanm="2025-02-20T10:00:00", DatAanvTv="2025-01-01", DatEindTv="2025-01-31"
    )
    files = deliver(tmp_path / "files")
    files.append(write_csv(tmp_path / "files" / "before.csv", "returns", [before]))
    take_in(tmp_path / "archive", files)
    scenario = tmp_path / "market.toml"
    scenario.write_text('title = "T"\n[set]\n"wfsv.quota_percentage_market" = "2.00"\n')
    result = settle_command(
        tmp_path / "archive", tmp_path / "run", "--regime", "quota-levy", "--scenario", scenario, "--threads", 1
    )
    ended(result, 0)
    assert "identical" in ended(quotum("replay", tmp_path / "run"), 0)


# 20: the results differ.


def forged(run, place, table, change):
    """A run whose table was changed and that was sealed anew: its digests are right."""
    copy = a_copy(run, place)
    change_rows(copy, table, change)
    seal_again(copy)
    assert verifying.verify(copy).reasons == ()
    return copy


def more(column, row, cents):
    def change(rows):
        rows[row][column] += cents
        return rows

    return change


def test_the_first_difference_is_named_with_both_values(run, archive, tmp_path):
    rows = table_rows(run, "settlement")
    copy = forged(run, tmp_path / "run", "settlement", more("lkv_cents", 4, 1))
    output = replay(copy, archive, 20)
    before, now = rows[4]["lkv_cents"] + 1, rows[4]["lkv_cents"]
    assert f"settlement.parquet, row 5, column lkv_cents: {before} in the run, {now} made again" in output
    assert "outcome    results differ" in output


def test_the_first_row_is_named_and_not_the_first_column(run, archive, tmp_path):
    def change(rows):
        rows[6]["sector"] = None
        rows[2]["net_cents"] = 7
        return rows

    copy = forged(run, tmp_path / "run", "settlement", change)
    assert "row 3, column net_cents: 7 in the run" in replay(copy, archive, 20)


@pytest.mark.parametrize(
    ("table", "change", "expected"),
    [
        pytest.param("settlement", lambda rows: rows[:-1], "row 8: the run has 7 rows, made again", id="less"),
        pytest.param("settlement", lambda rows: rows[1:], "row 1, column rsin: identifiers", id="first_row_less"),
        pytest.param("settlement", more("surcharge_base_cents", 3, 5), "column surcharge_base_cents: wages", id="wage",
                     marks=pytest.mark.slow),
        pytest.param("bonus_lines", more("bonus_cents", 1, 5), "bonus_lines.parquet, row 2, column bonus", id="bonus",
                     marks=pytest.mark.slow),
        pytest.param("quality", lambda rows: rows[1:], "the results are the same; but quality.parquet", id="record"),
    ],
)  # fmt: skip
def test_what_differs_is_named(table, change, expected, run, archive, tmp_path):
    assert expected in replay(forged(run, tmp_path / "run", table, change), archive, 20)


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        pytest.param("settlement.csv", "true", "false", "settlement.csv, row ", marks=pytest.mark.slow),
        ("macro.json", '"employers": 8', '"employers": 9', "macro.json, totals.employers: 9 in the run, 8 made again"),
        ("run.json", '"remarks": []', '"remarks": ["so"]', "the results are the same; but run.json, remarks"),
    ],
)
def test_a_changed_text_is_named(file, old, new, expected, run, archive, tmp_path):
    copy = a_copy(run, tmp_path / "run")
    path = copy / "data" / file
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new, 1))
    seal_again(copy)
    assert expected in replay(copy, archive, 20)


def test_a_result_too_few_or_too_many_differs(run, archive, tmp_path):
    copy = a_copy(run, tmp_path / "run")
    (copy / "data" / "surcharge_lines.parquet").unlink()
    (copy / "data" / "more.csv").write_text("x\n")
    seal_again(copy)
    assert "more.csv is in the run, and not made again" in replay(copy, archive, 20)


# 21: it cannot be certified, and beside it whether the results are the same.


def test_other_code_is_named_and_the_results_are_the_same(run, archive, monkeypatch):
    monkeypatch.setattr(shipped_module, "code_digest", lambda: "0" * 64)
    output = replay(run, archive, 21)
    assert "made by other code than this" in output
    assert "cannot be certified; results are the same" in output


@pytest.mark.slow
def test_other_code_and_other_results(run, archive, tmp_path, monkeypatch):
    monkeypatch.setattr(shipped_module, "code_digest", lambda: "0" * 64)
    copy = forged(run, tmp_path / "run", "settlement", more("lkv_cents", 4, 1))
    output = replay(copy, archive, 21)
    assert "settlement.parquet, row 5, column lkv_cents" in output
    assert "cannot be certified; results differ" in output


def test_files_that_another_library_wrote_have_the_same_rows(run, archive, tmp_path):
    copy = a_copy(run, tmp_path / "run")
    for path in (copy / "data").glob("*.parquet"):
        content = path.read_bytes()
        version = pq.ParquetFile(path).metadata.created_by.encode()
        older = version[:-1] + (b"1" if version[-1:] != b"1" else b"2")
        assert content.count(version) == 1
        path.write_bytes(content.replace(version, older))
    seal_again(copy)
    output = replay(copy, archive, 21)
    assert "other software wrote its files" in output
    assert "cannot be certified; results are the same" in output


def _original(archive, name):
    """The original bytes of a delivery."""
    listed = map(json.loads, quotum("archive", "list", "--archive", archive, "--format", "json").output.splitlines())
    return next(archive / entry["original"] for entry in listed if entry["name"] == name)


@pytest.mark.parametrize("missing", [pytest.param(False, marks=pytest.mark.slow), True], ids=["altered", "missing"])
def test_an_original_that_is_not_there_as_it_was(missing, run, archive, tmp_path):
    copy = a_copy(archive, tmp_path / "archive")
    original = _original(copy, "returns.csv")
    original.unlink() if missing else flip(original, 40)
    output = replay(run, copy, 21)
    assert original.name in output
    assert "a delivery (returns) that the run read, " + ("is missing" if missing else "was altered") in output
    assert "cannot be certified; results are the same" in output


@pytest.mark.parametrize("missing", [False, pytest.param(True, marks=pytest.mark.slow)], ids=["altered", "missing"])
def test_a_derived_table_that_is_not_as_it_was_is_made_again(missing, run, archive, tmp_path):
    """Its originals are there, so it can be said whether the results are the same."""
    copy = a_copy(archive, tmp_path / "archive")
    table = copy / "rows" / "000001" / "returns-2026-0001.parquet"
    table.unlink() if missing else flip(table, 40)
    before = seen(copy)
    output = replay(run, copy, 21)
    assert "rows/000001/returns-2026-0001.parquet" in output
    assert "8 of 9 derived tables" in output
    assert "cannot be certified; results are the same" in output
    assert seen(copy) == before


def test_without_derived_table_and_original_nothing_can_be_said(run, archive, tmp_path):
    copy = a_copy(archive, tmp_path / "archive")
    (copy / "rows" / "000001" / "register-0001.parquet").unlink()
    _original(copy, "register.csv").unlink()
    output = replay(run, copy, 21)
    assert "results could not be made again" in output


def test_the_archive_of_another_year_lacks_every_input(run, tmp_path):
    take_in(tmp_path / "other", deliver(tmp_path / "files"))
    output = replay(run, tmp_path / "other", 21)
    assert "0 of 5 deliveries" in output
    assert output.count("is not in the archive") >= 5


def test_an_archive_that_is_not_there(run, tmp_path):
    output = replay(run, tmp_path / "nowhere", 21)
    assert "is no archive of quotum" in output
    assert "results could not be made again" in output


def test_a_damaged_receipt_is_named(run, archive, tmp_path):
    copy = a_copy(archive, tmp_path / "archive")
    flip(copy / "receipts" / "000001.json", 60)
    assert "receipt 000001.json" in replay(run, copy, 21)


@pytest.mark.parametrize(
    ("name", "equal"),
    [
        ("data/settlement.csv", True),
        pytest.param("data/bonus_lines.parquet", True, marks=pytest.mark.slow),
        pytest.param("data/quality.parquet", True, marks=pytest.mark.slow),
        pytest.param("bag-info.txt", True, marks=pytest.mark.slow),
        pytest.param("manifest-sha256.txt", True, marks=pytest.mark.slow),
        ("tagmanifest-sha256.txt", True),
    ],
)
def test_a_byte_of_the_run_that_was_altered_is_named(name, equal, run, archive, tmp_path):
    """What is made again is what the run was sealed with: only the file was damaged."""
    copy = a_copy(run, tmp_path / "run")
    flip(copy / name, -2)
    output = replay(copy, archive, 21)
    assert f"{name} of the run" in output
    assert ("results are the same" in output) is equal


def test_a_record_that_cannot_be_read(run, archive, tmp_path):
    copy = a_copy(run, tmp_path / "run")
    flip(copy / "data" / "run.json", 0)
    output = replay(copy, archive, 21)
    assert "data/run.json" in output
    assert "results could not be made again" in output


@pytest.mark.slow
def test_every_byte_of_the_record_can_be_altered_without_a_traceback(run, archive, tmp_path):
    """A few hundred of them, in turn: 21 each time, never an accident."""
    copy = a_copy(run, tmp_path / "run")
    path = copy / "data" / "run.json"
    sound = path.read_bytes()
    start = sound.index(b'"parameters"')
    for place in range(start, len(sound), (len(sound) - start) // 12):
        path.write_bytes(sound)
        flip(path, place)
        assert "data/run.json of the run" in replay(copy, archive, 21)


def test_a_run_of_a_newer_format_says_which_version_made_it(run, archive, tmp_path):
    copy = a_copy(run, tmp_path / "run")
    record = json.loads((copy / "data" / "run.json").read_text())
    (copy / "data" / "run.json").write_text(json.dumps(record | {"format": 9}))
    seal_again(copy)
    assert f"install the version that made the run ({__version__})" in replay(copy, archive, 21)


@pytest.mark.slow
def test_received_moments_do_not_matter(run, tmp_path):
    """The same deliveries received on another day give the same run; but that archive has no note of it."""
    take_in(tmp_path / "archive", example_files(EIGHT), datetime.fromisoformat("2027-11-01T01:02:03"))
    output = replay(run, tmp_path / "archive", 21)
    assert "cannot be certified; results are the same" in output
    settled(tmp_path / "archive", tmp_path / "again", example(EIGHT) / "scenario.toml")
    assert "identical" in replay(run, tmp_path / "archive", 0)


def test_received_before_a_message_was_made_is_a_finding_and_changes_no_amount(run, tmp_path):
    """The findings alone say that messages bear a later day than that of their receipt (law.md rule 0)."""
    take_in(tmp_path / "archive", example_files(EIGHT), datetime.fromisoformat("2027-04-01T01:02:03"))
    output = replay(run, tmp_path / "archive", 20)
    assert "the results are the same; but quality.parquet" in output
    assert "message_after_receipt" in output
