"""The page on ten years says what follows from the measured figures, and nothing else."""

import pytest

from tests.benches import plan
from tests.benches.plan import Cluster, Figure, Storage, Work

NAMES = plan.read_measured()[1]
RUNS = {"year": 7, "month": 62}


def figures(**values: float) -> dict[str, Figure]:
    """Every figure 0, but for some."""
    return {name: Figure(name, values.get(name, 0), "", "", placeholder=False) for name in NAMES}


def test_the_page_is_what_the_figures_give():
    """Made anew by `python -m tests.benches.plan`."""
    assert plan.page() == plan.PAGE.read_text("utf-8")


def test_storage_of_a_year_with_its_corrections():
    """200 million rows and five times 1.5 percent of them, at 10 bytes: 2.15 GB a year; 45 years of keeping."""
    by_name = {item.name: item for item in plan.storage(figures(derived=10), RUNS)}
    rows = by_name["derived rows, messages and sums"]
    assert rows.year == pytest.approx(2.15)
    assert rows.total == pytest.approx(21.5)
    assert rows.months == pytest.approx(2.15 * 12 * 45)


def test_storage_of_runs():
    """720,000 employers at 1,000 bytes: 0.72 GB a run; seven or 62 of them a year."""
    by_name = {item.name: item.year for item in plan.storage(figures(run=1000), RUNS)}
    assert by_name["runs, revised every year"] == pytest.approx(5.04)
    assert by_name["runs, revised every month"] == pytest.approx(44.64)


def test_hours_grow_with_the_rows():
    """An hour for 100 million rows is two for 200 million, seventy times in ten years."""
    result = {item.name: item for item in plan.work(figures(rows=100_000_000, employers=1, settle=3600), RUNS)}
    assert result["settle, revised every year"] == Work("settle, revised every year", 2.0, 70)
    assert result["settle, revised every year"].hours == 140


def test_hours_of_scenarios_grow_with_the_employers():
    """36 s for a hundred of them over half as many employers: 720 s for a thousand of a year, ten years."""
    result = {item.name: item for item in plan.work(figures(rows=1, employers=360_000, scenarios=36), RUNS)}
    assert result["simulate: 1,000 scenarios of a year"].hours == pytest.approx(2)


def test_cluster():
    """An hour on sixteen cores, ten times."""
    cluster = Cluster(16, 3600, 10)
    assert (cluster.minutes, cluster.core_hours, cluster.all_hours, cluster.all_core_hours) == (60, 16, 10, 160)


def test_nothing_is_held_after_the_last_year():
    assert Storage("of a year", 1).months == 12 * (9 + 8 + 7 + 6 + 5 + 4 + 3 + 2 + 1 + 0)
