"""Numbers and amounts in their plainest form, read a whole column at a time.

A value that is not read here may still be right in another form, and what it is then worth, `understanding`
decides. What is read here, it would read alike.
"""

from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from attrs import frozen

Whole = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]
_Signs = npt.NDArray[np.uint8]

_ZERO, _MINUS, _POINT, _L = b"0-.L"
_LINE_FEED, _RETURN = b"\n\r"
_BSN_DIGITS: Final = 9
_PAYROLL_SIGNS: Final = 12
_EUROS_DIGITS: Final = 10
_CENTS_DIGITS: Final = 2


@frozen
class Read:
    """What was read of a column of texts."""

    values: Whole
    """The values; anything where nothing was read."""
    known: Mask
    """Where a value was read."""


def nine_digits(texts: pa.StringArray) -> Read:
    """Numbers of nine digits that pass the eleven test (BSN, RSIN)."""
    at, signs = _of_length(texts, _BSN_DIGITS)
    value, known = _eleven(signs)
    return _spread(texts, at, value, known)


def payroll_tax_numbers(texts: pa.StringArray) -> Read:
    """Payroll tax numbers (loonheffingennummers) as their eleven digits: fiscal number, and the two after the L."""
    at, signs = _of_length(texts, _PAYROLL_SIGNS)
    fiscal, known = _eleven(signs)
    after = signs[_BSN_DIGITS + 1 :] - _ZERO
    sub_number = after[0].astype(np.int64) * 10 + after[1]
    known &= (signs[_BSN_DIGITS] == _L) & (after.max(axis=0, initial=0) <= 9) & (sub_number > 0)  # noqa: PLR2004
    return _spread(texts, at, fiscal * 100 + sub_number, known)


def cents(texts: pa.StringArray, negative: bool) -> Read:
    """Amounts with a decimal point and two decimals, in cents.

    Args:
        texts: The amounts, in euros.
        negative: Whether they may begin with a minus sign.
    """
    data, begin, end = _places(texts)
    length = end - begin
    first = data[np.minimum(begin, max(len(data) - 1, 0))] if len(data) else np.zeros(len(texts), np.uint8)
    minus = (first == _MINUS) & (length > 0)
    digits = length - minus - 1 - _CENTS_DIGITS
    known = _valid(texts) & (digits >= 1) & (digits <= _EUROS_DIGITS) & (negative | ~minus)
    value = np.zeros(len(texts), np.int64)
    weight = 1
    longest = int(digits.max(initial=0, where=known))
    for back in range(1, longest + 2 + _CENTS_DIGITS):
        sign = data[np.maximum(end - back, 0)] if len(data) else first
        if back == _CENTS_DIGITS + 1:
            known &= sign == _POINT
            continue
        digit = sign - _ZERO
        inside = back <= digits + _CENTS_DIGITS + 1
        known &= (digit <= 9) | ~inside  # noqa: PLR2004 - a digit
        value += np.where(inside, digit, 0).astype(np.int64) * weight
        weight *= 10
    return Read(np.where(minus, -value, value), known)


def all_plain(texts: pa.StringArray, longest: int) -> bool:
    """Whether every text has from one up to a number of bytes, and no control character."""
    data, begin, end = _places(texts)
    if not len(texts):
        return True
    length = (end - begin)[_valid(texts)]
    between = data[int(begin[0]) : int(end[-1])]
    return bool(
        length.min(initial=1) >= 1 and length.max(initial=1) <= longest and between.min(initial=_ZERO) >= 0x20  # noqa: PLR2004
    )


def has_line_end(texts: pa.StringArray) -> bool:
    """Whether there is a line end in any of the texts."""
    data, begin, end = _places(texts)
    between = data[int(begin[0]) : int(end[-1])] if len(texts) else data[:0]
    return bool(((between == _LINE_FEED) | (between == _RETURN)).any())


def _places(texts: pa.StringArray) -> tuple[_Signs, Whole, Whole]:
    """All signs, and where each text begins and ends among them."""
    _, offsets, data = texts.buffers()
    if offsets is None:
        return np.zeros(0, np.uint8), np.zeros(0, np.int64), np.zeros(0, np.int64)
    places = np.frombuffer(offsets, np.int32)[texts.offset : texts.offset + len(texts) + 1].astype(np.int64)
    signs = np.zeros(0, np.uint8) if data is None else np.frombuffer(data, np.uint8)
    return signs, places[:-1], places[1:]


def _valid(texts: pa.StringArray) -> Mask:
    return texts.is_valid().to_numpy(zero_copy_only=False)  # type: ignore[no-any-return]


def _of_length(texts: pa.StringArray, length: int) -> tuple[Whole, _Signs]:
    """Which texts have a length, and their signs: one row per place in the text."""
    data, begin, end = _places(texts)
    right = end - begin == length
    if texts.null_count:
        right &= _valid(texts)
    at = np.flatnonzero(right)
    if len(at) == len(texts) and len(texts):
        signs = data[int(begin[0]) : int(end[-1])].reshape(len(texts), length)
    else:
        signs = data[begin[at][:, None] + np.arange(length)]
    return at, np.ascontiguousarray(signs.T)


def _eleven(signs: _Signs) -> tuple[Whole, Mask]:
    digits = signs[:_BSN_DIGITS] - _ZERO
    value = np.zeros(digits.shape[1], np.int64)
    total = np.zeros(digits.shape[1], np.int16)
    for place, digit in enumerate(digits):
        value = value * 10 + digit
        weight = _BSN_DIGITS - place if place < _BSN_DIGITS - 1 else -1
        total += digit.astype(np.int16) * np.int16(weight)
    return value, (digits.max(axis=0, initial=0) <= 9) & (value > 0) & (total % 11 == 0)  # noqa: PLR2004


def _spread(texts: pa.StringArray, at: Whole, value: Whole, known: Mask) -> Read:
    if len(at) == len(texts):
        return Read(value, known)
    values, read = np.zeros(len(texts), np.int64), np.zeros(len(texts), np.bool_)
    values[at], read[at] = value, known
    return Read(values, read)
