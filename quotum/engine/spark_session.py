"""The Spark session: that of the environment with its own configuration, or else one of quotum's own here."""

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
    # A sum that does not fit is an error, and not another sum.
    "spark.sql.ansi.enabled": "true",
    # The moments of an archive are without a zone: nothing may be taken for local time of a machine.
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.timestampType": "TIMESTAMP_NTZ",
    # Texts come as Arrow's ordinary ones, to Python as from DuckDB.
    "spark.sql.execution.arrow.useLargeVarTypes": "false",
}
"""Options of a session that results rest on; they are set for the time being, and nothing else is."""
_FROM_ELSEWHERE: Final = (
    "PYSPARK_GATEWAY_PORT", "SPARK_REMOTE", "SPARK_CONF_DIR", "SPARK_HOME", "MASTER", "PYSPARK_SUBMIT_ARGS",
)  # fmt: skip
"""Variables that say where Spark is: set by spark-submit, and by who administers a cluster."""
_UNITS: Final = {"B": 1, "K": 10**3, "M": 10**6, "G": 10**9, "T": 10**12}
_SIZE: Final = re.compile(r"\s*(\d+(?:\.\d+)?)\s*([KMGT]?)(i?)B\s*", re.IGNORECASE)
_LEAST: Final = 512 << 20
_PARTS_PER_THREAD: Final = 8
_DEFAULT: Final = "1GiB"


@contextmanager
def spark_session(scratch: Path, threads: int | None, memory_limit: str | None) -> Iterator[SparkSession]:
    """A session for the time being.

    Args:
        scratch: Folder for what spills, where the session is quotum's own.
        threads: Number of threads of a session of quotum's own; all processors when None.
        memory_limit: Most memory of a session of quotum's own, as DuckDB writes it.

    Raises:
        WrongUse: Spark cannot be started, or the memory limit is no size.
    """
    active = SparkSession.getActiveSession()
    if active is None and not any(name in os.environ for name in _FROM_ELSEWHERE):
        with _own_session(scratch, threads, memory_limit) as session, _with_options(session):
            yield session
        return
    there = active is not None or SparkContext._active_spark_context is not None  # noqa: SLF001 - nothing public says so
    session = _of_environment()
    try:
        with _with_options(session):
            yield session
    finally:
        if not there:
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
    """The options that results rest on; those of the session itself come back."""
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
    """A session in a process of its own on this machine, that no other machine can reach."""
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
        # As many parts as leave each small enough for a part of a small memory; Spark's own 200 are for a cluster.
        "spark.sql.shuffle.partitions": str(_PARTS_PER_THREAD * (threads or os.cpu_count() or 1)),
        # Where in Python a step was written, for each of thousands: a fifth of the time of a small settlement.
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
    """Java with Spark in it; what it says goes to a file and not to standard error.

    Raises:
        WrongUse: It does not start.
    """
    if not (os.environ.get("JAVA_HOME") or shutil.which("java")):
        raise WrongUse(
            "--engine spark needs Java 17 or later, and there is none: install it, or name it with JAVA_HOME"
        )
    with log.open("wb") as said:
        try:
            gateway = launch_gateway(configuration, {"stdout": said, "stderr": subprocess.STDOUT})
        except PySparkRuntimeError as error:
            last = log.read_text("utf-8", "replace").strip().rpartition("\n")[2]
            raise WrongUse(f"--engine spark: Spark does not start: {last or _first_line(error)}") from error
        try:
            yield gateway
        finally:
            _end(gateway)


def _end(gateway: Any) -> None:
    """End Java, so that nothing of it is left in memory or in the scratch folder."""
    gateway.shutdown()
    gateway.proc.stdin.close()
    gateway.proc.wait()
    SparkContext._gateway = SparkContext._jvm = None  # noqa: SLF001 - or the next context would call the one that ended


@contextmanager
def _this_python() -> Iterator[None]:
    """Have Spark start this Python for functions, and not the first in the path."""
    before = os.environ.get("PYSPARK_PYTHON")
    os.environ["PYSPARK_PYTHON"] = before or sys.executable
    try:
        yield
    finally:
        if before is None:
            del os.environ["PYSPARK_PYTHON"]


@contextmanager
def _signals_kept() -> Iterator[None]:
    """Spark takes over Ctrl-C and does not give it back."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.getsignal(signal.SIGINT)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _bytes(size: str) -> int:
    """A size as DuckDB writes it.

    Raises:
        WrongUse: It is none, or less than Spark starts with.
    """
    found = _SIZE.fullmatch(size)
    if found is None:
        raise no_size(size)
    number, unit, binary = float(found[1]), found[2].upper() or "B", bool(found[3])
    many = int(number * (1 << 10 * "BKMGT".index(unit) if binary else _UNITS[unit]))
    if many < _LEAST:
        raise WrongUse(f"--memory-limit {size}: Spark needs 540MB at least")
    return many


def _first_line(error: Exception) -> str:
    return str(error).strip().partition("\n")[0]


__all__ = ["OPTIONS", "spark_session"]
