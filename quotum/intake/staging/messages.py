"""Accepted rows grouped by message: the fragments of returns, numbered in the order in which they begin."""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from attrs import frozen

from quotum.errors import SelfCheckFailed
from quotum.intake.rows import numbers, where, whole
from quotum.tables import FRAGMENTS, INCOME_RELATIONS

Whole = npt.NDArray[np.int64]
Signs = npt.NDArray[np.uint64]

SUMS: Final = ("social_wage_cents", "premium_wage_low_cents", "premium_wage_high_cents", "premium_benefit_cents")
FRAGMENT_SCHEMA: Final = pa.schema(
    [*FRAGMENTS.inside_schema, pa.field("first_row", pa.int64()), *(pa.field(name, pa.int64()) for name in SUMS)]
)
SUMS_SCHEMA: Final = pa.schema([FRAGMENT_SCHEMA.field(name) for name in ("delivery", "member", "first_row", *SUMS)])
_MESSAGE: Final = (
    "delivery", "member", "payroll_tax_number", "message_id", "filed_at", "filing_given", "return_kind",
    "period_start", "period_end",
)  # fmt: skip
# Columns that distinguish messages well enough: all but the identification of the message.
_SIGN: Final = ("payroll_tax_number", "filed_at", "period_start", "period_end")
# Bits of a BSN or its substitute, of an income relation, and of the fragments of one table of rows.
_PERSON_BITS, _RELATION_BITS = 31, 14
_ABOVE_BSNS: Final = 10**9 + 1
_MOST_FRAGMENTS: Final = 1 << (63 - _PERSON_BITS - _RELATION_BITS)
_MIXERS: Final = (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0xD6E8FEB86659FD93)


@frozen
class Fragments:
    """Fragments of the messages in a table of accepted rows."""

    fragments: pa.Table
    """One row per fragment, as `FRAGMENT_SCHEMA`."""
    rows: dict[int, pa.Table]
    """Rows with an income relation, by calendar year of their period, as `tables.INCOME_RELATIONS`."""
    years: frozenset[tuple[int, int, int]]
    """Delivery, member and calendar year of the periods."""
    signs: Signs
    """A number for each fragment, equal within a message, kind and period, and rarely equal otherwise."""
    last: int
    """Fragment of the last row; the first row is in the first fragment."""


def fragments_of(accepted: pa.Table, first: int) -> Fragments:
    """Numbers the fragments of rows of returns.

    Args:
        accepted: Accepted rows as understood, by delivery, member and row.
        first: Number of the first fragment.
    """
    filed = accepted["filed_at"]
    filing = pc.coalesce(whole(filed), whole(accepted["made_at"])) if filed.null_count else filed
    placed = accepted.append_column("filing_given", filed.is_valid())
    placed = placed.set_column(placed.schema.get_field_index("filed_at"), "filed_at", filing)
    message = [_comparable(placed[name]) for name in _MESSAGE]
    runs = _begins(message)
    leaders = _leaders([column[runs].astype(np.int64) for column in message])
    heads, fragment_of_run = np.unique(leaders, return_inverse=True)
    fragment = np.repeat(fragment_of_run, np.diff(np.append(runs, accepted.num_rows)))
    related = placed["relation_number"].is_valid().to_numpy()
    columns: dict[str, pa.Array] = {name: _plain(placed[name].take(pa.array(runs[heads]))) for name in _MESSAGE}
    columns["fragment"] = pa.array(np.arange(len(heads)) + first)
    columns["rows"] = pa.array(_summed(related.astype(np.int64), runs, fragment_of_run, len(heads)))
    columns["repeated"] = pa.array(_repeated(placed, fragment, related, len(heads)))
    columns["first_row"] = placed["row"].take(pa.array(runs[heads]))
    for name in SUMS:
        columns[name] = pa.array(_summed(numbers(whole(placed[name]), 0), runs, fragment_of_run, len(heads)))
    fragments = pa.table({name: columns[name] for name in FRAGMENT_SCHEMA.names}).cast(FRAGMENT_SCHEMA)
    kind = pc.index_in(fragments["return_kind"], pa.array(FRAGMENTS.column("return_kind").choices))
    signs = _mixed([numbers(whole(column)).astype(np.int64) for column in (kind, *fragments.select(_SIGN))], _MIXERS[0])
    return Fragments(fragments, *_by_year(placed, fragment + first, related, runs), signs, int(fragment[-1]) + first)


def split_by_kind(rows: pa.Table, fragments: pa.Table) -> tuple[pa.Table, pa.Table]:
    """Separates rows of full returns from rows of supplementary returns and corrections.

    Args:
        rows: As `tables.INCOME_RELATIONS`.
        fragments: Their fragments and others, numbered consecutively.
    """
    full = pc.equal(fragments["return_kind"], "V").to_numpy()
    if full.all() or not rows.num_rows:
        return rows, rows.slice(0, 0)
    of_row = full[numbers(whole(rows["fragment"])) - fragments["fragment"][0].as_py()]
    return where(rows, of_row), where(rows, ~of_row)


def _begins(columns: Sequence[npt.NDArray[Any]]) -> Whole:
    """Returns the rows that differ from the row before them."""
    differs = np.ones(len(columns[0]), np.bool_)
    differs[1:] = columns[0][1:] != columns[0][:-1]
    for column in columns[1:]:
        differs[1:] |= column[1:] != column[:-1]
    return np.flatnonzero(differs)


