"""The employers of the country: size, sector, periods and first day."""

from datetime import date

import numpy as np
from attrs import field, frozen

from quotum.errors import WrongUse
from quotum.generate import numbers
from quotum.generate.calendars import FAR, Calendar, day_number, only_december, whole_year
from quotum.generate.draws import TEN_THOUSAND, Draws, Flags, Whole, walk

SIZE_CLASSES = (
    (31_000, 1, 1),
    (18_000, 2, 2),
    (18_000, 3, 4),
    (16_500, 5, 9),
    (8_500, 10, 19),
    (5_000, 20, 49),
    (1_500, 50, 99),
    (900, 100, 249),
    (340, 250, 499),
    (150, 500, 999),
    (90, 1_000, 4_999),
    (20, 5_000, 20_000),
)
"""Employers per hundred thousand, and the range of their number of people; lower sizes within a class are likelier."""
HUNDRED_THOUSAND = 100_000
LARGEST_PER_EMPLOYER = 2
"""Largest number of people of an employer, as a multiple of the number of employers."""
LARGEST_AT_LEAST = 20
SIZE_STEP_BILLIONTHS = 618_033_989
GOVERNMENT_STEP_BILLIONTHS = 754_877_666
GOVERNMENT_SHARE = 600
FOUR_WEEK_SHARE = 1_500
STARTED_THIS_YEAR_SHARE = 400
STARTED_LAST_YEAR_SHARE = 600
STOPPED_SHARE = 300
SECOND_NUMBER_FROM_SIZE = 10
SECOND_NUMBER_SHARE = 1_000
THIRD_NUMBER_FROM_SIZE = 100
THIRD_NUMBER_SHARE = 3_000
PERSONNEL_NUMBER_SHARE = 4_000
WAGE_BILL_UNKNOWN_SHARE = 800
OTHER_CLASS_SHARE = 200
"""Employers that declare the wrong class."""
WAGE_PER_PERSON_CENTS = (28_000_00, 17_000_00)
"""Yearly premium wage per person: least amount, and width of the range above it."""
LOW_CLASS_UNTIL_CENTS = 1_050_000_00
"""Largest wage bill for which the employers of this country declare the low class."""
LOW_CLASS_UNTIL_SIZE = 25
"""The same for employers without a wage bill."""
OLDEST_START_YEAR = 1985
NOWHERE_DIVISOR = 250
"""Number of working people per person who works nowhere, to add some to the register."""
BASELINE_YEAR = 2012


@frozen(eq=False)
class Employers:
    """Some employers, in order."""

    index: Whole
    """Number of the employer in the country."""
    size: Whole
    """Number of its income relations in the year."""
    first_slot: Whole
    """Number of its first income relation in the country."""
    government: Flags
    """Whether it is a government employer."""
    four_week: Whole
    """1 for a four-week filer, 0 for a month filer."""
    started: Whole
    """First day as an employer."""
    ended: Whole
    """Last day as an employer."""
    sub_numbers: Whole
    """Number of its payroll tax numbers."""
    wage_bill_cents: Whole
    """Premium wage of two years before; -1 when unknown."""
    high_class: Flags
    """Whether it declares the high class."""
    personnel_numbers: Flags
    """Whether it gives personnel numbers."""


@frozen(eq=False)
class Plan:
    """Data from which a country is generated."""

    draws: Draws
    """Its lots."""
    year: int
    """Year of the returns."""
    sizes: Whole = field(repr=False)
    """Number of income relations per employer."""
    first_slots: Whole = field(repr=False)
    """Number of the first income relation per employer, and the total."""
    calendar: Calendar
    """Return periods of the year."""
    baseline_calendar: Calendar
    """Return periods of December 2012."""

    @property
    def slots(self) -> int:
        """Number of income relations in the year."""
        return int(self.first_slots[-1])

    @property
    def present_persons(self) -> int:
        """Number of people of the year, including those who work nowhere."""
        return self.slots + self.slots // NOWHERE_DIVISOR + 1

    @property
    def all_persons(self) -> int:
        """Number of people including those of 2012, who come after the others."""
        return self.present_persons + self.slots

    def employers(self, start: int, stop: int) -> Employers:
        """The employers from number `start` up to, not including, number `stop`."""
        return _employers(self, np.arange(start, stop))


