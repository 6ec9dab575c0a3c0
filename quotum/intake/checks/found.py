"""Findings: which rules a row broke, and the value found when it is not personal."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from quotum.identifiers import masked
from quotum.intake.checks.row_rules import Rule
from quotum.tables import FINDINGS, Kind, Table

SHOWN_CHARACTERS = 40
_NEVER_SHOWN = frozenset({Kind.TEXT, Kind.EUROS})
_AT_A_TIME = 160_000
_PLACE = ("delivery", "member", "row")

Places = npt.NDArray[np.int64]
"""Numbers of rows within their table, in order."""


def findings_of(raw: pa.Table, table: Table, rules: tuple[Rule, ...], broken: Sequence[Places]) -> Iterator[pa.Table]:
    """One finding per row and rule broken, row by row and by name of the rule, a limited number at a time.

    Args:
        raw: The rows, as read.
        table: What they are.
        rules: The rules, in order.
        broken: For each rule the rows that break it.
    """
    found = [(rule, where) for rule, where in zip(rules, broken, strict=True) if len(where)]
    for first, end in _pieces([where for _, where in found], raw.num_rows):
        those = [(rule, where[slice(*np.searchsorted(where, (first, end)))]) for rule, where in found]
        if some := [(rule, where) for rule, where in those if len(where)]:
            yield _findings_of(raw, table, some)


def _pieces(broken: Sequence[Places], rows: int) -> Iterator[tuple[int, int]]:
    """First row, and the one after the last, of pieces of rows with about as many findings as are made at a time."""
    total = sum(map(len, broken))
    if not total:
        return
    if total <= _AT_A_TIME:
        yield 0, rows
        return
    before = np.cumsum(np.bincount(np.concatenate(broken), minlength=rows))
    ends = [*(np.searchsorted(before, np.arange(_AT_A_TIME, total, _AT_A_TIME)) + 1).tolist(), rows]
    yield from ((first, end) for first, end in pairwise([0, *dict.fromkeys(ends)]) if first < end)


def _findings_of(raw: pa.Table, table: Table, found: Sequence[tuple[Rule, Places]]) -> pa.Table:
    at = np.concatenate([where for _, where in found])
    number = np.repeat(np.arange(len(found)), [len(where) for _, where in found])
    by_name = np.argsort(np.argsort([rule.name for rule, _ in found]))
    order = pa.array(np.lexsort((by_name[number], at)))
    columns = {name: raw[name].take(pa.array(at)) for name in _PLACE}
    columns["rule"] = pa.array([rule.name for rule, _ in found]).take(pa.array(number))
    columns["level"] = pa.array([rule.level for rule, _ in found]).take(pa.array(number))
    columns["value"] = pa.concat_arrays([_shown(raw, where, table, rule) for rule, where in found])
    return pa.table(columns).take(order).cast(FINDINGS.inside_schema)


def _shown(raw: pa.Table, at: Places, table: Table, rule: Rule) -> pa.Array:
    """The values found, unless personal or a wage; what looks like a BSN in a wrong column is starred out."""
    if not rule.column or table.column(rule.column).personal or table.column(rule.column).kind in _NEVER_SHOWN:
        return pa.nulls(len(at), pa.string())
    found = raw[table.column(rule.column).delivered_name].take(pa.array(at)).combine_chunks()
    coded = found if pa.types.is_dictionary(found.type) else found.dictionary_encode()
    used = coded.indices.unique().drop_null()
    words = pa.array([_word(value) for value in _plain(coded.dictionary.take(used))], pa.string())
    return words.take(pc.index_in(coded.indices, used))


def _plain(values: pa.Array) -> list[object]:
    """Values as Python has them; days as text, and moments too that Python does not know but Arrow does."""
    if pa.types.is_date(values.type):
        values = values.cast(pa.string())
    try:
        return values.to_pylist()  # type: ignore[no-any-return]
    except OverflowError:
        return values.cast(pa.string()).to_pylist()  # type: ignore[no-any-return]


def _word(value: object) -> str:
    text = value.isoformat() if hasattr(value, "isoformat") else str(value)
    return masked(text)[:SHOWN_CHARACTERS]
