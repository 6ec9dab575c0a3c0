"""The specification of a decision: persons and amounts as CSV, checked whole before anything is compared."""

import csv
import re
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Final, TextIO

import pyarrow as pa
from attrs import frozen

from quotum.errors import DeliveryRefused
from quotum.identifiers import RSIN_DIGITS, masked, passes_eleven_test
from quotum.money import CENTS_PER_EURO

RSIN, LHNR, BSN, HOURS, LKV, BONUS = "rsin", "lhnr", "bsn", "hours", "lkv", "bonus"
_REQUIRED: Final = (BSN, LKV)
_EMPLOYERS: Final = (RSIN, LHNR)
_KNOWN: Final = (*_EMPLOYERS, *_REQUIRED, HOURS, BONUS)
_AT_A_TIME: Final = 10_000
COLUMNS: Final = pa.schema(
    {
        "rsin": pa.int64(), "bsn": pa.int64(), "line": pa.int64(), "their_hours": pa.int64(),
        "their_lkv_cents": pa.int64(), "their_bonus_cents": pa.int64(),
    }
)  # fmt: skip
"""Columns of a specification; hours and bonus are null where it has none."""
_Row = tuple[int, int, int, int | None, int, int | None]


@frozen
class Dialect:
    """Signs of a CSV."""

    delimiter: str = ","
    """Sign between values."""
    decimal: str = "."
    """The decimal sign."""


DIALECTS: Final = {"iso": Dialect(), "nl": Dialect(";", ",")}


def read_specification(path: Path, employer: int | None, dialect: Dialect) -> pa.Table:
    """Read the rows of a specification, as `COLUMNS`.

    Args:
        path: CSV file with `bsn` and `lkv` (euros), and `rsin` or `lhnr` where no employer is named; `hours` and
            `bonus` may be there.
        employer: The employer of every row; None when the file says it.
        dialect: Its signs.

    Raises:
        DeliveryRefused: It is no such file, or a row is not as it should be.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            batches = list(_batches(stream, path, employer, dialect))
    except UnicodeDecodeError:
        raise _refusal(path, "it is no UTF-8; save it as CSV UTF-8") from None
    except csv.Error as error:
        raise _refusal(path, f"it is no CSV ({error})") from None
    except OSError as error:
        raise _refusal(path, f"it cannot be read: {error.strerror}") from error
    rows = pa.Table.from_batches(batches, COLUMNS)
    if not rows.num_rows:
        raise _refusal(path, "it has no rows; name the specification of the decision")
    return rows


def _batches(stream: TextIO, path: Path, employer: int | None, dialect: Dialect) -> Iterator[pa.RecordBatch]:
    rows = csv.DictReader(stream, delimiter=dialect.delimiter, strict=True)
    _require_header([name.strip() for name in rows.fieldnames or ()], path, employer, dialect)
    rows.fieldnames = [name.strip() for name in rows.fieldnames or ()]
    numbered = enumerate(rows, 1)
    while chunk := [_row(number, row, path, employer, dialect) for number, row in islice(numbered, _AT_A_TIME)]:
        columns = zip(*chunk, strict=True)
        yield pa.record_batch(
            [pa.array(column, field.type) for column, field in zip(columns, COLUMNS, strict=True)], COLUMNS
        )


def _require_header(names: list[str], path: Path, employer: int | None, dialect: Dialect) -> None:
    lacking = [name for name in _REQUIRED if name not in names]
    if lacking:
        raise _refusal(
            path,
            f"it has no column {lacking[0]}; its first line names the columns, separated by {dialect.delimiter!r} "
            "(--dialect nl: ';' and a decimal comma)",
        )
    unknown = [name for name in names if name not in _KNOWN]
    if unknown or len(set(names)) != len(names):
        what = f"column {names.index(unknown[0]) + 1} is none of" if unknown else "a column stands there twice, of"
        raise _refusal(path, f"{what} {', '.join(_KNOWN)}")
    named = [name for name in _EMPLOYERS if name in names]
    if employer is None and len(named) != 1:
        raise _refusal(path, "it has no column rsin or lhnr (or both); name the employer with --employer")
    if employer is not None and named:
        raise _refusal(path, f"it has a column {named[0]}; leave out --employer")


def _row(number: int, row: Mapping[str | None, str | None], path: Path, employer: int | None, dialect: Dialect) -> _Row:
    if None in row or None in row.values():
        raise _refusal(path, "it has more or fewer values than the first line names columns", number)

    def text(name: str) -> str:
        return (row.get(name) or "").strip()

    def cents(name: str) -> int:
        return _cents(text(name), dialect.decimal, path, number, name)

    hours = text(HOURS)
    if hours and not re.fullmatch(r"-?\d{1,9}", hours, re.ASCII):
        raise _refusal(path, "hours is no whole number", number)
    rsin = employer if employer is not None else _digits(text(RSIN) or text(LHNR), r"\d{9}(L\d{2})?", path, number)
    bsn = _digits(text(BSN), r"\d{9}", path, number)
    return rsin, bsn, number, int(hours) if hours else None, cents(LKV), cents(BONUS) if text(BONUS) else None


def _digits(text: str, form: str, path: Path, number: int) -> int:
    if not re.fullmatch(form, text, re.ASCII) or not passes_eleven_test(text[:RSIN_DIGITS]):
        raise _refusal(path, "a BSN, RSIN or payroll tax number is none: nine digits that pass the eleven test", number)
    return int(text[:RSIN_DIGITS])


def _cents(text: str, decimal: str, path: Path, number: int, name: str) -> int:
    match = re.fullmatch(rf"(\d{{1,10}})(?:{re.escape(decimal)}(\d{{1,2}}))?", text, re.ASCII)
    if match is None:
        raise _refusal(
            path, f"{name} is no amount in euros, with at most two decimals after {decimal!r} and nothing else", number
        )
    return int(match[1]) * CENTS_PER_EURO + int((match[2] or "").ljust(2, "0"))


def _refusal(path: Path, what: str, number: int | None = None) -> DeliveryRefused:
    where = "" if number is None else f", row {number}"
    return DeliveryRefused(f"{masked(path.name)}{where}: {what}")


__all__ = ["COLUMNS", "DIALECTS", "Dialect", "read_specification"]