def _comparable(column: pa.ChunkedArray) -> npt.NDArray[Any]:
    """Returns a column as numbers that are equal where its values are equal."""
    values = whole(column)
    return numbers(values.cast(pa.int8()).cast(pa.int64()) if pa.types.is_boolean(values.type) else values)


def _plain(column: pa.ChunkedArray) -> pa.ChunkedArray:
    return column.cast(pa.string()) if pa.types.is_dictionary(column.type) else column


def _leaders(columns: Sequence[Whole]) -> Whole:
    """Returns, for each row, the first row that is equal to it in all columns.

    Rows are compared by a number mixed from their columns. The comparison of each row with its leader reveals unequal
    rows with the same number; they are then mixed anew.
    """
    for mixer in _MIXERS:
        mixed = _mixed(columns, mixer)
        ordered = np.sort(mixed)
        if not (ordered[1:] == ordered[:-1]).any():
            return np.arange(len(mixed))
        _, first, groups = np.unique(mixed, return_index=True, return_inverse=True)
        leaders = first[groups].astype(np.int64)
        if all((column == column[leaders]).all() for column in columns):
            return leaders
    _, first, groups = np.unique(np.stack(columns), axis=1, return_index=True, return_inverse=True)
    return first[groups.ravel()].astype(np.int64)


def _mixed(columns: Sequence[Whole], mixer: int) -> Signs:
    mixed = np.zeros(len(columns[0]), np.uint64)
    for column in columns:
        mixed = (mixed ^ column.view(np.uint64)) * np.uint64(mixer)
        mixed ^= mixed >> np.uint64(29)
    return mixed


def _summed(values: Whole, runs: Whole, fragment_of_run: Whole, size: int) -> Whole:
    """Returns the exact sum of each fragment."""
    total = np.zeros(size, np.int64)
    np.add.at(total, fragment_of_run, np.add.reduceat(values, runs))
    return total


def _repeated(placed: pa.Table, fragment: Whole, related: npt.NDArray[np.bool_], size: int) -> npt.NDArray[np.bool_]:
    """Marks fragments with two rows about the same income relation of the same person.

    Fragment, person (BSN, or else personnel number) and income relation fit into one number, so that equal numbers
    are equal rows.

    Raises:
        SelfCheckFailed: They do not fit: far more rows are processed at a time than ever should be.
    """
    bsn, personnel = numbers(whole(placed["bsn"])), placed["personnel_number"]
    person = bsn.copy()
    without = np.flatnonzero(bsn < 0)
    if len(without):
        person[without] = _ABOVE_BSNS + numbers(whole(personnel))[without]
    relation = numbers(whole(placed["relation_number"]))
    if size > _MOST_FRAGMENTS or person.max(initial=0) >= 1 << _PERSON_BITS:
        raise SelfCheckFailed("too many rows were put together at a time")
    identity = (((fragment << _PERSON_BITS) | person) << _RELATION_BITS) | relation
    ordered = np.sort(_perhaps_twice(identity if related.all() else identity[related]))
    repeated = np.zeros(size, np.bool_)
    repeated[ordered[1:][ordered[1:] == ordered[:-1]] >> (_PERSON_BITS + _RELATION_BITS)] = True
    return repeated


def _perhaps_twice(values: Whole) -> Whole:
    """Returns every value that occurs more than once, and few others, so that far fewer need sorting.

    Each value gets a place mixed from its bits, among eight times as many places as values. Only values that share a
    place can be equal.
    """
    bits = len(values).bit_length() + 3
    places = ((values.view(np.uint64) * np.uint64(_MIXERS[0])) >> np.uint64(64 - bits)).view(np.int64)
    number = np.arange(len(values), dtype=np.int32)
    holder = np.empty(1 << bits, np.int32)
    holder[places] = number
    holders = holder.take(places)
    sharing = np.flatnonzero(holders != number)
    shared = np.zeros(len(values), np.bool_)
    shared[sharing] = True
    shared[holders[sharing]] = True
    return values[shared]


def _by_year(
    placed: pa.Table, fragment: Whole, related: npt.NDArray[np.bool_], runs: Whole
) -> tuple[dict[int, pa.Table], frozenset[tuple[int, int, int]]]:
    """Splits rows by year, and lists the years of each member."""
    starts = numbers(whole(placed["period_start"]))
    year = starts[runs].astype("datetime64[D]").astype("datetime64[Y]").astype(np.int64) + 1970
    places = [numbers(whole(placed["delivery"]))[runs], numbers(whole(placed["member"]))[runs], year]
    changes = _begins(places)
    years = frozenset(zip(*(place[changes].tolist() for place in places), strict=True))
    numbered = placed.append_column("fragment", pa.array(fragment)).select(INCOME_RELATIONS.names)
    present = np.unique(year).tolist()
    of_row = np.repeat(year, np.diff(np.append(runs, len(starts)))) if len(present) > 1 else present[0]
    by_year = {}
    for calendar_year in present:
        keep = related & (of_row == calendar_year)
        rows = where(numbered, keep)
        by_year[calendar_year] = pa.table({name: _plain(rows[name]) for name in rows.schema.names})
    return by_year, years
