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


def require_equal(name: str, others: pa.Table, own: pa.Table) -> int:
    """How many employers there are; raises where any value of any of them differs."""
    if others["rsin"] != own["rsin"]:
        raise AnswerDiffers(f"{name}: not the same employers, {others.num_rows} and {own.num_rows}")
    wrong = {column: _different(others[column], own[column]) for column in ANSWER}
    text = ", ".join(f"{column} of {count}" for column, count in wrong.items() if count)
    if text:
        raise AnswerDiffers(f"{name}: differs in {text} of {own.num_rows} employers")
    return own.num_rows


def _different(left: pa.ChunkedArray, other: pa.ChunkedArray) -> int:
    equal = pc.fill_null(pc.equal(left, other), fill_value=False)
    both_nothing = pc.and_(pc.is_null(left), pc.is_null(other))
    return int(pc.sum(pc.invert(pc.or_(equal, both_nothing))).as_py() or 0)
