"""The panel of the past against the published figures, and the same numbers in a notebook."""

import subprocess
import sys
import tomllib
from datetime import date
from fractions import Fraction

import pytest

import quotum
from quotum.comparison.tables import COMPARISON, GROUPS
from quotum.errors import CannotCertify, WrongUse
from quotum.parameters import load_book
from quotum.parameters.book import INSTALLED
from quotum.simulate.panel import panel
from tests.helpers import HOUSE
from tests.simulate.conftest import YEAR
from tests.simulate.test_equals_a_settlement import settled

PUBLISHED = tomllib.loads((INSTALLED / "wet_banenafspraak.toml").read_text("utf-8"))
YEARS = range(2015, 2024)


def published(name, year):
    return next(Fraction(value["value"]) for value in PUBLISHED[name]["values"] if value["from"].year == year)


@pytest.mark.parametrize("year", YEARS)
def test_the_law_reproduces_the_published_years(year):
    row = next(row for row in panel(load_book()).to_pylist() if row["year"] == year)
    missing = {}
    for sector in ("government", "market"):
        target, realised = (published(f"{what}_jobs_{sector}", year) for what in ("target", "realised"))
        assert row[f"target_{sector}_hundredths"] == target * 100
        assert row[f"realised_{sector}_hundredths"] == realised * 100
        missing[sector] = target - realised
    separate = max(missing["government"], 0) + max(missing["market"], 0)
    joint = max(missing["government"] + missing["market"], 0)
    assert row["missing_separate_hundredths"] == separate * 100
    assert row["missing_joint_hundredths"] == joint * 100
    for end, euros in (("_low", 1552), ("", 1552), ("_high", 2619)):
        assert row[f"savings_loss_separate{end}_cents"] == separate * euros * 100
        assert row[f"savings_loss_joint{end}_cents"] == joint * euros * 100


def test_the_booked_thirty_million_comes_back():
    """Kamerstuk and Voorjaarsnota 2024: 19,335 missing jobs of 2023 are about 30 million."""
    row = panel(load_book()).to_pylist()[-1]
    assert (row["year"], row["missing_joint_hundredths"]) == (2023, 19_335_00)
    assert abs(row["savings_loss_joint_cents"] - 30_000_000_00) < 10_000_00
    assert row["realised_status"] == "assumed"


def test_the_panel_as_known_on_a_day():
    assert panel(load_book(), date(2020, 8, 1)).num_rows == 0
    assert panel(load_book(), date(2025, 6, 2))["year"].to_pylist() == list(YEARS)


def test_importing_quotum_is_quick():
    """Neither pandas nor an engine is imported before it is asked for."""
    code = "import quotum, sys; print(any(name in sys.modules for name in ('pandas', 'duckdb', 'pyarrow', 'attrs')))"
    process = subprocess.run([sys.executable, "-c", code], cwd=HOUSE, capture_output=True, text=True, check=True)
    assert process.stdout.strip() == "False"


def test_compare_in_a_notebook(archive):
    comparison = quotum.compare(
        archive, YEAR, "2027-05-01", ["activated-budget"], sweep="wtl.bonus_rate=3.00:3.10:0.10"
    )
    assert list(comparison.comparison.columns) == list(COMPARISON.names)
    assert list(comparison.groups.columns) == list(GROUPS.names)
    assert (
        comparison.comparison["surcharge_cents"].tolist() == comparison.tables.comparison["surcharge_cents"].to_pylist()
    )
    assert str(comparison.comparison["rate_hundredths"].dtype) == "int64[pyarrow]"
    assert len(comparison.sweep) == 2
    assert "behaviour" in comparison.note


def test_read_run_in_a_notebook(archive, tmp_path):
    run = settled(archive, tmp_path / "run", "activated-budget")
    result = quotum.read_run(run)
    assert result.simulation
    assert int(result.settlement["surcharge_cents"].sum()) == result.macro["totals"]["surcharge_cents"]
    assert "wtl.bonus_rate" in set(result.parameters["name"])
    assert len(result.bonus_lines) > 0
    (run / "data").chmod(0o700)
    (run / "data" / "settlement.parquet").chmod(0o600)
    (run / "data" / "settlement.parquet").write_bytes(b"altered")
    with pytest.raises(CannotCertify):
        quotum.read_run(run)
    with pytest.raises(WrongUse):
        quotum.read_run(tmp_path)


def test_columns_are_documented():
    result = quotum.columns("groups")
    assert result["column"].tolist() == list(GROUPS.names)
    assert result["meaning"].str.len().min() > 3
    with pytest.raises(WrongUse):
        quotum.columns("groupz")
    with pytest.raises(AttributeError):
        quotum.nothing  # noqa: B018
