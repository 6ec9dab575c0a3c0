"""The quota levy (quotumheffing): Wfsv art. 34, 38f-38h; Besluit Wfsv art. 2.20-2.33, the older regime.

Never executed (art. 122na suspends it): it gives no decision, only figures. Everything is exact: the
tenths of the shortage lie on boundaries that binary fractions miss.
"""

from datetime import date
from fractions import Fraction
from functools import reduce
from typing import Final

import narwhals as nw

from quotum.law.conditions import Question, Reason, Rule, Text, condition
from quotum.law.wfsv.quota_percentage import HUNDREDTHS, PERCENTAGE
from quotum.money import HUNDRED_PERCENT, round_up

TENTHS_PER_JOB: Final = 10
# Hours times hundredths of a percent, divided by hundredths of an hour times this, are tenths of a job.
PER_TENTH: Final = HUNDRED_PERCENT // (TENTHS_PER_JOB * HUNDREDTHS)

ENOUGH_HOURS: Final = Question(
    "Wfsv art. 34 lid 4, 7, 8 b; Besluit Wfsv art. 2.20, 2.33",
    Text(
        "Does the employer have enough paid hours in both years to owe a levy?",
        "Heeft de werkgever in beide jaren genoeg verloonde uren om heffing verschuldigd te zijn?",
    ),
)
THRESHOLD_IS: Final = Text("{verdict}: the threshold is {hours}", "{verdict}: de drempel is {hours}")
TARGET_HOURS: Final = Question(
    "Wfsv art. 38g lid 1, 2; Besluit Wfsv art. 2.28",
    Text("How many hours of the target group count?", "Hoeveel uren van de doelgroep tellen?"),
)
TARGET_HOURS_ARE: Final = Text("{own} + {more} - {less} = {hours} hours", "{own} + {more} - {less} = {hours} uren")
SHORTAGE: Final = Question(
    "Wfsv art. 38g lid 1; Besluit Wfsv art. 2.23",
    Text("How many jobs is the employer short?", "Hoeveel banen komt de werkgever tekort?"),
)
SHORTAGE_IS: Final = Text(
    "({hours} × {percentage}% - {target}) / {per_job} = {jobs}, rounded down to tenths, not below zero",
    "({hours} × {percentage}% - {target}) / {per_job} = {jobs}, naar beneden op tienden, niet onder nul",
)
LEVY: Final = Question("Wfsv art. 38h lid 4, 122na", Text("How much levy is that?", "Hoeveel heffing is dat?"))
LEVY_IS: Final = Text(
    "{jobs} × {per_job} = {levy}; suspended: a figure, no decision",
    "{jobs} × {per_job} = {levy}; geschorst: een cijfer, geen beschikking",
)


def threshold_hours(employees: Fraction, hours_per_employee: Fraction) -> int:
    """Fewest paid hours in a year of an employer that owes the levy (Wfsv art. 34 lid 4; Besluit Wfsv art. 2.20)."""
    return round_up(employees * hours_per_employee)


@condition(
    ENOUGH_HOURS.provision,
    ENOUGH_HOURS.text,
    Reason("below_threshold", Text("fewer paid hours than the threshold", "minder verloonde uren dan de drempel")),
)
def is_bound(threshold: int) -> nw.Expr:
    """Whether an employer can owe the levy: at least the threshold in year t-1 and in year t.

    Wfsv art. 34 lid 4, 7; both numbers of hours are what counts (`quota_hours`).

    Args:
        threshold: Paid hours. Columns: `counted_hours_t1`, `counted_hours`.
    """
    return (nw.col("counted_hours_t1") >= threshold) & (nw.col("counted_hours") >= threshold)


@condition(
    PERCENTAGE.provision,
    PERCENTAGE.text,
    Reason(
        "no_sector",
        Text(
            "no sector is known, so there is no quota percentage",
            "de sector is niet bekend, dus er is geen quotumpercentage",
        ),
    ),
)
def has_percentage() -> nw.Expr:
    """Whether an employer has a sector (art. 38c), and so a percentage: `quota_percentage_hundredths` is not null."""
    return ~nw.col("quota_percentage_hundredths").is_null()


def owes_levy(threshold: int) -> Rule:
    """Which employers can owe the levy.

    Args:
        threshold: Paid hours.
    """
    conditions = ((is_bound, is_bound(threshold)), (has_percentage, has_percentage()))
    return Rule("owes_levy", ENOUGH_HOURS.provision, ENOUGH_HOURS.text, conditions)


def employer_for_part_of_year(year: int) -> nw.Expr:
    """Whether an employer was one for only part of year t-1 or t, by the delivered days: a finding.

    Wfsv art. 34 lid 8 b demands a rule for such employers; there is none, and nothing is pro-rated (a reading,
    `readings.QUOTA_PART_OF_YEAR`).

    Args:
        year: Year t. Columns: `started_on`, `ended_on`; null when unknown.
    """
    parts = []
    for calendar_year in (year - 1, year):
        first, last = date(calendar_year, 1, 1), date(calendar_year, 12, 31)
        begins = (nw.col("started_on") > first) & (nw.col("started_on") <= last)
        ends = (nw.col("ended_on") >= first) & (nw.col("ended_on") < last)
        parts += [begins.fill_null(value=False), ends.fill_null(value=False)]
    return reduce(lambda left, right: left | right, parts)


def target_hours_of_levy() -> nw.Expr:
    """Variable C: target-group hours that count, with those borrowed and without those lent.

    Columns: `counted_target_hours`, `borrowed_hours`, `lent_hours`.
    """
    return nw.col("counted_target_hours") + nw.col("borrowed_hours") - nw.col("lent_hours")


def shortage_tenths(hours_per_job_hundredths: int) -> nw.Expr:
    """Quota shortage (quotumtekort) of an employer, in tenths of a job, rounded down and not below zero.

    Wfsv art. 38g: (A x B% - C) / D, A the paid hours, B the quota percentage, C the hours of the
    target group, D the hours of a job; variables have two decimals (Besluit Wfsv art. 2.23).

    Args:
        hours_per_job_hundredths: D in hundredths of an hour. Columns: `counted_hours` (A),
            `quota_percentage_hundredths` (B), `levy_target_hours` (C).
    """
    owed = (
        nw.col("counted_hours") * nw.col("quota_percentage_hundredths") - nw.col("levy_target_hours") * HUNDRED_PERCENT
    )
    missing = nw.when(owed < 0).then(nw.lit(0)).otherwise(owed)
    return (missing // (hours_per_job_hundredths * PER_TENTH)).cast(nw.Int64)


def levy_cents(levy_per_job_cents: int) -> nw.Expr:
    """Quota levy (quotumheffing), cents: shortage x 5,000 euro (Wfsv art. 38h lid 4).

    Args:
        levy_per_job_cents: Cents per missing job. Column: `quota_shortage_tenths`.
    """
    return (nw.col("quota_shortage_tenths") * levy_per_job_cents // TENTHS_PER_JOB).cast(nw.Int64)
