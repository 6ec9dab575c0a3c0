"""Findings are put in order whatever the order they come in, a limited number at a time."""

import numpy as np
import pyarrow as pa
import pytest

from quotum.intake.checks import found
from quotum.intake.checks.found import findings_of
from quotum.intake.checks.row_rules import rules_of
from quotum.intake.staging import in_order
from quotum.intake.staging.in_order import InOrder
from quotum.intake.staging.parts import Parts, Writer
from quotum.intake.staging.void import Void
from quotum.tables import FINDINGS, RETURNS
from tests.helpers import arrow_rows, cells

RULES = ("a", "b", "c")
Finding = tuple[int, int, int, str]


def _table(rows: list[Finding]) -> pa.Table:
    columns = list(zip(*rows, strict=True)) if rows else [()] * 4
    names = ("delivery", "member", "row", "rule")
    given = dict(zip(names, map(list, columns), strict=True)) | {"level": ["finding"] * len(rows)}
    return pa.table(given | {"value": pa.nulls(len(rows), pa.string())}, FINDINGS.inside_schema)


def _drawn(chance: np.random.Generator, count: int) -> list[Finding]:
    found = {
        (int(chance.integers(3)), int(chance.integers(3)), int(chance.integers(1, 40)), RULES[chance.integers(3)])
        for _ in range(count)
    }
    return sorted(found)


def _merged(folder, tables: list[list[Finding]]) -> tuple[list[Finding], list[int], int]:
    """What comes out, in pieces of which size, and of how many runs."""
    with Writer() as writer:
        ordered = InOrder(lambda stem: Parts(folder, stem, FINDINGS.inside_schema, writer), writer.finish)
        for rows in tables:
            ordered.write(_table(rows))
        runs = len(ordered._runs)
        pieces = [piece.select(["delivery", "member", "row", "rule"]) for piece in ordered.merged()]
    assert list(folder.iterdir()) == []
    rows = [tuple(row.values()) for piece in pieces for row in piece.to_pylist()]
    return rows, [piece.num_rows for piece in pieces], runs


@pytest.mark.parametrize("seed", range(30))
def test_what_comes_in_any_order_is_merged(seed, tmp_path, monkeypatch):
    chance = np.random.default_rng(seed)
    monkeypatch.setattr(in_order, "_AT_A_TIME", int(chance.integers(1, 9)))
    monkeypatch.setattr(in_order, "_MOST_RUNS", int(chance.integers(2, 5)))
    monkeypatch.setattr(in_order, "_MOST_KEPT", int(chance.integers(2, 9)))
    tables = [_drawn(chance, int(chance.integers(60))) for _ in range(chance.integers(12))]
    rows, _, _ = _merged(tmp_path, tables)
    assert rows == sorted(row for table in tables for row in table)


def test_what_comes_in_order_is_one_run_and_given_as_it_is(tmp_path, monkeypatch):
    monkeypatch.setattr(in_order, "_AT_A_TIME", 10)
    rows = [(0, 0, number, "a") for number in range(95)]
    found, sizes, runs = _merged(tmp_path, [rows[:7], [], rows[7:60], rows[60:]])
    assert (found, sizes, runs) == (rows, [10] * 9 + [5], 1)


def test_two_orders_that_alternate_are_two_runs(tmp_path):
    tables = [[(0, member, 1, "a")] for member in (1, 10, 2, 11, 3, 12)]
    found, _, runs = _merged(tmp_path, tables)
    assert ([row[1] for row in found], runs) == ([1, 2, 3, 10, 11, 12], 2)


def test_findings_of_void_members_are_left_out():
    rows = [(0, 0, 1, "a"), (0, 1, 1, "a"), (1, 0, 1, "a"), (1, 1, 1, "b")]
    kept = Void({(0, 1), (1, 0)}).sieve()(_table(rows))
    assert [tuple(row.values())[:2] for row in kept.to_pylist()] == [(0, 0), (1, 1)]
    assert Void().sieve()(_table(rows)).num_rows == 4


@pytest.mark.parametrize("at_a_time", [1, 2, 3, 7, 1000])
def test_findings_are_made_a_few_at_a_time_row_by_row_and_by_name(at_a_time, monkeypatch):
    raw = arrow_rows("returns", [cells("returns")] * 9, typed=False)
    for name, values in (("delivery", np.zeros(9)), ("member", np.zeros(9)), ("row", np.arange(1, 10))):
        raw = raw.append_column(name, pa.array(values.astype(np.int64)))
    rules = rules_of(RETURNS)[:4]
    broken = [np.array(places, np.int64) for places in ([0, 1, 2, 8], [], [2, 3, 8], [0, 2, 8])]
    monkeypatch.setattr(found, "_AT_A_TIME", at_a_time)
    pieces = list(findings_of(raw, RETURNS, rules, broken))
    got = [(row["row"], row["rule"]) for piece in pieces for row in piece.to_pylist()]
    assert got == sorted(
        (int(place) + 1, rule.name) for rule, places in zip(rules, broken, strict=True) for place in places
    )
    assert max(piece.num_rows for piece in pieces) <= max(at_a_time + 2, 3)
    assert not list(findings_of(raw, RETURNS, rules, [np.zeros(0, np.int64)] * 4))


@pytest.mark.parametrize("broken", [([0, 1], [1]), ([0], [0, 1]), ([1, 2], [2]), ([2], [2])])
def test_rows_with_nothing_behind_the_last_finding(broken, monkeypatch):
    """The limit is crossed inside a row, and sound rows follow."""
    raw = arrow_rows("returns", [cells("returns")] * 6, typed=False)
    for name in ("delivery", "member", "row"):
        raw = raw.append_column(name, pa.array(np.arange(6)))
    monkeypatch.setattr(found, "_AT_A_TIME", 2)
    places = [np.array(one, np.int64) for one in broken]
    pieces = list(findings_of(raw, RETURNS, rules_of(RETURNS)[:2], places))
    assert sum(piece.num_rows for piece in pieces) == sum(map(len, broken))
    assert all(piece.num_rows for piece in pieces)
