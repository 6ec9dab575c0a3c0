"""The same rows give the same bytes, whatever the machine, the files and the order; a run is a sealed bag."""

import os
import re
import shutil
import subprocess
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from itertools import pairwise
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pv
import pyarrow.parquet as pq
import pytest
from attrs import frozen

from quotum.generate.country import generate
from tests.helpers import (
    AS_OF,
    EXAMPLES,
    RECEIVED,
    RESULTS,
    TAG_FILES,
    deliver,
    ended,
    example,
    example_files,
    files_under,
    process,
    receive_command,
    record_and_results,
    results,
    rows_of,
    settle_command,
    settled,
    table_rows,
    take_in,
    write_csv,
)
from tests.rows import EMPLOYER, OTHER_EMPLOYER, OTHER_PERSON, cells

pytestmark = pytest.mark.slow

NAME = EXAMPLES[0]
SCENARIO = example(NAME) / "scenario.toml"


@pytest.fixture(scope="module")
def archive(tmp_path_factory) -> Path:
    """An archive with a worked example."""
    place = tmp_path_factory.mktemp("same") / "archive"
    take_in(place, example_files(NAME))
    return place


@pytest.fixture(scope="module")
def run(archive) -> Path:
    """The run that the others are compared with."""
    place = archive.parent / "run"
    settled(archive, place, SCENARIO)
    return place


def test_the_bytes_compared_hold_rows(run):
    assert len(rows_of(run / "data" / "settlement.csv")) == 8
    assert len(table_rows(run, "bonus_lines")) == 19
    assert len(table_rows(run, "surcharge_lines")) > 12
    assert set(results(run)) == set(RESULTS)


# One table of ways, each another along every axis at once.


@frozen
class Way:
    """How one country is delivered and settled."""

    form: str
    """Form of the returns of the year: `parquet`, `csv` or `xml`."""
    pieces: int = 1
    """Number of files, of unlike sizes, over which the rows of each delivery are dealt out; 1 is as generated."""
    backwards: bool = False
    """Last file first; and where they are dealt out, last row first."""
    calls: bool = False
    """Whether the kinds are received in two calls."""
    options: tuple[object, ...] = ()
    """Options of settle."""
    environment: Mapping[str, str] = {}
    """Hash seed, locale and time zone."""
    record: bool = True
    """Whether the deliveries are the same, so that the record is too."""


WAYS = {
    "one_thread_and_an_ascii_terminal": Way(
        "parquet",
        options=("--threads", 1),
        environment={"PYTHONHASHSEED": "0", "LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0",
                     "TZ": "America/Los_Angeles"},
    ),
    "backwards_in_two_calls_two_threads_and_little_memory": Way(
        "parquet", backwards=True, calls=True,
        options=("--threads", 2, "--memory-limit", "90MB"),
        environment={"PYTHONHASHSEED": "4711", "LC_ALL": "tr_TR.UTF-8", "TZ": "Pacific/Kiritimati"},
    ),
    "csv_in_small_files_backwards": Way(
        "csv", pieces=4, backwards=True,
        options=("--threads", 2),
        environment={"PYTHONHASHSEED": "1", "LC_ALL": "de_DE.UTF-8", "TZ": "Asia/Kathmandu"},
        record=False,
    ),
    "parquet_in_small_files_in_two_calls": Way(
        "parquet", pieces=7, calls=True, options=("--threads", 1), environment={"PYTHONHASHSEED": "2"}, record=False
    ),
    "xml_one_thread_and_little_memory": Way(
        "xml",
        options=("--threads", 1, "--memory-limit", "90MB"),
        environment={"PYTHONHASHSEED": "3", "LC_ALL": "nl_NL.UTF-8", "TZ": "Europe/Amsterdam"},
        record=False,
    ),
}  # fmt: skip


@pytest.fixture(scope="module", params=[40, 3000], ids="{}_employers".format)
def country(request, tmp_path_factory) -> Path:
    """A country in Parquet and in XML, and the run that the others are compared with.

    The small one fits in any memory; of the large one, with room for a fraction of its rows, DuckDB spills.
    """
    folder = tmp_path_factory.mktemp("country")
    for form in ("parquet", "xml"):
        generate(request.param, 2026, 7, folder / form, form)
    take_in(folder / "archive", _delivered(folder / "parquet"))
    settled(folder / "archive", folder / "run", folder / "parquet" / "scenario.toml")
    assert len(rows_of(folder / "run" / "data" / "settlement.csv")) == request.param
    assert min(len(table_rows(folder / "run", name)) for name in ("bonus_lines", "surcharge_lines")) > 0
    return folder


