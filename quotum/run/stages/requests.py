"""Who asks which benefit: per employer and person, from the rows in force, and who of them is looked at further."""

from functools import cache
from typing import Final

import narwhals as nw
import pyarrow as pa

from quotum.engine.interface import Engine
from quotum.frames import Frame, each_once
from quotum.law.wtl.bonus import asked_for, birth_date_known, has_bsn, insured_employment, of_target_group
from quotum.law.wtl.cumulation import JOBS_AGREEMENT
from quotum.law.wtl.lkv_until_2025 import kind_of_work_counts
from quotum.law.wtl.terms import LkvTerms
from quotum.law.wtl.windows import ASKED, needing_declaration
from quotum.run.stages import tables
from quotum.run.stages.columns import flag
from quotum.run.stages.outputs import gives

_IN_GROUP: Final = "asked_in_group"
_HOURS: Final = {name: column.replace("asked", "hours") for name, column in ASKED.items()}
_NAMELESS: Final = "hours_without_birth_date"
_BITS: Final = (*ASKED.values(), _IN_GROUP)


@gives(tables.ASKS)
def asks_of(rows: Frame) -> Frame:
    """Per employer and person what is asked in any insured employment, each 0 or 1, and the hours of the rows that ask.

    Of the hours no right is looked at but the kind of work: they say what hangs on a request.
    """
    columns = [*ASKED.values(), _IN_GROUP]
    asking = {
        _HOURS[name]: nw.when(asked_for(column) & kind_of_work_counts()).then(nw.col("paid_hours")).otherwise(nw.lit(0))
        for name, column in ASKED.items()
    }
    in_group = asked_for() & of_target_group()
    nameless = nw.when(in_group & ~birth_date_known()).then(nw.col("paid_hours")).otherwise(nw.lit(0))
    hours = [*_HOURS.values(), _NAMELESS]
    flags = {name: flag(asked_for(name)) for name in ASKED.values()}
    any_asked = nw.any_horizontal(*(nw.col(name) for name in ASKED.values()), ignore_nulls=True)
    return (
        rows.filter(insured_employment() & has_bsn() & any_asked)
        .select("rsin", "bsn", "in_target_group", **flags, **asking, **{_NAMELESS: nameless})
        .with_columns(**{_IN_GROUP: nw.col(ASKED[JOBS_AGREEMENT]) * nw.col("in_target_group")})
        .group_by("rsin", "bsn")
        .agg(*(nw.col(name).max() for name in columns), *(nw.col(name).sum() for name in hours))
        .with_columns(*(nw.col(name).cast(nw.Int64) for name in hours))
    )


def columns_needing_declaration(lkv: LkvTerms) -> list[str]:
    """The columns of `asks_of` with requests for which a declaration is asked."""
    return [ASKED[name] for name in needing_declaration(lkv)]


@gives(tables.PERSONS)
def persons_to_look_at(engine: Engine, asks: Frame, declarations: pa.Table | None, lkv: LkvTerms) -> Frame:
    """`bsn` of who has a declaration, or asks an LKV that ends after some years in the target group."""
    none = pa.table({"bsn": pa.array([], pa.int64())})
    declared = none if declarations is None else declarations.select(["bsn"])
    asking = asks.join(engine.table(declared), on="bsn", how="semi").select("bsn")
    if lkv.ends_in_target_group:
        asking = nw.concat([asking, asks.filter(nw.col(_IN_GROUP) == 1).select("bsn")], how="vertical")
    return each_once(asking, "bsn")


def asked_as_numbers(asks: Frame) -> Frame:
    """What each asks as one whole number, a bit for each column: `rsin`, `bsn`, `asked`."""
    number = sum((nw.col(name) * 2**place for place, name in enumerate(_BITS)), nw.col(_BITS[0]) * 0)
    return asks.select("rsin", "bsn", asked=number)


@cache
def asked_in(number: int) -> tuple[frozenset[str], bool]:
    """What such a number says: the categories, and whether the LKV is asked for a row in the target group."""
    columns = {name for place, name in enumerate(_BITS) if number >> place & 1}
    return frozenset(name for name, column in ASKED.items() if column in columns), _IN_GROUP in columns


def uncovered(asks: Frame, lkv: LkvTerms, covered: Frame | None) -> Frame:
    """The requests that need a declaration and have none: `rsin`, `bsn`, `category`, `paid_hours`.

    Args:
        asks: As `asks_of`.
        lkv: The text that holds and its figures.
        covered: `rsin`, `bsn` and `category` of the requests that have one; None when none has.
    """
    requests = [
        asks.filter(nw.col(ASKED[name]) == 1).select(
            "rsin", "bsn", category=nw.lit(name), paid_hours=nw.col(_HOURS[name])
        )
        for name in needing_declaration(lkv)
    ]
    every = nw.concat(requests, how="vertical")
    return every if covered is None else every.join(covered, on=["rsin", "bsn", "category"], how="anti")


def nameless_in(asks: Frame) -> Frame:
    """What the rows without a birth date would count for, were it known: `rsin`, `bsn`, `category`, `paid_hours`."""
    return asks.filter(nw.col(_NAMELESS) != 0).select(
        "rsin", "bsn", category=nw.lit(JOBS_AGREEMENT), paid_hours=nw.col(_NAMELESS)
    )


__all__ = [
    "asked_as_numbers",
    "asked_in",
    "asks_of",
    "columns_needing_declaration",
    "nameless_in",
    "persons_to_look_at",
    "uncovered",
]
