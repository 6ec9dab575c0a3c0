"""The quota levy of the Wfsv, from hours to euros (art. 34 and 38b to 38j).

The steps state every quantity of the formulas of Wfsv art. 38g and 38h lid 4: hours of both years, threshold,
percentage, hours of the target group, shortage and levy.
"""

from collections.abc import Iterator
from fractions import Fraction

from attrs import frozen

from quotum.explanations.rebuild import Rebuild
from quotum.explanations.settled_rows import Record
from quotum.explanations.step import QUOTA_LEVY, Step, footing_of
from quotum.explanations.telling import Telling
from quotum.explanations.words import NO_BECAUSE, NO_SECTOR
from quotum.law.readings import QUOTA_PART_OF_YEAR, QUOTA_PERCENTAGE, Reading
from quotum.law.wfsv import quota_levy as law
from quotum.law.wfsv.quota_percentage import PERCENTAGE
from quotum.money import count_text, decimal_text, euro_text, hundredths_text, percent_text
from quotum.parameters import Figure
from quotum.run.regimes.levy_terms import COMPUTED, SECTORS, variables_of_percentage


@frozen
class _Percentage:
    """Where the quota percentage of the sector comes from."""

    source: str | None
    """`given` or `computed`; None without sector."""
    figures: tuple[Figure, ...]
    """What it is, or is computed from."""
    readings: tuple[Reading, ...]
    """What it rests on."""


def steps(rebuild: Rebuild, telling: Telling) -> Iterator[Step]:
    """From hours to the levy."""
    (levied,) = rebuild.own(rebuild.results.levied)
    yield _threshold_step(rebuild, levied, telling)
    if not levied["bound"]:
        return
    percentage = _percentage(rebuild, levied["sector"])
    yield _percentage_step(levied, percentage, telling)
    if percentage.source is None:
        return
    yield _target_step(levied, telling)
    yield _shortage_step(rebuild, levied, percentage, telling)
    yield _levy_step(rebuild, levied, percentage, telling)


def _percentage(rebuild: Rebuild, sector: str | None) -> _Percentage:
    if sector is None:
        return _Percentage(None, (), ())
    source, of = rebuild.prepared.terms.percentages[sector].source, SECTORS[sector]
    names = variables_of_percentage(of) if source == COMPUTED else (f"wfsv.quota_percentage_{of}",)
    return _Percentage(source, rebuild.figures(*names), (QUOTA_PERCENTAGE,) if source == COMPUTED else ())


def _threshold_step(rebuild: Rebuild, levied: Record, telling: Telling) -> Step:
    sources = rebuild.figures("wfsv.quota_threshold_employees", "wfsv.average_paid_hours")
    readings = (QUOTA_PART_OF_YEAR,) if levied["part_of_year"] else ()
    code = law.is_bound.unmet.code
    below = telling.say(NO_BECAUSE, why=telling.why_not((code,)))
    inputs = telling.inputs(
        ("hours of t-1 that count", count_text(levied["counted_hours_t1"])),
        ("hours of t that count", count_text(levied["counted_hours"])),
    )
    result = telling.say(
        law.THRESHOLD_IS,
        verdict=telling.yes_no(True) if levied["bound"] else below,
        hours=count_text(rebuild.prepared.terms.threshold_hours),
    )
    return telling.step(
        QUOTA_LEVY,
        law.ENOUGH_HOURS,
        inputs,
        result,
        figures=sources,
        readings=readings,
        not_given=() if levied["bound"] else (code,),
    )


def _percentage_step(levied: Record, percentage: _Percentage, telling: Telling) -> Step:
    none, code = percentage.source is None, law.has_percentage.unmet.code
    reason = telling.say(NO_BECAUSE, why=telling.why_not((code,)))
    inputs = telling.inputs(("percentage", percentage.source or telling.say(NO_SECTOR)))
    result = reason if none else percent_text(levied["quota_percentage_hundredths"])
    return telling.step(
        QUOTA_LEVY,
        PERCENTAGE,
        inputs,
        result,
        figures=percentage.figures,
        readings=percentage.readings,
        amount_cents=0 if none else None,
        adds_to="quota_levy_cents" if none else None,
        not_given=(code,) if none else (),
    )


def _target_step(levied: Record, telling: Telling) -> Step:
    own, more, less, hours = (
        count_text(levied[name])
        for name in ("counted_target_hours", "borrowed_hours", "lent_hours", "levy_target_hours")
    )
    inputs = telling.inputs(("in the returns", own), ("allocated as a borrower", more), ("taken off as a lender", less))
    result = telling.say(law.TARGET_HOURS_ARE, own=own, more=more, less=less, hours=hours)
    return telling.step(QUOTA_LEVY, law.TARGET_HOURS, inputs, result)


def _jobs(levied: Record) -> str:
    return decimal_text(Fraction(levied["quota_shortage_tenths"], law.TENTHS_PER_JOB), 1)


def _shortage_step(rebuild: Rebuild, levied: Record, percentage: _Percentage, telling: Telling) -> Step:
    """Missing jobs in tenths, every variable rounded down to two decimals first (Besluit Wfsv art. 2.23)."""
    (per_job,) = rebuild.figures("wfsv.average_paid_hours_target_group")
    hours, target = (count_text(levied[name]) for name in ("counted_hours", "levy_target_hours"))
    shown = hundredths_text(levied["quota_percentage_hundredths"])
    inputs = telling.inputs(
        ("A, paid hours", hours),
        ("B, percentage", percent_text(levied["quota_percentage_hundredths"])),
        ("C, paid hours of the target group", target),
        ("D", telling.citations(per_job)[0][1]),
    )
    result = telling.say(
        law.SHORTAGE_IS, hours=hours, percentage=shown, target=target, per_job=per_job.value, jobs=_jobs(levied)
    )
    return telling.step(
        QUOTA_LEVY,
        law.SHORTAGE,
        inputs,
        result,
        footing=footing_of((*percentage.figures, per_job), percentage.readings),
    )


def _levy_step(rebuild: Rebuild, levied: Record, percentage: _Percentage, telling: Telling) -> Step:
    (per_job,) = rebuild.figures("wfsv.quota_levy_per_job")
    jobs, cents = _jobs(levied), levied["quota_levy_cents"]
    inputs = (*telling.inputs(("shortage", jobs)), *telling.citations(per_job))
    result = telling.say(law.LEVY_IS, jobs=jobs, per_job=per_job.value, levy=euro_text(cents))
    return telling.step(
        QUOTA_LEVY,
        law.LEVY,
        inputs,
        result,
        footing=footing_of((per_job, *percentage.figures), percentage.readings),
        amount_cents=cents,
        adds_to="quota_levy_cents",
    )