@pytest.mark.parametrize(
    "way",
    [pytest.param(way, id=name) for name, way in WAYS.items()],
)
def test_the_same_country_gives_the_same_bytes(way, country, tmp_path):
    """Order, file sizes, form, calls, threads, spilling, hash seed, locale and time zone: no byte differs."""
    files = _delivered(country / ("xml" if way.form == "xml" else "parquet"))
    if way.pieces > 1:
        files = [piece for path in files for piece in _dealt_out(path, way, tmp_path)]
    files = files[::-1] if way.backwards else files
    for call in _in_two_calls(files) if way.calls else [files]:
        received = process(
            "receive", *call, "--archive", tmp_path / "archive", "--received", RECEIVED.isoformat(),
            environment=way.environment,
        )  # fmt: skip
        assert (received.returncode, received.stderr) == (0, "")
    with _spilling(tmp_path) as sizes:
        settlement = process(
            "settle", "--archive", tmp_path / "archive", "--year", 2026, "--as-of", AS_OF,
            "--scenario", country / "parquet" / "scenario.toml", "--out", tmp_path / "run", *way.options,
            environment=way.environment,
        )  # fmt: skip
    lines = [line.partition(" delivered: ")[0] for line in settlement.stderr.splitlines()]
    assert (settlement.returncode, lines) == (0, ["quotum: allocations"])
    assert results(tmp_path / "run") == results(country / "run")
    assert not way.record or record_and_results(tmp_path / "run") == record_and_results(country / "run")
    large = len(rows_of(tmp_path / "run" / "data" / "settlement.csv")) > 1000
    assert any(sizes) == (large and "--memory-limit" in way.options)
    assert sorted(path.name for path in tmp_path.iterdir() if path.name.startswith(".")) == []


def _delivered(folder: Path) -> list[Path]:
    return [path for path in sorted(folder.iterdir()) if path.suffix in (".csv", ".parquet", ".zip")]


def _in_two_calls(files: list[Path]) -> list[list[Path]]:
    """The files of every other kind: all of one kind come in one call, as they are one delivery."""
    kinds = list(dict.fromkeys(path.name.partition("-")[0].partition(".")[0] for path in files))
    return [[path for path in files if path.name.startswith(tuple(half))] for half in (kinds[::2], kinds[1::2])]


