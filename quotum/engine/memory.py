"""Freed memory: kept for the next table of rows, and released before other work."""

import contextlib
import ctypes

import pyarrow as pa

# Options of `mallopt`, and how much is kept: a few columns of the rows that are checked at a time.
_TRIM_THRESHOLD, _MMAP_THRESHOLD = -1, -3
_KEPT = 16 << 20


def keep() -> None:
    """Keeps freed memory for the next allocation, as far as the system allows.

    Arrow's usual allocator keeps memory that one thread took and another freed, which costs a third more memory at the
    peak, so another allocator is set. The C library, which Numpy uses, releases every column as soon as it is free;
    allocating the next column then takes longer than filling it.
    """
    with contextlib.suppress(NotImplementedError):
        pa.set_memory_pool(pa.jemalloc_memory_pool())
    _ask("mallopt", _MMAP_THRESHOLD, _KEPT)
    _ask("mallopt", _TRIM_THRESHOLD, _KEPT)


def give_back() -> None:
    """Releases memory that Arrow and the C library keep for later, as far as the system allows."""
    pa.default_memory_pool().release_unused()
    _ask("malloc_trim", 0)


def _ask(function: str, *numbers: int) -> None:
    """Calls the C library; does nothing where it is not GNU's."""
    with contextlib.suppress(AttributeError, OSError, TypeError):
        getattr(ctypes.CDLL(None), function)(*numbers)
