"""Choice of the engine by name: the single entrance for all computations."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from quotum import places
from quotum.engine.interface import Engine
from quotum.engine.quiet import nothing_of_pandas
from quotum.engine.scratch import scratch_folder
from quotum.engine.sizes import require_above_zero
from quotum.errors import CannotWrite, WrongUse

DUCKDB: Final = "duckdb"
SPARK: Final = "spark"
ENGINES: Final = (DUCKDB, SPARK)


@contextmanager
def open_engine(
    name: str, near: Path, threads: int | None = None, memory_limit: str | None = None, named: Path | None = None
) -> Iterator[Engine]:
    """Opens an engine for the duration of a context, with its scratch folder in `near`.

    Args:
        name: An element of `ENGINES`.
        near: The folder.
        threads: Number of threads; all processors when None. A Spark session of the environment has its own number.
        memory_limit: Largest memory, as DuckDB writes it. A Spark session of the environment has its own limit.
        named: Folder to name in errors about room, when `near` itself is temporary.

    Raises:
        CannotWrite: The scratch folder may not be made, or there is no room to spill.
        WrongUse: The memory limit is too small, or Spark is not installed or cannot be started.
    """
    if memory_limit is not None:
        require_above_zero(memory_limit)
    with ExitStack() as stack:
        if name == DUCKDB:
            duck = import_module("quotum.engine.duck")
            yield stack.enter_context(duck.duck_engine(near, threads, memory_limit, named))
            return
        spark, sessions = _import_spark("quotum.engine.spark"), _import_spark("quotum.engine.spark_session")
        scratch = _scratch(near, stack)
        yield spark.SparkEngine(stack.enter_context(sessions.spark_session(scratch, threads, memory_limit)))


def _import_spark(module: str) -> Any:
    """Imports a module that needs the extra `spark`.

    Raises:
        WrongUse: The extra is not installed.
    """
    try:
        with nothing_of_pandas():
            return import_module(module)
    except ImportError as error:
        if (error.name or "").partition(".")[0] not in ("pyspark", "py4j"):
            raise
        raise WrongUse(
            "--engine spark needs the library `pyspark`, and Java: install quotum with its extra `spark`"
        ) from error


def _scratch(near: Path, stack: ExitStack) -> Path:
    """Makes a folder for spilled data, removed afterwards."""
    try:
        return stack.enter_context(scratch_folder(near, "spill"))
    except OSError as error:
        raise CannotWrite(places.UNWRITABLE.sentence(near=near, why=error.strerror)) from error


__all__ = ["DUCKDB", "ENGINES", "SPARK", "open_engine"]
