"""Translation of Spark's errors into errors of quotum."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from py4j.protocol import Py4JError
from pyspark.errors import PySparkException

from quotum import errors
from quotum.engine.executors import CARRIED
from quotum.engine.interface import OVERFLOW
from quotum.errors import CannotWrite, QuotumError, SelfCheckFailed, WrongUse

_OVERFLOWS: Final = ("ARITHMETIC_OVERFLOW", "CAST_OVERFLOW", "long overflow", "caused overflow")
_FULL: Final = ("No space left on device", "Disk quota exceeded")
_MEMORY: Final = ("java.lang.OutOfMemoryError", "SparkOutOfMemoryError", "Java heap space")
_CARRIED: Final = re.compile(f"{CARRIED} (\\w+)\\|(.*?)\\|", re.DOTALL)


@contextmanager
def translated_errors() -> Iterator[None]:
    """Turns an error of Spark into an error of quotum where the user can act on it.

    Raises:
        SelfCheckFailed: A sum or product does not fit in 64 bits.
        CannotWrite: A disk of the driver or of an executor is full.
        WrongUse: The memory of the driver or of an executor is too small.
        QuotumError: A function of quotum raised it on an executor.
    """
    try:
        yield
    except (PySparkException, Py4JError) as error:
        translation = _translation(str(error))
        if translation is None:
            raise
        raise translation from None


def _translation(message: str) -> QuotumError | None:
    carried = _CARRIED.search(message)
    if carried:
        return _rebuilt(carried[1], carried[2])
    if any(sign in message for sign in _OVERFLOWS):
        return SelfCheckFailed(OVERFLOW)
    if any(sign in message for sign in _FULL):
        return CannotWrite("Spark cannot write work in progress: a disk is full. Make room; nothing was half written.")
    if any(sign in message for sign in _MEMORY):
        return WrongUse(
            "the memory of Spark is too small; give more with --memory-limit, or to the executors of the cluster "
            "(spark.executor.memory)"
        )
    return None


def _rebuilt(name: str, message: str) -> QuotumError:
    """Rebuilds the error of the executor; its message is complete already."""
    kind = getattr(errors, name, QuotumError)
    error: QuotumError = kind.__new__(kind)
    error.args = (message,)
    return error


__all__ = ["translated_errors"]
