"""Rights that depend on an employment, start by start: what gives a right, and from when until when.

`quotum.law.wtl` decides which conditions a start meets; this module only shows it.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from functools import partial
from typing import Final

from attrs import frozen

from quotum.archive.intervals import FAR_DAY
from quotum.explanations.evidence import Evidence, Interval, Intervals, join_intervals
from quotum.explanations.rebuild import Rebuild
from quotum.explanations.rules.employments import Histories, History
from quotum.explanations.step import LKV, Step
from quotum.explanations.telling import Pairs, Telling
from quotum.explanations.words import (
    END_UNKNOWN,
    MONTH_BEFORE,
    NO_END,
    NONE,
    NONE_BECAUSE,
    NONE_DELIVERED,
    REGISTRATION_ON,
    START,
)
from quotum.law import readings
from quotum.law.readings import Reading
from quotum.law.wtl.counted_hours import right_begun
from quotum.law.wtl.cumulation import JOBS_AGREEMENT
from quotum.law.wtl.employments import WITHOUT_END, YEARS_OVER, first_day_after, new_starts
from quotum.law.wtl.lkv_until_2025 import (
    GIVES_RIGHT,
    NOT_QUALIFIED,
    RIGHT_BY_DECLARATION,
    Duration,
    Papers,
    Unmet,
    covers,
    has_declaration,
    month_before,
    month_before_on,
    unmet_at_start,
)
from quotum.law.wtl.transition import Registration, unmet_in_transition
from quotum.law.wtl.windows import LASTS, TRAINING
from quotum.parameters import Figure
from quotum.periods import Period
from quotum.run import lkv_terms

_YEARS, _MONTHS = "wtl.jobs_agreement_years", "wtl.months_without_employment"
_ONE_DAY: Final = timedelta(days=1)


@frozen
class Right:
    """A right that began with or within an employment."""

    first: date
    """First day."""
    ends_before: date
    """First day after the right."""

    def why_not_in(self, period: Period) -> str | None:
        """Why it does not count in a period; a right that begins in a period counts for all of it."""
        if self.first > period.end:
            return right_begun.unmet.code
        return YEARS_OVER.code if self.ends_before <= period.start else None

    def words(self, telling: Telling) -> str:
        """The days, in words."""
        return telling.from_to(
            self.first, telling.say(NO_END) if self.ends_before == WITHOUT_END else self.ends_before - _ONE_DAY
        )


def reason_outside(rights: Sequence[Right], period: Period) -> str | None:
    """Why no right counts in a period, by the last right that had begun; None when a right counts."""
    reasons = [right.why_not_in(period) for right in rights]
    if None in reasons:
        return None
    return YEARS_OVER.code if YEARS_OVER.code in reasons else right_begun.unmet.code


@frozen
class Judgement:
    """The starts of employments, tested against the conditions; the first that meets them gives the right."""

    tried: tuple[tuple[date, tuple[str, ...]], ...] = ()
    """Starts in order, up to the first that gives a right, each with why it gives no right."""
    right: Right | None = None
    """The right; None when no start gives one."""

    def words(self, telling: Telling) -> Pairs:
        """The starts as inputs."""
        return tuple(
            (telling.say(START, day=day), telling.why_not(reasons) or telling.say(GIVES_RIGHT))
            for day, reasons in self.tried
        )


def judge_starts(history: History, lacking: Callable[[date], Unmet], years: int) -> Judgement:
    """Tests every start against the conditions of a right.

    Args:
        history: Employments of the person with the employer.
        lacking: Which conditions a start does not meet.
        years: Years that the right lasts from its start; 0 is without end.
    """
    tried = []
    for day in history.starts:
        reasons = codes(lacking(day))
        tried.append((day, reasons))
        if not reasons:
            return Judgement(tuple(tried), Right(day, first_day_after(day, years)))
    return Judgement(tuple(tried))


def codes(unmet: Unmet) -> tuple[str, ...]:
    """The reasons of conditions that are not met."""
    return tuple(condition.unmet.code for condition in unmet)


def days(intervals: Iterable[Interval]) -> tuple[tuple[date, date], ...]:
    """First and last days, in the form that the law takes."""
    return tuple((interval.first, interval.last) for interval in intervals)


@frozen
class RightsOfYear:
    """The rights to the LKV of a year that begin with an employment, by BSN."""

    by_declaration: bool
    """Whether the text of the year asks for a declaration at the start of an employment."""
    declared: Mapping[int, Judgement]
    """Rights by declaration, or the part that is kept, of everybody with a declaration."""
    years: Mapping[int, tuple[Right, ...]] | None
    """Rights that last some years in the target group; None when they have no end."""
    kept_until: date | None
    """Last day of the text whose rights are kept; None in the years of that text."""
    duration: Duration | None
    """How long rights by declaration last, and what must precede them; None when there are no such rights."""

    def right_of(self, bsn: int | None) -> Right | None:
        """The right by declaration of a person."""
        judgement = None if bsn is None else self.declared.get(bsn)
        return None if judgement is None else judgement.right


def rights_of_year(rebuild: Rebuild, known: Histories, papers: Evidence, people: Iterable[int]) -> RightsOfYear:
    """The rights of people.

    Args:
        rebuild: What the stages make.
        known: Employments by BSN.
        papers: What was delivered about them.
        people: By BSN.
    """
    terms = rebuild.results.terms.lkv
    duration = terms.by_declaration if terms.asks_declaration else terms.kept and terms.kept[0]
    until = None if terms.asks_declaration or terms.kept is None else terms.kept[1]
    declared = {
        bsn: _kept_part(_judgement(papers, bsn, known.get(bsn, History()), duration), until, papers.registrations(bsn))
        for bsn in sorted(people)
        if duration and _declarations(papers, bsn)
    }
    lasting = {
        bsn: tuple(
            Right(day, first_day_after(day, terms.years))
            for day in new_starts(history.employments, terms.months_without)
        )
        for bsn, history in known.items()
    }
    lasts = lasting if terms.ends_in_target_group else None
    return RightsOfYear(terms.asks_declaration, declared, lasts, until, duration)


def _declarations(papers: Evidence, bsn: int) -> Intervals:
    return tuple(interval for interval in papers.declarations(bsn) if interval.what in (JOBS_AGREEMENT, TRAINING))


def _papers(papers: Evidence, bsn: int) -> Papers:
    declared = papers.declarations(bsn)
    jobs, training = (
        days(interval for interval in declared if interval.what == what) for what in (JOBS_AGREEMENT, TRAINING)
    )
    return Papers(days(papers.registrations(bsn)), jobs, training)


def _judgement(papers: Evidence, bsn: int, history: History, duration: Duration) -> Judgement:
    lacking = partial(unmet_at_start, history.employments, _papers(papers, bsn), duration)
    return judge_starts(history, lacking, duration.years)


def _kept_part(judgement: Judgement, until: date | None, registrations: Intervals) -> Judgement:
    """The part of a right that is kept after its text was replaced (art. 6.2)."""
    if until is None or judgement.right is None:
        return judgement
    whole = [Registration(chain.first, chain.last, chain.ended_by or None) for chain in join_intervals(registrations)]
    reasons = codes(unmet_in_transition((judgement.right.first, judgement.right.ends_before), whole, until))
    if not reasons:
        return judgement
    *others, (day, _) = judgement.tried
    return Judgement((*others, (day, reasons)))


def steps(
    rebuild: Rebuild, known: Histories, rights: RightsOfYear, papers: Evidence, people: Iterable[int], telling: Telling
) -> tuple[Step, ...]:
    """A step for everybody: which employment gives a right by declaration, and until when?

    Args:
        rebuild: What the stages make.
        known: Employments by BSN.
        rights: The rights.
        papers: What was delivered.
        people: By BSN.
        telling: Language and names.
    """
    return tuple(_step(rebuild, known.get(bsn, History()), rights, papers, bsn, telling) for bsn in people)


def _step(
    rebuild: Rebuild, history: History, rights: RightsOfYear, papers: Evidence, bsn: int, telling: Telling
) -> Step:
    judgement, declared = rights.declared.get(bsn, Judgement()), _declarations(papers, bsn)
    kept, registrations = rights.kept_until, papers.registrations(bsn)
    by_month, months = _month_before_decided(rebuild, rights, papers, bsn, telling)
    on = kept or date(rebuild.year, 1, 1)
    sources = (*(rebuild.run.figures.peek(name, on) for name in (_YEARS, _MONTHS)), *by_month)
    used = _readings(history, declared, kept=kept is not None) if declared else ()
    none = NOT_QUALIFIED.code if declared else has_declaration.unmet.code
    article = RIGHT_BY_DECLARATION.provision
    of_jobs, of_training = (
        [interval for interval in declared if interval.what == what] for what in (JOBS_AGREEMENT, TRAINING)
    )
    inputs = (
        *telling.inputs(
            ("declaration", telling.interval_list(of_jobs, none_declared(papers, telling))),
            ("of a scholingsbelemmerde", telling.interval_list(of_training, telling.say(NONE))),
            ("registration", telling.interval_list(registrations, telling.say(NONE))),
        ),
        *((_registration_after(kept, registrations, telling),) if kept and declared else ()),
        *(history.words(telling) if declared else ()),
        *months,
        *judgement.words(telling),
    )
    result = (
        judgement.right.words(telling) if judgement.right else telling.say(NONE_BECAUSE, why=telling.why_not((none,)))
    )
    return telling.step(
        LKV,
        RIGHT_BY_DECLARATION,
        inputs,
        result,
        article=article if kept is None else f"Wtl art. 6.2; {article.removeprefix('Wtl ')}",
        figures=sources,
        readings=used,
        not_given=() if judgement.right else (none,),
        person=telling.person(bsn),
    )


def none_declared(papers: Evidence, telling: Telling) -> str:
    """Words for a person without declaration."""
    return telling.say(NONE if papers.declarations_delivered else NONE_DELIVERED)


def _month_before_decided(
    rebuild: Rebuild, rights: RightsOfYear, papers: Evidence, bsn: int, telling: Telling
) -> tuple[tuple[Figure, ...], Pairs]:
    """Figures, and days in words, of the month before, for declared starts that it decided."""
    of_person, duration = _papers(papers, bsn), rights.duration
    starts = [
        day
        for day, _ in rights.declared.get(bsn, Judgement()).tried
        if covers(of_person.declared, day)
        and not covers(of_person.declared_training, day)
        and not covers(of_person.registered, day)
    ]
    if duration is None or not starts:
        return (), ()
    texts, figures = duration.month_before, rebuild.run.figures
    used = {figures.peek(lkv_terms.MONTH_BEFORE, max(day, texts[0][0])) for day in starts}
    months = {day: month_before(day, month_before_on(day, texts)) for day in starts}
    words = ((telling.say(MONTH_BEFORE, day=day), telling.from_to(*month)) for day, month in months.items())
    return tuple(sorted(used, key=lambda figure: figure.valid_from or date.min)), tuple(words)


def _registration_after(until: date, registrations: Intervals, telling: Telling) -> tuple[str, str]:
    """The registration on the first day of the new text; registrations that touch are joined."""
    on = until + _ONE_DAY
    registration = next((chain for chain in join_intervals(registrations) if chain.holds(on)), None)
    unknown = registration is not None and registration.last < FAR_DAY and not registration.ended_by
    words = telling.say(NONE) if registration is None else telling.days(registration)
    return telling.say(REGISTRATION_ON, day=on), words + (telling.say(END_UNKNOWN) if unknown else "")


def _readings(history: History, declared: Intervals, *, kept: bool) -> tuple[Reading, ...]:
    conditions = {
        readings.EMPLOYMENT: True,
        readings.TRAINING: any(interval.what == TRAINING for interval in declared),
        readings.RUNS_ON_AFTER_TRANSFER: bool(history.came_over),
        readings.TRANSITION_ON_FIRST_DAY: kept,
    }
    return tuple(reading for reading, holds in conditions.items() if holds)


def lasting_steps(
    rebuild: Rebuild, known: Histories, rights: RightsOfYear, people: Iterable[int], telling: Telling
) -> tuple[Step, ...]:
    """A step for everybody in the target group: how long does the right last, where a scenario ends it?"""
    sources = rebuild.figures(_YEARS, _MONTHS)
    used = (readings.EMPLOYMENT, readings.YEARS_FROM_NEW_START)
    none = telling.say(NONE_BECAUSE, why=telling.why_not((NOT_QUALIFIED.code,)))
    return tuple(
        telling.step(
            LKV,
            LASTS,
            known.get(bsn, History()).words(telling),
            "; ".join(right.words(telling) for right in (rights.years or {}).get(bsn, ())) or none,
            figures=sources,
            readings=used,
            person=telling.person(bsn),
        )
        for bsn in people
    )
