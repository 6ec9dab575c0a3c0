"""What is said where Spark is not installed, and of options that do not go together; Java is not needed for it."""

import sys

import pytest

from tests.helpers import deliver, discreet, ended, quotum, settle_command, settled, take_in


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    """An archive with a small set, and a run."""
    place = tmp_path_factory.mktemp("wrong") / "archive"
    take_in(place, deliver(place.parent / "delivered"))
    settled(place, place.parent / "run")
    return place


@pytest.fixture
def without_spark(monkeypatch):
    """An environment without the extra `spark`."""
    for name in [name for name in sys.modules if name.startswith(("pyspark", "py4j", "quotum.engine.spark"))]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "pyspark", None)


def _commands(archive):
    run, out = archive.parent / "run", archive.parent / "out"
    of_year = ("--archive", archive, "--year", 2026, "--as-of", "2027-05-01", "--out", out)
    return {
        "settle": ("settle", *of_year),
        "simulate": ("simulate", *of_year, "--scenario", "lkv-three-years"),
        "replay": ("replay", run, "--archive", archive),
        "diff": ("diff", run, run, "--archive", archive, "--out", out),
    }


@pytest.mark.usefixtures("without_spark")
@pytest.mark.parametrize("command", ["settle", "simulate", "replay", "diff"])
def test_without_the_extra(archive, command):
    before = sorted(archive.parent.iterdir())
    output = ended(quotum(*_commands(archive)[command], "--engine", "spark"), 2)
    assert "install quotum with its extra `spark`" in output
    assert sorted(archive.parent.iterdir()) == before
    discreet(output)


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        pytest.param(("--rows", "file:///rows"), "--rows belongs to --engine spark", id="duckdb"),
        pytest.param(("--engine", "spark", "--rows", "rows"), "is no URI", id="a_path"),
        pytest.param(("--rows", "rows", "--engine", "spark"), "is no URI", id="whatever_the_order"),
    ],
)
def test_rows_that_cannot_be(archive, tmp_path, options, expected):
    assert expected in ended(settle_command(archive, tmp_path / "run", *options), 2)
