"""Findings: the rules that a row broke, and the delivered value when it is not personal."""

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
    """Yields a finding per row and broken rule, ordered by row and rule name, in batches.

    Args:
        raw: The rows, as read.
        table: The declared table.
        rules: The rules, in order.
        broken: For each rule the rows that break it.
    """
    broken_rules = [(rule, places) for rule, places in zip(rules, broken, strict=True) if len(places)]
    for first, end in _pieces([places for _, places in broken_rules], raw.num_rows):
        rules_here = [(rule, places[slice(*np.searchsorted(places, (first, end)))]) for rule, places in broken_rules]
        if broken_here := [(rule, places) for rule, places in rules_here if len(places)]:
            yield _findings_of(raw, table, broken_here)


def _pieces(broken: Sequence[Places], rows: int) -> Iterator[tuple[int, int]]:
    """First row and end (exclusive) of pieces of rows that each have about a batch of findings."""
    total = sum(map(len, broken))
    if not total:
        return
    if total <= _AT_A_TIME:
        yield 0, rows
        return
    before = np.cumsum(np.bincount(np.concatenate(broken), minlength=rows))
    ends = [*(np.searchsorted(before, np.arange(_AT_A_TIME, total, _AT_A_TIME)) + 1).tolist(), rows]
    yield from ((first, end) for first, end in pairwise([0, *dict.fromkeys(ends)]) if first < end)


def _findings_of(raw: pa.Table, table: Table, broken_rules: Sequence[tuple[Rule, Places]]) -> pa.Table:
    at = np.concatenate([places for _, places in broken_rules])
    number = np.repeat(np.arange(len(broken_rules)), [len(places) for _, places in broken_rules])
    by_name = np.argsort(np.argsort([rule.name for rule, _ in broken_rules]))
    order = pa.array(np.lexsort((by_name[number], at)))
    columns = {name: raw[name].take(pa.array(at)) for name in _PLACE}
    columns["rule"] = pa.array([rule.name for rule, _ in broken_rules]).take(pa.array(number))
    columns["level"] = pa.array([rule.level for rule, _ in broken_rules]).take(pa.array(number))
    columns["value"] = pa.concat_arrays([_shown(raw, places, table, rule) for rule, places in broken_rules])
    return pa.table(columns).take(order).cast(FINDINGS.inside_schema)


def _shown(raw: pa.Table, at: Places, table: Table, rule: Rule) -> pa.Array:
    """Delivered values, unless personal or a wage; digits that look like a BSN are starred out."""
    if not rule.column or table.column(rule.column).personal or table.column(rule.column).kind in _NEVER_SHOWN:
        return pa.nulls(len(at), pa.string())
    values = raw[table.column(rule.column).delivered_name].take(pa.array(at)).combine_chunks()
    coded = values if pa.types.is_dictionary(values.type) else values.dictionary_encode()
    used = coded.indices.unique().drop_null()
    words = pa.array([_word(value) for value in _plain(coded.dictionary.take(used))], pa.string())
    return words.take(pc.index_in(coded.indices, used))


def _plain(values: pa.Array) -> list[object]:
    """Values as Python objects; days, and moments that Python cannot hold, become text."""
    if pa.types.is_date(values.type):
        values = values.cast(pa.string())
    try:
        return values.to_pylist()  # type: ignore[no-any-return]
    except OverflowError:
        return values.cast(pa.string()).to_pylist()  # type: ignore[no-any-return]


def _word(value: object) -> str:
    text = value.isoformat() if hasattr(value, "isoformat") else str(value)
    return masked(text)[:SHOWN_CHARACTERS]
