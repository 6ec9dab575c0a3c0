"""LKV doelgroep banenafspraak and the jobs agreement bonus (banenafspraakbonus): Wtl art. 2.10-2.13, from 2026."""

from typing import Final

import narwhals as nw

from quotum.frames import one_of

# Kinds of income relation (`SrtIV`) that are an employment: civil servants, insured directors, other wages.
EMPLOYMENTS: Final = (11, 13, 15)


def asked_for() -> nw.Expr:
    """The employer asked for it: J in any income period of the row (Wtl art. 2.1)."""
    return nw.col("asked_jobs_agreement").fill_null(value=False)


def insured_employment() -> nw.Expr:
    """An employment insured for at least one of WAO/WIA, WW and ZW (Wtl art. 1.1, 2.10)."""
    insured = (
        nw.col("insured_wao").fill_null(value=False)
        | nw.col("insured_ww").fill_null(value=False)
        | nw.col("insured_zw").fill_null(value=False)
    )
    return one_of(nw.col("income_kind").fill_null(0), EMPLOYMENTS) & insured


def below_pension_age() -> nw.Expr:
    """The first day of the period lies before the day of the pension age (Wtl art. 2.10 lid 2 a).

    `youngest_pensioner` is the latest birth date that has reached it on that first day. Without a
    birth date it cannot be judged: no right.
    """
    return (nw.col("birth_date") > nw.col("youngest_pensioner")).fill_null(value=False)


def entitled() -> nw.Expr:
    """Whether a row counts for the LKV from 2026 on: asked for, employed, of age, in the target group."""
    return (
        asked_for()
        & insured_employment()
        & below_pension_age()
        & (nw.col("in_target_group") == 1)
        & ~nw.col("bsn").is_null()
    )


def capped_cents(hours: nw.Expr, rate_cents: int, cap_cents: int) -> nw.Expr:
    """An amount per hour, cut off at a maximum and never below zero, exact in cents.

    Wtl art. 2.13: 1.01 euro per paid hour, at most 2,000 euro per employee per calendar year. No
    provision rounds.

    Args:
        hours: Paid hours of a person at an employer over the year; may be negative.
        rate_cents: Cents per hour.
        cap_cents: Most cents per person; 0 is without maximum.
    """
    raw = hours * rate_cents
    not_negative = nw.when(raw < 0).then(nw.lit(0)).otherwise(raw)
    if cap_cents:
        return nw.when(raw > cap_cents).then(nw.lit(cap_cents)).otherwise(not_negative).cast(nw.Int64)
    return not_negative.cast(nw.Int64)


def is_capped(hours: nw.Expr, rate_cents: int, cap_cents: int) -> nw.Expr:
    """Whether the maximum cuts the amount off."""
    return hours * rate_cents > cap_cents if cap_cents else hours * 0 > 0
