"""Findings: which rules a row broke, and the value found when it is not personal."""

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from quotum.identifiers import masked
from quotum.intake.rules import Rule
from quotum.tables import FINDINGS, Kind, Table

RULES_PER_MASK = 60
SHOWN_CHARACTERS = 40
_NEVER_SHOWN = frozenset({Kind.TEXT, Kind.EUROS})
_PLACE = ("delivery", "member", "row")

Masks = Sequence[npt.NDArray[np.int64]]


def masks_sql(rules: tuple[Rule, ...]) -> list[str]:
    """Per sixty rules one number whose bits say which are broken."""
    groups = [rules[start : start + RULES_PER_MASK] for start in range(0, len(rules), RULES_PER_MASK)]
    return [" + ".join(["0", *_bits(group)]) for group in groups]


def _bits(rules: tuple[Rule, ...]) -> Iterator[str]:
    for bit, rule in enumerate(rules):
        if rule.predicate != "true":
            yield f"CASE WHEN ({rule.predicate}) THEN 0 ELSE {1 << bit} END"


def broken(masks: Masks, number: int) -> npt.NDArray[np.bool_]:
    """Which rows broke the rule of this number."""
    return (masks[number // RULES_PER_MASK] >> number % RULES_PER_MASK & 1).astype(np.bool_)


def findings_of(raw: pa.Table, table: Table, rules: tuple[Rule, ...], masks: Masks) -> pa.Table:
    """One finding per row and rule broken, row by row, in the order of the rules.

    Args:
        raw: The rows, as read.
        table: What they are.
        rules: The rules, in order.
        masks: For each row the rules that it broke.
    """
    hits = [np.flatnonzero(broken(masks, number)) for number in range(len(rules))] if raw.num_rows else []
    if not sum(map(len, hits)):
        return FINDINGS.inside_schema.empty_table()
    at = np.concatenate(hits)
    number = np.repeat(np.arange(len(rules)), [len(some) for some in hits])
    values = [_shown(raw, some, table, rule) for rule, some in zip(rules, hits, strict=True)]
    order = pa.array(np.lexsort((number, at)))
    columns = {name: raw[name].take(pa.array(at)) for name in _PLACE}
    columns["rule"] = pa.array([rule.name for rule in rules]).take(pa.array(number))
    columns["level"] = pa.array([rule.level for rule in rules]).take(pa.array(number))
    columns["value"] = pa.concat_arrays(values)
    return pa.table(columns).take(order).cast(FINDINGS.inside_schema)


def _shown(raw: pa.Table, at: npt.NDArray[np.int64], table: Table, rule: Rule) -> pa.Array:
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
