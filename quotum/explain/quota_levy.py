"""The quota levy of the Wfsv, from hours to euros (law.md rule 7).

The steps state every quantity of the formulas of Wfsv art. 38g and 38h lid 4: hours of both years, threshold,
percentage, hours of the target group, shortage and levy.
"""

from datetime import date
from fractions import Fraction

from attrs import frozen

from quotum.explain.results import LevyLine
from quotum.explain.step import BELOW_THRESHOLD, NO_SECTOR, QUOTA_LEVY, WHY_NOT, Step, cited, footing_of, read_as
from quotum.law.conditions import ENGLISH
from quotum.law.readings import QUOTA_PART_OF_YEAR, QUOTA_PERCENTAGE, Reading
from quotum.law.wfsv import quota_levy as law
from quotum.law.wfsv.quota_percentage import COMPUTED, PERCENTAGE, Percentage, two_decimals_down
from quotum.money import (
    CENTS_PER_EURO,
    HUNDREDTHS_PER_PERCENT,
    PERCENT,
    decimal_text,
    euro_text,
    hundredths_text,
    round_down,
)
from quotum.parameters import Figure, Figures
from quotum.run.regimes.levy_terms import SECTORS, read_percentage, variables_of_percentage


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
    percentage: Percentage | None
    """Quota percentage of the sector; None without sector."""
    percentage_figures: tuple[Figure, ...] = ()
    """What that percentage is, or is computed from."""

    @property
    def threshold(self) -> int:
        """Fewest paid hours of who can owe."""
        return law.threshold_hours(Fraction(self.employees.value), Fraction(self.average_hours.value))


@frozen
class Levy:
    """What is owed."""

    shortage_tenths: int
    """Missing jobs, in tenths."""
    levy_cents: int
    """Levy."""


def read_terms(figures: Figures, year: int, sector: str | None) -> LevyTerms:
    """The figures of a year for a sector.

    Raises:
        ParameterMissing: The record of the run lacks one.
    """
    on = date(year, 1, 1)
    percentage = None if sector is None else read_percentage(figures, SECTORS[sector], on)
    return LevyTerms(
        employees=figures.peek("wfsv.quota_threshold_employees", on),
        average_hours=figures.peek("wfsv.average_paid_hours", on),
        average_target_hours=figures.peek("wfsv.average_paid_hours_target_group", on),
        per_job=figures.peek("wfsv.quota_levy_per_job", on),
        percentage=percentage,
        percentage_figures=() if percentage is None or sector is None else _figures(figures, sector, percentage, on),
    )


def _figures(figures: Figures, sector: str, percentage: Percentage, on: date) -> tuple[Figure, ...]:
    given = (f"wfsv.quota_percentage_{SECTORS[sector]}",)
    names = variables_of_percentage(SECTORS[sector]) if percentage.source == COMPUTED else given
    return tuple(figures.peek(name, on) for name in names)


def levy_steps(hours: LevyLine, terms: LevyTerms) -> tuple[Levy, tuple[Step, ...]]:
    """From hours to the levy."""
    threshold = _threshold_step(hours, terms)
    if threshold.not_given:
        return Levy(0, 0), (threshold,)
    percentage = _percentage_step(terms)
    if terms.percentage is None:
        return Levy(0, 0), (threshold, percentage)
    tenths, shortage = _shortage(hours, terms, terms.percentage)
    cents = round_down(Fraction(tenths, law.TENTHS_PER_JOB) * Fraction(terms.per_job.value) * CENTS_PER_EURO)
    jobs = decimal_text(Fraction(tenths, law.TENTHS_PER_JOB), 1)
    levy = Step(
        rule=QUOTA_LEVY,
        question=law.LEVY.text.english,
        article=law.LEVY.provision,
        footing=footing_of((terms.per_job, *terms.percentage_figures), _percentage_readings(terms)),
        inputs=(("shortage", jobs), cited(terms.per_job)),
        result=law.LEVY_IS.told(ENGLISH, jobs=jobs, per_job=terms.per_job.value, levy=euro_text(cents)),
        amount_cents=cents,
        adds_to="quota_levy_cents",
    )
    return Levy(tenths, cents), (threshold, percentage, _target_step(hours), shortage, levy)


