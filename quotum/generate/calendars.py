"""Days and return periods as whole numbers, for arrays."""

from datetime import date

import numpy as np
from attrs import field, frozen

from quotum.generate.draws import Whole
from quotum.periods import (
    DECEMBER,
    LAST_FOUR_WEEK_PERIOD,
    Period,
    december,
    four_week_periods,
    months,
    thirteenth,
)

EPOCH = date(1970, 1, 1)
SECONDS_PER_DAY = 86_400
FAR = 2_000_000
"""A day after every other: the end of something that goes on."""


def day_number(day: date) -> int:
    """Days since 1 January 1970."""
    return (day - EPOCH).days


@frozen(eq=False)
class Calendar:
    """The generated return periods, for month filers (row 0) and four-week filers (row 1)."""

    year: int
    """Calendar year of the periods."""
    counts: Whole
    """Number of periods of either filer."""
    starts: Whole = field(repr=False)
    """First days, one row per filer."""
    ends: Whole = field(repr=False)
    """Last days, one row per filer."""
    numbers: Whole = field(repr=False)
    """Number of each period within its year, one row per filer."""

    @property
    def first_day(self) -> int:
        """First day of the earliest period."""
        return int(self.starts.min())

    @property
    def last_day(self) -> int:
        """Last day of the latest period."""
        return int(self.ends.max())


def _calendar(year: int, monthly: tuple[Period, ...], four_weekly: tuple[Period, ...]) -> Calendar:
    width = max(len(monthly), len(four_weekly))
    periods_of_filers = [[*periods, *periods[-1:] * (width - len(periods))] for periods in (monthly, four_weekly)]
    return Calendar(
        year,
        np.array([len(monthly), len(four_weekly)]),
        np.array([[day_number(period.start) for period in periods] for periods in periods_of_filers]),
        np.array([[day_number(period.end) for period in periods] for periods in periods_of_filers]),
        np.array(
            [
                [last - len(periods) + 1 + place for place in range(width)]
                for last, periods in ((DECEMBER, monthly), (LAST_FOUR_WEEK_PERIOD, four_weekly))
            ]
        ),
    )


def whole_year(year: int) -> Calendar:
    """Returns every return period of a year."""
    return _calendar(year, months(year), four_week_periods(year))


def only_december(year: int) -> Calendar:
    """Returns December, and the thirteenth four-week period."""
    return _calendar(year, (december(year),), (thirteenth(year),))
