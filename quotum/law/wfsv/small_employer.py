"""Small employers (kleine werkgevers): Wfsv art. 36; Besluit Wfsv art. 2.19d, 2.5, 2.15.

Missing data never exempts: what is not known is decided by the class the employer declared.
"""

from datetime import date
from fractions import Fraction

import narwhals as nw

from quotum.frames import one_of
from quotum.law.kinds_of_work import WSW, WSW_SECONDED
from quotum.money import round_down


def limit_cents(average_premium_wage_cents: int, factor: Fraction) -> int:
    """Largest premium wage of year t-2 of a small employer, in cents (Besluit Wfsv art. 2.19d lid 1)."""
    return round_down(average_premium_wage_cents * factor)


def class_counts() -> nw.Expr:
    """Whether wage in the high class says that the employer declared itself not small.

    Not in Wsw employment (`CdAard` 21 or 22); wage in the low class says in any that it declared itself small.
    """
    return ~one_of(nw.col("employment_nature").fill_null(0), (WSW, WSW_SECONDED))


def starts_in(year: int) -> nw.Expr:
    """Whether an employer started in year t or t-1 (Besluit Wfsv art. 2.19d lid 4)."""
    started = nw.col("started_on")
    return ~started.is_null() & (started >= date(year - 1, 1, 1)) & (started <= date(year, 12, 31))


def ground(year: int) -> nw.Expr:
    """What decides whether an employer is small: `starter`, `wage_bill`, `transfer` or `declared_class`.

    Besluit Wfsv art. 2.19d lid 4, "in afwijking van het eerste lid": a start in t or t-1 without a
    transfer comes before a known wage. Who took over is no starter, whether the wage is known or not,
    and who only passed something on started without one. `transfer` where a transfer of undertaking
    corrected the wage (art. 2.15). Missing data never exempts.

    Args:
        year: Year t. Columns: `premium_wage_t2_cents` (null when unknown), `corrected` (1 where a
            transfer counts), `took_over` (1 where it is one by which the employer took over),
            `started_on`.
    """
    known, corrected = ~nw.col("premium_wage_t2_cents").is_null(), nw.col("corrected") == 1
    by_wage = nw.when(corrected).then(nw.lit("transfer")).otherwise(nw.lit("wage_bill"))
    no_starter = nw.when(known).then(by_wage).otherwise(nw.lit("declared_class"))
    return nw.when(starts_in(year) & (nw.col("took_over") == 0)).then(nw.lit("starter")).otherwise(no_starter)


def had_wage_before_start() -> nw.Expr:
    """Whether a starter has a wage of t-2: it stopped and started again, or the date is wrong. A finding.

    A wage of zero is what an employer that was none had, so it contradicts nothing. Columns:
    `small_ground`, `own_wage_t2_cents` (before transfers, null when unknown).
    """
    return (nw.col("small_ground") == "starter") & (nw.col("own_wage_t2_cents").fill_null(0) != 0)


def small_by_wage(limit: int) -> nw.Expr:
    """Whether a known premium wage of t-2 makes an employer small (Besluit Wfsv art. 2.19d lid 1: "ten hoogste").

    Args:
        limit: Largest premium wage of a small employer, cents. Column: `premium_wage_t2_cents`.
    """
    return nw.col("premium_wage_t2_cents") <= limit


def is_small(limit: int) -> nw.Expr:
    """Whether an employer is small.

    Besluit Wfsv art. 2.19d lid 1: "ten hoogste" 25 times the average premium wage; lid 4: starters.
    Otherwise the declared class: small when no row is in the high class, and there are rows.

    Args:
        limit: Largest premium wage of a small employer, cents. Columns: `small_ground`,
            `premium_wage_t2_cents`, `high_rows` and `all_rows` (numbers of rows).
    """
    declared = (nw.col("high_rows") == 0) & (nw.col("all_rows") > 0)
    by_wage = small_by_wage(limit).fill_null(value=False)
    return (
        nw.when(one_of(nw.col("small_ground"), ("wage_bill", "transfer")))
        .then(by_wage)
        .otherwise(nw.when(nw.col("small_ground") == "starter").then(nw.lit(1) == 1).otherwise(declared))
    )


def not_tested() -> dict[str, nw.Expr]:
    """`small_ground` and `small_employer` of a year in which nobody is tested: empty.

    No surcharge is due and the average premium wage has no figure yet: no amount rests on the test.
    Column: `rsin`.
    """
    # What compares with an empty number is empty: a literal that is, becomes false on one of the engines.
    nothing = nw.when(nw.col("rsin") < 0).then(nw.col("rsin"))
    return {"small_ground": nw.lit(None, nw.String), "small_employer": nothing < 0}


def contradicts_declared_class() -> nw.Expr:
    """Whether the declared class says otherwise than the test that decided: a finding.

    Where the declared class itself decided it cannot.
    """
    says_small = (nw.col("low_rows") > 0) & (nw.col("high_rows") == 0)
    says_not_small = nw.col("high_rows") > 0
    small = nw.col("small_employer")
    return (small & says_not_small) | (~small & says_small)
