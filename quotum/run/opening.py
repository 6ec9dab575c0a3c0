"""Opening the few rows that the law looks at, and adding up all others from the sums of their messages.

Of nearly every row the law wants nothing but a sum: its return has one full message, its person is in no
register and has no trait or declaration, and no benefit is asked. `opened` are the others, and the rows
that a later message replaces; `sums` are what the rest adds up to. Both together are the rows in force.
"""

from datetime import date

import narwhals as nw
import pyarrow as pa
from attrs import frozen

from quotum.archive.in_force import IDENTITY, RETURN, InForce, identified, unknown_withdrawals
from quotum.archive.known import Known
from quotum.engine.interface import Engine
from quotum.frames import Frame
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
    sums: Frame
    """What all other rows in force add up to, as `tables.SUMS` without `fragment`; more than one row per return."""
    touched: Frame
    """Returns of which `sums` has more than one row, or that have opened rows too."""
    unknown_withdrawals: Frame
    """Income relations of which the last word is a withdrawal, and that no message reports."""


def opened(engine: Engine, rows: Frame, sums: Frame, found: InForce, persons: pa.Table) -> Opened:
    """Open the rows that the law looks at.

    Args:
        engine: Where it runs.
        rows: All received rows of a calendar year, as `tables.INCOME_RELATIONS`.
        sums: What they add up to by fragment, as `tables.SUMS`.
        found: The returns in force.
        persons: `bsn` of everybody whose rows are looked at, each once.
    """
    key = [*RETURN, *IDENTITY]
    said = found.said_later
    looked_at = engine.table(persons).filter(~nw.col("bsn").is_null()).with_columns(looked_at=nw.lit(1))
    replaced = engine.keep(said.select("payroll_tax_number", "bsn_key", "period_start").unique())
    perhaps_replaced = replaced.with_columns(perhaps_replaced=nw.lit(1))
    asked = nw.any_horizontal(*(nw.col(name) for name in _ASKED), ignore_nulls=True)
    looked = engine.shelve(
        identified(rows)
        .join(looked_at, on="bsn", how="left")
        .join(perhaps_replaced, on=["payroll_tax_number", "bsn_key", "period_start"], how="left")
        .filter(~nw.col("looked_at").is_null() | ~nw.col("perhaps_replaced").is_null() | asked)
        .filter(nw.col("action") == "I")
        .select(*LOOKED_AT, *IDENTITY[:2])
    )
    whole = looked.join(found.placed.left_out, on="fragment", how="anti")
    left = whole.join(said.select(*key), on=key, how="anti")
    said_last = said.filter(nw.col("action") == "I")
    in_force = nw.concat([left.select(*LOOKED_AT), said_last.select(*LOOKED_AT)], how="vertical")
    standing = sums.join(found.placed.left_out, on="fragment", how="anti").select(*_WHOLE[1:])
    taken = engine.keep(sums_by(measured(whole), (*RETURN, "employment_nature"), *ADDED)).with_columns(
        **{name: nw.col(name) * -1 for name in ADDED}
    )
    several_natures = sums.filter(~nw.col("employment_nature").is_null()).select(*RETURN)
    touched = nw.concat(
        [
            several_natures, taken.select(*RETURN), said.select(*RETURN), found.placed.several,
            found.placed.in_parts.select(*RETURN),
        ],
        how="vertical",
    )  # fmt: skip
    return Opened(
        in_force,
        nw.concat([standing, taken.select(*_WHOLE[1:])], how="vertical"),
        engine.keep(touched.unique()),
        unknown_withdrawals(looked, said),
    )


def measured(rows: Frame) -> Frame:
    """What each row adds to the sums of its message, as `tables.SUMS`: as `quotum.intake.sums` adds it up."""
    low, high, nature = nw.col("premium_wage_low_cents"), nw.col("premium_wage_high_cents"), nw.col("employment_nature")
    return rows.select(
        "fragment",
        *RETURN,
        "paid_hours",
        "premium_wage_low_cents",
        "premium_wage_high_cents",
        employment_nature=nw.when(nature.is_in(list(TOLD_APART))).then(nature),
        all_rows=constant(1),
        rows_without_bsn=flag(nw.col("bsn").is_null()),
        employment_rows=flag(nw.col("income_kind").fill_null(0).is_in(list(EMPLOYMENTS))),
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
