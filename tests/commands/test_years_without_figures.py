"""Years of which not all figures are known, from deliveries to reports: 2027 as it is, 2029 as a scenario has it."""

import json
from datetime import date, datetime
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from quotum.generate.country import generate
from tests.helpers import ended, quotum, take_in

pytestmark = pytest.mark.slow

YEARS = (2027, 2029)
ACTIVATED = '"wet_banenafspraak.in_force_from" = 2027-01-01\n"wet_banenafspraak.activated_in" = 2027\n'
GIVEN = '"wet_banenafspraak.surcharge_rate" = "0.35"\n"wfsv.average_premium_wage" = "1000"\n'


@pytest.fixture(scope="module")
def archives(tmp_path_factory):
    """An archive per year, of a dozen employers."""
    place = tmp_path_factory.mktemp("years")
    for year in YEARS:
        generate(12, year, 3, place / str(year), "parquet")
        files = [path for path in sorted((place / str(year)).iterdir()) if path.suffix in {".csv", ".parquet"}]
        take_in(place / f"archive-{year}", files, datetime.fromisoformat(f"{year + 1}-04-20T06:00:00"))
    return place


def _scenario(folder: Path, text: str) -> Path:
    path = folder / "own.toml"
    path.write_text(f'title = "Own"\n[set]\n{text}', "utf-8")
    return path


def _settle(archives, year, out, *more):
    where = ("--archive", archives / f"archive-{year}", "--year", year, "--as-of", date(year + 1, 5, 1), "--out", out)
    return quotum("settle", *where, *more)


def _column(run, name):
    return pq.read_table(run / "data" / "settlement.parquet")[name].to_pylist()


def test_2027_as_it_is(archives, tmp_path):
    """LKV only: nobody is tested, in every file and in all that is read from it."""
    run, archive = tmp_path / "run", archives / "archive-2027"
    output = ended(_settle(archives, 2027, run), 0)
    assert "small, exempt from the surcharge   not tested" in output
    assert "employers of which is not tested whether they are small" in output
    assert set(_column(run, "small_employer")) == set(_column(run, "small_ground")) == {None}
    assert sum(_column(run, "lkv_cents")) > 0
    macro = json.loads((run / "data" / "macro.json").read_text("utf-8"))
    assert macro["totals"]["small_employers"] is None
    assert macro["sectors"]["total"]["target_jobs"] == "125000.00"
    csv = (run / "data" / "settlement.csv").read_text("utf-8").splitlines()
    assert {tuple(line.split(",")[2:4]) for line in csv[1:]} == {("", "")}
    rsin = _column(run, "rsin")[0]
    ended(quotum("verify", run), 0)
    ended(quotum("replay", run, "--archive", archive), 0)
    assert "not tested: no surcharge is due over 2027" in ended(quotum("explain", run, rsin, "--archive", archive), 0)
    listed = ended(quotum("quality", run, "--archive", archive, "--rule", "small_employers_not_tested"), 0)
    assert "employer 12" in listed
    ended(quotum("diff", run, run, "--archive", archive), 0)
    for language, words in (("en", "is not tested"), ("nl", "niet getoetst")):
        page = tmp_path / f"{language}.html"
        ended(quotum("report", run, "--out", page, "--language", language), 0)
        assert words in page.read_text("utf-8")
    ended(quotum("report", run, "--out", tmp_path / "book.xlsx"), 0)


def test_2029_names_every_figure_it_lacks(archives, tmp_path):
    """Exit code 12, with the lines of a scenario; also where it is compared."""
    own = _scenario(tmp_path, ACTIVATED)
    output = ended(_settle(archives, 2029, tmp_path / "run", "--scenario", own), 12)
    assert "2 figures have no value:" in output
    for name in ("wet_banenafspraak.surcharge_rate", "wfsv.average_premium_wage"):
        assert f'  "{name}" = "..."' in output
    assert not (tmp_path / "run").exists()
    output = ended(_compare(archives, 2029, tmp_path / "compared", "activated-balance"), 12)
    for name in ("wet_banenafspraak.required_share", "wfsv.average_premium_wage"):
        assert f'  "{name}" = "..."' in output


def _compare(archives, year, out, scenario):
    where = ("--archive", archives / f"archive-{year}", "--year", year, "--as-of", date(year + 1, 5, 1), "--out", out)
    return quotum("simulate", *where, "--scenario", scenario)


def test_2029_with_the_figures_that_a_scenario_gives(archives, tmp_path):
    """Activated in 2027, first surcharge over 2029; beside the law, under which nobody is tested."""
    own, run, archive = _scenario(tmp_path, ACTIVATED + GIVEN), tmp_path / "run", archives / "archive-2029"
    ended(_settle(archives, 2029, run, "--scenario", own), 0)
    assert sum(_column(run, "surcharge_cents")) > 0
    assert set(_column(run, "small_employer")) == {True, False}
    ended(quotum("replay", run, "--archive", archive), 0)
    ended(quotum("explain", run, _column(run, "rsin")[0], "--archive", archive), 0)
    ended(_compare(archives, 2029, tmp_path / "compared", own), 0)
    law, other = pq.read_table(next((tmp_path / "compared").rglob("comparison.parquet"))).to_pylist()
    assert (law["small_employers"], law["small_limit_cents"]) == (None, None)
    assert other["small_employers"] == _column(run, "small_employer").count(True)
    assert other["surcharge_cents"] == sum(_column(run, "surcharge_cents"))


def test_an_explanation_of_every_employer_of_2029_is_what_was_settled(archives, tmp_path):
    """Whatever decided: `explain` compares its own with the settlement, and fails where they differ."""
    own, run = _scenario(tmp_path, ACTIVATED + GIVEN), tmp_path / "run"
    ended(_settle(archives, 2029, run, "--scenario", own), 0)
    for rsin in _column(run, "rsin"):
        ended(quotum("explain", run, rsin, "--archive", archives / "archive-2029"), 0)
