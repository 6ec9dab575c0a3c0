"""Basis of a simulation's figures: parameters, assumed figures, readings, notes, and measures by number."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from functools import reduce
from typing import Final

from quotum.comparison import tables
from quotum.comparison.bins import mean
from quotum.comparison.record import BEHAVIOUR
from quotum.comparison.tables import NO_GROUP
from quotum.law.readings import Reading
from quotum.law.wfsv.job_count import job_remarks
from quotum.money import PERCENT, decimal_text, euro_text, hundredths_text
from quotum.parameters import Figure
from quotum.parameters.scenarios_in_dutch import note_in_words
from quotum.parameters.units import unit
from quotum.run.findings.declared import meanings_of_jobs
from quotum.run.regimes.as_enacted import readings_of
from quotum.simulate import words
from quotum.simulate.headline import Row, hundredths
from quotum.simulate.outcome import Outcome
from quotum.simulate.plan import Alternative, Plan
from quotum.simulate.ranges import is_outside, ranges_of
from quotum.words import DUTCH, Sentence, in_language, phrase, value_in_words

_NOTHING: Final = "policy choice"
MEAN_EMPLOYEES: Final = Reading(
    "employees_mean_of_periods",
    _NOTHING,
    "the number of employees is the mean number of employment relations (kinds 11, 13 and 15) per return period",
)
POLICY_JOBS: Final = Reading(
    "policy_jobs_spread_as_targets",
    _NOTHING,
    "extra jobs whose sector is not known are spread over the sectors as their targets are, one job per person",
)
UNPLACED: Final = Reading(
    "people_without_employer",
    _NOTHING,
    "people who are added as a number or a share are in no employer's amounts; a budget neutral rate pays their bonus",
)
ALREADY_WORKING: Final = Reading(
    "already_working_is_no_extra_job",
    _NOTHING,
    "people who are added and work already are no extra jobs, unless policy.working_count_as_extra is yes",
)
SMALL_BY_HOURS: Final = Reading(
    "small_by_paid_hours_of_the_year",
    "policy choice small-employer-25-hours",
    "small by hours is an employer with fewer paid hours over all rows in force of the year itself than the threshold",
)
GUIDANCE: Final = Reading(
    "guidance_per_person_with_lkv",
    "letter on the motie-Bruins, 2021",
    "placed is a person with hours that count for the LKV at an employer, per employer; pro rata is to the hours of a "
    "job, at most whole",
)
LEVY_AND_LKV: Final = Reading(
    "levy_beside_lkv", "Wfsv art. 34; Wtl art. 2.10", "under the older regime the LKV goes on, and there is no bonus"
)


AS_IF: Final = Reading(
    "rows_as_if_in_later_year",
    "policy choice --as-if",
    "the law and the figures are those of the later year, and the rows are as they are: nobody is older, no employment "
    "longer, no wage and no hour other; the days that the law itself fixes lie whole years earlier",
)


def parameter_rows(plan: Plan, alternative: Alternative) -> Iterator[Row]:
    """Yields the rows of a scenario in `tables.PARAMETERS`."""
    of_law = plan.law(alternative.year)
    law, own = _used(of_law), _used(alternative)
    changed = {difference.parameter: difference for difference in plan.differences(alternative)}
    on = date(alternative.year, 1, 1)
    for name in sorted({*law, *own, *changed}):
        shown = own.get(name) or _figure_on(alternative, name, on) or law[name]
        before = law.get(name) or _figure_on(of_law, name, on)
        yield {
            "place": alternative.place,
            "scenario": alternative.name,
            "year": alternative.year,
            "parameter": name,
            "law_value": before.value if before else None,
            "value": shown.value if name in own or name in changed else None,
            "differs": name in changed,
            "unit": shown.unit,
            "provision": shown.provision,
            "status": shown.status,
            "source": shown.source,
            "dutch": shown.dutch,
        }


def _used(alternative: Alternative) -> dict[str, Figure]:
    return {figure.name: figure for figure in alternative.figures.used}


def _figure_on(alternative: Alternative, name: str, on: date) -> Figure | None:
    return alternative.figures.peek(name, on) if alternative.figures.has(name, on) else None


def assumption_rows(plan: Plan, alternative: Alternative, outcome: Outcome) -> Iterator[Row]:
    """Yields the rows of a scenario in `tables.ASSUMPTIONS`, the note on behaviour first."""
    lines: list[Row] = [_note("behaviour", BEHAVIOUR)]
    for figure in alternative.figures.used:
        if figure.status == "assumed":
            value = figure.value if figure.kind == "choice" else _with_unit(figure)
            lines.append(_line("assumed figure", figure.name, value, figure.dutch, figure.source))
    for reading in _readings(plan, alternative, outcome):
        lines.append(_line("reading", reading.name, None, _sentence(reading), reading.provision))
    if alternative.scenario is not None and alternative.scenario.note:
        lines.append(_note("note", note_in_words(alternative.scenario.note.strip())))
    of_outcome = (*remarks_of(plan, alternative, outcome), *job_remarks(outcome.jobs), *meanings_of_jobs(outcome.jobs))
    unused = () if alternative.place else plan.prepared.unused
    lines += [_note("remark", remark) for remark in (*alternative.remarks, *unused, *of_outcome)]
    for number, row in enumerate(lines, start=1):
        yield {
            "place": alternative.place,
            "scenario": alternative.name,
            "year": alternative.year,
            "number": number,
            **row,
        }


def remarks_of(plan: Plan, alternative: Alternative, outcome: Outcome) -> Iterator[str]:
    """Yields remarks that follow only from the outcome."""
    year, terms = alternative.year, outcome.terms
    if terms.due and not outcome.bonus.any() and not outcome.unplaced_bonus:
        surcharge, rate = euro_text(int(outcome.surcharge.sum())), hundredths_text(outcome.rate.hundredths)
        yield words.NO_BONUS.sentence(year=year, surcharge=surcharge, rate=rate)
    yield from _of_country(alternative, outcome, plan.request.year)
    on = date(year, 1, 1)
    for ends in ranges_of(plan, alternative):
        value = alternative.figures.peek(ends.name, on).value if alternative.figures.has(ends.name, on) else ""
        if is_outside(ends, value):
            yield words.OUTSIDE_RANGE.sentence(name=ends.name, low=ends.low, high=ends.high, value=value)


def _of_country(alternative: Alternative, outcome: Outcome, year: int) -> Iterator[str]:
    """Yields the relation between numbers of the whole country and the delivered part."""
    policy, requested = outcome.figured.policy, alternative.figured.policy.extra_people
    numbers = []
    if requested is not None and requested.of_country and policy.country_jobs is None:
        numbers.append(words.EXTRA_PEOPLE.sentence())
    numbers += [words.PILOT.sentence()] if policy.pilot is not None else []
    numbers += [words.OUTCOME_JOBS.sentence()] if policy.outcome_jobs else []
    if policy.country_jobs is None:
        part = words.NOT_COMPARED.sentence()
    else:
        jobs, whole = outcome.jobs.december.total - outcome.policy_jobs, policy.country_jobs
        share = decimal_text(whole.share(jobs) * PERCENT)
        part = words.PART.sentence(
            jobs=decimal_text(jobs), year=year, share=share, whole=decimal_text(whole.jobs), realised=whole.year
        )
        if requested is not None and requested.of_country and policy.extra_people is not None:
            people, part_of_them = decimal_text(requested.people), decimal_text(policy.extra_people.people)
            yield words.TAKEN_AS.sentence(people=people, taken=part_of_them, part=part)
    if numbers:
        several = reduce(_and, numbers)
        yield words.NOT_SCALED.sentence(numbers=several, part=part)


def _and(first: str, second: str) -> Sentence:
    return phrase("{first}{between}{second}", first=first, between=words.AND.sentence(), second=second)


def _with_unit(figure: Figure) -> Sentence:
    return phrase("{value} {unit}", value=value_in_words(figure.value), unit=unit(figure.unit).sentence())


def _sentence(reading: Reading) -> Sentence:
    """What a reading of the law, or of a simulation, holds."""
    return Sentence(reading.text, words.READINGS.get(reading.name) or in_language(reading.sentence, DUTCH))


def _note(kind: str, text: str) -> Row:
    return _line(kind, None, None, text, None)


def _line(kind: str, name: str | None, value: str | None, text: str, source: str | None) -> Row:
    return {"kind": kind, "name": name, "value": value, "text": text, "source": source}


def _readings(plan: Plan, alternative: Alternative, outcome: Outcome) -> tuple[Reading, ...]:
    policy, scenario = alternative.figured.policy, alternative.scenario
    widened = policy.extra_people is not None or (scenario is not None and scenario.extra_registrations is not None)
    own = {
        MEAN_EMPLOYEES: True,
        POLICY_JOBS: bool(outcome.policy_jobs),
        UNPLACED: policy.extra_people is not None or policy.sheltered_benefit,
        ALREADY_WORKING: widened,
        SMALL_BY_HOURS: policy.small_by_hours is not None,
        GUIDANCE: policy.guidance is not None,
        LEVY_AND_LKV: policy.levied,
        AS_IF: alternative.year != plan.request.year,
    }
    of_law = readings_of(outcome.terms, plan.prepared.archive, outcome.rights_readings)
    ordered = dict.fromkeys((*of_law, *outcome.levy_readings))
    return (*ordered, *(reading for reading, holds in own.items() if holds))


def later_figure_rows(alternative: Alternative) -> Iterator[Row]:
    """Yields the rows of a scenario in `tables.LATER_FIGURES`: the figures that are assumed for a later year."""
    for assumed in alternative.figures.assumed_for_later_year:
        yield {
            "place": alternative.place,
            "scenario": alternative.name,
            "year": alternative.year,
            "parameter": assumed.figure.name,
            "dutch": assumed.figure.dutch,
            "value": assumed.figure.value,
            "unit": assumed.figure.unit,
            "how": tables.RUNS_ON if assumed.growth is None else tables.GROWS,
            "from_year": assumed.since,
            "from_value": assumed.before.value,
            "growth": assumed.growth,
            "from_source": assumed.before.source,
        }


def measure_rows(alternative: Alternative, outcome: Outcome) -> Iterator[Row]:
    """Yields the rows of a scenario in `tables.MEASURES`."""
    policy = outcome.figured.policy
    measures: list[tuple[str, str, Fraction, Fraction, int, str | None]] = []
    if policy.guidance is not None and policy.guidance.amount_cents:
        for group, people, source in policy.guidance.groups:
            cost = int(people * policy.guidance.amount_cents)
            measures.append(("guidance_bonus", group, people, Fraction(0), cost, source))
    if policy.pilot is not None:
        pilot = policy.pilot
        measures.append(
            (
                "no_risk_pilot",
                "more than two years on assistance",
                pilot.people,
                pilot.net_people,
                pilot.cost_cents,
                None,
            )
        )
    if policy.outcome_jobs:
        measures.append(("wage_subsidy_by_outcome", NO_GROUP, policy.outcome_jobs, policy.outcome_jobs, 0, None))
    unplaced = outcome.unplaced_lkv + outcome.unplaced_bonus
    if policy.extra_people is not None:
        jobs = outcome.policy_jobs if policy.working_count_as_extra else Fraction(0)
        measures.append(
            ("wider_target_group", "people added who work", policy.extra_people.working, jobs, unplaced, None)
        )
    for number, (measure, group, people, jobs, cost, origin) in enumerate(measures, start=1):
        yield {
            "place": alternative.place,
            "scenario": alternative.name,
            "year": alternative.year,
            "measure": measure,
            "number": number,
            "group": group,
            "people_hundredths": hundredths(people),
            "jobs_hundredths": hundredths(jobs),
            "cost_cents": cost,
            "cost_per_person_cents": mean(cost * 100, hundredths(people)),
            "source": origin,
        }


__all__ = ["assumption_rows", "later_figure_rows", "measure_rows", "parameter_rows"]
