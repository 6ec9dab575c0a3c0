"""Values in their plainest form, read a whole column at a time.

A value that is not read here may still be right in another form, and what it is then worth, `understanding`
decides. What is read here, it would read alike.
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
    """For each number of three digits its digits by their weights."""
    three = np.arange(_GROUP, dtype=np.int32)
    return first * (three // 100) + second * (three // 10 % 10) + third * (three % 10)


_FIRST_THREE, _NEXT_THREE, _LAST_THREE = _weighted(9, 8, 7), _weighted(6, 5, 4), _weighted(3, 2, -1)


@frozen
class Read:
    """What was read of a column of texts."""

    values: pa.Array
    """The values; null where there is no text, anything where one is odd."""
    odd: Whole
    """Rows with a text that was not read."""


def read(column: Column, texts: pa.StringArray) -> Read | None:  # noqa: PLR0911 - one answer per kind
    """The values of a column as far as they stand there plainly; None for a kind without such a form."""
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


def nine_digits(texts: pa.StringArray) -> Read:
    """Numbers of nine digits that pass the eleven test (BSN, RSIN)."""
    plain = _only_digits(texts, _has_length(texts, _BSN_DIGITS), np.zeros(len(texts), np.int8))
    found = _cast(texts, plain, pa.int64())
    return Read(found, _odd(texts, plain & _passes(numbers(found, 0))))


def payroll_tax_numbers(texts: pa.StringArray) -> Read:
    """Payroll tax numbers (loonheffingennummers) as their eleven digits: fiscal number, and the two after the L."""
    plain = _has_length(texts, _PAYROLL_SIGNS)
    plain &= sign_at(texts, _BSN_DIGITS, plain) == _L
    plain = _only_digits(texts, plain, np.ones(len(texts), np.int8))
    found = _cast(pc.utf8_replace_slice(texts, _BSN_DIGITS, _BSN_DIGITS + 1, ""), plain, pa.int64())
    value = numbers(found, 0)
    return Read(found, _odd(texts, plain & (value % 100 > 0) & _passes(value // 100)))


def whole_numbers(texts: pa.StringArray, longest: int, negative: bool) -> Read:
    """Whole numbers of at most so many digits, with a minus sign at most."""
    if _all_digits(texts, longest):
        return Read(texts.cast(pa.int64()), np.zeros(0, np.int64))
    minus = sign_at(texts, 0, valid_of(texts)) == _MINUS
    digits = lengths_of(texts) - minus
    plain = valid_of(texts) & (digits >= 1) & (digits <= longest) & (negative | ~minus)
    plain = _only_digits(texts, plain, minus.astype(np.int8))
    return Read(_cast(texts, plain, pa.int64()), _odd(texts, plain))


def cents(texts: pa.StringArray, negative: bool) -> Read:
    """Amounts with a decimal point and two decimals, in cents.

    Args:
        texts: The amounts, in euros.
        negative: Whether they may begin with a minus sign.
    """
    together = _without_points(texts, negative)
    if together is not None:
        return Read(together.cast(pa.int64()), np.zeros(0, np.int64))
    minus = sign_at(texts, 0, valid_of(texts)) == _MINUS
    digits = lengths_of(texts) - minus - 1 - _CENTS_DIGITS
    plain = valid_of(texts) & (digits >= 1) & (digits <= _EUROS_DIGITS) & (negative | ~minus)
    plain &= sign_at(texts, -_CENTS_DIGITS - 1, plain) == _POINT
    plain = _only_digits(texts, plain, minus + np.int8(1))
    return Read(unscaled(_cast(texts, plain, _EUROS)), _odd(texts, plain))


def _all_digits(texts: pa.StringArray, longest: int) -> bool:
    """Whether every text is from one up to a number of digits."""
    length = lengths_of(texts)[valid_of(texts)] if texts.null_count else lengths_of(texts)
    return bool(length.min(initial=1) >= 1 and length.max(initial=1) <= longest and not _others(texts).any())


def _without_points(texts: pa.StringArray, negative: bool) -> pa.StringArray | None:
    """Amounts without their decimal points, when each is plain: then they are cents, and read three times as fast."""
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
        or np.count_nonzero(_others(texts)) != len(points) + len(minuses)
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
    """Amounts with two decimals and at most 18 digits in cents: the lower half of their 128 bits."""
    valid, data = amounts.buffers()
    halves = np.frombuffer(data, np.int64)[: 2 * (amounts.offset + len(amounts))]
    low = pa.py_buffer(np.ascontiguousarray(halves[::2]))
    return pa.Array.from_buffers(pa.int64(), len(amounts), [valid, low], offset=amounts.offset)


def _yes_or_no(texts: pa.StringArray) -> Read:
    """J or N."""
    there = valid_of(texts)
    first = sign_at(texts, 0, there)
    yes = first == _YES
    plain = there & (yes | (first == _NO)) & (lengths_of(texts) == 1)
    valid = None if there.all() else packed(there)
    return Read(pa.Array.from_buffers(pa.bool_(), len(texts), [valid, packed(yes)]), _odd(texts, plain))


def _by_cast(texts: pa.StringArray, plain: Mask, kind: pa.DataType, least: int) -> Read | None:
    """Days or moments as Arrow reads them; None when one of this form does not exist."""
    try:
        found = _cast(texts, plain, kind)
    except pa.ArrowInvalid:
        return None
    return Read(found, _odd(texts, plain & (numbers(found, least) >= least)))


def _cast(texts: pa.StringArray, plain: Mask, kind: pa.DataType) -> pa.Array:
    """The plain texts cast, each in its place, null elsewhere."""
    if np.count_nonzero(plain) == len(texts) - texts.null_count:
        return texts.cast(kind)
    return pc.if_else(flags(plain), texts, pa.scalar(None, pa.string())).cast(kind)


def _passes(value: Whole) -> Mask:
    """Which numbers of nine digits pass the eleven test (elfproef)."""
    nine = value.astype(np.int32)
    thousands = nine // _GROUP
    millions = thousands // _GROUP
    total = _FIRST_THREE[millions] + _NEXT_THREE[thousands - millions * _GROUP]
    total += _LAST_THREE[nine - thousands * _GROUP]
    return (total % _ELEVEN == 0) & (nine > 0)  # type: ignore[no-any-return]


def _odd(texts: pa.StringArray, plain: Mask) -> Whole:
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
    """Whether there is a line end in any of the texts."""
    signs = signs_of(texts)
    return bool(len(signs) and signs.min() <= _RETURN and ((signs == _LINE_FEED) | (signs == _RETURN)).any())


def offsets_of(texts: pa.StringArray) -> npt.NDArray[np.int32]:
    """Where each text begins, and where the last ends."""
    offsets = texts.buffers()[1]
    if offsets is None or not len(texts):
        return np.zeros(len(texts) + 1, np.int32)
    return np.frombuffer(offsets, np.int32, len(texts) + 1, 4 * texts.offset)


def signs_of(texts: pa.StringArray) -> _Signs:
    """The signs of all texts, one after another."""
    offsets, data = offsets_of(texts), texts.buffers()[2]
    signs = np.zeros(0, np.uint8) if data is None else np.frombuffer(data, np.uint8)
    return signs[offsets[0] : offsets[-1]]


def lengths_of(texts: pa.StringArray) -> npt.NDArray[np.int32]:
    """Bytes of each text; 0 where there is none."""
    return np.diff(offsets_of(texts))


def _has_length(texts: pa.StringArray, length: int) -> Mask:
    """Which texts there are that have a number of signs."""
    found = lengths_of(texts) == length
    return found & valid_of(texts) if texts.null_count else found  # type: ignore[no-any-return]


def valid_of(texts: pa.StringArray) -> Mask:
    """Where there is a text."""
    return texts.is_valid().to_numpy(zero_copy_only=False)  # type: ignore[no-any-return]


def sign_at(texts: pa.StringArray, place: int, among: Mask) -> _Signs:
    """One sign of each text, from the beginning or (below zero) the end; 0 where it is not asked or there is none."""
    offsets, signs = offsets_of(texts), signs_of(texts)
    at = (offsets[:-1] if place >= 0 else offsets[1:]) - offsets[0] + np.int32(place)
    among = among & (lengths_of(texts) > (place if place >= 0 else -place - 1))
    if among.all():
        return signs[at]  # type: ignore[no-any-return]
    found = np.zeros(len(texts), np.uint8)
    found[among] = signs[at[among]]
    return found


def _only_digits(texts: pa.StringArray, among: Mask, others: npt.NDArray[np.int8]) -> Mask:
    """Which of some texts are digits, but for a number of other signs that are known to be in each of them."""
    offsets = offsets_of(texts)
    other = _others(texts)
    if np.count_nonzero(other) == others.sum(where=among, dtype=np.int64) and (
        np.count_nonzero(among) == len(texts) - texts.null_count
    ):
        return among
    until = np.append(0, np.cumsum(other, dtype=np.int64))[offsets - offsets[0]]
    return among & (np.diff(until) == others)  # type: ignore[no-any-return]


def _others(texts: pa.StringArray) -> Mask:
    """Which signs are no digits."""
    return (signs_of(texts) - np.uint8(_ZERO)) > 9  # noqa: PLR2004 - a digit
