"""A small country and what DuckDB makes of it, and a session of Spark that is quick with so little."""

from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.helpers import ended, quotum, receive_command, settle_command


def country(folder: Path, employers: int, seed: int) -> SimpleNamespace:
    """A made-up country with deliveries of every kind and rows that are faulty, received in two calls."""
    source = folder / "made"
    ended(quotum("generate", "--employers", employers, "--year", 2026, "--seed", seed, "--format", "parquet",
                 "--defects", "--out", source), 0)  # fmt: skip
    archive = folder / "archive"
    returns = sorted(source.glob("returns-*.parquet"))
    others = [path for path in sorted(source.glob("*.csv")) if not path.name.startswith("defects")]
    assert {receive_command(archive, *returns).exit_code, receive_command(archive, *others).exit_code} <= {0, 3}
    return SimpleNamespace(
        folder=folder, archive=archive, scenario=source / "scenario.toml", basis=source / "targets.toml"
    )


@pytest.fixture(scope="session")
def small(tmp_path_factory):
    """A country of forty employers, settled by DuckDB as filed by two days."""
    delivered = country(tmp_path_factory.mktemp("small"), 40, 15)
    delivered.run, delivered.earlier = delivered.folder / "run", delivered.folder / "earlier"
    ended(settle_command(delivered.archive, delivered.run, "--scenario", delivered.scenario), 0)
    ended(
        quotum("settle", "--archive", delivered.archive, "--year", 2026, "--as-of", "2027-01-31", "--scenario",
               delivered.scenario, "--out", delivered.earlier),
        0,
    )  # fmt: skip
    return delivered
