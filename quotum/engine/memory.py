"""Memory that is free and still held: given back to the system before work that needs much of its own."""

import contextlib
import ctypes

import pyarrow as pa


def give_back() -> None:
    """Give back what Arrow and the C library keep for later, as far as the system lets them."""
    pa.default_memory_pool().release_unused()
    with contextlib.suppress(AttributeError, OSError, TypeError):  # where it is another C library than GNU's
        ctypes.CDLL(None).malloc_trim(0)
