"""The figures, codes and refusals that the guide for the operator states."""

import json
import re
import shutil
import tomllib

import pytest

from quotum import errors
from tests.helpers import FIXTURES, HOUSE, deliver, ended, files_under, quotum, settled, take_in
from tests.replay.altering import seal_again

GUIDE = (HOUSE / "jobs" / "guide" / "operator.md").read_text("utf-8")
MEASURED = tomllib.loads((HOUSE / "tests" / "benches" / "measured.toml").read_text("utf-8"))
PLANNED = (HOUSE / "jobs" / "PLANNING.md").read_text("utf-8").split("## Storage")[1]
MILLION, GB = 1_000_000, 1_000_000_000


def _cells(text: str, name: str) -> list[str]:
    """The cells of the row of a table that begins with a name."""
    (row,) = re.findall(rf"^\| {re.escape(name)}[^|]*\|(.*)\|$", text, re.MULTILINE)
    return [cell.strip() for cell in row.split("|")]


def _number(cell: str) -> float:
    return float(re.match(r"[\d.,]+", cell).group().replace(",", ""))


def _value(name: str) -> float:
    return float(MEASURED[name]["value"])


@pytest.mark.parametrize(
    ("name", "measured", "planned"),
    [
        ("originals, XML", "originals_xml", "originals as XML"),
        ("originals, Parquet", "originals_parquet", "originals as Parquet"),
        ("derived rows", "derived", "derived rows"),
        ("what simulations keep", "basis", "bases of simulations"),
    ],
)
def test_sizes_follow_from_what_is_measured(name, measured, planned):
    tenth, country, ten_years = map(_number, _cells(GUIDE, name)[:3])
    size = 200 * MILLION * _value(measured) / GB
    assert country == pytest.approx(size, abs=0.051)
    assert tenth == pytest.approx(size / 10, abs=0.051)
    assert ten_years == _number(_cells(PLANNED, planned)[1])


def test_times_follow_from_what_is_measured():
    rows = 200 * MILLION
    tenth, country, ten_years = map(_number, _cells(GUIDE, "receive from XML")[:3])
    minutes = rows / 100_000 * _value("receive_xml") / 60
    assert (round(minutes / 10), round(minutes)) == (tenth, country)
    assert ten_years == _number(_cells(PLANNED, "receive a year from XML")[2])
    tenth, country, ten_years = map(_number, _cells(GUIDE, "settle")[:3])
    seconds = rows / _value("rows") * _value("settle")
    assert (round(seconds / 10), round(seconds)) == (tenth, country)
    assert ten_years == _number(_cells(PLANNED, "settle, revised every year")[2])


def test_the_memory_is_more_than_any_command_took():
    of_simulations = _number(re.search(r"([\d.]+) GB", MEASURED["simulate"]["from"]).group(1))
    assert max(_value("settle_memory"), of_simulations) <= _number(_cells(GUIDE, "memory of a command")[1])


def _codes() -> set[int]:
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type)]
    return {kind.exit_code for kind in kinds if issubclass(kind, errors.QuotumError)}


def test_every_exit_code_says_what_to_do():
    stated = [int(code) for code in re.findall(r"^\| (\d+) \|", GUIDE, re.MULTILINE)]
    assert stated == sorted(set(stated))
    assert set(stated) == _codes() | {0, 3, 130, 143}


@pytest.fixture(scope="module")
def newer(tmp_path_factory):
    """An archive and a run, both as a later quotum would write them: of a format that this one does not know."""
    folder = tmp_path_factory.mktemp("newer")
    take_in(folder / "archive", deliver(folder / "files"))
    settled(folder / "archive", folder / "run")
    shutil.copytree(folder / "archive", folder / "newer_archive")
    (folder / "newer_archive" / "quotum-archive.json").write_text('{"format": 3}\n')
    run = shutil.copytree(folder / "run", folder / "newer_run")
    for path in (run, *run.rglob("*")):
        path.chmod(0o700)
    record = json.loads((run / "data" / "run.json").read_bytes())
    (run / "data" / "run.json").write_text(json.dumps(record | {"format": 2}))
    seal_again(run)
    return folder


@pytest.mark.parametrize(
    "arguments",
    [
        ("receive", FIXTURES / "eight_employers_2026" / "register.csv"),
        ("settle", "--year", "2026", "--as-of", "2027-05-01", "--out", "none"),
        ("archive", "check"), ("archive", "list"), ("archive", "rebuild"), ("archive", "forget", "--before", "2020"),
    ],
    ids=lambda arguments: " ".join(map(str, arguments[:2]))[:20],
)  # fmt: skip
def test_an_archive_of_a_newer_format_is_refused_whole(arguments, newer, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    before = files_under(newer / "newer_archive")
    output = ended(quotum(*arguments, "--archive", newer / "newer_archive"), 13)
    assert "install a newer quotum" in output
    assert files_under(newer / "newer_archive") == before
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", ["verify", "replay", "quality", "statement"])
def test_a_run_of_a_newer_format_is_refused_and_names_its_version(command, newer):
    output = ended(quotum(command, newer / "newer_run"), 21)
    assert "of format 2, this version of quotum knows 1: install the version that made the run" in output
