"""A file that travels alone says whether it is a simulation: the last column of every table with results."""

import csv
import json
import zipfile
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from quotum.comparison.tables import SIMULATION_TABLES
from quotum.tables import DIFF_TABLES, RUN_TABLES
from tests.helpers import (
    ACTIVATED,
    EXAMPLES,
    deliver,
    ended,
    example,
    example_files,
    quotum,
    settled,
    table_rows,
    take_in,
)
from tests.rows import cells

EIGHT = EXAMPLES[0]
MARK = "simulation"
RESULTS = ("settlement", "bonus_lines", "other_lkv_lines", "surcharge_lines", "set_aside")


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """An archive, a settlement as the law is, one under a scenario, and a comparison."""
    folder = tmp_path_factory.mktemp("marked")
    take_in(folder / "archive", example_files(EIGHT))
    (folder / "activated.toml").write_text(ACTIVATED, "utf-8")
    settled(folder / "archive", folder / "enacted")
    settled(folder / "archive", folder / "simulated", example(EIGHT) / "scenario.toml")
    asked = ("--archive", folder / "archive", "--year", 2026, "--as-of", "2027-05-01", "--scenario", "activated-budget")
    swept = ("--sweep", "wtl.bonus_rate=1.00:2.00:1.00")
    ended(quotum("simulate", *asked, *swept, "--out", folder / "comparison"), 0)
    return folder


def marks(path: Path) -> set[object]:
    """What the last column of a file says, which is the mark."""
    if path.suffix == ".parquet":
        table = pq.read_table(path)
        assert table.column_names[-1] == MARK, path
        assert table.schema.field(MARK).type == pa.bool_()
        assert not table.schema.field(MARK).nullable
        return set(table[MARK].to_pylist())
    with path.open(encoding="utf-8", newline="") as stream:
        head, *rows = list(csv.reader(stream))
    assert head[-1] == MARK, path
    return {{"true": True, "false": False}[row[-1]] for row in rows}


def tables_in(folder: Path) -> list[Path]:
    return [path for path in sorted(folder.rglob("*")) if path.suffix in (".csv", ".parquet") if path.stem != "quality"]


def test_every_table_of_results_has_the_mark_last():
    """But quality, which is part of the record."""
    marked = (*(table for table in RUN_TABLES if table.name != "quality"), *DIFF_TABLES, *SIMULATION_TABLES)
    assert {table.names[-1] for table in marked} == {MARK}
    assert [name for table in marked for name in table.computed if name == MARK] == []


@pytest.mark.parametrize(
    ("name", "mark"), [pytest.param("enacted", False, marks=pytest.mark.slow), ("simulated", True)]
)
def test_every_file_of_a_run_says_what_it_is(name, mark, place):
    """A table without rows has the column all the same: no surcharge is due under the law as it is."""
    marks_by_file = {path.name: marks(path) for path in tables_in(place / name / "data")}
    assert set(marks_by_file) == {*(f"{table}.parquet" for table in RESULTS), "settlement.csv"}
    assert (
        marks_by_file["settlement.csv"]
        == marks_by_file["settlement.parquet"]
        == marks_by_file["bonus_lines.parquet"]
        == {mark}
    )
    assert marks_by_file["surcharge_lines.parquet"] == ({True} if mark else set())
    assert json.loads((place / name / "data" / "macro.json").read_text())[MARK] is mark


def test_the_amounts_are_beside_it_as_they_were(place):
    """The mark is of the run and not of an employer: 8 employers, each with it."""
    rows = table_rows(place / "simulated", "settlement")
    assert len(rows) == 8
    assert [row[MARK] for row in rows] == [True] * 8


def january(year):
    """A return of January of a year."""
    days = {"DatAanvTv": f"{year}-01-01", "DatEindTv": f"{year}-01-31", "DatAanv": "2020-01-01"}
    return cells("returns", IdBer=f"M{year}", DatTdAanm=f"{year}-02-20T10:00:00", **days)


@pytest.mark.parametrize("scenario", [pytest.param(False, marks=pytest.mark.slow), True])
def test_every_file_of_a_quota_levy_says_what_it_is(scenario, tmp_path):
    """Over 2024 the government has a percentage of its own, the market only by a scenario."""
    employers = [cells("employers", sector="niet-overheid" if scenario else "overheid")]
    take_in(
        tmp_path / "archive", deliver(tmp_path / "files", returns=[january(2023), january(2024)], employers=employers)
    )
    (tmp_path / "market.toml").write_text('title = "T"\n[set]\n"wfsv.quota_percentage_market" = "2.00"\n')
    more = ("--scenario", tmp_path / "market.toml") if scenario else ()
    asked = ("--year", 2024, "--as-of", "2025-05-01", "--regime", "quota-levy", "--threads", 1, *more)
    ended(quotum("settle", "--archive", tmp_path / "archive", *asked, "--out", tmp_path / "run"), 0)
    marks_by_file = {path.name: marks(path) for path in tables_in(tmp_path / "run" / "data")}
    assert set(marks_by_file) == {*(f"{table}.parquet" for table in (*RESULTS, "quota_lines")), "settlement.csv"}
    for name in ("settlement.csv", "settlement.parquet", "quota_lines.parquet"):
        assert marks_by_file[name] == {scenario}


def test_every_file_of_a_comparison_says_that_it_is_a_simulation(place):
    """The law as it is too: beside scenarios it is computed and not settled."""
    marks_by_file = {
        path.relative_to(place / "comparison").as_posix(): marks(path) for path in tables_in(place / "comparison")
    }
    assert {"comparison.csv", "comparison.parquet", "sweep.csv"} <= set(marks_by_file)
    assert len(marks_by_file) == 3 + len(SIMULATION_TABLES)
    assert set().union(*marks_by_file.values()) == {True}
    with_rows = {name for name, text in marks_by_file.items() if text}
    # Of fewer than ten employers no groups are shown.
    assert {"comparison.csv", "sweep.csv", "tables/assumptions.parquet"} <= with_rows
    rows = pq.read_table(place / "comparison" / "comparison.parquet").to_pylist()
    assert [(row["scenario"], row[MARK]) for row in rows] == [("law", True), ("activated-budget", True)]
    with zipfile.ZipFile(place / "comparison" / "comparison.xlsx") as book:
        assert f">{MARK}<" in book.read("xl/sharedStrings.xml").decode()


def test_a_difference_with_a_simulation_is_marked_and_no_employer_differs_by_the_mark(place, tmp_path):
    for first, second, mark in (("enacted", "simulated", True), ("enacted", "enacted", False)):
        out = tmp_path / f"{first}-{second}"
        ended(quotum("diff", place / first, place / second, "--out", out), 0)
        marks_by_file = set().union(*(marks(path) for path in tables_in(out)))
        assert marks_by_file <= {mark}
        columns = {row["column"] for row in pq.read_table(out / "differences.parquet").to_pylist()}
        assert MARK not in columns
        assert bool(columns) is mark


def test_the_lists_of_a_revision_are_marked(place, tmp_path):
    ended(quotum("diff", place / "simulated", place / "enacted", "--revision", "--out", tmp_path / "lists"), 0)
    marks_by_file = {path.name: marks(path) for path in tables_in(tmp_path / "lists")}
    assert marks_by_file["lkv_downward.csv"] == {True}
    assert len(marks_by_file) == 6
