"""Days in service: which days of a return period a row is about."""

import narwhals as nw


def first_day_in_service() -> nw.Expr:
    """First day in service of a row.

    The later of the first day of the period and the start of the income relation (`DatAanv`); when
    no day is in service (quotum/intake/README.md, "Days in service"), the whole period stands, so its first day.
    """
    return nw.when(_nothing_in_service()).then(nw.col("period_start")).otherwise(_later_start())


def last_day_in_service() -> nw.Expr:
    """Last day in service of a row: the earlier of the last day of the period and the end (`DatEind`)."""
    return nw.when(_nothing_in_service()).then(nw.col("period_end")).otherwise(_earlier_end())


def _later_start() -> nw.Expr:
    started = nw.col("started_on")
    return (
        nw.when(started.is_null() | (started <= nw.col("period_start"))).then(nw.col("period_start")).otherwise(started)
    )


def _earlier_end() -> nw.Expr:
    ended = nw.col("ended_on")
    return nw.when(ended.is_null() | (ended >= nw.col("period_end"))).then(nw.col("period_end")).otherwise(ended)


def _nothing_in_service() -> nw.Expr:
    return _later_start() > _earlier_end()
