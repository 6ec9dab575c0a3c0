"""Kinds of work: agency work, Wsw employment and sheltered work, from `CdAard` and delivered traits.

For the count and the LKV a row is out only when the kind covers all its days in service: a right
that begins or ends within a period is extended over the whole of it (Wtl 2.12 lid 2; Wet
banenafspraak art. 4 lid 3). For the surcharge the first day in service decides (art. 6 lid 8).
"""

from typing import Final

import narwhals as nw

from quotum.frames import Frame, one_of
from quotum.law.conditions import Question, Reason, Rule, Text, condition
from quotum.law.readings import HIRED_IN
from quotum.law.service import first_day_in_service, last_day_in_service

# Codes of `CdAard` (aard arbeidsverhouding).
AGENCY_WORKER: Final = 11
WSW: Final = 21
WSW_SECONDED: Final = 22
SHELTERED: Final = 24
PAYROLL_WORKER: Final = 82
DECISIVE_NATURES: Final = (AGENCY_WORKER, WSW, WSW_SECONDED, SHELTERED, PAYROLL_WORKER)
"""The codes that decide in some rule; all other codes count alike.

The sums that an archive keeps of a message are by these codes: of a message received before a code was added, they do
not tell it apart.
"""

RELATION: Final = ("payroll_tax_number", "bsn", "relation_number")
ROW: Final = ("fragment", "row")
ON_FIRST_DAY: Final = ("lent_out_on_first_day", "wsw_on_first_day", "sheltered_on_first_day")
"""Flags of the traits that decide for the surcharge; that of Wsw employment includes the seconded."""
FLAGS: Final = (
    "wsw_all_days", "wsw_seconded_some_day", "wsw_seconded_all_days", "sheltered_all_days", "lent_out_all_days",
    "lent_out_some_day", *ON_FIRST_DAY,
)  # fmt: skip

AGENCY_WORK: Final = Reason("agency_worker", Text("agency or payroll worker", "uitzendkracht of payrollwerknemer"))
WSW_WORK: Final = Reason("wsw", Text("Wsw employment", "Wsw-dienstbetrekking"))
SHELTERED_WORK: Final = Reason("sheltered", Text("sheltered work", "beschut werk"))

COUNTS_FOR_BASE: Final = Question(
    "Wet banenafspraak art. 6 lid 4 a, b, c and lid 8",
    Text("Does the premium wage of this row count?", "Telt het premieplichtige loon van deze regel mee?"),
)
IS_HIRED_IN: Final = Question(
    HIRED_IN.provision,
    Text("Is it hired-in work, a part of the job count of its own?", "Is het ingeleend werk, dat apart telt?"),
)


def trait_flags(rows: Frame, traits: Frame) -> Frame:
    """Flags of the rows that have traits.

    Args:
        rows: Rows with `fragment`, `row`, the relation's key, the period and the days of the relation.
        traits: `payroll_tax_number`, `bsn`, `relation_number`, `from_day`, `until_day` (never null),
            `trait`; touching intervals of one trait are merged before.

    Returns:
        A row per row that has a trait: `fragment`, `row` and the flags (0 or 1).
    """
    days = rows.select(*ROW, *RELATION, first_day=first_day_in_service(), last_day=last_day_in_service()).join(
        traits, on=list(RELATION), how="inner"
    )
    covers = (nw.col("from_day") <= nw.col("first_day")) & (nw.col("until_day") >= nw.col("last_day"))
    touches = (nw.col("from_day") <= nw.col("last_day")) & (nw.col("until_day") >= nw.col("first_day"))
    on_first = (nw.col("from_day") <= nw.col("first_day")) & (nw.col("until_day") >= nw.col("first_day"))
    trait = nw.col("trait")
    flags = days.with_columns(
        wsw_all_days=_flag((trait == "wsw") & covers),
        wsw_seconded_some_day=_flag((trait == "wsw_seconded") & touches),
        wsw_seconded_all_days=_flag((trait == "wsw_seconded") & covers),
        sheltered_all_days=_flag((trait == "sheltered") & covers),
        lent_out_all_days=_flag((trait == "lent_out") & covers),
        lent_out_some_day=_flag((trait == "lent_out") & touches),
        lent_out_on_first_day=_flag((trait == "lent_out") & on_first),
        wsw_on_first_day=_flag(one_of(trait, ("wsw", "wsw_seconded")) & on_first),
        sheltered_on_first_day=_flag((trait == "sheltered") & on_first),
    )
    return flags.group_by(*ROW).agg(*(nw.col(name).max() for name in FLAGS))


