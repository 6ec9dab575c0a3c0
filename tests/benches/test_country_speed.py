"""Two million rows through the commands, beside a bare DuckDB sum over the same files. Run by `make bench`."""

import sys
from pathlib import Path

import pytest

from tests.benches import measure

EMPLOYERS = 14_000
BARE = """
import duckdb, sys
query = "SELECT payroll_tax_number, sum(paid_hours), sum(premium_wage_low_cents + premium_wage_high_cents) FROM read_parquet($p) GROUP BY 1"
duckdb.execute(query, {"p": sys.argv[1]}).fetchall()
"""  # noqa: E501

pytestmark = pytest.mark.bench


@pytest.fixture(scope="module")
def country(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bench")
    measurement = measure.command(
        "generate", "--employers", str(EMPLOYERS), "--year", "2026", "--seed", "1", "--format", "parquet", "--out",
        folder / "country",
    )  # fmt: skip
    measure.report("generate 2 million rows", {"generate": measurement}, "generate")
    return folder


def test_receive_and_settle_two_million_rows(country: Path) -> None:
    deliveries = sorted((country / "country").glob("returns-*.parquet")) + sorted((country / "country").glob("*.csv"))
    received = measure.command(
        "receive", *deliveries, "--archive", country / "archive", "--received", "2027-05-02T06:00:00"
    )
    rows = country / "archive" / "rows" / "000001" / "returns-2026-*.parquet"
    bare = measure.process(sys.executable, "-c", BARE, str(rows))
    settled = {
        f"settle, {threads} thread{'s' if threads > 1 else ''}": measure.command(
            "settle", "--archive", country / "archive", "--year", "2026", "--as-of", "2027-05-01", "--scenario",
            country / "country" / "scenario.toml", "--threads", str(threads), "--out", country / f"run-{threads}",
        )
        for threads in (1, 2)
    }  # fmt: skip
    lines = {"bare DuckDB sum over the same rows": bare, "receive (Parquet)": received, **settled}
    measure.report("2 million rows", lines, "bare DuckDB sum over the same rows")


def test_help_answers_at_once() -> None:
    bare = measure.process(sys.executable, "-c", "import click")
    lines = {"python -c 'import click'": bare, "quotum --help": measure.command("--help")}
    measure.report("help", lines, "python -c 'import click'")
