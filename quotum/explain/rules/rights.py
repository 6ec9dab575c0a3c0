"""Rights that hang on an employment, told start by start: what gives a right, and from when until when.

Which condition a start meets is decided by the law (`quotum.law.wtl`); here it is only kept and told.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from functools import partial
from typing import Final

from attrs import frozen

from quotum.archive.known import FAR_DAY
from quotum.explain.evidence import Evidence, Interval, Intervals, joined
from quotum.explain.remaking import Remade
from quotum.explain.rules.employments import Histories, History
from quotum.explain.step import LKV, Step, footing_of
from quotum.explain.telling import Named, Telling
from quotum.explain.words import (
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
    """A right that began with an employment, or within one."""

    first: date
    """First day."""
    ends_before: date
    """First day after the right."""

    def why_not_in(self, period: Period) -> str | None:
        """Why it does not count in a period; begun within one it counts for the whole of it."""
        if self.first > period.end:
            return right_begun.unmet.code
        return YEARS_OVER.code if self.ends_before <= period.start else None

    def words(self, telling: Telling) -> str:
        """The days, in words."""
        return telling.from_to(
            self.first, telling.say(NO_END) if self.ends_before == WITHOUT_END else self.ends_before - _ONE_DAY
        )


def outside(rights: Sequence[Right], period: Period) -> str | None:
    """Why none of some rights counts in a period, of the last of them that had begun; nothing when one does."""
    reasons = [right.why_not_in(period) for right in rights]
    if None in reasons:
        return None
    return YEARS_OVER.code if YEARS_OVER.code in reasons else right_begun.unmet.code


@frozen
class Judgement:
    """Every start of an employment held against the conditions; the first that meets them gives the right."""

    tried: tuple[tuple[date, tuple[str, ...]], ...] = ()
    """Starts in order, up to the first that gives a right, with why each gives none."""
    right: Right | None = None
    """The right; None when no start gives one."""

    def words(self, telling: Telling) -> Named:
        """The starts as inputs."""
        return tuple(
            (telling.say(START, day=day), telling.why_not(reasons) or telling.say(GIVES_RIGHT))
            for day, reasons in self.tried
        )


def judged_starts(history: History, lacking: Callable[[date], Unmet], years: int) -> Judgement:
    """Hold every start against the conditions of a right.

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
    return tuple(one.unmet.code for one in unmet)


def days(intervals: Iterable[Interval]) -> tuple[tuple[date, date], ...]:
    """First and last days, as the law asks for them."""
    return tuple((one.first, one.last) for one in intervals)


@frozen
class Held:
    """The rights to the LKV of a year that begin with an employment, by BSN."""

    by_declaration: bool
    """Whether the text of the year asks for a declaration at the start of an employment."""
    declared: Mapping[int, Judgement]
    """Rights by declaration, or what is kept of them, of everybody with a declaration."""
    years: Mapping[int, tuple[Right, ...]] | None
    """Rights as long as they last in the target group; None when that is without end."""
    kept_until: date | None
    """Last day of the text of which rights are kept; None in the years of that text."""
    duration: Duration | None
    """How long rights by declaration last, and what must lie before them; None when there can be none."""

    def right_of(self, bsn: int | None) -> Right | None:
        """The right by declaration of a person."""
        found = None if bsn is None else self.declared.get(bsn)
        return None if found is None else found.right


def held(remade: Remade, known: Histories, papers: Evidence, people: Iterable[int]) -> Held:
    """The rights of people.

    Args:
        remade: What the stages make.
        known: Employments by BSN.
        papers: What was delivered about them.
        people: By BSN.
    """
    terms = remade.made.terms.lkv
    duration = terms.by_declaration if terms.asks_declaration else terms.kept and terms.kept[0]
    until = None if terms.asks_declaration or terms.kept is None else terms.kept[1]
    declared = {
        bsn: _kept(_judged(papers, bsn, known.get(bsn, History()), duration), until, papers.registrations(bsn))
        for bsn in sorted(people)
        if duration and _declarations(papers, bsn)
    }
    lasting = {
        bsn: tuple(
            Right(day, first_day_after(day, terms.years)) for day in new_starts(one.employments, terms.months_without)
        )
        for bsn, one in known.items()
    }
    lasts = lasting if terms.ends_in_target_group else None
    return Held(terms.asks_declaration, declared, lasts, until, duration)


def _declarations(papers: Evidence, bsn: int) -> Intervals:
    return tuple(one for one in papers.declarations(bsn) if one.what in (JOBS_AGREEMENT, TRAINING))


def _papers(papers: Evidence, bsn: int) -> Papers:
    declared = papers.declarations(bsn)
    jobs, training = (days(one for one in declared if one.what == what) for what in (JOBS_AGREEMENT, TRAINING))
    return Papers(days(papers.registrations(bsn)), jobs, training)


def _judged(papers: Evidence, bsn: int, history: History, duration: Duration) -> Judgement:
    lacking = partial(unmet_at_start, history.employments, _papers(papers, bsn), duration)
    return judged_starts(history, lacking, duration.years)


def _kept(found: Judgement, until: date | None, registrations: Intervals) -> Judgement:
    """What is left of a right after its text was replaced (art. 6.2)."""
    if until is None or found.right is None:
        return found
    whole = [Registration(one.first, one.last, one.ended_by or None) for one in joined(registrations)]
    reasons = codes(unmet_in_transition((found.right.first, found.right.ends_before), whole, until))
    if not reasons:
        return found
    *others, (day, _) = found.tried
    return Judgement((*others, (day, reasons)))