def _threshold_step(hours: LevyLine, terms: LevyTerms) -> Step:
    readings = (QUOTA_PART_OF_YEAR,) if hours.part_of_year else ()
    verdict = "yes" if hours.bound else f"no: {WHY_NOT[BELOW_THRESHOLD]}"
    return Step(
        rule=QUOTA_LEVY,
        question=law.ENOUGH_HOURS.text.english,
        article=law.ENOUGH_HOURS.provision,
        footing=footing_of((terms.employees, terms.average_hours), readings),
        inputs=(
            ("hours of t-1 that count", f"{hours.counted_hours_t1:,}"),
            ("hours of t that count", f"{hours.counted_hours:,}"),
            cited(terms.employees),
            cited(terms.average_hours),
            *map(read_as, readings),
        ),
        result=law.THRESHOLD_IS.told(ENGLISH, verdict=verdict, hours=f"{terms.threshold:,}"),
        not_given=() if hours.bound else (BELOW_THRESHOLD,),
    )


def _percentage_readings(terms: LevyTerms) -> tuple[Reading, ...]:
    computed = terms.percentage is not None and terms.percentage.source == COMPUTED
    return (QUOTA_PERCENTAGE,) if computed else ()


def _percentage_step(terms: LevyTerms) -> Step:
    found, readings = terms.percentage, _percentage_readings(terms)
    known = "no sector" if found is None else found.source
    return Step(
        rule=QUOTA_LEVY,
        question=PERCENTAGE.text.english,
        article=PERCENTAGE.provision,
        footing=footing_of(terms.percentage_figures, readings),
        inputs=(("percentage", known), *map(cited, terms.percentage_figures), *map(read_as, readings)),
        result=f"no: {WHY_NOT[NO_SECTOR]}" if found is None else f"{hundredths_text(found.hundredths)}%",
        not_given=(NO_SECTOR,) if found is None else (),
        amount_cents=0 if found is None else None,
        adds_to="quota_levy_cents" if found is None else None,
    )


def _target_step(hours: LevyLine) -> Step:
    own, more, less = hours.counted_target_hours, hours.borrowed_hours, hours.lent_hours
    return Step(
        rule=QUOTA_LEVY,
        question=law.TARGET_HOURS.text.english,
        article=law.TARGET_HOURS.provision,
        footing="law",
        inputs=(
            ("in the returns", f"{own:,}"),
            ("allocated as a borrower", f"{more:,}"),
            ("taken off as a lender", f"{less:,}"),
        ),
        result=law.TARGET_HOURS_ARE.told(
            ENGLISH, own=f"{own:,}", more=f"{more:,}", less=f"{less:,}", hours=f"{hours.levy_target_hours:,}"
        ),
    )


def _shortage(hours: LevyLine, terms: LevyTerms, percentage: Percentage) -> tuple[int, Step]:
    """Missing jobs in tenths, every variable rounded down to two decimals first (Besluit Wfsv art. 2.23)."""
    per_job = two_decimals_down(Fraction(terms.average_target_hours.value))
    wanted = Fraction(hours.counted_hours * percentage.hundredths, HUNDREDTHS_PER_PERCENT * PERCENT)
    short = (wanted - hours.levy_target_hours) / per_job
    tenths = max(round_down(short * law.TENTHS_PER_JOB), 0)
    shown = hundredths_text(percentage.hundredths)
    step = Step(
        rule=QUOTA_LEVY,
        question=law.SHORTAGE.text.english,
        article=law.SHORTAGE.provision,
        footing=footing_of(
            (*terms.percentage_figures, terms.average_target_hours),
            _percentage_readings(terms),
        ),
        inputs=(
            ("A, paid hours", f"{hours.counted_hours:,}"),
            ("B, percentage", f"{shown}%"),
            ("C, paid hours of the target group", f"{hours.levy_target_hours:,}"),
            ("D", cited(terms.average_target_hours)[1]),
        ),
        result=law.SHORTAGE_IS.told(
            ENGLISH,
            hours=f"{hours.counted_hours:,}",
            percentage=shown,
            target=f"{hours.levy_target_hours:,}",
            per_job=terms.average_target_hours.value,
            jobs=decimal_text(Fraction(tenths, law.TENTHS_PER_JOB), 1),
        ),
    )
    return tenths, step
