"""Opening the few rows that the law looks at, and adding up all others from the sums of their messages.

Of nearly every row the law wants nothing but a sum: its return has one full message, its person is in no
register and has no trait or declaration, and no benefit is asked. `opened` are the others, and the rows
that a later message replaces; `plain` and `more` are what the rest adds up to. All together are the rows in force.
"""

from datetime import date

import narwhals as nw
from attrs import frozen

from quotum.archive.in_force import IDENTITY, NO_BSN, RETURN, InForce, identified, unknown_withdrawals
from quotum.archive.known import Known
from quotum.engine.interface import Engine
from quotum.frames import Frame, one_of
from quotum.law.bonus import EMPLOYMENTS
from quotum.law.kinds_of_work import TOLD_APART
from quotum.money import MAGNITUDE_STEP
from quotum.run.bounds import magnitude
from quotum.run.columns import constant, flag, sums_by
from quotum.tables import FRAGMENTS, INCOME_RELATIONS, SUMS

ADDED = tuple(column for column in SUMS.names if column not in ("fragment", *RETURN, "employment_nature"))
# What no rule about a single row looks at, and takes long to read.
_NOT_LOOKED_AT = ("social_wage_cents", "premium_benefit_cents")
LOOKED_AT = tuple(name for name in INCOME_RELATIONS.names if name not in _NOT_LOOKED_AT)
"""Columns of rows that are looked at one by one."""
_ASKED = ("asked_older", "asked_disabled", "asked_jobs_agreement", "asked_reassigned")
_WHOLE = ("fragment", *RETURN, "employment_nature", *ADDED)


@frozen
class Opened:
    """The rows of a year in force, in two parts."""

    rows: Frame
    """Rows in force that are looked at one by one, as `LOOKED_AT`."""
    plain: Frame
    """What the messages that stand add up to but for the natures that the law tells apart, as `tables.SUMS` without
    `fragment`: one row for each return with such a message."""
    more: Frame
    """What comes on top of these so that all other rows in force are added up: those natures, what later words put,
    and negative what is opened or replaced; as `plain`, any number of rows of a return."""
    unknown_withdrawals: Frame
    """Income relations of which the last word is a withdrawal, and that no message reports."""


def opened(engine: Engine, rows: Frame, sums: Frame, found: InForce, persons: Frame) -> Opened:
    """Open the rows that the law looks at.

    Args:
        engine: Where it runs.
        rows: All received rows of a calendar year, as `tables.INCOME_RELATIONS`.
        sums: What they add up to by fragment, as `tables.SUMS`.
        found: The returns in force.
        persons: `bsn` of everybody whose rows are looked at, each once.
    """
    looked_at = persons.with_columns(looked_at=nw.lit(1))
    said = found.said_later
    near = engine.shelve(_near(rows, found, _spoken_of(engine, said), looked_at))
    stands = near.filter(nw.col("left_out") == 0)
    taken = stands.filter((nw.col("wanted") == 1) | (nw.col("replaced") == 1))
    left = stands.filter((nw.col("wanted") == 1) & (nw.col("replaced") == 0))
    words = said.filter(nw.col("action") == "I").join(looked_at, on="bsn", how="left").with_columns(wanted=_wanted())
    put = words.filter(nw.col("wanted") == 0)
    standing = sums.join(found.placed.left_out, on="fragment", how="anti").select(*_WHOLE[1:])
    apart = nw.col("employment_nature").is_null()
    more = [standing.filter(~apart), _measured_as(taken, -1), _measured_as(put, 1)]
    wanted_words = words.filter(nw.col("wanted") == 1)
    return Opened(
        nw.concat([left.select(*LOOKED_AT), wanted_words.select(*LOOKED_AT)], how="vertical"),
        standing.filter(apart),
        nw.concat(more, how="vertical"),
        unknown_withdrawals(near, said),
    )