def _flag(condition: nw.Expr) -> nw.Expr:
    return nw.when(condition).then(nw.lit(1)).otherwise(nw.lit(0)).cast(nw.Int64)


@condition(
    "Participatiewet art. 10b; Wfsv art. 38b; Wtl art. 2.10",
    Text("Is it other work than sheltered work, on any day in service?", "Is het op enige dag geen beschut werk?"),
    SHELTERED_WORK,
)
def not_sheltered() -> nw.Expr:
    """Whether a row is other than sheltered work (beschut werk) on any day in service, for the count and the LKV."""
    return ~_sheltered()


@condition(
    "Wsw art. 2; Wfsv art. 38b; Wtl art. 2.10",
    Text(
        "Is it other work than Wsw employment, or is that seconded, on any day in service?",
        "Is het op enige dag geen Wsw-dienstbetrekking, of is die gedetacheerd?",
    ),
    WSW_WORK,
)
def not_wsw() -> nw.Expr:
    """Whether a row is no Wsw employment, or is seconded Wsw employment, for the count and the LKV from 2026 on.

    Wsw employment over all days in service is out; being seconded on any of them makes the row count.
    """
    return ~_wsw_not_seconded()


@condition(
    "Wtl art. 2.2, 2.6, 2.10 (text until 2025), 2.14",
    Text(
        "Is it other work than Wsw employment, seconded or not, on any day in service?",
        "Is het op enige dag geen Wsw-dienstbetrekking, al dan niet gedetacheerd?",
    ),
    WSW_WORK,
)
def not_wsw_seconded_or_not() -> nw.Expr:
    """Whether a row is no Wsw employment, for the LKV until 2025 and the other three benefits in any year.

    The trait of being seconded is a Wsw employment on its own.
    """
    return ~_wsw_seconded_or_not()


@condition(
    "Wet banenafspraak art. 6 lid 4 b, lid 8; BW art. 7:690",
    Text(
        "Is this somebody other than an agency or payroll worker, on the first day in service?",
        "Is dit op de eerste dag geen uitzendkracht of payrollwerknemer?",
    ),
    AGENCY_WORK,
)
def not_lent_out() -> nw.Expr:
    """Whether a row is no agency or payroll worker on the first day in service, for the surcharge."""
    return ~_lent_out_on_first_day()


@condition(
    "Wet banenafspraak art. 6 lid 4 a, lid 8; Wsw art. 2",
    Text(
        "Is it other work than Wsw employment, on the first day in service?",
        "Is het op de eerste dag geen Wsw-dienstbetrekking?",
    ),
    WSW_WORK,
)
def not_wsw_on_first_day() -> nw.Expr:
    """Whether a row is no Wsw employment, seconded or not, on the first day in service, for the surcharge."""
    return ~_wsw_on_first_day()


@condition(
    "Wet banenafspraak art. 6 lid 4 a, lid 8; Participatiewet art. 10b",
    Text(
        "Is it other work than sheltered work, on the first day in service?",
        "Is het op de eerste dag geen beschut werk?",
    ),
    SHELTERED_WORK,
)
def not_sheltered_on_first_day() -> nw.Expr:
    """Whether a row is no sheltered work on the first day in service, for the surcharge."""
    return ~_sheltered_on_first_day()


def in_surcharge_base() -> Rule:
    """Which work is in the surcharge base (Wet banenafspraak art. 6 lid 4 a, b; lid 8)."""
    conditions = (not_lent_out, not_wsw_on_first_day, not_sheltered_on_first_day)
    return Rule(
        "in_surcharge_base",
        COUNTS_FOR_BASE.provision,
        COUNTS_FOR_BASE.text,
        tuple((condition, condition()) for condition in conditions),
    )