def _sizes(draws: Draws, count: int, people: int | None) -> Whole:
    index = np.arange(count)
    rank = walk(index, count, draws.seed, SIZE_STEP_BILLIONTHS)
    place = (rank * HUNDRED_THOUSAND + draws.below("size", index, HUNDRED_THOUSAND)) // count
    ends = np.cumsum([weight for weight, _, _ in SIZE_CLASSES])
    chosen = np.searchsorted(ends, place, side="right")
    low = np.array([low for _, low, _ in SIZE_CLASSES])[chosen]
    high = np.array([high for _, _, high in SIZE_CLASSES])[chosen]
    sizes = low + draws.skewed("size in class", index, high - low + 1)
    sizes = np.minimum(sizes, max(LARGEST_AT_LEAST, LARGEST_PER_EMPLOYER * count))
    if people is not None:
        sizes = np.maximum(1, sizes * people // int(sizes.sum()))
    return sizes


def plan_country(employers: int, year: int, seed: int, people: int | None = None) -> Plan:
    """Decides the number of employers and the size of each.

    Args:
        employers: Number of employers.
        year: Year of the returns.
        seed: Seed of the country.
        people: Approximate number of income relations; by default the sum of the sizes.

    Raises:
        WrongUse: There are no employers, or more than there are numbers for.
    """
    if employers < 1 or (people is not None and people < 1):
        raise WrongUse("a country needs at least one employer and one person")
    numbers.require_room(employers, 0)
    draws = Draws(seed)
    sizes = _sizes(draws, employers, people)
    first_slots = np.concatenate([np.zeros(1, np.int64), np.cumsum(sizes)])
    plan = Plan(draws, year, sizes, first_slots, whole_year(year), only_december(BASELINE_YEAR))
    numbers.require_room(employers, plan.all_persons)
    return plan


def days_of(plan: Plan, index: Whole) -> tuple[Whole, Whole]:
    """Returns first and last day of some employers as an employer, by their numbers in the country."""
    draws, year = plan.draws, plan.year
    this_year = day_number(date(year, 1, 1))
    days = plan.calendar.last_day - this_year + 1
    last_year = day_number(date(year - 1, 1, 1))
    oldest = day_number(date(OLDEST_START_YEAR, 1, 1))
    start_lot = draws.below("employer starts, when", index, TEN_THOUSAND)
    started = oldest + draws.below("employer starts, day", index, last_year - oldest)
    recent = start_lot < STARTED_THIS_YEAR_SHARE + STARTED_LAST_YEAR_SHARE
    started = np.where(recent, last_year + draws.below("employer starts, late", index, this_year - last_year), started)
    new = start_lot < STARTED_THIS_YEAR_SHARE
    started = np.where(new, this_year + draws.below("employer starts, new", index, days), started)
    stops = draws.happens("employer stops", index, STOPPED_SHARE) & ~new
    ended = np.where(stops, this_year + draws.below("employer stops, day", index, days), FAR)
    return started, ended


def _employers(plan: Plan, index: Whole) -> Employers:
    draws = plan.draws
    count = len(plan.sizes)
    size = plan.sizes[index]
    started, ended = days_of(plan, index)
    second = (size >= SECOND_NUMBER_FROM_SIZE) & draws.happens("second number", index, SECOND_NUMBER_SHARE)
    third = (size >= THIRD_NUMBER_FROM_SIZE) & draws.happens("third number", index, THIRD_NUMBER_SHARE)
    low, more = WAGE_PER_PERSON_CENTS
    wage_bill = size * (low + draws.below("wage bill", index, more)) + draws.below("wage bill, cents", index, 100)
    unknown = draws.happens("wage bill unknown", index, WAGE_BILL_UNKNOWN_SHARE)
    unknown |= started >= day_number(date(plan.year - 1, 1, 1))
    high = np.where(unknown, size > LOW_CLASS_UNTIL_SIZE, wage_bill > LOW_CLASS_UNTIL_CENTS)
    government_count = max(min(count - 1, 1), count * GOVERNMENT_SHARE // TEN_THOUSAND)
    return Employers(
        index,
        size,
        plan.first_slots[index],
        walk(index, count, draws.seed, GOVERNMENT_STEP_BILLIONTHS) < government_count,
        draws.happens("four weeks", index, FOUR_WEEK_SHARE).astype(np.int64),
        started,
        ended,
        np.where(third, 3, np.where(second, 2, 1)),
        np.where(unknown, -1, wage_bill),
        high ^ draws.happens("other class", index, OTHER_CLASS_SHARE),
        draws.happens("personnel numbers", index, PERSONNEL_NUMBER_SHARE),
    )
