"""Income relations: person, employer, first day, kind of work, hours and wage."""

import numpy as np
from attrs import evolve, frozen

from quotum.generate.calendars import FAR
from quotum.generate.draws import Draws, Flags, Whole
from quotum.generate.employers import Employers, Plan
from quotum.generate.people import birth_days, registrations

SECOND_JOB_SHARE = 350
"""Income relations of people who have another one too."""
SAME_EMPLOYER_SHARE = 2_500
"""Of these: with the same employer."""
NO_BSN_SHARE = 30
NO_BIRTH_DATE_SHARE = 30
YOUNGEST_START_DAYS = 15 * 365
STARTED_IN_YEAR_SHARE = 1_500
LONGEST_EMPLOYMENT_DAYS = 22 * 365
ENDS_IN_YEAR_SHARE = 1_300
WEEKLY_HOURS = (8, 12, 16, 20, 24, 28, 32, 36, 38, 40)
WEEKLY_HOURS_WEIGHTS = (5, 4, 7, 9, 12, 8, 18, 17, 8, 12)
LOWEST_HOURLY_CENTS = 14_50
HOURLY_CENTS_ABOVE = 40_00
REGISTERED_HOURLY_CENTS_ABOVE = 6_00
BENEFIT_KINDS = (18, 31)
UNINSURED_KINDS = (17, *BENEFIT_KINDS)
SEEN_2012_SHARE = 8_500
"""Income relations of the year whose place another person held in December 2012."""

# (kind, nature, weight): nature 0 is no nature.
MARKET_WORK = (
    (15, 1, 8_900),
    (15, 11, 280),
    (15, 82, 120),
    (15, 83, 130),
    (15, 18, 20),
    (15, 23, 20),
    (15, 21, 15),
    (15, 22, 15),
    (15, 24, 20),
    (13, 1, 110),
    (17, 0, 170),
    (31, 0, 100),
    (18, 0, 100),
)
GOVERNMENT_WORK = (
    (11, 18, 5_200),
    (15, 18, 500),
    (15, 1, 4_000),
    (15, 83, 100),
    (15, 11, 50),
    (18, 0, 100),
    (31, 0, 50),
)
REGISTERED_WORK = (
    (15, 1, 7_300),
    (15, 21, 350),
    (15, 22, 400),
    (15, 23, 500),
    (15, 24, 600),
    (15, 11, 350),
    (15, 82, 200),
    (15, 83, 200),
    (13, 1, 50),
    (11, 18, 50),
)
INSURED = ((True, True, True), (False, False, False), (True, False, True), (False, True, False))
"""Insured for WAO/WIA, WW and ZW."""
INSURED_WEIGHTS = (9_750, 120, 90, 40)
EMPLOYER_ASKS_SHARE = 9_000
ASKED_REGISTERED_SHARE = 9_300
ASKED_UNREGISTERED_SHARE = 70
OLDER_FROM_DAYS = 56 * 365
ASKED_OLDER_SHARE = 500
ASKED_DISABLED_SHARE = 60
ASKED_REASSIGNED_SHARE = 20


@frozen(eq=False)
class Relations:
    """Some income relations, in order."""

    slot: Whole
    """Number of the income relation in the country."""
    employer: Whole
    """Place of its employer among the employers of this part."""
    sub_number: Whole
    """Payroll tax number it belongs to: 1, 2 or 3."""
    person: Whole
    """Number of the person."""
    has_bsn: Flags
    """Whether the BSN is given."""
    number: Whole
    """Number of the income relation (NumIV)."""
    started: Whole
    """First day."""
    ended: Whole
    """Last day, far away without an end."""
    born: Whole
    """Birth date."""
    has_birth_date: Flags
    """Whether the birth date is given."""
    kind: Whole
    """Kind of income relation."""
    nature: Whole
    """Nature of the employment; 0 for none."""
    insured: Flags
    """Insured for WAO/WIA, WW and ZW, one row each."""
    asked: Flags
    """Requests: older, disabled, jobs agreement, reassigned, one row each."""
    weekly_hours: Whole
    """Hours a week."""
    hourly_cents: Whole
    """Wage per hour."""

    def at(self, rows: Whole | Flags) -> "Relations":
        """Selects income relations."""
        return Relations(
            self.slot[rows],
            self.employer[rows],
            self.sub_number[rows],
            self.person[rows],
            self.has_bsn[rows],
            self.number[rows],
            self.started[rows],
            self.ended[rows],
            self.born[rows],
            self.has_birth_date[rows],
            self.kind[rows],
            self.nature[rows],
            self.insured[:, rows],
            self.asked[:, rows],
            self.weekly_hours[rows],
            self.hourly_cents[rows],
        )


def _persons(plan: Plan, slots: Whole, position: Whole) -> Whole:
    """Draws the person of each income relation: its own, or that of another relation for a second job."""
    draws = plan.draws
    second = draws.happens("second job", slots, SECOND_JOB_SHARE)
    has_same_employer = draws.happens("same employer", slots, SAME_EMPLOYER_SHARE) & (position > 0)
    other_slot = np.where(has_same_employer, slots - 1, draws.below("second job, whose", slots, plan.slots))
    return np.where(second & ~draws.happens("second job", other_slot, SECOND_JOB_SHARE), other_slot, slots)


def _numbers(employer: Whole, person: Whole) -> Whole:
    """Numbers the income relations of the same person and employer from 1."""
    order = np.lexsort((person, employer))
    starts = np.ones(len(order), dtype=bool)
    starts[1:] = (np.diff(employer[order]) != 0) | (np.diff(person[order]) != 0)
    places = np.arange(len(order))
    first = np.maximum.accumulate(np.where(starts, places, 0))
    numbers = np.empty(len(order), dtype=np.int64)
    numbers[order] = places - first + 1
    return numbers


