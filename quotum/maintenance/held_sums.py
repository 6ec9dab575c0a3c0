"""Sums kept beside messages, compared with the rows that they were added up from.

A digest says that a file is as its receipt names it, but both can be made anew so that they fit. A year is
settled from sums, so they are added up again here, in the same way as for a year without sums.
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
from quotum.maintenance import words
from quotum.run.stages.columns import RETURN, sums_by
from quotum.run.stages.row_selection import ADDED, in_year, measured
from quotum.tables import FRAGMENTS, INCOME_RELATIONS, OF_ROWS, SUMS, Table

# Fragments whose sums are looked at in one go, and the memory that is enough for it.
_AT_A_TIME: Final = 500_000
_MEMORY: Final = "300MB"
_KEY: Final = ("fragment", *RETURN, "employment_nature")
# Errors of DuckDB and narwhals over a file that is no such table, and over amounts that are no numbers.
_NO_SUCH_TABLE: Final = (
    duckdb.BinderException, duckdb.ConversionException, duckdb.InvalidInputException, NarwhalsError, SelfCheckFailed,
)  # fmt: skip


def check(
    layout: Layout,
    progress: Callable[[int], None] = lambda _files: None,
    waiting: Callable[[], None] = lambda: None,
    added: Callable[[int, int], None] = lambda _fragments, _of: None,
) -> CheckResult:
    """Checks every digest of an archive, and that sums fit their rows; writers wait meanwhile, nothing is written.

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

    A year of a call without sums is passed over: a settlement adds up its rows. So is a year with a damaged file, which
    has a message already.

    Args:
        layout: The archive.
        receipts: The receipts that count.
        unsound: Paths in the archive of files that are missing or altered.
        added: Told the number of fragments done since the last call, and of how many.
    """
    years = [
        _OfYear(layout, receipt, year)
        for receipt in receipts
        for year in sorted({table.year for table in receipt.tables if table.table == SUMS.name})
    ]
    sound = [of_year for of_year in years if not unsound.intersection(of_year.names)]
    if not sound:
        return []
    number = sum(of_year.fragments for of_year in sound)
    with duck_engine(Path(tempfile.gettempdir()), memory_limit=_MEMORY) as engine:
        return [
            problem
            for of_year in sound
            for problem in of_year.problems(engine, lambda fragments: added(fragments, number))
        ]


class _OfYear:
    """The derived files of one receive call about one calendar year."""

    def __init__(self, layout: Layout, receipt: Receipt, year: int) -> None:
        self._layout, self._receipt, self._year = layout, receipt, year
        self.names = [*self._named(INCOME_RELATIONS), *self._named(SUMS), *self._named(FRAGMENTS)]

    @property
    def fragments(self) -> int:
        """Number of fragments in the call, whatever their year."""
        return sum(table.rows for table in self._receipt.tables if table.table == FRAGMENTS.name)

    def problems(self, engine: Engine, added: Callable[[int], None]) -> Iterator[str]:
        """What is wrong with its sums."""
        name = self._named(SUMS)[0]
        try:
            wrong = pa.concat_tables(engine.collect(piece) for piece in self._wrong(engine, added))
            if not wrong.num_rows:
                return
            for path in self._named(SUMS):
                of_file = self._scan(engine, SUMS, [path]).join(engine.table(wrong), on="fragment", how="semi")
                if engine.collect(of_file.select("fragment").head(1)).num_rows:
                    name = path
                    break
        except _NO_SUCH_TABLE:
            yield words.NO_TABLE.sentence(name=name)
            return
        yield words.SUMS_DIFFER.sentence(name=name, count=wrong.num_rows)

    def _wrong(self, engine: Engine, added: Callable[[int], None]) -> Iterator[Frame]:
        """Fragments whose sums are not those of their rows, by so many numbers at a time."""
        rows, sums, fragments = (self._scan(engine, table) for table in (INCOME_RELATIONS, SUMS, FRAGMENTS))
        first = self._receipt.sequence * PIECES_PER_CALL
        last = engine.collect(fragments.select(nw.col("fragment").max()))["fragment"][0].as_py() or first
        for start in range(first, last + 1, _AT_A_TIME):
            # Fragments outside all numbers are looked at with the first and the last numbers.
            low = start if start > first else 0
            high = start + _AT_A_TIME if start + _AT_A_TIME <= last else (1 << 63) - 1
            inside = (nw.col("fragment") >= low) & (nw.col("fragment") < high)
            yield _differing_fragments(
                rows.filter(inside), sums.filter(inside), fragments.filter(inside & in_year(self._year))
            )
            added(min(_AT_A_TIME, last + 1 - start))

    def _named(self, table: Table) -> list[str]:
        """Paths in the archive of the files of a table, those of corrections with those of the rows."""
        tables = OF_ROWS if table is INCOME_RELATIONS else (table.name,)
        year = 0 if table is FRAGMENTS else self._year
        return [derived.path for derived in self._receipt.tables if derived.table in tables and derived.year == year]

    def _scan(self, engine: Engine, table: Table, names: Iterable[str] | None = None) -> Frame:
        paths = [self._layout.root / name for name in (self._named(table) if names is None else names)]
        return engine.scan(paths, table.inside_schema)


def _differing_fragments(rows: Frame, sums: Frame, fragments: Frame) -> Frame:
    """Fragments of which the stored sums are not the sums of their rows.

    The stored sums are subtracted from the sums of the rows, which must give zeros. Each fragment has one row without
    nature, also when its sums are zero, and only fragments have one.
    """
    stored = sums.select(*_KEY, *(nw.col(name) * -1 for name in ADDED))
    again = measured(rows.filter(nw.col("action") == "I")).select(*_KEY, *ADDED)
    added_up = sums_by(nw.concat([again, stored], how="vertical"), _KEY, *ADDED)
    differing = added_up.filter(nw.any_horizontal(*(nw.col(name) != 0 for name in ADDED), ignore_nulls=True))
    key = ["fragment", *RETURN]
    # A return has one row without nature.
    returns = sums.filter(nw.col("employment_nature").is_null())
    repeated = returns.group_by("fragment").agg(nw.len().alias("rows")).filter(nw.col("rows") > 1)
    missing, strange = fragments.join(returns, on=key, how="anti"), sums.join(fragments, on=key, how="anti")
    wrong = (differing, missing, strange, repeated)
    return nw.concat([piece.select("fragment") for piece in wrong], how="vertical").unique()


__all__ = ["check", "wrong_sums"]
