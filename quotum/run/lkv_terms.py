"""The figures of the wage cost benefits (loonkostenvoordelen) of one year."""

from datetime import date, timedelta
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc
from attrs import frozen

from quotum.law.wtl.employments import first_day_after
from quotum.law.wtl.lkv_until_2025 import BY_DECLARATION, Duration, MonthBefore
from quotum.parameters import Figures

_GROUND: Final = "wtl.jobs_agreement_ground"
MONTH_BEFORE: Final = "wtl.month_before_start"
_DECLARED: Final = "jobs_agreement"
_OLDER_KEPT: Final = "wtl.older_amounts_kept_before"


@frozen
class BenefitTerms:
    """The figures of one benefit."""

    rate_cents: int
    """Cents per paid hour."""
    cap_cents: int
    """Most cents per person per employer."""
    years: int
    """Years that the right lasts."""


@frozen
class LkvTerms:
    """Which text of the LKV holds in a year, and the figures of the other three benefits."""

    ground: str
    """What the LKV doelgroep banenafspraak rests on: `declaration` (until 2025) or `registration`."""
    years: int
    """Years that the LKV doelgroep banenafspraak lasts; 0 is without end."""
    months_without: int
    """Months before the start of an employment without another with the employer."""
    month_before: tuple[tuple[date, MonthBefore], ...]
    """What the month before a start is, for starts from a day on; nothing when no right by declaration can run."""
    kept: tuple[Duration, date] | None
    """How long rights lasted under the text that was replaced, and its last day; None when none was."""
    older: BenefitTerms | None
    """Older workers; None when abolished."""
    older_before_2024: BenefitTerms | None
    """Older workers employed before 2024; None when nobody can have a right any more."""
    older_kept_before: date | None
    """Older workers employed before this day keep those amounts; None while no amount has changed."""
    disabled: BenefitTerms
    """Disabled workers."""
    reassigned: BenefitTerms
    """Reassigned disabled workers."""

    @property
    def by_declaration(self) -> Duration:
        """How long rights last under the text of the year, and what must lie before them."""
        return Duration(self.years, self.months_without, self.month_before)

    def benefit(self, right: str) -> BenefitTerms | None:
        """The figures of one of the other rights; None when it is abolished."""
        found: BenefitTerms | None = getattr(self, right)
        return found


def read_lkv_terms(figures: Figures, year: int) -> LkvTerms:
    """The figures of the benefits in a year.

    Raises:
        ParameterMissing: One has no value.
    """
    on = date(year, 1, 1)
    ground = figures.choice(_GROUND, on)
    kept = _kept(figures, on)
    kept_text = () if kept is None else kept[0].month_before
    return LkvTerms(
        ground=ground,
        years=figures.whole("wtl.jobs_agreement_years", on),
        months_without=figures.whole("wtl.months_without_employment", on),
        month_before=_month_before(figures, year) if ground == BY_DECLARATION else kept_text,
        kept=kept,
        older=_abolished_or(figures, "older", "older_rate", "older_cap", on),
        older_before_2024=_abolished_or(figures, "older", "older_rate_before_2024", "older_cap_before_2024", on),
        older_kept_before=figures.day(_OLDER_KEPT, on) if figures.has(_OLDER_KEPT, on) else None,
        disabled=_benefit(figures, "disabled", "disabled_rate", "disabled_cap", on),
        reassigned=_benefit(figures, "reassigned", "reassigned_rate", "reassigned_cap", on),
    )


def _kept(figures: Figures, on: date) -> tuple[Duration, date] | None:
    """What is kept of the text that asked for a declaration, after it was replaced: its durations and its last day.

    Nothing once no period can run that began under it.
    """
    since = figures.peek(_GROUND, on).valid_from
    last_day = None if since is None else since - timedelta(days=1)
    if last_day is None or not figures.has(_GROUND, last_day) or figures.choice(_GROUND, last_day) != BY_DECLARATION:
        return None
    years = figures.whole("wtl.jobs_agreement_years", last_day)
    months = figures.whole("wtl.months_without_employment", last_day)
    if first_day_after(last_day, years) <= on:
        return None
    return Duration(years, months, _month_before(figures, last_day.year)), last_day


def _month_before(figures: Figures, year: int) -> tuple[tuple[date, MonthBefore], ...]:
    """What the month before a start is, for starts until the end of a year, without counting as read."""
    values = [(one.valid_from or date.min, MonthBefore(one.value)) for one in figures.all_of(MONTH_BEFORE)]
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
