"""The LKV doelgroep banenafspraak by declaration: the text until 2025, and what is kept of it (Wtl art. 6.2).

The right begins with an employment at whose start the person was registered and declared. From 2026 on what is
left of a period that ran on the last day of the old text is kept by who was not registered the day after, and by
whose registration of that day was ended at own request.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import partial

from attrs import frozen

from quotum.archive.known import FAR_DAY
from quotum.explain.employment import Histories, History
from quotum.explain.records import Interval, joined
from quotum.explain.rows import Facts
from quotum.explain.starts import Judgement, Right, codes, days, judged_starts, listed
from quotum.explain.step import (
    LKV,
    NO_DECLARATION,
    NOT_QUALIFIED,
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
from quotum.law.wtl.cumulation import JOBS_AGREEMENT as _JOBS
from quotum.law.wtl.employments import first_day_after, new_starts
from quotum.law.wtl.lkv_until_2025 import (
    RIGHT_BY_DECLARATION,
    Duration,
    Papers,
    covers,
    month_before,
    month_before_on,
    unmet_at_start,
)
from quotum.law.wtl.terms import LkvTerms
from quotum.law.wtl.transition import Registration, unmet_in_transition
from quotum.law.wtl.windows import LASTS
from quotum.law.wtl.windows import TRAINING as _TRAINING
from quotum.parameters import Figure, Figures
from quotum.run.lkv_terms import MONTH_BEFORE

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
    by_declaration = terms.asks_declaration
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
    return Held(by_declaration, declared, lasting if terms.ends_in_target_group else None, until, duration)


def _declarations(facts: Facts, bsn: int) -> tuple[Interval, ...]:
    return tuple(one for one in facts.declarations(bsn) if one.what in (_JOBS, _TRAINING))


def _papers(facts: Facts, bsn: int) -> Papers:
    declared = facts.declarations(bsn)
    jobs, training = (days(one for one in declared if one.what == what) for what in (_JOBS, _TRAINING))
    return Papers(days(facts.registrations(bsn)), jobs, training)


def _judged(facts: Facts, bsn: int, history: History, duration: Duration) -> Judgement:
    lacking = partial(unmet_at_start, history.employments, _papers(facts, bsn), duration)
    return judged_starts(history, lacking, duration.years)


def _by_month(
    facts: Facts, bsn: int, found: Judgement, duration: Duration | None, figures: Figures
) -> tuple[tuple[Figure, ...], tuple[tuple[str, str], ...]]:
    """What the month before decided about, of the starts that were declared: its figures, and its days in words."""
    papers = _papers(facts, bsn)
    starts = [
        day
        for day, _ in found.tried
        if covers(papers.declared, day)
        and not covers(papers.declared_training, day)
        and not covers(papers.registered, day)
    ]
    if duration is None or not starts:
        return (), ()
    months = {day: month_before(day, month_before_on(day, duration.month_before)) for day in starts}
    used = {figures.peek(MONTH_BEFORE, max(day, duration.month_before[0][0])) for day in starts}
    words = ((f"month before {day}", f"{first} to {last}") for day, (first, last) in months.items())
    return tuple(sorted(used, key=lambda one: one.valid_from or date.min)), tuple(words)


def _kept(found: Judgement, until: date | None, registrations: tuple[Interval, ...]) -> Judgement:
    """What is left of a right after its text was replaced (art. 6.2)."""
    if until is None or found.right is None:
        return found
    whole = [Registration(one.first, one.last, one.ended_by or None) for one in joined(registrations)]
    reasons = codes(unmet_in_transition((found.right.first, found.right.ends_before), whole, until))
    if not reasons:
        return found
    *others, (day, _) = found.tried
    return Judgement((*others, (day, reasons)), None)


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
    article = RIGHT_BY_DECLARATION.provision
    return Step(
        rule=LKV,
        question=RIGHT_BY_DECLARATION.text.english,
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
            question=LASTS.text.english,
            article=LASTS.provision,
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
