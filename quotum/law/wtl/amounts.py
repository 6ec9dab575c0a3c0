"""What the hours of a right are worth, by category (Wtl art. 2.5, 2.9, 2.13, 2.17), before cumulation."""

import narwhals as nw

from quotum.frames import Frame
from quotum.law.wtl import bonus
from quotum.law.wtl.cumulation import JOBS_AGREEMENT, place_in_law
from quotum.law.wtl.terms import LkvTerms, Price
from quotum.law.wtl.windows import JOBS_BY_DECLARATION, OTHER_RIGHTS

_NOTHING = Price(0, 0)


def amounts(by_right: Frame, lkv: Price, extra: Price, others: LkvTerms) -> Frame:
    """Hours of each right with its amounts.

    Args:
        by_right: `rsin`, `bsn`, `right`, `paid_hours`, once for each person, employer and right.
        lkv: LKV doelgroep banenafspraak.
        extra: Bonus; nothing where none is due.
        others: The figures of the other benefits; a right that is abolished gives no row.

    Returns:
        `rsin`, `bsn`, `paid_hours`, `category`, `place_in_law`, `lkv_cents`, `lkv_capped`, `bonus_cents`.
    """
    priced = [_priced(by_right, JOBS_BY_DECLARATION, JOBS_AGREEMENT, lkv, extra)]
    for right, category in OTHER_RIGHTS.items():
        terms = others.benefit(right)
        if terms is not None:
            priced.append(_priced(by_right, right, category.name, terms.price, _NOTHING))
    return nw.concat(priced, how="vertical")


def _priced(by_right: Frame, right: str, category: str, lkv: Price, extra: Price) -> Frame:
    hours = nw.col("paid_hours")
    return by_right.filter(nw.col("right") == right).select(
        "rsin",
        "bsn",
        "paid_hours",
        category=nw.lit(category),
        place_in_law=nw.lit(place_in_law(category)).cast(nw.Int64),
        lkv_cents=bonus.capped_cents(hours, lkv.rate_cents, lkv.cap_cents),
        lkv_capped=bonus.is_capped(hours, lkv.rate_cents, lkv.cap_cents),
        bonus_cents=bonus.capped_cents(hours, extra.rate_cents, extra.cap_cents),
    )
