"""Findings about rows that can be right and mostly are not: days, hours and wages held against each other.

Nothing here rejects. Each rule is true for a row about which it has nothing to say, such as a withdrawal.
"""

from datetime import date
from typing import Final

from quotum.intake.rule import FINDING, SCHEMA, Rule
from quotum.money import CENTS_PER_EURO
from quotum.parameters.book import load_book
from quotum.tables import RETURNS

_LIMIT: Final = "wfsv.maximum_premium_wage"
_PREMIUM: Final = "(premium_wage_low_cents + premium_wage_high_cents)"
_ALL_PREMIUM: Final = "(premium_wage_low_cents + premium_wage_high_cents + premium_benefit_cents)"
_DAYS: Final = "law.md, days in service"
_HOURS: Final = "a day has 24 hours"


def _finding(name: str, reason: str, source: str, unless: str) -> Rule:
    """A rule that is broken where its condition is true; where it is unknown there is nothing to find."""
    return Rule(name, RETURNS.name, FINDING, reason, source, f"({unless}) IS NOT TRUE")


def _above_limit() -> str:
    """SQL that is true above the maximum premium wage of the year; years without one have no limit."""
    figures = load_book().figures(None)[_LIMIT]
    cents = [int(figure.value.split()[0]) * CENTS_PER_EURO for figure in figures]
    whens = " ".join(
        f"WHEN period_start BETWEEN DATE '{figure.valid_from}' AND DATE '{figure.valid_until or date.max}' THEN {limit}"
        for figure, limit in zip(figures, cents, strict=True)
    )
    # Nearly every row is below the lowest limit there is, and needs no look at its year.
    return f"{_ALL_PREMIUM} > {min(cents)} AND {_ALL_PREMIUM} > CASE {whens} END"


def plausible_rules() -> tuple[Rule, ...]:
    """The findings about rows of returns, in the order in which they are evaluated."""
    return (
        _finding(
            "ended_before_started", "DatEind lies before DatAanv; the whole period then stands for the days in service",
            _DAYS, "ended_on < started_on",
        ),
        _finding(
            "started_after_period", "DatAanv lies after the last day of the period; the whole period then stands for "
            "the days in service", _DAYS, "started_on > period_end",
        ),
        _finding(
            "born_after_start", "Gebdat lies after DatAanv", f"{SCHEMA}: Gebdat, DatAanv", "birth_date > started_on",
        ),
        _finding(
            "filed_before_made", "Ingediend lies before DatTdAanm", "contract.md, returns", "filed_at < made_at",
        ),
        _finding(
            "made_before_period", "DatTdAanm lies before the first day of the period", f"{SCHEMA}: DatTdAanm",
            "made_at < period_start",
        ),
        _finding(
            "hours_above_period", "AantVerlU is more than all hours of the days of the period", _HOURS,
            "paid_hours > 24 * (period_end - period_start + 1)",
        ),
        _finding(
            "hours_without_wage", "paid hours of an insured person without any wage",
            "Wfsv art. 16; AantVerlU and LnSV", "insured_wao AND paid_hours > 0 AND social_wage_cents = 0 AND "
            f"{_ALL_PREMIUM} = 0",
        ),
        _finding(
            "wage_without_hours", "premium wage of a person in employment without paid hours",
            "Wfsv art. 16; PrlnAofAnwLg, PrlnAofAnwHg and AantVerlU", f"paid_hours = 0 AND {_PREMIUM} > 0",
        ),
        _finding(
            "hours_and_wage_of_opposite_sign", "paid hours and premium wage of which one is below zero and one above",
            "Wfsv art. 16; PrlnAofAnwLg, PrlnAofAnwHg and AantVerlU",
            f"(paid_hours < 0 AND {_PREMIUM} > 0) OR (paid_hours > 0 AND {_PREMIUM} < 0)",
        ),
        _finding(
            "premium_wage_in_both_classes", "premium wage in the low and in the high class of one row",
            "Besluit Wfsv art. 2.19d; PrlnAofAnwLg and PrlnAofAnwHg",
            "premium_wage_low_cents <> 0 AND premium_wage_high_cents <> 0",
        ),
        _finding(
            "premium_wage_above_maximum", "premium wage of one row above the maximum of a whole year",
            f"Wfsv art. 17 lid 1; {_LIMIT}", _above_limit(),
        ),
    )  # fmt: skip


__all__ = ["plausible_rules"]
