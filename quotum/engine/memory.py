"""Memory that is free and still held: kept for the next table of rows, and given back before other work."""

import contextlib
import ctypes

import pyarrow as pa

# Numbers of what `mallopt` can set, and how much is kept: a few columns of the rows that are judged at a time.
_TRIM_THRESHOLD, _MMAP_THRESHOLD = -1, -3
_KEPT = 16 << 20


def keep() -> None:
    """Have what is freed kept for what is wanted next, as far as the system lets it.

    Arrow's usual allocator keeps what one thread took and another freed: a third more memory at the peak, so it is
    another. The C library, which Numpy takes its memory from, gives back every column as soon as it is free; to get
    the next one then takes longer than to fill it.
    """
    with contextlib.suppress(NotImplementedError):
        pa.set_memory_pool(pa.jemalloc_memory_pool())
    _ask("mallopt", _MMAP_THRESHOLD, _KEPT)
    _ask("mallopt", _TRIM_THRESHOLD, _KEPT)


def give_back() -> None:
    """Give back what Arrow and the C library keep for later, as far as the system lets them."""
    pa.default_memory_pool().release_unused()
    _ask("malloc_trim", 0)


def _ask(function: str, *numbers: int) -> None:
    """Call the C library; nothing happens where it is another than GNU's."""
    with contextlib.suppress(AttributeError, OSError, TypeError):
        getattr(ctypes.CDLL(None), function)(*numbers)
