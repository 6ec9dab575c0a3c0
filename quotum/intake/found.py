"""Findings: which rules a row broke, and the value found when it is not personal."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from quotum.identifiers import masked
from quotum.intake.rules import Rule
from quotum.tables import FINDINGS, Kind, Table

SHOWN_CHARACTERS = 40
_NEVER_SHOWN = frozenset({Kind.TEXT, Kind.EUROS})
_PLACE = ("delivery", "member", "row")

Places = npt.NDArray[np.int64]
"""Numbers of rows within their table, in order."""


def findings_of(raw: pa.Table, table: Table, rules: tuple[Rule, ...], broken: Sequence[Places]) -> pa.Table:
    """One finding per row and rule broken, row by row, in the order of the rules.

    Args:
        raw: The rows, as read.
        table: What they are.
        rules: The rules, in order.
        broken: For each rule the rows that break it.
    """
    found = [
        (number, rule, where) for number, (rule, where) in enumerate(zip(rules, broken, strict=True)) if len(where)
    ]
    if not found:
        return FINDINGS.inside_schema.empty_table()
    at = np.concatenate([where for _, _, where in found])
    number = np.repeat([number for number, _, _ in found], [len(where) for _, _, where in found])
    order = pa.array(np.lexsort((number, at)))
    columns = {name: raw[name].take(pa.array(at)) for name in _PLACE}
    columns["rule"] = pa.array([rule.name for rule in rules]).take(pa.array(number))
    columns["level"] = pa.array([rule.level for rule in rules]).take(pa.array(number))
    columns["value"] = pa.concat_arrays([_shown(raw, where, table, rule) for _, rule, where in found])
    return pa.table(columns).take(order).cast(FINDINGS.inside_schema)


def _shown(raw: pa.Table, at: Places, table: Table, rule: Rule) -> pa.Array:
    """The values found, unless personal or a wage; what looks like a BSN in a wrong column is starred out."""
    if not rule.column or table.column(rule.column).personal or table.column(rule.column).kind in _NEVER_SHOWN:
        return pa.nulls(len(at), pa.string())
    found = raw[table.column(rule.column).delivered_name].take(pa.array(at)).combine_chunks()
    if pa.types.is_dictionary(found.type):
        found = found.cast(found.type.value_type)
    coded = found.dictionary_encode()
    words = pa.array([_word(value) for value in _plain(coded.dictionary)], pa.string())
    return words.take(coded.indices)


def _plain(values: pa.Array) -> list[object]:
    """Values as Python has them; days as text, since Python knows fewer days than Arrow."""
    return (values.cast(pa.string()) if pa.types.is_date(values.type) else values).to_pylist()  # type: ignore[no-any-return]


def _word(value: object) -> str:
    text = value.isoformat() if hasattr(value, "isoformat") else str(value)
    return masked(text)[:SHOWN_CHARACTERS]
