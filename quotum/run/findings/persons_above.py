"""Persons with more than can be: premium wage above the maximum, or more hours than a year has."""

from collections.abc import Mapping
from typing import Final

import narwhals as nw

from quotum.engine.interface import Engine
from quotum.frames import Frame
from quotum.periods import hours_of_year
from quotum.run.stages.columns import sums_by
from quotum.run.stages.counts import without_bsn
from quotum.run.stages.rows_in_force import YearRows
from quotum.run.terms import Terms

ABOVE_HOURS: Final = "person_above_hours_of_year"
ABOVE_WAGE: Final = "person_above_maximum_premium_wage"
WHO: Final = {ABOVE_HOURS: ("bsn",), ABOVE_WAGE: ("rsin", "bsn")}
"""Columns that name a person, by finding."""

Above = Mapping[str, Frame]
"""Persons with more than can be, by finding, each once."""


def persons_above(engine: Engine, year_rows: YearRows, terms: Terms) -> Above:
    """Persons with more than can be: premium wage at one employer (Wfsv art. 17 lid 1), or hours, wherever paid.

    Args:
        engine: Where it runs.
        year_rows: The rows in force, read with `perhaps_above`.
        terms: The figures of the year.

    Returns:
        By finding the persons, with the columns of `WHO`.
    """
    if year_rows.suspects is None:
        raise ValueError("the rows were read without `perhaps_above`")
    known = year_rows.opened.join(year_rows.suspects, on="bsn", how="semi").with_columns(
        wage_cents=nw.col("premium_wage_low_cents") + nw.col("premium_wage_high_cents")
    )
    at_employer = engine.keep(sums_by(known, ("rsin", "bsn"), "wage_cents", "paid_hours"))
    hours = sums_by(at_employer, ("bsn",), "paid_hours")
    above = {ABOVE_HOURS: hours.filter(nw.col("paid_hours") > hours_of_year(terms.year))}
    if terms.maximum_premium_wage_cents is not None:
        above[ABOVE_WAGE] = at_employer.filter(nw.col("wage_cents") > terms.maximum_premium_wage_cents)
    return above


def perhaps_above(rows: Frame, terms: Terms) -> Frame:
    """Persons who can have more than can be: what is below zero, replaced or withdrawn takes nothing off.

    Args:
        rows: All received rows of a calendar year, as `tables.INCOME_RELATIONS`.
        terms: The figures of the year.

    Returns:
        `bsn`, each once.
    """
    names = ("paid_hours", "premium_wage_low_cents", "premium_wage_high_cents")
    at_most = [nw.when(nw.col(name) > 0).then(nw.col(name)).otherwise(nw.lit(0)) for name in names]
    rows = rows.filter(~without_bsn()).select("bsn", hours=at_most[0], wage_cents=at_most[1] + at_most[2])
    above = nw.col("hours") > hours_of_year(terms.year)
    if terms.maximum_premium_wage_cents is not None:
        above |= nw.col("wage_cents") > terms.maximum_premium_wage_cents
    return sums_by(rows, ("bsn",), "hours", "wage_cents").filter(above).select("bsn")


__all__ = ["ABOVE_HOURS", "ABOVE_WAGE", "WHO", "Above", "perhaps_above", "persons_above"]
