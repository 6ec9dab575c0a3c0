"""What is due upward in a revision (herziening).

Wtl art. 4.3: downward is for an official to judge, so nothing is taken off what is due upward, and nothing is taken
back. Upward is not payable on the office's own motion: an employer objects, and who orders answers for that.
"""

from collections.abc import Sequence
from pathlib import Path

import narwhals as nw
import pyarrow as pa

from quotum import engine as engines
from quotum.archive.small_tables import employers
from quotum.engine.interface import Engine
from quotum.frames import Frame
from quotum.law.revision import differences, is_upward
from quotum.output.payments.due_amounts import Payable, Upward
from quotum.output.payments.payees import Unpayable, payees
from quotum.output.payments.source import Source
from quotum.tables import BONUS_LINES

_PERSON = ("rsin", "bsn")
_GRANTED = "payable_cents"


def upward(source: Source, before: Sequence[Source], near: Path, *, with_unpaid: bool = False) -> Upward:
    """What is due upward against runs that were ordered before, per person and added up per employer.

    LKV and bonus are granted per person (Wtl art. 2.10, 4.1): a person whose amount goes down takes nothing off what is
    due for another. Against several runs the highest amount of a person counts, so that what once went down and comes
    back is not paid twice.

    Args:
        source: The later run.
        before: The runs that were ordered before, at least one.
        near: Folder for work in progress.
        with_unpaid: Whether what a run before granted does not count where its employer could not be paid.
    """
    with engines.open(engines.DUCKDB, near) as engine:
        paid = [_paid(engine, run) if with_unpaid else _granted(engine, run) for run in before]
        earlier = nw.concat(paid, how="vertical")
        highest = earlier.group_by(*_PERSON).agg(nw.col(_GRANTED).max())
        changed = differences(highest, _granted(engine, source), _PERSON, (_GRANTED,)).filter(is_upward())
        due = changed.group_by("rsin").agg(cents=nw.col(f"difference_{_GRANTED}").sum())
        table = engine.collect(
            due.with_columns(rsin=nw.col("rsin").cast(nw.Int64), cents=nw.col("cents").cast(nw.Int64))
        )
    table = table.sort_by("rsin").combine_chunks()
    return Upward(_array(table, "rsin"), _array(table, "cents"))


def _granted(engine: Engine, source: Source) -> Frame:
    lines = engine.scan([source.bonus_lines], BONUS_LINES.written_schema)
    return lines.select(*_PERSON, payable_cents=nw.col("lkv_cents") + nw.col("bonus_cents"))


def _paid(engine: Engine, source: Source) -> Frame:
    """What a run granted, of employers that could be paid."""
    everybody = payees(source, Payable(source.payable_cents), employers(source.archive()))
    left = pa.array([payee.rsin for payee in everybody if isinstance(payee, Unpayable)], pa.string())
    return _granted(engine, source).join(engine.table(pa.table({"rsin": left})), on="rsin", how="anti")


def _array(table: pa.Table, name: str) -> pa.Array:
    return pa.concat_arrays(table[name].chunks) if table.num_rows else pa.array([], pa.int64())


__all__ = ["upward"]
