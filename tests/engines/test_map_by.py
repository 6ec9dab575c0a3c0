"""Rows of one key go through a function together, on every engine, and of a bounded number of keys at a time."""

import pickle
from collections import Counter
from datetime import date
from functools import partial
from itertools import pairwise

import narwhals as nw
import pyarrow as pa
import pyarrow.compute as pc
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotum.engine import duck
from quotum.engine.by_key import per_key
from quotum.law.wtl.lkv_until_2025 import Duration, MonthBefore
from quotum.parameters import Figures
from quotum.run.lkv_terms import read_lkv_terms
from quotum.run.stages.rights_of_persons import DECIDED, deciding, known_of, papers_of
from tests.spec.tables import BOOK, new_engine

ADDED = pa.schema({"key": pa.int64(), "rows": pa.int64(), "value": pa.int64(), "table": pa.int64()})
ENGINES = ["duckdb", "pyarrow", "pandas"]


def _added(rows, more):
    """A row per key: its rows, the sum of a value, and how many rows came along in the same table."""
    result = rows.group_by("key").aggregate([("value", "count"), ("value", "sum")])
    size = pa.repeat(pa.scalar(rows.num_rows, pa.int64()), result.num_rows)
    return pa.table([result["key"], result["value_count"], pc.add(result["value_sum"], more), size], schema=ADDED)


@pytest.mark.parametrize("name", ENGINES)
def test_every_key_is_in_one_table(name, tmp_path, monkeypatch):
    """Keys have from one row to more than a table holds, and lie in no order."""
    monkeypatch.setattr(duck, "_MAPPED_AT_A_TIME", 2048)
    sizes = [1, 2, 1500, 2048, 5000, 7, 3, *[1] * 3000]
    numbered = [(key, value) for key, size in enumerate(sizes, -3) for value in range(size)]
    shuffled = sorted(numbered, key=lambda pair: (pair[1] * 7919 + pair[0] * 104_729) % 15_013)
    table = pa.table([pa.array(column, pa.int64()) for column in zip(*shuffled, strict=True)], ["key", "value"])
    engine = new_engine(name, tmp_path)
    frame = engine.table(table).with_columns(value=nw.col("value") * 2)
    rows = engine.collect(engine.map_by(frame, "key", partial(_added, more=1), ADDED)).sort_by("key").to_pylist()
    assert [(row["key"], row["rows"], row["value"]) for row in rows] == [
        (key, size, size * (size - 1) + 1) for key, size in enumerate(sizes, -3)
    ]
    tables = {row["table"] for row in rows}
    assert (max(tables) < sum(sizes)) == (name == "duckdb"), "a stream comes in pieces, what is in memory at once"


@pytest.mark.parametrize("name", ENGINES)
def test_no_rows_give_no_rows_of_the_schema(name, tmp_path):
    engine = new_engine(name, tmp_path)
    none = pa.table({"key": pa.array([], pa.int64()), "value": pa.array([], pa.int64())})
    mapped = engine.map_by(engine.table(none), "key", partial(_added, more=1), ADDED)
    assert engine.collect(mapped).select(ADDED.names).cast(ADDED).num_rows == 0
    joined = engine.table(pa.table({"key": [1]})).join(mapped, on="key", how="left")
    assert engine.collect(joined)["value"].to_pylist() == [None]


@given(st.lists(st.integers(1, 9), max_size=12), st.lists(st.integers(0, 7), max_size=30), st.integers(1, 20))
def test_a_stream_is_cut_between_keys_only(sizes, lengths, at_least):
    """However long its batches are, some of them empty."""
    keys = [key for key, size in enumerate(sizes) for _ in range(size)]
    whole = pa.record_batch({"key": pa.array(keys, pa.int64()), "place": pa.array(range(len(keys)), pa.int64())})
    batches, begun = [], 0
    for length in lengths:
        batches.append(whole.slice(begun, length))
        begun = min(begun + length, len(keys))
    cut = list(per_key([*batches, whole.slice(begun)], "key", at_least))
    assert [place for row in cut for place in row["place"].to_pylist()] == list(range(len(keys)))
    assert all(batch.num_rows for batch in cut)
    assert all(first["key"][-1] != other["key"][0] for first, other in pairwise(cut))


def test_keys_that_fill_batches_are_not_heaped_up():
    """A table is given out as soon as its last key is over."""
    batches = (pa.record_batch({"key": pa.array([key] * 3, pa.int64())}) for key in range(5))
    assert [batch.num_rows for batch in per_key(batches, "key", 3)] == [3] * 5


def _known(engine, numbers):
    """Persons with an employment since 2024, declared and registered, of whom the employer asks the LKV."""
    day, started, reported = date(2024, 1, 1), date(2024, 3, 1), date(2024, 3, 31)
    table = pa.table(
        {
            "rsin": pa.array([9] * len(numbers)), "payroll_tax_number": pa.array([901] * len(numbers)),
            "bsn": pa.array(numbers), "relation_number": pa.array([1] * len(numbers)),
            "started_on": pa.array([started] * len(numbers)), "ended_on": pa.nulls(len(numbers), pa.date32()),
            "period_start": pa.array([started] * len(numbers)), "period_end": pa.array([reported] * len(numbers)),
        }
    )  # fmt: skip
    asked = dict.fromkeys(("asked_older", "asked_disabled", "asked_reassigned", "asked_in_group"), 0)
    columns = {name: pa.array([value] * len(numbers), pa.int64()) for name, value in asked.items()}
    columns |= {"asked_jobs_agreement": pa.array([1] * len(numbers), pa.int64())}
    asks = pa.table({"rsin": table["rsin"], "bsn": table["bsn"], **columns})
    ends = pa.array([date(9999, 12, 31)] * len(numbers))
    days = pa.array([day] * len(numbers))
    register = pa.table(
        {
            "bsn": table["bsn"], "registered_from": days, "registered_until": ends,
            "ended_by": pa.nulls(len(numbers), pa.string()),
        }
    )  # fmt: skip
    kinds = pa.array(["jobs_agreement"] * len(numbers))
    declared = pa.table({"bsn": table["bsn"], "category": kinds, "from_day": days, "until_day": ends})
    papers = engine.table(papers_of(register, declared))
    return known_of([engine.table(table)], engine.table(asks), papers)


@pytest.mark.parametrize("name", ENGINES)
def test_persons_are_decided_the_same_in_pieces(name, tmp_path, monkeypatch):
    """Each has the window of its own employment; the function may go to another process."""
    monkeypatch.setattr(duck, "_MAPPED_AT_A_TIME", 2048)
    engine, numbers = new_engine(name, tmp_path), list(range(1, 3001))
    terms = read_lkv_terms(Figures(BOOK), 2024)
    assert terms.by_declaration == Duration(3, 6, terms.month_before)
    assert terms.month_before[0][1] is MonthBefore.CALENDAR_MONTH
    function = pickle.loads(pickle.dumps(deciding(terms, None)))  # noqa: S301 (its own bytes)
    decided = engine.collect(engine.map_by(_known(engine, numbers), "bsn", function, DECIDED)).to_pylist()
    assert Counter(row["what"] for row in decided) == {"window": 3000, "covered": 3000}
    windows = sorted((row["bsn"], row["from_day"], row["ends_before"]) for row in decided if row["what"] == "window")
    assert windows == [(bsn, date(2024, 3, 1), date(2027, 3, 1)) for bsn in numbers]
