"""`quotum simulate`: files whole or not at all, the difference printed first, and discretion."""

import csv
import json

import pytest

from quotum.comparison.files import read
from quotum.comparison.record import BEHAVIOUR
from quotum.comparison.tables import COMPARISON, SIMULATION_TABLES, SWEEP
from quotum.parameters import shipped_scenarios
from tests.helpers import discreet, ended, files_under, quotum, record_and_results
from tests.simulate.conftest import AS_OF, YEAR


def simulate(archive, out, *more):
    return quotum(
        "simulate", "--archive", archive, "--year", YEAR, "--as-of", AS_OF, "--out", out, "--threads", 1, *more
    )


@pytest.fixture(scope="module")
def written_comparison(archive, tmp_path_factory):
    out = tmp_path_factory.mktemp("command") / "out"
    result = simulate(
        archive, out, "--scenario", "activated-budget", "--scenario", "sectors-joint",
        "--sweep", "wtl.bonus_rate=3.00:3.10:0.05",
    )  # fmt: skip
    return out, ended(result, 0)


def test_the_files(written_comparison):
    out, _ = written_comparison
    names = {path.name for path in out.iterdir()}
    assert {"comparison.csv", "comparison.parquet", "comparison.xlsx", "sweep.csv", "index.html"} <= names
    assert {path.stem for path in (out / "tables").glob("*.parquet")} == {table.name for table in SIMULATION_TABLES}
    assert {path.stat().st_mode & 0o077 for path in (out, *out.rglob("*"))} == {0}


def test_csv_and_parquet_say_the_same(written_comparison):
    out, _ = written_comparison
    comparison = read(out)
    for declared, name in ((COMPARISON, "comparison.csv"), (SWEEP, "sweep.csv")):
        with (out / name).open(encoding="utf-8", newline="") as stream:
            rows = list(csv.DictReader(stream))
        expected = [
            {k: "" if v is None else str(v).lower() if isinstance(v, bool) else str(v) for k, v in row.items()}
            for row in comparison.table(declared).to_pylist()
        ]
        assert rows == expected
        assert all(row["simulation"] == "true" and row["note"] == BEHAVIOUR for row in rows)
    assert len(rows) == 6


def test_what_is_read_back_is_what_was_compared(written_comparison):
    out, _ = written_comparison
    comparison = read(out)
    assert comparison.scenarios == ("law", "activated-budget", "sectors-joint")
    assert comparison.sweep_parameters == ("wtl.bonus_rate",)
    assert json.loads((out / "tables" / "about.json").read_text())["simulation"] is True


def test_the_same_request_gives_the_same_bytes(written_comparison, archive, tmp_path):
    out, _ = written_comparison
    simulate(
        archive, tmp_path / "out", "--scenario", "activated-budget", "--scenario", "sectors-joint",
        "--sweep", "wtl.bonus_rate=3.00:3.10:0.05",
    )  # fmt: skip
    assert record_and_results(tmp_path / "out") == record_and_results(out)


def test_what_is_printed(written_comparison):
    _, text = written_comparison
    difference, figures = text.index("surcharge_rate: no value -> budget"), text.index("Surcharge rate")
    assert difference < figures
    assert "SIMULATION" in text
    assert BEHAVIOUR in text
    assert "(assumed: " in text
    assert "would bring in" in text
    discreet(text)


def test_nothing_is_settled_and_nothing_noted(archive, tmp_path):
    notes = files_under(archive / "notes")
    ended(simulate(archive, tmp_path / "out", "--scenario", "activated-budget"), 0)
    assert files_under(archive / "notes") == notes


def test_the_difference_is_printed_before_anything_fails(archive, tmp_path):
    out = tmp_path / "out"
    own = tmp_path / "own.toml"
    own.write_text('title = "Too much"\nbase = "activated-budget"\n[set]\n"wtl.bonus_rate" = "5000.00"\n')
    output = ended(simulate(archive, out, "--scenario", own), 12)
    assert "wtl.bonus_rate: 3.76 -> 5000.00" in output
    assert not out.exists()
    assert list(tmp_path.iterdir()) == [own]


def test_out_that_exists_is_wrong_use(archive, tmp_path):
    assert "exists" in ended(simulate(archive, tmp_path), 2)


@pytest.mark.parametrize(
    ("more", "code", "expected"),
    [
        (("--scenario", "activated-budgt"), 11, "activated-budget"),
        (("--sweep", "wtl.bonus_rte=1:2:1"), 11, "wtl.bonus_rate"),
        (("--sweep", "wtl.bonus_rate"), 2, "PARAMETER=FROM:TO:STEP"),
        (("--scenario", "no-risk-pilot"), 12, "policy.deadweight_share"),
        (("--solve", "balance"), 12, "required_share"),
    ],
)
def test_errors(more, code, expected, archive, tmp_path):
    assert expected in ended(simulate(archive, tmp_path / "out", *more), code)
    assert not (tmp_path / "out").exists()


def test_a_year_without_returns_is_what_the_archive_lacks(archive, tmp_path):
    result = quotum(
        "simulate", "--archive", archive, "--year", 2024, "--as-of", "2025-05-01", "--out", tmp_path / "out"
    )
    assert "no returns of 2024" in ended(result, 13)


def test_list_shows_every_shipped_scenario_with_its_note():
    output = ended(quotum("simulate", "--list"), 0)
    for name in shipped_scenarios():
        assert f"{name}: " in output
    notes = [" ".join(note.split()) for note in output.split("\n  Changes: ")[1:]]
    assert all("Comes from: " in note for note in notes)
    assert len(notes) == len(shipped_scenarios())
    for part in notes:
        assert "ssumed: " in part or "No letter gives" in part or "names no share" in part, part


def test_the_names_of_policy_are_all_there():
    assert set(shipped_scenarios()) == {
        "activated-balance", "activated-budget", "quota-levy", "sectors-joint", "sectors-separate",
        "sectors-conditional", "lkv-three-years", "lkv-without-end", "target-group-wider", "sheltered-counts",
        "guidance-bonus-central", "guidance-bonus-regional", "wage-subsidy-by-outcome", "no-risk-pilot",
        "small-employer-25-hours", "bonus-5000-cap",
    }  # fmt: skip
