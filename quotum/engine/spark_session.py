"""The Spark session: that of the environment with its own configuration, or else quotum's own on this machine."""

import os
import re
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from pyspark import SparkConf, SparkContext
from pyspark.errors import PySparkRuntimeError
from pyspark.java_gateway import launch_gateway
from pyspark.sql import SparkSession

from quotum.engine.quiet import nothing_of_pandas
from quotum.engine.sizes import no_size
from quotum.errors import WrongUse

OPTIONS: Final = {
    # A sum that does not fit is an error instead of a wrong sum.
    "spark.sql.ansi.enabled": "true",
    # The moments of an archive have no zone: none may be read as local time of a machine.
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.timestampType": "TIMESTAMP_NTZ",
    # Texts get Arrow's ordinary type, as from DuckDB.
    "spark.sql.execution.arrow.useLargeVarTypes": "false",
}
"""Options of a session on which results depend; they are set temporarily, and no other option is."""
_FROM_ELSEWHERE: Final = (
    "PYSPARK_GATEWAY_PORT", "SPARK_REMOTE", "SPARK_CONF_DIR", "SPARK_HOME", "MASTER", "PYSPARK_SUBMIT_ARGS",
)  # fmt: skip
"""Variables that name a Spark: set by spark-submit, or by the administrator of a cluster."""
_UNITS: Final = {"B": 1, "K": 10**3, "M": 10**6, "G": 10**9, "T": 10**12}
_SIZE: Final = re.compile(r"\s*(\d+(?:\.\d+)?)\s*([KMGT]?)(i?)B\s*", re.IGNORECASE)
_LEAST: Final = 512 << 20
_PARTS_PER_THREAD: Final = 8
_DEFAULT: Final = "1GiB"


@contextmanager
def spark_session(scratch: Path, threads: int | None, memory_limit: str | None) -> Iterator[SparkSession]:
    """Opens a session for the duration of a context.

    Args:
        scratch: Folder for spilled data of quotum's own session.
        threads: Number of threads of quotum's own session; all processors when None.
        memory_limit: Largest memory of quotum's own session, as DuckDB writes it.

    Raises:
        WrongUse: Spark cannot be started, or the memory limit is no size.
    """
    active = SparkSession.getActiveSession()
    if active is None and not any(name in os.environ for name in _FROM_ELSEWHERE):
        with _own_session(scratch, threads, memory_limit) as session, _with_options(session):
            yield session
        return
    is_running = active is not None or SparkContext._active_spark_context is not None  # noqa: SLF001 - nothing public says so
    session = _of_environment()
    try:
        with _with_options(session):
            yield session
    finally:
        if not is_running:
            session.stop()


def _of_environment() -> SparkSession:
    try:
        with nothing_of_pandas():
            return SparkSession.builder.getOrCreate()
    except (PySparkRuntimeError, ImportError) as error:
        raise WrongUse(
            f"--engine spark: the Spark session that the environment names cannot be opened: {_first_line(error)}"
        ) from error


@contextmanager
def _with_options(session: SparkSession) -> Iterator[None]:
    """Sets the options on which results depend, and restores those of the session afterwards."""
    before = {name: session.conf.get(name, None) for name in OPTIONS}
    try:
        for name, value in OPTIONS.items():
            session.conf.set(name, value)
        yield
    finally:
        for name, old in before.items():
            session.conf.unset(name) if old is None else session.conf.set(name, old)


@contextmanager
def _own_session(scratch: Path, threads: int | None, memory_limit: str | None) -> Iterator[SparkSession]:
    """Runs a session in a separate process on this machine, which no other machine can reach."""
    configuration = SparkConf(loadDefaults=False)
    for name, value in {
        "spark.app.name": "quotum",
        "spark.master": f"local[{threads or '*'}]",
        "spark.driver.memory": f"{_bytes(memory_limit or _DEFAULT) >> 20}m",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.local.dir": str(scratch),
        # Enough parts that each fits in its share of a small memory; Spark's own 200 are for a cluster.
        "spark.sql.shuffle.partitions": str(_PARTS_PER_THREAD * (threads or os.cpu_count() or 1)),
        # Recording the Python source of thousands of steps takes a fifth of the time of a small settlement.
        "spark.sql.dataFrameQueryContext.enabled": "false",
        "spark.sql.warehouse.dir": str(scratch / "warehouse"),
    }.items():
        configuration.set(name, value)
    with _signals_kept(), _java(configuration, scratch / "spark.log") as gateway, _this_python():
        with nothing_of_pandas():
            context = SparkContext(conf=configuration, gateway=gateway)
        try:
            yield SparkSession(context)
        finally:
            context.stop()


@contextmanager
def _java(configuration: SparkConf, log: Path) -> Iterator[Any]:
    """Runs Java with Spark; its output goes to a file and not to standard error.

    Raises:
        WrongUse: Java does not start.
    """
    if not (os.environ.get("JAVA_HOME") or shutil.which("java")):
        raise WrongUse(
            "--engine spark needs Java 17 or later, and there is none: install it, or name it with JAVA_HOME"
        )
    with log.open("wb") as output:
        try:
            gateway = launch_gateway(configuration, {"stdout": output, "stderr": subprocess.STDOUT})
        except PySparkRuntimeError as error:
            last = log.read_text("utf-8", "replace").strip().rpartition("\n")[2]
            raise WrongUse(f"--engine spark: Spark does not start: {last or _first_line(error)}") from error
        try:
            yield gateway
        finally:
            _end(gateway)


def _end(gateway: Any) -> None:
    """Ends Java, so that nothing of it is left in memory or in the scratch folder."""
    gateway.shutdown()
    gateway.proc.stdin.close()
    gateway.proc.wait()
    SparkContext._gateway = SparkContext._jvm = None  # noqa: SLF001 - or the next context would call the ended process


@contextmanager
def _this_python() -> Iterator[None]:
    """Makes Spark start this Python for functions, instead of the first in the path."""
    before = os.environ.get("PYSPARK_PYTHON")
    os.environ["PYSPARK_PYTHON"] = before or sys.executable
    try:
        yield
    finally:
        if before is None:
            del os.environ["PYSPARK_PYTHON"]


@contextmanager
def _signals_kept() -> Iterator[None]:
    """Restores the handler of Ctrl-C, which Spark replaces."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.getsignal(signal.SIGINT)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _bytes(size: str) -> int:
    """Returns the bytes of a size as DuckDB writes it.

    Raises:
        WrongUse: The text is no size, or the size is less than Spark starts with.
    """
    match = _SIZE.fullmatch(size)
    if match is None:
        raise no_size(size)
    number, unit, binary = float(match[1]), match[2].upper() or "B", bool(match[3])
    many = int(number * (1 << 10 * "BKMGT".index(unit) if binary else _UNITS[unit]))
    if many < _LEAST:
        raise WrongUse(f"--memory-limit {size}: Spark needs 540MB at least")
    return many


def _first_line(error: Exception) -> str:
    return str(error).strip().partition("\n")[0]


__all__ = ["OPTIONS", "spark_session"]