def steps(
    remade: Remade, known: Histories, rights: Held, papers: Evidence, people: Iterable[int], telling: Telling
) -> tuple[Step, ...]:
    """A step for everybody: which employment gives a right by declaration, and until when?

    Args:
        remade: What the stages make.
        known: Employments by BSN.
        rights: The rights.
        papers: What was delivered.
        people: Whom to tell about, by BSN.
        telling: How it is told.
    """
    return tuple(_step(remade, known.get(bsn, History()), rights, papers, bsn, telling) for bsn in people)


def _step(remade: Remade, history: History, rights: Held, papers: Evidence, bsn: int, telling: Telling) -> Step:
    found, declared = rights.declared.get(bsn, Judgement()), _declarations(papers, bsn)
    kept, registrations = rights.kept_until, papers.registrations(bsn)
    by_month, months = _by_month(remade, rights, papers, bsn, telling)
    on = kept or date(remade.year, 1, 1)
    sources = (*(remade.run.figures.peek(name, on) for name in (_YEARS, _MONTHS)), *by_month)
    used = _readings(history, declared, kept=kept is not None) if declared else ()
    none = NOT_QUALIFIED.code if declared else has_declaration.unmet.code
    article = RIGHT_BY_DECLARATION.provision
    of_jobs, of_training = ([one for one in declared if one.what == what] for what in (JOBS_AGREEMENT, TRAINING))
    return Step(
        rule=LKV,
        question=telling.say(RIGHT_BY_DECLARATION.text),
        article=article if kept is None else f"Wtl art. 6.2; {article.removeprefix('Wtl ')}",
        footing=footing_of(sources, used),
        inputs=(
            *telling.inputs(
                ("declaration", telling.listed(of_jobs, none_declared(papers, telling))),
                ("of a scholingsbelemmerde", telling.listed(of_training, telling.say(NONE))),
                ("registration", telling.listed(registrations, telling.say(NONE))),
            ),
            *((_registration_after(kept, registrations, telling),) if kept and declared else ()),
            *(history.words(telling) if declared else ()),
            *months,
            *found.words(telling),
            *telling.cited(*sources),
            *telling.read_as(*used),
        ),
        result=found.right.words(telling) if found.right else telling.say(NONE_BECAUSE, why=telling.why_not((none,))),
        not_given=() if found.right else (none,),
        person=telling.person(bsn),
    )


def none_declared(papers: Evidence, telling: Telling) -> str:
    """What is said where a person has no declaration."""
    return telling.say(NONE if papers.declarations_delivered else NONE_DELIVERED)


def _by_month(
    remade: Remade, rights: Held, papers: Evidence, bsn: int, telling: Telling
) -> tuple[tuple[Figure, ...], Named]:
    """What the month before decided about, of the starts that were declared: its figures, and its days in words."""
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
    texts, figures = duration.month_before, remade.run.figures
    used = {figures.peek(lkv_terms.MONTH_BEFORE, max(day, texts[0][0])) for day in starts}
    months = {day: month_before(day, month_before_on(day, texts)) for day in starts}
    words = ((telling.say(MONTH_BEFORE, day=day), telling.from_to(*month)) for day, month in months.items())
    return tuple(sorted(used, key=lambda one: one.valid_from or date.min)), tuple(words)


def _registration_after(until: date, registrations: Intervals, telling: Telling) -> tuple[str, str]:
    """The registration of the first day of the new text; those that touch are one."""
    on = until + _ONE_DAY
    found = next((one for one in joined(registrations) if one.holds(on)), None)
    unknown = found is not None and found.last < FAR_DAY and not found.ended_by
    words = telling.say(NONE) if found is None else telling.days(found)
    return telling.say(REGISTRATION_ON, day=on), words + (telling.say(END_UNKNOWN) if unknown else "")


def _readings(history: History, declared: Intervals, *, kept: bool) -> tuple[Reading, ...]:
    conditions = {
        readings.EMPLOYMENT: True,
        readings.TRAINING: any(one.what == TRAINING for one in declared),
        readings.RUNS_ON_AFTER_TRANSFER: bool(history.came_over),
        readings.TRANSITION_ON_FIRST_DAY: kept,
    }
    return tuple(reading for reading, holds in conditions.items() if holds)


def lasting_steps(
    remade: Remade, known: Histories, rights: Held, people: Iterable[int], telling: Telling
) -> tuple[Step, ...]:
    """A step for everybody in the target group: how long does the right last, where a scenario ends it?"""
    sources = [remade.run.figures.peek(name, date(remade.year, 1, 1)) for name in (_YEARS, _MONTHS)]
    used = (readings.EMPLOYMENT, readings.YEARS_FROM_NEW_START)
    none = telling.say(NONE_BECAUSE, why=telling.why_not((NOT_QUALIFIED.code,)))
    return tuple(
        Step(
            rule=LKV,
            question=telling.say(LASTS.text),
            article=LASTS.provision,
            footing=footing_of(sources, used),
            inputs=(
                *known.get(bsn, History()).words(telling),
                *telling.cited(*sources),
                *telling.read_as(*used),
            ),
            result="; ".join(one.words(telling) for one in (rights.years or {}).get(bsn, ())) or none,
            person=telling.person(bsn),
        )
        for bsn in people
    )
