"""Answers side by side: nothing may differ."""

from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from tests.benches.peers.figures import ANSWER

SCHEMA = pa.schema(
    [
        pa.field(name, {"small_employer": pa.bool_(), "small_ground": pa.string()}.get(name, pa.int64()))
        for name in ANSWER
    ]
)


class AnswerDiffers(Exception):
    """A peer answers something else than quotum."""


def read(path: Path) -> pa.Table:
    """The answer in a Parquet file, by employer."""
    return pq.read_table(path, columns=list(ANSWER)).cast(SCHEMA).sort_by("rsin")


def require_equal(name: str, theirs: pa.Table, ours: pa.Table) -> int:
    """How many employers there are; raises where any value of any of them differs."""
    if theirs["rsin"] != ours["rsin"]:
        raise AnswerDiffers(f"{name}: not the same employers, {theirs.num_rows} and {ours.num_rows}")
    wrong = {column: _different(theirs[column], ours[column]) for column in ANSWER}
    told = ", ".join(f"{column} of {count}" for column, count in wrong.items() if count)
    if told:
        raise AnswerDiffers(f"{name}: differs in {told} of {ours.num_rows} employers")
    return ours.num_rows


def _different(one: pa.ChunkedArray, other: pa.ChunkedArray) -> int:
    same = pc.fill_null(pc.equal(one, other), fill_value=False)
    both_nothing = pc.and_(pc.is_null(one), pc.is_null(other))
    return int(pc.sum(pc.invert(pc.or_(same, both_nothing))).as_py() or 0)
