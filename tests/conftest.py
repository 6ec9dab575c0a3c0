"""What every test shares: hypothesis draws the same examples each time, and takes its time."""

import os
import sys

import pytest
from hypothesis import settings

settings.register_profile("repeatable", derandomize=True, deadline=None)
settings.load_profile("repeatable")
# Lines are as wide as a screen that the environment names: pytest and its workers may name theirs.
os.environ.pop("COLUMNS", None)


@pytest.fixture(scope="session")
def spark_session():
    """Spark in this process, on two cores and without a network, quick with few rows; the active session of a test."""
    from pyspark.sql import SparkSession  # noqa: PLC0415 (an extra: absent in an ordinary environment)

    os.environ["PYSPARK_PYTHON"] = sys.executable
    session = (
        SparkSession.builder.master("local[2]")
        .appName("quotum tests")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.extraJavaOptions", "-XX:TieredStopAtLevel=1")
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.sql.shuffle.partitions", "2")
        .config("spark.sql.execution.arrow.pyspark.enabled", "true")
        # Of a plan of few rows most of the time goes into compiling it, and into looking at it again as it runs.
        .config("spark.sql.adaptive.enabled", "false")
        .config("spark.sql.codegen.wholeStage", "false")
        .config("spark.sql.codegen.factoryMode", "NO_CODEGEN")
        .config("spark.sql.dataFrameQueryContext.enabled", "false")
        .getOrCreate()
    )
    yield session
    session.stop()
