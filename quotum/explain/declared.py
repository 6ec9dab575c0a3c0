"""The LKV doelgroep banenafspraak by declaration: the text until 2025, and what is kept of it (Wtl art. 6.2).

The right begins with an employment at whose start the person was registered and declared. From 2026 on what is
left of a period that ran on the last day of the old text is kept by who was not registered the day after, and by
whose registration of that day was ended at own request.
"""

from collections.abc import Mapping
from datetime import date, timedelta

from attrs import frozen

from quotum.archive.known import FAR_DAY
from quotum.explain.employment import Histories, History
from quotum.explain.records import Interval, joined
from quotum.explain.rows import Facts
from quotum.explain.starts import Judgement, Right, holds_on, judged_starts, listed, worked_before
from quotum.explain.step import (
    FOLLOWS_REGISTRATION,
    LKV,
    NO_DECLARATION,
    NOT_DECLARED_AT_START,
    NOT_QUALIFIED,
    NOT_REGISTERED_AT_START,
    WORKED_BEFORE,
    YEARS_OVER,
    Step,
    cited,
    footing_of,
    read_as,
    why_not,
)
from quotum.law.readings import (
    EMPLOYMENT,
    RUNS_ON_AFTER_TRANSFER,
    TRAINING,
    TRANSITION_ON_FIRST_DAY,
    YEARS_FROM_NEW_START,
    Reading,
)
from quotum.law.wtl.employments import first_day_after, new_starts
from quotum.law.wtl.lkv_until_2025 import BY_DECLARATION, Duration, MonthBefore
from quotum.law.wtl.transition import OWN_REQUEST
from quotum.parameters import Figure, Figures
from quotum.periods import Period, add_months
from quotum.run.lkv_terms import MONTH_BEFORE, LkvTerms

_JOBS, _TRAINING = "jobs_agreement", "jobs_agreement_training"
_YEARS, _MONTHS = "wtl.jobs_agreement_years", "wtl.months_without_employment"


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
    duration: Duration | None = None
    """How long rights by declaration last, and what must lie before them; None when there can be none."""

    def right_of(self, bsn: int | None) -> Right | None:
        """The right by declaration of a person."""
        found = None if bsn is None else self.declared.get(bsn)
        return None if found is None else found.right


NOTHING_HELD = Held(by_declaration=False, declared={}, years=None, kept_until=None)


def held(facts: Facts, known: Histories, terms: LkvTerms) -> Held:
    """The rights of everybody in a row of the employer.

    Args:
        facts: What the archive says.
        known: Employments by BSN.
        terms: Which text holds, and how long rights last.
    """
    by_declaration = terms.ground == BY_DECLARATION
    duration = terms.by_declaration if by_declaration else terms.kept and terms.kept[0]
    until = None if by_declaration or terms.kept is None else terms.kept[1]
    declared = {
        bsn: _kept(_judged(facts, bsn, known.get(bsn, History()), duration), until, facts.registrations(bsn))
        for bsn in facts.people
        if duration and _declarations(facts, bsn)
    }
    lasting = {
        bsn: tuple(
            Right(day, first_day_after(day, terms.years)) for day in new_starts(one.employments, terms.months_without)
        )
        for bsn, one in known.items()
    }
    ends = bool(terms.years) and not by_declaration
    return Held(by_declaration, declared, lasting if ends else None, until, duration)


def _declarations(facts: Facts, bsn: int) -> tuple[Interval, ...]:
    return tuple(one for one in facts.declarations(bsn) if one.what in (_JOBS, _TRAINING))


def _judged(facts: Facts, bsn: int, history: History, duration: Duration) -> Judgement:
    declared = [one for one in facts.declarations(bsn) if one.what == _JOBS]
    training = [one for one in facts.declarations(bsn) if one.what == _TRAINING]

    def lacking(day: date) -> tuple[str, ...]:
        reasons = []
        if not holds_on(training, day):
            if not holds_on(declared, day):
                reasons.append(NOT_DECLARED_AT_START)
            elif not _registered_at(facts.registrations(bsn), day, duration):
                reasons.append(NOT_REGISTERED_AT_START)
        if worked_before(history, day, duration.months_without):
            reasons.append(WORKED_BEFORE)
        return tuple(reasons)

    return judged_starts(history, lacking, duration.years)


def _registered_at(registrations: tuple[Interval, ...], start: date, duration: Duration) -> bool:
    """On the first day of the employment, or on any day of the month before it."""
    return holds_on(registrations, start) or any(one.touches(_month(start, duration)) for one in registrations)


def _month(start: date, duration: Duration) -> Period:
    """The month before a start: by the text of its day, and of an earlier one by the oldest."""
    texts = [text for since, text in duration.month_before if since <= start] or [duration.month_before[0][1]]
    if texts[-1] == MonthBefore.UP_TO_DAY_BEFORE:
        return Period(add_months(start, -1), start - timedelta(days=1))
    return Period(add_months(start.replace(day=1), -1), start.replace(day=1) - timedelta(days=1))


def _by_month(
    facts: Facts, bsn: int, found: Judgement, duration: Duration | None, figures: Figures
) -> tuple[tuple[Figure, ...], tuple[tuple[str, str], ...]]:
    """What the month before decided about, of the starts that were declared: its figures, and its days in words."""
    declarations, registrations = facts.declarations(bsn), facts.registrations(bsn)
    declared, training = ([one for one in declarations if one.what == what] for what in (_JOBS, _TRAINING))
    days = [
        day
        for day, _ in found.tried
        if holds_on(declared, day) and not holds_on(training, day) and not holds_on(registrations, day)
    ]
    if duration is None or not days:
        return (), ()
    months = {day: _month(day, duration) for day in days}
    used = {figures.peek(MONTH_BEFORE, max(day, duration.month_before[0][0])) for day in days}
    words = ((f"month before {day}", f"{month.start} to {month.end}") for day, month in months.items())
    return tuple(sorted(used, key=lambda one: one.valid_from or date.min)), tuple(words)


