"""Kinds of work: agency work, Wsw employment and sheltered work, from `CdAard` and delivered traits.

For the count and the LKV a row is out only when the kind covers all its days in service: a right
that begins or ends within a period is extended over the whole of it (Wtl 2.12 lid 2; Wet
banenafspraak art. 4 lid 3). For the surcharge the first day in service decides (art. 6 lid 8).
"""

from typing import Final

import narwhals as nw

from quotum.frames import Frame, one_of
from quotum.law.service import first_day_in_service, last_day_in_service

# Codes of `CdAard` (aard arbeidsverhouding).
AGENCY_WORKER: Final = 11
WSW: Final = 21
WSW_SECONDED: Final = 22
SHELTERED: Final = 24
PAYROLL_WORKER: Final = 82
TOLD_APART: Final = (AGENCY_WORKER, WSW, WSW_SECONDED, SHELTERED, PAYROLL_WORKER)
"""The codes on which a rule turns; of all others only that they are none of these matters."""

RELATION: Final = ("payroll_tax_number", "bsn", "relation_number")
ROW: Final = ("fragment", "row")
FLAGS: Final = (
    "wsw_all_days", "wsw_seconded_some_day", "wsw_seconded_all_days", "sheltered_all_days", "lent_out_all_days",
    "trait_on_first_day",
)  # fmt: skip


def trait_flags(rows: Frame, traits: Frame) -> Frame:
    """What the traits say of the rows that have any.

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
    flags = days.with_columns(
        wsw_all_days=_flag((nw.col("trait") == "wsw") & covers),
        wsw_seconded_some_day=_flag((nw.col("trait") == "wsw_seconded") & touches),
        wsw_seconded_all_days=_flag((nw.col("trait") == "wsw_seconded") & covers),
        sheltered_all_days=_flag((nw.col("trait") == "sheltered") & covers),
        lent_out_all_days=_flag((nw.col("trait") == "lent_out") & covers),
        trait_on_first_day=_flag(on_first),
    )
    return flags.group_by(*ROW).agg(*(nw.col(name).max() for name in FLAGS))


def _flag(condition: nw.Expr) -> nw.Expr:
    return nw.when(condition).then(nw.lit(1)).otherwise(nw.lit(0)).cast(nw.Int64)


def out_of_count() -> nw.Expr:
    """Whether a row is out of the count and of the LKV from 2026 on.

    Wfsv art. 38b, Wtl art. 2.10: Wsw employment that is not seconded (art. 2 Wsw) and sheltered work
    (Participatiewet art. 10b) over all days in service.
    """
    return _sheltered() | _wsw_not_seconded()


def out_of_count_as_sheltered() -> nw.Expr:
    """Whether a row is out of the count for being sheltered work alone: it would be in if that counted."""
    return _sheltered() & ~_wsw_not_seconded()


def _sheltered() -> nw.Expr:
    return (nw.col("employment_nature").fill_null(0) == SHELTERED) | (nw.col("sheltered_all_days") == 1)


def _wsw_not_seconded() -> nw.Expr:
    nature = nw.col("employment_nature").fill_null(0)
    wsw = one_of(nature, (WSW, WSW_SECONDED)) | (nw.col("wsw_all_days") == 1)
    return wsw & ~((nature == WSW_SECONDED) | (nw.col("wsw_seconded_some_day") == 1))


def out_until_2025() -> nw.Expr:
    """Whether a row is out of the LKV until 2025, and of the other three benefits in any year.

    Wtl art. 2.10 (text until 2025), 2.2, 2.6, 2.14: Wsw employment, seconded or not, and sheltered
    work, over all days in service. The trait of being seconded is a Wsw employment on its own.
    """
    out = one_of(nw.col("employment_nature").fill_null(0), (WSW, WSW_SECONDED, SHELTERED))
    for trait in ("wsw_all_days", "wsw_seconded_all_days", "sheltered_all_days"):
        out |= nw.col(trait) == 1
    return out


def out_of_surcharge_base() -> nw.Expr:
    """Whether a row is out of the surcharge base.

    Wet banenafspraak art. 6 lid 4 a, b; lid 8: agency and payroll workers, Wsw employment (seconded
    or not) and sheltered work, as it is on the first day in service.
    """
    nature = nw.col("employment_nature").fill_null(0)
    natures = [AGENCY_WORKER, PAYROLL_WORKER, WSW, WSW_SECONDED, SHELTERED]
    return one_of(nature, natures) | (nw.col("trait_on_first_day") == 1)


def hired_in() -> nw.Expr:
    """Whether a row is hired-in work, a part of the job count with its own zero (Regeling Wfsv art. 3.33, 3.34).

    *Reading* of the official monitor: agency and payroll workers (art. 7:690 BW) by nature, or lent out
    over all days in service; Wsw employment that is seconded by nature, that counts only because it is
    seconded on a day, or that has nothing but that trait, over all days in service.
    """
    nature = nw.col("employment_nature").fill_null(0)
    wsw = (nature == WSW) | (nw.col("wsw_all_days") == 1)
    seconded = (wsw & (nw.col("wsw_seconded_some_day") == 1)) | (nw.col("wsw_seconded_all_days") == 1)
    lent_out = nw.col("lent_out_all_days") == 1
    return one_of(nature, (AGENCY_WORKER, PAYROLL_WORKER, WSW_SECONDED)) | lent_out | seconded


def contradicted_by_trait() -> nw.Expr:
    """Whether a trait contradicts `CdAard`: seconded against 21, or Wsw and sheltered work at once."""
    nature = nw.col("employment_nature").fill_null(0)
    not_seconded = (nature == WSW) & (nw.col("wsw_seconded_some_day") == 1)
    both = (one_of(nature, (WSW, WSW_SECONDED)) & (nw.col("sheltered_all_days") == 1)) | (
        (nature == SHELTERED) & (nw.col("wsw_all_days") == 1)
    )
    return not_seconded | both
