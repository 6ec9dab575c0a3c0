"""Conversion of a program's way to write a value to the form that the checks know; the same for CSV and Parquet.

Blanks around a value, a code in small letters, a day as midnight and a moment with a space have one meaning. An
ambiguous value stays as it is, so that its check rejects it.
"""

from collections.abc import Callable
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc
from attrs import frozen

from quotum.intake.flat.plain_values import lengths_of, sign_at, signs_of, valid_of
from quotum.intake.rows import whole
from quotum.tables import Column, Kind

_BLANKS: Final = " \t\u00a0"
_BYTES_OF_SIGN: Final = 4
# Bytes of a number, day or code, with zeros before and behind it.
_LONGEST: Final = 40
CUT: Final = "..."
"""End of a text that was cut because it is too long to mean anything."""
_SMALL_A, _BLANK, _ASCII = ord("a"), ord(" "), 0x7F
_DAY_SIGNS, _MOMENT_SIGNS = 10, 19
_T: Final = ord("T")
_YES_OR_NO: Final = ("J", "N")

_DAY: Final = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
_TIME: Final = r"[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]+)?"
_MIDNIGHT: Final = (rf"^({_DAY})[ T]00:00(?::00(?:\.0+)?)?$", r"\1")
# PostgreSQL, SQL Server, DuckDB and pandas write moments with a space, and offsets in four ways.
_MOMENTS: Final = (
    (rf"^({_DAY}) ({_TIME})", r"\1T\2"),
    (rf"^({_DAY}T{_TIME}) ?UTC$", r"\1Z"),
    (rf"^({_DAY}T{_TIME}) ([+-])", r"\1\2"),
    (rf"^({_DAY}T{_TIME}[+-][0-9]{{2}})$", r"\1:00"),
    (rf"^({_DAY}T{_TIME}[+-][0-9]{{2}})([0-9]{{2}})$", r"\1:\2"),
)
# As Excel shows them in the Netherlands: 1-3-2026 and 1-3-2026 9:05:00.
_DUTCH_DAYS: Final = (
    (r"^([0-9])-([0-9]{1,2}-[0-9]{4})", r"0\1-\2"),
    (r"^([0-9]{2})-([0-9])-([0-9]{4})", r"\1-0\2-\3"),
    (r"^([0-9]{2})-([0-9]{2})-([0-9]{4})( |$)", r"\3-\2-\1\4"),
    (rf"^({_DAY}) ([0-9]:)", r"\1 0\2"),
)
# Zeros at the end say nothing, and some leave out the one before the point.
_SHARES: Final = ((r"^\.", "0."), (r"(\.[0-9]*[1-9])0+$", r"\1"), (r"\.0+$", ""))
_EIGHT_DIGITS: Final = (r"^([0-9]{4})([0-9]{2})([0-9]{2})$", r"\1-\2-\3")


@frozen
class Writing:
    """How a delivery is written."""

    dutch: bool = False
    """Decimal commas, and days with the day first."""
    spolisbus: bool = False
    """The form of CBS SPOLISBUS: `-` means no, and a day is written without dashes."""


def longest_read(column: Column) -> int:
    """Returns the length in bytes beyond which a text in a column means nothing."""
    return _BYTES_OF_SIGN * column.longest + len(CUT) if column.kind is Kind.TEXT else _LONGEST


def left_of_it(column: Column) -> int:
    """Returns how many characters of an overlong text are kept, so that it is rejected and takes little memory."""
    return column.longest if column.kind is Kind.TEXT else _LONGEST - len(CUT)


def in_one_form(values: pa.ChunkedArray, column: Column, writing: Writing) -> pa.ChunkedArray:
    """Brings the texts of a column into the form that the checks know; other types stay as they are."""
    if not pa.types.is_string(values.type) or values.null_count == len(values):
        return values
    texts = _not_too_long(_without_blanks(whole(values)), column)
    return pa.chunked_array([_of_kind(texts, column, writing)])


def _without_blanks(texts: pa.StringArray) -> pa.StringArray:
    """Strips blanks from texts; an empty text becomes null."""
    signs = signs_of(texts)
    if len(signs) and (signs.min() <= _BLANK or signs.max() > _ASCII):
        texts = pc.utf8_trim(texts, _BLANKS)
    if lengths_of(texts)[valid_of(texts)].min(initial=1):
        return texts
    return pc.if_else(pc.equal(texts, ""), pa.scalar(None, pa.string()), texts)


