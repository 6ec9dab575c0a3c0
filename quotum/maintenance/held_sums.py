"""Sums kept beside messages, held against the rows that they were added up from.

A digest says that a file is as its receipt names it, and whoever makes both anew can make them fit. A year is
settled from sums, so they are added up again here, in the way in which a year without sums does it.
"""

import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Final

import duckdb
import narwhals as nw
import pyarrow as pa
from narwhals.exceptions import NarwhalsError

from quotum.archive import care
from quotum.archive.care import CheckResult
from quotum.archive.layout import Layout
from quotum.archive.receipts import PIECES_PER_CALL, Receipt
from quotum.engine.duck import duck_engine
from quotum.engine.interface import Engine
from quotum.errors import SelfCheckFailed
from quotum.frames import Frame
from quotum.run.stages.columns import RETURN, sums_by
from quotum.run.stages.row_selection import ADDED, in_year, measured
from quotum.tables import FRAGMENTS, INCOME_RELATIONS, OF_ROWS, SUMS, Table

# Fragments whose sums are looked at in one go, and the memory that is enough for it.
_AT_A_TIME: Final = 500_000
_MEMORY: Final = "300MB"
_KEY: Final = ("fragment", *RETURN, "employment_nature")
# What DuckDB and narwhals say of a file that is no such table, and of amounts that are none.
_NO_SUCH_TABLE: Final = (
    duckdb.BinderException, duckdb.ConversionException, duckdb.InvalidInputException, NarwhalsError, SelfCheckFailed,
)  # fmt: skip


def check(
    layout: Layout,
    progress: Callable[[int], None] = lambda _files: None,
    waiting: Callable[[], None] = lambda: None,
    added: Callable[[int, int], None] = lambda _fragments, _of: None,
) -> CheckResult:
    """Check every digest of an archive, and that sums fit their rows; writers wait meanwhile, nothing is written.

    Args:
        layout: The archive.
        progress: Told the number of files read since the last call.
        waiting: Called once when a writer holds the archive.
        added: Told the number of fragments whose sums were held against their rows since the last call, and of how
            many.

    Raises:
        CannotWrite: There is no room for work in progress in the folder of the system for it.
    """
    return care.check(layout, progress, waiting, lambda receipts, unsound: wrong_sums(layout, receipts, unsound, added))


def wrong_sums(
    layout: Layout, receipts: Iterable[Receipt], unsound: frozenset[str], added: Callable[[int, int], None]
) -> list[str]:
    """Files of sums that do not fit the rows of their receive call, in words.

    Of a year of a call without sums nothing is said: they are added up from its rows when it is settled. Where a file
    is damaged that is said already.

    Args:
        layout: The archive.
        receipts: Those that count.
        unsound: Paths in the archive of files that are missing or altered.
        added: Told the number of fragments done since the last call, and of how many.
    """
    years = [
        _OfYear(layout, receipt, year)
        for receipt in receipts
        for year in sorted({one.year for one in receipt.tables if one.table == SUMS.name})
    ]
    sound = [each for each in years if not unsound.intersection(each.names)]
    if not sound:
        return []
    number = sum(each.fragments for each in sound)
    with duck_engine(Path(tempfile.gettempdir()), memory_limit=_MEMORY) as engine:
        return [problem for each in sound for problem in each.problems(engine, lambda done: added(done, number))]


class _OfYear:
    """The derived files of one receive call about one calendar year."""

    def __init__(self, layout: Layout, receipt: Receipt, year: int) -> None:
        self._layout, self._receipt, self._year = layout, receipt, year
        self.names = [*self._named(INCOME_RELATIONS), *self._named(SUMS), *self._named(FRAGMENTS)]

    @property
    def fragments(self) -> int:
        """How many there are in the call, whatever their year."""
        return sum(one.rows for one in self._receipt.tables if one.table == FRAGMENTS.name)

    def problems(self, engine: Engine, added: Callable[[int], None]) -> Iterator[str]:
        """What is wrong with its sums."""
        name = self._named(SUMS)[0]
        try:
            wrong = pa.concat_tables(engine.collect(some) for some in self._wrong(engine, added))
            if not wrong.num_rows:
                return
            for path in self._named(SUMS):
                of_file = self._scan(engine, SUMS, [path]).join(engine.table(wrong), on="fragment", how="semi")
                if engine.collect(of_file.select("fragment").head(1)).num_rows:
                    name = path
                    break
        except _NO_SUCH_TABLE:
            yield f"{name} cannot be held against its rows: one of both is no table of quotum, although its digest fits"
            return
        yield (
            f"{name} does not fit the rows that it was added up from, although digests fit: in {wrong.num_rows:,} "
            "fragments of messages; restore rows and receipts from a backup"
        )

    def _wrong(self, engine: Engine, added: Callable[[int], None]) -> Iterator[Frame]:
        """Fragments whose sums are not those of their rows, by so many numbers at a time."""
        rows, sums, fragments = (self._scan(engine, one) for one in (INCOME_RELATIONS, SUMS, FRAGMENTS))
        first = self._receipt.sequence * PIECES_PER_CALL
        last = engine.collect(fragments.select(nw.col("fragment").max()))["fragment"][0].as_py() or first
        for start in range(first, last + 1, _AT_A_TIME):
            # What lies outside all numbers is looked at with the first and the last of them.
            low = start if start > first else 0
            high = start + _AT_A_TIME if start + _AT_A_TIME <= last else (1 << 63) - 1
            inside = (nw.col("fragment") >= low) & (nw.col("fragment") < high)
            yield _other(rows.filter(inside), sums.filter(inside), fragments.filter(inside & in_year(self._year)))
            added(min(_AT_A_TIME, last + 1 - start))

    def _named(self, table: Table) -> list[str]:
        """Paths in the archive of the files of a table, those of corrections with those of the rows."""
        kept = OF_ROWS if table is INCOME_RELATIONS else (table.name,)
        year = 0 if table is FRAGMENTS else self._year
        return [one.path for one in self._receipt.tables if one.table in kept and one.year == year]

    def _scan(self, engine: Engine, table: Table, names: Iterable[str] | None = None) -> Frame:
        paths = [self._layout.root / name for name in (self._named(table) if names is None else names)]
        return engine.scan(paths, table.inside_schema)


def _other(rows: Frame, sums: Frame, fragments: Frame) -> Frame:
    """Fragments of which what is kept is not what their rows add up to.

    What is kept is taken off what is added up: all is zero then. Of each fragment one row without nature is kept, of
    zeros too, and of nothing else any.
    """
    kept = sums.select(*_KEY, *(nw.col(name) * -1 for name in ADDED))
    again = measured(rows.filter(nw.col("action") == "I")).select(*_KEY, *ADDED)
    both = sums_by(nw.concat([again, kept], how="vertical"), _KEY, *ADDED)
    other = both.filter(nw.any_horizontal(*(nw.col(name) != 0 for name in ADDED), ignore_nulls=True))
    key = ["fragment", *RETURN]
    # By its row without nature a return is found, once.
    found_by = sums.filter(nw.col("employment_nature").is_null())
    again_found = found_by.group_by("fragment").agg(nw.len().alias("rows")).filter(nw.col("rows") > 1)
    missing, strange = fragments.join(found_by, on=key, how="anti"), sums.join(fragments, on=key, how="anti")
    wrong = (other, missing, strange, again_found)
    return nw.concat([some.select("fragment") for some in wrong], how="vertical").unique()


__all__ = ["check", "wrong_sums"]
