"""Small employers (kleine werkgevers): Wfsv art. 36; Besluit Wfsv art. 2.19d, 2.5, 2.15.

Missing data never exempts: what is not known is decided by the class the employer declared.
"""

from datetime import date
from fractions import Fraction
from typing import Final

import narwhals as nw

from quotum.frames import one_of
from quotum.law.conditions import Question, Text
from quotum.law.kinds_of_work import WSW, WSW_SECONDED
from quotum.money import round_down

STARTER, WAGE_BILL, TRANSFER, DECLARED_CLASS = "starter", "wage_bill", "transfer", "declared_class"
"""What decides whether an employer is small."""

AT_MOST_LIMIT: Final = Question(
    "Wfsv art. 36; Besluit Wfsv art. 2.19d lid 1",
    Text("Is that at most the limit of a small employer?", "Is dat ten hoogste de grens van een kleine werkgever?"),
)
SMALL: Final = Text("a small employer", "een kleine werkgever")
NOT_SMALL: Final = Text("not a small employer", "geen kleine werkgever")
AT_MOST: Final = Text(
    "yes: {wage} is at most {limit}: a small employer", "ja: {wage} is ten hoogste {limit}: een kleine werkgever"
)
MORE_THAN: Final = Text(
    "no: {wage} is more than {limit}: not a small employer", "nee: {wage} is meer dan {limit}: geen kleine werkgever"
)
NOT_TESTED: Final = Text(
    "not tested: no surcharge is due over {year}, and its average premium wage has no figure",
    "niet getoetst: over {year} is geen opslag verschuldigd, en het gemiddelde premieplichtige loon is niet bekend",
)
STARTED: Final = Question(
    "Besluit Wfsv art. 2.19d lid 4",
    Text(
        "Did the employer start in {before} or {year}, without a transfer?",
        "Is de werkgever in {before} of {year} begonnen, zonder overgang?",
    ),
)
IS_STARTER: Final = Text("yes: a small employer", "ja: een kleine werkgever")
IS_STARTER_WITH_WAGE: Final = Text(
    "yes: the wage of {wage_year} does not count; that it has one is a finding: a small employer",
    "ja: het loon van {wage_year} telt niet; dat er loon is, is een bevinding: een kleine werkgever",
)
WHICH_CLASS: Final = Question(
    "Besluit Wfsv art. 2.19d",
    Text(
        "Nothing is known of the wage or the start: which class did the employer declare?",
        "Van loon en begin is niets bekend: welke klasse gaf de werkgever aan?",
    ),
)
LOW_CLASS: Final = Text("low: a small employer", "laag: een kleine werkgever")
HIGH_CLASS: Final = Text("high: not a small employer", "hoog: geen kleine werkgever")
NO_CLASS: Final = Text("none: not a small employer", "geen: geen kleine werkgever")


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
    by_wage = nw.when(corrected).then(nw.lit(TRANSFER)).otherwise(nw.lit(WAGE_BILL))
    no_starter = nw.when(known).then(by_wage).otherwise(nw.lit(DECLARED_CLASS))
    return nw.when(starts_in(year) & (nw.col("took_over") == 0)).then(nw.lit(STARTER)).otherwise(no_starter)


def had_wage_before_start() -> nw.Expr:
    """Whether a starter has a wage of t-2: it stopped and started again, or the date is wrong. A finding.

    A wage of zero is what an employer that was none had, so it contradicts nothing. Columns:
    `small_ground`, `own_wage_t2_cents` (before transfers, null when unknown).
    """
    return (nw.col("small_ground") == STARTER) & (nw.col("own_wage_t2_cents").fill_null(0) != 0)


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
        nw.when(one_of(nw.col("small_ground"), (WAGE_BILL, TRANSFER)))
        .then(by_wage)
        .otherwise(nw.when(nw.col("small_ground") == STARTER).then(nw.lit(1) == 1).otherwise(declared))
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
