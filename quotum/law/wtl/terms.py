"""Which text of the benefits (loonkostenvoordelen) holds in a year, and their figures, as the law asks for them."""

from datetime import date

from attrs import frozen

from quotum.law.conditions import Reason, Text, condition
from quotum.law.wtl.lkv_until_2025 import BY_DECLARATION, Duration, MonthBefore


@frozen
class Price:
    """What an hour is worth."""

    rate_cents: int
    """Cents per paid hour."""
    cap_cents: int
    """Most cents per person per employer; 0 is without maximum."""


@frozen
class BenefitTerms:
    """The figures of one benefit."""

    rate_cents: int
    """Cents per paid hour."""
    cap_cents: int
    """Most cents per person per employer."""
    years: int
    """Years that the right lasts."""

    @property
    def price(self) -> Price:
        """What an hour is worth."""
        return Price(self.rate_cents, self.cap_cents)


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
    def asks_declaration(self) -> bool:
        """Whether the LKV asks for a declaration (text until 2025), and not for the target group."""
        return self.ground == BY_DECLARATION

    @property
    def ends_in_target_group(self) -> bool:
        """Whether a right ends after some years, also in the target group (Wtl art. 2.12 lid 1)."""
        return bool(self.years) and not self.asks_declaration

    @property
    def by_declaration(self) -> Duration:
        """How long rights last under the text of the year, and what must lie before them."""
        return Duration(self.years, self.months_without, self.month_before)

    def benefit(self, right: str) -> BenefitTerms | None:
        """The figures of one of the other rights; None when it is abolished."""
        terms: BenefitTerms | None = getattr(self, right)
        return terms


@condition(
    "Wtl art. 2.2, 6.2a",
    Text("Does the law still have this LKV?", "Kent de wet dit LKV nog?"),
    Reason("abolished", Text("this LKV is abolished", "dit LKV is afgeschaft")),
)
def not_abolished(lkv: LkvTerms, right: str) -> bool:
    """Whether a right has figures in the year: after its last day it is given to nobody.

    Args:
        lkv: The text of the year.
        right: One of the rights of the other three benefits.
    """
    return lkv.benefit(right) is not None


__all__ = ["BenefitTerms", "LkvTerms", "Price", "not_abolished"]
