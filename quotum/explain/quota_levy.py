"""The quota levy of the Wfsv, from hours to euros (law.md rule 7).

The steps state every quantity of the formulas of Wfsv art. 38g and 38h lid 4: hours of both years, threshold,
percentage, hours of the target group, shortage and levy. That covers what a decision must state (art. 38h lid
2, whose text was not read: *reading*). A settlement under this regime gives the hours; their walk over rows
belongs here once a run of the regime can be made.
"""

from fractions import Fraction

from attrs import frozen

from quotum.explain.step import BELOW_THRESHOLD, QUOTA_LEVY, WHY_NOT, Step, cited, footing_of
from quotum.money import (
    CENTS_PER_EURO,
    HUNDREDTHS_PER_PERCENT,
    PERCENT,
    decimal_text,
    euro_text,
    hundredths_text,
    round_down,
)
from quotum.parameters import Figure

_TENTHS = 10


@frozen
class LevyTerms:
    """The figures of the levy."""

    employees: Figure
    """Threshold in employees (25)."""
    average_hours: Figure
    """Average paid hours of an employee (1,623)."""
    average_target_hours: Figure
    """Average paid hours of a member of the target group (1,331)."""
    per_job: Figure
    """Levy per missing job, euros."""
    percentage: Figure
    """Quota percentage of the sector."""


@frozen
class LevyHours:
    """Paid hours of an employer, without agency workers at the lender and Wsw employments."""

    year_before: int
    """In t-1."""
    year: int
    """In t."""
    target_group: int
    """Of the target group in t, allocated hours included."""


@frozen
class Levy:
    """What is owed."""

    shortage_tenths: int
    """Missing jobs, in tenths."""
    levy_cents: int
    """Levy."""


def levy_steps(hours: LevyHours, terms: LevyTerms) -> tuple[Levy, tuple[Step, ...]]:
    """From hours to the levy."""
    limit = Fraction(terms.employees.value) * Fraction(terms.average_hours.value)
    owes = min(hours.year_before, hours.year) >= limit
    threshold = Step(
        rule=QUOTA_LEVY,
        question="Does the employer have enough paid hours in both years to owe a levy?",
        article="Wfsv art. 34 lid 3, 7; Besluit Wfsv art. 2.33",
        footing=footing_of((terms.employees, terms.average_hours)),
        inputs=(
            ("paid hours of t-1", f"{hours.year_before:,}"),
            ("paid hours of t", f"{hours.year:,}"),
            cited(terms.employees),
            cited(terms.average_hours),
        ),
        result=f"{'yes' if owes else f'no: {WHY_NOT[BELOW_THRESHOLD]}'}: the threshold is {decimal_text(limit, 0)}",
        not_given=() if owes else (BELOW_THRESHOLD,),
    )
    if not owes:
        return Levy(0, 0), (threshold,)
    wanted = Fraction(hours.year) * Fraction(terms.percentage.value) / PERCENT
    short = (wanted - hours.target_group) / Fraction(terms.average_target_hours.value)
    tenths = max(round_down(short * _TENTHS), 0)
    levy = int(Fraction(tenths, _TENTHS) * Fraction(terms.per_job.value) * CENTS_PER_EURO)
    jobs = decimal_text(Fraction(tenths, _TENTHS), 1)
    percentage = hundredths_text(int(Fraction(terms.percentage.value) * HUNDREDTHS_PER_PERCENT))
    return Levy(tenths, levy), (
        threshold,
        Step(
            rule=QUOTA_LEVY,
            question="How many jobs is the employer short?",
            article="Wfsv art. 38g lid 1; Besluit Wfsv art. 2.23",
            footing=footing_of((terms.percentage, terms.average_target_hours)),
            inputs=(
                ("A, paid hours", f"{hours.year:,}"),
                ("B", cited(terms.percentage)[1]),
                ("C, paid hours of the target group", f"{hours.target_group:,}"),
                ("D", cited(terms.average_target_hours)[1]),
            ),
            result=f"({hours.year:,} × {percentage}% - {hours.target_group:,}) / {terms.average_target_hours.value}"
            f" = {jobs}, rounded down to tenths, not below zero",
        ),
        Step(
            rule=QUOTA_LEVY,
            question="How much levy is that?",
            article="Wfsv art. 38h lid 4",
            footing=footing_of((terms.per_job, terms.percentage)),
            inputs=(("shortage", jobs), cited(terms.per_job)),
            result=f"{jobs} × {terms.per_job.value} = {euro_text(levy)}; suspended: a figure, no decision (art. 122na)",
            amount_cents=levy,
            adds_to="quota_levy_cents",
        ),
    )
