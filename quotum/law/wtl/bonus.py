"""LKV doelgroep banenafspraak and the jobs agreement bonus (banenafspraakbonus): Wtl art. 2.10-2.13, from 2026.

What is asked of a row here is asked by every other benefit too (`of_every_benefit`).
"""

from typing import Final

import narwhals as nw

from quotum.frames import one_of
from quotum.law.conditions import Question, Reason, Rule, Text, condition
from quotum.law.readings import BONUS_NOT_NEGATIVE, BONUS_YEARS, REQUEST_PER_ROW

# Kinds of income relation (`SrtIV`) that are an employment: civil servants, insured directors, other wages.
EMPLOYMENTS: Final = (11, 13, 15)
ASKED: Final = "asked_jobs_agreement"
"""Column with the request for the jobs agreement."""

WORTH_IN_LKV: Final = Question(
    "Wtl art. 2.13",
    Text("How much LKV is this person worth over the year?", "Hoeveel LKV levert deze persoon over het jaar op?"),
)
WORTH_IN_BONUS: Final = Question(
    "Wtl art. 2.13 lid 2",
    Text(
        "How much bonus is this person worth over the year?",
        "Hoeveel banenafspraakbonus levert deze persoon over het jaar op?",
    ),
)
BONUS_READINGS: Final = (BONUS_YEARS, BONUS_NOT_NEGATIVE)
PRODUCT: Final = Text("{hours} × {rate} = {product}", "{hours} × {rate} = {product}")
"""Paid hours that count times the amount per hour, in euros."""
CUT_OFF: Final = Text(", cut off at {cap}", ", afgetopt op {cap}")
NOT_BELOW_ZERO: Final = Text(", not below zero", ", niet lager dan nul")


@condition(
    "Wtl art. 2.1",
    Text("Did the employer ask for it?", "Heeft de werkgever erom verzocht?"),
    Reason("not_asked", Text("not asked for", "niet aangevraagd")),
    REQUEST_PER_ROW,
)
def asked_for(asked: str = ASKED) -> nw.Expr:
    """The employer asked for it: J in any income period of the row (Wtl art. 2.1).

    Args:
        asked: Column with the request for the benefit.
    """
    return nw.col(asked).fill_null(value=False)


@condition(
    "Wtl art. 1.1, 2.10 lid 1",
    Text(
        "Is it an employment insured for WAO/WIA, WW or ZW?",
        "Is het een dienstbetrekking die verzekerd is voor de WAO/WIA, de WW of de ZW?",
    ),
    Reason("not_insured", Text("no employment that is insured", "geen verzekerde dienstbetrekking")),
)
def insured_employment() -> nw.Expr:
    """An employment insured for at least one of WAO/WIA, WW and ZW (Wtl art. 1.1, 2.10)."""
    insured = (
        nw.col("insured_wao").fill_null(value=False)
        | nw.col("insured_ww").fill_null(value=False)
        | nw.col("insured_zw").fill_null(value=False)
    )
    return one_of(nw.col("income_kind").fill_null(0), EMPLOYMENTS) & insured


@condition(
    "Wtl art. 2.10 lid 2 a",
    Text("Is the birth date known?", "Is de geboortedatum bekend?"),
    Reason(
        "no_birth_date",
        Text(
            "no birth date, so the pension age cannot be judged",
            "geen geboortedatum, zodat de pensioengerechtigde leeftijd niet te beoordelen is",
        ),
    ),
)
def birth_date_known() -> nw.Expr:
    """The birth date is known: without it the pension age cannot be judged, and there is no right."""
    return ~nw.col("birth_date").is_null()


@condition(
    "Wtl art. 2.10 lid 2 a; AOW art. 7a lid 1",
    Text(
        "Does the period begin before the day on which the person reaches the pension age?",
        "Begint het tijdvak voor de dag waarop de persoon de pensioengerechtigde leeftijd bereikt?",
    ),
    Reason(
        "pension_age",
        Text(
            "pension age reached by the first day of the period",
            "pensioengerechtigde leeftijd bereikt op de eerste dag van het tijdvak",
        ),
    ),
)
def below_pension_age() -> nw.Expr:
    """The first day of the period lies before the day of the pension age (Wtl art. 2.10 lid 2 a).

    `youngest_pensioner` is the latest birth date that has reached it on that first day. An unknown birth date
    is a case of its own: see `birth_date_known`.
    """
    return (nw.col("birth_date") > nw.col("youngest_pensioner")).fill_null(value=True)


@condition(
    "Wtl art. 2.10 lid 1",
    Text("Does the row name the person by a BSN?", "Staat er een BSN in de regel?"),
    Reason("no_bsn", Text("no BSN", "geen BSN")),
)
def has_bsn() -> nw.Expr:
    """The row has a BSN: a right is that of a person who is known."""
    return ~nw.col("bsn").is_null()


@condition(
    "Wtl art. 2.10 lid 1, 2.12 lid 2",
    Text(
        "Is the person in the target group in this period?",
        "Behoort de persoon in dit tijdvak tot de doelgroep banenafspraak?",
    ),
    Reason("not_in_target_group", Text("not in the target group", "niet in de doelgroep banenafspraak")),
)
def of_target_group() -> nw.Expr:
    """The row is in the target group, as `quotum.law.wtl.target_group` decides; an explanation says why not in detail.

    Column: `in_target_group` (0 or 1).
    """
    return nw.col("in_target_group") == 1


@condition(
    "Wtl art. 2.13 lid 2; Wet banenafspraak art. 6 lid 1, 13",
    Text("Is a bonus due over this year?", "Is over dit jaar een bonus verschuldigd?"),
    Reason("not_due", Text("not due over this year", "niet verschuldigd over dit jaar")),
    BONUS_YEARS,
)
def bonus_due(*, surcharge_due: bool) -> bool:
    """Whether a bonus is due over a year: in the years in which the surcharge is due.

    Args:
        surcharge_due: Whether the surcharge is due over the year (Wet banenafspraak art. 6 lid 1).
    """
    return surcharge_due


def of_every_benefit(asked: str = ASKED) -> Rule:
    """What every benefit asks of a row.

    Args:
        asked: Column with the request for the benefit.
    """
    return Rule(
        "meets_every_benefit",
        "Wtl art. 2.1, 2.10 lid 1, 2 a",
        Text(
            "Was it asked for, for an insured employment before the pension age?",
            "Is erom verzocht voor een verzekerde dienstbetrekking voor de pensioengerechtigde leeftijd?",
        ),
        (
            (asked_for, asked_for(asked)),
            (insured_employment, insured_employment()),
            (birth_date_known, birth_date_known()),
            (below_pension_age, below_pension_age()),
        ),
    )


def lkv_from_2026() -> Rule:
    """Whether a row counts for the LKV from 2026 on: asked for, employed, of age, in the target group."""
    return Rule(
        "counts_for_lkv",
        "Wtl art. 2.1, 2.10 lid 1 and 2 a, 2.12 lid 2",
        Text("Does this row count for the LKV?", "Telt deze regel mee voor het LKV?"),
        ((has_bsn, has_bsn()), (of_target_group, of_target_group()), *of_every_benefit().parts),
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
