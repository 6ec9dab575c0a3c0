"""Reading the figures of the wage cost benefits (loonkostenvoordelen) of one year."""

from datetime import date, timedelta
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from quotum.law.wtl.lkv_until_2025 import BY_DECLARATION, Duration, MonthBefore
from quotum.law.wtl.terms import BenefitTerms, LkvTerms
from quotum.law.wtl.transition import can_still_run
from quotum.parameters import Figures

_GROUND: Final = "wtl.jobs_agreement_ground"
MONTH_BEFORE: Final = "wtl.month_before_start"
_DECLARED: Final = "jobs_agreement"
_OLDER_KEPT: Final = "wtl.older_amounts_kept_before"


def read_lkv_terms(figures: Figures, year: int) -> LkvTerms:
    """The figures of the benefits in a year.

    Raises:
        ParameterMissing: One has no value.
    """
    on = date(year, 1, 1)
    ground = figures.choice(_GROUND, on)
    earlier_text = _earlier_text(figures, on)
    kept_text = () if earlier_text is None else earlier_text[0].month_before
    return LkvTerms(
        ground=ground,
        years=figures.whole("wtl.jobs_agreement_years", on),
        months_without=figures.whole("wtl.months_without_employment", on),
        month_before=_month_before(figures, year) if ground == BY_DECLARATION else kept_text,
        kept=earlier_text,
        older=_abolished_or(figures, "older", "older_rate", "older_cap", on),
        older_before_2024=_abolished_or(figures, "older", "older_rate_before_2024", "older_cap_before_2024", on),
        older_kept_before=figures.day(_OLDER_KEPT, on) if figures.has(_OLDER_KEPT, on) else None,
        disabled=_benefit(figures, "disabled", "disabled_rate", "disabled_cap", on),
        reassigned=_benefit(figures, "reassigned", "reassigned_rate", "reassigned_cap", on),
    )


def _earlier_text(figures: Figures, on: date) -> tuple[Duration, date] | None:
    """What is kept of the text that asked for a declaration, after it was replaced: its durations and its last day.

    Nothing once no period can run that began under it.
    """
    since = figures.peek(_GROUND, on).valid_from
    last_day = None if since is None else since - timedelta(days=1)
    if last_day is None or not figures.has(_GROUND, last_day) or figures.choice(_GROUND, last_day) != BY_DECLARATION:
        return None
    years = figures.whole("wtl.jobs_agreement_years", last_day)
    months = figures.whole("wtl.months_without_employment", last_day)
    if not can_still_run(last_day, years, on):
        return None
    return Duration(years, months, _month_before(figures, last_day.year)), last_day


def _month_before(figures: Figures, year: int) -> tuple[tuple[date, MonthBefore], ...]:
    """What the month before a start is, for starts until the end of a year, without counting as read."""
    values = [(figure.valid_from or date.min, MonthBefore(figure.value)) for figure in figures.all_of(MONTH_BEFORE)]
    return tuple((since, text) for since, text in values if since <= date(year, 12, 31))


def use_month_before(figures: Figures, lkv: LkvTerms, declarations: pa.Table | None) -> None:
    """Count as read what the month before a start is, where a right by declaration can rest on it.

    So it does when there are declarations for the jobs agreement, and a period can run in the year that began
    under the text that asks for one.
    """
    if declarations is not None and pc.any(pc.equal(declarations["category"], _DECLARED)).as_py():
        for since, _ in lkv.month_before:
            figures.choice(MONTH_BEFORE, since)


def _abolished_or(figures: Figures, category: str, rate: str, cap: str, on: date) -> BenefitTerms | None:
    """The figures of a benefit; None after its last day."""
    return _benefit(figures, category, rate, cap, on) if figures.has(f"wtl.{rate}", on) else None


def _benefit(figures: Figures, category: str, rate: str, cap: str, on: date) -> BenefitTerms:
    return BenefitTerms(
        figures.cents(f"wtl.{rate}", on), figures.cents(f"wtl.{cap}", on), figures.whole(f"wtl.{category}_years", on)
    )


__all__ = ["MONTH_BEFORE", "BenefitTerms", "LkvTerms", "read_lkv_terms", "use_month_before"]