def _days(plan: Plan, slots: Whole, born: Whole, opened: Whole, closed: Whole) -> tuple[Whole, Whole]:
    draws = plan.draws
    first, last = plan.calendar.first_day, plan.calendar.last_day
    started = first - 1 - draws.skewed("starts, before", slots, LONGEST_EMPLOYMENT_DAYS)
    new = draws.happens("starts in year", slots, STARTED_IN_YEAR_SHARE)
    started = np.where(new, first + draws.below("starts, day", slots, last - first + 1), started)
    started = np.maximum(np.maximum(started, born + YOUNGEST_START_DAYS), opened)
    started = np.minimum(started, np.minimum(closed, last))
    lowest = np.maximum(started, first)
    ended = lowest + draws.below("ends, day", slots, last - lowest + 1)
    ended = np.where(draws.happens("ends in year", slots, ENDS_IN_YEAR_SHARE), ended, FAR)
    return started, np.minimum(ended, closed)


def _work(draws: Draws, slots: Whole, government: Flags, registered: Flags) -> tuple[Whole, Whole]:
    kind, nature = np.zeros(len(slots), np.int64), np.zeros(len(slots), np.int64)
    for table, chosen in (
        (MARKET_WORK, ~government & ~registered),
        (GOVERNMENT_WORK, government & ~registered),
        (REGISTERED_WORK, registered),
    ):
        place = draws.choice("work", slots[chosen], [weight for _, _, weight in table])
        kind[chosen] = np.array([kind for kind, _, _ in table])[place]
        nature[chosen] = np.array([nature for _, nature, _ in table])[place]
    return kind, nature


def _asked(plan: Plan, slots: Whole, employers: Whole, born: Whole, registered: Flags) -> Flags:
    draws = plan.draws
    willing = draws.happens("employer asks", employers, EMPLOYER_ASKS_SHARE)
    older = born + OLDER_FROM_DAYS <= plan.calendar.first_day
    share = np.where(registered, ASKED_REGISTERED_SHARE, ASKED_UNREGISTERED_SHARE)
    asked: Flags = np.stack(
        [
            older & draws.happens("asked, older", slots, ASKED_OLDER_SHARE),
            draws.happens("asked, disabled", slots, ASKED_DISABLED_SHARE),
            willing & draws.happens("asked, jobs agreement", slots, share),
            draws.happens("asked, reassigned", slots, ASKED_REASSIGNED_SHARE),
        ]
    )
    return asked


def relations_of_year(plan: Plan, employers: Employers) -> Relations:
    """Draws the income relations of some employers in the year."""
    draws = plan.draws
    employer = np.repeat(np.arange(len(employers.index)), employers.size)
    position = np.arange(len(employer)) - np.repeat(np.cumsum(employers.size) - employers.size, employers.size)
    slots = employers.first_slot[employer] + position
    person = _persons(plan, slots, position)
    born = birth_days(plan, person)
    registered = registrations(plan, person).registered
    started, ended = _days(plan, slots, born, employers.started[employer], employers.ended[employer])
    kind, nature = _work(draws, slots, employers.government[employer], registered)
    insured = np.array(INSURED)[draws.choice("insured", slots, INSURED_WEIGHTS)].T
    above = np.where(registered, REGISTERED_HOURLY_CENTS_ABOVE, HOURLY_CENTS_ABOVE)
    has_bsn = ~draws.happens("no BSN", slots, NO_BSN_SHARE)
    return Relations(
        slots,
        employer,
        1 + draws.below("sub-number", slots, employers.sub_numbers[employer]),
        person,
        has_bsn,
        np.where(has_bsn, _numbers(employer, person), 1),
        started,
        ended,
        born,
        ~draws.happens("no birth date", slots, NO_BIRTH_DATE_SHARE),
        kind,
        nature,
        insured & ~np.isin(kind, UNINSURED_KINDS),
        _asked(plan, slots, employers.index[employer], born, registered),
        np.array(WEEKLY_HOURS)[draws.choice("weekly hours", slots, WEEKLY_HOURS_WEIGHTS)],
        LOWEST_HOURLY_CENTS + draws.skewed("hourly wage", slots, above),
    )


def relations_of_baseline(plan: Plan, employers: Employers, present: Relations) -> Relations:
    """Draws the income relations of December 2012 of the same employers.

    They include relations of the year that had begun; other people held most other places.
    """
    draws = plan.draws
    first, last = plan.baseline_calendar.first_day, plan.baseline_calendar.last_day
    existed = employers.started[present.employer] <= last
    stayed = existed & (present.started <= last)
    replaced = existed & ~stayed & draws.happens("seen in 2012", present.slot, SEEN_2012_SHARE)
    person = np.where(replaced, plan.present_persons + present.slot, present.person)
    born = np.where(replaced, birth_days(plan, person), present.born)
    started = first - 1 - draws.skewed("starts, before 2012", present.slot, LONGEST_EMPLOYMENT_DAYS)
    started = np.maximum(np.maximum(started, born + YOUNGEST_START_DAYS), employers.started[present.employer])
    government = employers.government[present.employer]
    kind, nature = _work(draws, present.slot, government, registrations(plan, person).registered)
    relations = evolve(
        present,
        person=person,
        number=np.where(replaced, 1, present.number),
        started=np.where(replaced, np.minimum(started, last), present.started),
        ended=np.where(replaced | (present.ended > last), FAR, present.ended),
        born=born,
        kind=np.where(replaced, kind, present.kind),
        nature=np.where(replaced, nature, present.nature),
        asked=np.zeros_like(present.asked),
    )
    return relations.at(stayed | replaced)
