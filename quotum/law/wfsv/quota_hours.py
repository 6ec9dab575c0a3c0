"""Paid hours that count for the quota levy: Wfsv art. 38g lid 2, 5, 8; Besluit Wfsv art. 2.31, 2.33."""

from datetime import date
from typing import Final

import narwhals as nw

from quotum.frames import Frame, one_of
from quotum.law.conditions import Question, Rule, Text, condition
from quotum.law.kinds_of_work import AGENCY_WORK, AGENCY_WORKER, RELATION, ROW, WSW, WSW_SECONDED, WSW_WORK
from quotum.law.service import first_day_in_service, last_day_in_service

# Traits that put an income relation out of the hours of the levy.
LEFT_OUT_TRAITS: Final = ("lent_out", "wsw", "wsw_seconded")

ROW_COUNTS: Final = Question(
    "Wfsv art. 38g lid 2, 5, 8; Besluit Wfsv art. 2.31, 2.33",
    Text("Do the hours of this row count for the levy?", "Tellen de uren van deze regel mee voor de heffing?"),
)
COUNTS_IN: Final = Text("yes: A {hours} hours, C {target} hours", "ja: A {hours} uren, C {target} uren")
RETURN_BEFORE: Final = Question(
    "Wfsv art. 34 lid 4, 7; Besluit Wfsv art. 2.33",
    Text(
        "How many hours of this return of the year before count for the threshold?",
        "Hoeveel uren van deze aangifte van het jaar ervoor tellen mee voor de drempel?",
    ),
)
HOURS: Final = Text("{hours} hours", "{hours} uren")


def threshold_filed_by(year: int) -> date:
    """Day by which returns of year t-1 count for the threshold: 1 May of year t (Wfsv art. 34 lid 7)."""
    return date(year, 5, 1)


def year_before_filed_by(year: int, as_of: date) -> date:
    """Day by which returns of year t-1 count: 1 May of t (Wfsv art. 34 lid 7), or the as-of day when that is earlier.

    Args:
        year: Year t.
        as_of: Returns of year t count as filed by the end of this day.
    """
    return min(threshold_filed_by(year), as_of)


def left_out_by_trait(rows: Frame, intervals: Frame) -> Frame:
    """Rows of which a trait covers all days in service.

    A right that begins or ends within a period is extended over the whole of it (Wfsv art. 38g lid
    8), so a row is out only when no day in service is left.

    Args:
        rows: Rows with `fragment`, `row`, the relation's key, the period and the days of the relation.
        intervals: Of `LEFT_OUT_TRAITS` together: the relation's key, `from_day`, `until_day` (never
            null), touching intervals merged.

    Returns:
        `fragment`, `row` and `trait_leaves_out` (always 1), each row once.
    """
    days = rows.select(*ROW, *RELATION, first_day=first_day_in_service(), last_day=last_day_in_service()).join(
        intervals, on=list(RELATION), how="inner"
    )
    covers = (nw.col("from_day") <= nw.col("first_day")) & (nw.col("until_day") >= nw.col("last_day"))
    return (
        days.filter(covers)
        .select(*ROW)
        .unique(subset=list(ROW))
        .with_columns(trait_leaves_out=nw.lit(1).cast(nw.Int64))
    )


@condition(
    "Wfsv art. 38g lid 5; Besluit Wfsv art. 2.33",
    Text(
        "Is this somebody other than an agency worker at the lender?",
        "Is dit geen uitzendkracht bij de uitlener?",
    ),
    AGENCY_WORK,
)
def not_agency_worker() -> nw.Expr:
    """Whether a row is no agency worker at the lender (`CdAard` 11, trait `lent_out`).

    Payroll workers (82) are not named and stay in, unless a trait says that they are lent out.

    Columns: `employment_nature`, `trait_leaves_out` (1 when traits leave no day in service), `lent_out_some_day`.
    """
    return ~((_nature() == AGENCY_WORKER) | (_trait_leaves_out() & (nw.col("lent_out_some_day") == 1)))


@condition(
    "Wfsv art. 38g lid 2; Besluit Wfsv art. 2.31, 2.33",
    Text("Is this other work than Wsw employment?", "Is dit geen Wsw-dienstbetrekking?"),
    WSW_WORK,
)
def not_wsw_employment() -> nw.Expr:
    """Whether a row is no Wsw employment, seconded or not (`CdAard` 21, 22, traits `wsw`, `wsw_seconded`).

    Sheltered work (24) is not named: its hours are in variable A, and rule 1 keeps it out of variable C. What is
    partly lent out and partly Wsw employment is left out as the former.
    """
    by_trait = _trait_leaves_out() & (nw.col("lent_out_some_day") == 0)
    return ~(one_of(_nature(), (WSW, WSW_SECONDED)) | by_trait)


def hours_count() -> Rule:
    """Which rows count with their hours for the levy, for the threshold and for variables A and C.

    As everywhere, the delivered traits add to the nature of the employment.
    """
    conditions = (not_agency_worker, not_wsw_employment)
    return Rule(
        "hours_count",
        ROW_COUNTS.provision,
        ROW_COUNTS.text,
        tuple((condition, condition()) for condition in conditions),
    )


def counted(hours: str) -> nw.Expr:
    """Hours of a row that count: all of them, or none when the row is left out.

    Args:
        hours: Column with hours.
    """
    return nw.when(hours_count().holds()).then(nw.col(hours).fill_null(0)).otherwise(nw.lit(0)).cast(nw.Int64)


def _nature() -> nw.Expr:
    return nw.col("employment_nature").fill_null(0)


def _trait_leaves_out() -> nw.Expr:
    return nw.col("trait_leaves_out").fill_null(0) == 1
