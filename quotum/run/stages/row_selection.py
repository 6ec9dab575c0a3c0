"""Opening the few rows that the law looks at, and adding up all others from the sums of their messages.

Of nearly every row the law wants nothing but a sum: its return has one full message, its person is in no
register and has no trait or declaration, and no benefit is asked. `sums` are what all rows in force add up
to by their nature alone; `rows` are those of which more must be known.
"""

from datetime import date
from functools import reduce

import narwhals as nw
from attrs import frozen

from quotum.archive.in_force import InForce, identified, unknown_withdrawals
from quotum.archive.known import Known
from quotum.engine.interface import Engine
from quotum.frames import Frame, one_of
from quotum.law.kinds_of_work import DECISIVE_NATURES
from quotum.law.returns import IDENTITY, RETURN, is_full, is_reported
from quotum.law.wtl.bonus import EMPLOYMENTS
from quotum.money import MAGNITUDE_STEP
from quotum.run.stages.bounds import magnitude
from quotum.run.stages.columns import constant, flag, sums_by
from quotum.tables import FRAGMENTS, INCOME_RELATIONS, SUMS

ADDED = tuple(column for column in SUMS.names if column not in ("fragment", *RETURN, "employment_nature"))
# What no rule about a single row looks at, and takes long to read. A full return withdraws nothing.
_NOT_LOOKED_AT = ("action", "social_wage_cents", "premium_benefit_cents")
LOOKED_AT = tuple(name for name in INCOME_RELATIONS.names if name not in _NOT_LOOKED_AT)
"""Columns of rows that are looked at one by one."""
_ASKED = ("asked_older", "asked_disabled", "asked_jobs_agreement", "asked_reassigned")
# From the last of days to the first: no day lies between. Spark takes no year of less than four digits.
_NEVER = (date(1900, 1, 1), date(9999, 12, 31))
_WHOLE = ("fragment", *RETURN, "employment_nature", *ADDED)


@frozen
class Opened:
    """The rows of a year in force: what all add up to, and those among them that are looked at."""

    rows: Frame
    """Rows in force that are looked at one by one, as `LOOKED_AT`."""
    sums: Frame
    """What all rows in force add up to, as `tables.SUMS` without `fragment`, any number of rows of a return: the
    messages that stand, what later words put, and negative what they replace."""
    unknown_withdrawals: Frame
    """Income relations of which the last word is a withdrawal, and that no message reports."""


def opened(engine: Engine, rows: Frame, corrections: Frame, sums: Frame, in_force: InForce, persons: Frame) -> Opened:
    """Open the rows that the law looks at.

    Args:
        engine: Where it runs.
        rows: The rows of full returns of a calendar year that were received, as `tables.INCOME_RELATIONS`.
        corrections: Those of all other returns.
        sums: What both add up to by fragment, as `tables.SUMS`.
        in_force: The returns in force.
        persons: `bsn` of everybody whose rows are looked at, each once.
    """
    later_words = in_force.said_later
    key = [*RETURN, *IDENTITY]
    near = engine.shelve(_near(rows, in_force, engine.keep(_of_whom(persons, later_words))))
    spoken_of = identified(near.filter(nw.col("spoken_of") == 1))
    stands, wanted = nw.col("left_out") == 0, nw.col("wanted") == 1
    replaced = spoken_of.filter(stands).join(later_words.select(*key), on=key, how="semi")
    words = later_words.filter(is_reported())
    of_persons = words.join(persons.with_columns(looked_at=nw.lit(1)), on="bsn", how="left")
    not_replaced = spoken_of.filter(stands & wanted).join(later_words.select(*key), on=key, how="anti")
    # Few, and asked for at every use.
    beside = [not_replaced, of_persons.filter((nw.col("looked_at") == 1) | _asks_benefit())]
    put_in_order = engine.shelve(nw.concat([frame.select(*LOOKED_AT) for frame in beside], how="vertical"))
    left = near.filter(stands & wanted & (nw.col("spoken_of") == 0)).select(*LOOKED_AT)
    standing = sums.join(in_force.placed.left_out, on="fragment", how="anti").select(*_WHOLE[1:])
    later = engine.shelve(nw.concat([measured_as(replaced, -1), measured_as(words, 1)], how="vertical"))
    reported = [spoken_of.select(*key), identified(corrections).filter(is_reported()).select(*key)]
    return Opened(
        nw.concat([left, put_in_order], how="vertical"),
        nw.concat([standing, later], how="vertical"),
        unknown_withdrawals(nw.concat(reported, how="vertical"), later_words),
    )


