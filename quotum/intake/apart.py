"""Messages whose rows came apart: far from each other in a file, or in more than one of a receive call."""

from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import Final

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from quotum.intake.late_findings import repeated_apart, repetitions
from quotum.intake.messages import Fragments, Signs
from quotum.intake.rows import numbers, whole
from quotum.tables import FINDINGS, FRAGMENTS, INCOME_RELATIONS

# Rows of a fragment that are kept at hand when it is the first or the last of the rows that came together: as the rows
# of a message mostly follow each other, hardly any other has rows elsewhere.
_AT_HAND: Final = 5_000
# Rows and fragments that are looked at in one go, in little memory.
_ROWS_AT_A_TIME: Final = 1_000_000
_FRAGMENTS_AT_A_TIME: Final = 100_000
_PLACE: Final = ("delivery", "member")
_IDENTITY: Final = ("fragment", "row", "bsn", "personnel_number", "relation_number")
_NO_FRAGMENTS: Final = FRAGMENTS.inside_schema.empty_table()
_NO_ROWS: Final = INCOME_RELATIONS.inside_schema.empty_table().select(_IDENTITY)
_NO_FINDINGS: Final = FINDINGS.inside_schema.empty_table()


class Apart:
    """Fragments of one receive call, of which some can be of one message."""

    def __init__(self) -> None:
        """Start with none."""
        self._signs: list[Signs] = []
        self._last = 0
        self._fragments: list[pa.Table] = []
        self._rows: list[pa.Table] = []
        self._counts: list[npt.NDArray[np.int32]] = []
        self._elsewhere: list[tuple[npt.NDArray[np.int64], int]] = []

    def add(self, found: Fragments) -> None:
        """Take note of the fragments of rows that came together."""
        self._signs.append(found.signs)
        self._counts.append(numbers(whole(found.fragments["rows"])).astype(np.int32))
        self._last = found.fragments["fragment"][-1].as_py() + 1
        edges = pa.array([found.fragments["fragment"][0].as_py(), found.last], pa.int64())
        few = found.fragments.filter(pc.is_in(found.fragments["fragment"], edges))
        few = few.filter(pc.less_equal(few["rows"], _AT_HAND))
        self._fragments.append(few.select(FRAGMENTS.names))
        for rows in found.rows.values():
            theirs = np.zeros(rows.num_rows, np.bool_)
            for each in few["fragment"].to_pylist():
                theirs |= numbers(whole(rows["fragment"])) == each
            self._rows.append(rows.select(_IDENTITY).take(pa.array(np.flatnonzero(theirs))).cast(_NO_ROWS.schema))

    def at_hand(self, connection: duckdb.DuckDBPyConnection, void: Collection[tuple[int, int]]) -> pa.Table:
        """Findings about messages of which all rows are at hand; it need not wait until they are written.

        Args:
            connection: Used for nothing else at the same time.
            void: Members that are left out.
        """
        signs = np.concatenate(self._signs) if self._signs else np.zeros(0, np.uint64)
        fragments, groups = self._alike(signs)
        rows = np.concatenate(self._counts) if self._counts else np.zeros(0, np.int32)
        counts = rows[fragments - self._last + len(signs)].astype(np.int64)
        self._signs.clear()
        self._counts.clear()
        kept = pa.concat_tables([_NO_FRAGMENTS, *self._fragments])
        missing = np.unique(groups[~np.isin(fragments, kept["fragment"].to_numpy())])
        elsewhere = np.isin(groups, missing)
        self._elsewhere = list(_parts(fragments[elsewhere], groups[elsewhere], counts[elsewhere]))
        if elsewhere.all():
            return _NO_FINDINGS
        given = {"kept_fragments": kept, "kept_rows": pa.concat_tables([_NO_ROWS, *self._rows])}
        return repetitions(_repeated(connection, fragments[~elsewhere], void, "kept_fragments", "kept_rows", given, 1))

    def elsewhere(
        self,
        connection: duckdb.DuckDBPyConnection,
        fragments: Sequence[Path],
        rows: Sequence[Path],
        void: Collection[tuple[int, int]],
    ) -> Iterator[pa.Table]:
        """Findings about all other messages, when everything is written; each table is in order.

        Args:
            connection: Used for nothing else at the same time.
            fragments: Files as `tables.FRAGMENTS`: all fragments that were added.
            rows: Files as `tables.INCOME_RELATIONS`: all their rows.
            void: Members that are left out.
        """
        for some, count in self._elsewhere:
            shares = -(-count // _ROWS_AT_A_TIME)
            yield repetitions(_repeated(connection, some, void, _read(fragments), _read(rows), {}, shares))

    def _alike(self, signs: Signs) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        """Numbers of the fragments that have the sign of another, and which of them have the same."""
        ordered = np.sort(signs)
        twice = np.unique(ordered[1:][ordered[1:] == ordered[:-1]])
        if not len(twice):
            return np.zeros(0, np.int64), np.zeros(0, np.int64)
        group = np.minimum(np.searchsorted(twice, signs), len(twice) - 1)
        places = np.flatnonzero(twice[group] == signs)
        return self._last - len(signs) + places, group[places]


def _parts(
    fragments: npt.NDArray[np.int64], groups: npt.NDArray[np.int64], counts: npt.NDArray[np.int64]
) -> Iterator[tuple[npt.NDArray[np.int64], int]]:
    """Fragments by so many at a time as are looked at in one go, those of one group together; and their rows."""
    if not len(groups):
        return
    order = np.argsort(groups, kind="stable")
    fragments, groups, rows = fragments[order], groups[order], np.cumsum(counts[order], dtype=np.int64)
    ends = np.append(np.flatnonzero(np.diff(groups)) + 1, len(groups))  # behind the last fragment of each group
    start = 0
    for end, following in zip(ends, np.append(ends[1:], 0), strict=True):
        before = rows[start - 1] if start else 0
        if following and following - start <= _FRAGMENTS_AT_A_TIME and rows[following - 1] - before <= _ROWS_AT_A_TIME:
            continue
        yield fragments[start:end], int(rows[end - 1] - before)
        start = end


def _repeated(
    connection: duckdb.DuckDBPyConnection,
    perhaps: npt.NDArray[np.int64],
    void: Collection[tuple[int, int]],
    fragments: str,
    rows: str,
    given: dict[str, pa.Table],
    shares: int,
) -> pa.Table:
    left_out = {name: pa.array([one[at] for one in void], pa.int64()) for at, name in enumerate(_PLACE)}
    given |= {"perhaps": pa.table({"fragment": perhaps}), "left_out": pa.table(left_out)}
    for name, table in given.items():
        connection.register(name, table)
    asked = f"(FROM {fragments} SEMI JOIN perhaps USING (fragment) ANTI JOIN left_out USING (delivery, member))"
    found = [repeated_apart(connection, asked, rows, shares, share) for share in range(shares)]
    for name in given:
        connection.unregister(name)
    return pa.concat_tables(found)


def _read(paths: Sequence[Path]) -> str:
    listed = ", ".join("'" + str(path).replace("'", "''") + "'" for path in paths)
    return f"read_parquet([{listed}])"