def _kept(found: Judgement, until: date | None, registrations: tuple[Interval, ...]) -> Judgement:
    """What is left of a right after its text was replaced (art. 6.2)."""
    if until is None or found.right is None:
        return found
    reason = _why_not_kept(found.right, until, registrations)
    if reason is None:
        return found
    *others, (day, _) = found.tried
    return Judgement((*others, (day, (reason,))), None)


def _why_not_kept(right: Right, until: date, registrations: tuple[Interval, ...]) -> str | None:
    """It ran on the last day of the text, and no registration of the day after has taken its place."""
    if right.first > until:
        return NOT_QUALIFIED
    if right.ends_before <= until:
        return YEARS_OVER
    held = _registration_after(until, registrations)
    return None if held is None or held.ended_by == OWN_REQUEST else FOLLOWS_REGISTRATION


def _registration_after(until: date, registrations: tuple[Interval, ...]) -> Interval | None:
    """The registration of the first day of the new text; those that touch are one."""
    return next((one for one in joined(registrations) if one.holds(until + timedelta(days=1))), None)


def _words_after(until: date, registrations: tuple[Interval, ...]) -> tuple[str, str]:
    held = _registration_after(until, registrations)
    unknown = held is not None and held.last < FAR_DAY and not held.ended_by
    words = "none" if held is None else f"{held}{', nobody knows how it ended' if unknown else ''}"
    return f"registration on {until + timedelta(days=1)}", words


def right_steps(
    facts: Facts, known: Histories, rights: Held, figures: Figures, year: int, people: Mapping[int, str]
) -> list[Step]:
    """A step for everybody: which employment gives a right by declaration, and until when?

    Args:
        facts: What the archive says.
        known: Employments by BSN.
        rights: The rights.
        figures: Parameters of the run.
        year: Calendar year.
        people: Whom to tell about: names by BSN.
    """
    on = rights.kept_until or date(year, 1, 1)
    sources = tuple(figures.peek(name, on) for name in (_YEARS, _MONTHS))
    steps = []
    for bsn, name in people.items():
        found = rights.declared.get(bsn, Judgement((), None))
        by_month, months = _by_month(facts, bsn, found, rights.duration, figures)
        history = known.get(bsn, History())
        steps.append(_step(facts, history, bsn, rights, ((*sources, *by_month), months), name))
    return steps


def _step(
    facts: Facts,
    history: History,
    bsn: int,
    rights: Held,
    by: tuple[tuple[Figure, ...], tuple[tuple[str, str], ...]],
    name: str,
) -> Step:
    found = rights.declared.get(bsn, Judgement((), None))
    sources, months = by
    kept = rights.kept_until is not None
    papers = _declarations(facts, bsn)
    used = _readings(history, papers, kept=kept) if papers else ()
    reasons = () if found.right else (NOT_QUALIFIED if papers else NO_DECLARATION,)
    article = "Wtl art. 2.10 lid 1, 3; 2.12 lid 1 (text until 2025)"
    return Step(
        rule=LKV,
        question="Which employment gives a right by declaration, and until when?",
        article=article if not kept else f"Wtl art. 6.2; {article.removeprefix('Wtl ')}",
        footing=footing_of(sources, used),
        inputs=(
            ("declaration", listed([one for one in papers if one.what == _JOBS], _none_declared(facts))),
            ("of a scholingsbelemmerde", listed(one for one in papers if one.what == _TRAINING)),
            ("registration", listed(facts.registrations(bsn))),
            *((_words_after(rights.kept_until, facts.registrations(bsn)),) if rights.kept_until and papers else ()),
            *(history.words() if papers else ()),
            *months,
            *found.words(),
            *map(cited, sources),
            *map(read_as, used),
        ),
        result=f"{found.right}" if found.right else f"none: {why_not(reasons)}",
        not_given=reasons,
        person=name,
    )


def _none_declared(facts: Facts) -> str:
    return "none" if facts.declarations_delivered else "none delivered"


def _readings(history: History, papers: tuple[Interval, ...], *, kept: bool) -> tuple[Reading, ...]:
    conditions = {
        EMPLOYMENT: True,
        TRAINING: any(one.what == _TRAINING for one in papers),
        RUNS_ON_AFTER_TRANSFER: bool(history.came_over),
        TRANSITION_ON_FIRST_DAY: kept,
    }
    return tuple(reading for reading, holds in conditions.items() if holds)


def lasting_steps(known: Histories, rights: Held, figures: Figures, year: int, people: Mapping[int, str]) -> list[Step]:
    """A step for everybody in the target group: how long does the right last, where a scenario ends it?"""
    sources = [figures.peek(name, date(year, 1, 1)) for name in (_YEARS, _MONTHS)]
    return [
        Step(
            rule=LKV,
            question="How long does the right of this person in the target group last?",
            article="Wtl art. 2.12 lid 1",
            footing=footing_of(sources, (EMPLOYMENT, YEARS_FROM_NEW_START)),
            inputs=(
                *known.get(bsn, History()).words(),
                *map(cited, sources),
                *map(read_as, (EMPLOYMENT, YEARS_FROM_NEW_START)),
            ),
            result="; ".join(map(str, (rights.years or {}).get(bsn, ()))) or f"none: {why_not((NOT_QUALIFIED,))}",
            person=name,
        )
        for bsn, name in people.items()
    ]
