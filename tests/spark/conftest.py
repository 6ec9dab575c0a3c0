"""A small country and what DuckDB makes of it, and a session of Spark that is quick with so little."""

from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.helpers import ended, quotum, receive_command, settle_command


def country(folder: Path, employers: int, seed: int) -> SimpleNamespace:
    """A made-up country with deliveries of every kind and rows that are faulty, received in two calls."""
    made = folder / "made"
    ended(quotum("generate", "--employers", employers, "--year", 2026, "--seed", seed, "--format", "parquet",
                 "--defects", "--out", made), 0)  # fmt: skip
    archive = folder / "archive"
    returns = sorted(made.glob("returns-*.parquet"))
    others = [path for path in sorted(made.glob("*.csv")) if not path.name.startswith("defects")]
    assert {receive_command(archive, *returns).exit_code, receive_command(archive, *others).exit_code} <= {0, 3}
    return SimpleNamespace(folder=folder, archive=archive, scenario=made / "scenario.toml", basis=made / "targets.toml")


@pytest.fixture(scope="session")
def small(tmp_path_factory):
    """A country of forty employers, settled by DuckDB as filed by two days."""
    found = country(tmp_path_factory.mktemp("small"), 40, 15)
    found.run, found.earlier = found.folder / "run", found.folder / "earlier"
    ended(settle_command(found.archive, found.run, "--scenario", found.scenario), 0)
    ended(
        quotum("settle", "--archive", found.archive, "--year", 2026, "--as-of", "2027-01-31", "--scenario",
               found.scenario, "--out", found.earlier),
        0,
    )  # fmt: skip
    return found
