"""Small expressions that every stage uses."""

from collections.abc import Mapping

import narwhals as nw

from quotum.engine.interface import Engine
from quotum.frames import Frame

RETURN = ("payroll_tax_number", "period_start", "period_end")
PLACE = ("rsin", "bsn", "fragment", "delivery", "row")

Places = Mapping[str, Frame]
"""Where findings are, by their code: rows (`PLACE`), returns (`RETURN`), or employers (`rsin`); `found` says how often
when that can be more than once."""


def flag(condition: nw.Expr) -> nw.Expr:
    """A condition as 1 or 0, so that it can be summed."""
    return nw.when(condition).then(nw.lit(1)).otherwise(nw.lit(0)).cast(nw.Int64)


def constant(number: int) -> nw.Expr:
    """A whole number in every row, of the engine's own type: pandas would put one of its own beside Arrow's.

    Column: `payroll_tax_number`, which no row lacks.
    """
    return nw.col("payroll_tax_number") * 0 + number


def sums(*names: str) -> list[nw.Expr]:
    """Sums of columns, as whole numbers of 64 bits on every engine."""
    return [nw.col(name).sum().cast(nw.Int64) for name in names]


def sums_by(frame: Frame, keys: tuple[str, ...], *names: str) -> Frame:
    """Sums of columns per key, as whole numbers of 64 bits: cast afterwards, an aggregate must be plain."""
    added = frame.group_by(*keys).agg(*(nw.col(name).sum() for name in names))
    return added.with_columns(*(nw.col(name).cast(nw.Int64) for name in names))


def rows_of(engine: Engine, frame: Frame) -> int:
    """How many rows a frame has."""
    return int(engine.collect(frame.select(nw.len().alias("rows")))["rows"][0].as_py())
