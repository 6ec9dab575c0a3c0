"""Values in their plainest form, read a whole column at a time.

A value that is not read here may still be right in another form; `understanding` decides its meaning. Values read here
have the same result there.
"""

from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from attrs import frozen

from quotum.intake.rows import flags, numbers, packed
from quotum.tables import Column, Kind

Whole = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]
_Signs = npt.NDArray[np.uint8]

_ZERO, _MINUS, _POINT, _L, _T = b"0-.LT"
_YES, _NO = b"JN"
_LINE_FEED, _RETURN, _LOWEST_SIGN = b"\n\r "
_BSN_DIGITS: Final = 9
_PAYROLL_SIGNS: Final = 12
_EUROS_DIGITS: Final = 10
_WHOLE_DIGITS: Final = 18
_CENTS_DIGITS: Final = 2
_EUROS: Final = pa.decimal128(18, _CENTS_DIGITS)
_DAY_SIGNS, _MOMENT_SIGNS = 10, 19
_FIRST_DAY: Final = -719_162
"""1 January of the year 1, counted from 1 January 1970."""
_DAY_MICROSECONDS: Final = 86_400_000_000
_ELEVEN: Final = 11
_GROUP: Final = 1_000


def _weighted(first: int, second: int, third: int) -> npt.NDArray[np.int32]:
    """Weighted digit sum of each number of three digits."""
    three = np.arange(_GROUP, dtype=np.int32)
    return first * (three // 100) + second * (three // 10 % 10) + third * (three % 10)


_FIRST_THREE, _NEXT_THREE, _LAST_THREE = _weighted(9, 8, 7), _weighted(6, 5, 4), _weighted(3, 2, -1)


@frozen
class PlainValues:
    """Values read from a column of texts."""

    values: pa.Array
    """The values; null where there is no text, arbitrary in the odd rows."""
    odd: Whole
    """Rows with a text that could not be read here."""


def read(column: Column, texts: pa.StringArray) -> PlainValues | None:  # noqa: PLR0911 - one answer per kind
    """Reads the values of a column in plain form; None for a kind without such a form."""
    match column.kind:
        case Kind.BSN | Kind.RSIN:
            return nine_digits(texts)
        case Kind.PAYROLL_TAX_NUMBER:
            return payroll_tax_numbers(texts)
        case Kind.EUROS:
            return cents(texts, column.negative)
        case Kind.WHOLE | Kind.CODE:
            return whole_numbers(texts, column.longest or _WHOLE_DIGITS, column.negative)
        case Kind.DATE:
            return _by_cast(texts, _has_length(texts, _DAY_SIGNS), pa.date32(), _FIRST_DAY)
        case Kind.MOMENT:
            plain = _has_length(texts, _MOMENT_SIGNS)
            plain &= sign_at(texts, _DAY_SIGNS, plain) == _T
            return _by_cast(texts, plain, pa.timestamp("us"), _FIRST_DAY * _DAY_MICROSECONDS)
        case Kind.FLAG:
            return _yes_or_no(texts)
        case _:
            return None


def nine_digits(texts: pa.StringArray) -> PlainValues:
    """Reads numbers of nine digits that pass the eleven test (BSN, RSIN)."""
    plain = _only_digits(texts, _has_length(texts, _BSN_DIGITS), np.zeros(len(texts), np.int8))
    values = _cast(texts, plain, pa.int64())
    return PlainValues(values, _odd_rows(texts, plain & _passes(numbers(values, 0))))


def payroll_tax_numbers(texts: pa.StringArray) -> PlainValues:
    """Reads payroll tax numbers (loonheffingennummers) as eleven digits: fiscal number, and the two after the L."""
    plain = _has_length(texts, _PAYROLL_SIGNS)
    plain &= sign_at(texts, _BSN_DIGITS, plain) == _L
    plain = _only_digits(texts, plain, np.ones(len(texts), np.int8))
    values = _cast(pc.utf8_replace_slice(texts, _BSN_DIGITS, _BSN_DIGITS + 1, ""), plain, pa.int64())
    value = numbers(values, 0)
    return PlainValues(values, _odd_rows(texts, plain & (value % 100 > 0) & _passes(value // 100)))


def whole_numbers(texts: pa.StringArray, longest: int, negative: bool) -> PlainValues:
    """Reads whole numbers of at most so many digits, optionally with a minus sign."""
    if _all_digits(texts, longest):
        return PlainValues(texts.cast(pa.int64()), np.zeros(0, np.int64))
    minus = sign_at(texts, 0, valid_of(texts)) == _MINUS
    digits = lengths_of(texts) - minus
    plain = valid_of(texts) & (digits >= 1) & (digits <= longest) & (negative | ~minus)
    plain = _only_digits(texts, plain, minus.astype(np.int8))
    return PlainValues(_cast(texts, plain, pa.int64()), _odd_rows(texts, plain))


def cents(texts: pa.StringArray, negative: bool) -> PlainValues:
    """Reads amounts with a decimal point and two decimals, in cents.

    Args:
        texts: The amounts, in euros.
        negative: Whether they may begin with a minus sign.
    """
    together = _without_points(texts, negative)
    if together is not None:
        return PlainValues(together.cast(pa.int64()), np.zeros(0, np.int64))
    minus = sign_at(texts, 0, valid_of(texts)) == _MINUS
    digits = lengths_of(texts) - minus - 1 - _CENTS_DIGITS
    plain = valid_of(texts) & (digits >= 1) & (digits <= _EUROS_DIGITS) & (negative | ~minus)
    plain &= sign_at(texts, -_CENTS_DIGITS - 1, plain) == _POINT
    plain = _only_digits(texts, plain, minus + np.int8(1))
    return PlainValues(unscaled(_cast(texts, plain, _EUROS)), _odd_rows(texts, plain))


def _all_digits(texts: pa.StringArray, longest: int) -> bool:
    """Whether every text consists of digits, from one up to a number of them."""
    length = lengths_of(texts)[valid_of(texts)] if texts.null_count else lengths_of(texts)
    return bool(length.min(initial=1) >= 1 and length.max(initial=1) <= longest and not _non_digits(texts).any())


def _without_points(texts: pa.StringArray, negative: bool) -> pa.StringArray | None:
    """Removes decimal points when each amount is plain: the texts are then cents, and read three times as fast."""
    if texts.null_count == len(texts):
        return None
    offsets, signs = offsets_of(texts), signs_of(texts)
    begins, ends = offsets[:-1] - offsets[0], offsets[1:] - offsets[0]
    valid = valid_of(texts) if texts.null_count else np.ones(len(texts), np.bool_)
    if texts.null_count:
        begins, ends = begins[valid], ends[valid]
    points, minuses = np.flatnonzero(signs == _POINT), np.flatnonzero(signs == _MINUS)
    signed = np.searchsorted(begins, minuses)
    if (
        not np.array_equal(points, ends - _CENTS_DIGITS - 1)
        or np.count_nonzero(_non_digits(texts)) != len(points) + len(minuses)
        or (len(minuses) and not (negative and np.array_equal(begins[np.minimum(signed, len(begins) - 1)], minuses)))
    ):
        return None
    digits = ends - begins - 1 - _CENTS_DIGITS
    digits[signed] -= 1
    if digits.min(initial=1) < 1 or digits.max(initial=1) > _EUROS_DIGITS:
        return None
    keep = np.ones(len(signs), np.bool_)
    keep[points] = False
    places = offsets - offsets[0]
    places[1:] -= np.cumsum(valid, dtype=np.int32)
    buffers = [None if not texts.null_count else packed(valid), pa.py_buffer(places), pa.py_buffer(signs[keep])]
    return pa.Array.from_buffers(pa.string(), len(texts), buffers)


def unscaled(amounts: pa.Array) -> pa.Array:
    """Returns amounts with two decimals and at most 18 digits in cents: the lower half of their 128 bits."""
    valid, data = amounts.buffers()
    halves = np.frombuffer(data, np.int64)[: 2 * (amounts.offset + len(amounts))]
    low = pa.py_buffer(np.ascontiguousarray(halves[::2]))
    return pa.Array.from_buffers(pa.int64(), len(amounts), [valid, low], offset=amounts.offset)


def _yes_or_no(texts: pa.StringArray) -> PlainValues:
    """Reads J or N."""
    present = valid_of(texts)
    first = sign_at(texts, 0, present)
    yes = first == _YES
    plain = present & (yes | (first == _NO)) & (lengths_of(texts) == 1)
    valid = None if present.all() else packed(present)
    return PlainValues(pa.Array.from_buffers(pa.bool_(), len(texts), [valid, packed(yes)]), _odd_rows(texts, plain))


def _by_cast(texts: pa.StringArray, plain: Mask, kind: pa.DataType, least: int) -> PlainValues | None:
    """Reads days or moments as Arrow does; None when one of this form does not exist."""
    try:
        values = _cast(texts, plain, kind)
    except pa.ArrowInvalid:
        return None
    return PlainValues(values, _odd_rows(texts, plain & (numbers(values, least) >= least)))


def _cast(texts: pa.StringArray, plain: Mask, kind: pa.DataType) -> pa.Array:
    """Casts the plain texts in place; null elsewhere."""
    if np.count_nonzero(plain) == len(texts) - texts.null_count:
        return texts.cast(kind)
    return pc.if_else(flags(plain), texts, pa.scalar(None, pa.string())).cast(kind)


def _passes(value: Whole) -> Mask:
    """Marks numbers of nine digits that pass the eleven test (elfproef)."""
    nine = value.astype(np.int32)
    thousands = nine // _GROUP
    millions = thousands // _GROUP
    total = _FIRST_THREE[millions] + _NEXT_THREE[thousands - millions * _GROUP]
    total += _LAST_THREE[nine - thousands * _GROUP]
    return (total % _ELEVEN == 0) & (nine > 0)  # type: ignore[no-any-return]


def _odd_rows(texts: pa.StringArray, plain: Mask) -> Whole:
    if np.count_nonzero(plain) == len(texts) - texts.null_count:
        return np.zeros(0, np.int64)
    return np.flatnonzero(valid_of(texts) & ~plain)


def all_plain(texts: pa.StringArray, longest: int) -> bool:
    """Whether every text has from one up to a number of bytes, and no control character."""
    if len(texts) == texts.null_count:
        return True
    length = lengths_of(texts)[valid_of(texts)]
    shortest, between = length.min(), signs_of(texts)
    return bool(shortest >= 1 and length.max() <= longest and between.min(initial=_ZERO) >= _LOWEST_SIGN)


def has_line_end(texts: pa.StringArray) -> bool:
    """Whether any of the texts has a line end."""
    signs = signs_of(texts)
    return bool(len(signs) and signs.min() <= _RETURN and ((signs == _LINE_FEED) | (signs == _RETURN)).any())


def offsets_of(texts: pa.StringArray) -> npt.NDArray[np.int32]:
    """Returns where each text begins, and where the last ends."""
    offsets = texts.buffers()[1]
    if offsets is None or not len(texts):
        return np.zeros(len(texts) + 1, np.int32)
    return np.frombuffer(offsets, np.int32, len(texts) + 1, 4 * texts.offset)


def signs_of(texts: pa.StringArray) -> _Signs:
    """Returns the characters of all texts, one after another."""
    offsets, data = offsets_of(texts), texts.buffers()[2]
    signs = np.zeros(0, np.uint8) if data is None else np.frombuffer(data, np.uint8)
    return signs[offsets[0] : offsets[-1]]


def lengths_of(texts: pa.StringArray) -> npt.NDArray[np.int32]:
    """Returns the bytes of each text; 0 where there is none."""
    return np.diff(offsets_of(texts))


def _has_length(texts: pa.StringArray, length: int) -> Mask:
    """Marks present texts that have a number of bytes."""
    has_length = lengths_of(texts) == length
    return has_length & valid_of(texts) if texts.null_count else has_length  # type: ignore[no-any-return]


def valid_of(texts: pa.StringArray) -> Mask:
    """Marks the rows that have a text."""
    return texts.is_valid().to_numpy(zero_copy_only=False)  # type: ignore[no-any-return]


def sign_at(texts: pa.StringArray, place: int, among: Mask) -> _Signs:
    """Returns one byte of each text, from the beginning or (below zero) the end; 0 outside `among` or without text."""
    offsets, signs = offsets_of(texts), signs_of(texts)
    at = (offsets[:-1] if place >= 0 else offsets[1:]) - offsets[0] + np.int32(place)
    among = among & (lengths_of(texts) > (place if place >= 0 else -place - 1))
    if among.all():
        return signs[at]  # type: ignore[no-any-return]
    result = np.zeros(len(texts), np.uint8)
    result[among] = signs[at[among]]
    return result


def _only_digits(texts: pa.StringArray, among: Mask, others: npt.NDArray[np.int8]) -> Mask:
    """Marks texts that are digits, apart from a known number of other characters in each of them."""
    offsets = offsets_of(texts)
    is_other = _non_digits(texts)
    if np.count_nonzero(is_other) == others.sum(where=among, dtype=np.int64) and (
        np.count_nonzero(among) == len(texts) - texts.null_count
    ):
        return among
    until = np.append(0, np.cumsum(is_other, dtype=np.int64))[offsets - offsets[0]]
    return among & (np.diff(until) == others)  # type: ignore[no-any-return]


def _non_digits(texts: pa.StringArray) -> Mask:
    """Marks characters that are not digits."""
    return (signs_of(texts) - np.uint8(_ZERO)) > 9  # noqa: PLR2004 - a digit
