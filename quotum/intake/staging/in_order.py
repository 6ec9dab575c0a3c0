"""Findings put in order in bounded memory: they come nearly so, and what is in order is merged, not sorted anew."""

from collections.abc import Callable, Iterator
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq
from attrs import define

from quotum.intake.staging.parts import Parts

Key = tuple[Any, ...]

_ORDER: Final = ("delivery", "member", "row", "rule")
_AT_A_TIME: Final = 60_000
# Runs that are merged at once, each of which has so many rows in memory; and runs that are written at once.
_MOST_RUNS: Final = 8
_MOST_KEPT: Final = 64


@define
class _Run:
    """Rows in order, in files."""

    parts: Parts
    last: Key
    """Place of the last row."""

    def rows(self) -> Iterator[pa.Table]:
        for path in self.parts.paths:
            with pq.ParquetFile(path, pre_buffer=False) as file:
                yield from map(pa.table, file.iter_batches(_AT_A_TIME, use_threads=False))


class InOrder:
    """Tables of findings, each in order by delivery, member, row and rule: all of them in that order."""

    def __init__(self, parts: Callable[[str], Parts], finish: Callable[[], None]) -> None:
        """Start with nothing.

        Args:
            parts: Files of findings for the time being, by how their names begin.
            finish: Waits until everything is written.
        """
        self._parts, self._finish = parts, finish
        self._runs: list[_Run] = []
        self._begun = 0

    def write(self, rows: pa.Table) -> None:
        """Take more findings, in order: behind those of which the last comes before them, or else apart."""
        if not rows.num_rows:
            return
        before = [run for run in self._runs if run.last <= _key(rows, 0)]
        if before:
            run = max(before, key=lambda one: one.last)
        else:
            if len(self._runs) >= _MOST_KEPT:
                self._put_together()
            run = self._begin()
            self._runs.append(run)
        run.parts.write(rows)
        run.last = _key(rows, rows.num_rows - 1)

    def merged(self) -> Iterator[pa.Table]:
        """All findings in order, a piece at a time; they are no longer kept then."""
        while len(self._runs) > _MOST_RUNS:
            self._put_together()
        self._close()
        yield from _merged([run.rows() for run in self._runs])
        self._remove(self._runs)

    def _begin(self) -> _Run:
        self._begun += 1
        return _Run(self._parts(f".findings-{self._begun}"), ())

    def _close(self) -> None:
        for run in self._runs:
            run.parts.close()
        self._finish()

    def _put_together(self) -> None:
        """Make one run of each few."""
        self._close()
        runs, self._runs = self._runs, []
        for first in range(0, len(runs), _MOST_RUNS):
            some = runs[first : first + _MOST_RUNS]
            together = self._begin()
            for rows in _merged([run.rows() for run in some]):
                together.parts.write(rows)
            together.last = max(run.last for run in some)
            together.parts.close()
            self._finish()
            self._remove(some)
            self._runs.append(together)

    @staticmethod
    def _remove(runs: list[_Run]) -> None:
        for run in runs:
            for path in run.parts.paths:
                path.unlink()


def _merged(runs: list[Iterator[pa.Table]]) -> Iterator[pa.Table]:
    """Rows of runs that are each in order, in order."""
    present = [(rows, run) for run in runs if (rows := next(run, None)) is not None]
    while present:
        # Up to where the first of them ends, nothing can come in between any more.
        bound = min(_key(rows, rows.num_rows - 1) for rows, _ in present)
        given, left = [], []
        for rows, run in present:
            count = _until(rows, bound)
            if count:
                given.append(rows.slice(0, count))
            rest = rows.slice(count) if count < rows.num_rows else next(run, None)
            if rest is not None:
                left.append((rest, run))
        yield given[0] if len(given) == 1 else pa.concat_tables(given).sort_by([(name, "ascending") for name in _ORDER])
        present = left


def _until(rows: pa.Table, bound: Key) -> int:
    """How many rows come before a place or stand there."""
    low, high = 0, rows.num_rows
    while low < high:
        middle = (low + high) // 2
        low, high = (middle + 1, high) if _key(rows, middle) <= bound else (low, middle)
    return low


def _key(rows: pa.Table, at: int) -> Key:
    return tuple(rows[name][at].as_py() for name in _ORDER)
