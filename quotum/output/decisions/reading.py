"""The decisions of a run as data, read along its tables in order of RSIN, in bounded memory."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import groupby
from pathlib import Path
from typing import Any, Final, TypeVar

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from quotum.errors import SelfCheckFailed
from quotum.output.decisions.decision import Decision, OtherBenefit, Person
from quotum.output.decisions.source import Source
from quotum.tables import BONUS_LINES, OTHER_LKV_LINES

_AT_A_TIME: Final = 1 << 13
_AMOUNTS: Final = ("lkv_cents", "bonus_cents", "payable_cents", "surcharge_cents")
_Row = dict[str, Any]
_Line = TypeVar("_Line")


def decisions(source: Source, chosen: tuple[int, ...] | None) -> Iterator[Decision]:
    """Decisions in order of sequence number.

    Args:
        source: The run.
        chosen: Sequence numbers, ascending; None for every employer.

    Raises:
        SelfCheckFailed: The lines of an employer are not its settled amounts, or belong to nobody.
    """
    rsins = None if chosen is None else _rsins(source, chosen)
    persons = _EmployerLines(source.table(BONUS_LINES), rsins)
    others = _EmployerLines(source.table(OTHER_LKV_LINES), rsins)
    for batch in _settled(source, rsins):
        names = source.names.of(batch["rsin"].combine_chunks())
        for row, name in zip(batch.to_pylist(), names, strict=True):
            rsin = row["rsin"]
            yield _decision(row, name, persons.of(rsin, _person), others.of(rsin, _other))
    persons.require_empty()
    others.require_empty()


def _decision(
    row: Mapping[str, Any], name: str | None, persons: tuple[Person, ...], others: tuple[OtherBenefit, ...]
) -> Decision:
    amounts = {column: row[column] for column in _AMOUNTS}
    lkv, bonus = sum(person.lkv_cents for person in persons), sum(person.bonus_cents for person in persons)
    if (lkv, bonus, lkv + bonus) != (amounts["lkv_cents"], amounts["bonus_cents"], amounts["payable_cents"]):
        raise SelfCheckFailed(f"the employees of employer {row['number']} of the run do not add up to its settlement")
    return Decision(row["number"], row["rsin"], name, **amounts, persons=persons, others=others)


def _settled(source: Source, rsins: pa.Array | None) -> Iterator[pa.Table]:
    """Rows of the settlement with their numbers."""
    first = 1
    for batch in pq.ParquetFile(source.settlement).iter_batches(_AT_A_TIME, columns=["rsin", *_AMOUNTS]):
        numbers = pa.array(range(first, first + batch.num_rows), pa.int64())
        first += batch.num_rows
        yield _only(pa.table(batch).append_column("number", numbers), rsins)


def _rsins(source: Source, chosen: tuple[int, ...]) -> pa.Array:
    """RSINs of the chosen employers."""
    column = pq.read_table(source.settlement, columns=["rsin"])["rsin"]
    return column.take(pa.array([number - 1 for number in chosen], pa.int64())).combine_chunks()


def _only(rows: pa.Table, rsins: pa.Array | None) -> pa.Table:
    return rows if rsins is None else rows.filter(pc.is_in(rows["rsin"], rsins))


def _person(row: _Row) -> Person:
    return Person(
        row["bsn"], row["paid_hours"], row["lkv_cents"], row["lkv_capped"], row["bonus_cents"], row["granted_category"]
    )


def _other(row: _Row) -> OtherBenefit:
    return OtherBenefit(row["bsn"], row["category"], row["paid_hours"], row["lkv_cents"])


class _EmployerLines:
    """Lines of a table beside the settlement, employer by employer."""

    def __init__(self, path: Path, rsins: pa.Array | None) -> None:
        self._name = path.stem
        self._groups = groupby(_rows(path, rsins), key=lambda row: row["rsin"])
        self._next: tuple[str, Iterable[_Row]] | None = next(self._groups, None)

    def of(self, rsin: str, line: Callable[[_Row], _Line]) -> tuple[_Line, ...]:
        """Lines of an employer, which can be none."""
        if self._next is None or self._next[0] != rsin:
            return ()
        lines = tuple(line(row) for row in self._next[1])
        self._next = next(self._groups, None)
        return lines

    def require_empty(self) -> None:
        """Require that no line is left.

        Raises:
            SelfCheckFailed: A line belongs to no employer of the settlement, or the table is in another order.
        """
        if self._next is not None:
            raise SelfCheckFailed(f"{self._name}.parquet has lines of an employer that the settlement has not")


def _rows(path: Path, rsins: pa.Array | None) -> Iterator[_Row]:
    for batch in pq.ParquetFile(path).iter_batches(_AT_A_TIME):
        yield from _only(pa.table(batch), rsins).to_pylist()


__all__ = ["decisions"]