def _not_too_long(texts: pa.StringArray, column: Column) -> pa.StringArray:
    """Cuts texts that are too long to mean anything, in such a way that they are rejected."""
    longest = longest_read(column)
    if lengths_of(texts).max(initial=0) <= longest:
        return texts
    cut = pc.binary_join_element_wise(pc.utf8_slice_codeunits(texts, 0, left_of_it(column)), CUT, "")
    return pc.if_else(pc.greater(pc.binary_length(texts), longest), cut, texts)


def _of_kind(texts: pa.StringArray, column: Column, writing: Writing) -> pa.StringArray:  # noqa: PLR0911 - one answer per kind
    match column.kind:
        case Kind.FLAG:
            texts = pc.if_else(pc.equal(texts, "-"), "N", texts) if writing.spolisbus else texts
            return _in_case_of(texts, _YES_OR_NO)
        case Kind.CHOICE:
            return _in_case_of(texts, column.choices)
        case Kind.PAYROLL_TAX_NUMBER:
            return pc.utf8_upper(texts) if _has_small_letters(texts) else texts
        case Kind.EUROS:
            return _with_point(texts) if writing.dutch else texts
        case Kind.SHARE:
            return _changed(_with_point(texts) if writing.dutch else texts, _SHARES)
        case Kind.DATE:
            return _day(texts, writing)
        case Kind.MOMENT:
            return _moment(texts, writing)
        case _:
            return texts


def _with_point(texts: pa.StringArray) -> pa.StringArray:
    """Turns decimal commas into points; a value that already has a point is spoilt, so that its check rejects it."""
    return pc.replace_substring(pc.replace_substring(texts, ".", "?"), ",", ".")


def _in_case_of(texts: pa.StringArray, choices: tuple[str, ...]) -> pa.StringArray:
    """Gives texts the case of the choice that they match in any case."""
    if not _has_small_letters(texts) and all(choice.isupper() for choice in choices):
        return texts

    def chosen(distinct: pa.StringArray) -> pa.StringArray:
        place = pc.index_in(pc.utf8_lower(distinct), pa.array([choice.lower() for choice in choices]))
        return pc.coalesce(pa.array(choices, pa.string()).take(place), distinct)

    return _each_once(texts, chosen)


def _day(texts: pa.StringArray, writing: Writing) -> pa.StringArray:
    if not (writing.dutch or writing.spolisbus) and _all_have(texts, _DAY_SIGNS):
        return texts
    changes = (*(_DUTCH_DAYS if writing.dutch else ()), *((_EIGHT_DIGITS,) if writing.spolisbus else ()), _MIDNIGHT)
    return _each_once(texts, lambda distinct: _changed(distinct, changes))


def _moment(texts: pa.StringArray, writing: Writing) -> pa.StringArray:
    present = valid_of(texts)
    if _all_have(texts, _MOMENT_SIGNS) and (sign_at(texts, _DAY_SIGNS, present)[present] == _T).all():
        return texts
    changes = (*(_DUTCH_DAYS if writing.dutch else ()), *_MOMENTS)
    return _each_once(texts, lambda distinct: _changed(distinct, changes))


def _changed(texts: pa.StringArray, changes: tuple[tuple[str, str], ...]) -> pa.StringArray:
    for pattern, replacement in changes:
        texts = pc.replace_substring_regex(texts, pattern, replacement)
    return texts


def _each_once(texts: pa.StringArray, change: Callable[[pa.StringArray], pa.StringArray]) -> pa.StringArray:
    """Applies a change once to each distinct text."""
    coded = texts.dictionary_encode()
    return change(coded.dictionary).take(coded.indices)


def _has_small_letters(texts: pa.StringArray) -> bool:
    return bool(signs_of(texts).max(initial=0) >= _SMALL_A)


def _all_have(texts: pa.StringArray, signs: int) -> bool:
    """Whether all present texts have a number of bytes."""
    return bool((lengths_of(texts)[valid_of(texts)] == signs).all())
