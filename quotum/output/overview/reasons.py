"""Reasons why a row that asks a benefit does not count: each condition of the law as a column of 0 and 1."""

from collections.abc import Callable, Mapping
from typing import Final

import narwhals as nw

from quotum.law.conditions import Reason
from quotum.law.kinds_of_work import SHELTERED_WORK, WSW_WORK, not_sheltered, not_wsw, not_wsw_seconded_or_not
from quotum.law.wtl.bonus import (
    below_pension_age,
    birth_date_known,
    has_bsn,
    insured_employment,
    of_target_group,
)
from quotum.law.wtl.counted_hours import right_begun
from quotum.law.wtl.cumulation import JOBS_AGREEMENT
from quotum.law.wtl.employments import YEARS_OVER
from quotum.law.wtl.lkv_until_2025 import NOT_QUALIFIED, has_declaration
from quotum.law.wtl.target_group import NOT_REGISTERED, registered
from quotum.law.wtl.terms import LkvTerms, not_abolished
from quotum.run.stages.columns import flag

NO_BSN, NO_DECLARATION, NOT_BEGUN = has_bsn.unmet, has_declaration.unmet, right_begun.unmet
REASONS: Final[Mapping[str, Reason]] = {
    reason.code: reason
    for reason in (
        NO_BSN,
        NOT_REGISTERED,
        SHELTERED_WORK,
        WSW_WORK,
        NO_DECLARATION,
        NOT_QUALIFIED,
        not_abolished.unmet,
        NOT_BEGUN,
        YEARS_OVER,
        insured_employment.unmet,
        birth_date_known.unmet,
        below_pension_age.unmet,
    )
}
"""Reasons by code, in the order of a page."""


def column_of(code: str) -> str:
    """Name of the column that counts the rows with a reason."""
    return f"rows_{code}"


def reasons_of(category: str, lkv: LkvTerms) -> dict[str, nw.Expr]:
    """Reasons of a row of a category by code, 1 where it has the reason and else 0.

    Columns: the facts of a row (`quotum.run.stages.rows_in_force`), `youngest_pensioner`, and of its person with its
    employer `has_window`, `begun` and `holds` (a right by declaration or of the category), `lasts` (the right of
    a person in the target group, where that ends after some years) and `declared`, each 0 or 1.

    Args:
        category: Category of the benefit.
        lkv: The text of the year.
    """
    columns = _every_benefit()
    if category != JOBS_AGREEMENT or lkv.asks_declaration:
        columns |= _right(category, lkv) | _kind_of_work(not_wsw_seconded_or_not)
    else:
        columns |= _from_2026(lkv)
    return {code: flag(columns[code]) if code in columns else nw.col("declared") * 0 for code in REASONS}


def _every_benefit() -> dict[str, nw.Expr]:
    return {
        NO_BSN.code: ~has_bsn(),
        insured_employment.unmet.code: ~insured_employment(),
        birth_date_known.unmet.code: ~birth_date_known(),
        below_pension_age.unmet.code: ~below_pension_age(),
    }


def _from_2026(lkv: LkvTerms) -> dict[str, nw.Expr]:
    """Reasons where the registration decides; outside the target group a right can be kept (Wtl art. 6.2)."""
    kept = (nw.col("holds") == 1) & ~of_target_group()
    current, earlier = _kind_of_work(not_wsw), _kind_of_work(not_wsw_seconded_or_not)
    columns = {code: (kept & earlier[code]) | (~kept & current[code]) for code in current}
    columns[NOT_REGISTERED.code] = has_bsn() & ~kept & ~registered()
    if lkv.ends_in_target_group:
        columns[YEARS_OVER.code] = of_target_group() & (nw.col("lasts") == 0)
    return columns


def _right(category: str, lkv: LkvTerms) -> dict[str, nw.Expr]:
    """Reasons where the right hangs on an employment and a declaration."""
    without = has_bsn() & (nw.col("has_window") == 0)
    undeclared = nw.col("declared") == 0
    outside = (nw.col("has_window") == 1) & (nw.col("holds") == 0)
    abolished = category != JOBS_AGREEMENT and not not_abolished.decide(lkv, category)
    unqualified = not_abolished.unmet if abolished else NOT_QUALIFIED
    return {
        NO_DECLARATION.code: without & undeclared,
        unqualified.code: without & ~undeclared,
        NOT_BEGUN.code: outside & (nw.col("begun") == 0),
        YEARS_OVER.code: outside & (nw.col("begun") == 1),
    }


def _kind_of_work(wsw: Callable[[], nw.Expr]) -> dict[str, nw.Expr]:
    """Sheltered work, or else Wsw employment, as a right counts it."""
    return {SHELTERED_WORK.code: ~not_sheltered(), WSW_WORK.code: not_sheltered() & ~wsw()}


__all__ = ["NO_BSN", "REASONS", "column_of", "reasons_of"]
