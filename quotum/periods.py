"""Return periods (aangiftetijdvakken): months and four-week periods of a calendar year."""

import calendar
from datetime import date, timedelta
from functools import cache, lru_cache

from attrs import frozen

FIRST_YEAR, LAST_YEAR = 2006, 2099
"""Years that a return can be about: the payroll return exists since 2006."""
DECEMBER = 12
LAST_FOUR_WEEK_PERIOD = 13
DAYS_IN_FOUR_WEEKS = 28
HOURS_IN_A_DAY = 24
BASELINE_YEAR = 2012
"""Year of the baseline measurement (nulmeting): paid hours over December 2012 (Wfsv art. 122n)."""
# Days of which is remembered what months later is: the starts of a country's employments lie in a few decades.
_DAYS_REMEMBERED = 32_768


@frozen(order=True)
class Period:
    """A return period, first and last day included."""

    start: date
    """First day; the period belongs to the calendar year of this day."""
    end: date
    """Last day."""

    @property
    def days(self) -> int:
        """Number of days, both ends included."""
        return (self.end - self.start).days + 1


@cache
def months(year: int) -> tuple[Period, ...]:
    """The twelve calendar months of a year."""
    return tuple(
        Period(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])) for month in range(1, 13)
    )


def hours_of_year(year: int) -> int:
    """Every hour of a calendar year."""
    return HOURS_IN_A_DAY * (366 if calendar.isleap(year) else 365)


@cache
def four_week_periods(year: int) -> tuple[Period, ...]:
    """The thirteen four-week periods: ISO weeks 1-4, 5-8 and so on.

    The first runs from 1 January, the thirteenth to 31 December.
    """
    starts = [date(year, 1, 1), *(date.fromisocalendar(year, 4 * number + 1, 1) for number in range(1, 13))]
    ends = [start - timedelta(days=1) for start in starts[1:]] + [date(year, 12, 31)]
    return tuple(Period(start, end) for start, end in zip(starts, ends, strict=True))


@cache
def periods_of_year(year: int) -> tuple[Period, ...]:
    """Every return period of a year, each once (some months are four-week periods too), by first day."""
    return tuple(sorted({*months(year), *four_week_periods(year)}))


@cache
def only_four_weeks(year: int) -> tuple[Period, ...]:
    """The periods that exist only in the four-week calendar: who files one is a four-week filer."""
    return tuple(period for period in four_week_periods(year) if period not in months(year))


def december(year: int) -> Period:
    """December, the month in which the jobs of a year are counted."""
    return months(year)[DECEMBER - 1]


def thirteenth(year: int) -> Period:
    """The thirteenth four-week period, which stands for December with four-week filers."""
    return four_week_periods(year)[LAST_FOUR_WEEK_PERIOD - 1]


@lru_cache(_DAYS_REMEMBERED)
def add_months(day: date, count: int) -> date:
    """The same day of the month, `count` months later; a day that does not exist becomes the last of the month."""
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
