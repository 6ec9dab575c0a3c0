"""Small expressions that every stage uses."""

import narwhals as nw

from quotum.frames import Frame

RETURN = ("payroll_tax_number", "period_start", "period_end")


def flag(condition: nw.Expr) -> nw.Expr:
    """A condition as 1 or 0, so that it can be summed."""
    return nw.when(condition).then(nw.lit(1)).otherwise(nw.lit(0)).cast(nw.Int64)


def sums(*names: str) -> list[nw.Expr]:
    """Sums of columns, as whole numbers of 64 bits on every engine."""
    return [nw.col(name).sum().cast(nw.Int64) for name in names]


def sums_by(frame: Frame, keys: tuple[str, ...], *names: str) -> Frame:
    """Sums of columns per key, as whole numbers of 64 bits: cast afterwards, an aggregate must be plain."""
    added = frame.group_by(*keys).agg(*(nw.col(name).sum() for name in names))
    return added.with_columns(*(nw.col(name).cast(nw.Int64) for name in names))
