"""The rights of one person with one employer that hang on an employment and its days (Wtl art. 2.2-2.17, 6.2)."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Final

from attrs import field, frozen

from quotum.law import readings
from quotum.law.conditions import Question, Text
from quotum.law.readings import Reading
from quotum.law.wtl import bonus, other_lkv
from quotum.law.wtl.cumulation import JOBS_AGREEMENT
from quotum.law.wtl.employments import Employment, first_day_after, new_starts
from quotum.law.wtl.lkv_until_2025 import Interval, Papers, declared_at_start, has_declaration, running_period
from quotum.law.wtl.terms import LkvTerms
from quotum.law.wtl.transition import Registration, Remaining, ran_into, remaining_part

# Rights: the LKV by declaration, the LKV as long as it lasts from 2026, and the other categories by their figures.
JOBS_BY_DECLARATION, JOBS_BY_YEARS = "jobs_agreement", "jobs_agreement_years"
# What was a right by declaration and ended with the registration (art. 6.2 lid 1 b): it gives no hours.
JOBS_ENDED, JOBS_ENDED_BY_UNKNOWN = "jobs_agreement_ended", "jobs_agreement_ended_by_unknown"
ENDED: Final = (JOBS_ENDED, JOBS_ENDED_BY_UNKNOWN)
_REMAINING: Final = {
    Remaining.KEPT: JOBS_BY_DECLARATION,
    Remaining.ENDED: JOBS_ENDED,
    Remaining.ENDED_BY_UNKNOWN: JOBS_ENDED_BY_UNKNOWN,
}
OLDER, OLDER_BEFORE_2024, DISABLED, REASSIGNED = "older", "older_before_2024", "disabled", "reassigned"
OTHER_RIGHTS: Final = {
    OLDER: other_lkv.OLDER,
    OLDER_BEFORE_2024: other_lkv.OLDER,
    DISABLED: other_lkv.DISABLED,
    REASSIGNED: other_lkv.REASSIGNED,
}
TRAINING: Final = "jobs_agreement_training"
ASKED: Final = {JOBS_AGREEMENT: bonus.ASKED} | {category.name: category.asked for category in other_lkv.CATEGORIES}
"""Column with the request, by category."""
LASTS: Final = Question(
    "Wtl art. 2.12 lid 1",
    Text(
        "How long does the right of this person in the target group last?",
        "Hoe lang duurt het recht van deze persoon in de doelgroep?",
    ),
)

Window = tuple[int, int, str, date, date]
"""RSIN, BSN, right, its first day and the first day after it."""


@frozen
class BenefitRequest:
    """A person for whom an employer asks a benefit."""

    rsin: int
    """Employer."""
    bsn: int
    """Person."""
    asked: frozenset[str]
    """What is asked: the categories."""
    in_group: bool
    """Whether it asks the LKV for a row in the target group."""


@frozen
class PersonPapers:
    """Registrations and declarations of a person."""

    registered: tuple[Registration, ...] = ()
    """Registrations."""
    declared: Mapping[str, tuple[Interval, ...]] = field(factory=dict)
    """Declarations by category."""

    def papers(self) -> Papers:
        """What counts for the jobs agreement."""
        registrations = tuple((period.first_day, period.last_day) for period in self.registered)
        return Papers(registrations, self.of(JOBS_AGREEMENT), self.of(TRAINING))

    def of(self, category: str) -> tuple[Interval, ...]:
        """Declarations of one category."""
        return self.declared.get(category, ())


def hangs_on_employments(lkv: LkvTerms, *, declared: bool) -> bool:
    """Whether any right of the year can hang on an employment.

    Args:
        lkv: The text of the year.
        declared: Whether there are declarations.
    """
    return declared or lkv.ends_in_target_group


def windows_of(
    request: BenefitRequest, known: tuple[Employment, ...], papers: PersonPapers, lkv: LkvTerms
) -> Iterator[Window]:
    """The rights of one person with one employer, each with the first day after it.

    Args:
        request: What is asked.
        known: Employments of the person with the employer.
        papers: Registrations and declarations of the person.
        lkv: The text of the year and its figures.
    """
    if JOBS_AGREEMENT in request.asked and has_declaration.decide(papers.of(JOBS_AGREEMENT), papers.of(TRAINING)):
        window = _by_declaration(known, papers, lkv)
        if window is not None:
            yield (request.rsin, request.bsn, *window)
    if request.in_group and lkv.ends_in_target_group:
        for start in new_starts(known, lkv.months_without):
            yield request.rsin, request.bsn, JOBS_BY_YEARS, start, first_day_after(start, lkv.years)
    for category in other_lkv.CATEGORIES:
        declared = papers.of(category.name)
        if category.name in request.asked and has_declaration.decide(declared):
            for first in other_lkv.first_days(category, known, declared, lkv.months_without):
                right = right_from(category, first, lkv)
                terms = lkv.benefit(right)
                if terms is not None:
                    yield request.rsin, request.bsn, right, first, first_day_after(first, terms.years)


def _by_declaration(
    known: tuple[Employment, ...], papers: PersonPapers, lkv: LkvTerms
) -> tuple[str, date, date] | None:
    """The right by declaration with its period: in its own years, and afterwards what is left of it (art. 6.2)."""
    if lkv.asks_declaration:
        period = running_period(known, papers.papers(), lkv.by_declaration)
        return None if period is None else (JOBS_BY_DECLARATION, *period)
    if lkv.kept is None:
        return None
    duration, last_day = lkv.kept
    # Most began too long ago, which is quicker to see than which of them had a right.
    if not any(_would_run(employment, duration.years, last_day) for employment in known):
        return None
    period = running_period(known, papers.papers(), duration)
    if period is None or not ran_into(period, last_day):
        return None
    return (_REMAINING[remaining_part(papers.registered, last_day)], *period)


def _would_run(employment: Employment, years: int, on: date) -> bool:
    """Whether a right from the start of an employment runs on a day, if there was one."""
    return employment.start_known and ran_into((employment.first_day, first_day_after(employment.first_day, years)), on)


def right_from(category: other_lkv.Category, start: date, lkv: LkvTerms) -> str:
    """Which right of a category begins on a day: that of an older worker can have the amounts of before 2024."""
    if category is other_lkv.OLDER and other_lkv.keeps_old_amounts(start, lkv.older_kept_before):
        return OLDER_BEFORE_2024
    return category.name


def needing_declaration(lkv: LkvTerms) -> tuple[str, ...]:
    """The categories for which a declaration is asked, in the year of a text."""
    return tuple(name for name in ASKED if name != JOBS_AGREEMENT or lkv.asks_declaration)


def covered(
    request: BenefitRequest, known: tuple[Employment, ...], papers: PersonPapers, lkv: LkvTerms
) -> tuple[str, ...]:
    """The categories asked that need a declaration and have one which covers the start of an employment.

    The declaration of a reassigned worker must begin within an employment.
    """
    names = (name for name in needing_declaration(lkv) if name in request.asked)
    return tuple(name for name in names if _covers_start(name, known, papers))


def _covers_start(category: str, known: tuple[Employment, ...], papers: PersonPapers) -> bool:
    declared = papers.of(category)
    if category == REASSIGNED:
        return bool(other_lkv.reassigned_on(known, declared))
    if category == JOBS_AGREEMENT:
        declared += papers.of(TRAINING)
    return any(
        employment.start_known and declared_at_start.decide(declared, employment.first_day) for employment in known
    )


def readings_of(granted: Collection[str], lkv: LkvTerms, *, transfers: bool, training: bool) -> tuple[Reading, ...]:
    """The readings that rights rest on; none when there are no rights.

    Args:
        granted: The rights that occur.
        lkv: The text of the year.
        transfers: Whether transfers of undertaking were delivered.
        training: Whether a right can rest on the declaration of a scholingsbelemmerde.
    """
    transition = not lkv.asks_declaration and not {JOBS_BY_DECLARATION, *ENDED}.isdisjoint(granted)
    conditions = {
        readings.EMPLOYMENT: bool(granted),
        readings.TRAINING: training,
        readings.TRANSITION_ON_FIRST_DAY: transition,
        readings.OTHER_BENEFITS: not set(OTHER_RIGHTS).isdisjoint(granted),
        readings.REASSIGNED_FROM_DECLARATION: REASSIGNED in granted,
        readings.RUNS_ON_AFTER_TRANSFER: bool(granted) and transfers,
        readings.YEARS_FROM_NEW_START: JOBS_BY_YEARS in granted,
    }
    return tuple(reading for reading, holds in conditions.items() if holds)
