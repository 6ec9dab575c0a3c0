"""Rows of members that turned out to be broken are left out again, whatever files they are in."""

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from quotum.intake.staging import void_members as void_module
from quotum.intake.staging.void_members import VoidMembers


@pytest.fixture(autouse=True)
def _few_rows_at_a_time(monkeypatch):
    monkeypatch.setattr(void_module, "MOST_ROWS", 2)


def _written(path, **columns):
    pq.write_table(pa.table({name: pa.array(values, pa.int64()) for name, values in columns.items()}), path)
    return path


def _fragments(folder):
    return [
        _written(folder / "a.parquet", fragment=[7, 8, 9], delivery=[0, 0, 1], member=[1, 2, 1]),
        _written(folder / "b.parquet", fragment=[10], delivery=[1], member=[2]),
    ]


def test_several_files_become_one_in_their_order(tmp_path):
    """More fragments than go into a file, and nothing void."""
    written = _fragments(tmp_path)
    VoidMembers().leave_out(written, tmp_path / "all.parquet")
    assert pq.read_table(tmp_path / "all.parquet")["fragment"].to_pylist() == [7, 8, 9, 10]
    assert [path.name for path in tmp_path.iterdir()] == ["all.parquet"]


def test_rows_of_void_members_are_left_out(tmp_path):
    written = _fragments(tmp_path)
    VoidMembers({(0, 2), (1, 1), (5, 5)}).leave_out(written, written[0])
    assert pq.read_table(written[0]).to_pylist() == [
        {"fragment": 7, "delivery": 0, "member": 1},
        {"fragment": 10, "delivery": 1, "member": 2},
    ]


def test_rows_that_say_their_fragment_only_follow_it(tmp_path):
    fragments = _fragments(tmp_path)
    rows = _written(tmp_path / "rows.parquet", fragment=[7, 8, 8, 9, 10, 7], row=[1, 2, 3, 4, 5, 6])
    VoidMembers({(0, 2), (1, 2)}).leave_out([rows], rows, fragments)
    assert pq.read_table(rows)["row"].to_pylist() == [1, 4, 6]
    assert all(path.exists() for path in fragments)
