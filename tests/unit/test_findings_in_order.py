"""Findings are made a limited number at a time, and put in order whatever the order they come in."""

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from quotum.intake.checks import findings
from quotum.intake.checks.findings import findings_of
from quotum.intake.checks.row_rules import rules_of
from quotum.intake.staging import findings as ordering
from quotum.intake.staging.findings import write_in_order
from quotum.tables import FINDINGS, RETURNS
from tests.helpers import arrow_rows
from tests.rows import cells

RULES = ("a", "b", "c")
Finding = tuple[int, int, int, str]


def _table(rows: list[Finding]) -> pa.Table:
    columns = list(zip(*rows, strict=True)) if rows else [()] * 4
    names = ("delivery", "member", "row", "rule")
    given = dict(zip(names, map(list, columns), strict=True)) | {"level": ["finding"] * len(rows)}
    return pa.table(given | {"value": pa.nulls(len(rows), pa.string())}, FINDINGS.inside_schema)


def _ordered(folder, files: list[list[Finding]], void=(), memory="128MB") -> list[Finding]:
    """What comes out."""
    paths = [folder / f"{number}.parquet" for number in range(len(files))]
    for path, rows in zip(paths, files, strict=True):
        pq.write_table(_table(rows), path)
    with duckdb.connect(
        config={"memory_limit": memory, "threads": 1, "temp_directory": str(folder / "t")}
    ) as connection:
        write_in_order(connection, paths, void, folder / "out.parquet")
    assert not any(path.exists() for path in paths)
    return [tuple(row.values())[:4] for row in pq.read_table(folder / "out.parquet").to_pylist()]


@pytest.mark.parametrize("seed", range(5))
def test_what_comes_in_any_order_is_put_in_order(seed, tmp_path, monkeypatch):
    chance = np.random.default_rng(seed)
    monkeypatch.setattr(ordering, "_AT_A_TIME", int(chance.integers(1, 90)))
    place = (range(3), range(3), range(1, 40), range(3))
    every = [(*map(int, row[:3]), RULES[row[3]]) for row in np.stack(np.meshgrid(*place), -1).reshape(-1, 4)]
    drawn = [every[number] for number in chance.permutation(len(every))]
    cuts = sorted(chance.integers(0, len(drawn), 4).tolist())
    files = [drawn[start:end] for start, end in zip([0, *cuts], [*cuts, len(drawn)], strict=True)]
    assert _ordered(tmp_path, files) == sorted(every)


def test_more_findings_than_the_memory_holds_are_put_in_order(tmp_path):
    rows = [(0, number % 7, number, "some_rule_of_a_length") for number in range(300_000)]
    assert _ordered(tmp_path, [rows], memory="24MB") == sorted(rows)


def test_findings_of_void_members_are_left_out_but_for_those_of_the_whole(tmp_path):
    rows = [(0, 0, 1, "a"), (0, 1, 0, "b"), (0, 1, 1, "a"), (1, 0, 1, "a"), (1, 1, 1, "b")]
    assert _ordered(tmp_path, [rows, []], void={(0, 1), (1, 0)}) == [rows[0], rows[1], rows[4]]


@pytest.mark.parametrize("at_a_time", [1, 2, 3, 7, 1000])
def test_findings_are_made_a_few_at_a_time_row_by_row_and_by_name(at_a_time, monkeypatch):
    raw = arrow_rows("returns", [cells("returns")] * 9, typed=False)
    for name, values in (("delivery", np.zeros(9)), ("member", np.zeros(9)), ("row", np.arange(1, 10))):
        raw = raw.append_column(name, pa.array(values.astype(np.int64)))
    rules = rules_of(RETURNS)[:4]
    broken = [np.array(places, np.int64) for places in ([0, 1, 2, 8], [], [2, 3, 8], [0, 2, 8])]
    monkeypatch.setattr(findings, "_AT_A_TIME", at_a_time)
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
    monkeypatch.setattr(findings, "_AT_A_TIME", 2)
    places = [np.array(place, np.int64) for place in broken]
    pieces = list(findings_of(raw, RETURNS, rules_of(RETURNS)[:2], places))
    assert sum(piece.num_rows for piece in pieces) == sum(map(len, broken))
    assert all(piece.num_rows for piece in pieces)
