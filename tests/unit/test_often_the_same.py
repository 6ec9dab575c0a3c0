"""Which texts of a Parquet file are read each once: those that come again, as long as the table of them is small."""

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from quotum.intake import flat_parquet


def test_texts_that_come_again_are_known_as_such_although_a_short_last_group_has_each_once(tmp_path):
    again = [f"message {number // 50}" for number in range(10_000)]
    rows = pa.table({"again": [*again, "last one"], "once": [f"person {number}" for number in range(10_001)]})
    pq.write_table(rows, tmp_path / "rows.parquet", row_group_size=10_000)
    assert flat_parquet._often_the_same(tmp_path / "rows.parquet", {"again", "once"}) == (
        {"again"},
        len("person 10000"),
    )


def test_short_texts_that_are_all_different_are_not_when_they_are_very_many(tmp_path):
    """A table of all of them would have to be gone through for every piece of the file."""
    rows = pa.table({"short": pa.array(np.arange(700_000) % 1_000).cast(pa.string())})
    for name, most in (("small", 500_000), ("large", 700_000)):
        pq.write_table(rows.slice(0, most), tmp_path / f"{name}.parquet", use_dictionary=False)
    assert flat_parquet._often_the_same(tmp_path / "small.parquet", {"short"}) == ({"short"}, 0)
    assert flat_parquet._often_the_same(tmp_path / "large.parquet", {"short"}) == (set(), 3)
