"""Messages: their keys, identifications and times.

A unit is a payroll tax number and a return period; a message is a unit and a type. The keys of both are whole numbers
that contain everything about them and sort in the order of the year.
"""

from datetime import date
from enum import IntEnum

import numpy as np

from quotum.generate.calendars import SECONDS_PER_DAY, Calendar, day_number
from quotum.generate.draws import Draws, Flags, Whole

SUB_NUMBERS = 4
PERIODS = 16
TYPES = 8
LATE_SHARE = 30
"""Returns filed after 1 May of the next year."""
LATE_DAYS = 90
FIRST_SECOND = 8 * 3_600
SECONDS_OF_A_WORKING_DAY = 10 * 3_600


class Kind(IntEnum):
    """Kind of return (Soort), in the order of the law."""

    FULL = 0
    """Volledige aangifte."""
    SUPPLEMENTARY = 1
    """Aanvullende aangifte."""
    CORRECTION = 2
    """Tijdvakcorrectie."""


class MessageType(IntEnum):
    """Reason for a message."""

    FULL = 0
    """The return of the period."""
    REFILED = 1
    """The return of the period, filed again."""
    SUPPLEMENTARY = 2
    """A supplementary return."""
    CORRECTION = 3
    """Corrections of the period in a separate message."""
    YEAR_END = 4
    """Corrections of several periods, after the end of the year."""


TYPE_NAMES = ("V1", "V2", "A1", "C1", "CY")
# Days to wait, and number of days from which the delay is drawn: a refiled return comes before anything that corrects
# the return.
DELAYS = ((15, 11), (2, 4), (7, 19), (30, 30))
YEAR_END_DELAY = (40, 18)


def unit_key(employer: Whole, sub_number: Whole, period: Whole) -> Whole:
    """Key of a payroll tax number and a period; the key of the next period is one higher."""
    return (employer * SUB_NUMBERS + sub_number) * PERIODS + period


def message_key(unit: Whole, kind: MessageType) -> Whole:
    """Key of a message of a unit."""
    return unit * TYPES + int(kind)


def unit_of(message: Whole) -> Whole:
    """Unit of a message."""
    return message // TYPES


def message_type(message: Whole) -> Whole:
    """Type of a message."""
    return message % TYPES


def is_late(draws: Draws, unit: Whole) -> Flags:
    """Whether the return of a unit is filed after 1 May of the next year."""
    return draws.happens("late", unit, LATE_SHARE)


def made_at(draws: Draws, calendar: Calendar, four_week: Whole, first_employer: int, message: Whole) -> Whole:
    """Draws the time of each message, in seconds.

    Args:
        draws: Lots.
        calendar: Periods.
        four_week: Filer of each employer of this part.
        first_employer: Number of the first employer of this part.
        message: Keys of messages.
    """
    unit, kind = unit_of(message), message_type(message)
    filer = four_week[unit // (SUB_NUMBERS * PERIODS) - first_employer]
    period = np.minimum(unit % PERIODS, calendar.counts[filer] - 1)
    wait, spread = DELAYS[MessageType.FULL]
    day = calendar.ends[filer, period] + wait + draws.below("made, full", unit, spread)
    late = day_number(date(calendar.year + 1, 5, 2)) + draws.below("made, late", unit, LATE_DAYS)
    day = np.where(is_late(draws, unit), late, day)
    for type_ in (MessageType.REFILED, MessageType.SUPPLEMENTARY, MessageType.CORRECTION):
        wait, spread = DELAYS[type_]
        day += np.where(kind == type_, wait + draws.below(f"made, {type_.name}", unit, spread), 0)
    wait, spread = YEAR_END_DELAY
    year_end = day_number(date(calendar.year, 12, 31)) + wait + draws.below("made, year end", unit, spread)
    day = np.where(kind == MessageType.YEAR_END, year_end, day)
    return day * SECONDS_PER_DAY + FIRST_SECOND + draws.below("made, second", message, SECONDS_OF_A_WORKING_DAY)
