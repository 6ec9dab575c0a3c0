"""What each engine gives for each verb, and what is Spark's alone: a session that is another's, files elsewhere."""

import time
from datetime import datetime
from hashlib import sha256
from pathlib import Path

import narwhals as nw
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from quotum import engine
from quotum.engine.arrow import ArrowEngine
from quotum.engine.by_key import per_key
from quotum.errors import CannotWrite, SelfCheckFailed

spark = pytest.mark.spark
ROWS = pa.table({"key": pa.array([3, 1, 2, 1, None, 3], pa.int64()), "word": ["a", "b", "c", "d", "e", None]})
COUNTED = pa.schema([("key", pa.int64()), ("rows", pa.int64()), ("keys", pa.int64())])


@pytest.fixture(params=["duckdb", "pyarrow", pytest.param("spark", marks=spark)])
def opened(request, tmp_path):
    """Each engine in turn."""
    if request.param == "pyarrow":
        yield ArrowEngine()
        return
    if request.param == "spark":
        request.getfixturevalue("spark_session")
    with engine.open(request.param, tmp_path) as own_engine:
        yield own_engine


def _counted(table: pa.Table) -> pa.Table:
    """How often each key is in a table, and how many keys there are in it."""
    result = table.group_by("key").aggregate([([], "count_all")])
    return pa.table([result["key"], result["count_all"], pa.repeat(result.num_rows, result.num_rows)], schema=COUNTED)


def _refused(_table: pa.Table) -> pa.Table:
    raise SelfCheckFailed("a sum of a test is wrong")


def test_map_by(opened):
    """Rows of one key come together; many keys come at once."""
    rows = opened.collect(opened.map_by(opened.table(ROWS), "key", _counted, COUNTED)).to_pylist()
    assert sorted((row["key"] or 0, row["rows"]) for row in rows) == [(0, 1), (1, 2), (2, 1), (3, 2)]
    assert max(row["keys"] for row in rows) > 1


def test_map_by_of_nothing(opened):
    assert opened.collect(opened.map_by(opened.table(ROWS.slice(0, 0)), "key", _counted, COUNTED)).num_rows == 0


def test_map_by_raises_what_the_function_raises(opened):
    with pytest.raises(SelfCheckFailed, match=r"a sum of a test is wrong\. This is a defect of quotum"):
        opened.collect(opened.map_by(opened.table(ROWS), "key", _refused, COUNTED))


@pytest.mark.parametrize("at_least", [1, 2, 3, 100])
@pytest.mark.parametrize("batch", [1, 2, 3, 100])
def test_a_stream_is_cut_where_the_key_changes(at_least, batch):
    keys = pa.table({"key": pa.array([1, 1, 2, 3, 3, 3, 3, 4, None, None], pa.int64()), "row": range(10)})
    result = list(per_key(keys.to_batches(batch), "key", at_least))
    assert pa.concat_tables(result)["row"].to_pylist() == list(range(10))
    seen = [set(table["key"].to_pylist()) for table in result]
    assert sum(map(len, seen)) == 5
    assert all(table.num_rows < at_least + 4 + batch for table in result)
    assert len(result) > 1 or at_least + batch > 4


def test_scan_takes_a_name_as_it_is(opened, tmp_path):
    """No sign in a path stands for others."""
    for name in ("a[b]{c,d} *?%20é", "ab"):
        folder = tmp_path / name
        folder.mkdir()
        pq.write_table(pa.table({"name": [name]}), folder / "rows.parquet")
        scanned = opened.scan([folder / "rows.parquet"], pa.schema([("name", pa.string())]))
        assert opened.collect(scanned)["name"].to_pylist() == [name]


def test_batches_are_in_order(opened):
    rows = pa.table({"a": [number * 7919 % 1000 for number in range(1000)], "b": ["x", "é", "Z", "zz"] * 250})
    result = [row for batch in opened.batches(opened.table(rows), ("b", "a")) for row in batch.to_pylist()]
    assert result == sorted(rows.to_pylist(), key=lambda row: (row["b"].encode(), row["a"]))


def test_digests(opened, tmp_path):
    files = [tmp_path / name for name in ("one", "two [x]", "absent")]
    for path in files[:2]:
        path.write_bytes(path.name.encode() * 1000)
    digests = [sha256(path.name.encode() * 1000).hexdigest() for path in files[:2]]
    assert opened.digests(files) == [*digests, None]
    assert opened.digests([]) == []


def test_a_sum_that_does_not_fit(opened):
    large = opened.table(pa.table({"key": ["a", "a"], "value": pa.array([2**62, 2**62], pa.int64())}))
    total = large.group_by("key").agg(x=nw.col("value").sum()).select(nw.col("x").cast(nw.Int64))
    if isinstance(opened, ArrowEngine):
        pytest.skip("wraps around: see tests/engines/test_operations.py")
    for verb in (opened.collect, opened.keep, opened.shelve):
        with pytest.raises(SelfCheckFailed, match="2\\^63"):
            verb(total)


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "America/Los_Angeles"])
def test_a_moment_is_the_same_wherever_it_is_computed(opened, zone, monkeypatch):
    """A moment without a zone is taken for no local time of the machine."""
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    at = [datetime.fromisoformat(f"2027-05-01T{hour:02}:00:00") for hour in (0, 11, 12, 23)]
    before = opened.collect(opened.table(pa.table({"at": at})).filter(nw.col("at") < at[2]))["at"].to_pylist()
    monkeypatch.undo()
    time.tzset()
    assert sorted(before) == at[:2]


@spark
def test_digests_of_another_file_system(spark_session, tmp_path):
    """Spark reads them: a view of this file system under another scheme stands for one."""
    (tmp_path / "file").write_bytes(b"content")
    spark_session._jsc.hadoopConfiguration().set(f"fs.viewfs.mounttable.default.link.{tmp_path}", tmp_path.as_uri())
    with engine.open("spark", tmp_path) as opened:
        result = opened.digests([f"viewfs://{tmp_path}/file", f"viewfs://{tmp_path}/absent", tmp_path / "file"])
    assert result == [sha256(b"content").hexdigest(), None, sha256(b"content").hexdigest()]


@spark
def test_a_session_of_another_is_left_as_it_was(spark_session, tmp_path):
    spark_session.conf.set("spark.sql.ansi.enabled", "false")
    spark_session.conf.set("spark.sql.session.timeZone", "Asia/Kathmandu")
    before = dict(spark_session.conf.getAll)
    try:
        with engine.open("spark", tmp_path) as opened:
            assert opened.collect(opened.table(ROWS)).num_rows == ROWS.num_rows
            assert spark_session.conf.get("spark.sql.ansi.enabled") == "true"
        assert dict(spark_session.conf.getAll) == before
        assert spark_session.range(3).count() == 3
    finally:
        spark_session.conf.set("spark.sql.session.timeZone", "UTC")
        spark_session.conf.unset("spark.sql.ansi.enabled")


@spark
def test_no_permission_for_a_scratch_folder(tmp_path):
    with pytest.raises(CannotWrite), engine.open("spark", Path("/proc")):
        pass
