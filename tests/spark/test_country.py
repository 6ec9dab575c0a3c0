"""Two million rows with everything that is delivered, on Spark: the bytes are those of DuckDB."""

import os
import sys

import pyarrow.parquet as pq
import pytest

from tests.helpers import AS_OF, HOUSE, ended, process, record_and_results, settle_command
from tests.spark.conftest import country

pytestmark = [pytest.mark.spark, pytest.mark.timeout(2400)]

EMPLOYERS = 16_000
ROWS = 2_000_000


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    """The country, and the run that DuckDB makes."""
    delivered = country(tmp_path_factory.mktemp("large"), EMPLOYERS, 15)
    delivered.run = delivered.folder / "run"
    ended(settle_command(delivered.archive, delivered.run, "--scenario", delivered.scenario), 0)
    return delivered


def test_the_country_is_large_and_has_everything(large):
    def rows(pattern):
        return [pq.ParquetFile(path) for path in (large.archive / "rows").rglob(pattern)]

    assert sum(file.metadata.num_rows for file in [*rows("returns-2026-*"), *rows("corrections-2026-*")]) >= ROWS
    kinds = {kind for file in rows("fragments*") for kind in file.read(["return_kind"])["return_kind"].to_pylist()}
    actions = {row for file in rows("corrections*2026*") for row in file.read(["action"])["action"].to_pylist()}
    assert (kinds, actions) == ({"V", "A", "C"}, {"I", "X"})
    for name in ("register", "employers", "wage_bills", "traits", "declarations", "transfers", "deductions"):
        assert sum(file.metadata.num_rows for file in rows(f"{name}*")) > 0, name


def _settled_on_spark(large, name, *options, **environment):
    out = large.folder / name
    result = process("settle", "--archive", large.archive, "--year", 2026, "--as-of", AS_OF, "--scenario",
                   large.scenario, "--engine", "spark", *options, "--out", out, environment=environment)  # fmt: skip
    assert result.returncode == 0, result.stderr
    return record_and_results(out)


def test_two_threads_of_this_machine(large):
    assert _settled_on_spark(large, "local", "--threads", 2) == record_and_results(large.run)


def test_two_processes_of_a_cluster(large, tmp_path):
    """Executors in processes of their own: nothing but paths is shared, and the cluster's configuration holds."""
    (tmp_path / "spark-defaults.conf").write_text(
        "spark.master local-cluster[2,1,1024]\n"
        "spark.driver.host 127.0.0.1\n"
        "spark.driver.bindAddress 127.0.0.1\n"
        "spark.ui.enabled false\n"
        "spark.sql.ansi.enabled false\n"
        "spark.sql.session.timeZone Pacific/Kiritimati\n"
        "spark.sql.shuffle.partitions 4\n"
        f"spark.local.dir {tmp_path / 'work'}\n"
    )
    environment = {
        "SPARK_CONF_DIR": str(tmp_path),
        "SPARK_WORKER_DIR": str(tmp_path / "workers"),
        "PYSPARK_PYTHON": sys.executable,
        "PYTHONPATH": os.pathsep.join([str(HOUSE), *filter(None, [os.environ.get("PYTHONPATH")])]),
    }
    assert _settled_on_spark(large, "cluster", **environment) == record_and_results(large.run)