def counts_until_2025() -> Rule:
    """Which work counts for the LKV until 2025, and for the other benefits in any year."""
    conditions = (not_sheltered, not_wsw_seconded_or_not)
    words = Text("Does the kind of work count?", "Telt het soort werk?")
    return Rule(
        "counts_until_2025",
        conditions[-1].provision,
        words,
        tuple((condition, condition()) for condition in conditions),
    )


def out_of_count() -> nw.Expr:
    """Whether a row is out of the count and of the LKV from 2026 on: Wsw and not seconded, or sheltered work."""
    return _sheltered() | _wsw_not_seconded()


def out_of_count_as_sheltered() -> nw.Expr:
    """Whether a row is out of the count for being sheltered work alone: it would be in if that counted."""
    return _sheltered() & ~_wsw_not_seconded()


def out_until_2025() -> nw.Expr:
    """Whether a row is out of the LKV until 2025, and of the other three benefits in any year: any Wsw, sheltered."""
    return ~counts_until_2025().holds()


def out_of_surcharge_base() -> nw.Expr:
    """Whether a row is out of the surcharge base, as it is on the first day in service."""
    return ~in_surcharge_base().holds()


def _nature() -> nw.Expr:
    return nw.col("employment_nature").fill_null(0)


def _sheltered() -> nw.Expr:
    return (_nature() == SHELTERED) | (nw.col("sheltered_all_days") == 1)


def _wsw_not_seconded() -> nw.Expr:
    wsw = one_of(_nature(), (WSW, WSW_SECONDED)) | (nw.col("wsw_all_days") == 1)
    return wsw & ~((_nature() == WSW_SECONDED) | (nw.col("wsw_seconded_some_day") == 1))


def _wsw_seconded_or_not() -> nw.Expr:
    by_trait = (nw.col("wsw_all_days") == 1) | (nw.col("wsw_seconded_all_days") == 1)
    return one_of(_nature(), (WSW, WSW_SECONDED)) | by_trait


def _lent_out_on_first_day() -> nw.Expr:
    return one_of(_nature(), (AGENCY_WORKER, PAYROLL_WORKER)) | (nw.col("lent_out_on_first_day") == 1)


def _wsw_on_first_day() -> nw.Expr:
    return one_of(_nature(), (WSW, WSW_SECONDED)) | (nw.col("wsw_on_first_day") == 1)


def _sheltered_on_first_day() -> nw.Expr:
    return (_nature() == SHELTERED) | (nw.col("sheltered_on_first_day") == 1)


def hired_in() -> nw.Expr:
    """Whether a row is hired-in work, a part of the job count with its own zero (Regeling Wfsv art. 3.33, 3.34).

    *Reading* of the official monitor: agency and payroll workers (art. 7:690 BW) by nature, or lent out
    over all days in service; Wsw employment that is seconded by nature, that counts only because it is
    seconded on a day, or that has nothing but that trait, over all days in service.
    """
    nature = _nature()
    wsw = (nature == WSW) | (nw.col("wsw_all_days") == 1)
    seconded = (wsw & (nw.col("wsw_seconded_some_day") == 1)) | (nw.col("wsw_seconded_all_days") == 1)
    lent_out = nw.col("lent_out_all_days") == 1
    return one_of(nature, (AGENCY_WORKER, PAYROLL_WORKER, WSW_SECONDED)) | lent_out | seconded


def contradicted_by_trait() -> nw.Expr:
    """Whether a trait contradicts `CdAard`: seconded against 21, or Wsw and sheltered work at once."""
    nature = _nature()
    not_seconded = (nature == WSW) & (nw.col("wsw_seconded_some_day") == 1)
    wsw_and_sheltered = (one_of(nature, (WSW, WSW_SECONDED)) & (nw.col("sheltered_all_days") == 1)) | (
        (nature == SHELTERED) & (nw.col("wsw_all_days") == 1)
    )
    return not_seconded | wsw_and_sheltered