def _near(rows: Frame, found: InForce, spoken_of: Frame, looked_at: Frame) -> Frame:
    """The rows that are looked at, those that a later word replaces, and those that a withdrawal can be about.

    Nearly all rows fall out at two look-ups of one whole number each; only of what is left more is asked.

    Returns:
        `LOOKED_AT` and the identity, with 0 or 1 for `wanted` (looked at one by one), `replaced` (by a later word) and
        `left_out` (not in force for its message).
    """
    key = [*RETURN, *IDENTITY]
    replaced = found.said_later.select(*key).with_columns(replaced=nw.lit(1))
    left_out = found.placed.left_out.with_columns(left_out=nw.lit(1))
    flags = ("wanted", "replaced", "left_out")
    return (
        rows.filter(nw.col("action") == "I")
        .with_columns(place=_place(nw.col("bsn").fill_null(NO_BSN)))
        .join(looked_at, on="bsn", how="left")
        .join(spoken_of, on="place", how="left")
        .with_columns(wanted=_wanted())
        .filter((nw.col("wanted") == 1) | ~nw.col("withdrawn").is_null())
        .join(left_out, on="fragment", how="left")
        .filter(nw.col("left_out").is_null() | (nw.col("withdrawn") == 1))
        .pipe(identified)
        .join(replaced, on=key, how="left")
        .with_columns(nw.col("replaced").fill_null(0), nw.col("left_out").fill_null(0))
        .select(*LOOKED_AT, *IDENTITY[:2], *flags)
    )


def _spoken_of(engine: Engine, said_later: Frame) -> Frame:
    """Where a later word can be about a row: `place`, and whether any such word is a withdrawal (`withdrawn`)."""
    withdrawn = flag(nw.col("action") == "X")
    words = said_later.select(place=_place(nw.col("bsn_key")), withdrawn=withdrawn)
    return engine.keep(words.group_by("place").agg(nw.col("withdrawn").max()))


def _place(person: nw.Expr) -> nw.Expr:
    """Person and first day of the period in a whole number; persons without BSN share one, so it only says perhaps."""
    return person * 1000 + nw.col("period_start").dt.ordinal_day().cast(nw.Int64)


def _wanted() -> nw.Expr:
    """Whether a row is looked at one by one: for its person, or for what it asks."""
    asked = nw.any_horizontal(*(nw.col(name) for name in _ASKED), ignore_nulls=True)
    return flag(~nw.col("looked_at").is_null() | asked)


def _measured_as(rows: Frame, sign: int) -> Frame:
    added = measured(rows).with_columns(**{name: nw.col(name) * sign for name in ADDED})
    return added.select(*_WHOLE[1:])


def measured(rows: Frame) -> Frame:
    """What each row adds to the sums of its message, as `tables.SUMS`: as `quotum.intake.sums` adds it up."""
    low, high, nature = nw.col("premium_wage_low_cents"), nw.col("premium_wage_high_cents"), nw.col("employment_nature")
    return rows.select(
        "fragment",
        *RETURN,
        "paid_hours",
        "premium_wage_low_cents",
        "premium_wage_high_cents",
        employment_nature=nw.when(one_of(nature, TOLD_APART)).then(nature),
        all_rows=constant(1),
        rows_without_bsn=flag(nw.col("bsn").is_null()),
        employment_rows=flag(one_of(nw.col("income_kind").fill_null(0), EMPLOYMENTS)),
        high_rows=flag(high.fill_null(0) != 0),
        low_rows=flag(low.fill_null(0) != 0),
        wage_magnitude=(magnitude(low) + magnitude(high)) // MAGNITUDE_STEP,
    )


def sums_of_year(engine: Engine, archive: Known, year: int) -> Frame:
    """The sums of a calendar year by fragment, as `tables.SUMS`; made from the rows where a call has none."""
    kept = engine.scan(archive.paths(SUMS, year), SUMS.inside_schema).select(*_WHOLE)
    lacking = archive.without(SUMS, year)
    if not lacking.paths(FRAGMENTS):
        return kept
    rows = engine.scan(lacking.paths(INCOME_RELATIONS, year), INCOME_RELATIONS.inside_schema)
    fragments = engine.scan(lacking.paths(FRAGMENTS), FRAGMENTS.inside_schema).filter(in_year(year))
    key = ("fragment", *RETURN)
    # Every fragment has a row without nature, as `receive` makes it.
    nothing = fragments.select(
        *key,
        employment_nature=nw.when(nw.col("fragment") < 0).then(nw.col("fragment")),
        **dict.fromkeys(ADDED, constant(0)),
    )
    made = nw.concat([measured(rows.filter(nw.col("action") == "I")).select(*_WHOLE), nothing], how="vertical")
    added = engine.keep(sums_by(made, (*key, "employment_nature"), *ADDED))
    return nw.concat([kept, added.select(*_WHOLE)], how="vertical")


def in_year(year: int) -> nw.Expr:
    """Whether a return belongs to a calendar year: that of the first day of its period."""
    return (nw.col("period_start") >= date(year, 1, 1)) & (nw.col("period_start") <= date(year, 12, 31))


__all__ = ["ADDED", "LOOKED_AT", "Opened", "in_year", "measured", "opened", "sums_of_year"]
