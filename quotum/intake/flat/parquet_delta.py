"""How much a text of a Parquet page can begin like the one before it: in a few bytes it can grow without end.

Source: Encodings.md of the Apache Parquet format, 2.11: DELTA_BYTE_ARRAY and DELTA_BINARY_PACKED.
"""

import numpy as np
import numpy.typing as npt

from quotum.intake.flat.thrift import Cut, Damaged, unsigned

_WIDEST, _BITS = 32, 8
_MOST = 1 << 31


def longest_beginning(values: bytes) -> int:
    """Bytes that a text takes over from the one before it, at most.

    Args:
        values: A page in DELTA_BYTE_ARRAY, unpacked and without levels: it begins with those numbers.

    Raises:
        Damaged: It is none.
        Cut: It ends too early.
    """
    try:
        return _largest(values)
    except (IndexError, ValueError) as error:
        raise Cut from error


def _largest(data: bytes) -> int:
    """The largest of whole numbers in DELTA_BINARY_PACKED, none of which may be negative or of more than 32 bits."""
    at = 0
    header = []
    for _ in range(4):
        number, at = unsigned(data, at)
        header.append(number)
    block, parts, count, first = *header[:3], _signed(header[3])
    if not parts or not block or block % (parts * _WIDEST) or block > _MOST:
        raise Damaged
    each = block // parts
    steps: list[npt.NDArray[np.int64]] = []
    left = count - 1
    while left > 0:
        least, at = unsigned(data, at)
        widths, at = data[at : at + parts], at + parts
        for width in widths[: -(-left // each)]:
            if width > _WIDEST:
                raise Damaged
            size = each * width // _BITS
            steps.append(_unpacked(data[at : at + size], each, width)[:left] + _signed(least))
            at, left = at + size, left - each
    if count <= 0:
        return 0
    numbers = np.concatenate([np.array([first], np.int64), *steps]).cumsum()
    if numbers.min() < 0 or numbers.max() >= _MOST:
        raise Damaged
    return int(numbers.max())


def _signed(number: int) -> int:
    found = (number >> 1) ^ -(number & 1)
    if not -_MOST <= found < _MOST:
        raise Damaged
    return found


def _unpacked(data: bytes, count: int, width: int) -> npt.NDArray[np.int64]:
    """Numbers of so many bits each, the lowest bit first."""
    if not width:
        return np.zeros(count, np.int64)
    bits = np.unpackbits(np.frombuffer(data, np.uint8), bitorder="little").reshape(count, width)
    return bits.astype(np.int64) @ (np.int64(1) << np.arange(width, dtype=np.int64))