def _dealt_out(path: Path, way: Way, folder: Path) -> list[Path]:
    """The rows of a delivery in files of one, two, four and so on parts, in the form of the way."""
    rows = _texts(pq.read_table(path)) if path.suffix == ".parquet" else _csv(path)
    rows = rows.take(pa.array(range(rows.num_rows), pa.int64())[::-1]) if way.backwards else rows
    parts = 2**way.pieces - 1
    cuts = [rows.num_rows * (2**number - 1) // parts for number in range(way.pieces + 1)]
    result = []
    for number, (start, end) in enumerate(pairwise(cuts)):
        place = folder / f"{path.stem}-piece-{number}.{way.form}"
        if way.form == "csv":
            pv.write_csv(rows.slice(start, end - start), place, pv.WriteOptions(quoting_style="none"))
        else:
            pq.write_table(rows.slice(start, end - start), place)
        result.append(place)
    return result


def _csv(path: Path) -> pa.Table:
    names = path.read_text("utf-8").partition("\n")[0].split(",")
    types = dict.fromkeys(names, pa.string())
    return pv.read_csv(path, convert_options=pv.ConvertOptions(column_types=types, strings_can_be_null=True))


def _texts(rows: pa.Table) -> pa.Table:
    """Every column as the text that a CSV would have."""
    moments = {field.name for field in rows.schema if pa.types.is_timestamp(field.type)}
    return pa.table(
        {
            name: pc.strftime(rows[name].cast(pa.timestamp("s")), "%Y-%m-%dT%H:%M:%S") if name in moments
            else rows[name].cast(pa.string())
            for name in rows.column_names
        }
    )  # fmt: skip


@contextmanager
def _spilling(near: Path) -> Iterator[list[int]]:
    """The sizes of what an engine spills beside a run, looked at while it works; tables it keeps there are none."""
    sizes: list[int] = []
    finished = threading.Event()

    def look() -> None:
        # What is looked at goes away meanwhile: `os.walk` passes over a folder that does, `rglob` stops.
        while not finished.wait(0.02):
            for place in near.glob(".quotum-spill-*"):
                for folder, _, names in os.walk(place):
                    for name in names:
                        with suppress(FileNotFoundError):
                            if not name.endswith(".parquet"):
                                sizes.append(Path(folder, name).stat().st_size)

    watcher = threading.Thread(target=look)
    watcher.start()
    try:
        yield sizes
    finally:
        finished.set()
        watcher.join()


# The record.


def _faulty_example(folder: Path) -> dict[str, Path]:
    """The example in pieces, with rows that are rejected and rows that are remarkable."""
    folder.mkdir()
    pieces = {}
    for path in example_files(NAME):
        rows = rows_of(path)
        if path.stem == "returns":
            rows[5]["AantVerlU"] = "many"
            rows[8]["DatEind"], rows[8]["DatAanv"] = "2020-01-01", "2021-01-01"
        elif path.stem == "register":
            rows += [{"bsn": "123456789", "registered_from": "2020-01-01"}] * 2
        halves = (rows[::2], rows[1::2]) if path.stem in ("returns", "register") else (rows,)
        for number, half in enumerate(halves):
            piece = f"{path.stem}-{number}"
            pieces[piece] = write_csv(folder / f"{piece}.csv", path.stem, half)
    return pieces


def _record(folder: Path, calls: list[list[Path]]) -> dict[str, bytes]:
    for call in calls:
        assert receive_command(folder / "archive", *call).exit_code in (0, 3)
    settled(folder / "archive", folder / "run", SCENARIO)
    return record_and_results(folder / "run")


CALLS = {
    "another_order": [
        ["traits-0", "wage_bills-0", "register-1", "returns-1", "employers-0", "register-0", "returns-0"]
    ],
    "several_calls": [
        ["returns-1"], ["register-1", "register-0"], ["wage_bills-0", "employers-0"], ["traits-0"], ["returns-0"],
    ],
    "a_register_file_that_was_there_already": [
        ["register-0", "returns-0", "traits-0"], ["register-0", "register-1"], ["returns-1", "wage_bills-0"],
        ["employers-0"],
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def in_one_call(tmp_path_factory) -> tuple[dict[str, Path], dict[str, bytes]]:
    """The pieces of the example, and the run of all of them received in one call."""
    folder = tmp_path_factory.mktemp("pieces")
    pieces = _faulty_example(folder / "files")
    run = _record(folder / "one", [sorted(pieces.values())])
    assert len(table_rows(folder / "one" / "run", "quality")) > 5
    return pieces, run


@pytest.mark.parametrize(
    "calls",
    [pytest.param(calls, id=name) for name, calls in CALLS.items()],
)
def test_the_record_is_of_deliveries_and_not_of_calls(calls, in_one_call, tmp_path):
    pieces, item = in_one_call
    assert _record(tmp_path / "other", [[pieces[name] for name in call] for call in calls]) == item


def test_the_record_names_what_a_year_reads_however_years_came_in(tmp_path):
    """Returns of a year that is not looked at are no input, also when they came in one call with those that are."""
    files = deliver(tmp_path / "files")
    last_year = write_csv(
        tmp_path / "files" / "returns-2025.csv",
        "returns",
        [cells("returns", IdBer="M0", DatTdAanm="2025-02-20T10:00:00", DatAanvTv="2025-01-01", DatEindTv="2025-01-31")],
    )
    item = _record(tmp_path / "one", [[*files, last_year]])
    two = _record(tmp_path / "two", [files, [last_year]])
    assert two == item


# The bag.


def test_the_bag_is_valid_by_the_bagit_package(run, tmp_path):
    import bagit  # noqa: PLC0415 (only here: an independent reader of bags)

    bag = bagit.Bag(str(run))
    assert bag.validate(completeness_only=False)
    assert bag.version_info == (1, 0)
    assert set(bag.payload_files()) == {f"data/{path.name}" for path in (run / "data").iterdir()}
    shutil.copytree(run, tmp_path / "altered")
    altered = tmp_path / "altered" / "data" / "macro.json"
    altered.chmod(0o600)
    altered.write_bytes(altered.read_bytes().replace(b"1", b"2", 1))
    with pytest.raises(bagit.BagValidationError):
        bagit.Bag(str(tmp_path / "altered")).validate()


@pytest.mark.parametrize("manifest", ["manifest-sha256.txt", "tagmanifest-sha256.txt"])
def test_sha256sum_checks_the_bag(manifest, run):
    checked = subprocess.run(
        ["sha256sum", "--check", "--strict", manifest],  # noqa: S607 (the one that the user has)
        cwd=run, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (checked.returncode, checked.stderr) == (0, "")
    named = {line.partition(": ")[0] for line in checked.stdout.splitlines()}
    payload = {f"data/{path.name}" for path in (run / "data").iterdir()}
    assert named == (payload if manifest.startswith("manifest") else set(TAG_FILES) - {manifest})


def test_tag_files_hold_no_moment_of_making(run):
    assert {path.name for path in run.iterdir()} == {*TAG_FILES, "data", "environment.json"}
    text = "".join((run / name).read_text("utf-8") for name in TAG_FILES)
    assert "Bagging-Date" not in text
    # The as-of day is what the run is about, and the same each time.
    assert set(re.findall(r"\d{4}-\d{2}-\d{2}", text)) <= {"2027-05-01"}
    assert re.findall(r"\d{2}:\d{2}", text) == []


def test_the_run_is_sealed_and_of_its_owner_only(run):
    modes = {path: path.stat().st_mode & 0o777 for path in (run, *run.rglob("*"))}
    assert {mode for path, mode in modes.items() if path.is_dir()} == {0o500}
    assert {mode for path, mode in modes.items() if path.is_file()} == {0o400}


def test_the_archive_is_of_its_owner_only(archive, run):
    assert run.is_dir()
    assert [path for path in (archive, *archive.rglob("*")) if path.stat().st_mode & 0o077] == []


def test_a_run_leaves_nothing_beside_it(archive, tmp_path):
    settled(archive, tmp_path / "run", SCENARIO)
    assert [path.name for path in tmp_path.iterdir()] == ["run"]


# The place of a run.


def test_the_same_run_again_is_done_and_says_so(archive, run):
    before = files_under(run)
    output = ended(settle_command(archive, run, "--scenario", SCENARIO), 0)
    assert "there already" in output
    assert files_under(run) == before


def test_another_run_in_the_same_place_is_refused(archive, run):
    before, beside = files_under(run), set(run.parent.iterdir())
    output = ended(settle_command(archive, run), 2)
    assert str(run) in output
    assert "another run" in output
    assert (files_under(run), set(run.parent.iterdir())) == (before, beside)


@pytest.mark.parametrize("what", ["empty_folder", "folder_with_a_file", "file", "link"])
def test_a_place_that_is_taken_is_refused(what, archive, tmp_path):
    place = tmp_path / "place"
    match what:
        case "file":
            place.write_text("mine")
        case "link":
            place.symlink_to(tmp_path / "elsewhere")
        case _:
            place.mkdir()
    if what == "folder_with_a_file":
        (place / "mine.txt").write_text("mine")
    before = files_under(tmp_path)
    output = ended(settle_command(archive, place), 2)
    assert str(place) in output
    assert files_under(tmp_path) == before
    assert [path.name for path in tmp_path.iterdir()] == ["place"]


# Equal rows.


def test_the_sum_of_equal_rows_from_two_employers_is_of_both(tmp_path):
    """Rows of two employers in one file do not mix: the counterpart of rows that count once."""
    files = deliver(
        tmp_path / "files",
        returns=[
            cells("returns"),
            cells("returns", LhNr=f"{OTHER_EMPLOYER}L01"),
            cells("returns", SofiNr=OTHER_PERSON, NumIV="2", AantVerlU="7"),
        ],
        register=[cells("register")],
    )
    take_in(tmp_path / "archive", files)
    settled(tmp_path / "archive", tmp_path / "run")
    hours = {row["rsin"]: row["paid_hours"] for row in table_rows(tmp_path / "run", "settlement")}
    assert hours == {EMPLOYER: 107, OTHER_EMPLOYER: 100}
