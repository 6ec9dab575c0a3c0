"""The figures of the wage cost benefits (loonkostenvoordelen) of one year."""

from datetime import date

from attrs import frozen

from quotum.errors import ParameterMissing
from quotum.law.lkv_until_2025 import Duration, version_before, version_on
from quotum.parameters import Figures


@frozen
class BenefitTerms:
    """The figures of one benefit."""

    rate_cents: int
    """Cents per paid hour."""
    cap_cents: int
    """Most cents per person per employer."""
    years: int
    """Years from the start of the employment."""


@frozen
class LkvTerms:
    """Which text of the LKV holds in a year, and the figures of the other three benefits."""

    version: str
    """`declared` (until 2025) or `registered`."""
    years: int
    """Years that the LKV doelgroep banenafspraak lasts; 0 is without end."""
    months_without: int
    """Months before the start of an employment without another with the employer."""
    kept: tuple[Duration, date] | None
    """How long rights lasted under the text that was replaced, and its last day; None when none was."""
    older: BenefitTerms | None
    """Older workers; None when abolished."""
    older_before_2024: BenefitTerms | None
    """Older workers employed before 2024; None when nobody can have a right any more."""
    disabled: BenefitTerms
    """Disabled workers."""
    reassigned: BenefitTerms
    """Reassigned disabled workers."""

    def benefit(self, right: str) -> BenefitTerms | None:
        """The figures of one of the other rights; None when it is abolished."""
        found: BenefitTerms | None = getattr(self, right)
        return found


def read_lkv_terms(figures: Figures, year: int) -> LkvTerms:
    """The figures of the benefits in a year.

    Raises:
        ParameterMissing: One has no value, or there was no LKV yet.
    """
    on = date(year, 1, 1)
    years = figures.whole("wtl.jobs_agreement_years", on)
    version = version_on(on)
    if version is None:
        raise ParameterMissing("wtl.jobs_agreement_years", on)
    before = version_before(version)
    return LkvTerms(
        version=version.name,
        years=years,
        months_without=figures.whole("wtl.months_without_employment", on),
        kept=None if before is None else (_duration(figures, before.last_day), before.last_day),
        older=_abolished_or(figures, "older", "older_rate", "older_cap", on),
        older_before_2024=_abolished_or(figures, "older", "older_rate_before_2024", "older_cap_before_2024", on),
        disabled=_benefit(figures, "disabled", "disabled_rate", "disabled_cap", on),
        reassigned=_benefit(figures, "reassigned", "reassigned_rate", "reassigned_cap", on),
    )


def _duration(figures: Figures, on: date) -> Duration:
    return Duration(figures.whole("wtl.jobs_agreement_years", on), figures.whole("wtl.months_without_employment", on))


def _abolished_or(figures: Figures, category: str, rate: str, cap: str, on: date) -> BenefitTerms | None:
    """The figures of a benefit; None after its last day."""
    return _benefit(figures, category, rate, cap, on) if figures.has(f"wtl.{rate}", on) else None


def _benefit(figures: Figures, category: str, rate: str, cap: str, on: date) -> BenefitTerms:
    return BenefitTerms(
        figures.cents(f"wtl.{rate}", on), figures.cents(f"wtl.{cap}", on), figures.whole(f"wtl.{category}_years", on)
    )
