"""The people of the country: birth days, and registrations.

A person is a number. People of the year come first (including some who work nowhere), then people who only worked in
December 2012.
"""

from datetime import date

import numpy as np
from attrs import frozen

from quotum.generate.calendars import FAR, day_number
from quotum.generate.draws import Flags, Whole
from quotum.generate.employers import BASELINE_YEAR, Plan

OLDEST_AGE = 70
YOUNGEST_AGE = 17
PENSION_AGE = 67
"""Approximate pension age: more people were born this long ago."""
REACHING_PENSION_SHARE = 150
REGISTERED_SHARE = 300
REGISTERED_BASELINE_SHARE = 110
FIRST_REGISTRATION_YEAR = 2004
REGISTERED_WHEN = (1_200, 7_400, 1_400)
"""Registered by the end of 2012, after it and before the year, in the year."""
IN_THE_YEAR = 2
REGISTRATION_END = (1_200, 500, 800, 7_500)
"""The registration ends in the year, ended before it, ends after it, has no end."""
ENDED_BEFORE, WITHOUT_END = 1, 3
REGISTERED_AGAIN_SHARE = 4_000
"""Of the registrations that ended or end in the year."""
ADJACENT_SHARE = 3_000
"""Of the second registrations: they begin the day after the first one ended."""
LONGEST_GAP_DAYS = 200
LATER_DAYS = 1_000


@frozen(eq=False)
class Registrations:
    """Registrations in the target group, one per person, a second for some."""

    registered: Flags
    """Whether the person is or was registered."""
    first_from: Whole
    """First day of the first registration."""
    first_until: Whole
    """Last day of the first registration."""
    again: Flags
    """Whether there is a second registration."""
    second_from: Whole
    """First day of the second registration, which has no end."""

    def overlaps(self, start: Whole, end: Whole) -> Flags:
        """Whether a registration overlaps the days from start to end by at least one day."""
        first = (self.first_from <= end) & (self.first_until >= start)
        overlaps: Flags = self.registered & (first | (self.again & (self.second_from <= end)))
        return overlaps

    def at(self, rows: Whole) -> "Registrations":
        """Selects registrations."""
        return Registrations(
            self.registered[rows],
            self.first_from[rows],
            self.first_until[rows],
            self.again[rows],
            self.second_from[rows],
        )


def birth_days(plan: Plan, persons: Whole) -> Whole:
    """Draws the birth day of each person."""
    draws = plan.draws
    year = np.where(persons < plan.present_persons, plan.year, BASELINE_YEAR)
    january = np.array([day_number(date(born, 1, 1)) for born in range(BASELINE_YEAR - OLDEST_AGE, plan.year + 1)])
    place = year - BASELINE_YEAR
    days = january[place + OLDEST_AGE - YOUNGEST_AGE] - january[place]
    born = january[place] + draws.below("birth day", persons, days)
    pension = january[place + OLDEST_AGE - PENSION_AGE] + draws.below("birth day, pension", persons, 365)
    reaches: Flags = draws.happens("pension age", persons, REACHING_PENSION_SHARE)
    days_of_birth: Whole = np.where(reaches, pension, born)
    return days_of_birth


def registrations(plan: Plan, persons: Whole) -> Registrations:
    """Draws the registrations of each person in the target group."""
    draws = plan.draws
    present = persons < plan.present_persons
    oldest, after_baseline, this_year, next_year = (
        day_number(date(year, 1, 1)) for year in (FIRST_REGISTRATION_YEAR, BASELINE_YEAR + 1, plan.year, plan.year + 1)
    )
    period = np.where(present, draws.choice("registered, when", persons, REGISTERED_WHEN), 0)
    low = np.array([oldest, after_baseline, this_year])[period]
    high = np.array([after_baseline, this_year, next_year])[period]
    first_from = low + draws.below("registered, from", persons, high - low)
    ending = draws.choice("registered, until", persons, REGISTRATION_END)
    ending = np.where((ending == ENDED_BEFORE) & (period == IN_THE_YEAR), WITHOUT_END, ending)
    low = np.array([this_year, after_baseline, next_year, FAR])[ending]
    high = np.array([next_year, this_year, next_year + LATER_DAYS, FAR + 1])[ending]
    first_until = np.maximum(first_from, low + draws.below("registered, last day", persons, high - low))
    again = (ending <= ENDED_BEFORE) & draws.happens("registered again", persons, REGISTERED_AGAIN_SHARE)
    gap = 1 + draws.below("registered again, gap", persons, LONGEST_GAP_DAYS)
    gap = np.where(draws.happens("registered again, adjacent", persons, ADJACENT_SHARE), 1, gap)
    share = np.where(present, REGISTERED_SHARE, REGISTERED_BASELINE_SHARE)
    return Registrations(draws.happens("registered", persons, share), first_from, first_until, again, first_until + gap)