def _of_whom(persons: Frame, said_later: Frame) -> Frame:
    """Of whom any row is looked at, or can be replaced: one look-up for each row.

    Returns:
        `bsn`, each once; `looked_at` (1 when each row is), and the first and the last period that a later word is
        about (`first`, `last`).
    """
    columns = ("bsn", "looked_at", "first", "last")
    spoken_of = said_later.filter(~nw.col("bsn").is_null()).select(
        "bsn", looked_at=nw.lit(0).cast(nw.Int64), first=nw.col("period_start"), last=nw.col("period_start")
    )
    never = {"first": nw.lit(_NEVER[1]).cast(nw.Date), "last": nw.lit(_NEVER[0]).cast(nw.Date)}
    looked_at = persons.with_columns(looked_at=nw.lit(1).cast(nw.Int64), **never)
    return (
        nw.concat([spoken_of.select(*columns), looked_at.select(*columns)], how="vertical")
        .group_by("bsn")
        .agg(nw.col("looked_at").max(), nw.col("first").min(), nw.col("last").max())
    )


def _near(rows: Frame, in_force: InForce, of_whom: Frame) -> Frame:
    """The rows that are looked at, and those that a later word can be about.

    Nearly all rows fall out at one look-up of their person. Any word can be about a row without a BSN.

    Returns:
        `LOOKED_AT`, with 0 or 1 for `wanted` (looked at one by one), `spoken_of` (perhaps by a later word) and
        `left_out` (its message does not stand).
    """
    nobody = nw.col("bsn").is_null()
    looked_at = nw.col("looked_at") == 1
    spoken_of = (nw.col("period_start") >= nw.col("first")) & (nw.col("period_start") <= nw.col("last"))
    full = in_force.placed.left_out.filter(is_full())
    # A null stands for no: a condition that holds decides.
    asked = reduce(lambda left, right: left | right, (nw.col(name) for name in _ASKED))
    near = rows.join(of_whom, on="bsn", how="left").filter(looked_at | spoken_of | nobody | asked)
    return (
        near.join(full.select("fragment", left_out=nw.lit(1).cast(nw.Int64)), on="fragment", how="left")
        .with_columns(
            nw.col("left_out").fill_null(0),
            wanted=flag(looked_at.fill_null(value=False) | _asks_benefit()),
            spoken_of=flag(spoken_of.fill_null(value=False) | nobody),
        )
        .select(*LOOKED_AT, "wanted", "spoken_of", "left_out")
    )


def _asks_benefit() -> nw.Expr:
    """Whether a row asks any benefit."""
    return nw.any_horizontal(*(nw.col(name).fill_null(value=False) for name in _ASKED), ignore_nulls=True)


def measured_as(rows: Frame, sign: int) -> Frame:
    """What rows add to the sums of their return, or take off: as `Opened.sums`."""
    added = measured(rows).with_columns(**{name: nw.col(name) * sign for name in ADDED})
    return added.select(*_WHOLE[1:])


def measured(rows: Frame) -> Frame:
    """What each row adds to the sums of its message, as `tables.SUMS`: as `quotum.intake.staging.sums` adds it up."""
    low, high, nature = nw.col("premium_wage_low_cents"), nw.col("premium_wage_high_cents"), nw.col("employment_nature")
    return rows.select(
        "fragment",
        *RETURN,
        "paid_hours",
        "premium_wage_low_cents",
        "premium_wage_high_cents",
        employment_nature=nw.when(one_of(nature, DECISIVE_NATURES)).then(nature),
        all_rows=constant(1),
        rows_without_bsn=flag(nw.col("bsn").is_null()),
        employment_rows=flag(one_of(nw.col("income_kind").fill_null(0), EMPLOYMENTS)),
        high_rows=flag(high.fill_null(0) != 0),
        low_rows=flag(low.fill_null(0) != 0),
        wage_magnitude=(magnitude(low) + magnitude(high)) // MAGNITUDE_STEP,
    )


def sums_of_year(engine: Engine, archive: Known, year: int) -> Frame:
    """The sums of a calendar year by fragment, as `tables.SUMS`; made from the rows where a call has none."""
    stored = engine.scan(archive.paths(SUMS, year), SUMS.inside_schema).select(*_WHOLE)
    lacking = archive.without(SUMS, year)
    if not lacking.paths(FRAGMENTS):
        return stored
    rows = engine.scan(lacking.paths(INCOME_RELATIONS, year), INCOME_RELATIONS.inside_schema)
    fragments = engine.scan(lacking.paths(FRAGMENTS), FRAGMENTS.inside_schema).filter(in_year(year))
    key = ("fragment", *RETURN)
    # Every fragment has a row without nature, as `receive` makes it.
    nothing = fragments.select(
        *key,
        employment_nature=nw.when(nw.col("fragment") < 0).then(nw.col("fragment")),
        **dict.fromkeys(ADDED, constant(0)),
    )
    new_rows = nw.concat([measured(rows.filter(is_reported())).select(*_WHOLE), nothing], how="vertical")
    added = engine.keep(sums_by(new_rows, (*key, "employment_nature"), *ADDED))
    return nw.concat([stored, added.select(*_WHOLE)], how="vertical")


def in_year(year: int) -> nw.Expr:
    """Whether a return belongs to a calendar year: that of the first day of its period."""
    return (nw.col("period_start") >= date(year, 1, 1)) & (nw.col("period_start") <= date(year, 12, 31))


__all__ = ["ADDED", "LOOKED_AT", "Opened", "in_year", "measured", "measured_as", "opened", "sums_of_year"]
