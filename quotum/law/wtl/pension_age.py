"""The pension age (pensioengerechtigde leeftijd): AOW art. 7a lid 1; Wtl art. 2.10 lid 2 a.

A person reaches it on the birth date plus the age in months in force in the calendar year in which
that day lies, the earliest year that fits.
"""

from collections.abc import Callable
from datetime import date, timedelta

from quotum.periods import Period, add_months, periods_of_year

LONGEST_MONTH = 31


def pension_day(born: date, months_in: Callable[[int], int], years: range) -> date | None:
    """The day on which a person reaches the pension age; None when that is not within the years given.

    Args:
        born: Birth date.
        months_in: Pension age in months in force in a calendar year.
        years: Calendar years to look at, in order.
    """
    for year in years:
        day = add_months(born, months_in(year))
        if day.year == year:
            return day
    return None


def youngest_pensioner(day: date, months_in: Callable[[int], int], first_year: int) -> date:
    """The latest birth date with which the pension age is reached on a day; born later is younger.

    Reached on `day` means: reached in an earlier year, or in the year of `day` and on or before it.
    The ages never fall, so reaching is monotone in the birth date and one date decides.

    Args:
        day: First day of a return period.
        months_in: Pension age in months in force in a calendar year.
        first_year: First year with an age.
    """
    return max(_latest_birth(min(day, date(year, 12, 31)), months_in(year)) for year in range(first_year, day.year + 1))


def limits_of_year(year: int, months_in: Callable[[int], int]) -> tuple[tuple[Period, date], ...]:
    """Each return period of a year, with the latest birth date that has reached the pension age on its first day.

    Ages rise by less than a year a year, so the year before is as far back as need be looked.

    Args:
        year: Calendar year.
        months_in: Pension age in months in force in a calendar year.
    """
    return tuple((period, youngest_pensioner(period.start, months_in, year - 1)) for period in periods_of_year(year))


def _latest_birth(day: date, months: int) -> date:
    """The latest birth date that is `months` old on a day; the end of a short month stands for its missing days."""
    born = add_months(day, -months)
    candidates = (born + timedelta(days=extra) for extra in range(LONGEST_MONTH, -LONGEST_MONTH - 1, -1))
    return next(candidate for candidate in candidates if add_months(candidate, months) <= day)
