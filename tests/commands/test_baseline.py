"""The baseline is chosen, and said: on screen, in run.json and macro.json, and by a run that is repeated."""

import json
from decimal import Decimal
from fractions import Fraction

import pyarrow.parquet as pq
import pytest

from quotum.generate.country import generate
from quotum.report.reader import Reader
from tests.helpers import ended, quotum, settle_command, take_in

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def country(tmp_path_factory):
    """Deliveries of a small country, with returns of December 2012, and an archive of them."""
    place = tmp_path_factory.mktemp("baseline")
    generate(60, 2026, 3, place / "files", "parquet")
    files = [path for path in sorted((place / "files").iterdir()) if path.suffix in (".parquet", ".csv")]
    take_in(place / "archive", files)
    take_in(place / "without", [path for path in files if "2012" not in path.name])
    return place


def _macro(run):
    return json.loads((run / "data" / "macro.json").read_text("utf-8"))


def _record(run):
    return json.loads((run / "data" / "run.json").read_text("utf-8"))


@pytest.mark.parametrize(
    ("asked", "source", "expected"),
    [
        pytest.param((), "counted", "Baseline counted from the returns of December 2012", id="left_out"),
        pytest.param(("--baseline", "counted"), "counted", "Baseline counted", id="counted"),
        pytest.param(("--baseline", "national"), "national", "Baseline national", id="national"),
        pytest.param(("--baseline", "none"), "none", "No baseline (--baseline none)", id="none"),
    ],
)
def test_the_baseline_is_said_and_repeated(asked, source, expected, country, tmp_path):
    run, scale = tmp_path / "run", country / "files" / "targets.toml"
    output = ended(settle_command(country / "archive", run, "--scenario", scale, *asked), 0)
    assert expected in output
    assert (_record(run)["baseline_source"], _macro(run)["baseline_source"]) == (source, source)
    assert {part["baseline_source"] for part in _macro(run)["sectors"].values()} == {source}
    ended(quotum("replay", run, "--archive", country / "archive"), 0)


def test_the_savings_loss_on_screen_is_a_product_of_what_stands_beside_it(country, tmp_path):
    run, scale = tmp_path / "run", country / "files" / "targets.toml"
    output = ended(settle_command(country / "archive", run, "--scenario", scale), 0)
    macro = _macro(run)
    exact = macro["sectors"]["total"]["missing_jobs_exact"]
    cents = macro["savings_loss_factors"]["saving_per_job_cents"]
    assert macro["savings_loss_cents"] == int(Fraction(exact) * cents + Fraction(1, 2)) > 0
    assert f"{exact} missing jobs x {cents // 100:,}.{cents % 100:02d} per job (assumed) = " in output
    assert "savings_loss_withheld" not in output


def test_a_part_of_the_country_has_no_savings_loss_and_a_finding(country, tmp_path):
    """The same archive against the targets of the whole country."""
    run = tmp_path / "run"
    output = ended(settle_command(country / "archive", run), 0)
    macro = _macro(run)
    assert [macro[f"savings_loss_{end}cents"] for end in ("", "low_", "high_")] == [None] * 3
    assert "withheld, as realised and missing jobs are: the archive is plainly a part of the country" in output
    for name, part in {"market (niet-overheid)": "market", "total, judged per sector": "total"}.items():
        counted = macro["sectors"][part]
        (line,) = (text for text in output.splitlines() if text.startswith(name))
        target, baseline, december = (
            f"{Decimal(counted[f'{item}_jobs']):,}" for item in ("target", "baseline", "december")
        )
        assert line.removeprefix(name).split() == [target, baseline, "-", "-", december]
        assert None not in (counted["realised_jobs"], counted["missing_jobs"])
    assert "no savings loss: the archive is plainly a part of the country" in output
    listed = ended(quotum("quality", run, "--rule", "savings_loss_withheld", "--archive", country / "archive"), 0)
    assert "see macro.json" in listed


@pytest.mark.parametrize(("options", "shown"), [((), False), (("--basis", "targets.toml"), True)])
def test_a_simulation_withholds_the_jobs_that_a_settlement_withholds(options, shown, country, tmp_path):
    """Of a part of the country they would be those of the whole less a few; at its own scale they are told."""
    basis = [country / "files" / option if option.endswith(".toml") else option for option in options]
    simulated = ("simulate", "--archive", country / "archive", "--year", 2026, "--as-of", "2027-05-01", *basis)
    output = ended(quotum(*simulated, "--out", tmp_path / "two"), 0)
    assert "Extra jobs agreed" in output
    for line in ("Extra jobs realised", "Missing jobs", "would change missing jobs by"):
        assert (line in output) is shown
    assert ("plainly a part of the country" in output) is not shown
    (law,) = pq.read_table(tmp_path / "two" / "tables" / "comparison.parquet").to_pylist()
    page = (tmp_path / "two" / "index.html").read_text("utf-8")
    assert (Reader("en").jobs(law["missing_jobs_hundredths"]) in page) is shown


def test_without_returns_of_2012_it_is_national_and_counting_is_refused(country, tmp_path):
    output = ended(settle_command(country / "without", tmp_path / "run"), 0)
    assert "Baseline national" in output
    assert _record(tmp_path / "run")["baseline_source"] == "national"
    printed_text = ended(settle_command(country / "without", tmp_path / "two", "--baseline", "counted"), 13)
    assert "no return of December 2012 is in force" in printed_text
    assert not (tmp_path / "two").exists()
    simulated = ("simulate", "--archive", country / "without", "--year", 2026, "--as-of", "2027-05-01")
    ended(quotum(*simulated, "--baseline", "counted", "--out", tmp_path / "three"), 13)


def test_a_dry_run_says_which_baseline_would_decide(country, tmp_path):
    output = ended(settle_command(country / "without", tmp_path / "run", "--dry-run"), 0)
    assert "Baseline: national, the archive holds no returns of December 2012." in output
    output = ended(settle_command(country / "archive", tmp_path / "run", "--dry-run", "--baseline", "none"), 0)
    assert "Baseline: none." in output
