"""Income relations with two income periods, which only the XML shows.

The flat form has the values of the income period in force on the first day in service (none in force: the earliest),
and a request that is in any of them. So here one income period, the deciding one, has the kind, nature and insurance
of the flat form, and the other period has different values.
"""

from enum import IntEnum

import numpy as np
from attrs import frozen

from quotum.generate.calendars import Calendar
from quotum.generate.draws import Draws, Flags, Whole
from quotum.generate.relations import Relations
from quotum.generate.returns import Rows
from quotum.generate.truth import MOST_PERIODS

TWO_PERIODS_SHARE = 200
REVERSED_SHARE = 2_000
"""Share of the relations with two periods whose later period is written first."""
FEWEST_DAYS = 5
"""Smallest number of days in service for two income periods."""
LAYOUT_WEIGHTS = (4, 3, 3)
REQUEST_WEIGHTS = (2, 1, 1)
BOTH, DECIDING_ONLY, OTHER_ONLY = range(3)
KINDS = (11, 13, 15)


class Layout(IntEnum):
    """Position of the two income periods."""

    CHANGE_LATER = 0
    """The deciding period is in force on the first day in service; the other begins later."""
    NONE_IN_FORCE = 1
    """Both begin after the first day in service; the deciding period is the earliest."""
    CHANGE_BEFORE = 2
    """The other period began earlier and is over; the deciding period begins on the first day in service."""


@frozen(eq=False)
class IncomePeriods:
    """The income periods of some rows."""

    deciding_from: Whole
    """First day of the deciding (or only) period."""
    two: Flags
    """Whether there is another period."""
    other_from: Whole
    """First day of the other period."""
    other_first: Flags
    """Whether the other period is written first."""
    deciding_asks: Flags
    """Whether the deciding period has the requests."""
    other_asks: Flags
    """Whether the other period has the requests."""


def income_periods(
    draws: Draws, calendar: Calendar, four_week: Whole, relations: Relations, rows: Rows
) -> IncomePeriods:
    """Draws the income periods of rows that report.

    Args:
        draws: Lots.
        calendar: Periods.
        four_week: Filer of each employer of this part.
        relations: Income relations.
        rows: Rows, each with an income relation.
    """
    filer, started = four_week[rows.employer], relations.started[rows.relation]
    key = relations.slot[rows.relation] * MOST_PERIODS + rows.period
    first = np.maximum(calendar.starts[filer, rows.period], started)
    days = np.minimum(calendar.ends[filer, rows.period], relations.ended[rows.relation]) - first + 1
    two = (days >= FEWEST_DAYS) & np.isin(relations.kind[rows.relation], KINDS)
    two &= draws.happens("two income periods", key, TWO_PERIODS_SHARE)
    layout = draws.choice("income periods, layout", key, LAYOUT_WEIGHTS)
    layout = np.where((layout == Layout.CHANGE_BEFORE) & (started == first), Layout.CHANGE_LATER, layout)
    later = 1 + draws.below("income periods, later", key, np.maximum(days // 2, 1))
    deciding = np.select(
        [layout == Layout.NONE_IN_FORCE, layout == Layout.CHANGE_BEFORE], [first + later, first], default=started
    )
    other = np.where(layout == Layout.CHANGE_BEFORE, started, first + later + (layout == Layout.NONE_IN_FORCE) * 2)
    asks = np.where(two, draws.choice("income periods, requests", key, REQUEST_WEIGHTS), DECIDING_ONLY)
    return IncomePeriods(
        np.where(two, deciding, started),
        two,
        other,
        (other < deciding) ^ draws.happens("income periods, order", key, REVERSED_SHARE),
        asks != OTHER_ONLY,
        asks != DECIDING_ONLY,
    )
